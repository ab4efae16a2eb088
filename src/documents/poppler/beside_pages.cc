// SPDX-License-Identifier: Apache-2.0
#include "documents/poppler/beside_pages.h"

#include <Annot.h>
#include <Catalog.h>
#include <PDFDoc.h>
#include <Page.h>
#include <UTF.h>

#include <algorithm>
#include <string>

#include "base/utf8.h"

namespace threadline::documents::poppler {
namespace {

constexpr std::size_t kMostNoteBytes = 1U << 16U;

std::string utf8_of(const GooString& words) {
  Unicode* letters = nullptr;
  const int count = TextStringToUCS4(words.toStr(), &letters);
  std::string utf8;
  for (int i = 0; i < count && utf8.size() < kMostNoteBytes; ++i)
    append_utf8(utf8, letters[i] == 0 || letters[i] == '\r' ? U'\n' : char32_t{letters[i]});
  gfree(letters);
  return utf8;
}

/// What these say is drawn, or is that of a link.
bool is_shown(Annot::AnnotSubtype type) {
  return type == Annot::typeFreeText || type == Annot::typeWidget || type == Annot::typeLink || type == Annot::typePopup;
}

bool read_notes(PDFDoc& document, int number, const Heard& heard) {
  Page* page = document.getPage(number);
  if (page == nullptr || !page->getAnnotsObject().isArray()) return true;
  for (const Annot* one : page->getAnnots()->getAnnots()) {
    const GooString* words = is_shown(one->getType()) ? nullptr : one->getContents();
    if (words == nullptr || words->getLength() == 0) continue;
    if (!heard.piece(PdfPiece::note, static_cast<std::uint32_t>(number), utf8_of(*words))) return false;
  }
  return true;
}

/// In pieces, so that a large one is heard as far as the bounds of a reading let it.
bool read_stream(Stream& stream, const Heard& heard) {
  constexpr std::size_t kPieceBytes = 1U << 16U;
  std::string piece;
  bool is_heard = true;
  stream.reset();
  for (int c = stream.getChar(); c != EOF && is_heard; c = stream.getChar()) {
    piece += static_cast<char>(c);
    if (piece.size() < kPieceBytes) continue;
    is_heard = heard.piece(PdfPiece::form, 0, piece);
    piece.clear();
  }
  stream.close();
  return is_heard && (piece.empty() || heard.piece(PdfPiece::form, 0, piece));
}

/// One stream, or names and streams in turn, which together are the XML.
bool read_form(PDFDoc& document, const Heard& heard) {
  const Object* forms = document.getCatalog()->getAcroForm();
  if (forms == nullptr || !forms->isDict()) return true;
  const Object form = forms->dictLookup("XFA");
  if (form.isStream()) return read_stream(*form.getStream(), heard);
  for (int i = 0; form.isArray() && i < form.arrayGetLength(); ++i) {
    const Object packet = form.arrayGet(i);
    if (packet.isStream() && !read_stream(*packet.getStream(), heard)) return false;
  }
  return true;
}

}  // namespace

bool read_beside_pages(PDFDoc& document, const Heard& heard) {
  for (int page = 1; page <= document.getNumPages(); ++page) {
    if (!read_notes(document, page, heard)) return false;
  }
  return read_form(document, heard);
}

}  // namespace threadline::documents::poppler
