// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "documents/document.h"
#include "documents/packed_message.h"
#include "documents/programs.h"

namespace threadline::documents {

class Unpacking;

/// One reading of all the documents of a message: what it may still use, and where documents go.
struct Reading {
  const Limits& limits;
  bool ocr = false;              ///< pictures are read for text
  Programs* programs = nullptr;  ///< nullptr: there are none
  std::vector<Document>& documents;
  std::uint32_t depth = 0;                                   ///< archives around what is read now
  std::uint64_t text_bytes = 0;                              ///< of texts so far, against Limits::document_text_bytes
  std::uint64_t xml_bytes = 0;                               ///< of XML invoices so far, against Limits::invoice_xml_bytes
  std::vector<std::string> passwords = {};                   ///< of encrypted members of archives, tried in this order
  std::uint64_t unpacked_bytes = 0;                          ///< of archives so far, against Limits::document_archive_bytes
  std::uint32_t pictures = 0;                                ///< so far, against Limits::pictures
  Unpacking* unpacking = nullptr;                            ///< the outermost archive that is being read, or nullptr
  std::vector<PackedMessage>* messages = nullptr;            ///< where mails go; nullptr: they are documents, too
  std::optional<std::size_t> most_documents = std::nullopt;  ///< until that archive ends; else Limits::documents
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

/// Bytes that one more text may have, against Limits::document_text_bytes: half of what is left, so that a padded document leaves
/// something to those behind it.
[[nodiscard]] std::uint64_t text_bytes_left(const Reading& reading);

/// The name of a member or embedded file inside of that file, as part ("2!name") or name.
[[nodiscard]] std::string inside(std::string_view outer, std::string_view name);

/// A document of those bytes without anything in it yet.
[[nodiscard]] Document document_of(const NamedBytes& file, std::string kind);

/// Adds a text up to what Limits::document_text_bytes leaves; what is cut is a note.
void add_text(DocumentText text, Reading& reading, Document& into);

}  // namespace threadline::documents
