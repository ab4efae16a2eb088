// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "logs/mail_log.h"
#include "logs/names.h"

namespace threadline::logs {
namespace {

struct Mark {
  std::string_view mark;
  Act act;
};

/// Source: the Exim specification, chapter "Log files", "Log lines".
constexpr auto kMarks = std::to_array<Mark>({
    {"<=", Act::mail_accepted},
    {"=>", Act::mail_delivered},
    {"->", Act::mail_delivered},
    {">>", Act::mail_delivered},
    {"*>", Act::other},
    {"**", Act::mail_bounced},
    {"==", Act::mail_deferred},
});

/// "H=mail.example (helo) [192.0.2.7]:4242".
void take_host(Event& event, std::string_view words) {
  const auto at = words.find("H=");
  if (at == std::string_view::npos) return;
  const auto peer = words.substr(at + 2);
  event.ip = bare_ip(between(peer, "[", ']'));
  event.client = std::string(peer.substr(0, peer.find(' ')));
}

void take_acceptance(Event& event, std::string_view words) {
  event.sender = account_key(words.substr(0, words.find(' ')));
  take_host(event, words);
  if (const auto login = between(words, " A=", ' '); !login.empty()) {
    event.actor = account_key(login.substr(std::min(login.find(':') + 1, login.size())));
  }
  event.subject = std::string(between(words, " T=\"", '"'));
  if (const auto id = between(words, " id=", ' '); !id.empty()) event.mails.push_back({fmt::format("<{}>", id), event.subject});
  const auto recipients = words.rfind(" for ");
  if (recipients == std::string_view::npos) return;
  auto rest = words.substr(recipients + 5);
  while (!rest.empty()) {
    const auto end = std::min(rest.find(' '), rest.size());
    if (rest.substr(0, end).find('@') != std::string_view::npos) event.recipients.push_back(account_key(rest.substr(0, end)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

/// "final@firm.example (parent@firm.example) <original@firm.example>"; what did not change is not written. Source: the Exim
/// specification, chapter "Log files", "Logging deliveries".
void take_recipient(Event& event, std::string_view words) {
  const auto first = words.substr(0, words.find_first_of(" :"));
  words.remove_prefix(first.size());
  if (words.starts_with(" (")) words.remove_prefix(std::min(words.find(')') + 1, words.size()));
  const auto original = words.starts_with(" <") ? between(words, "<", '>') : std::string_view();
  event.recipients.push_back(account_key(first.find('@') == std::string_view::npos && !original.empty() ? original : first));
  if (!original.empty()) event.originals.push_back(account_key(original));
}

void take_delivery(Event& event, std::string_view words) {
  take_recipient(event, words);
  take_host(event, words);
  event.target = event.client;
  event.reason = std::string(between(words, " C=\"", '"'));
  if (auto id = id_in_reply(event.reason, event.client); !id.empty()) event.mails.push_back({std::move(id), {}});
  if (const auto at = words.find(": "); event.act != Act::mail_delivered && at != std::string_view::npos)
    event.reason = std::string(words.substr(at + 2));
}

/// Lines about no message: rejections and failed logins.
void take_refusal(Event& event, std::string_view words) {
  if (words.find(" authenticator failed for ") != std::string_view::npos) {
    event.act = Act::login_failed;
    event.ip = bare_ip(between(words, "[", ']'));
    event.actor = account_key(between(words, "set_id=", ')'));
    return;
  }
  take_host(event, words);
  const auto rejected = words.find(" rejected ");
  if (rejected == std::string_view::npos) return;
  event.act = Act::mail_rejected;
  event.sender = account_key(between(words, "F=<", '>'));
  if (const auto to = between(words.substr(rejected), "RCPT <", '>'); !to.empty()) event.recipients.push_back(account_key(to));
  event.reason = std::string(words.substr(rejected + 1));
}

}  // namespace

void read_exim(Event& event, std::string_view words) {
  event.format = Format::exim;
  if (words.starts_with('[')) words.remove_prefix(std::min(words.find("] ") + 2, words.size()));
  event.operation = "exim";
  const auto space = words.find(' ');
  const auto id = words.substr(0, space);
  const bool has_id = space != std::string_view::npos && id.size() >= 16 && id.find('-') == 6;
  if (!has_id) return take_refusal(event, words);
  event.queue_id = event.host + "/" + std::string(id);
  words.remove_prefix(space + 1);
  if (words.starts_with("Completed")) event.outcome = "removed";
  const auto found = std::ranges::find_if(kMarks, [&](const Mark& mark) { return words.starts_with(mark.mark); });
  if (found == kMarks.end()) {
    if (words.find(" rejected ") != std::string_view::npos) take_refusal(event, words);
    return;
  }
  event.act = found->act;
  event.outcome = std::string(found->mark);
  words.remove_prefix(std::min<std::size_t>(3, words.size()));
  if (event.act == Act::mail_accepted) return take_acceptance(event, words);
  take_delivery(event, words);
}

}  // namespace threadline::logs
