// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "documents/odf_look.h"
#include "documents/office_text.h"
#include "text/xml_walk.h"

namespace threadline::documents {

/// Reads content or styles of an OpenDocument file: paragraphs, tables, notes, comments; what tracked changes deleted is what it
/// showed before. A cell that shows a rounded number gives its value. Cells and rows that say how often they are repeated are,
/// up to sheet_repeats. Source: ODF 1.3 part 3, sections 5.5, 6.1, 9.1, 14.
class OdfText final : public text::XmlReceiver {
 public:
  struct Sheets {
    std::uint32_t most_repeats;                                     ///< Limits::sheet_repeats
    std::function<OfficeText&(std::string_view name)> begin_table;  ///< a sheet begins: where its text goes
  };
  /// `look`: of a part of a text, which lives elsewhere; nullptr: nothing is hidden.
  OdfText(Sheets sheets, OfficeText& to, OdfLook* look = nullptr) : sheets_(std::move(sheets)), to_(&to), look_(look) {}

  bool begin(std::string_view name, const text::XmlAttributes& attributes) override;
  void text(std::string_view words) override;
  void end(std::string_view name) override;

  /// Whether a repetition was cut.
  [[nodiscard]] bool is_repeat_cut() const { return is_repeat_cut_; }

 private:
  struct Cell {
    std::uint64_t repeats = 1;
    std::string value;  ///< what it holds, whatever it shows
  };

  void begin_table(std::string_view name);
  void begin_cell(const text::XmlAttributes& attributes);
  void end_cell();
  void begin_row(const text::XmlAttributes& attributes);
  void end_row();
  bool begin_inline(std::string_view name, const text::XmlAttributes& attributes);
  bool begin_change(std::string_view name, const text::XmlAttributes& attributes);
  void show_deleted(std::string_view region);
  std::uint64_t bounded(std::uint64_t repeats, bool is_empty);

  Sheets sheets_;
  OfficeText* to_;
  OdfLook* look_;
  bool is_book_ = false, is_repeat_cut_ = false, is_after_space_ = true;
  std::uint32_t paragraphs_ = 0, tables_ = 0;
  std::vector<std::uint32_t> around_;  ///< paragraphs around each open note, comment or frame
  std::vector<Cell> cells_;
  std::vector<std::uint64_t> rows_;  ///< open ones: how often they are repeated
  // Tracked changes: their regions stand before the text, which names them.
  std::uint32_t changes_ = 0;  ///< open lists of them
  bool is_in_deletion_ = false;
  std::string region_;
  std::map<std::string, std::string, std::less<>> deleted_;
  std::set<std::string, std::less<>> inserted_;
  std::uint32_t open_insertions_ = 0;
};

}  // namespace threadline::documents
