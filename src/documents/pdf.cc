// SPDX-License-Identifier: Apache-2.0
#include "documents/pdf.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "documents/pdf_pieces.h"
#include "documents/pdf_structure.h"
#include "documents/picture.h"
#include "text/charset.h"

namespace threadline::documents {
namespace {

constexpr std::ptrdiff_t kFewCharacters = 40;  ///< a page with fewer is a picture with a stamp, a number or nothing written on it

constexpr std::string_view kBlanks = " \t\n\f";

bool is_blank(std::string_view text) { return text.find_first_not_of(kBlanks) == std::string_view::npos; }

bool has_few_characters(std::string_view page) {
  return std::ranges::count_if(page, [](char c) { return kBlanks.find(c) == std::string_view::npos; }) < kFewCharacters;
}

/// Numbers of the pages that hold hardly any text, from 1.
std::vector<std::uint32_t> bare_pages(std::string_view text) {
  std::vector<std::uint32_t> numbers;
  std::uint32_t number = 0;
  for (const std::string_view page : pages_of(text)) {
    ++number;
    if (has_few_characters(page)) numbers.push_back(number);
  }
  return numbers;
}

/// The name in "3: factur-x.xml" where 3 is the number expected: a name that holds a line's end makes no second file.
std::string_view listed_name(std::string_view line, std::uint32_t expected) {
  std::uint32_t number = 0;
  const auto read = std::from_chars(line.data(), line.data() + line.size(), number);
  const auto at = static_cast<std::size_t>(read.ptr - line.data());
  return number == expected && line.substr(at).starts_with(": ") ? line.substr(at + 2) : std::string_view{};
}

class PdfReader {
 public:
  PdfReader(const NamedBytes& file, Reading& reading)
      : file_(file), reading_(reading), structure_(pdf_structure(file.bytes)), document_(document_of(file, "pdf")) {}

  void read() {
    document_.properties = structure_.properties;
    document_.earlier_revisions = static_cast<std::uint32_t>(structure_.ends.size());
    if (structure_.is_cut) note("malformed_document", "no end-of-file mark: cut short");
    if (reading_.programs == nullptr) return finish({});
    std::string text = last_text();
    if (is_closed_) return finish({});
    add_earlier_texts(text);
    read_bare_pages(text);
    if (!behind_ && !is_slow_) read_codes(text);
    DocumentText last{.content = std::move(text)};
    add_pieces(last);
    add_text(std::move(last), reading_, document_);
    add_form();
    finish(embedded_names());
  }

 private:
  void note(std::string code, std::string text) {
    document_.notes.push_back({std::move(code), std::move(text), {.part = document_.part}});
  }

  ProgramAnswer run(Program program, std::string_view bytes, std::uint32_t page = 0) {
    return reading_.programs->run({.program = program, .page = page, .input = bytes});
  }

  void note_lost(Program program, const ProgramAnswer& answer) {
    const auto lost = note_of(program, answer, document_.part);
    if (lost && std::ranges::find(document_.notes, *lost) == document_.notes.end()) document_.notes.push_back(*lost);
  }

  /// The text of the last saved state. Pages that end the program are passed over, as many as Limits::pdf_bad_pages.
  std::string last_text() {
    ProgramAnswer answer = content_of(file_.bytes, reading_.limits.pdf_code_pages);
    behind_ = cut_behind(answer.output);
    if (behind_) pieces_ = read_pieces(*behind_);
    if (answer.lost == "program_failed" && answer.output.empty()) {
      is_closed_ = true;
      if (structure_.is_encrypted) {
        note("encrypted", "a password is needed");
      } else {
        note_lost(Program::pdf_text, answer);
      }
      return {};
    }
    note_lost(Program::pdf_text, answer);
    is_slow_ = is_limit(answer);
    std::string text = with_last_page_ended(answer);
    for (std::uint32_t bad = 0; is_ended_by_a_page(answer) && bad < reading_.limits.pdf_bad_pages; ++bad) {
      text += '\f';
      const auto next = static_cast<std::uint32_t>(std::ranges::count(text, '\f')) + 1;
      answer = run(Program::pdf_text, file_.bytes, next);
      if (answer.output.empty() && answer.lost == "program_failed") break;
      text += with_last_page_ended(answer);
    }
    return text;
  }

  /// What threadline-pdf does not read, pdftotext is asked about: it tells why, and what it had read.
  ProgramAnswer content_of(std::string_view bytes, std::uint32_t code_pages) {
    ProgramAnswer answer = run(Program::pdf_content, bytes, code_pages);
    if (answer.lost != "program_missing" && answer.lost != "program_failed") return answer;
    answer = run(Program::pdf_text, bytes);
    std::ranges::replace(answer.output, '\0', ' ');  // no pieces behind it
    return answer;
  }

  /// What was read together with the text, which loses it.
  static std::optional<std::string> cut_behind(std::string& text) {
    const auto end = text.find('\0');
    if (end == std::string::npos) return std::nullopt;
    std::string behind = text.substr(end + 1);
    text.resize(end);
    return behind;
  }

