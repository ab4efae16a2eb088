// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "documents/pdf_exchange.h"

namespace threadline::documents::poppler {

/// What a PDF shows, as it is read. Each answers false to end the reading.
struct Heard {
  std::function<bool(std::string_view utf8)> text;  ///< a piece of the text as laid out, pages ended by \f (as pdftotext -layout)
  std::function<bool()> text_ends;
  std::function<bool(PdfPiece kind, std::uint32_t page, std::string_view bytes)> piece;  ///< pages are counted from 1
};

/// Reads the text of all pages, then the QR codes on the first and last ones, `code_pages` together, then what else is to be told
/// of them (PdfPiece).
/// False: it is no PDF, damaged beyond repair (no page is found), or needs a password.
/// Never called in a process that has something to lose: poppler reads the bytes.
[[nodiscard]] bool read_content(std::string_view bytes, std::uint32_t code_pages, const Heard& heard);

/// What every reading needs, once a process, before the first.
void start_poppler();

}  // namespace threadline::documents::poppler
