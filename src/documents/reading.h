// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "documents/document.h"
#include "documents/programs.h"

namespace threadline::documents {

/// One reading of all the documents of a message: what it may still use, and where documents go.
struct Reading {
  const Limits& limits;
  bool ocr = false;              ///< pictures are read for text
  Programs* programs = nullptr;  ///< nullptr: there are none
  std::vector<Document>& documents;
  std::uint32_t depth = 0;       ///< archives around what is read now
  std::uint64_t text_bytes = 0;  ///< of texts so far, against Limits::document_text_bytes
  std::uint64_t xml_bytes = 0;   ///< of XML invoices so far, against Limits::invoice_xml_bytes
};

/// Bytes with a name, from an attachment, an archive or another document.
struct NamedBytes {
  std::string_view part;  ///< as Document::part
  std::string_view name;  ///< as Document::name
  std::string_view bytes;
};

/// Reads what the bytes are (told by themselves, then by the name) and adds it to `reading.documents`. For what is inside a
/// document, too: members of an archive, files embedded in a PDF.
/// Limits: documents, document_bytes.
void read_document(const NamedBytes& file, Reading& reading);

/// A document of those bytes without anything in it yet.
[[nodiscard]] Document document_of(const NamedBytes& file, std::string kind);

/// Adds a text up to what Limits::document_text_bytes leaves; what is cut is a note.
void add_text(DocumentText text, Reading& reading, Document& into);

}  // namespace threadline::documents
