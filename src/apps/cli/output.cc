// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <streambuf>
#include <string_view>

#include "apps/cli/surroundings.h"

namespace threadline::apps {

void add_output_option(CLI::App& command, std::string& path) {
  const auto problem = [](const std::string& given) {
    return given.empty() ? std::string("a file's name is empty") : std::string();
  };
  command.add_option("-o,--output", path, "write there, whole or not at all (default: standard output)")
      ->check(CLI::Validator(problem, "FILE"));
}

namespace {

using Write = std::function<Result<void>(std::ostream&)>;

Error failure(const std::string& path) { return {std::string("could not be written: ") + std::strerror(errno), path, {}}; }

/// The mode that a new file would have under the umask.
mode_t new_file_mode() {
  const mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

/// Writes to a descriptor and keeps why that failed: errno is another call's by the time that the stream is asked.
class DescriptorBytes : public std::streambuf {
 public:
  explicit DescriptorBytes(int descriptor) : descriptor_(descriptor) { setp(block_.data(), block_.data() + block_.size()); }
  [[nodiscard]] int fault() const { return fault_; }

 protected:
  int_type overflow(int_type c) override {
    if (sync() != 0) return traits_type::eof();
    if (!traits_type::eq_int_type(c, traits_type::eof())) sputc(traits_type::to_char_type(c));
    return traits_type::not_eof(c);
  }
  int sync() override {
    for (const char* from = pbase(); from < pptr() && fault_ == 0;) {
      const ssize_t written = ::write(descriptor_, from, static_cast<std::size_t>(pptr() - from));
      if (written >= 0)
        from += written;
      else if (errno != EINTR)
        fault_ = errno;
    }
    setp(block_.data(), block_.data() + block_.size());
    return fault_ == 0 ? 0 : -1;
  }

 private:
  int descriptor_, fault_ = 0;
  std::array<char, 65'536> block_{};
};

/// Writes all of it to the descriptor. Errors: errno of the write that failed.
Result<void> write_to_descriptor(int descriptor, const std::string& name, const Write& write) {
  DescriptorBytes bytes(descriptor);
  std::ostream out(&bytes);
  auto written = write(out);
  out.flush();
  if (bytes.fault() != 0) errno = bytes.fault();
  if (!out) return tl::unexpected(failure(name));
  return written;
}

Result<void> write_to_own_descriptor(int descriptor, const std::string& path, const Write& write) {
  std::cout.flush();
  return write_to_descriptor(descriptor, descriptor == STDOUT_FILENO ? "standard output" : path, write);
}

/// Gives the file its mode and puts it on the disk.
bool settle(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool settled = fchmod(descriptor, new_file_mode()) == 0 && fsync(descriptor) == 0;
  return (close(descriptor) == 0) && settled;
}

std::optional<int> descriptor_named(const std::string& path) {
  for (const std::string_view folder : {"/proc/self/fd/", "/dev/fd/"}) {
    int number = -1;
    const char* end = path.data() + path.size();
    if (path.starts_with(folder) && std::from_chars(path.data() + folder.size(), end, number).ptr == end && number >= 0)
      return number;
  }
  return std::nullopt;
}

/// The number of a descriptor of this process that the path names, links followed (/dev/stdout is one; so are a shell's
/// >(command)); nothing for other paths. The file that it may lead to is the shell's: it is written on, and neither it nor the
/// link replaced.
std::optional<int> own_descriptor(std::string path) {
  constexpr int kMostLinks = 40;  // Linux, path_resolution(7)
  if (path.empty() || path == "-") return STDOUT_FILENO;
  for (int link = 0; link < kMostLinks; ++link) {
    if (const auto number = descriptor_named(path)) return number;
    std::error_code problem;
    const auto next = std::filesystem::read_symlink(path, problem);
    if (problem) return std::nullopt;
    path = (std::filesystem::path(path).parent_path() / next).string();
  }
  return std::nullopt;
}

/// A device or pipe is written as it is; only a file can be replaced.
bool is_replaceable(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) != 0 || S_ISREG(status.st_mode);
}

Result<void> write_stream(const std::string& path, const Write& write) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) return tl::unexpected(failure(path));
  auto written = write_to_descriptor(descriptor, path, write);
  if (close(descriptor) != 0 && written) return tl::unexpected(failure(path));
  return written;
}

/// Where nothing can be put in its place: made elsewhere, then copied.
Result<void> copy_output(const std::string& path, const std::function<Result<void>(const std::string&)>& write) {
  std::string made = temporary_folder() + "/threadline-XXXXXX";
  const int descriptor = mkostemp(made.data(), O_CLOEXEC);
  if (descriptor < 0 || close(descriptor) != 0) return tl::unexpected(failure(made));
  note_half_written(made);
  auto written = write(made);
  if (written) {
    std::ifstream in(made, std::ios::binary);
    written = write_output(path, [&](std::ostream& out) { out << in.rdbuf(); });
  }
  note_half_written({});
  unlink(made.c_str());
  return written;
}

}  // namespace

Result<void> output_is_writable(const std::string& path) {
  std::error_code problem;
  if (own_descriptor(path)) return {};
  if (std::filesystem::is_directory(path, problem)) return tl::unexpected(Error{"could not be written: is a folder", path, {}});
  if (!is_replaceable(path)) return {};
  std::string beside = path + ".XXXXXX";
  const int descriptor = mkostemp(beside.data(), O_CLOEXEC);
  if (descriptor < 0) return tl::unexpected(failure(path));
  close(descriptor);
  unlink(beside.c_str());
  return {};
}

Result<void> replace_output(const std::string& path, const std::function<Result<void>(const std::string&)>& write) {
  if (own_descriptor(path) || !is_replaceable(path)) return copy_output(path, write);
  std::string beside = path + ".XXXXXX";
  const int descriptor = mkostemp(beside.data(), O_CLOEXEC);
  if (descriptor < 0 || close(descriptor) != 0) return tl::unexpected(failure(path));
  note_half_written(beside);
  auto written = write(beside);
  if (written && (!settle(beside) || std::rename(beside.c_str(), path.c_str()) != 0)) written = tl::unexpected(failure(path));
  note_half_written({});
  if (written) return {};
  unlink(beside.c_str());
  return tl::unexpected(Error{written.error().what, path, written.error().hint});
}

Result<void> write_output(const std::string& path, const std::function<void(std::ostream&)>& write) {
  return write_checked_output(path, [&](std::ostream& out) -> Result<void> {
    write(out);
    return {};
  });
}

Result<void> write_checked_output(const std::string& path, const Write& write) {
  if (const auto descriptor = own_descriptor(path)) return write_to_own_descriptor(*descriptor, path, write);
  if (!is_replaceable(path)) return write_stream(path, write);
  return replace_output(path, [&](const std::string& beside) { return write_stream(beside, write); });
}

}  // namespace threadline::apps
