// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace threadline::documents {

/// What the bytes of a PDF say of it without a program and without unpacking a stream.
struct PdfStructure {
  bool is_encrypted = false;
  bool is_cut = false;     ///< no end-of-file mark near its end
  bool has_files = false;  ///< embedded files: an invoice in XML, attachments
  bool has_images = false;
  std::vector<std::size_t> ends;  ///< of each earlier saved state, oldest first: the bytes before are a whole PDF
  std::vector<std::pair<std::string, std::string>> properties;  ///< "producer", "creator", "author", "created", "modified"
};

/// A few linear passes over the bytes. A saved state ends in an end-of-file mark whose `startxref` names a place of the file
/// where a cross-reference section begins; the first mark of a linearised file ends none. Properties are those of the last
/// information dictionary, else of the last XMP packet; where both are in a compressed stream there are none, and none in an
/// encrypted file. Source: ISO 32000-1, sections 7.3.4, 7.5.5, 7.5.6, 14.3, annexes D.3 and F.
[[nodiscard]] PdfStructure pdf_structure(std::string_view bytes);

}  // namespace threadline::documents
