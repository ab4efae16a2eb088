// SPDX-License-Identifier: Apache-2.0
#include "facts/transport/received_words.h"

#include <algorithm>

#include "base/ascii.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// One walk over a value. Searches for closing marks that are not there are made once per kind of mark.
class Splitter {
 public:
  explicit Splitter(std::string_view value) : value_(value) {}

  std::vector<Word> run() {
    std::vector<Word> words;
    words.reserve(24);
    while (at_ < value_.size()) {
      const char c = value_[at_];
      if (is_space(c)) {
        ++at_;
      } else if (c == ';') {
        words.push_back({Word::Kind::semicolon, value_.substr(at_, 1), at_, at_ + 1, 0});
        ++at_;
      } else {
        words.push_back(c == '(' ? comment() : text());
      }
    }
    return words;
  }

 private:
  Word comment() {
    const std::size_t begin = at_;
    std::size_t depth = 0;
    for (; at_ < value_.size(); ++at_) {
      const char c = value_[at_];
      if (c == '\\' && at_ + 1 < value_.size())
        ++at_;
      else if (c == '(')
        ++depth;
      else if (c == ')' && --depth == 0)
        break;
    }
    const std::size_t inner_end = std::min(at_, value_.size());
    at_ = std::min(at_ + 1, value_.size());
    const std::size_t inner = std::min(begin + 1, inner_end);
    return {Word::Kind::comment, value_.substr(inner, inner_end - inner), begin, at_, 0};
  }

  Word text() {
    const std::size_t begin = at_;
    while (at_ < value_.size()) {
      const char c = value_[at_];
      if (is_space(c) || c == ';' || c == '(') break;
      if (c == '"')
        skip_quoted();
      else if (c == '<')
        skip_angle();
      else if (c == '[')
        skip_literal();
      ++at_;
    }
    return {Word::Kind::text, value_.substr(begin, at_ - begin), begin, at_, 0};
  }

  /// Moves onto the closing quote; stays when there is none to the end of the value (and remembers that).
  void skip_quoted() {
    if (quote_open_) return;
    const std::size_t found = value_.find('"', at_ + 1);
    if (found == std::string_view::npos)
      quote_open_ = true;
    else
      at_ = found;
  }

  /// Moves onto "]" when nothing begins before it that no address literal holds.
  void skip_literal() {
    const std::size_t found = value_.find_first_of("](;[", at_ + 1);
    if (found != std::string_view::npos && value_[found] == ']') at_ = found;
  }

  /// Moves onto ">" when it stands before the next white space. What ends one "<" ends those behind it too.
  void skip_angle() {
    if (at_ < angle_end_) return;
    angle_end_ = std::min(value_.find_first_of("> \t\"", at_ + 1), value_.size());
    if (angle_end_ < value_.size() && value_[angle_end_] == '>') at_ = angle_end_;
  }

  std::string_view value_;
  std::size_t at_ = 0;
  std::size_t angle_end_ = 0;
  bool quote_open_ = false;
};

std::string_view without_tag(std::string_view text) {
  constexpr std::string_view kTag = "ipv6:";
  if (text.size() < kTag.size()) return text;
  for (std::size_t i = 0; i < kTag.size(); ++i) {
    if ((text[i] | 0x20) != kTag[i] && text[i] != kTag[i]) return text;
  }
  return text.substr(kTag.size());
}

}  // namespace

std::vector<Word> split_words(std::string_view value) { return Splitter(value).run(); }

std::string_view bare(std::string_view text) {
  if (text.size() < 2) return text;
  const char first = text.front(), last = text.back();
  const bool pair = (first == '[' && last == ']') || (first == '<' && last == '>') || (first == '"' && last == '"');
  return pair ? text.substr(1, text.size() - 2) : text;
}

bool is_ipv4(std::string_view text) {
  int groups = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    int value = 0;
    const std::size_t start = at;
    while (at < text.size() && is_digit(text[at]) && at - start < 3) value = value * 10 + (text[at++] - '0');
    if (at == start || value > 255) return false;
    ++groups;
    if (at == text.size()) break;
    if (text[at] != '.' || ++at == text.size()) return false;
  }
  return groups == 4;
}

bool is_ipv6(std::string_view text) {
  if (text.size() < 2 || text.size() > 45 || std::count(text.begin(), text.end(), ':') < 2) return false;
  const std::size_t last = text.rfind(':');
  std::string_view head = text;
  if (text.find('.') != std::string_view::npos) {
    if (!is_ipv4(text.substr(last + 1))) return false;
    head = text.substr(0, last);
  }
  std::size_t run = 0, groups = 0;
  for (const char c : head) {
    if (c == ':') {
      run = 0;
    } else if (!is_hex(c) || ++run > 4) {
      return false;
    } else if (run == 1) {
      ++groups;
    }
  }
  return groups == 8 || (groups < 8 && text.find("::") != std::string_view::npos);
}

std::string_view ip_address(std::string_view text) {
  if (!text.empty() && text.front() == '[') {
    const std::size_t close = text.find(']');
    text = close == std::string_view::npos ? text.substr(1) : text.substr(1, close - 1);
  }
  text = without_tag(text);
  text = text.substr(0, text.find('%'));
  if (text.empty() || !(is_hex(text.front()) || text.front() == ':')) return {};
  constexpr std::string_view kMapped = "::ffff:";  // IPv4 on a dual-stack socket (RFC 4291 section 2.5.5.2)
  if (text.starts_with(kMapped) && is_ipv4(text.substr(kMapped.size()))) return text.substr(kMapped.size());
  if (is_ipv4(text) || is_ipv6(text)) return text;
  const std::size_t port = text.find_last_of(":.");  // "192.0.2.1:25", "192.0.2.1.25"
  const std::string_view head = text.substr(0, port);
  const bool has_port =
      port != std::string_view::npos && text.find_first_not_of("0123456789", port + 1) == std::string_view::npos;
  return has_port && is_ipv4(head) ? head : std::string_view{};
}

bool is_authenticated_protocol(std::string_view protocol) {
  const std::string lower = text::ascii_lower(protocol);
  if (lower == "asmtp") return true;
  const bool is_mail = lower.find("smtp") != std::string::npos || lower.find("lmtp") != std::string::npos;
  return is_mail && lower.ends_with('a') && lower.find(' ') == std::string::npos;
}

}  // namespace threadline::facts
