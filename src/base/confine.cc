// SPDX-License-Identifier: Apache-2.0
#include "base/confine.h"

#include <fcntl.h>
#include <seccomp.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>

namespace threadline::inline base {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif
#else
constexpr bool kSanitized = false;
#endif

/// Bytes of address space this process has now (proc(5), statm: pages).
std::uint64_t address_space() {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> statm(std::fopen("/proc/self/statm", "r"), &std::fclose);
  unsigned long pages = 0;
  if (!statm || std::fscanf(statm.get(), "%lu", &pages) != 1) return 0;
  return std::uint64_t{pages} * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

void bound_memory(std::uint64_t bytes) {
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  if (kSanitized) return;
  const rlimit memory{address_space() + bytes, address_space() + bytes};
  setrlimit(RLIMIT_AS, &memory);
}

/// Calls that start another program.
constexpr std::array kStarting{SCMP_SYS(execve), SCMP_SYS(execveat)};

/// Calls that reach outside: the network, other processes, the file system's names.
constexpr std::array kDenied{SCMP_SYS(socket),   SCMP_SYS(socketpair), SCMP_SYS(connect),   SCMP_SYS(bind),
                             SCMP_SYS(listen),   SCMP_SYS(accept),     SCMP_SYS(accept4),   SCMP_SYS(fork),
                             SCMP_SYS(vfork),    SCMP_SYS(ptrace),     SCMP_SYS(unlink),    SCMP_SYS(unlinkat),
                             SCMP_SYS(rename),   SCMP_SYS(renameat),   SCMP_SYS(renameat2), SCMP_SYS(mkdir),
                             SCMP_SYS(mkdirat),  SCMP_SYS(rmdir),      SCMP_SYS(link),      SCMP_SYS(linkat),
                             SCMP_SYS(symlink),  SCMP_SYS(symlinkat),  SCMP_SYS(chmod),     SCMP_SYS(fchmod),
                             SCMP_SYS(fchmodat), SCMP_SYS(chown),      SCMP_SYS(fchown),    SCMP_SYS(fchownat),
                             SCMP_SYS(truncate), SCMP_SYS(mount),      SCMP_SYS(kill),      SCMP_SYS(creat),
                             SCMP_SYS(mknod),    SCMP_SYS(mknodat),    SCMP_SYS(openat2),   SCMP_SYS(process_vm_writev),
                             SCMP_SYS(bpf)};

void deny_writing_opens(scmp_filter_ctx filter, int call, unsigned flags_argument) {
  for (const int mode : {O_WRONLY, O_RDWR}) {
    const scmp_arg_cmp opens{flags_argument, SCMP_CMP_MASKED_EQ, O_ACCMODE, static_cast<scmp_datum_t>(mode)};
    seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 1, opens);
  }
}

struct Filter {
  bool starting = false;  ///< another program may be started
  bool writing = false;   ///< files may be opened to write
};

void filter_calls(const Filter& allowed) {
  const std::unique_ptr<void, void (*)(scmp_filter_ctx)> filter(seccomp_init(SCMP_ACT_ALLOW), &seccomp_release);
  if (!filter) return;
  for (const int call : kDenied) seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EPERM), call, 0);
  if (!allowed.starting) {
    for (const int call : kStarting) seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EPERM), call, 0);
  }
  if (!allowed.writing) {
    deny_writing_opens(filter.get(), SCMP_SYS(open), 1);
    deny_writing_opens(filter.get(), SCMP_SYS(openat), 2);
  }
  seccomp_load(filter.get());
}

}  // namespace

void confine_this_process(std::uint64_t bytes) {
  bound_memory(bytes);
  filter_calls({});
}

void confine_program(bool may_open) { filter_calls({.starting = true, .writing = may_open}); }

}  // namespace threadline::inline base
