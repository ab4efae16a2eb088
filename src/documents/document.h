// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/note.h"
#include "text/html.h"

namespace threadline::documents {

/// Where in a document a text stands, by what a person would have to open to see it.
enum class Medium {
  text,              ///< what its pages, sheets or paragraphs show
  xml,               ///< the machine-readable invoice beside or instead of them
  code,              ///< a QR code for payment
  picture,           ///< read from pixels (OCR)
  earlier_revision,  ///< what the document showed before it was last saved (incremental update of a PDF, tracked deletion)
};
/// "text", "xml", "qr", "picture", "earlier revision".
[[nodiscard]] std::string_view name_of(Medium medium);

/// A text of a document.
struct DocumentText {
  Medium medium = Medium::text;
  std::string place = {};                      ///< inside the document: "page 2", "Sheet1", "revision 1"; empty: the whole
  bool html = false;                           ///< the content is HTML source; else plain text
  std::string content = {};                    ///< UTF-8, lines end in \n; cells of a row are parted by \t, pages by \f
  std::vector<text::HiddenRange> hidden = {};  ///< stretches of plain text that a person does not see, sorted
  bool is_replaced = false;  ///< shown to a person, while programs are told something else (the ActualText of a PDF)
};

/// A payee's account that a document states in a field of its own (an XML invoice, a QR code): no text to be searched.
struct Payee {
  Medium medium = Medium::xml;
  std::string place;                                ///< "factur-x.xml", "page 1"
  std::string account;                              ///< as the field holds it; mostly an IBAN
  std::string bic = {}, holder = {}, invoice = {};  ///< as written, or empty
  std::string purpose = {};                         ///< of a QR code: what the payer is to write ("Invoice F2026-131"), or empty

  bool operator==(const Payee&) const = default;
};

/// What is in one attachment, or in one member of an archive that is attached.
struct Document {
  std::string part = {};  ///< of the attachment; of a member "2!name" (explain.md, spans)
  std::string name = {};  ///< "facture.pdf"; of a member "papiers.zip!facture.pdf"
  /// "pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "odg", "office" (another package), "rtf", "text", "html", "message",
  /// "picture", "xml", "archive"; of what has no reader "doc", "xls", "ppt", "xlsb", "compound", "rar", "pgp" ...: a note says so
  std::string kind = {};
  std::vector<DocumentText> texts = {};
  std::vector<Payee> payees = {};
  std::vector<std::pair<std::string, std::string>> properties =
      {};  ///< "producer", "creator" (the program), "author", "last_modified_by", "created", "modified": as written
  std::uint32_t earlier_revisions = 0;  ///< saved states before the last one that are still in the file
  std::vector<Note> notes = {};         ///< span.part is that of the document
};

}  // namespace threadline::documents
