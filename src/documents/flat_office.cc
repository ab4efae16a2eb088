// SPDX-License-Identifier: Apache-2.0
#include "documents/flat_office.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "documents/odf_text.h"
#include "documents/ooxml_text.h"
#include "documents/xml_root.h"
#include "text/xml_walk.h"

namespace threadline::documents {
namespace {

struct FlatForm {
  std::string_view root, space, kind;  ///< `space`: what the head of such a document names
};
constexpr std::array kForms{FlatForm{"wordDocument", "schemas.microsoft.com/office/word", "docx"},
                            FlatForm{"package", "schemas.microsoft.com/office/2006/xmlPackage", "docx"},
                            FlatForm{"document", "opendocument", "odt"}};
constexpr std::size_t kHead = 65'536;

void walk(const NamedBytes& file, Reading& reading, text::XmlReceiver& receiver, Document& into) {
  const auto& limits = reading.limits;
  const text::XmlBounds bounds{.bytes = limits.xml_bytes,
                               .elements = limits.office_elements,
                               .depth = limits.xml_depth,
                               .elements_limit = "office_elements"};
  for (Note& note : text::walk_xml(file.bytes, bounds, receiver)) {
    note.span.part = into.part;
    into.notes.push_back(std::move(note));
  }
}

}  // namespace

bool read_flat_office(const NamedBytes& file, Reading& reading) {
  const auto* form = std::ranges::find(kForms, root_name(file.bytes), &FlatForm::root);
  if (form == kForms.end() || file.bytes.substr(0, kHead).find(form->space) == std::string_view::npos) return false;
  Document document = document_of(file, std::string(form->kind));
  OfficeText lines(text_bytes_left(reading));
  if (form->kind == "odt") {
    const auto same_text = [&lines](std::string_view /*name*/) -> OfficeText& { return lines; };
    OdfText receiver({reading.limits.sheet_repeats, same_text}, lines);
    walk(file, reading, receiver, document);
  } else {
    OoxmlText receiver(lines);
    walk(file, reading, receiver, document);
  }
  add_text({.content = lines.text()}, reading, document);
  add_text({.medium = Medium::earlier_revision, .content = lines.text_before()}, reading, document);
  reading.documents.push_back(std::move(document));
  return true;
}

}  // namespace threadline::documents
