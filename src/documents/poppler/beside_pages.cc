// SPDX-License-Identifier: Apache-2.0
#include "documents/poppler/beside_pages.h"

#include <Annot.h>
#include <Catalog.h>
#include <PDFDoc.h>
#include <Page.h>
#include <UTF.h>

#include <algorithm>
#include <string>

namespace threadline::documents::poppler {
namespace {

constexpr std::size_t kMostNoteBytes = 1U << 16U;

void append_utf8(std::string& to, Unicode letter) {
  constexpr Unicode kTwo = 0x80, kThree = 0x800, kFour = 0x10000;
  const auto tail = [&](unsigned shift) { to += static_cast<char>(0x80U | ((letter >> shift) & 0x3FU)); };
  if (letter < kTwo) {
    to += letter == 0 || letter == '\r' ? '\n' : static_cast<char>(letter);
  } else if (letter < kThree) {
    to += static_cast<char>(0xC0U | (letter >> 6U));
    tail(0);
  } else if (letter < kFour) {
    to += static_cast<char>(0xE0U | (letter >> 12U));
    tail(6);
    tail(0);
  } else {
    to += static_cast<char>(0xF0U | ((letter >> 18U) & 0x07U));
    tail(12);
    tail(6);
    tail(0);
  }
}

std::string utf8_of(const GooString& words) {
  Unicode* letters = nullptr;
  const int count = TextStringToUCS4(words.toStr(), &letters);
  std::string utf8;
  for (int i = 0; i < count && utf8.size() < kMostNoteBytes; ++i) append_utf8(utf8, letters[i]);
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
