// SPDX-License-Identifier: Apache-2.0
#include "message/rtf_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "text/charset.h"
#include "text/code_page.h"

namespace threadline::message {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char kEscape = '\x1b';           // begins a sequence of ISO 2022
constexpr std::uint64_t kBytesOfByte = 2;  // no code page needs more bytes for a byte of UTF-8

bool is_high_surrogate(char32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_surrogate(char32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

bool is_ascii(std::string_view bytes) {
  return std::ranges::all_of(bytes, [](char c) { return static_cast<unsigned char>(c) < 0x80 && c != kEscape; });
}

}  // namespace

void RtfText::add_bytes(std::string_view bytes, std::uint32_t code_page) {
  if (is_over_) return;
  if (high_surrogate_ != 0 || code_page != code_page_) flush();
  if (code_page != code_page_) {
    code_page_ = code_page;
    charset_ = text::charset_of_code_page(code_page);
  }
  run_ += bytes;
  if (content_.size() + run_.size() / kBytesOfByte > limit_) flush();
}

void RtfText::add_code_point(char32_t code_point) {
  flush();
  std::string utf8;
  append_utf8(utf8, code_point);
  append(utf8);
}

void RtfText::add_code_unit(std::int32_t unit) {
  if (is_over_) return;
  constexpr std::int32_t kUnits = 0x10000;  // numbers of \u are signed 16 bit
  const auto value = static_cast<char32_t>(unit < 0 ? std::max(unit, -kUnits) + kUnits : unit);
  if (value == 0) return;
  const char32_t high = high_surrogate_;
  if (is_low_surrogate(value) && high != 0) {
    high_surrogate_ = 0;
    return add_code_point(0x10000 + ((high - 0xD800) << 10U) + (value - 0xDC00));
  }
  flush();
  if (is_high_surrogate(value))
    high_surrogate_ = value;
  else
    add_code_point(is_low_surrogate(value) || value > 0x10FFFF ? kReplacement : value);
}

void RtfText::flush() {
  if (!run_.empty()) decode_run();
  if (high_surrogate_ == 0) return;
  high_surrogate_ = 0;
  add_code_point(kReplacement);
}

void RtfText::decode_run() {
  if (is_ascii(run_)) {
    append(run_);
  } else {
    const text::Decoded decoded = text::decode(run_, charset_);
    if (decoded.replaced > 0) replaced_[decoded.charset] += decoded.replaced;
    append(decoded.text);
  }
  run_.clear();
}

void RtfText::append(std::string_view utf8) {
  if (is_over_) return;
  const std::uint64_t left = limit_ - content_.size();
  is_over_ = utf8.size() > left;
  if (is_over_) {
    std::size_t end = left;
    while (end > 0 && (static_cast<unsigned char>(utf8[end]) & 0xC0U) == 0x80U) --end;
    utf8 = utf8.substr(0, end);
  }
  content_ += utf8;
}

bool RtfText::ends_with(char c) const { return run_.empty() ? content_.ends_with(c) : run_.ends_with(c); }

std::vector<Note> RtfText::notes() const {
  std::vector<Note> notes;
  for (const auto& [charset, count] : replaced_)
    notes.push_back({"charset_replaced", fmt::format("{} ({})", charset, count), {}});
  return notes;
}

}  // namespace threadline::message
