// SPDX-License-Identifier: Apache-2.0
#include "logs/queue.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

namespace threadline::logs {
namespace {

/// Whether the line says which mail it is about; a delivery names the id that the next server gave it.
bool names_itself(const Event& line) { return !line.mails.empty() && line.act != Act::mail_delivered; }

/// The lines of one mail in one queue.
struct QueuedMail {
  std::vector<Event> lines;
  bool ended = false;

  [[nodiscard]] bool has_id() const { return std::ranges::any_of(lines, names_itself); }
};

/// What the lines say together.
struct Envelope {
  std::vector<MailRef> mails;
  std::string sender, subject, ip, client, actor;
  std::vector<std::string> recipients;
};

void take_first(std::string& to, const std::string& from) {
  if (to.empty()) to = from;
}

Envelope envelope_of(const QueuedMail& mail) {
  Envelope envelope;
  for (const Event& line : mail.lines) {
    if (names_itself(line) && envelope.mails.empty()) envelope.mails = line.mails;
    take_first(envelope.sender, line.sender);
    take_first(envelope.subject, line.subject);
    take_first(envelope.actor, line.actor);
    if (line.act == Act::mail_accepted) take_first(envelope.ip, line.ip);
    if (line.act == Act::mail_accepted) take_first(envelope.client, line.client);
    if (line.act == Act::mail_accepted && envelope.recipients.empty()) envelope.recipients = line.recipients;
  }
  for (const Event& line : mail.lines) {
    for (const MailRef& given : line.mails) {
      if (std::ranges::find(envelope.mails, given.id, &MailRef::id) == envelope.mails.end()) envelope.mails.push_back(given);
    }
  }
  return envelope;
}

void fill(Event& line, const Envelope& envelope) {
  line.mails = envelope.mails;
  take_first(line.sender, envelope.sender);
  take_first(line.subject, envelope.subject);
  if (line.act != Act::mail_accepted) return;
  take_first(line.ip, envelope.ip);
  take_first(line.client, envelope.client);
  take_first(line.actor, envelope.actor);
  if (line.recipients.empty()) line.recipients = envelope.recipients;
}

/// One line of acceptance (of smtpd, cleanup, the filter) and each delivery; every line where every one is wanted.
void settle(QueuedMail& mail, const Wanted& wanted, std::vector<Event>& to) {
  const Envelope envelope = envelope_of(mail);
  if (wanted.every_record) {
    for (Event& line : mail.lines) {
      if (line.act != Act::other) fill(line, envelope);
      to.push_back(std::move(line));
    }
    return;
  }
  bool accepted = false;
  std::vector<Event> told;
  for (Event& line : mail.lines) {
    if (line.act == Act::other) continue;
    if (line.act == Act::mail_accepted && std::exchange(accepted, true)) continue;
    fill(line, envelope);
    told.push_back(std::move(line));
  }
  Wanted by_words = wanted;
  by_words.queue_ids.clear();
  const bool is_wanted = std::ranges::any_of(told, [&](const Event& event) { return by_words.is_about(event); });
  if (is_wanted) std::ranges::move(told, std::back_inserter(to));
}

}  // namespace

std::vector<Event> joined_queues(std::vector<Event> events, const Wanted& wanted) {
  std::vector<Event> joined;
  std::unordered_map<std::string, std::size_t> open;
  std::vector<QueuedMail> mails;
  for (Event& event : events) {
    if (event.queue_id.empty()) {
      joined.push_back(std::move(event));
      continue;
    }
    const auto [place, is_new] = open.try_emplace(event.queue_id, mails.size());
    if (!is_new) {
      const QueuedMail& before = mails[place->second];
      if (before.ended || (names_itself(event) && before.has_id() && event.format != Format::rspamd))
        place->second = mails.size();
    }
    if (place->second == mails.size()) mails.emplace_back();
    QueuedMail& mail = mails[place->second];
    mail.ended = event.outcome == "removed";
    mail.lines.push_back(std::move(event));
  }
  for (QueuedMail& mail : mails) settle(mail, wanted, joined);
  return joined;
}

}  // namespace threadline::logs
