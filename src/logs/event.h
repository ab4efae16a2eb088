// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/instant.h"
#include "base/note.h"

namespace threadline::logs {

/// What a record tells (acts.def).
enum class Act {
#define THREADLINE_LOG_ACT(code, weight) code,
#include "logs/acts.def"
#undef THREADLINE_LOG_ACT
};
inline constexpr std::size_t kActs = static_cast<std::size_t>(Act::other) + 1;

enum class Weight { telling, joined, counted };

/// "rule_set": the code of acts.def.
[[nodiscard]] std::string_view name_of(Act act);
[[nodiscard]] std::optional<Act> act_named(std::string_view name);
[[nodiscard]] Weight weight_of(Act act);

/// The log that a record comes from (formats.def).
enum class Format {
#define THREADLINE_LOG_FORMAT(code, name) code,
#include "logs/formats.def"
#undef THREADLINE_LOG_FORMAT
};
[[nodiscard]] std::string_view code_of(Format format);
[[nodiscard]] std::string_view title_of(Format format);

/// A mail that a record names.
struct MailRef {
  std::string id;       ///< Message-ID as the log writes it
  std::string subject;  ///< or empty

  bool operator==(const MailRef&) const = default;
};

/// Where an address is: a circle in which its user is likely to be.
struct Location {
  double latitude = 0, longitude = 0;  ///< degrees, north and east positive
  double radius_km = 0;

  bool operator==(const Location&) const = default;
};

/// What one record of a log says. Texts are UTF-8 and empty where the record does not say.
struct Event {
  Act act = Act::other;
  Format format = Format::mapped;
  std::string source;         ///< path of the log; set by who opened it
  std::uint64_t line = 0;     ///< on which the record begins, from 1
  std::string sha256;         ///< of the record's bytes; set where it is kept
  std::string identity;       ///< the log's own id of the record: records repeat
  std::optional<Stamp> time;  ///< nothing: an export without dates, or a date that cannot be read
  std::string operation;      ///< as the log writes it
  std::string actor;          ///< who did it: an account's address
  std::string mailbox;        ///< whose mailbox, where it is not the actor's
  std::string ip;             ///< without port and brackets
  std::string client, session, host;
  std::string outcome, reason;       ///< as the log writes them
  std::string country, city;         ///< as the log states them; country ISO 3166 alpha-2
  std::optional<Location> location;  ///< as the log states it, of a city
  std::string target;                ///< the rule's name, the forwarding address, the delegate, the application, the URL
  std::string sender, subject, folder, queue_id, network_message_id;
  std::vector<std::string> recipients;
  std::vector<std::string> originals;  ///< recipients as the mail came for them, where the server delivered to others (aliases)
  std::vector<MailRef> mails;
  std::vector<std::pair<std::string, std::string>> parameters;  ///< of a command, in the record's order
  std::string text;                                             ///< the beginning of the record, as it stands in the log
  bool by_system = false;                                       ///< the service itself, no person (UserType, NT AUTHORITY)
  bool throttled = false;                                       ///< more was read than the log shows
  bool telling = false;                                         ///< a row of its own whatever its act: a mapping says so
  std::vector<Note> notes;
};

/// The parameter of that name (any letter case), or nothing.
[[nodiscard]] const std::string* parameter_of(const Event& event, std::string_view name);

}  // namespace threadline::logs
