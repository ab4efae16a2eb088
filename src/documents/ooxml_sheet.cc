// SPDX-License-Identifier: Apache-2.0
#include "documents/ooxml_sheet.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "text/fold.h"

namespace threadline::documents {
namespace {

constexpr std::size_t kMostZeros = 40;      ///< of a format; an account has 34 characters at most
constexpr std::uint64_t kColumns = 16'384;  ///< of a sheet (ECMA-376 part 1, section 18.2)

std::optional<std::size_t> number_in(std::string_view text) {
  std::size_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

/// The column in "AB12", from 0.
std::optional<std::uint64_t> column_in(std::string_view reference) {
  std::uint64_t column = 0;
  for (const char c : reference) {
    if (c < 'A' || c > 'Z' || column > kColumns) break;
    column = column * 26 + static_cast<std::uint64_t>(c - 'A') + 1;
  }
  if (column == 0 || column > kColumns) return std::nullopt;
  return column - 1;
}

/// How many digits a format of zeros alone shows ("00000", "00\ 000"); 0: another format.
std::size_t zeros_of(std::string_view code) {
  const auto zeros = static_cast<std::size_t>(std::ranges::count(code, '0'));
  return code.find_first_not_of("0 \\\"") == std::string_view::npos && zeros <= kMostZeros ? zeros : 0;
}

constexpr std::array<std::string_view, 6> kMargins{"oddHeader",  "oddFooter",   "evenHeader",
                                                   "evenFooter", "firstHeader", "firstFooter"};

bool is_margin(std::string_view name) { return std::ranges::find(kMargins, name) != kMargins.end(); }

/// The end of the code that begins with the & at `at`: a font in quotes, a size, a colour, or one letter.
std::size_t code_end(std::string_view text, std::size_t at) {
  constexpr std::size_t kColour = 8;  // &Krrggbb
  const std::size_t next = at + 1;
  if (next >= text.size()) return text.size();
  if (text[next] == '"') return std::min(text.find('"', next + 1), text.size() - 1) + 1;
  if (text[next] == 'K') return std::min(at + kColour, text.size());
  const auto behind = text.find_first_not_of("0123456789", next);
  return behind == next ? next + 1 : std::min(behind, text.size());
}

/// What a header or footer prints: its three sections in lines, without codes for fonts and page numbers.
std::string printed(std::string_view text) {
  std::string words;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '&') {
      words += text[at++];
      continue;
    }
    const std::size_t end = code_end(text, at);
    const std::string_view code = text.substr(at + 1, end - at - 1);
    if (code == "&") words += '&';
    if (code == "L" || code == "C" || code == "R") words += '\n';
    at = end;
  }
  return words;
}

/// What stands between quotation marks: "FR76"&"3000" is FR763000.
std::string words_of_formula(std::string_view formula) {
  std::string words;
  bool is_quoted = false;
  for (const char c : formula) {
    if (c == '"') {
      is_quoted = !is_quoted;
    } else if (is_quoted) {
      words += c;
    }
  }
  return words;
}

}  // namespace

bool SharedStrings::begin(std::string_view name, const text::XmlAttributes& /*attributes*/) {
  if (name == "si") strings_.emplace_back();
  is_in_text_ = name == "t" && !strings_.empty();
  return name != "rPh";
}

void SharedStrings::text(std::string_view words) {
  if (is_in_text_) strings_.back() += words;
}

void SharedStrings::end(std::string_view /*name*/) { is_in_text_ = false; }

std::string_view SharedStrings::at(std::string_view number) const {
  const auto index = number_in(number);
  return index && *index < strings_.size() ? std::string_view(strings_[*index]) : std::string_view{};
}

bool ZeroFormats::begin(std::string_view name, const text::XmlAttributes& attributes) {
  if (name == "numFmt") {
    const auto digits = zeros_of(attributes.value("formatCode"));
    if (digits > 1) formats_.emplace(attributes.value("numFmtId"), digits);
  }
  is_in_styles_ = is_in_styles_ || name == "cellXfs";
  if (name == "xf" && is_in_styles_) {
    const auto found = formats_.find(attributes.value("numFmtId"));
    digits_.push_back(found == formats_.end() ? 0 : found->second);
  }
  return name != "dxfs";
}

void ZeroFormats::end(std::string_view name) { is_in_styles_ = is_in_styles_ && name != "cellXfs"; }

std::string ZeroFormats::shown(std::string_view number, std::string_view style) const {
  const auto index = number_in(style);
  const std::size_t digits = index && *index < digits_.size() ? digits_[*index] : 0;
  const bool is_whole = number.find_first_not_of("0123456789") == std::string_view::npos;
  const std::size_t zeros = is_whole && number.size() < digits ? digits - number.size() : 0;
  return std::string(zeros, '0') + std::string(number);
}

bool OoxmlSheet::begin(std::string_view name, const text::XmlAttributes& attributes) {
  if (name == "row") {
    next_column_ = 0;
    to_.begin_row();
  }
  if (name == "c") begin_cell(attributes);
  is_in_margin_ = is_margin(name);
  if (is_in_margin_) value_.clear();
  if (name == "dataValidation") {
    for (const std::string_view words : {"promptTitle", "prompt", "errorTitle", "error"}) add_line(attributes.value(words));
  }
  is_in_value_ = is_in_margin_ || name == "v" || name == "t";
  is_in_formula_ = name == "f";
  return name != "rPh" && !to_.is_full();
}

void OoxmlSheet::text(std::string_view words) {
  if (is_in_value_) value_ += words;
  if (is_in_formula_) formula_ += words;
}

void OoxmlSheet::add_line(std::string_view words) {
  if (words.empty()) return;
  to_.begin_paragraph();
  to_.add(words);
  to_.end_paragraph();
}

void OoxmlSheet::begin_cell(const text::XmlAttributes& attributes) {
  type_ = attributes.value("t");
  style_ = attributes.value("s");
  value_.clear();
  formula_.clear();
  const auto column = column_in(attributes.value("r")).value_or(next_column_);
  if (column > next_column_) to_.skip_cells(std::min<std::uint64_t>(column - next_column_, book_.most_gap));
  next_column_ = column + 1;
  to_.begin_cell();
}

/// The words of the formula where it has no result, or one that lacks its digits: a program that reckons anew shows them.
void OoxmlSheet::add_formula() {
  constexpr std::size_t kDigits = 8;
  const std::string words = words_of_formula(formula_), digits = text::digits_of(words);
  const bool is_other = digits.size() >= kDigits && text::digits_of(value_) != digits;
  if (!words.empty() && (value_.empty() || is_other)) to_.add(words);
}

void OoxmlSheet::end_cell() {
  if (type_ == "s") {
    to_.add(book_.strings.at(value_));
  } else if (!value_.empty()) {
    to_.add(type_.empty() || type_ == "n" ? book_.formats.shown(value_, style_) : value_);
  }
  add_formula();
  to_.end_cell();
}

void OoxmlSheet::end(std::string_view name) {
  is_in_value_ = is_in_formula_ = false;
  if (is_margin(name)) add_line(printed(value_));
  if (name == "c") end_cell();
  if (name == "row") to_.end_row();
}

}  // namespace threadline::documents
