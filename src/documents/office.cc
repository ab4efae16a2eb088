// SPDX-License-Identifier: Apache-2.0
#include "documents/office.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "documents/fixed_page.h"
#include "documents/odf_text.h"
#include "documents/office_book.h"
#include "documents/ooxml_sheet.h"
#include "documents/ooxml_text.h"
#include "documents/unpacking.h"
#include "documents/word_look.h"
#include "documents/xml_root.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::documents {
namespace {

enum class PartReader {
  words,
  word,
  sheet,
  odf,
  strings,
  styles,
  word_styles,
  fixed_page,
  book,
  relations,
  properties,
  encryption
};

struct PartForm {
  std::string_view root;
  PartReader reader;
  std::string_view kind;
};
constexpr auto kForms = std::to_array<PartForm>({
#define OFFICE_PART(root, reader, kind) {root, PartReader::reader, kind},
#include "documents/office_parts.def"
#undef OFFICE_PART
});

/// Kinds of OpenDocument by the end of their media type, templates too.
struct OdfKind {
  std::string_view type, kind;
};
constexpr std::array kOdfKinds{OdfKind{"opendocument.text", "odt"}, OdfKind{"opendocument.spreadsheet", "ods"},
                               OdfKind{"opendocument.presentation", "odp"}, OdfKind{"opendocument.graphics", "odg"}};

struct Part {
  std::string name, bytes;
  const PartForm* form = nullptr;
};

/// Members that say nothing of their own: pictures of the first page, and what printers keep.
bool is_wanted(std::string_view name) {
  const std::string lower = text::ascii_lower(name);
  return lower.find("thumbnail") == std::string::npos && lower.find("printersettings") == std::string::npos;
}

/// XML that an office program keeps for itself: styles, themes, settings, relations. An XML file of another name that lies beside
/// the folders of the format is none of it: it is read like any attachment.
bool is_of_the_program(std::string_view name) {
  constexpr std::array<std::string_view, 3> kOwn{"[content_types].xml", "settings.xml", "manifest.rdf"};
  const std::string lower = text::ascii_lower(name);
  const bool is_xml = lower.ends_with(".xml") || lower.ends_with(".rels") || lower.ends_with(".vml") || lower.ends_with(".rdf");
  return is_xml && (lower.find('/') != std::string::npos || std::ranges::find(kOwn, lower) != kOwn.end());
}

/// Whether a part of a Word document or an OpenDocument text paints something behind its text: a colour of the page, a picture or
/// shape behind it (of old programs: one with a negative place in the pile). What a header has lies behind all pages.
bool has_ground(std::string_view part) {
  constexpr std::array<std::string_view, 8> kSigns{"<w:background",
                                                   "behindDoc=\"1\"",
                                                   "behindDoc=\"true\"",
                                                   "z-index:-",
                                                   "run-through=\"background",
                                                   "<style:background-image xlink",
                                                   "draw:fill=\"b",
                                                   "draw:fill=\"g"};
  return std::ranges::any_of(kSigns, [part](std::string_view sign) { return part.find(sign) != std::string_view::npos; });
}

class OfficeReader {
 public:
  OfficeReader(const NamedBytes& file, Reading& reading) : file_(file), reading_(reading), own_(reading.documents.size()) {
    reading_.documents.push_back(document_of(file, "office"));
  }

  void read() {
    const Wanted wanted{.member = is_wanted, .into = [this](UnpackedMember member) { take(std::move(member)); }};
    for (Note& one : unpack(file_.bytes, wanted, reading_)) note(std::move(one));
    for (const Part& part : parts_) prepare(part);
    if (encrypted_.is_any()) return note({"encrypted", "a password is needed", {}});
    for (const Part& part : parts_) read_part(part);
    if (parts_.empty()) note({"format_not_supported", "an office package without a part that is read", {}});
    read_files();
  }

 private:
  Document& document() { return reading_.documents[own_]; }

  void note(Note one) {
    if (document().notes.size() >= reading_.limits.message_notes) return;
    one.span.part = file_.part;
    document().notes.push_back(std::move(one));
  }

  void note_of_part(const std::string& part, Note one) {
    one.text = part + ": " + one.text;
    note(std::move(one));
  }

  void take(UnpackedMember member) {
    for (Note& one : member.notes) note_of_part(member.name, std::move(one));
    if (member.name == "mimetype") take_media_type(member.bytes);
    if (member.name.ends_with("workbook.bin")) {
      document().kind = "xlsb";
      note({"format_not_supported", "a binary workbook (xlsb)", {}});
    }
    const auto root = root_name(member.bytes);
    const auto* form = std::ranges::find(kForms, root, &PartForm::root);
    if (form != kForms.end()) {
      if (!form->kind.empty() && document().kind == "office") document().kind = form->kind;
      parts_.push_back({std::move(member.name), std::move(member.bytes), &*form});
    } else if (!is_of_the_program(member.name) && member.name != "mimetype") {
      files_.push_back(std::move(member));
    }
  }

  void take_media_type(std::string_view type) {
    for (const OdfKind& one : kOdfKinds) {
      if (type.find(one.type) != std::string_view::npos) document().kind = one.kind;
    }
  }

  void walk(const Part& part, text::XmlReceiver& receiver) {
    const auto& limits = reading_.limits;
    const text::XmlBounds bounds{.bytes = limits.xml_bytes,
                                 .elements = limits.office_elements,
                                 .depth = limits.xml_depth,
                                 .elements_limit = "office_elements"};
    for (Note& one : text::walk_xml(part.bytes, bounds, receiver)) note_of_part(part.name, std::move(one));
  }

