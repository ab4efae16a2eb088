// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace threadline::documents {

/// What goes between this program and threadline-pdf (src/documents/poppler), over one socket; host byte order (both are of one
/// build). Before the bytes of a PDF.
struct PdfQuestion {
  static constexpr std::uint32_t kForm = 1;  ///< of question and answer; another one is not answered
  std::uint32_t form = kForm;
  std::uint32_t ms = 0;          ///< that reading it may take
  std::uint32_t code_pages = 0;  ///< pages that are searched for QR codes, the first and last ones
  std::uint32_t reserved = 0;
  std::uint64_t memory_bytes = 0, output_bytes = 0;
  std::uint64_t pdf_bytes = 0;
};

/// How a reading ended.
enum class PdfEnd : std::uint32_t { whole, failed, out_of_time, out_of_memory, too_long };

/// Before the answer's bytes: the text, and where it was read to its end a NUL and the codes, "page:length:bytes" each. The text
/// has no NUL.
struct PdfAnswer {
  PdfEnd end = PdfEnd::failed;
  std::uint32_t reserved = 0;
  std::uint64_t output_bytes = 0;
};

}  // namespace threadline::documents
