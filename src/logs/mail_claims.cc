// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "logs/judging.h"
#include "logs/names.h"
#include "text/base_subject.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::logs {
namespace {

using List = Value::List;

/// What one account read from one address in one session.
struct Reading {
  std::size_t first_event = 0;
  std::set<const KnownMail*> mails;
  std::set<std::string> folders;
  List reads;  ///< {time, mail}
  Instant first, last;
  std::string account, ip, session, client, mailbox;
};

using Readings = std::map<std::string, Reading>;

std::string reading_key(const Event& event) {
  const std::string place = event.session.empty() ? event.ip : event.session;
  return account_key(event.actor) + '\n' + place;
}

void add_read(Reading& reading, std::size_t index, const Event& event, const std::vector<const KnownMail*>& mails) {
  if (reading.account.empty()) {
    reading.first_event = index;
    reading.first = event.time->at;
    reading.account = event.actor;
    reading.ip = event.ip;
    reading.session = event.session;
    reading.client = event.client;
    reading.mailbox = event.mailbox;
  }
  if (event.time->at < reading.first) {
    reading.first_event = index;
    reading.first = event.time->at;
  }
  reading.last = std::max(reading.last, event.time->at);
  for (const KnownMail* mail : mails) {
    if (!reading.mails.insert(mail).second) continue;
    Value read;
    read.set("time", rfc3339_utc(event.time->at)).set("message_id", mail->id).set("subject", mail->subject);
    reading.reads.push_back(std::move(read));
  }
}

Readings readings_in(const Judging& judging) {
  Readings readings;
  for (std::size_t i = 0; i < judging.story.events.size(); ++i) {
    const Event& event = judging.story.events[i];
    if (event.act != Act::mail_read || !event.time) continue;
    auto mails = known_mails(event, judging.ground);
    std::erase_if(mails, [&](const KnownMail* mail) { return !judging.ground.wanted.mails.contains(mail_key(mail->id)); });
    if (!mails.empty()) add_read(readings[reading_key(event)], i, event, mails);
  }
  return readings;
}

/// A Sync shows no mails: whole folders were exposed. Told of sessions that read mails of the case, or are under suspicion.
void add_synced(Judging& judging, Readings& readings) {
  for (const Activity& activity : judging.activities) {
    const Event* sync = activity.first_of(Act::folder_synced);
    if (sync == nullptr) continue;
    const auto found = readings.find(reading_key(*sync));
    const bool suspected = judging.suspicion(activity.actor, activity.ip, activity.session) >= Severity::low;
    if (found == readings.end() && !suspected) continue;
    if (!judging.ground.wanted.people.contains(account_key(activity.actor))) continue;
    const std::size_t index = judging.shown(*sync);
    Reading& reading = readings[reading_key(*sync)];
    add_read(reading, index, *sync, {});
    reading.folders.insert(sync->folder);
  }
}

}  // namespace

void judge_reads(Judging& judging) {
  Readings readings = readings_in(judging);
  add_synced(judging, readings);
  std::vector<Claim> claims;  // all before the first is told: a session is not as grave as another one that was read from there
  for (const auto& [key, reading] : readings) {
    const Severity worst = judging.suspicion(reading.account, reading.ip, reading.session);
    Claim claim{.code = "thread_read_by",
                .severity = worst >= Severity::low ? worst : Severity::info,
                .confidence = 0.9,
                .subject = account_key(reading.account) + " " + (reading.session.empty() ? reading.ip : reading.session),
                .evidence = {},
                .attack = {},
                .event = reading.first_event};
    if (claim.severity >= Severity::medium) claim.attack = {"T1114.002"};
    claim.evidence.set("account", reading.account).set("mailbox", reading.mailbox).set("ip", reading.ip);
    claim.evidence.set("session", reading.session)
        .set("client", reading.client)
        .set("count", static_cast<std::int64_t>(reading.mails.size()));
    claim.evidence.set("first", rfc3339_utc(reading.first)).set("last", rfc3339_utc(reading.last)).set("reads", reading.reads);
    claim.evidence.set("folders", List(reading.folders.begin(), reading.folders.end()));
    claims.push_back(std::move(claim));
  }
  for (Claim& claim : claims) judging.claim(std::move(claim));
}

