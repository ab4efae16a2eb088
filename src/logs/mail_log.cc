// SPDX-License-Identifier: Apache-2.0
#include "logs/mail_log.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "logs/names.h"
#include "text/fold.h"

namespace threadline::logs {
namespace {

constexpr std::string_view kRspamdTask = "rspamd_task_write_log: ";

std::string_view take_word(std::string_view& rest) {
  const auto end = std::min(rest.find(' '), rest.size());
  const auto word = rest.substr(0, end);
  rest.remove_prefix(end);
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  return word;
}

/// "<22>" before the time, and "1 " of RFC 5424 behind it.
void skip_priority(std::string_view& line) {
  if (!line.starts_with('<')) return;
  const auto end = line.find('>');
  if (end == std::string_view::npos || end > 4) return;
  line.remove_prefix(end + 1);
  if (line.starts_with("1 ")) line.remove_prefix(2);
}

bool is_iso_date(std::string_view text) {
  return text.size() >= 10 && is_digit(text[0]) && is_digit(text[3]) && text[4] == '-' && is_digit(text[5]) && text[7] == '-' &&
         is_digit(text[9]);
}

/// "Apr  5 10:37:00".
bool is_syslog_date(std::string_view text) {
  return text.size() >= 15 && text[3] == ' ' && is_digit(text[5]) && text[6] == ' ' && is_digit(text[8]) && text[9] == ':' &&
         text[12] == ':' && is_upper(text[0]);
}

/// "2018-04-05T10:37:00+02:00" or "2018-04-05 10:37:00[.123] [+0200]"; how much of the line that is.
std::size_t iso_length(std::string_view line) {
  std::size_t end = line.find(' ');
  if (end == std::string_view::npos) return 0;
  if (end > 10) return end;
  end = std::min(line.find(' ', end + 1), line.size());
  if (end + 5 < line.size() && (line[end + 1] == '+' || line[end + 1] == '-') && is_digit(line[end + 2]))
    end = std::min(line.find(' ', end + 1), line.size());
  return end;
}

std::size_t time_length(std::string_view line) {
  if (is_syslog_date(line)) return 15;
  return is_iso_date(line) ? iso_length(line) : 0;
}

/// "1f40AB-0001xy-1X" (three groups of letters and digits; longer ones since Exim 4.97).
bool is_exim_id(std::string_view word) {
  const auto first = word.find('-');
  const auto second = word.rfind('-');
  if (first != 6 || (second != 13 && second != 18) || (word.size() != 16 && word.size() != 23)) return false;
  return std::ranges::all_of(word, [](char c) { return is_digit(c) || c == '-' || is_letter(c); });
}

bool is_exim(std::string_view words) {
  if (words.starts_with('[')) words.remove_prefix(std::min(words.find("] ") + 2, words.size()));
  return is_exim_id(take_word(words)) &&
         (words.starts_with("<= ") || words.starts_with("=> ") || words.starts_with("-> ") || words.starts_with("** ") ||
          words.starts_with("== ") || words.starts_with("Completed") || words.starts_with(">> ") || words.starts_with("*> "));
}

/// Exim's file and rspamd's have neither host nor program behind the time.
std::optional<LogLine> own_file_line(std::string_view time, std::string_view words) {
  if (is_exim(words)) return LogLine{time, {}, "exim", words};
  const bool is_exim_word = words.starts_with("H=") || words.starts_with("SMTP ") ||
                            words.find(" authenticator failed for ") != std::string_view::npos || words.starts_with("exim ") ||
                            words.starts_with("Start queue run") || words.starts_with("End queue run");
  if (is_exim_word) return LogLine{time, {}, "exim", words};
  if (words.starts_with('#') && words.find("; ") != std::string_view::npos) return LogLine{time, {}, "rspamd", words};
  return std::nullopt;
}

void read_dovecot(Event& event, std::string_view words) {
  const auto user = between(words, "user=<", '>');
  if (user.empty()) return;
  event.actor = account_key(user);
  event.ip = bare_ip(between(words, "rip=", ','));
  event.session = std::string(between(words, "session=<", '>'));
  event.client = std::string(words.substr(0, words.find(':')));
  if (words.find(" Login: ") != std::string_view::npos) event.act = Act::login;
  if (words.find("auth failed") != std::string_view::npos) event.act = Act::login_failed;
}

}  // namespace

std::string id_in_reply(std::string_view reply, std::string_view relay) {
  const auto id = between(reply, "<", '>');
  if (id.find('@') != std::string_view::npos && reply.find("InternalId=") != std::string_view::npos)
    return fmt::format("<{}>", id);
  constexpr std::string_view kEndpoint = "email-smtp.";
  const auto endpoint = relay.find(kEndpoint);
  const auto word = text::trimmed(reply.substr(std::min(reply.rfind(' ') + 1, reply.size())));
  const bool is_id = word.size() > 40 && word.find_first_not_of("0123456789abcdef-") == std::string_view::npos;
  if (endpoint == std::string_view::npos || !is_id) return {};
  const auto region =
      relay.substr(endpoint + kEndpoint.size(), relay.find('.', endpoint + kEndpoint.size()) - endpoint - kEndpoint.size());
  // Only the first region's mails have no region in their ids. Source: Amazon SES Developer Guide, "Header fields in Amazon SES".
  return fmt::format("<{}@{}.amazonses.com>", word, region == "us-east-1" ? "email" : region);
}

std::string_view between(std::string_view words, std::string_view opening, char closing) {
  const auto at = words.find(opening);
  if (at == std::string_view::npos) return {};
  words.remove_prefix(at + opening.size());
  return words.substr(0, words.find(closing));
}

std::optional<LogLine> read_log_line(std::string_view line) {
  skip_priority(line);
  const std::size_t length = time_length(line);
  if (length == 0) return std::nullopt;
  const auto time = line.substr(0, length);
  std::string_view rest = line.substr(length);
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  if (const auto own = own_file_line(time, rest)) return own;
  const auto host = take_word(rest);
  auto tag = take_word(rest);
  if (!tag.ends_with(':')) {  // RFC 5424: program, pid, id, structured data
    const auto pid = take_word(rest);
    const bool is_number = pid == "-" || std::ranges::all_of(pid, is_digit);
    if (tag.empty() || !is_number) return std::nullopt;
    take_word(rest);
    if (rest.starts_with("- ")) rest.remove_prefix(2);
  }
  tag = tag.substr(0, tag.find_first_of("[:"));
  if (tag.empty()) return std::nullopt;
  return LogLine{time, host, tag, rest};
}

std::optional<Format> mail_server_of(std::string_view line) {
  const auto parts = read_log_line(line);
  if (!parts) return std::nullopt;
  if (parts->words.find(kRspamdTask) != std::string_view::npos || parts->program.starts_with("rspamd")) return Format::rspamd;
  if (parts->program.starts_with("exim")) return Format::exim;
  const bool is_other =
      !parts->program.starts_with("postfix") && !parts->program.starts_with("dovecot") && !parts->program.ends_with("-login");
  return is_other ? std::nullopt : std::optional(Format::postfix);
}

std::optional<Event> mail_log_event(std::string_view line, const ClockSettings& clock) {
  const auto parts = read_log_line(line);
  if (!parts) return std::nullopt;
  Event event;
  event.format = Format::postfix;
  event.time = read_clock(parts->time, clock);
  if (!event.time) event.notes.push_back({"log_time", std::string(parts->time), {}});
  event.host = std::string(parts->host);
  event.operation = std::string(parts->program);
  if (parts->words.find(kRspamdTask) != std::string_view::npos) {
    read_rspamd(event, parts->words);
  } else if (parts->program.starts_with("postfix")) {
    read_postfix(event, parts->program, parts->words);
  } else if (parts->program.starts_with("exim")) {
    read_exim(event, parts->words);
  } else if (parts->program.starts_with("dovecot") || parts->program.ends_with("-login")) {
    read_dovecot(event, parts->words);
  }
  return event;
}

}  // namespace threadline::logs
