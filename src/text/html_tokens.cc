// SPDX-License-Identifier: Apache-2.0
#include "text/html_tokens.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "text/fold.h"

namespace threadline::text {
namespace {

constexpr std::size_t kLongestAddress = 320;  // RFC 5321 section 4.5.3.1: 64 + 1 + 255

constexpr auto kNowhere = std::string_view::npos;
constexpr std::size_t kLongestName = 64;
constexpr std::size_t kLongestAttribute = 11;  // of those that are read: data-marker
constexpr std::string_view kSpaces = " \t\r\n\f";

constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f'; }

std::size_t or_end(std::size_t found, std::string_view text) { return found == kNowhere ? text.size() : found; }

struct Slot {
  std::string_view name;
  std::string_view HtmlAttributes::*value;
};
constexpr std::array kSlots = std::to_array<Slot>({
    {"style", &HtmlAttributes::style},
    {"class", &HtmlAttributes::cls},
    {"id", &HtmlAttributes::id},
    {"href", &HtmlAttributes::href},
    {"type", &HtmlAttributes::type},
    {"name", &HtmlAttributes::name},
    {"data-marker", &HtmlAttributes::name},
    {"color", &HtmlAttributes::color},
    {"text", &HtmlAttributes::color},
    {"bgcolor", &HtmlAttributes::bgcolor},
    {"background", &HtmlAttributes::background},
    {"dir", &HtmlAttributes::dir},
    {"media", &HtmlAttributes::media},
    {"alt", &HtmlAttributes::alt},
    {"value", &HtmlAttributes::value},
});

/// "jane@firm.example>": an address that a client forgot to escape; no element has such a name.
bool is_address(std::string_view name) {
  const std::size_t at = name.find_first_of("@ \t\r\n\f/>");
  return at != std::string_view::npos && name[at] == '@';
}

}  // namespace

bool HtmlTokenizer::is_markup(std::size_t at) const {
  if (is_all_text_ || at + 1 >= source_.size()) return false;
  const char c = source_[at + 1];
  return (is_letter(c) && !is_address(source_.substr(at + 1, kLongestAddress))) || c == '!' || c == '?' || c == '/';
}

bool HtmlTokenizer::next(HtmlToken& token) {
  while (at_ < source_.size()) {
    if (source_[at_] == '<' && is_markup(at_)) {
      if (skip_declaration()) continue;
      if (read_tag(token)) return true;
      is_all_text_ = true;
    }
    token.kind = HtmlToken::Kind::text;
    token.begin = at_;
    std::size_t end = at_ + 1;
    while ((end = or_end(source_.find('<', end), source_)) < source_.size() && !is_markup(end)) ++end;
    token.end = at_ = end;
    return true;
  }
  return false;
}

/// "<!-- -->", "<!...>", "<?...>", "</3...>", "</>": nothing that a reader sees.
bool HtmlTokenizer::skip_declaration() {
  const char c = source_[at_ + 1];
  if (c == '!' && source_.substr(at_, 4) == "<!--") {
    const std::string_view rest = source_.substr(at_ + 4);
    if (rest.starts_with('>') || rest.starts_with("->")) return at_ += rest.starts_with('>') ? 5U : 6U, true;
    const std::size_t end = source_.find("--", at_ + 4);
    std::size_t close = end;
    while (close != kNowhere && source_.substr(close, 3) != "-->" && source_.substr(close, 4) != "--!>")
      close = source_.find("--", close + 1);
    at_ = close == kNowhere ? source_.size() : or_end(source_.find('>', close), source_) + 1;
    return true;
  }
  const bool is_bogus = c == '!' || c == '?' || (c == '/' && (at_ + 2 >= source_.size() || !is_letter(source_[at_ + 2])));
  if (!is_bogus) return false;
  at_ = std::min(or_end(source_.find('>', at_), source_) + 1, source_.size());
  return true;
}

bool HtmlTokenizer::read_tag(HtmlToken& token) {
  token.kind = source_[at_ + 1] == '/' ? HtmlToken::Kind::end : HtmlToken::Kind::start;
  std::size_t at = at_ + (token.kind == HtmlToken::Kind::end ? 2 : 1);
  const std::size_t name_end = or_end(source_.find_first_of(" \t\r\n\f/>", at), source_);
  token.name = ascii_lower(source_.substr(at, std::min(name_end - at, kLongestName)));
  token.attributes = {};
  token.has_too_many_attributes = false;
  at = name_end;
  if (!read_attributes(at, token)) return false;
  token.begin = at_;
  token.end = at_ = at;
  return true;
}

/// From behind the tag's name to behind its ">"; false at the end of the source.
bool HtmlTokenizer::read_attributes(std::size_t& at, HtmlToken& token) const {
  for (std::uint32_t count = 0;; ++count) {
    at = or_end(source_.find_first_not_of(" \t\r\n\f/", at), source_);
    if (at >= source_.size()) return false;
    if (source_[at] == '>') return ++at, true;
    const std::size_t end = or_end(source_.find_first_of(" \t\r\n\f/>=", at + 1), source_);
    const std::string_view name = source_.substr(at, end - at);
    std::string_view value;
    const std::size_t equals = or_end(source_.find_first_not_of(kSpaces, end), source_);
    at = equals < source_.size() && source_[equals] == '=' ? read_value(equals + 1, value) : end;
    if (count < attribute_limit_)
      keep_attribute(token.attributes, name, value);
    else
      token.has_too_many_attributes = true;
  }
}

std::size_t HtmlTokenizer::read_value(std::size_t at, std::string_view& value) const {
  at = or_end(source_.find_first_not_of(kSpaces, at), source_);
  if (at >= source_.size()) return at;
  const char quote = source_[at];
  const bool is_quoted = quote == '"' || quote == '\'';
  const std::size_t begin = is_quoted ? at + 1 : at;
  const std::size_t end = or_end(is_quoted ? source_.find(quote, begin) : source_.find_first_of(" \t\r\n\f>", begin), source_);
  value = source_.substr(begin, end - begin);
  return std::min(is_quoted ? end + 1 : end, source_.size());
}

void HtmlTokenizer::keep_attribute(HtmlAttributes& attributes, std::string_view name, std::string_view value) const {
  if (name.size() > kLongestAttribute) return;
  for (const Slot& slot : kSlots) {
    if (!equal_ascii_nocase(slot.name, name)) continue;
    std::string_view& kept = attributes.*slot.value;
    if (kept.data() == nullptr) kept = value;
    return;
  }
  if (equal_ascii_nocase(name, "hidden")) attributes.hidden = true;
}

bool HtmlTokenizer::is_end_tag(std::size_t at, std::string_view name) const {
  if (source_.size() - at < name.size() + 2 || source_[at + 1] != '/') return false;
  if (!equal_ascii_nocase(source_.substr(at + 2, name.size()), name)) return false;
  const std::size_t behind = at + 2 + name.size();
  return behind < source_.size() && (is_space(source_[behind]) || source_[behind] == '>' || source_[behind] == '/');
}

bool HtmlTokenizer::take_raw(std::string_view name, bool must_end, HtmlToken& content) {
  if (must_end && endless_ == name) return false;
  std::size_t end = source_.find('<', at_);
  while (end != kNowhere && !is_end_tag(end, name)) end = source_.find('<', end + 1);
  if (end == kNowhere && must_end) {
    endless_ = name;
    return false;
  }
  content.kind = HtmlToken::Kind::text;
  content.begin = at_;
  content.end = at_ = or_end(end, source_);
  return true;
}

}  // namespace threadline::text
