// SPDX-License-Identifier: Apache-2.0
#include <unordered_map>

#include "base/ascii.h"
#include "facts/transport/dkim.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

/// Section 3.4.1, line ends as the wire has them.
void add_simple(const message::HeaderField& field, std::string_view raw, std::string& to) {
  to += field.name;
  const std::uint64_t blanks = field.raw_offset - field.offset - field.name.size();
  if (blanks > 1 && blanks < field.raw_offset) to.append(blanks - 1, ' ');
  to += ':';
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '\n' && (i == 0 || raw[i - 1] != '\r')) to += '\r';
    to += raw[i];
  }
}

/// Section 3.4.2.
void add_relaxed(const message::HeaderField& field, std::string_view raw, std::string& to) {
  to += text::ascii_lower(field.name);
  to += ':';
  bool blank = false, begun = false;
  for (const char c : raw) {
    if (is_space(c)) {
      blank = true;
      continue;
    }
    if (blank && begun) to += ' ';
    to += c;
    blank = false;
    begun = true;
  }
}

void add_field(const message::HeaderField& field, std::string_view raw, Canonical form, std::string& to) {
  if (form == Canonical::simple) {
    add_simple(field, raw, to);
  } else {
    add_relaxed(field, raw, to);
  }
}

/// The fields of each name, top first; taken from the bottom up (section 5.4.2).
using Places = std::unordered_map<std::string, std::vector<std::size_t>>;

Places places_of(const message::Message& message) {
  Places places;
  for (std::size_t i = 0; i < message.headers.size(); ++i) places[text::ascii_lower(message.headers[i].name)].push_back(i);
  return places;
}

}  // namespace

std::optional<std::string> signed_header(const message::Message& message, std::size_t field, const DkimSignature& signature,
                                         std::uint64_t most) {
  Places places = places_of(message);
  std::string bytes;
  for (const std::string& name : signature.told.signed_fields) {
    const auto found = places.find(name);
    if (found == places.end() || found->second.empty()) continue;
    const message::HeaderField& next = message.headers[found->second.back()];
    found->second.pop_back();
    add_field(next, next.raw, signature.header, bytes);
    bytes += "\r\n";
    if (bytes.size() > most) return std::nullopt;
  }
  const message::HeaderField& own = message.headers[field];
  add_field(own, without_signature(own.raw), signature.header, bytes);
  return bytes.size() > most ? std::nullopt : std::optional(std::move(bytes));
}

}  // namespace threadline::facts
