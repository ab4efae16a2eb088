// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/html.h"

namespace threadline::documents {

/// Which state of a document with tracked changes shows a piece of text.
enum class Shown {
  always,
  now,    ///< inserted
  before  ///< deleted
};

/// What the paragraphs and cells of an office document say, in lines: the pieces of one paragraph are joined without anything
/// between them, a paragraph that stands inside of another (a text box, a footnote) comes before it, cells of a row are parted by
/// tabs. Text beyond `most` bytes is not kept.
class OfficeText {
 public:
  explicit OfficeText(std::uint64_t most) : most_(most) {}

  void begin_paragraph();
  void end_paragraph();
  void add(std::string_view words, Shown shown = Shown::always, text::Hiding hiding = text::Hiding::none);
  void begin_row();
  /// `times`: as if it had been there so often.
  void end_row(std::uint64_t times = 1);
  void begin_cell();
  void end_cell(std::uint64_t times = 1);
  /// Cells without anything in them; those at the end of a row leave nothing.
  void skip_cells(std::uint64_t count) { gap_ += count; }
  /// What the open cell says so far.
  [[nodiscard]] std::string_view cell() const;

  /// Whether the open row says nothing so far.
  [[nodiscard]] bool is_row_empty() const { return rows_.empty() || rows_.back() == std::string::npos; }

  /// Bytes of text so far.
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] bool is_full() const { return size_ > most_; }
  /// The lines, valid UTF-8.
  [[nodiscard]] std::string text() const;
  /// Stretches of `text` that a person does not see; those of what is repeated are told once.
  [[nodiscard]] const std::vector<text::HiddenRange>& hidden() const { return hidden_; }
  /// The paragraphs that tracked changes changed, as they were before; valid UTF-8.
  [[nodiscard]] std::string text_before() const;

 private:
  struct Paragraph {
    std::string now, before;
    bool is_changed = false;
    std::vector<text::HiddenRange> hidden = {};  ///< in `now`
  };

  void write_line(const Paragraph& line);
  void repeat_from(std::size_t start, char separator, std::uint64_t times);

  std::uint64_t most_;
  std::uint64_t size_ = 0;
  std::string lines_, before_;
  char separator_ = '\0';                  ///< before the next piece: a tab, a line's end, or nothing yet
  std::uint64_t gap_ = 0;                  ///< empty cells before the next piece
  std::vector<std::size_t> rows_, cells_;  ///< open ones: where their text begins; npos: they have none yet
  std::vector<Paragraph> open_;
  std::vector<text::HiddenRange> hidden_;
};

}  // namespace threadline::documents
