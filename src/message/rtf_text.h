// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/note.h"

namespace threadline::message {

/// Gathers what RTF shows as UTF-8: bytes in code pages, decoded as long runs (so that \'83 and a literal A are one character of
/// Shift-JIS), and UTF-16 code units. Never longer than its limit.
class RtfText {
 public:
  explicit RtfText(std::uint64_t limit) : limit_(limit) {}

  void add_bytes(std::string_view bytes, std::uint32_t code_page);
  void add_code_point(char32_t code_point);
  /// Half of a surrogate pair waits for the other; alone it is U+FFFD.
  void add_code_unit(std::int32_t unit);

  /// Decodes what waits.
  void flush();
  /// More was added than the limit allows.
  [[nodiscard]] bool is_over() const { return is_over_; }
  [[nodiscard]] bool ends_with(char c) const;
  void drop_last() { run_.empty() ? content_.pop_back() : run_.pop_back(); }

  [[nodiscard]] const std::string& content() const { return content_; }
  [[nodiscard]] std::string take_content() { return std::move(content_); }
  /// charset_replaced, one a charset.
  [[nodiscard]] std::vector<Note> notes() const;

 private:
  void decode_run();
  void append(std::string_view utf8);

  std::uint64_t limit_;
  std::string content_;
  std::string run_;  ///< bytes that wait
  std::uint32_t code_page_ = 0;
  std::string charset_;  ///< of code_page_
  char32_t high_surrogate_ = 0;
  bool is_over_ = false;
  std::map<std::string, std::uint64_t> replaced_;
};

}  // namespace threadline::message
