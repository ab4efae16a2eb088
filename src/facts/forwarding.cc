// SPDX-License-Identifier: Apache-2.0
#include "facts/forwarding.h"

#include <algorithm>
#include <array>
#include <optional>

#include "text/fold.h"

namespace threadline::facts {
namespace {

enum class Kind { rule, resent, person, loop, automatic };
enum class Names { by, to, by_to, agent, yes, made, any };
struct Known {
  std::string_view field;
  Kind kind;
  Names names;
};
constexpr auto kKnown = std::to_array<Known>({
#define THREADLINE_FORWARD_SIGN(field, kind, names) {field, Kind::kind, Names::names},
#include "facts/forward_signs.def"
#undef THREADLINE_FORWARD_SIGN
});
constexpr std::array<std::string_view, 5> kKinds{"rule", "resent", "person", "loop", "automatic"};
constexpr std::size_t kAddresses = 50;       ///< of one field
constexpr std::size_t kValueBytes = 16'384;  ///< of one field that are looked at

const Known* known_field(std::string_view name) {
  const auto* found = std::ranges::find_if(kKnown, [&](const Known& one) { return text::equal_ascii_nocase(one.field, name); });
  return found == kKnown.end() ? nullptr : found;
}

bool is_of_address(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > 0x20 && byte != 0x7F && std::string_view("<>()[],;:\"\\").find(c) == std::string_view::npos;
}

/// Everything in the value that looks like an address: these fields follow no grammar that they all share.
std::vector<std::string> addresses_in(std::string_view value) {
  std::vector<std::string> found;
  value = value.substr(0, kValueBytes);
  for (std::size_t at = value.find('@'); at != value.npos && found.size() < kAddresses; at = value.find('@', at + 1)) {
    std::size_t begin = at, end = at + 1;
    while (begin > 0 && is_of_address(value[begin - 1]) && value[begin - 1] != '@') --begin;
    while (end < value.size() && is_of_address(value[end]) && value[end] != '@') ++end;
    while (end > at + 1 && value[end - 1] == '.') --end;
    if (begin < at && end > at + 1) found.push_back(text::ascii_lower(value.substr(begin, end - begin)));
  }
  return found;
}

bool is_said(const Known& known, std::string_view value) {
  const std::string lower = text::ascii_lower(text::trimmed(value.substr(0, kValueBytes)));
  switch (known.names) {
    case Names::agent: return lower.find("mailbox rules agent") != std::string::npos;
    case Names::yes: return lower.starts_with("true") || lower.starts_with("yes") || lower == "1";
    case Names::made: return lower.starts_with("auto-generated") || lower.starts_with("auto-forwarded");
    case Names::any: return !lower.empty();
    default: return lower.find('@') != std::string::npos;
  }
}

void add_addresses(const Known& known, ForwardSign& sign) {
  auto found = addresses_in(sign.value);
  if (known.names == Names::by)
    sign.by = std::move(found);
  else if (known.names == Names::to)
    sign.to = std::move(found);
  else if (known.names == Names::by_to && !found.empty()) {
    sign.by.push_back(std::move(found.front()));
    found.erase(found.begin());
    sign.to = std::move(found);
  }
}

}  // namespace

std::vector<ForwardSign> read_forward_signs(const message::Message& message, const Limits& limits, std::vector<Note>& notes) {
  std::vector<ForwardSign> signs;
  for (const message::HeaderField& field : message.headers) {
    const Known* known = known_field(field.name);
    if (known == nullptr || !is_said(*known, field.value)) continue;
    const Span span{"header", field.offset, field.raw_offset - field.offset + field.raw.size()};
    if (signs.size() >= limits.forward_signs) {
      notes.push_back({"limit", "forward_signs", span});
      break;
    }
    ForwardSign sign{std::string(known->field),
                     std::string(kKinds[static_cast<std::size_t>(known->kind)]),
                     field.value.substr(0, kValueBytes),
                     {},
                     {},
                     span};
    add_addresses(*known, sign);
    signs.push_back(std::move(sign));
  }
  return signs;
}

bool is_rewritten_sender(std::string_view address) {
  if (address.size() < 6) return false;
  const std::string start = text::ascii_lower(address.substr(0, 5));
  const bool is_separator = start[4] == '=' || start[4] == '+' || start[4] == '-';
  return is_separator && (start.starts_with("srs0") || start.starts_with("srs1")) && address.find('@') != address.npos;
}

}  // namespace threadline::facts
