// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace threadline::documents {

/// What goes between this program and threadline-pdf (src/documents/poppler), over one socket; host byte order (both are of one
/// build). Before the bytes of a PDF.
struct PdfQuestion {
  static constexpr std::uint32_t kForm = 2;  ///< of question and answer; another one is not answered
  std::uint32_t form = kForm;
  std::uint32_t ms = 0;          ///< that reading it may take
  std::uint32_t code_pages = 0;  ///< pages that are searched for QR codes, the first and last ones
  std::uint32_t reserved = 0;
  std::uint64_t memory_bytes = 0, output_bytes = 0;
  std::uint64_t pdf_bytes = 0;
};

/// How a reading ended.
enum class PdfEnd : std::uint32_t { whole, failed, out_of_time, out_of_memory, too_long };

/// What stands behind the text of a PDF, of one page or of the whole (page 0).
enum class PdfPiece : std::uint32_t {
  code,     ///< what a QR code holds
  marked,   ///< the page's text again, hidden letters marked
  glyphs,   ///< the page's text by its letters, where its ActualText has other digits
  note,     ///< what a reader wrote on the page: the contents of an annotation that are not drawn
  form,     ///< the XML of a form (XFA), in as many pieces as it needs
  unnamed,  ///< nothing: the letters of the page are not told by their font
  letters,  ///< the page's text by its letters, where its ActualText has the same digits
};

/// Why a letter is not seen.
enum class PdfHiding : std::uint32_t { colour, size };
/// A hidden letter is written as the one that stands so much higher, in planes of Unicode that are for private use. No other
/// letter of a text comes from them.
constexpr std::uint32_t pdf_mark(PdfHiding why) { return why == PdfHiding::colour ? 0xF0000 : 0x100000; }
constexpr std::uint32_t kFirstPdfMark = pdf_mark(PdfHiding::colour), kLettersOfPdfMark = 0x10000;

/// Before the answer's bytes: the text, and where it was read to its end a NUL and the pieces, "kind:page:length:bytes" each. The
/// text has no NUL.
struct PdfAnswer {
  PdfEnd end = PdfEnd::failed;
  std::uint32_t reserved = 0;
  std::uint64_t output_bytes = 0;
};

}  // namespace threadline::documents