  /// What other parts are read with.
  void prepare(const Part& part) {
    switch (part.form->reader) {
      case PartReader::strings: return walk(part, strings_);
      case PartReader::styles: return walk(part, formats_);
      case PartReader::word_styles: return walk(part, word_styles_);
      case PartReader::odf: return prepare_odf(part);
      case PartReader::word: is_on_white_ = is_on_white_ && !has_ground(part.bytes); return;
      case PartReader::book:
      case PartReader::relations: return walk(part, sheets_);
      case PartReader::encryption: return walk(part, encrypted_);
      default: return;
    }
  }

  /// Cells of a sheet may have a look by conditions: texts alone are asked for theirs.
  void prepare_odf(const Part& part) {
    if (document().kind != "odt") return;
    is_on_white_ = is_on_white_ && !has_ground(part.bytes);
    OdfStyleReader styles(odf_styles_);
    if (part.form->root == "document-styles") walk(part, styles);
  }

  void read_part(const Part& part) {
    switch (part.form->reader) {
      case PartReader::words: return read_words(part);
      case PartReader::word: return read_word(part);
      case PartReader::fixed_page: return read_fixed_page(part);
      case PartReader::sheet: return read_sheet(part);
      case PartReader::odf: return read_odf(part);
      case PartReader::properties: return read_properties(part);
      default: return;
    }
  }

  void add(const OfficeText& text, const std::string& place) {
    add_text({.place = place, .content = text.text(), .hidden = text.hidden()}, reading_, document());
    add_text({.medium = Medium::earlier_revision, .place = place, .content = text.text_before()}, reading_, document());
  }

  void read_words(const Part& part) {
    OfficeText text(text_bytes_left(reading_));
    OoxmlText words(text);
    walk(part, words);
    add(text, part_stem(part.name));
  }

  void read_fixed_page(const Part& part) {
    OfficeText text(text_bytes_left(reading_));
    FixedPage page(text);
    walk(part, page);
    add(text, part_stem(part.name));
  }

  void read_word(const Part& part) {
    OfficeText text(text_bytes_left(reading_));
    WordLook look(word_styles_, is_on_white_);
    OoxmlText words(text, &look);
    walk(part, words);
    if (!words.hidden().empty()) note_of_part(part.name, {"hidden_text", text::valid_utf8(words.hidden()), {}});
    add(text, part.form->root == "document" ? "" : part_stem(part.name));
  }

  void read_sheet(const Part& part) {
    OfficeText text(text_bytes_left(reading_));
    OoxmlSheet sheet({strings_, formats_, reading_.limits.sheet_repeats}, text);
    walk(part, sheet);
    add(text, sheets_.of(part.name));
  }

  /// Text in sheets is as many texts; all else is one.
  void read_odf(const Part& part) {
    const std::string outer = part.name == "content.xml" ? "" : part.name.substr(0, part.name.rfind('.'));
    std::string place = outer;
    OfficeText text(text_bytes_left(reading_));
    const auto begin_table = [&](std::string_view name) -> OfficeText& {
      add(text, place);
      place = outer.empty() ? text::valid_utf8(name) : outer + "/" + text::valid_utf8(name);
      text = OfficeText(text_bytes_left(reading_));
      return text;
    };
    OdfLook look(odf_styles_, is_on_white_);
    OdfText reader({reading_.limits.sheet_repeats, begin_table}, text, document().kind == "odt" ? &look : nullptr);
    walk(part, reader);
    if (reader.is_repeat_cut()) note_of_part(part.name, {"limit", "sheet_repeats: further repetitions are left out", {}});
    add(text, place);
  }

  void read_properties(const Part& part) {
    OfficeProperties properties(part.form->root == "document-meta");
    walk(part, properties);
    auto& all = document().properties;
    all.insert(all.end(), properties.found().begin(), properties.found().end());
  }

  void read_files() {
    if (files_.empty()) return;
    if (reading_.depth >= reading_.limits.document_depth)
      return note({"limit", "document_depth: pictures and files inside are not read", {}});
    ++reading_.depth;
    for (const UnpackedMember& one : files_) {
      const std::string part = inside(file_.part, one.name);
      const std::string name = inside(file_.name, one.name);
      if (!one.bytes.empty()) read_document({part, name, one.bytes}, reading_);
    }
    --reading_.depth;
  }

  const NamedBytes& file_;
  Reading& reading_;
  std::size_t own_;
  std::vector<Part> parts_;
  std::vector<UnpackedMember> files_;
  SharedStrings strings_;
  ZeroFormats formats_;
  SheetNames sheets_;
  WordStyles word_styles_;
  OdfStyles odf_styles_;
  bool is_on_white_ = true;  ///< nothing is painted behind the text
  EncryptedParts encrypted_;
};

/// Whether the names of a zip are those of an office document: programs open an OpenDocument file that has its media type or its
/// manifest alone. No more than Limits::document_members are looked at.
bool is_office(std::string_view bytes, Reading& reading) {
  bool has_types = false, has_content = false, has_manifest = false;
  std::uint32_t seen = 0;
  const auto see = [&](std::string_view name) {
    has_types = has_types || name == "[Content_Types].xml";
    has_content = has_content || name == "content.xml" || name == "encrypted-package";
    has_manifest = has_manifest || name == "META-INF/manifest.xml" || name == "mimetype";
    return has_types || (has_content && has_manifest) || ++seen > reading.limits.document_members;
  };
  static_cast<void>(unpack(bytes, {.member = see}, reading));
  return has_types || (has_content && has_manifest);
}

}  // namespace

void read_zip(const NamedBytes& file, Reading& reading) {
  if (is_office(file.bytes, reading)) return read_office(file, reading);
  read_attached_archive(file, reading);
}

void read_office(const NamedBytes& file, Reading& reading) { OfficeReader(file, reading).read(); }

}  // namespace threadline::documents
