// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "documents/office_text.h"
#include "text/xml_walk.h"

namespace threadline::documents {

/// The strings that cells of a workbook name by number (sharedStrings.xml): runs joined, phonetic guides left out.
class SharedStrings final : public text::XmlReceiver {
 public:
  bool begin(std::string_view name, const text::XmlAttributes& attributes) override;
  void text(std::string_view words) override;
  void end(std::string_view name) override;
  /// Empty where there is none of that number.
  [[nodiscard]] std::string_view at(std::string_view number) const;

 private:
  std::vector<std::string> strings_;
  bool is_in_text_ = false;
};

/// How a workbook shows whole numbers with zeros in front of them (its styles): a bank code 00823 is stored as 823.
class ZeroFormats final : public text::XmlReceiver {
 public:
  bool begin(std::string_view name, const text::XmlAttributes& attributes) override;
  void text(std::string_view /*words*/) override {}
  void end(std::string_view name) override;
  /// The number as the style of that number shows it; as it is where the style does otherwise.
  [[nodiscard]] std::string shown(std::string_view number, std::string_view style) const;

 private:
  std::map<std::string, std::size_t, std::less<>> formats_;  ///< digits by the format's id
  std::vector<std::size_t> digits_;                          ///< by style; 0: any other format
  bool is_in_styles_ = false;
};

/// Reads a sheet of a workbook: a line each row, cells parted by tabs (empty ones, too, up to sheet_repeats together), numbers as
/// stored but for zeros in front. Formulas: their last result; where a program left none, the words in them, joined. Behind the
/// rows what is printed above and below them, and the words that a cell shows when it is chosen. Source: ECMA-376 part 1,
/// sections 18.3 and 18.3.1.46 (headers and footers).
class OoxmlSheet final : public text::XmlReceiver {
 public:
  struct Book {
    const SharedStrings& strings;
    const ZeroFormats& formats;
    std::uint32_t most_gap;  ///< Limits::sheet_repeats
  };
  OoxmlSheet(const Book& book, OfficeText& to) : book_(book), to_(to) {}

  bool begin(std::string_view name, const text::XmlAttributes& attributes) override;
  void text(std::string_view words) override;
  void end(std::string_view name) override;

 private:
  void begin_cell(const text::XmlAttributes& attributes);
  void add_formula();
  void end_cell();
  void add_line(std::string_view words);

  Book book_;
  OfficeText& to_;
  std::string type_, style_, value_, formula_;
  std::uint64_t next_column_ = 0;
  bool is_in_value_ = false, is_in_margin_ = false, is_in_formula_ = false;
};

}  // namespace threadline::documents
