// SPDX-License-Identifier: Apache-2.0
#include <sys/wait.h>

#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <memory>
#include <set>
#include <sstream>
#include <string_view>

#include "apps/cli/command.h"
#include "apps/cli/options.h"
#include "apps/cli/output.h"
#include "apps/gateway/held_mail.h"

namespace threadline::apps {
namespace {

constexpr std::string_view kExamples = R"(Examples:
  threadline held
      what Postfix holds, and why (postqueue -j, journalctl -u threadline)
  threadline held --log /var/log/threadline.log --format jsonl | jq .queue_id
  threadline held --alarm 'mail -s "mail is held" security@firm.example' --alarm-state /var/lib/threadline/told
      from a timer: runs the command once for each message that is held for more than four hours, its JSON line on standard input
  postsuper -H QUEUE_ID      releases one; postsuper -d QUEUE_ID deletes it

Exit status: 0 done; 2 wrong usage; 4 the queue or a log could not be read, or an alarm could not be given.)";

struct HeldOptions {
  std::string queue_json, format = "text", alarm, alarm_state, alarm_after = "4h";
  std::vector<std::string> logs;
};

/// What a program of the system prints. Errors: it cannot be run, or fails.
Result<std::string> printed_by(const char* command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command, "r"), [](FILE*) { return 0; });
  if (pipe == nullptr) return tl::unexpected(Error{"cannot be run", command, {}});
  std::string text;
  char block[4'096];
  for (std::size_t got = 0; (got = fread(block, 1, sizeof block, pipe.get())) > 0;) text.append(block, got);
  if (pclose(pipe.get()) == 0) return text;
  return tl::unexpected(Error{"failed", command, "--queue-json FILE and --log FILE read files instead"});
}

Result<std::string> queue_of(const HeldOptions& options) {
  if (options.queue_json == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  return options.queue_json.empty() ? printed_by("postqueue -j") : read_file(options.queue_json);
}

Result<void> add_reasons(const HeldOptions& options, std::vector<gateway::HeldMail>& held) {
  if (options.logs.empty()) {
    const auto journal = printed_by("journalctl -q -o cat -u threadline --since -30d");
    if (!journal) return tl::unexpected(journal.error());
    std::istringstream lines(*journal);
    gateway::take_reasons(lines, held);
    return {};
  }
  for (const std::string& path : options.logs) {
    std::ifstream log(path, std::ios::binary);
    if (!log) return tl::unexpected(Error{"cannot be read", path, {}});
    gateway::take_reasons(log, held);
  }
  return {};
}

/// A terminal obeys no byte that a sender chose.
std::string shown(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return text;
}

void write_text(std::ostream& out, const gateway::HeldMail& held, std::int64_t now) {
  std::string recipients;
  for (const std::string& recipient : held.recipients) recipients += (recipients.empty() ? "" : ", ") + recipient;
  out << shown(held.queue_id) << "  " << gateway::age_text(now - held.arrived) << "  " << shown(held.direction) << "  <"
      << shown(held.sender) << "> -> " << shown(recipients) << '\n';
  if (!held.code.empty() || !held.reason.empty()) out << "    " << shown(held.code) << ": " << shown(held.reason) << '\n';
}

bool give_alarm(const std::string& command, const std::string& line) {
  FILE* pipe = popen(command.c_str(), "w");
  if (pipe == nullptr) return false;
  fputs((line + "\n").c_str(), pipe);
  return pclose(pipe) == 0;
}

/// Tells of each message that is held too long, once. Errors: a command that failed (it is told again next time).
Result<void> alarm(const HeldOptions& options, const std::vector<gateway::HeldMail>& held, std::int64_t now) {
  std::set<std::string> told, still;
  std::ifstream before(options.alarm_state);
  for (std::string line; std::getline(before, line);) told.insert(line);
  bool is_given = true;
  for (const gateway::HeldMail& one : held) {
    if (now - one.arrived < *gateway::seconds_of(options.alarm_after)) continue;
    const std::string name = one.queue_id + " " + std::to_string(one.arrived);
    if (told.contains(name) || give_alarm(options.alarm, gateway::to_json(one, now))) {
      still.insert(name);
    } else {
      is_given = false;
    }
  }
  if (!options.alarm_state.empty()) {
    auto written = write_output(options.alarm_state, [&](std::ostream& out) {
      for (const std::string& name : still) out << name << '\n';
    });
    if (!written) return written;
  }
  if (is_given) return {};
  return tl::unexpected(Error{"the alarm could not be given", options.alarm, "it is given again next time"});
}

int list_held(const HeldOptions& options) {
  const auto queue = queue_of(options);
  if (!queue) return fail(queue.error(), kNotWritten);
  std::istringstream lines(*queue);
  auto held = gateway::read_queue(lines);
  if (const auto added = add_reasons(options, held); !added) return fail(added.error(), kNotWritten);
  const std::int64_t now = std::time(nullptr);
  if (!options.alarm.empty()) {
    const auto given = alarm(options, held, now);
    return given ? static_cast<int>(kDone) : fail(given.error(), kNotWritten);
  }
  for (const gateway::HeldMail& one : held) {
    if (options.format == "jsonl") {
      std::cout << gateway::to_json(one, now) << '\n';
    } else {
      write_text(std::cout, one, now);
    }
  }
  return std::cout.flush() ? kDone : kNotWritten;
}

}  // namespace

void add_held(CLI::App& app, Work& work) {
  CLI::App* command = app.add_subcommand("held", "what the mail server holds, and why");
  const auto options = std::make_shared<HeldOptions>();
  command->add_option("--queue-json", options->queue_json, "what postqueue -j printed (- is standard input) instead of asking it")
      ->type_name("FILE");
  command->add_option("--log", options->logs, "the gateway's log; repeatable (default: the journal of the unit threadline)")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command->add_option("--format", options->format, "text (default), jsonl")->check(CLI::IsMember({"text", "jsonl"}));
  command->add_option("--alarm", options->alarm, "run this command for each message that is held too long, instead of a list")
      ->type_name("COMMAND");
  command->add_option("--alarm-after", options->alarm_after, "how long is too long (default 4h)")
      ->type_name("TIME")
      ->check([](const std::string& written) { return gateway::seconds_of(written) ? "" : "not a time: 4h, 30m, 2d"; });
  command->add_option("--alarm-state", options->alarm_state, "a file that remembers which messages were told of")
      ->type_name("FILE");
  command->footer(std::string(kExamples));
  command->callback([&work, options] { work = [options] { return list_held(*options); }; });
}

}  // namespace threadline::apps
