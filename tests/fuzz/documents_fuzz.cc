// SPDX-License-Identifier: Apache-2.0
// Any bytes as an attachment, without programs: texts are valid UTF-8 and within the limits, notes have codes. And any bytes as a
// part of an office document: the text that comes out is valid UTF-8 and bounded.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

#include "documents/odf_text.h"
#include "documents/office_book.h"
#include "documents/ooxml_sheet.h"
#include "documents/ooxml_text.h"
#include "documents/reading.h"
#include "message/read_message.h"
#include "text/charset.h"
#include "text/xml_walk.h"

namespace {

using namespace threadline::documents;
using threadline::Limits;
namespace text = threadline::text;

constexpr Limits kLimits{.xml_bytes = 1U << 20U,
                         .xml_depth = 40,
                         .archive_small_bytes = 4U << 20U,
                         .documents = 50,
                         .document_bytes = 1U << 20U,
                         .document_text_bytes = 100'000,
                         .document_archive_bytes = 8U << 20U,
                         .document_members = 200,
                         .office_elements = 20'000,
                         .sheet_repeats = 20};
constexpr std::uint64_t kMostText = 1'000;

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const Document& document) {
  for (const DocumentText& one : document.texts) require(text::is_valid_utf8(one.content) && text::is_valid_utf8(one.place));
  for (const auto& [name, value] : document.properties) require(!name.empty() && text::is_valid_utf8(value));
  for (const auto& note : document.notes) require(!note.code.empty());
}

void as_attachment(std::string_view bytes) {
  std::vector<Document> documents;
  Reading reading{.limits = kLimits, .documents = documents};
  read_document({"2", "file", bytes}, reading);
  require(documents.size() <= kLimits.documents + 1);
  require(reading.text_bytes <= kLimits.document_text_bytes);
  require(reading.depth == 0 && reading.unpacking == nullptr);
  std::ranges::for_each(documents, check);
}

void walk(std::string_view bytes, text::XmlReceiver& receiver) {
  const text::XmlBounds bounds{.bytes = kLimits.xml_bytes, .elements = kLimits.office_elements, .depth = kLimits.xml_depth};
  for (const auto& note : text::walk_xml(bytes, bounds, receiver)) require(!note.code.empty());
}

void check(const OfficeText& lines) {
  require(lines.text().size() <= 4 * kMostText && text::is_valid_utf8(lines.text()));
  require(text::is_valid_utf8(lines.text_before()));
}

void as_part(std::string_view bytes) {
  OfficeText words(kMostText), cells(kMostText), paragraphs(kMostText);
  OoxmlText ooxml(words);
  walk(bytes, ooxml);
  check(words);
  SharedStrings strings;
  walk(bytes, strings);
  ZeroFormats formats;
  walk(bytes, formats);
  OoxmlSheet sheet({strings, formats, kLimits.sheet_repeats}, cells);
  walk(bytes, sheet);
  check(cells);
  OdfText odf({kLimits.sheet_repeats, [&](std::string_view) -> OfficeText& { return paragraphs; }}, paragraphs);
  walk(bytes, odf);
  check(paragraphs);
  OfficeProperties properties(bytes.size() % 2 == 0);
  walk(bytes, properties);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto exact = std::make_unique<char[]>(size);
  std::copy(data, data + size, exact.get());
  const std::string_view bytes(exact.get(), size);
  as_attachment(bytes);
  as_part(bytes);
  return 0;
}
