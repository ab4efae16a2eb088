// SPDX-License-Identifier: Apache-2.0
#include "message/address_phrases.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "message/header_value.h"
#include "text/base64.h"
#include "text/fold.h"

namespace threadline::message {
namespace {

class PhraseEncoder {
 public:
  explicit PhraseEncoder(std::string_view value) : value_(value) {}

  std::string encoded() {
    while (at_ < value_.size()) take();
    return std::move(result_.append(value_.substr(std::min(begin_, value_.size()))));
  }

 private:
  void take() {
    switch (const char c = value_[at_]; c) {
      case '\\': ++at_; break;
      case '"': skip_to('"'); break;
      case '(': skip_to(')'); break;
      case '[': is_odd_ = skip_to(']') || is_odd_; break;
      case '@': is_odd_ = true; break;
      case '<': take_address(); break;
      case ',':
      case ':': begin_phrase(at_ + 1); break;
      case ';': ends_reference(value_, at_) ? void(is_odd_ = true) : begin_phrase(at_ + 1); break;
      default: break;
    }
    ++at_;
  }

  /// To the next `close`; the mark is a character like any other where none follows.
  bool skip_to(char close) {
    if (unclosed_.find(close) != std::string::npos) return false;
    for (std::size_t end = at_ + 1; end < value_.size(); ++end) {
      if (value_[end] == close) return at_ = end, true;
      if (value_[end] == '\\') ++end;
    }
    unclosed_ += close;
    return false;
  }

  void take_address() {
    if (is_odd_) {
      const auto phrase = text::trimmed(value_.substr(begin_, at_ - begin_));
      result_ += " =?utf-8?B?" + text::encode_base64(decoded_words(std::string(phrase)), "") + "?= ";
      begin_ = at_;
    }
    skip_to('>');
    begin_phrase(at_ + 1);
  }

  void begin_phrase(std::size_t at) {
    result_ += value_.substr(begin_, at - begin_);
    begin_ = at;
    is_odd_ = false;
  }

  std::string_view value_;
  std::string result_, unclosed_;
  std::size_t at_ = 0, begin_ = 0;
  bool is_odd_ = false;
};

}  // namespace

std::string with_encoded_phrases(std::string value) {
  if (value.find('<') == std::string::npos || value.find_first_of("[@") >= value.rfind('<')) return value;
  return PhraseEncoder(value).encoded();
}

bool ends_reference(std::string_view value, std::size_t at) {
  constexpr std::size_t kReference = 8;
  const auto begin = at - std::min(at, kReference);
  const auto reference = value.substr(begin, at - begin);
  const auto ampersand = reference.rfind('&');
  if (ampersand == std::string_view::npos || ampersand + 1 == reference.size()) return false;
  return std::ranges::all_of(reference.substr(ampersand + 1), [](char c) { return c == '#' || is_letter_or_digit(c); });
}

}  // namespace threadline::message
