// SPDX-License-Identifier: Apache-2.0
#include "documents/poppler/pdf_content.h"

#include <Error.h>
#include <GlobalParams.h>
#include <PDFDoc.h>
#include <Stream.h>
#include <TextOutputDev.h>

#include <algorithm>
#include <memory>
#include <tuple>

#include "documents/poppler/page_codes.h"

namespace threadline::documents::poppler {
namespace {

void read_text(PDFDoc& document, const Heard& heard) {
  constexpr double kDotsPerInch = 72;
  bool is_heard = true;
  struct Pieces {
    const Heard& heard;
    bool& is_heard;
  } pieces{heard, is_heard};
  const TextOutputFunc add = [](void* to, const char* text, int length) {
    auto& [heard_by, goes_on] = *static_cast<Pieces*>(to);
    goes_on = goes_on && heard_by.text({text, static_cast<std::size_t>(length)});
  };
  const auto is_over = [](void* to) { return !static_cast<Pieces*>(to)->is_heard; };
  TextOutputDev text(add, &pieces, true, 0, false);
  document.displayPages(&text, 1, document.getNumPages(), kDotsPerInch, kDotsPerInch, 0, true, false, false, is_over, &pieces);
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
                     .code = [](std::uint32_t, std::string_view) { return true; }};
  std::ignore = read_content(kSmallest, 1, nobody);
}

bool read_content(std::string_view bytes, std::uint32_t code_pages, const Heard& heard) {
  const auto length = static_cast<Goffset>(bytes.size());
  PDFDoc document(new MemStream(bytes.data(), 0, length, Object(objNull)));
  if (!document.isOk() || document.getNumPages() < 1) return false;
  read_text(document, heard);
  if (heard.text_ends()) read_codes(document, static_cast<int>(code_pages), heard);
  return true;
}

}  // namespace threadline::documents::poppler
