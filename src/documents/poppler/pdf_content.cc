// SPDX-License-Identifier: Apache-2.0
#include "documents/poppler/pdf_content.h"

#include <Error.h>
#include <GlobalParams.h>
#include <PDFDoc.h>
#include <Stream.h>

#include <algorithm>
#include <memory>
#include <tuple>
#include <vector>

#include "documents/poppler/beside_pages.h"
#include "documents/poppler/page_codes.h"
#include "documents/poppler/page_text.h"

namespace threadline::documents::poppler {
namespace {

constexpr double kDotsPerInch = 72;

/// A page of which more is to be told than its text.
struct OddPage {
  int number = 0;
  bool may_hide = false, has_other_words = false, has_replaced_digits = false, is_unnamed = false;
};

void display(PDFDoc& document, int page, PageText& to, const PageText::Way& way) {
  to.set_way(way);
  document.displayPage(&to, page, kDotsPerInch, kDotsPerInch, 0, true, false, false);
}

bool has_objects(PDFDoc& document, int page) {
  Page* of = document.getPage(page);
  Dict* resources = of == nullptr ? nullptr : of->getResourceDict();
  if (resources == nullptr) return false;
  const Object objects = resources->lookup("XObject");
  return objects.isDict() && objects.dictGetLength() > 0;
}

/// A page whose letters are all unpainted, before a picture, is a scanned one.
bool may_hide(PDFDoc& document, int page, const PageSigns& signs) {
  return !signs.hidden.empty() && !(signs.is_all_unpainted && has_objects(document, page));
}

/// Numbers of glyphs begin at 1, so that some are control characters; letters are none. An account is enough of them, a few
/// bullets are not.
bool is_unnamed(const PageSigns& signs) {
  constexpr std::uint64_t kFewest = 10, kOdd = 20;
  return signs.unnamed >= kFewest && signs.odd * kOdd > signs.unnamed;
}

/// So many digits may be an account, which words with other letters or blanks around the same digits make unreadable.
bool has_replaced_digits(const PageSigns& signs) {
  constexpr std::uint64_t kFewest = 8;
  return signs.replaced_digits >= kFewest;
}

std::vector<OddPage> read_text(PDFDoc& document, const Heard& heard) {
  std::vector<OddPage> odd;
  PageText text;
  for (int page = 1; page <= document.getNumPages(); ++page) {
    display(document, page, text, {});
    if (!heard.text(text.take_text())) break;
    const PageSigns signs = text.take_signs();
    const OddPage one{page, may_hide(document, page, signs), signs.has_other_words, has_replaced_digits(signs),
                      is_unnamed(signs)};
    if (one.may_hide || one.has_other_words || one.has_replaced_digits || one.is_unnamed) odd.push_back(one);
  }
  return odd;
}

/// Which letters are hidden is known once the pictures of the page are.
bool read_hidden(PDFDoc& document, int page, const Heard& heard) {
  PageText text;
  display(document, page, text, {.sees_pictures = true});
  const PageSigns signs = text.take_signs();
  if (signs.hidden.empty()) return true;
  display(document, page, text, {.sees_pictures = false, .passes_actual_text_over = false, .marks = &signs});
  return heard.piece(PdfPiece::marked, static_cast<std::uint32_t>(page), text.take_text());
}

bool read_glyphs(PDFDoc& document, const OddPage& page, const Heard& heard) {
  PageText text;
  display(document, page.number, text, {.sees_pictures = false, .passes_actual_text_over = true});
  const PdfPiece kind = page.has_other_words ? PdfPiece::glyphs : PdfPiece::letters;
  return heard.piece(kind, static_cast<std::uint32_t>(page.number), text.take_text());
}

bool read_odd(PDFDoc& document, const std::vector<OddPage>& pages, const Heard& heard) {
  return std::ranges::all_of(pages, [&](const OddPage& page) {
    if (page.is_unnamed && !heard.piece(PdfPiece::unnamed, static_cast<std::uint32_t>(page.number), {})) return false;
    if ((page.has_other_words || page.has_replaced_digits) && !read_glyphs(document, page, heard)) return false;
    return !page.may_hide || read_hidden(document, page.number, heard);
  });
}

/// Codes of EPC payments stand on the bill, Swiss ones at its end.
void read_codes(PDFDoc& document, int most, const Heard& heard) {
  const int pages = document.getNumPages();
  const int first = std::min(pages, (most + 1) / 2), last = std::min(pages - first, most / 2);
  for (int page = 1; page <= first; ++page) read_page_codes(document, page, heard);
  for (int page = pages - last + 1; page <= pages; ++page) read_page_codes(document, page, heard);
}

/// One page with one letter. Its table of objects is missing, which poppler makes up.
constexpr std::string_view kSmallest =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    "4 0 obj<</Length 26>>stream\nBT /F 1 Tf 1 1 Td (a) Tj ET\nendstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

}  // namespace

/// What poppler and its libraries make for the first PDF, colour profiles, is made here: a process that is forked for one has it.
void start_poppler() {
  setErrorCallback([](ErrorCategory, Goffset, const char*) {});
  globalParams = std::make_unique<GlobalParams>();
  globalParams->setTextEncoding("UTF-8");
  const Heard nobody{.text = [](std::string_view) { return true; },
                     .text_ends = [] { return true; },
                     .piece = [](PdfPiece, std::uint32_t, std::string_view) { return true; }};
  std::ignore = read_content(kSmallest, 1, nobody);
}

bool read_content(std::string_view bytes, std::uint32_t code_pages, const Heard& heard) {
  const auto length = static_cast<Goffset>(bytes.size());
  PDFDoc document(new MemStream(bytes.data(), 0, length, Object(objNull)));
  if (!document.isOk() || document.getNumPages() < 1) return false;
  const auto odd = read_text(document, heard);
  if (!heard.text_ends()) return true;
  read_codes(document, static_cast<int>(code_pages), heard);
  if (read_odd(document, odd, heard)) read_beside_pages(document, heard);
  return true;
}

}  // namespace threadline::documents::poppler
