// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/surroundings.h"

#include <fcntl.h>
#include <pwd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <string_view>
#include <thread>

#include "base/instant.h"

namespace threadline::apps {
namespace {

std::atomic<bool> has_interrupt{false};  ///< set by whichever thread gets the signal
static_assert(std::atomic<bool>::is_always_lock_free);

constexpr std::size_t kLongestPath = 4'096;
std::array<char, kLongestPath> half_written{};  ///< the name of a file; empty: none

/// The second one ends the process at once: of what it was writing nothing is left.
extern "C" void note_interrupt(int) {
  if (has_interrupt.exchange(true)) {
    if (half_written[0] != 0) unlink(half_written.data());
    _exit(130);
  }
}

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view{} : std::string_view(value);
}

}  // namespace

timeline::Language language_of_locale() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string_view value = environment(name);
    if (!value.empty()) return value.starts_with("fr") ? timeline::Language::fr : timeline::Language::en;
  }
  return timeline::Language::en;
}

bool is_terminal(int descriptor) { return isatty(descriptor) == 1; }

unsigned columns_of_output() {
  constexpr int kWidest = 10'000;
  const int asked = std::atoi(std::string(environment("COLUMNS")).c_str());
  if (asked > 0) return static_cast<unsigned>(std::min(asked, kWidest));
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

bool takes_colour() { return is_terminal(STDOUT_FILENO) && environment("NO_COLOR").empty() && environment("TERM") != "dumb"; }

unsigned processors() { return std::max(1U, std::thread::hardware_concurrency()); }

std::int64_t today() {
  using std::chrono::days;
  return std::chrono::floor<days>(std::chrono::system_clock::now()).time_since_epoch().count();
}

std::string utc_now() { return rfc3339_utc({static_cast<std::int64_t>(std::time(nullptr)), 0}); }

std::string user_at_host() {
  const passwd* user = getpwuid(geteuid());
  std::array<char, 256> host{};
  if (gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
  return std::string(user == nullptr ? std::to_string(geteuid()) : user->pw_name) + "@" + host.data();
}

std::string temporary_folder() {
  const auto named = environment("TMPDIR");
  return std::string(named.empty() ? "/tmp" : named);
}

void settle_process() {
  std::signal(SIGXFSZ, SIG_IGN);
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(descriptor, F_GETFD) >= 0) continue;
    const int opened = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);  // gets the lowest number: this one
    if (opened != descriptor) return;                                                        // no /dev/null here
  }
}

void note_interrupts() {
  struct sigaction action {};
  action.sa_handler = note_interrupt;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  struct sigaction hangup {};
  sigaction(SIGHUP, nullptr, &hangup);
  if (hangup.sa_handler != SIG_IGN) sigaction(SIGHUP, &action, nullptr);  // nohup stays in force
  std::signal(SIGPIPE, SIG_IGN);
}

void note_half_written(const std::string& path) {
  half_written[0] = 0;
  if (path.empty() || path.size() >= half_written.size()) return;
  std::ranges::copy(path.substr(1) + '\0', half_written.begin() + 1);
  half_written[0] = path[0];  // the last: the handler sees a whole name or none
}

bool is_interrupted() { return has_interrupt; }

}  // namespace threadline::apps