namespace {

bool is_carried(const Event& event) {
  return event.act == Act::mail_accepted || event.act == Act::mail_delivered || event.act == Act::mail_sent ||
         event.act == Act::mail_held;
}

/// A mail that a log shows and no mailbox holds, where the case's mails name it, or its subject and people are the case's.
void judge_absent(Judging& judging, std::size_t index, std::set<std::string>& told) {
  const Event event = judging.story.events[index];
  const auto known = known_mails(event, judging.ground);
  if (event.mails.empty() || std::ranges::any_of(known, [](const KnownMail* mail) { return !mail->is_named; })) return;
  if (!judging.ground.wanted.is_about(event)) return;
  const std::string key = mail_key(event.mails.front().id);
  if (key.empty() || !told.insert(key).second) return;
  const std::string from = event.sender.empty() ? event.actor : event.sender;
  Claim claim{.code = "mail_absent",
              .severity = Severity::low,
              .confidence = 0.6,
              .subject = key,
              .evidence = {},
              .attack = {},
              .event = index};
  claim.evidence.set("message_id", event.mails.front().id)
      .set("from", from)
      .set("to", List(event.recipients.begin(), event.recipients.end()));
  claim.evidence.set("subject", event.subject);
  judging.claim(std::move(claim));
}

bool is_suspect(const std::string& address, const TextSet& suspects) {
  if (address.empty()) return false;
  const std::string domain = text::domain_of_address(address);
  return suspects.contains(address) || suspects.contains(domain) || suspects.contains(text::registrable_domain(domain));
}

/// Whether the people are whom the line delivers to, or whom the mail came for before an alias led elsewhere.
bool has_recipient(const TextSet& people, const Event& event, const std::string& recipient) {
  const auto has = [&](const std::string& address) { return people.contains(mailbox_key(address)); };
  return has(recipient) || std::ranges::any_of(event.originals, has);
}

/// What the carried mails have been told of already.
struct Carried {
  std::set<std::string> absent;     ///< mail_key
  std::set<std::string> elsewhere;  ///< sender and recipient
};

/// Whether the mail, which is not in evidence, came for the case's people: by an alias only where it is told as absent, for
/// nothing else would say that it reached the mailbox behind.
bool is_for_case(const Judging& judging, const Event& event, const std::string& recipient, const Carried& told) {
  const TextSet& people = judging.ground.wanted.people;
  if (people.contains(mailbox_key(recipient))) return true;
  return has_recipient(people, event, recipient) &&
         std::ranges::any_of(event.mails, [&](const auto& mail) { return told.absent.contains(mail_key(mail.id)); });
}

/// The same fraud reached somebody else.
void judge_elsewhere(Judging& judging, std::size_t index, Carried& told) {
  const Event event = judging.story.events[index];
  if (event.act != Act::mail_delivered) return;
  const auto mails = known_mails(event, judging.ground);
  const bool by_mail = std::ranges::any_of(mails, [](const KnownMail* mail) { return mail->is_fraud; });
  if (!by_mail && !is_suspect(event.sender, judging.ground.wanted.suspects)) return;
  for (const std::string& recipient : event.recipients) {
    const bool is_known =
        std::ranges::any_of(mails, [&](const KnownMail* mail) { return has_recipient(mail->recipients, event, recipient); });
    const bool is_sender = is_suspect(recipient, judging.ground.wanted.suspects);
    if (is_known || is_sender || (mails.empty() && is_for_case(judging, event, recipient, told))) continue;
    if (!told.elsewhere.insert(event.sender + " " + recipient).second) continue;
    Claim claim{.code = "delivered_elsewhere",
                .severity = Severity::high,
                .confidence = 0.7,
                .subject = event.sender + " " + recipient,
                .evidence = {},
                .attack = {"T1566"},
                .event = index};
    claim.evidence.set("from", event.sender)
        .set("to", recipient)
        .set("message_id", event.mails.empty() ? "" : event.mails.front().id);
    judging.claim(std::move(claim));
  }
}

}  // namespace

void judge_carried(Judging& judging) {
  Carried told;
  for (std::size_t i = 0; i < judging.story.events.size(); ++i) {
    if (!is_carried(judging.story.events[i])) continue;
    judge_absent(judging, i, told.absent);
    judge_elsewhere(judging, i, told);
  }
}

}  // namespace threadline::logs
