// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "documents/document.h"
#include "documents/pdf_exchange.h"
#include "text/xml_walk.h"

namespace threadline::documents {

/// One of what threadline-pdf tells behind a text.
struct ReadPiece {
  PdfPiece kind = PdfPiece::code;
  std::uint32_t page = 0;  ///< from 1; 0: of the whole
  std::string_view said;
};

/// "kind:page:length:bytes" each; views of `behind`. What is cut short is as long as it is.
[[nodiscard]] std::vector<ReadPiece> read_pieces(std::string_view behind);

/// A text whose hidden letters are marked, without its marks: they are DocumentText::hidden.
[[nodiscard]] DocumentText unmarked(std::string_view marked);

/// Pages of a text, each without its \\f; views of it.
[[nodiscard]] std::vector<std::string_view> pages_of(std::string_view text);

/// Adds what is hidden in `page` to the text, whose page `plain` it is (a view of its content). False where it is not that page
/// letter by letter, as a mark may change how letters are laid out: of it is hidden what is long and stands there once.
[[nodiscard]] bool hide_in_page(const DocumentText& page, std::string_view plain, DocumentText& text);

/// What the elements of a form's XML (XFA) hold, a line each. The notes say which limit was reached.
[[nodiscard]] std::string words_of_form(std::string_view xml, const text::XmlBounds& bounds, std::vector<Note>& notes);

}  // namespace threadline::documents
