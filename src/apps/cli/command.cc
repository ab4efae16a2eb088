// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/command.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <iostream>
#include <string_view>

namespace threadline::apps {
namespace {

constexpr std::array<std::string_view, 2> kRefused{"extract", "judge"};

}  // namespace

void complain(const std::string& what) { std::cerr << "threadline: " << what << '\n'; }

void complain(const Error& error) { complain(to_line(error)); }

int fail(const Error& error, int status) {
  complain(error);
  return status;
}

int flushed_status(int status) {
  errno = 0;
  if (std::cout.flush()) return status;
  const std::string why = errno == 0 ? std::string() : std::string(": ") + std::strerror(errno);
  return fail({"could not be written" + why, "standard output", {}}, kNotWritten);
}

void add_refused(CLI::App& app, Work& work) {
  for (const std::string_view name : kRefused) {
    CLI::App* command = app.add_subcommand(std::string(name), "(not in this version)");
    command->allow_extras()->group("Not in this version");
    command->callback([&work, name] {
      work = [name] {
        complain("'" + std::string(name) + "' is not in this version (threadline --help lists what is)");
        return static_cast<int>(kUsage);
      };
    });
  }
}

}  // namespace threadline::apps
