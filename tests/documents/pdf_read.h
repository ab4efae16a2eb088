// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "documents/pdf_writer.h"
#include "documents/poppler/pdf_content.h"

namespace threadline::documents::poppler {

/// A page of that content; further objects are from 5 on.
inline PdfWriter page_of(const std::string& content, std::string_view resources = {}) {
  PdfWriter pdf;
  pdf.add("<< /Type /Catalog /Pages 2 0 R >>");
  pdf.add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
  pdf.add(fmt::format("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << {} >> >>", resources));
  pdf.add_stream(content);
  return pdf;
}

/// What was heard of a document.
struct Read {
  std::string text;
  std::string codes;   ///< "page:code|" each
  std::string pieces;  ///< "kind page=said|" of the others
};

inline Read read(const std::string& bytes, std::uint32_t code_pages = 10) {
  static const bool started = (start_poppler(), true);
  Read read;
  const Heard heard{.text = [&](std::string_view piece) { return read.text += piece, started; },
                    .text_ends = [] { return true; },
                    .piece =
                        [&](PdfPiece kind, std::uint32_t page, std::string_view said) {
                          if (kind == PdfPiece::code) {
                            read.codes += fmt::format("{}:{}|", page, said);
                          } else {
                            read.pieces += fmt::format("{} {}={}|", static_cast<std::uint32_t>(kind), page, said);
                          }
                          return true;
                        }};
  EXPECT_TRUE(read_content(bytes, code_pages, heard));
  return read;
}

}  // namespace threadline::documents::poppler
