// SPDX-License-Identifier: Apache-2.0
#include "evidence/sendmail_queue.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>

#include "evidence/item_bytes.h"
#include "evidence/lines.h"

namespace threadline::evidence {
namespace {

constexpr std::string_view kLineLetters = "VTKNPMFS$RHCEDILOQZABdr!.";
constexpr char kMacro = '\x81';  ///< how the control file writes "$"

std::string without_brackets(std::string_view address) {
  if (address.starts_with('<')) address.remove_prefix(1);
  if (address.ends_with('>')) address.remove_suffix(1);
  return std::string(address);
}

/// "RPFD:<b@x>": flags, a colon, the address.
std::string recipient_in(std::string_view line) {
  const auto colon = line.find(':');
  const bool flags = colon != std::string_view::npos && line.find_first_not_of("ABDFNPS", 0) >= colon;
  return without_brackets(flags ? line.substr(colon + 1) : line);
}

/// "?P?Return-Path: <...>" without its mailer flags.
std::string_view without_flags(std::string_view header) {
  if (!header.starts_with('?')) return header;
  const auto end = header.find('?', 1);
  return end == std::string_view::npos ? header : header.substr(end + 1);
}

void take_envelope(std::string_view line, Envelope& envelope, const Limits& limits) {
  const auto value = line.substr(1);
  if (line[0] == 'S' && !envelope.sender) envelope.sender = without_brackets(value);
  if (line[0] == 'R' && envelope.recipients.size() < limits.addresses) envelope.recipients.push_back(recipient_in(value));
  if (line[0] != 'T') return;
  std::uint64_t seconds = 0;
  std::from_chars(value.data(), value.data() + value.size(), seconds);
  envelope.arrival = instant_text(seconds);
}

}  // namespace

bool is_sendmail_queue(std::string_view head) {
  const auto first = take_line(head);
  if (first.size() < 2 || first.size() > 4 || first[0] != 'V' ||
      first.find_first_not_of("0123456789", 1) != std::string_view::npos)
    return false;
  bool sender = false;
  for (int lines = 0; lines < 60 && !head.empty(); ++lines) {
    const auto line = take_line(head);
    if (line.empty()) return false;
    if (line[0] == 'S') sender = true;
    if (line[0] == 'H') return sender || line.starts_with("H?");
    if (kLineLetters.find(line[0]) == std::string_view::npos) return false;
  }
  return sender;
}

Item sendmail_message(std::string_view control_file, std::optional<std::string_view> data_file, const Limits& limits) {
  Item item{.source = {}, .format = "sendmail", .bytes = {}, .sha256 = {}, .notes = {}};
  auto& envelope = item.envelope.emplace();
  bool in_header = false;
  bool ended = false;
  while (!control_file.empty() && !ended) {
    const auto line = take_line(control_file);
    if (line.empty()) continue;
    const bool continues = line[0] == ' ' || line[0] == '\t';
    ended = line == ".";
    if (line[0] == 'H') {
      in_header = line.find(kMacro) == std::string_view::npos;
      if (in_header) append_bytes(item, std::string(without_flags(line.substr(1))) + "\n", limits);
    } else if (continues && in_header) {
      append_bytes(item, std::string(line) + "\n", limits);
    } else if (!continues) {
      in_header = false;
      take_envelope(line, envelope, limits);
    }
  }
  append_bytes(item, "\n", limits);
  if (!ended) item.notes.push_back({"truncated", "sendmail: the control file ends early", {}});
  if (data_file) {
    append_bytes(item, *data_file, limits);
  } else {
    item.notes.push_back({"truncated", "sendmail: the data file with the body is missing", {}});
  }
  return item;
}

}  // namespace threadline::evidence
