// SPDX-License-Identifier: Apache-2.0
#include "policy/policy.h"

#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <string_view>

#include "apps/cli/command.h"
#include "apps/cli/kept_files.h"
#include "apps/cli/options.h"
#include "apps/cli/output.h"
#include "findings/ledger.h"
#include "policy/account_table.h"

namespace threadline::apps {
namespace {

constexpr std::string_view kExamples = R"(Examples:
  threadline policy check policy.json
      exit status 0, or 2 with the place of the first mistake and what is allowed there; what has no effect
      is a warning
  threadline policy show policy.json
      the policy as it is understood, defaults filled in
  threadline policy import-accounts --policy policy.json -o policy.json accounts.csv
      the policy with the accounts of a CSV file (name, domain, account); without --policy a new one; without -o on standard output)";

int check(const std::string& path) {
  std::size_t doubts = 0;
  const auto read = read_policy_file(path, &doubts);
  if (!read) {
    complain(read.error());
    return kUsage;
  }
  std::cout << path << ": ok" << (doubts == 0 ? "" : fmt::format(", {} {}", doubts, doubts == 1 ? "warning" : "warnings"))
            << '\n';
  return flushed_status(kDone);
}

int show(const std::string& path) {
  const auto read = read_policy_file(path);
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

struct Import {
  std::string table, policy, output;
};

/// The policy with the table's accounts, as JSON that reads back.
Result<std::string> imported(const Import& import) {
  const auto before = import.policy.empty() ? Result<policy::Policy>{policy::Policy{}} : read_policy_file(import.policy);
  if (!before) return tl::unexpected(before.error());
  const auto bytes = read_file(import.table);
  if (!bytes) return tl::unexpected(bytes.error());
  const auto rows = policy::read_account_table(*bytes, import.table);
  if (!rows) return tl::unexpected(rows.error());
  const auto read = [](const std::string& value, const std::string& label) {
    return findings::ledger_form({.value = value, .label = label, .since = {}});
  };
  const auto after = policy::with_accounts(*before, *rows, read, import.table);
  if (!after) return tl::unexpected(after.error());
  std::string json = policy::to_json(*after);
  const auto again = policy::read_policy(json, import.table);
  if (!again) return tl::unexpected(again.error());
  return json;
}

/// The policy may be written in its own place: all of it is read by then.
int import_accounts(const Import& import) {
  if (const auto spared = KeptFiles().file(import.table).spared_by(import.output); !spared) return fail(spared.error(), kUsage);
  const auto json = imported(import);
  if (!json) {
    complain(json.error());
    return kUsage;
  }
  const auto written = write_output(import.output, [&](std::ostream& out) { out << *json; });
  if (written) return kDone;
  complain(written.error());
  return kNotWritten;
}

void add_import(CLI::App& command, Work& work) {
  CLI::App* sub = command.add_subcommand("import-accounts", "add the accounts of a CSV file to a policy's ledger");
  const auto import = std::make_shared<Import>();
  sub->add_option("FILE", import->table, "CSV: name, domain, account (header in French or English; comma, semicolon or tab)")
      ->required();
  sub->add_option("--policy", import->policy, "the policy to add to (JSON); default: a new one");
  add_output_option(*sub, import->output);
  sub->footer(std::string(kExamples));
  sub->callback([&work, import] { work = [import] { return import_accounts(*import); }; });
}

}  // namespace

void add_policy(CLI::App& app, Work& work) {
  CLI::App* command = app.add_subcommand("policy", "check or show a policy, or import accounts into it");
  command->require_subcommand(1);
  command->footer(std::string(kExamples));
  add_verb(*command, work, "check", "say whether a policy is right", check);
  add_verb(*command, work, "show", "print a policy as it is understood", show);
  add_import(*command, work);
}

}  // namespace threadline::apps
