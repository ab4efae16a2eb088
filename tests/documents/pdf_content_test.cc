// SPDX-License-Identifier: Apache-2.0
#include "documents/poppler/pdf_content.h"

#include <PDFDoc.h>
#include <gtest/gtest.h>

#include <array>
#include <optional>

#include "documents/pdf_writer.h"
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

/// A page of that content; further objects are from 5 on.
PdfWriter page_of(const std::string& content, std::string_view resources = {}) {
  PdfWriter pdf;
  pdf.add("<< /Type /Catalog /Pages 2 0 R >>");
  pdf.add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
  pdf.add(fmt::format("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << {} >> >>", resources));
  pdf.add_stream(content);
  return pdf;
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

struct Read {
  std::string text, codes;
  std::string pieces;  ///< "kind page=said|" of the others
};

/// "page:code|" each.
Read read(const std::string& bytes, std::uint32_t code_pages = 10) {
  static const bool started = (start_poppler(), true);
  Read read;
  const Heard heard{.text = [&](std::string_view piece) { return read.text += piece, started; },
                    .text_ends = [] { return true; },
                    .piece =
                        [&](PdfPiece kind, std::uint32_t page, std::string_view said) {
                          if (kind == PdfPiece::code) {
                            read.codes += fmt::format("{}:{}|", page, said);
                          } else {
                            read.pieces += fmt::format("{} {}={}|", static_cast<std::uint32_t>(kind), page, said);
                          }
                          return true;
                        }};
  EXPECT_TRUE(read_content(bytes, code_pages, heard));
  return read;
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

/// A page that shows "IBAN", then "12" in its own way; object 5 is the font, further ones from 6 on.
std::string page_with(std::string_view twelve, std::string_view resources = {}, std::vector<std::string> more = {}) {
  PdfWriter pdf =
      page_of(fmt::format("BT /F1 12 Tf 72 720 Td (IBAN) Tj ET\n{}", twelve), fmt::format("/Font << /F1 5 0 R >> {}", resources));
  pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  for (std::string& object : more) pdf.add(std::move(object));
  return pdf.file();
}

constexpr std::string_view kTwelve = "BT /F1 12 Tf 200 720 Td (12) Tj ET";

std::string in_white(std::string_view before = {}, std::string_view behind = {}) {
  return fmt::format("{} 1 g {} {}", before, kTwelve, behind);
}

/// A letter of the text with the mark of a hidden one.
std::string marked(std::string_view letters, PdfHiding why) {
  std::string utf8;
  for (const char letter : letters) {
    const std::uint32_t at = pdf_mark(why) + static_cast<unsigned char>(letter);
    for (const unsigned shift : {18U, 12U, 6U, 0U})
      utf8 += static_cast<char>(shift == 18U ? 0xF0U | (at >> shift) : 0x80U | ((at >> shift) & 0x3FU));
  }
  return utf8;
}

struct DrawnRow {
  std::string_view name;
  std::string file;
  std::optional<PdfHiding> why;
};

class DrawnText : public testing::TestWithParam<DrawnRow> {};

TEST_P(DrawnText, IsMarkedWhereNobodySeesIt) {
  const Read of = read(GetParam().file);
  EXPECT_NE(of.text.find("12"), std::string::npos);
  if (GetParam().why) {
    EXPECT_TRUE(of.pieces.starts_with("1 1=IBAN ")) << of.pieces;
    EXPECT_NE(of.pieces.find(marked("12", *GetParam().why)), std::string::npos) << of.pieces;
  } else {
    EXPECT_EQ(of.pieces, "");
  }
}

constexpr std::string_view kPhoto = "\x80\x20";

/// A picture of two pixels that lies over the digits.
std::string with_picture(std::string_view twelve, bool is_first, std::string_view pixels = kPhoto) {
  constexpr std::string_view kPicture = "q 500 0 0 100 50 700 cm /I Do Q";
  PdfWriter pdf = page_of(
      fmt::format("BT /F1 12 Tf 72 720 Td (IBAN) Tj ET {} {} {}", is_first ? kPicture : "", twelve, is_first ? "" : kPicture),
      "/Font << /F1 5 0 R >> /XObject << /I 6 0 R >>");
  pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  pdf.add_stream(pixels, "/Type /XObject /Subtype /Image /Width 2 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8");
  return pdf.file();
}

/// A picture of one pixel, in the content.
std::string on_inline_picture(std::string_view pixel) {
  return page_with(in_white(fmt::format("q 500 0 0 100 50 700 cm BI /W 1 /H 1 /BPC 8 /CS /G ID {}\nEI Q", pixel)));
}

std::string on_stencil(std::string_view colour) {
  return page_with(
      in_white(fmt::format("{} q 500 0 0 100 50 700 cm BI /IM true /W 1 /H 1 ID {}\nEI Q", colour, std::string_view("\0", 1))));
}

const std::string kUnpainted = "3 Tr " + std::string(kTwelve);

const std::string kBand = "0 0 0.4 rg 0 680 595 80 re f ";

/// Thin rectangles over the whole page, one above the other.
std::string strips(std::string_view colour, double from, int count, double apart) {
  std::string content(colour);
  for (int i = 0; i < count; ++i) content += fmt::format(" 0 {:.2f} 595 0.9 re f", from + i * apart);
  return content + " ";
}

/// Where the digits stand.
std::string outlines(std::string_view colour) {
  return fmt::format("{} 200 720 m 203 729 l 206 720 l f 207 720 m 210 729 l 213 720 l f ", colour);
}

INSTANTIATE_TEST_SUITE_P(
    PdfContent, DrawnText,
    testing::Values(
        DrawnRow{"black", page_with(kTwelve), std::nullopt}, DrawnRow{"white", page_with(in_white()), PdfHiding::colour},
        DrawnRow{"nearly_white", page_with(fmt::format("0.98 0.99 0.98 rg {}", kTwelve)), PdfHiding::colour},
        DrawnRow{"white_in_cmyk", page_with(fmt::format("0 0 0 0 k {}", kTwelve)), PdfHiding::colour},
        DrawnRow{"grey", page_with(fmt::format("0.6 g {}", kTwelve)), std::nullopt},
        DrawnRow{"white_on_a_dark_band", page_with(in_white("0 0 0.4 rg 0 700 595 60 re f")), std::nullopt},
        DrawnRow{"white_beside_a_dark_band", page_with(in_white("0 0 0.4 rg 0 300 595 60 re f")), PdfHiding::colour},
        DrawnRow{"white_on_a_white_box_on_a_dark_band",
                 page_with(in_white("0 0 0.4 rg 0 700 595 60 re f 1 g 190 710 100 30 re f")), PdfHiding::colour},
        DrawnRow{"dark_on_a_dark_band", page_with(fmt::format("0 0 0.4 rg 190 700 300 60 re f {}", kTwelve)), PdfHiding::colour},
        DrawnRow{"white_on_a_thick_line", page_with(in_white("0 0 0.4 RG 40 w 0 725 m 595 725 l S")), std::nullopt},
        DrawnRow{"white_on_a_thin_line", page_with(in_white("0 0 0.4 RG 1 w 0 718 m 595 718 l S")), PdfHiding::colour},
        DrawnRow{"white_on_a_shape",
                 page_with(in_white("0 0 0.4 rg 0 690 m 595 690 l 300 800 l f 1 g 0 690 m 595 690 l 300 801 l f")), std::nullopt},
        DrawnRow{"white_on_a_band_with_a_white_triangle", page_with(in_white(kBand + "1 g 150 700 m 300 700 l 300 760 l h f")),
                 std::nullopt},
        DrawnRow{"white_on_a_white_triangle", page_with(in_white("1 g 150 700 m 300 700 l 300 760 l h f")), PdfHiding::colour},
        DrawnRow{"white_on_a_band_with_a_white_clip_of_a_triangle",
                 page_with(in_white(kBand + "q 150 700 m 300 700 l 300 760 l h W n 1 g 150 700 150 60 re f Q")), std::nullopt},
        DrawnRow{"white_on_a_band_with_a_white_clip_of_a_rectangle",
                 page_with(in_white(kBand + "q 150 700 150 60 re W n 1 g 0 0 595 842 re f Q")), PdfHiding::colour},
        DrawnRow{"white_behind_a_clip_that_is_over",
                 page_with(in_white(kBand + "q 0 0 m 9 0 l 9 9 l h W n Q 1 g 150 700 150 60 re f")), PdfHiding::colour},
        DrawnRow{"black_in_a_black_frame", page_with("0 g 100 650 300 100 re 102 652 296 96 re f* " + std::string(kTwelve)),
                 std::nullopt},
        DrawnRow{"white_on_dark_strips", page_with(in_white(strips("0 0 0.4 rg", 700, 70, 0.8))), std::nullopt},
        DrawnRow{"white_on_white_strips", page_with(in_white(strips("1 g", 700, 70, 0.8))), PdfHiding::colour},
        DrawnRow{"white_on_strips_under_a_white_box",
                 page_with(in_white(strips("0 0 0.4 rg", 700, 70, 0.8) + "1 g 190 710 100 30 re f")), PdfHiding::colour},
        DrawnRow{"white_with_a_rule_through_it", page_with(in_white("0 g 0 723 595 0.8 re f")), PdfHiding::colour},
        DrawnRow{"white_on_a_page_of_rules", page_with(in_white(strips("0 g", 100, 600, 0.8))), PdfHiding::colour},
        DrawnRow{"white_on_a_transparent_box",
                 page_with(in_white("q /G gs 0 g 0 700 595 60 re f Q"), "/ExtGState << /G << /ca 0 >> >>"), PdfHiding::colour},
        DrawnRow{"not_painted_over_outlines", page_with(outlines("0 g") + kUnpainted), std::nullopt},
        DrawnRow{"not_painted_under_outlines", page_with(kUnpainted + " 0 Tr " + outlines("0 g")), std::nullopt},
        DrawnRow{"not_painted_over_white_outlines", page_with(outlines("1 g") + kUnpainted), PdfHiding::size},
        DrawnRow{"not_painted_over_a_band", page_with(kBand + kUnpainted), PdfHiding::size},
        DrawnRow{"white_in_a_narrow_clip", page_with(in_white("q 0 0 1 1 re W n 0 0 0.4 rg 0 700 595 60 re f Q")),
                 PdfHiding::colour},
        DrawnRow{"white_on_a_shading",
                 page_with(in_white("q 0 700 595 60 re W n /S sh Q"),
                           "/Shading << /S << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 600 0] /Extend [true true] "
                           "/Function << /FunctionType 2 "
                           "/Domain [0 1] /C0 [0] /C1 [0.2] /N 1 >> >> >>"),
                 std::nullopt},
        DrawnRow{"white_with_a_black_edge", page_with("2 Tr 0 G " + in_white()), std::nullopt},
        DrawnRow{"white_on_a_picture", with_picture(in_white(), true), std::nullopt},
        DrawnRow{"white_on_a_picture_of_grey", with_picture(in_white(), true, "\x80\x80"), std::nullopt},
        DrawnRow{"white_on_a_picture_of_white", with_picture(in_white(), true, "\xFF\xFE"), PdfHiding::colour},
        DrawnRow{"white_on_a_picture_of_grey_in_the_content", on_inline_picture("\x80"), std::nullopt},
        DrawnRow{"white_on_a_picture_of_white_in_the_content", on_inline_picture("\xFF"), PdfHiding::colour},
        DrawnRow{"white_on_a_black_stencil", on_stencil("0 g"), std::nullopt},
        DrawnRow{"white_on_a_white_stencil", on_stencil("1 g"), PdfHiding::colour},
        DrawnRow{"tiny_on_a_picture", with_picture("BT /F1 0.3 Tf 200 720 Td (12) Tj ET", true), PdfHiding::size},
        DrawnRow{"not_painted_over_a_picture_of_grey", with_picture(kUnpainted, true, "\x80\x80"), PdfHiding::size},
        DrawnRow{"tiny", page_with("BT /F1 0.3 Tf 200 720 Td (12) Tj ET"), PdfHiding::size},
        DrawnRow{"tiny_by_its_matrix", page_with("BT /F1 1 Tf 0.3 0 0 0.3 200 720 Tm (12) Tj ET"), PdfHiding::size},
        DrawnRow{"large_by_its_matrix", page_with("BT /F1 1 Tf 12 0 0 12 200 720 Tm (12) Tj ET"), std::nullopt},
        DrawnRow{"not_painted", page_with(kUnpainted), PdfHiding::size},
        DrawnRow{"not_painted_over_a_picture", with_picture(kUnpainted, true), std::nullopt},
        DrawnRow{"not_painted_under_a_picture", with_picture(kUnpainted, false), std::nullopt},
        DrawnRow{"transparent", page_with(fmt::format("/G gs {}", kTwelve), "/ExtGState << /G << /ca 0 >> >>"),
                 PdfHiding::colour}),
    [](const testing::TestParamInfo<DrawnRow>& row) { return std::string(row.param.name); });

TEST(PdfContent, LettersOfTheMarksOwnPlanesAreNone) {
  const std::string map =
      "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <31> "
      "<DB80DC31> endbfchar "
      "endcmap end";
  PdfWriter pdf = page_of(std::string(kTwelve), "/Font << /F1 5 0 R >>");
  pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>");
  pdf.add_stream(map);
  EXPECT_EQ(read(pdf.file()).text,
            "\xEF\xBF\xBD"
            "2\n\f");
}

TEST(PdfContent, NoLetterEndsAPageOrIsAMark) {
  const auto with = [](std::string_view letter) {
    const std::string map =
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <31> <" +
        std::string(letter) + "> endbfchar endcmap end";
    PdfWriter pdf = page_of(std::string(kTwelve), "/Font << /F1 5 0 R >>");
    pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>");
    pdf.add_stream(map);
    return read(pdf.file()).text;
  };
  EXPECT_EQ(std::ranges::count(with("000C002E"), '\f'), 1);
  EXPECT_NE(with("0041000C0042").find("A B2\n\f"), std::string::npos);
  const auto said = [](std::string_view words) {
    return read(page_with(fmt::format("/Span << /ActualText <FEFF{}> >> BDC {} EMC", words, kTwelve))).text;
  };
  EXPECT_EQ(std::ranges::count(said("0031000C0032"), '\f'), 1);
  EXPECT_NE(said("DB80DC310032")
                .find("\xEF\xBF\xBD"
                      "2"),
            std::string::npos);
  EXPECT_NE(said("D83DDE000032")
                .find("\xF0\x9F\x98\x80"
                      "2"),
            std::string::npos);
}

TEST(PdfContent, LettersAreToldWhereTheirReplacementHasOtherDigits) {
  const auto with = [](std::string_view words, std::string_view shown) {
    return read(page_with(fmt::format("/Span << /ActualText ({}) >> BDC BT /F1 12 Tf 200 720 Td ({}) Tj ET EMC", words, shown)));
  };
  const Read lie = with("34", "12");
  EXPECT_NE(lie.text.find("34"), std::string::npos);
  EXPECT_TRUE(lie.pieces.starts_with("2 1=IBAN")) << lie.pieces;
  EXPECT_NE(lie.pieces.find("12"), std::string::npos);
  EXPECT_EQ(with("12", "12").pieces, "");
  EXPECT_EQ(with("12 EUR", "1 2").pieces, "");
  EXPECT_EQ(with("12", "ab").pieces, "");
}

TEST(PdfContent, AReplacementThatIsNotEndedTakesNothingWithIt) {
  const auto with = [](std::string_view words, std::string_view behind) {
    return read(pdf_of_pages({fmt::format("{} /Span << /ActualText ({}) >> BDC BT /F1 12 Tf 72 700 Td (12) Tj ET {}",
                                          shown("IBAN"), words, behind),
                              shown("the next page")})
                    .file());
  };
  for (const std::string_view behind : {"", "EMC", "/Span << /ActualText ( ) >> BDC EMC EMC"}) {
    const Read lie = with("34", behind);
    EXPECT_EQ(lie.text, "IBAN\n34\n\fthe next page\n\f") << behind;
    EXPECT_EQ(lie.pieces, "2 1=IBAN\n12\n\f|") << behind;
    const Read honest = with("12", behind);
    EXPECT_EQ(honest.text, "IBAN\n12\n\fthe next page\n\f") << behind;
    EXPECT_EQ(honest.pieces, "") << behind;
  }
}

TEST(PdfContent, LettersAreToldWhereAnAccountMayBeReplacedByItsDigits) {
  const auto with = [](std::string_view words, std::string_view shown) {
    return read(page_with(fmt::format("/Span << /ActualText ({}) >> BDC BT /F1 12 Tf 200 720 Td ({}) Tj ET EMC", words, shown)))
        .pieces;
  };
  EXPECT_TRUE(with("ref 12345678", "FR12345678").starts_with("6 1=IBAN"));
  EXPECT_NE(with("ref 12345678", "FR12345678").find("FR12345678"), std::string::npos);
  EXPECT_TRUE(with("ref 12345679", "FR12345678").starts_with("2 1=IBAN"));
  EXPECT_EQ(with("le 1234567", "n 1234567"), "");
}

/// A letter in an account is what its digits are: what breaks it for programs alone.
TEST(PdfContent, AHiddenLetterIsMarkedAsADigitIs) {
  const auto with = [](std::string_view colour) {
    return read(page_with(fmt::format("BT /F1 12 Tf 200 720 Td (1) Tj {} g (i) Tj 0 g (2) Tj ET", colour))).pieces;
  };
  EXPECT_NE(with("1").find("1" + marked("i", PdfHiding::colour) + "2"), std::string::npos) << with("1");
  EXPECT_EQ(with("0.4"), "");
}

/// As a halo around a letter is drawn. Of two that nobody sees one is told.
TEST(PdfContent, ALetterThatIsDrawnTwiceIsSeenWhereOneIsAndIsOneInTheMarkedPage) {
  const auto with = [](std::string_view first, std::string_view second, int second_at = 200) {
    return read(page_with(fmt::format("{} 1 g BT /F1 12 Tf 300 720 Td (7) Tj ET 0 g {} BT /F1 12 Tf {} 720 Td (12) Tj ET", first,
                                      second, second_at)))
        .pieces;
  };
  const std::string white = in_white(), seven = marked("7", PdfHiding::colour), twelve = marked("12", PdfHiding::colour);
  const auto has = [](const std::string& pieces, const std::string& letters) {
    return pieces.find(letters) != std::string::npos;
  };
  for (const std::string& pieces : {with(white, ""), with(std::string(kTwelve), "1 g")}) {
    EXPECT_TRUE(has(pieces, " 12 ") && has(pieces, seven) && !has(pieces, twelve)) << pieces;
  }
  const std::string unseen = with(white, "3 Tr");
  EXPECT_TRUE(has(unseen, " " + twelve + " ") && has(unseen, seven)) << unseen;
  const std::string beside = with(white, "", 230);
  EXPECT_TRUE(has(beside, " " + twelve + " ") && has(beside, " 12 ")) << beside;
}

TEST(PdfContent, WordsThatStandForHiddenLettersAloneAreMarked) {
  const auto with = [](std::string_view colour, std::string_view seen) {
    return read(page_with(fmt::format("/Span << /ActualText (9) >> BDC EMC /Span << /ActualText (12) >> BDC {} {} 0 g {} EMC",
                                      colour, kTwelve, seen)))
        .pieces;
  };
  const std::string twelve = marked("12", PdfHiding::colour);
  EXPECT_NE(with("1 g", "").find(twelve), std::string::npos);
  EXPECT_EQ(with("0 g", ""), "");
  EXPECT_EQ(with("1 g", "BT /F1 12 Tf 250 720 Td (a) Tj ET").find(twelve), std::string::npos);
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
