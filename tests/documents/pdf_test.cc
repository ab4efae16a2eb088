// SPDX-License-Identifier: Apache-2.0
#include "documents/pdf.h"

#include <gtest/gtest.h>

#include "documents/pdf_pieces.h"
#include "documents/pdf_structure.h"
#include "documents/program_table.h"
#include "patience.h"
#include "pdf_writer.h"

namespace threadline::documents {
namespace {

#define SKIP_WITHOUT(program) \
  if (installed_command(program) == nullptr) GTEST_SKIP() << "not installed: " << first_command(program)->package

struct How {
  Limits limits = {};
  bool ocr = false;
};

std::vector<Document> documents_of(const std::string& bytes, const How& how = {}) {
  std::vector<Document> documents;
  const Limits limits = how.limits.program_ms == Limits{}.program_ms ? patient(how.limits) : how.limits;
  const auto programs = programs_here(limits);
  Reading reading{.limits = limits, .ocr = how.ocr, .programs = programs.get(), .documents = documents};
  const std::vector<char> exact(bytes.begin(), bytes.end());
  read_pdf({"2", "facture.pdf", {exact.data(), exact.size()}}, reading);
  return documents;
}

/// "medium place=content" and "code: text" a line, of the first document.
std::string listed(const std::vector<Document>& documents) {
  std::string lines;
  for (const auto& text : documents.at(0).texts)
    lines += fmt::format("{} {}={}\n", name_of(text.medium), text.place, text.content);
  for (const auto& note : documents.at(0).notes) lines += note.code + ": " + note.text + "\n";
  return lines;
}

std::string read(const std::string& bytes, const How& how = {}) { return listed(documents_of(bytes, how)); }

/// The file as it is after the first page's content was replaced and the change appended (ISO 32000-1, section 7.5.6).
std::string updated(const std::string& before, std::string_view line) {
  const std::string content = shown(line);
  const auto last = before.rfind("startxref\n") + 10;
  std::string after = before;
  const std::size_t object = after.size();
  after += fmt::format("5 0 obj\n<< /Length {} >>\nstream\n{}\nendstream\nendobj\n", content.size(), content);
  const std::size_t table = after.size();
  after += fmt::format("xref\n5 1\n{:010} 00000 n \ntrailer\n<< /Size 6 /Root 1 0 R /Prev {} >>\nstartxref\n{}\n%%EOF\n", object,
                       before.substr(last, before.find('\n', last) - last), table);
  return after;
}

/// Three pages: the second shows one form that shows a form ... a hundred times each, five deep. A few kilobytes, hours of work.
std::string slow_pdf() {
  PdfWriter pdf = pdf_of_pages({shown("IBAN before"), "/X Do", shown("IBAN behind")});
  std::string inner = shown("again and");
  for (std::size_t form = 10; form < 15; ++form) {
    std::string all;
    for (int i = 0; i < 100; ++i) all += inner + "\n";
    pdf.add_stream(all, fmt::format("/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /Font << /F1 3 0 R >> "
                                    "/XObject << /X {} 0 R >> >>",
                                    form - 1));
    inner = "/X Do";
  }
  std::string bytes = pdf.file();
  const std::string page = "/Contents 7 0 R /Resources << ";
  bytes.insert(bytes.find(page) + page.size(), "/XObject << /X 14 0 R >> ");
  return bytes;
}

/// Three pages: the second shows 20,000 words three hundred times, each time moved a little. A few hundred kilobytes, gigabytes
/// of words.
std::string large_pdf() {
  std::string words = "1 0 0 1 0.05 0.05 cm BT /F1 5 Tf ";
  for (int i = 0; i < 20'000; ++i) words += fmt::format("1 0 0 1 {} {} Tm (w{}) Tj ", i % 590, (i / 590) * 20, i);
  std::string bytes = pdf_of_pages({shown("IBAN before"), words + "ET", shown("IBAN behind")}).file();
  std::string repeated = "/Contents [";
  for (int i = 0; i < 300; ++i) repeated += "7 0 R ";
  return bytes.replace(bytes.find("/Contents 7 0 R"), 15, repeated + "]");
}

TEST(Pdf, ItsTextIsOneTextWithPagesEndedByFormFeeds) {
  SKIP_WITHOUT(Program::pdf_text);
  EXPECT_EQ(read(pdf_of_pages({shown("one"), shown("two")}).file()), "text =one\n\ftwo\n\f\n");
}

TEST(Pdf, CodesOnItsFirstAndItsLastPageAreRead) {
  class Pages final : public Programs {
   public:
    ProgramAnswer run(const ProgramRequest& request) override {
      if (request.program == Program::pdf_content) return {.output = {}, .lost = "program_missing", .said = {}};
      if (request.program == Program::pdf_text)
        return {.output = "one page of text which is long enough for one\n\f2\f3\f", .lost = {}, .said = {}};
      if (request.program == Program::pdf_picture) return {.output = std::to_string(request.page), .lost = {}, .said = {}};
      if (request.program != Program::picture_code) return {};
      return {.output = "SPD*1.0*ACC:CZ" + std::string(request.input) + "\f", .lost = {}, .said = {}};
    }
  } programs;
  std::vector<Document> documents;
  const auto read_with = [&](std::uint32_t most) {
    const Limits limits{.pdf_code_pages = most};
    documents.clear();
    Reading reading{.limits = limits, .programs = &programs, .documents = documents};
    read_pdf({"2", "facture.pdf", "%PDF-1.4 %%EOF"}, reading);
    std::string line;
    for (const Payee& payee : documents.at(0).payees) line += payee.account + "@" + payee.place + ";";
    return line;
  };
  EXPECT_EQ(read_with(2), "CZ1@page 1;CZ3@page 3;");
  EXPECT_EQ(read_with(1), "CZ1@page 1;");
  EXPECT_EQ(read_with(0), "");
  EXPECT_EQ(read_with(9), "CZ1@page 1;CZ2@page 2;CZ3@page 3;");
}

TEST(Pdf, WhatItShowedBeforeItWasSavedAgainIsAnEarlierRevision) {
  SKIP_WITHOUT(Program::pdf_text);
  const std::string first = small_pdf("IBAN old");
  const auto documents = documents_of(updated(updated(first, "IBAN older"), "IBAN new"));
  EXPECT_EQ(listed(documents),
            "earlier revision revision 1=IBAN old\n\f\nearlier revision revision 2=IBAN older\n\f\ntext =IBAN new\n\f\n");
  EXPECT_EQ(documents.at(0).earlier_revisions, 2U);
}

TEST(Pdf, AnUpdateThatChangesNoWordIsCountedAndNotShown) {
  SKIP_WITHOUT(Program::pdf_text);
  const auto documents = documents_of(updated(small_pdf("IBAN"), "IBAN"));
  EXPECT_EQ(listed(documents), "text =IBAN\n\f\n");
  EXPECT_EQ(documents.at(0).earlier_revisions, 1U);
}

TEST(Pdf, AMarkThatEndsNoSavedStateIsNoRevision) {
  const std::string plain = small_pdf("IBAN");
  EXPECT_EQ(pdf_structure(plain).ends.size(), 0U);
  EXPECT_EQ(pdf_structure(updated(plain, "x")).ends, std::vector<std::size_t>{plain.size()});
  // The first mark of a linearised file stands behind the table of its first page.
  EXPECT_EQ(pdf_structure("%PDF-1.4\n1 0 obj\n<< /Linearized 1 >>\nendobj\nxref\n0 0\ntrailer\n<< >>\nstartxref\n0\n%%EOF\n" +
                          plain.substr(9))
                .ends.size(),
            0U);
  // A file in a file: its table is not where its mark says, counted from the outer one's beginning.
  EXPECT_EQ(pdf_structure("%PDF-1.4\nstream\n" + plain + "endstream\n" + plain).ends.size(), 0U);
}

TEST(Pdf, OneThatNeedsAPasswordIsANote) {
  SKIP_WITHOUT(Program::pdf_text);
  const std::string key(64, 'A');
  const std::string handler =
      fmt::format("/Encrypt << /Filter /Standard /V 1 /R 2 /O <{0}> /U <{0}> /P -4 >> /ID [<00> <00>]", key);
  EXPECT_EQ(read(pdf_of_pages({shown("IBAN")}).file(handler)), "encrypted: a password is needed\n");
}

TEST(Pdf, OneThatIsCutShortIsReadAsFarAsItGoesWithANote) {
  SKIP_WITHOUT(Program::pdf_text);
  const std::string whole = pdf_of_pages({shown("one"), shown("two")}).file();
  EXPECT_EQ(read(whole.substr(0, whole.find("startxref"))),
            "text =one\n\ftwo\n\f\nmalformed_document: no end-of-file mark: cut short\n");
  EXPECT_TRUE(
      read("%PDF-1.4\nnothing").starts_with("malformed_document: no end-of-file mark: cut short\nprogram_failed: pdftotext: "));
}

TEST(Pdf, WithoutProgramsItsPropertiesAreReadAndTheRestIsANote) {
  std::vector<Document> documents;
  const Limits limits;
  Reading reading{.limits = limits, .documents = documents};
  read_pdf({"2", "facture.pdf", small_pdf("IBAN")}, reading);
  EXPECT_EQ(documents.at(0).notes.at(0).code, "program_missing");
}

std::string properties_of(std::string_view objects) {
  std::string lines;
  for (const auto& [name, value] : pdf_structure(objects).properties) lines += name + "=" + value + ";";
  return lines;
}

TEST(Pdf, PropertiesAreThoseOfTheLastInformationDictionary) {
  EXPECT_EQ(properties_of("7 0 obj <</Producer(A \\(old\\))>>endobj trailer <</Info 7 0 R>>"
                          "17 0 obj <</Producer(other)>>endobj 7 0 obj <</Producer(B \\(new\\) \\351) "
                          "/ModDate (D:20260312101500+01'00')>> endobj trailer <</Info 7 0 R>>"),
            "producer=B (new) \u00e9;modified=D:20260312101500+01'00';");
  EXPECT_EQ(properties_of("%PDF-1.4 1 0 obj <</Author <FEFF00C90061> >> endobj trailer <</Info 1 0 R>>"), "author=\u00c9a;");
}

TEST(Pdf, PropertiesOfAnXmpPacketCountWhereTheDictionaryIsOutOfSight) {
  EXPECT_EQ(properties_of("<x:xmpmeta><pdf:Producer>P</pdf:Producer><rdf:Description xmp:ModifyDate=\"2026-03-12\"/><dc:creator>"
                          "<rdf:Seq><rdf:li>Anna</rdf:li></rdf:Seq></dc:creator></x:xmpmeta>"),
            "producer=P;author=Anna;modified=2026-03-12;");
  EXPECT_EQ(properties_of("no dictionary and no packet"), "");
}

/// A page that shows the pixels of that line's page.
std::string scanned_pdf(const std::string& content) {
  const auto picture = programs_here(patient())->run({Program::pdf_picture, 1, pdf_of_pages({content}).file()});
  const std::string pixels = picture.output.substr(std::string_view("P5\n1696 2400\n255\n").size());
  PdfWriter pdf;
  pdf.add("<< /Type /Catalog /Pages 2 0 R >>");
  pdf.add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
  pdf.add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>");
  pdf.add_stream("595 0 0 842 0 0 cm /I Do");
  pdf.add_stream(pixels, "/Type /XObject /Subtype /Image /Width 1696 /Height 2400 /ColorSpace /DeviceGray /BitsPerComponent 8");
  return pdf.file();
}

TEST(Pdf, AScannedOneIsANoteAndReadWhereAsked) {
  SKIP_WITHOUT(Program::pdf_picture);
  SKIP_WITHOUT(Program::picture_text);
  const std::string scan = scanned_pdf(shown("IBAN FR76 3000 6000 0112 3456 7890 189"));
  EXPECT_EQ(read(scan), "text =\f\nscan_not_read: 1 pages without text: --ocr reads them\n");
  const auto documents = documents_of(scan, {.ocr = true});
  ASSERT_FALSE(documents.at(0).texts.empty());
  EXPECT_EQ(documents.at(0).texts[0].medium, Medium::picture);
  EXPECT_EQ(documents.at(0).texts[0].place, "page 1");
  EXPECT_NE(documents.at(0).texts[0].content.find("FR76 3000 6000 0112 3456 7890 189"), std::string::npos);
}

/// Boxes side by side, each with a label over its value, as on a French bank's form; `x` of the next box.
std::string boxed(std::string_view label, std::string_view value, std::size_t width, std::size_t& x) {
  const auto words = [&](std::size_t y, std::string_view said) {
    return fmt::format("BT /F1 10 Tf {} {} Td ({}) Tj ET ", x + 4, y, said);
  };
  auto box =
      fmt::format("{0} 700 {1} 40 re S {0} 720 m {2} 720 l S ", x, width, x + width) + words(725, label) + words(706, value);
  x += width;
  return box;
}

/// Without a resolution tesseract guesses one, and loses the label or the value of a boxed key.
TEST(Pdf, AScannedFormKeepsEveryBox) {
  SKIP_WITHOUT(Program::pdf_picture);
  SKIP_WITHOUT(Program::picture_text);
  std::size_t x = 60;
  std::string form = "BT /F1 10 Tf 60 780 Td (RELEVE D IDENTITE BANCAIRE) Tj ET ";
  form += boxed("Code banque", "16958", 87, x);
  form += boxed("Code guichet", "99382", 94, x);
  form += boxed("Numero de compte", "00012345678", 122, x);
  form += boxed("Cle RIB", "15", 59, x);
  const auto documents = documents_of(scanned_pdf(form), {.ocr = true});
  ASSERT_FALSE(documents.at(0).texts.empty());
  std::string words;
  for (const char c : documents.at(0).texts[0].content) {
    if (c != ' ' && c != '\n') words += c;
  }
  EXPECT_NE(words.find("CodebanqueCodeguichetNumerodecompteCleRIB16958993820001234567815"), std::string::npos) << words;
}

TEST(Pdf, LettersThatNobodySeesAreHiddenStretchesOfItsText) {
  SKIP_WITHOUT(Program::pdf_text);
  const auto documents =
      documents_of(pdf_of_pages({shown("one"), shown("IBAN") + " 1 g BT /F1 12 Tf 200 720 Td (12) Tj ET", shown("3")}).file());
  const DocumentText& text = documents.at(0).texts.at(0);
  ASSERT_EQ(text.hidden.size(), 1U);
  const auto [begin, end, why] = text.hidden.front();
  EXPECT_EQ(text.content.substr(begin, end - begin), "12");
  EXPECT_EQ(why, text::Hiding::same_colour);
  EXPECT_TRUE(text.content.starts_with("one\n\fIBAN")) << text.content;
  EXPECT_TRUE(text.content.ends_with("12\n\f3\n\f")) << text.content;
}

/// "begin-end," of a text's hidden stretches where the page was that one, else "another".
std::string hidden_in(std::string_view page, std::size_t number) {
  DocumentText text{.content = "one\n\ftwo 12\n\fthree"};
  const auto pages = pages_of(text.content);
  if (!hide_in_page(unmarked(page), pages.at(number - 1), text)) return text.hidden.empty() ? "another" : "half";
  std::string ranges;
  for (const auto& [begin, end, why] : text.hidden) ranges += fmt::format("{}-{},", begin, end);
  return ranges;
}

TEST(Pdf, AMarkedPageHidesLettersOfThePageThatItIsAlone) {
  const std::string one = "\xF3\xB0\x80\xB1", two = "\xF3\xB0\x80\xB2";  // U+F0031, U+F0032
  EXPECT_EQ(hidden_in("two " + one + two + "\n\f", 2), "9-11,");
  EXPECT_EQ(hidden_in("two 1" + two + "\n\f", 2), "10-11,");
  EXPECT_EQ(hidden_in("two " + one + " " + two + "\n\f", 2), "another");
  EXPECT_EQ(hidden_in("two " + one + two + "\n\f", 1), "another");
  EXPECT_EQ(hidden_in("two " + one + two + "\n\f", 3), "another");
}

TEST(Pdf, OfAPageLaidOutOtherwiseWhatIsLongAndStandsThereOnceIsHidden) {
  const auto hidden = [](std::string_view plain) {
    DocumentText text{.content = "one\n\f" + std::string(plain) + "\f"};
    std::string marked = "odd\n";
    for (const char letter : std::string_view("1234 5678")) {
      if (letter == ' ')
        marked += ' ';
      else
        marked += std::string("\xF3\xB0\x80") + static_cast<char>(0x80 | letter);
    }
    EXPECT_FALSE(hide_in_page(unmarked(marked + " 12"), pages_of(text.content).at(1), text));
    std::string stretches;
    for (const auto& [begin, end, why] : text.hidden) stretches += text.content.substr(begin, end - begin) + "|";
    return stretches;
  };
  EXPECT_EQ(hidden("odd 1234 5678 12\n"), "1234 5678|");
  EXPECT_EQ(hidden("1234 5678 odd 1234 5678\n"), "");
  EXPECT_EQ(hidden("odd 12345 678\n"), "");
}

TEST(Pdf, AManyPagedOneWhosePagesAllHideLettersIsReadInTime) {
  SKIP_WITHOUT(Program::pdf_text);
  std::string content;
  for (int line = 0; line < 20; ++line) content += fmt::format("BT /F1 12 Tf 72 {} Td (a line of words) Tj ET ", 700 - line * 14);
  const std::vector<std::string> pages(1'500, content + "1 g BT /F1 12 Tf 72 740 Td (12) Tj ET");
  const auto documents = documents_of(pdf_of_pages(pages).file());
  ASSERT_EQ(documents.at(0).texts.size(), 1U);
  EXPECT_EQ(documents.at(0).texts[0].hidden.size(), pages.size());
}

/// A letter that is drawn twice is one of the text, and two where one of them is marked.
TEST(Pdf, APageThatMarksWouldSpoilStaysAsItIs) {
  SKIP_WITHOUT(Program::pdf_text);
  const auto documents = documents_of(pdf_of_pages({"1 g " + shown("IBAN 12") + " 0 g " + shown("IBAN 12")}).file());
  EXPECT_EQ(documents.at(0).texts.back().content, "IBAN 12\n\f");
  EXPECT_TRUE(documents.at(0).texts.back().hidden.empty());
}

TEST(Pdf, LettersWhoseReplacementHasOtherDigitsAreATextOfTheirOwn) {
  SKIP_WITHOUT(Program::pdf_text);
  const auto documents = documents_of(pdf_of_pages({"/Span << /ActualText (34) >> BDC " + shown("12") + " EMC"}).file());
  EXPECT_EQ(listed(documents), "text page 1 letters=12\n\f\ntext =34\n\f\nactual_text_differs: page 1\n");
  EXPECT_TRUE(documents.at(0).texts.at(0).is_replaced);
  EXPECT_FALSE(documents.at(0).texts.at(1).is_replaced);
}

TEST(Pdf, PiecesAreReadAsFarAsTheyGo) {
  const auto pieces = read_pieces("0:2:3:a:b3:4:0:1:9:5:xy");
  ASSERT_EQ(pieces.size(), 3U);
  EXPECT_EQ(pieces[0].said, "a:b");
  EXPECT_EQ(pieces[1].kind, PdfPiece::note);
  EXPECT_EQ(pieces[1].page, 4U);
  EXPECT_EQ(pieces[2].said, "xy");
  EXPECT_EQ(read_pieces("nothing").size(), 1U);
  EXPECT_EQ(read_pieces("0").size(), 1U);
}

/// A PDF of one blank page with so many files embedded, each of one line.
std::string with_files(int count) {
  PdfWriter pdf;
  std::string names;
  for (int i = 0; i < count; ++i) names += fmt::format("(f{0}) {1} 0 R ", i, 4 + 2 * i);
  pdf.add(fmt::format("<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [{}] >> >> >>", names));
  pdf.add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
  pdf.add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>");
  for (int i = 0; i < count; ++i) {
    pdf.add(fmt::format("<< /Type /Filespec /F (f{0}.txt) /UF (f{0}.txt) /EF << /F {1} 0 R >> >>", i, 5 + 2 * i));
    pdf.add_stream(fmt::format("IBAN {}", i), "/Type /EmbeddedFile /Subtype /text#2Fplain");
  }
  return pdf.file();
}

TEST(Pdf, EmbeddedFilesAreDocumentsOfTheirOwn) {
  SKIP_WITHOUT(Program::pdf_file);
  const auto documents = documents_of(with_files(2));
  ASSERT_EQ(documents.size(), 3U) << listed(documents);
  EXPECT_EQ(documents[1].name, "facture.pdf!f0.txt");
  EXPECT_EQ(documents[2].part, "2!f1.txt");
  EXPECT_EQ(documents[2].texts.at(0).content, "IBAN 1");
}

/// The first words of what was read, of each page; and the notes.
std::string begun(const std::vector<Document>& documents) {
  std::string lines;
  for (const auto& text : documents.at(0).texts) {
    for (std::size_t at = 0; at < text.content.size(); at = text.content.find('\f', at) + 1) {
      lines += text.content.substr(at, text.content.find_first_of("\n\f", at) - at) + "|";
      if (text.content.find('\f', at) == std::string::npos) break;
    }
  }
  for (const auto& note : documents.at(0).notes) lines += note.code + ": " + note.text + "|";
  return lines;
}

TEST(Pdf, ABombOfTimeEndsInANoteAndThePagesAroundItAreRead) {
  SKIP_WITHOUT(Program::pdf_text);
  EXPECT_EQ(begun(documents_of(slow_pdf(), {{.program_ms = 3'000}})),
            "IBAN before||IBAN behind|limit: program_ms: pdftotext was ended; what it had read is used|");
}

TEST(Pdf, ABombOfMemoryEndsInANoteAndThePagesAroundItAreRead) {
  SKIP_WITHOUT(Program::pdf_text);
  const std::string bytes = large_pdf();
  EXPECT_LT(bytes.size(), 700'000U);
  EXPECT_EQ(begun(documents_of(bytes, {{.program_ms = 60'000, .programs_ms = 120'000, .program_bytes = 256U << 20U}})),
            "IBAN before||IBAN behind|limit: program_bytes: pdftotext was ended; what it had read is used|");
}

TEST(Limits, pdf_bad_pages) {
  SKIP_WITHOUT(Program::pdf_text);
  const auto with = [](std::uint32_t pages) {
    return begun(documents_of(slow_pdf(), {{.program_ms = 3'000, .programs_ms = 60'000, .pdf_bad_pages = pages}}));
  };
  EXPECT_EQ(with(1), "IBAN before||IBAN behind|limit: program_ms: pdftotext was ended; what it had read is used|");
  EXPECT_EQ(with(0), "IBAN before|limit: program_ms: pdftotext was ended; what it had read is used|");
}

TEST(Limits, pdf_revisions) {
  SKIP_WITHOUT(Program::pdf_text);
  const std::string bytes = updated(updated(small_pdf("a"), "b"), "c");
  const auto with = [&](std::uint32_t revisions) { return read(bytes, {{.pdf_revisions = revisions}}); };
  EXPECT_EQ(with(2), "earlier revision revision 1=a\n\f\nearlier revision revision 2=b\n\f\ntext =c\n\f\n");
  EXPECT_EQ(with(1), "earlier revision revision 2=b\n\f\ntext =c\n\f\nlimit: pdf_revisions: 1 earlier revisions are not read\n");
}

TEST(Limits, pdf_files) {
  SKIP_WITHOUT(Program::pdf_file);
  EXPECT_EQ(documents_of(with_files(2), {{.pdf_files = 2}}).size(), 3U);
  const auto documents = documents_of(with_files(2), {{.pdf_files = 1}});
  EXPECT_EQ(documents.size(), 2U);
  EXPECT_NE(listed(documents).find("limit: pdf_files: 1 are not read\n"), std::string::npos);
}

TEST(Limits, ocr_pages) {
  SKIP_WITHOUT(Program::pdf_picture);
  SKIP_WITHOUT(Program::picture_text);
  const std::string bytes = pdf_of_pages({"", ""}).file();
  EXPECT_EQ(read(bytes, {{.ocr_pages = 2}, true}).find("limit"), std::string::npos);
  EXPECT_NE(read(bytes, {{.ocr_pages = 1}, true}).find("limit: ocr_pages: 1 pages are not read\n"), std::string::npos);
}

}  // namespace
}  // namespace threadline::documents