  /// pdftotext prints a page when it has read all of it, line by line: one that is ended in a later page may still hold back a
  /// \f.
  static std::string with_last_page_ended(const ProgramAnswer& answer) {
    std::string text = text::valid_utf8(answer.output);
    if (is_ended_by_a_page(answer) && !text.empty() && text.back() != '\f') text += '\f';
    return text;
  }

  static bool is_ended_by_a_page(const ProgramAnswer& answer) {
    return answer.lost == "program_ms" || answer.lost == "program_bytes" || answer.lost == "program_failed";
  }

  /// What earlier states showed, where it is not what the last one or another shows. The latest ones are read.
  void add_earlier_texts(const std::string& last) {
    const auto& ends = structure_.ends;
    const std::size_t first = ends.size() - std::min<std::size_t>(ends.size(), reading_.limits.pdf_revisions);
    if (first > 0) note("limit", fmt::format("pdf_revisions: {} earlier revisions are not read", first));
    std::vector<std::string> seen{last};
    for (std::size_t i = first; i < ends.size(); ++i) {
      ProgramAnswer answer = content_of(file_.bytes.substr(0, ends[i]), 0);
      std::ignore = cut_behind(answer.output);
      if (is_limit(answer)) note_lost(Program::pdf_text, answer);
      std::string text = text::valid_utf8(answer.output);
      if (text.empty() || std::ranges::find(seen, text) != seen.end()) continue;
      seen.push_back(text);
      add_text({.medium = Medium::earlier_revision, .place = fmt::format("revision {}", i + 1), .content = std::move(text)},
               reading_, document_);
    }
  }

  static bool is_limit(const ProgramAnswer& answer) { return !answer.lost.empty() && answer.lost != "program_failed"; }

  /// Pages without text are pictures where the file has some, or where no page has any text.
  void read_bare_pages(std::string_view text) {
    if (is_slow_ && is_blank(text)) return;  // nobody knows what they hold
    std::vector<std::uint32_t> pages = bare_pages(text);
    if (!(structure_.has_images || is_blank(text))) pages.clear();
    read_pages(pages, {"scan_not_read", fmt::format("{} pages without text: --ocr reads them", pages.size()), {}});
    const auto unnamed = unnamed_pages(pages);
    read_pages(unnamed, {"letters_not_told", fmt::format("{} pages of such text: --ocr reads them", unnamed.size()), {}});
  }

  /// Pages whose text is none, since their fonts do not tell their letters.
  std::vector<std::uint32_t> unnamed_pages(const std::vector<std::uint32_t>& bare) {
    std::vector<std::uint32_t> pages;
    for (const ReadPiece& piece : pieces_) {
      if (piece.kind == PdfPiece::unnamed && !std::ranges::binary_search(bare, piece.page)) pages.push_back(piece.page);
    }
    return pages;
  }

  /// Reads their pictures where that is asked for, else leaves the note.
  void read_pages(const std::vector<std::uint32_t>& pages, const Note& unread) {
    if (pages.empty()) return;
    if (!reading_.ocr) return note(unread.code, unread.text);
    for (std::size_t i = 0; i < std::min<std::size_t>(pages.size(), reading_.limits.ocr_pages); ++i) read_picture(pages[i]);
    if (pages.size() > reading_.limits.ocr_pages)
      note("limit", fmt::format("ocr_pages: {} pages are not read", pages.size() - reading_.limits.ocr_pages));
  }

  void read_picture(std::uint32_t page) {
    const std::string picture = picture_of(page);
    if (!picture.empty()) add_words(picture, fmt::format("page {}", page), reading_, document_);
  }

  std::string picture_of(std::uint32_t page) {
    ProgramAnswer answer = run(Program::pdf_picture, file_.bytes, page);
    note_lost(Program::pdf_picture, answer);
    return std::move(answer.output);
  }

  /// QR codes of the first and the last pages: those of EPC payments stand on the bill, Swiss ones at its end. A code may be
  /// drawn as lines, so that only the page's picture tells.
  void read_codes(std::string_view text) {
    const auto pages = static_cast<std::uint32_t>(std::max<std::size_t>(pages_of(text).size(), 1));
    const std::uint32_t most = reading_.limits.pdf_code_pages;
    const std::uint32_t first = std::min(pages, (most + 1) / 2), last = std::min(pages - first, most / 2);
    for (std::uint32_t page = 1; page <= first; ++page) read_codes_of(page);
    for (std::uint32_t page = pages - last + 1; page <= pages; ++page) read_codes_of(page);
  }

  void add_pieces(DocumentText& last) {
    const auto pages = pages_of(last.content);
    for (const ReadPiece& piece : pieces_) {
      const bool is_there = piece.page > 0 && piece.page <= pages.size();
      add_piece(piece, is_there ? pages[piece.page - 1] : std::string_view{}, last);
    }
    std::ranges::sort(last.hidden, {}, &text::HiddenRange::begin);
  }

