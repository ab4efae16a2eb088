// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/severity.h"
#include "base/text_map.h"
#include "base/value.h"
#include "logs/event.h"
#include "logs/reader.h"
#include "logs/wanted.h"

namespace threadline::logs {

/// What is concluded from records (docs/findings.md, "Logs").
struct Claim {
  std::string code;
  Severity severity = Severity::info;
  double confidence = 0;
  std::string subject;  ///< what tells claims of one code apart
  Value evidence;
  std::vector<std::string> attack;
  std::size_t event = 0;  ///< index in Story::events: the row that it speaks of
};

/// A mail of the run, as the logs' records are compared with it.
struct KnownMail {
  std::string id;  ///< as its header writes it
  std::string subject;
  std::string from;
  TextSet recipients;     ///< To, Cc, Bcc, and whom the servers behind the border say that they took it to: mailbox_key
  bool is_fraud = false;  ///< a finding of high or more is about it
  bool is_named = false;  ///< not in evidence: only mails of the case name it
};

/// What conclusions rest on beside the events.
struct Ground {
  TextMap<KnownMail> mails;                                   ///< in evidence, by mail_key
  TextMap<std::string> network_ids;                           ///< Exchange's own id to mail_key
  TextMap<std::string> other_ids;                             ///< from before Message-ID was rewritten, to mail_key
  std::function<bool(const std::string& address)> is_own;     ///< of the own side; empty where it is not known
  std::function<bool(const std::string& address)> is_shared;  ///< of a domain of many organisations (gmail.com ...)
  TextSet senders;  ///< of the conversations with a finding of medium or more; no bulk mail's
  Wanted wanted;
  std::function<std::string(const std::string& ip)> country_of;               ///< by --mmdb, or empty
  std::function<std::optional<Location>(const std::string& ip)> location_of;  ///< the same
};

/// The events of a run that are told, by time, with what is concluded.
struct Story {
  std::vector<Event> events;
  std::vector<Claim> claims;
};

/// Judges what was kept of all logs of a run. Pure: order of the events and activities does not matter.
[[nodiscard]] Story conclude(std::vector<Event> kept, std::vector<Activity> activities, const Ground& ground);

/// The mails of the run that the event names; by Message-ID, by one that a server replaced, or by Exchange's own id. A mail in
/// evidence outranks another one's claim to have borne its id.
[[nodiscard]] std::vector<const KnownMail*> known_mails(const Event& event, const Ground& ground);

}  // namespace threadline::logs
