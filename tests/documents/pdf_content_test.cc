// SPDX-License-Identifier: Apache-2.0
#include "documents/poppler/pdf_content.h"

#include <PDFDoc.h>
#include <gtest/gtest.h>

#include <array>

#include "documents/pdf_read.h"
#include "documents/poppler/code_places.h"

namespace threadline::documents::poppler {
namespace {

/// A QR code of version 1, the smallest there is: "SPD*1.0*ACC:CZ12".
constexpr std::array<std::string_view, 21> kModules{
    "#######.#...#.#######", "#.....#.##.#..#.....#", "#.###.#.#####.#.###.#", "#.###.#.#.#.#.#.###.#", "#.###.#..####.#.###.#",
    "#.....#.#.#.#.#.....#", "#######.#.#.#.#######", ".....................", "##..###.....#..#.####", ".#.....#....##...##.#",
    "#..#.###..#.##..##.#.", "..###..##..##..#..#..", "#.##########.####..##", "........#.#.##....#.#", "#######....#.....#.#.",
    "#.....#.#..#.##.##...", "#.###.#.#.#.#...####.", "#.###.#..##.#..######", "#.###.#...###..##....", "#.....#.#...#...#.#.#",
    "#######.##.##.#...###"};

/// What `run(row, column, length)` says for each run of dark modules; rows count from below.
template <typename Run>
std::string drawn(const Run& run) {
  std::string content;
  for (std::size_t row = 0; row < kModules.size(); ++row) {
    const std::string_view modules = kModules[row];
    for (std::size_t at = modules.find('#'); at != std::string_view::npos;) {
      const std::size_t end = std::min(modules.find('.', at), modules.size());
      content += run(kModules.size() - 1 - row, at, end - at) + "\n";
      at = modules.find('#', end);
    }
  }
  return content;
}

constexpr std::string_view kPlace = "q 3 0 0 3 100 100 cm ";

std::string as_rectangles() {
  return std::string(kPlace) +
         drawn([](auto row, auto column, auto length) { return fmt::format("{} {} {} 1 re f", column, row, length); }) + "Q";
}

std::string as_one_path() {
  return std::string(kPlace) + drawn([](auto row, auto column, auto length) {
           return fmt::format("{0} {1} m {2} {1} l {2} {3} l {0} {3} l h", column, row, column + length, row + 1);
         }) +
         "f Q";
}

std::string as_lines() {
  return std::string(kPlace) + "1 w " + drawn([](auto row, auto column, auto length) {
           return fmt::format("{0} {1}.5 m {2} {1}.5 l S", column, row, column + length);
         }) +
         "Q";
}

/// One line for each row, dashed as its modules are.
std::string as_dashes() {
  std::string content = std::string(kPlace) + "1 w ";
  for (std::size_t row = 0; row < kModules.size(); ++row) {
    const std::string_view modules = kModules[row];
    const std::size_t first = modules.find('#');
    if (first == std::string_view::npos) continue;
    std::string dashes;
    for (std::size_t at = first; at < modules.size();) {
      const std::size_t end = std::min(modules.find(modules[at] == '#' ? '.' : '#', at), modules.size());
      dashes += fmt::format("{} ", end - at);
      at = end;
    }
    if (modules.back() == '#') dashes += "99";
    content += fmt::format("[{0}] 0 d {1} {2}.5 m 21 {2}.5 l S\n", dashes, first, kModules.size() - 1 - row);
  }
  return content + "Q";
}

std::string pixels() {
  std::string bytes;
  for (const auto modules : kModules)
    for (const char module : modules) bytes += module == '#' ? '\0' : '\xFF';
  return bytes;
}

std::string with_image() {
  PdfWriter pdf = page_of("63 0 0 63 100 100 cm /I Do", "/XObject << /I 5 0 R >>");
  pdf.add_stream(pixels(), "/Type /XObject /Subtype /Image /Width 21 /Height 21 /ColorSpace /DeviceGray /BitsPerComponent 8");
  return pdf.file();
}

std::string with_inline_image() {
  return page_of("63 0 0 63 100 100 cm BI /W 21 /H 21 /CS /G /BPC 8 ID " + pixels() + "\nEI").file();
}

/// An image for each row.
std::string with_strips() {
  std::string content, names;
  for (std::size_t row = 0; row < kModules.size(); ++row) {
    content += fmt::format("q 63 0 0 3 100 {} cm /I{} Do Q\n", 100 + 3 * (20 - row), row);
    names += fmt::format("/I{} {} 0 R ", row, 5 + row);
  }
  PdfWriter pdf = page_of(content, "/XObject << " + names + ">>");
  for (std::size_t row = 0; row < kModules.size(); ++row)
    pdf.add_stream(pixels().substr(row * 21, 21),
                   "/Type /XObject /Subtype /Image /Width 21 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8");
  return pdf.file();
}

std::string with_form() {
  PdfWriter pdf = page_of("/X Do", "/XObject << /X 5 0 R >>");
  pdf.add_stream(as_rectangles(), "/Type /XObject /Subtype /Form /BBox [0 0 595 842]");
  return pdf.file();
}

/// A picture in one colour that is seen through a mask.
std::string with_soft_mask() {
  PdfWriter pdf = page_of("63 0 0 63 100 100 cm /I Do", "/XObject << /I 5 0 R >>");
  pdf.add_stream(std::string(1, '\0'),
                 "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /SMask 6 0 R");
  std::string mask = pixels();
  for (char& pixel : mask) pixel = static_cast<char>(~pixel);
  pdf.add_stream(mask, "/Type /XObject /Subtype /Image /Width 21 /Height 21 /ColorSpace /DeviceGray /BitsPerComponent 8");
  return pdf.file();
}

/// A dark page of which a clip leaves the modules.
std::string with_clip() {
  std::string path = as_one_path();
  path.replace(path.rfind("f Q"), 3, "W n 0 0 21 21 re f Q");
  return page_of(path).file();
}

/// A pattern of one tile that holds the code.
std::string with_pattern() {
  PdfWriter pdf = page_of("/Pattern cs /P scn 100 100 63 63 re f", "/Pattern << /P 5 0 R >>");
  pdf.add_stream(
      as_rectangles(),
      "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 595 842] /XStep 595 /YStep 842 /Resources << >>");
  return pdf.file();
}

/// A font of two glyphs, dark and light, that writes the code in lines.
std::string with_glyphs_for_modules() {
  std::string lines = "BT /T 1 Tf 3 0 0 3 100 163 Tm 1 TL ";
  for (const auto modules : kModules) lines += fmt::format("({}) ' ", modules);
  PdfWriter pdf = page_of(lines + "ET", "/Font << /T 5 0 R >>");
  pdf.add(
      "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /CharProcs << /d 6 0 R /l 7 0 R >> "
      "/Encoding << /Type /Encoding /Differences [35 /d 46 /l] >> /FirstChar 35 /LastChar 46 "
      "/Widths [1 0 0 0 0 0 0 0 0 0 0 1] /Resources << >> >>");
  pdf.add_stream("1 0 d0 0 0 1 1 re f");
  pdf.add_stream("1 0 d0");
  return pdf.file();
}

/// One module as a form that is painted for each dark one.
std::string with_a_form_for_each_run() {
  PdfWriter pdf = page_of(std::string(kPlace) + drawn([](auto row, auto column, auto length) {
                            return fmt::format("q {} 0 0 1 {} {} cm /X Do Q", length, column, row);
                          }) + "Q",
                          "/XObject << /X 5 0 R >>");
  pdf.add_stream("0 0 1 1 re f", "/Type /XObject /Subtype /Form /BBox [0 0 1 1]");
  return pdf.file();
}

std::string with_type_3_font() {
  PdfWriter pdf = page_of("BT /T 1 Tf 100 100 Td (q) Tj ET", "/Font << /T 5 0 R >>");
  pdf.add(
      "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 300 300] /FontMatrix [1 0 0 1 0 0] /CharProcs << /q 6 0 R >> "
      "/Encoding << /Type /Encoding /Differences [113 /q] >> /FirstChar 113 /LastChar 113 /Widths [300] /Resources << >> >>");
  pdf.add_stream("300 0 d0 1 0 0 1 -100 -100 cm " + as_rectangles());
  return pdf.file();
}

constexpr std::string_view kRead = "1:SPD*1.0*ACC:CZ12|";

TEST(PdfContent, ACodeIsReadHoweverItIsDrawn) {
  for (const std::string& content : {as_rectangles(), as_one_path(), as_lines(), as_dashes()})
    EXPECT_EQ(read(page_of(content).file()).codes, kRead) << content.substr(0, 60);
  EXPECT_EQ(read(with_image()).codes, kRead);
  EXPECT_EQ(read(with_inline_image()).codes, kRead);
  EXPECT_EQ(read(with_strips()).codes, kRead);
  EXPECT_EQ(read(with_soft_mask()).codes, kRead);
  EXPECT_EQ(read(with_form()).codes, kRead);
  EXPECT_EQ(read(with_a_form_for_each_run()).codes, kRead);
  EXPECT_EQ(read(with_clip()).codes, kRead);
  EXPECT_EQ(read(with_pattern()).codes, kRead);
  EXPECT_EQ(read(with_type_3_font()).codes, kRead);
  EXPECT_EQ(read(with_glyphs_for_modules()).codes, kRead);
}

TEST(PdfContent, TwoCodesOnAPageOfWordsAreBothRead) {
  std::string content = as_rectangles() + " q 1 0 0 1 250 400 cm " + as_one_path() + " Q ";
  for (int line = 0; line < 30; ++line)
    content += fmt::format("BT /F1 10 Tf 20 {} Td (Article {}, 1 250,00 EUR) Tj ET\n", 800 - line * 10, line);
  PdfWriter pdf = page_of(content, "/Font << /F1 5 0 R >>");
  pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  EXPECT_EQ(read(pdf.file()).codes, std::string(kRead) + std::string(kRead));
}

TEST(PdfContent, CodesAreLookedForOnTheFirstAndTheLastPages) {
  const std::string code = as_rectangles();
  const std::string file = pdf_of_pages({code, code, code, code, code}).file();
  const auto pages = [](const std::string& codes) {
    std::string numbers;
    for (std::size_t at = codes.find(':'); at < codes.size(); at = codes.find(':', codes.find('|', at))) numbers += codes[at - 1];
    return numbers;
  };
  EXPECT_EQ(pages(read(file, 3).codes), "125");
  EXPECT_EQ(pages(read(file, 9).codes), "12345");
  EXPECT_EQ(read(file, 0).codes, "");
}

TEST(PdfContent, TheTextIsLaidOutAndItsPagesEnd) {
  const std::string file = pdf_of_pages({shown("IBAN before"), shown("IBAN behind")}).file();
  EXPECT_EQ(read(file).text, "IBAN before\n\fIBAN behind\n\f");
}

TEST(PdfContent, WhatIsNoPdfIsNotRead) {
  start_poppler();
  EXPECT_FALSE(read_content("%PDF-1.4\nnothing", 1, {}));
  EXPECT_FALSE(read_content(pdf_of_pages({}).file(), 1, {}));
}

TEST(PdfContent, TenLettersThatTheirFontDoesNotTellAreToldOfOnAnyPage) {
  const auto with = [](std::string_view codes, std::string_view map) {
    std::string content;
    for (int line = 0; line < 9; ++line)
      content += fmt::format("BT /F1 9 Tf 72 {} Td (words of a page of terms) Tj ET ", 700 - line * 9);
    PdfWriter pdf = page_of(content + fmt::format("BT /F2 9 Tf 72 600 Td <{}> Tj ET", codes), "/Font << /F1 5 0 R /F2 6 0 R >>");
    pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    pdf.add(fmt::format("<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [7 0 R] {} >>", map));
    pdf.add(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement "
        "0 "
        ">> /FontDescriptor << /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 0 1 1] /ItalicAngle 0 /Ascent 1 /Descent "
        "0 "
        "/CapHeight 1 /StemV 1 >> /DW 556 >>");
    pdf.add_stream(
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange "
        "<0000> "
        "<00FF> <0030> endbfrange endcmap end");
    return read(pdf.file()).pieces;
  };
  const std::string ten = "0013001400150016001700180019001A001B001C";
  EXPECT_EQ(with(ten, ""), "5 1=|");
  EXPECT_EQ(with(ten, "/ToUnicode 8 0 R"), "");
  EXPECT_EQ(with(ten.substr(4), ""), "");
}

TEST(PdfContent, NotesOnAPageAreToldAndWhatIsDrawnIsNot) {
  const auto with = [](std::string_view type) {
    PdfWriter pdf = pdf_of_pages({shown("bill")});
    std::string file = pdf.file();
    const std::string page = "/Type /Page /Parent";
    return file.insert(file.find(page), fmt::format("/Annots [<< /Type /Annot /Subtype /{} /Rect [9 9 30 30] /QuadPoints [9 9 9 "
                                                    "30 30 9 30 30] /Contents (IBAN\\rBIC) >>] ",
                                                    type));
  };
  EXPECT_EQ(read(with("Text")).pieces, "3 1=IBAN\nBIC|");
  EXPECT_EQ(read(with("Highlight")).pieces, "3 1=IBAN\nBIC|");
  EXPECT_EQ(read(with("Link")).pieces, "");
}

TEST(PdfContent, TheXmlOfAFormIsTold) {
  PdfWriter pdf = pdf_of_pages({shown("Please wait")});
  pdf.add_stream("<xdp>");
  pdf.add_stream("<iban>FR76</iban></xdp>");
  std::string file = pdf.file();
  const std::string catalog = "/Type /Catalog";
  file.insert(file.find(catalog), "/AcroForm << /Fields [] /XFA [(a) 6 0 R (b) 7 0 R] >> ");
  EXPECT_EQ(read(file).pieces, "4 0=<xdp>\n|4 0=<iban>FR76</iban></xdp>\n|");
}

/// Places on its only page.
std::vector<Place> places_of(const std::string& bytes) {
  start_poppler();
  PDFDoc document(new MemStream(bytes.data(), 0, static_cast<Goffset>(bytes.size()), Object(objNull)));
  const double pixels = kLongSide / document.getPageMediaHeight(1);
  CodePlaces places(static_cast<int>(document.getPageMediaWidth(1) * pixels), kLongSide);
  document.displayPage(&places, 1, 72 * pixels, 72 * pixels, 0, true, false, false);
  return places.places();
}

/// An invoice: lines of text, the lines of a table, a frame, and one pixel that is stretched.
std::string invoice(std::string_view more = {}) {
  std::string content;
  for (int line = 0; line < 30; ++line)
    content += fmt::format("BT /F1 10 Tf 20 {} Td [(Artic)-20(l)-10(e \\(100 %)-3(d)8(re) ] TJ ET\n", 790 - line * 12);
  for (int line = 0; line < 12; ++line) content += fmt::format("20 {0} m 280 {0} l S\n", 790 - line * 20);
  PdfWriter pdf = page_of(content + fmt::format("q 260 0 0 1 20 20 cm /I Do Q 20 20 260 240 re S {}", more),
                          "/Font << /F1 6 0 R >> /XObject << /I 5 0 R /L 7 0 R >>");
  pdf.add_stream("\x80", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8");
  pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  pdf.add_stream(std::string(40 * 40, '\x80'),
                 "/Type /XObject /Subtype /Image /Width 40 /Height 40 /ColorSpace /DeviceGray /BitsPerComponent 8");
  return pdf.file();
}

TEST(CodePlaces, WordsAndTheLinesOfATableAreNoPlace) { EXPECT_TRUE(places_of(invoice()).empty()); }

TEST(CodePlaces, OfAPageWithALogoOnlyTheLogoIsDrawn) {
  const auto places = places_of(invoice("q 80 0 0 80 450 700 cm /L Do Q"));
  ASSERT_EQ(places.size(), 1U);
  const double pixels = kLongSide / 842.0;
  EXPECT_LE(places[0].x, 450 * pixels);
  EXPECT_GE(places[0].x + places[0].width, 530 * pixels);
  EXPECT_LE(places[0].y, (842 - 780) * pixels);
  EXPECT_GE(places[0].y + places[0].height, (842 - 700) * pixels);
  EXPECT_LT(places[0].width * places[0].height, 1'696 * 2'400 / 10);
}

TEST(CodePlaces, WhatStandsOutsideOfThePageOrNowhereIsNoPlace) {
  EXPECT_TRUE(places_of(invoice("q 1 0 0 1 9e9 -9e9 cm " + as_rectangles() + " Q")).empty());
  EXPECT_TRUE(places_of(invoice("q 0 0 0 0 0 0 cm " + as_one_path() + " Q")).size() <= 1);
}

}  // namespace
}  // namespace threadline::documents::poppler
