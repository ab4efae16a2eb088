// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "logs/mail_log.h"
#include "logs/names.h"

namespace threadline::logs {
namespace {

struct Status {
  std::string_view words;
  Act act;
};

/// Source: Postfix, src/global/log_adhoc.c, sent.c, bounce.c, defer.c; cleanup_milter.c for what milters and checks do.
constexpr auto kStatuses = std::to_array<Status>({
    {"status=sent", Act::mail_delivered},
    {"status=deliverable", Act::other},
    {"status=undeliverable", Act::other},
    {"status=bounced", Act::mail_bounced},
    {"status=expired", Act::mail_bounced},
    {"status=deferred", Act::mail_deferred},
    {"status=SOFTBOUNCE", Act::mail_deferred},
});

constexpr auto kVerdicts = std::to_array<Status>({
    {"reject: ", Act::mail_rejected},
    {"milter-reject: ", Act::mail_rejected},
    {"hold: ", Act::mail_held},
    {"milter-hold: ", Act::mail_held},
    {"discard: ", Act::mail_rejected},
    {"milter-discard: ", Act::mail_rejected},
});

/// "3xJ4Kb1b2Nz9vWm" (long ids) or hexadecimal digits. Source: Postfix, mail_queue.h.
bool is_queue_id(std::string_view word) {
  if (word == "NOQUEUE") return true;
  return word.size() >= 6 && word.size() <= 20 && std::ranges::all_of(word, is_letter_or_digit) &&
         std::ranges::any_of(word, is_digit);
}

void take_envelope(Event& event, std::string_view words) {
  if (const auto at = words.find("from=<"); at != std::string_view::npos)
    event.sender = account_key(between(words, "from=<", '>'));
  for (std::size_t at = words.find(" to=<"); at != std::string_view::npos; at = words.find(" to=<", at + 1))
    event.recipients.push_back(account_key(between(words.substr(at), "to=<", '>')));
  if (words.starts_with("to=<")) event.recipients.push_back(account_key(between(words, "to=<", '>')));
}

/// "name[192.0.2.7]:4242".
void take_peer(Event& event, std::string_view peer) {
  event.ip = bare_ip(between(peer, "[", ']'));
  event.client = std::string(peer.substr(0, peer.find('[')));
}

void take_login(Event& event, std::string_view words) {
  const auto user = words.find("sasl_username=");
  if (user == std::string_view::npos) return;
  event.actor = account_key(between(words, "sasl_username=", ','));
}

void read_smtpd(Event& event, std::string_view words) {
  if (const auto at = words.find("client="); at == 0) {
    event.act = Act::mail_accepted;
    take_peer(event, words.substr(7));
    take_login(event, words);
    return;
  }
  const auto failed = words.find(" authentication failed");
  if (words.find("SASL ") == std::string_view::npos || failed == std::string_view::npos) return;
  event.act = Act::login_failed;
  const auto warning = std::string_view("warning: ");
  take_peer(event, words.starts_with(warning) ? words.substr(warning.size()) : words);
  take_login(event, words);
}

void read_cleanup(Event& event, std::string_view words) {
  if (words.starts_with("message-id=")) {
    event.act = Act::mail_accepted;
    event.mails.push_back({std::string(words.substr(11)), {}});
  } else if (words.starts_with("warning: header Subject: ")) {
    event.subject = std::string(between(words, "Subject: ", ';'));
    event.subject = event.subject.substr(0, event.subject.rfind(" from "));
    take_envelope(event, words);
  }
}

bool read_verdict(Event& event, std::string_view words) {
  const auto found = std::ranges::find_if(kVerdicts, [&](const Status& one) { return words.starts_with(one.words); });
  if (found == kVerdicts.end()) return false;
  event.act = found->act;
  take_envelope(event, words);
  if (const auto at = words.find(" from "); at != std::string_view::npos && event.ip.empty())
    take_peer(event, words.substr(at + 6));
  event.outcome = std::string(words.substr(0, words.find(':')));
  const auto reason = words.find(": ", words.find(' '));
  if (reason != std::string_view::npos) event.reason = std::string(words.substr(reason + 2, words.find("; from=<") - reason - 2));
  return true;
}

/// Takes "<address>" from the front of the words: up to the '>' before a comma or the end, outside of quotes. RFC 5321, 4.1.2.
std::string_view take_address(std::string_view& words) {
  bool quoted = false;
  for (std::size_t at = 1; at < words.size(); ++at) {
    if (quoted && words[at] == '\\') {
      ++at;
    } else if (words[at] == '"') {
      quoted = !quoted;
    } else if (!quoted && words[at] == '>' && (at + 1 == words.size() || words[at + 1] == ',')) {
      const auto address = words.substr(1, at - 1);
      words.remove_prefix(at + 1);
      return address;
    }
  }
  return {};
}

/// "to=<a>, orig_to=<b>, relay=...": only what stands there, for the peer writes the recipient and the reply behind. Source:
/// Postfix, src/global/log_adhoc.c.
void take_recipient(Event& event, std::string_view& words) {
  constexpr std::string_view kTo = "to=", kOriginal = ", orig_to=";
  if (!words.starts_with("to=<")) return take_envelope(event, words);
  words.remove_prefix(kTo.size());
  event.recipients.push_back(account_key(take_address(words)));
  if (!words.starts_with(", orig_to=<")) return;
  words.remove_prefix(kOriginal.size());
  if (const auto original = take_address(words); !original.empty()) event.originals.push_back(account_key(original));
}

void read_delivery(Event& event, std::string_view words) {
  take_recipient(event, words);
  const auto found =
      std::ranges::find_if(kStatuses, [&](const Status& one) { return words.find(one.words) != std::string_view::npos; });
  if (found == kStatuses.end()) return;
  event.act = found->act;
  event.outcome = std::string(found->words.substr(7));
  event.target = std::string(between(words, "relay=", ','));
  const auto opening = words.find(found->words) + found->words.size();
  const auto reason = words.find('(', opening);
  if (reason != std::string_view::npos) event.reason = std::string(words.substr(reason + 1, words.rfind(')') - reason - 1));
  if (auto id = id_in_reply(event.reason, event.target); !id.empty()) event.mails.push_back({std::move(id), {}});
}

}  // namespace

void read_postfix(Event& event, std::string_view program, std::string_view words) {
  event.format = Format::postfix;
  const auto part = program.substr(program.rfind('/') + 1);
  event.operation = std::string(program);
  const auto colon = words.find(": ");
  if (colon != std::string_view::npos && is_queue_id(words.substr(0, colon))) {
    const auto id = words.substr(0, colon);
    if (id != "NOQUEUE") event.queue_id = event.host + "/" + std::string(id);
    words.remove_prefix(colon + 2);
    if (read_verdict(event, words)) return;
  }
  if (part == "smtpd" || part == "submission" || part == "smtps") return read_smtpd(event, words);
  if (part == "cleanup") return read_cleanup(event, words);
  if (words == "removed") {
    event.outcome = "removed";
    return;
  }
  if (!event.queue_id.empty()) read_delivery(event, words);
}

void read_rspamd(Event& event, std::string_view words) {
  event.format = Format::rspamd;
  words.remove_prefix(std::min(words.find("rspamd_task_write_log: "), words.size()));
  if (const auto id = between(words, "id: <", '>'); !id.empty()) event.mails.push_back({fmt::format("<{}>", id), {}});
  if (const auto id = between(words, "qid: <", '>'); !id.empty()) event.queue_id = event.host + "/" + std::string(id);
  event.ip = bare_ip(between(words, " ip: ", ','));
  event.actor = account_key(between(words, " user: ", ','));
  event.sender = account_key(between(words, " from: <", '>'));
  event.subject = std::string(between(words, "subject: \"", '"'));
  auto recipients = between(words, "mime_rcpts: ", ' ');
  if (recipients.empty()) recipients = between(words, "rcpts: ", ' ');
  while (recipients.find('<') != std::string_view::npos) {
    event.recipients.push_back(account_key(between(recipients, "<", '>')));
    recipients.remove_prefix(std::min(recipients.find('>') + 1, recipients.size()));
  }
  const auto verdict = words.find("(default: ");
  if (verdict == std::string_view::npos) return;
  const auto action = between(words.substr(verdict + 10), "(", ')');
  event.outcome = std::string(action);
  event.act = action == "reject" || action == "discard"         ? Act::mail_rejected
              : action == "soft reject" || action == "greylist" ? Act::mail_deferred
              : action == "quarantine"                          ? Act::mail_held
                                                                : Act::mail_accepted;
}

}  // namespace threadline::logs
