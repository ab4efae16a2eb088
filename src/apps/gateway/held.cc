// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <memory>
#include <set>
#include <sstream>
#include <string_view>

#include "apps/cli/command.h"
#include "apps/cli/kept_files.h"
#include "apps/cli/options.h"
#include "apps/cli/output.h"
#include "apps/gateway/alarm.h"
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

/// Standard input as a whole.
Result<std::string> handed_over() {
  const auto descriptor = open_stream("-");
  if (!descriptor) return tl::unexpected(descriptor.error());
  InputBytes bytes(*descriptor);
  std::string text{std::istreambuf_iterator<char>(&bytes), {}};
  if (bytes.fault() != 0) return tl::unexpected(unreadable("standard input", bytes.fault()));
  return text;
}

Result<gateway::Queue> queue_of(const HeldOptions& options) {
  const auto text = options.queue_json == "-"    ? handed_over()
                    : options.queue_json.empty() ? printed_by("postqueue -j")
                                                 : read_file(options.queue_json);
  if (!text) return tl::unexpected(text.error());
  std::istringstream lines(*text);
  return gateway::read_queue(lines);
}

Result<void> add_reasons_of(const std::string& path, std::vector<gateway::HeldMail>& held) {
  const auto descriptor = open_file(path);
  if (!descriptor) return tl::unexpected(descriptor.error());
  InputBytes bytes(*descriptor);
  std::istream log(&bytes);
  gateway::take_reasons(log, held);
  if (bytes.fault() != 0) return tl::unexpected(unreadable(path, bytes.fault()));
  return {};
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
    if (const auto added = add_reasons_of(path, held); !added) return added;
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

using Told = std::set<std::string>;  ///< "QUEUE_ID ARRIVED" of each message

/// What the state file remembers; nothing where there is none yet. Errors: it cannot be read, or is another file.
Result<Told> told_before(const std::string& path) {
  std::error_code problem;
  if (path.empty() || !std::filesystem::exists(path, problem)) return Told{};
  const auto text = read_file(path);
  if (!text) return tl::unexpected(text.error());
  std::istringstream lines(*text);
  Told told;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t space = line.find(' ');
    const bool is_state = space != std::string::npos && space > 0 && space + 1 < line.size() &&
                          line.find_first_not_of("0123456789", space + 1) == std::string::npos;
    if (!is_state) return tl::unexpected(Error{"is no file that --alarm-state wrote", path, "name one of its own"});
    told.insert(line);
  }
  return told;
}

Result<void> keep_told(const std::string& path, const Told& told) {
  if (path.empty()) return {};
  return write_output(path, [&](std::ostream& out) {
    for (const std::string& name : told) out << name << '\n';
  });
}

/// Tells of each message that is held too long, once. Errors: a command that failed (it is told again next time).
Result<void> alarm(const HeldOptions& options, const std::vector<gateway::HeldMail>& held, std::int64_t now) {
  std::signal(SIGPIPE, SIG_IGN);
  const auto told = told_before(options.alarm_state);
  if (!told) return tl::unexpected(told.error());
  Told still;
  std::vector<const gateway::HeldMail*> untold;
  const auto name_of = [](const gateway::HeldMail& one) { return one.queue_id + " " + std::to_string(one.arrived); };
  for (const gateway::HeldMail& one : held) {
    if (now - one.arrived < *gateway::seconds_of(options.alarm_after)) continue;
    if (told->contains(name_of(one)))
      still.insert(name_of(one));
    else
      untold.push_back(&one);
  }
  Result<void> kept;
  if (untold.empty() && still != *told) kept = keep_told(options.alarm_state, still);
  bool is_given = true;
  for (const gateway::HeldMail* one : untold) {
    const bool is_told = gateway::give_alarm(options.alarm, gateway::to_json(*one, now) + "\n");
    is_given = is_given && is_told;
    if (!is_told) continue;
    still.insert(name_of(*one));  // kept at once: one that is ended here does not tell it again
    if (const auto now_kept = keep_told(options.alarm_state, still); kept) kept = now_kept;  // told twice rather than not at all
  }
  if (is_given) return kept;
  return tl::unexpected(Error{"the alarm could not be given", options.alarm, "it is given again next time"});
}

/// A line that is no entry may hide a message that is held: it is said, behind what could be read.
int unread_status(const gateway::Queue& queue, const HeldOptions& options, int status) {
  if (queue.unread == 0) return status;
  const std::string name = options.queue_json.empty() ? "postqueue -j" : options.queue_json;
  return fail({std::to_string(queue.unread) + " line(s) are no entries of a queue, the first is line " +
                   std::to_string(queue.first_unread),
               name, "postqueue -j prints one JSON object a line"},
              kNotWritten);
}

int write_list(const std::vector<gateway::HeldMail>& all, const std::string& format, std::int64_t now) {
  for (const gateway::HeldMail& one : all) {
    if (format == "jsonl") {
      std::cout << gateway::to_json(one, now) << '\n';
    } else {
      write_text(std::cout, one, now);
    }
  }
  return flushed_status(kDone);
}

int list_held(const HeldOptions& options) {
  KeptFiles kept;
  kept.evidence({options.queue_json}).evidence(options.logs);
  if (const auto spared = kept.spared_by(options.alarm_state); !spared) return fail(spared.error(), kUsage);
  auto queue = queue_of(options);
  if (!queue) return fail(queue.error(), kNotWritten);
  if (const auto added = add_reasons(options, queue->held); !added) return fail(added.error(), kNotWritten);
  const std::int64_t now = std::time(nullptr);
  if (options.alarm.empty()) return unread_status(*queue, options, write_list(queue->held, options.format, now));
  const auto given = alarm(options, queue->held, now);
  return unread_status(*queue, options, given ? static_cast<int>(kDone) : fail(given.error(), kNotWritten));
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
