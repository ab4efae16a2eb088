// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace threadline::message {

enum class RtfTokenKind {
  end,
  open,    ///< {
  close,   ///< }
  word,    ///< \name with its number; `text` is the name
  symbol,  ///< a backslash and one character that is no letter; `text` is that character
  byte,    ///< \'hh; `text` is empty, `value` the byte
  text     ///< bytes as they stand; line ends and NUL are no part of it
};

struct RtfToken {
  RtfTokenKind kind = RtfTokenKind::end;
  std::string_view text = {};
  std::int32_t value = 0;  ///< of a word or byte; saturated
  bool has_value = false;
};

/// Cuts RTF into tokens, in one pass. Never fails: what is malformed (\'zz, a backslash at the end) is a symbol or nothing.
/// Source: RTF 1.9.1, "RTF Syntax".
class RtfTokens {
 public:
  explicit RtfTokens(std::string_view rtf) : rtf_(rtf) {}

  RtfToken next();
  /// Passes over the bytes of \binN. False where there are not as many: nothing is passed over.
  bool skip(std::uint32_t bytes);
  /// What has not been read.
  [[nodiscard]] std::string_view rest() const { return rtf_.substr(at_); }

 private:
  RtfToken control();
  RtfToken word();
  RtfToken hex();
  RtfToken text();

  std::string_view rtf_;
  std::size_t at_ = 0;
};

}  // namespace threadline::message
