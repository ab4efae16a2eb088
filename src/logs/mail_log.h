// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "logs/clock.h"
#include "logs/event.h"

namespace threadline::logs {

/// What a line of a mail server's log says: Postfix, rspamd and Dovecot through syslog (RFC 3164, RFC 5424 or ISO times),
/// rspamd's own file, Exim's main log. A line of another program is an event of its own (`other`). Nothing where it is no log
/// line.
[[nodiscard]] std::optional<Event> mail_log_event(std::string_view line, const ClockSettings& clock);

/// Whose line it is, by its form alone: postfix (Dovecot's, too), exim, rspamd. Nothing for another program's.
[[nodiscard]] std::optional<Format> mail_server_of(std::string_view line);

/// The parts of a mail log's line.
struct LogLine {
  std::string_view time, host, program;  ///< program without its pid: "postfix/smtpd"
  std::string_view words;
};
[[nodiscard]] std::optional<LogLine> read_log_line(std::string_view line);

/// Sets what the words of a Postfix program say, of Exim, of rspamd.
void read_postfix(Event& event, std::string_view program, std::string_view words);
void read_exim(Event& event, std::string_view words);
void read_rspamd(Event& event, std::string_view words);

/// The Message-ID that the next server gave the mail, by its reply: Exchange's "250 2.6.0 <id> [InternalId=...] Queued mail for
/// delivery"; Amazon SES's "250 Ok 0102...-000000", whose domain is that of the region in `relay`. Empty where the reply tells
/// none.
[[nodiscard]] std::string id_in_reply(std::string_view reply, std::string_view relay);

/// The text between `opening` and `closing`, or nothing: between("to=<a@b>, x", "to=<", '>') is "a@b".
[[nodiscard]] std::string_view between(std::string_view words, std::string_view opening, char closing);

}  // namespace threadline::logs
