// SPDX-License-Identifier: Apache-2.0
#include "facts/transport/authentication_words.h"

#include "base/ascii.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

/// Walks a value from token to token.
class Cursor {
 public:
  explicit Cursor(std::string_view value) : value_(value) {}

  [[nodiscard]] bool at_end() const { return at_ >= value_.size(); }
  [[nodiscard]] char next() const { return at_end() ? '\0' : value_[at_]; }
  [[nodiscard]] std::size_t place() const { return at_; }
  void back_to(std::size_t place) { at_ = place; }
  void step() { ++at_; }

  /// White space and comments (RFC 5322 section 3.2.2). A comment that is never closed ends with the value.
  void skip_blanks() {
    while (!at_end()) {
      if (value_[at_] == '(') {
        skip_comment();
      } else if (is_space(value_[at_])) {
        ++at_;
      } else {
        return;
      }
    }
  }

  /// To white space, a comment, ";" or one of `stops`; what is quoted holds together and loses its quotes.
  std::string word(std::string_view stops) {
    std::string word;
    while (!at_end()) {
      const char c = value_[at_];
      if (c == '"') {
        add_quoted(word);
        continue;
      }
      if (is_space(c) || c == '(' || c == ';' || stops.find(c) != std::string_view::npos) break;
      word += c;
      ++at_;
    }
    return word;
  }

 private:
  void skip_comment() {
    std::size_t depth = 0;
    for (; !at_end(); ++at_) {
      if (value_[at_] == '\\') {
        ++at_;
      } else if (value_[at_] == '(') {
        ++depth;
      } else if (value_[at_] == ')' && --depth == 0) {
        ++at_;
        return;
      }
    }
  }

  void add_quoted(std::string& word) {
    for (++at_; !at_end() && value_[at_] != '"'; ++at_) {
      if (value_[at_] == '\\' && at_ + 1 < value_.size()) ++at_;
      word += value_[at_];
    }
    ++at_;
  }

  std::string_view value_;
  std::size_t at_ = 0;
};

/// "smtp . mailfrom", "dkim / 1": the parts of a key, white space and comments between them.
std::string read_key(Cursor& cursor) {
  std::string key = cursor.word("=");
  for (;;) {
    const std::size_t behind = cursor.place();
    cursor.skip_blanks();
    const char next = cursor.next();
    const bool joins = next == '.' || next == '/' || key.ends_with('.') || key.ends_with('/');
    if (!joins || cursor.place() == behind || next == '=' || next == ';' || next == '\0') return key;
    key += cursor.word("=");
  }
}

/// The value behind "=": nothing when the next word is already the next pair ("smtp.mailfrom= header.from=x").
std::string read_value(Cursor& cursor) {
  const std::size_t behind = cursor.place();
  cursor.skip_blanks();
  const std::size_t begin = cursor.place();
  if (begin > behind) {
    const std::string key = cursor.word("=");
    const bool is_pair = cursor.next() == '=' && key.find('.') != std::string::npos && key.find('@') == std::string::npos;
    cursor.back_to(begin);
    if (is_pair) return {};
  }
  return cursor.word({});
}

}  // namespace

std::vector<AuthSegment> split_auth_value(std::string_view value) {
  std::vector<AuthSegment> segments;
  AuthSegment segment;
  const auto close = [&] {
    if (!segment.words.empty() || !segment.pairs.empty()) segments.push_back(std::move(segment));
    segment = {};
  };
  Cursor cursor(value);
  for (cursor.skip_blanks(); !cursor.at_end(); cursor.skip_blanks()) {
    if (cursor.next() == ';') {
      cursor.step();
      close();
      continue;
    }
    std::string key = read_key(cursor);
    if (cursor.next() == '=') {
      cursor.step();
      segment.pairs.emplace_back(text::ascii_lower(key), read_value(cursor));
    } else if (segment.pairs.empty() && !key.empty()) {
      segment.words.push_back(std::move(key));
    }
  }
  close();
  return segments;
}

}  // namespace threadline::facts