  /// Letters may be laid out otherwise for their marks (one that is drawn twice, of which one is hidden): that page is a text of
  /// its own then, of which whole accounts alone count.
  void add_marked(const ReadPiece& piece, std::string_view plain, DocumentText& last) {
    DocumentText page = unmarked(text::valid_utf8(piece.said));
    if (hide_in_page(page, plain, last)) return;
    page.place = fmt::format("page {} letters", piece.page);
    page.is_replaced = true;
    add_text(std::move(page), reading_, document_);
  }

  void add_piece(const ReadPiece& piece, std::string_view plain, DocumentText& last) {
    const std::string place = fmt::format("page {}", piece.page);
    switch (piece.kind) {
      case PdfPiece::code: return add_code(piece.said, place, reading_, document_);
      case PdfPiece::note: return add_beside(place + " note", text::valid_utf8(piece.said));
      case PdfPiece::form: form_ += piece.said; return;
      case PdfPiece::marked: return add_marked(piece, plain, last);
      case PdfPiece::glyphs: note("actual_text_differs", place); [[fallthrough]];
      case PdfPiece::letters: return add_letters(place, text::valid_utf8(piece.said), plain);
      case PdfPiece::unnamed: return;
    }
  }

  /// What a person reads where programs are told something else.
  void add_letters(const std::string& place, std::string words, std::string_view plain) {
    if (std::string_view(words).substr(0, words.find('\f')) == plain) return;
    add_text({.place = place + " letters", .content = std::move(words), .is_replaced = true}, reading_, document_);
  }

  void add_beside(std::string place, std::string words) {
    add_text({.place = std::move(place), .content = std::move(words)}, reading_, document_);
  }

  void add_form() {
    if (form_.empty()) return;
    const auto& limits = reading_.limits;
    const text::XmlBounds bounds{.bytes = limits.xml_bytes,
                                 .elements = limits.office_elements,
                                 .depth = limits.xml_depth,
                                 .elements_limit = "office_elements"};
    std::vector<Note> notes;
    add_beside("form", words_of_form(form_, bounds, notes));
    for (const Note& one : notes) note(one.code, "form: " + one.text);
  }

  void read_codes_of(std::uint32_t page) {
    const std::string picture = picture_of(page);
    if (!picture.empty()) add_codes(picture, fmt::format("page {}", page), reading_, document_);
  }

  std::vector<std::string> embedded_names() {
    std::vector<std::string> names;
    if (!structure_.has_files) return names;
    const ProgramAnswer answer = run(Program::pdf_file_list, file_.bytes);
    note_lost(Program::pdf_file_list, answer);
    std::string_view lines = answer.output;
    while (!lines.empty()) {
      const auto end = std::min(lines.find('\n'), lines.size());
      const auto name = listed_name(lines.substr(0, end), static_cast<std::uint32_t>(names.size()) + 1);
      if (!name.empty()) names.push_back(text::valid_utf8(name));
      lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    return names;
  }

  void finish(const std::vector<std::string>& embedded) {
    if (reading_.programs == nullptr) note("program_missing", "pdftotext: programs are not run here");
    const auto& limits = reading_.limits;
    const bool is_deep = reading_.depth >= limits.document_depth;
    const std::size_t count = is_deep ? 0 : std::min<std::size_t>(embedded.size(), limits.pdf_files);
    if (is_deep && !embedded.empty()) note("limit", "document_depth: embedded files are not read");
    if (!is_deep && embedded.size() > count) note("limit", fmt::format("pdf_files: {} are not read", embedded.size() - count));
    const std::size_t own = reading_.documents.size();
    reading_.documents.push_back(std::move(document_));
    ++reading_.depth;
    for (std::size_t i = 0; i < count; ++i) read_embedded(embedded[i], static_cast<std::uint32_t>(i) + 1, own);
    --reading_.depth;
  }

  void read_embedded(const std::string& name, std::uint32_t number, std::size_t own) {
    const ProgramAnswer answer = run(Program::pdf_file, file_.bytes, number);
    if (auto lost = note_of(Program::pdf_file, answer, file_.part)) reading_.documents[own].notes.push_back(std::move(*lost));
    if (answer.output.empty()) return;
    const std::string part = std::string(file_.part) + "!" + name;
    const std::string full_name = std::string(file_.name) + "!" + name;
    read_document({part, full_name, answer.output}, reading_);
  }

  const NamedBytes& file_;
  Reading& reading_;
  PdfStructure structure_;
  Document document_;
  bool is_closed_ = false;             ///< its text cannot be had at all
  std::optional<std::string> behind_;  ///< what was read together with the text, where that was read to its end
  std::vector<ReadPiece> pieces_;      ///< of it
  std::string form_;                   ///< XML of an XFA form
  bool is_slow_ = false;               ///< its text took more than the limits of programs
};

}  // namespace

void read_pdf(const NamedBytes& file, Reading& reading) { PdfReader(file, reading).read(); }

}  // namespace threadline::documents
