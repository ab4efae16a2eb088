// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "base/utf8.h"
#include "documents/pdf_read.h"

namespace threadline::documents::poppler {
namespace {

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
  for (const char letter : letters) append_utf8(utf8, pdf_mark(why) + static_cast<unsigned char>(letter));
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

TEST(PdfLook, LettersOfTheMarksOwnPlanesAreNone) {
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

TEST(PdfLook, NoLetterEndsAPageOrIsAMark) {
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

TEST(PdfLook, LettersAreToldWhereTheirReplacementHasOtherDigits) {
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

TEST(PdfLook, AReplacementThatIsNotEndedTakesNothingWithIt) {
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

TEST(PdfLook, LettersAreToldWhereAnAccountMayBeReplacedByItsDigits) {
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
TEST(PdfLook, AHiddenLetterIsMarkedAsADigitIs) {
  const auto with = [](std::string_view colour) {
    return read(page_with(fmt::format("BT /F1 12 Tf 200 720 Td (1) Tj {} g (i) Tj 0 g (2) Tj ET", colour))).pieces;
  };
  EXPECT_NE(with("1").find("1" + marked("i", PdfHiding::colour) + "2"), std::string::npos) << with("1");
  EXPECT_EQ(with("0.4"), "");
}

/// As a halo around a letter is drawn. Of two that nobody sees one is told.
TEST(PdfLook, ALetterThatIsDrawnTwiceIsSeenWhereOneIsAndIsOneInTheMarkedPage) {
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

TEST(PdfLook, WordsThatStandForHiddenLettersAloneAreMarked) {
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

}  // namespace
}  // namespace threadline::documents::poppler
