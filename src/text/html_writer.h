// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/html.h"
#include "text/html_tokens.h"

namespace threadline::text {

/// How a stretch of text is shown.
struct Showing {
  bool keeps_space = false;  ///< as in <pre>
  Hiding hiding = Hiding::none;
  bool is_reversed = false;
};

/// Writes the visible text of HTML: white space collapsed, breaks written only once something follows them, every stretch with
/// the place of the source that it came from.
class HtmlWriter {
 public:
  HtmlWriter(std::string_view source, HtmlText& to);

  /// Text of the source, its entities decoded.
  void write(std::size_t begin, std::size_t end, const Showing& showing);
  /// The same for words within a tag (an alternative text, a value), apart from those before and behind the tag.
  void write_in_tag(std::size_t begin, std::size_t end, const HtmlToken& tag, const Showing& showing);
  /// A block begins or ends.
  void end_line(std::size_t source);
  /// <br>.
  void break_line(std::size_t source);
  void begin_row();
  void end_row(std::size_t source);
  /// A table cell begins that is not the first of its row.
  void next_cell(std::size_t source);

  /// Opens the element at the place of the next text; closes it behind the last one.
  void open(std::size_t element);
  void close(std::size_t element);

 private:
  [[nodiscard]] bool is_pending() const { return lines_ > 0 || tabs_ > 0 || has_space_; }
  void flush();
  void place_elements();
  void append_source(std::size_t begin, std::size_t end);
  void begin_other_run(std::size_t source);
  void write_collapsed(std::size_t begin, std::size_t end, const Showing& showing);
  void write_kept(std::size_t begin, std::size_t end, const Showing& showing);
  std::size_t write_special(std::size_t at, std::size_t end, bool keeps_space);
  void note_space(std::size_t source);
  void note_showing(std::size_t begin, const Showing& showing);
  void note_hidden(std::size_t begin, Hiding hiding);

  std::string_view source_;
  HtmlText& to_;
  std::uint64_t lines_ = 0, tabs_ = 0;
  std::uint64_t lines_before_row_ = 0;  // of lines_, those that a cell must not take away
  bool has_space_ = false;
  std::size_t break_source_ = 0, space_source_ = 0;
  std::size_t flushed_ = 0;            // of the text: where the last break that was written ends
  std::vector<std::size_t> unplaced_;  // elements that begin behind what is pending
};

}  // namespace threadline::text
