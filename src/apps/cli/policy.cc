// SPDX-License-Identifier: Apache-2.0
#include "policy/policy.h"

#include <iostream>
#include <memory>
#include <string_view>

#include "apps/cli/command.h"
#include "apps/cli/options.h"
#include "apps/cli/output.h"
#include "text/zone.h"

namespace threadline::apps {
namespace {

constexpr std::string_view kExamples = R"(Examples:
  threadline policy check policy.json
      exit status 0, or 2 with the place of the first mistake and what is allowed there
  threadline policy show policy.json
      the policy as it is understood, defaults filled in)";

Result<policy::Policy> checked(const std::string& path) {
  auto read = read_file(path).and_then([&](const std::string& json) { return policy::read_policy(json, path); });
  if (!read || read->time_zone.empty()) return read;
  const auto zone = text::Zone::named(read->time_zone);
  if (!zone) return tl::unexpected(Error{"/time_zone: " + zone.error().what, path, zone.error().hint});
  return read;
}

int check(const std::string& path) {
  const auto read = checked(path);
  if (!read) {
    complain(read.error());
    return kUsage;
  }
  std::cout << path << ": ok\n";
  return kDone;
}

int show(const std::string& path) {
  const auto read = checked(path);
  if (!read) {
    complain(read.error());
    return kUsage;
  }
  const auto written = write_output({}, [&](std::ostream& out) { out << policy::to_json(*read) << '\n'; });
  if (written) return kDone;
  complain(written.error());
  return kNotWritten;
}

void add_verb(CLI::App& command, Work& work, const char* name, const char* what, int (*verb)(const std::string&)) {
  CLI::App* sub = command.add_subcommand(name, what);
  const auto path = std::make_shared<std::string>();
  sub->add_option("FILE", *path, "the policy (JSON, docs/policy.schema.json)")->required();
  sub->footer(std::string(kExamples));
  sub->callback([&work, path, verb] { work = [path, verb] { return verb(*path); }; });
}

}  // namespace

void add_policy(CLI::App& app, Work& work) {
  CLI::App* command = app.add_subcommand("policy", "check or show a policy");
  command->require_subcommand(1);
  command->footer(std::string(kExamples));
  add_verb(*command, work, "check", "say whether a policy is right", check);
  add_verb(*command, work, "show", "print a policy as it is understood", show);
}

}  // namespace threadline::apps
