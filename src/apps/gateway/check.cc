// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <csignal>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string_view>

#include "apps/cli/command.h"
#include "apps/cli/memory_option.h"
#include "apps/cli/options.h"
#include "apps/gateway/decision.h"
#include "apps/gateway/message_failure.h"
#include "apps/gateway/session.h"
#include "policy/names.h"
#include "timeline/rows.h"
#include "timeline/write.h"

namespace threadline::apps {
namespace {

constexpr std::string_view kExamples = R"(Examples:
  threadline check --direction outbound --policy policy.json < message
      {"verdict":"hold","direction":"outbound","code":"outbound_to_lookalike","findings":[...]}
  threadline check --direction outbound --policy policy.json --recipient "$1" < message
      recipients of the envelope too: a blind copy stands nowhere else
  threadline check --policy policy.json < message | jq -r .verdict
      direction by the sender's side

Exit status: 0 accept or tag; 1 hold or reject; 64 wrong usage or policy; 75 (EX_TEMPFAIL) it could not be decided.)";

using Json = nlohmann::ordered_json;

struct CheckOptions {
  EvidenceOptions evidence;
  std::string memory;
  std::optional<std::string> sender;
  std::vector<std::string> recipients;
};

/// What was found of the message on standard input.
struct Checked {
  gateway::Decision decision;
  findings::Direction direction = findings::Direction::unknown;
  Json findings = Json::array();
};

/// The findings as scan writes them.
Json findings_of(const pipeline::Run& run, const timeline::RowSettings& settings) {
  std::vector<Row> rows = timeline::rows_of(run.judged, run.remarks, settings);
  std::erase_if(rows, [](const Row& row) { return row.kind != "finding"; });
  std::stringstream lines;
  timeline::write_jsonl(lines, rows);
  Json array = Json::array();
  for (std::string line; std::getline(lines, line);) array.push_back(Json::parse(line));
  return array;
}

findings::Direction direction_asked(const EvidenceOptions& options) {
  if (options.direction == "inbound") return findings::Direction::inbound;
  return options.direction == "outbound" ? findings::Direction::outbound : findings::Direction::unknown;
}

Result<timeline::RowSettings> row_settings(const EvidenceOptions& options, const policy::Policy& policy) {
  timeline::RowSettings rows;
  rows.language = language_of(options);
  if (policy.time_zone.empty()) return rows;
  auto zone = text::Zone::named(policy.time_zone);
  if (!zone) return tl::unexpected(zone.error());
  rows.zone.emplace(*std::move(zone));
  return rows;
}

/// The memory, opened. Where it cannot be, the message is judged without it, and that is a failure that the policy decides.
gateway::Failure take_memory(const std::string& path, pipeline::RunSettings& settings) {
  if (path.empty()) return gateway::Failure::none;
  auto opened = open_memory(path, settings.policy.retention_days, "check");
  if (opened) {
    settings.memory = *std::move(opened);
    return gateway::Failure::none;
  }
  complain(opened.error());
  return gateway::Failure::memory;
}

/// Addresses as a server writes them, in angle brackets or not.
std::optional<evidence::Envelope> envelope_of(const CheckOptions& given) {
  if (!given.sender && given.recipients.empty()) return std::nullopt;
  evidence::Envelope envelope;
  if (given.sender) envelope.sender = gateway::without_brackets(*given.sender);
  for (const std::string& recipient : given.recipients) envelope.recipients.push_back(gateway::without_brackets(recipient));
  return envelope;
}

/// Reads and judges standard input. What goes wrong on the way is a failure that the policy decides.
Checked checked(const CheckOptions& given, pipeline::RunSettings settings, const timeline::RowSettings& rows) {
  const EvidenceOptions& options = given.evidence;
  Checked done;
  gateway::Failure failure = gateway::Failure::internal;
  done.direction = direction_asked(options);
  policy::Gateway policy = settings.policy.gateway;
  if (!policy.on_internal) policy.on_internal = "tempfail";  // its caller keeps the message and asks again
  try {
    const gateway::Failure without = take_memory(given.memory, settings);
    const auto run = pipeline::analyse({"-"}, settings);
    if (run) {
      const auto message = gateway::message_of(*run);
      if (message.direction != findings::Direction::unknown) done.direction = message.direction;
      const bool is_other = message.failure != gateway::Failure::none;
      done.decision = gateway::decide(policy, done.direction, message.findings, is_other ? message.failure : without);
      done.findings = findings_of(*run, rows);
      return done;
    }
    complain(run.error());
    if (settings.memory && !settings.memory->commit()) failure = gateway::Failure::memory;
  } catch (const std::exception& error) {
    complain(std::string("internal error: ") + error.what());
  }
  done.decision = gateway::decide(policy, done.direction, {}, failure);
  return done;
}

int status_of(gateway::Action action) {
  if (action == gateway::Action::tempfail) return kTemporary;
  return action == gateway::Action::hold || action == gateway::Action::reject ? kFailOn : kDone;
}

int answer(const Checked& checked) {
  const gateway::Decision& decision = checked.decision;
  Json json{{"verdict", name_of(decision.action)}, {"direction", findings::name_of(checked.direction)}};
  if (decision.would != decision.action) json["would"] = name_of(decision.would);
  if (!decision.code.empty()) json["code"] = decision.code;
  if (decision.failure != gateway::Failure::none) json["failure"] = name_of(decision.failure);
  if (decision.quiet) json["quiet"] = true;
  json["findings"] = checked.findings;
  std::cout << json.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
  return std::cout ? status_of(decision.action) : static_cast<int>(kTemporary);
}

int check(const CheckOptions& given) {
  EvidenceOptions options = given.evidence;
  if (options.policy.empty() && options.own_domains.empty())
    return fail({"check needs to know the own side", {}, "--policy FILE, or --own-domain D"}, kGatewayUsage);
  options.jobs = options.jobs.value_or(1);
  auto settings = run_settings(options);
  if (!settings) return fail(settings.error(), kGatewayUsage);
  if (!names_own_side(settings->policy))
    return fail({"the policy names no own side", options.policy, R"("own": {"domains": [...]}, or --own-domain D)"},
                kGatewayUsage);
  if (const auto checked = check_memory(given.memory, options); !checked) return fail(checked.error(), kGatewayUsage);
  const auto rows = row_settings(options, settings->policy);
  if (!rows) return fail(rows.error(), kGatewayUsage);
  settings->infer_own_side = false;
  settings->envelope = envelope_of(given);
  gateway::take_limits(settings->policy.gateway, settings->limits);
  settings->interrupted = {};  // SIGTERM ends it at once: half a message is no ground for a verdict
  std::signal(SIGPIPE, SIG_IGN);
  return answer(checked(given, *std::move(settings), *rows));
}

/// An address, in brackets or not, or a mailbox of the server's own, as a pipe may get it ("postmaster").
CLI::Validator is_recipient() {
  const auto problem = [](const std::string& given) {
    const std::string address = gateway::without_brackets(given);
    const bool is_local = !address.empty() && address.find_first_of("@ \t\r\n") == std::string::npos;
    return is_local || policy::can_be_address(address) ? std::string{} : "not an address: \"" + given + '"';
  };
  return {problem, "", "recipient"};
}

/// The same, or the null sender.
CLI::Validator is_sender() {
  const auto problem = [](const std::string& given) {
    return gateway::without_brackets(given).empty() ? std::string{} : is_recipient()(given);
  };
  return {problem, "", "sender"};
}

}  // namespace

void add_check(CLI::App& app, Work& work) {
  CLI::App* command = app.add_subcommand("check", "one message on standard input: a verdict for pipe-style mail filters");
  const auto options = std::make_shared<CheckOptions>();
  add_policy_options(*command, options->evidence);
  command->add_option("--memory", options->memory, "judge by what this store knows, and let it learn")->type_name("FILE");
  command->add_option("--sender", options->sender, "of the envelope (MAIL FROM); \"\" is the null sender")
      ->type_name("ADDR")
      ->check(is_sender());
  command->add_option("--recipient", options->recipients, "of the envelope (RCPT TO); repeatable")
      ->type_name("ADDR")
      ->check(is_recipient())
      ->allow_extra_args(false);
  command->add_option("--jobs", options->evidence.jobs, "1 (default): a confined process reads the message; 0: this process")
      ->check(CLI::Range(0U, 1U));
  command->footer(std::string(kExamples));
  command->callback([&work, options] { work = [options] { return check(*options); }; });
}

}  // namespace threadline::apps
