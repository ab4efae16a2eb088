// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/surroundings.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <string_view>
#include <thread>

namespace threadline::apps {
namespace {

volatile std::sig_atomic_t interrupted_flag = 0;

extern "C" void note_interrupt(int) { interrupted_flag = 1; }

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

std::string temporary_folder() {
  const auto named = environment("TMPDIR");
  return std::string(named.empty() ? "/tmp" : named);
}

void note_interrupts() {
  struct sigaction action {};
  action.sa_handler = note_interrupt;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

bool is_interrupted() { return interrupted_flag != 0; }

}  // namespace threadline::apps
