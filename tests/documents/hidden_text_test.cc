// SPDX-License-Identifier: Apache-2.0
// What a person does not see in a document, each with its twin that is seen.
#include <gtest/gtest.h>

#include "heard_documents.h"
#include "office_writer.h"

namespace threadline::documents {
namespace {

std::string_view word_of(text::Hiding why) {
  switch (why) {
    case text::Hiding::same_colour: return "colour";
    case text::Hiding::zero_size: return "size";
    case text::Hiding::display_none: return "gone";
    default: return "other";
  }
}

/// "why{words}" of each hidden stretch of a file.
std::string hidden_in(const std::string& bytes) {
  std::string all;
  for (const Document& document : documents_of_file(bytes)) {
    for (const DocumentText& text : document.texts) {
      for (const text::HiddenRange& one : text.hidden)
        all += std::string(word_of(one.why)) + "{" + text.content.substr(one.begin, one.end - one.begin) + "}";
    }
  }
  return all;
}

struct Row {
  std::string_view name;
  std::string file, hidden;
};

class HiddenText : public testing::TestWithParam<Row> {};

TEST_P(HiddenText, IsToldAndWhatIsSeenIsNot) { EXPECT_EQ(hidden_in(GetParam().file), GetParam().hidden); }

std::string name_of_row(const testing::TestParamInfo<Row>& info) { return std::string(info.param.name); }

// Word.

std::string formatted(std::string_view properties, std::string_view words = "FR76") {
  return "<w:r><w:rPr>" + std::string(properties) + "</w:rPr><w:t>" + std::string(words) + "</w:t></w:r>";
}

std::string seen_and(std::string_view properties) { return docx(paragraph(run("IBAN ") + formatted(properties) + run("."))); }

constexpr std::string_view kWhite = "<w:color w:val='FFFFFF'/>";

std::string shaded(std::string_view fill) { return "<w:shd w:val='clear' w:color='auto' w:fill='" + std::string(fill) + "'/>"; }

std::string white_in(std::string_view paragraph_properties) {
  return docx(paragraph("<w:pPr>" + std::string(paragraph_properties) + "</w:pPr>" + formatted(kWhite)));
}

std::string white_in_cell(std::string_view table, std::string_view cell, std::vector<File> more = {}) {
  return docx("<w:tbl><w:tblPr>" + std::string(table) + "</w:tblPr><w:tr><w:tc><w:tcPr>" + std::string(cell) + "</w:tcPr>" +
                  paragraph(formatted(kWhite)) + "</w:tc></w:tr></w:tbl>",
              std::move(more));
}

std::string styled(std::string_view style, std::string_view body) {
  return docx(body, {{"word/styles.xml", xml_of("w:styles", style)}});
}

std::string paragraph_of_style() { return paragraph("<w:pPr><w:pStyle w:val='S'/></w:pPr>" + run("FR76")); }

std::string white_before(std::string_view header) {
  return docx(paragraph(formatted(kWhite)), {{"word/header1.xml", xml_of("w:hdr", paragraph(header))}});
}

INSTANTIATE_TEST_SUITE_P(
    Docx, HiddenText,
    testing::Values(
        Row{"white_on_white", seen_and(kWhite), "colour{FR76}"},
        Row{"nearly_white", seen_and("<w:color w:val='FAFAFA'/>"), "colour{FR76}"},
        Row{"white_of_the_theme", seen_and("<w:color w:val='FFFFFF' w:themeColor='background1'/>"), "colour{FR76}"},
        Row{"grey", seen_and("<w:color w:val='A0A0A0'/>"), ""}, Row{"automatic", seen_and("<w:color w:val='auto'/>"), ""},
        Row{"white_on_a_dark_run", seen_and(std::string(kWhite) + shaded("1F3864")), ""},
        Row{"dark_on_a_dark_run", seen_and("<w:color w:val='1F3864'/>" + shaded("1F3864")), "colour{FR76}"},
        Row{"white_on_a_black_mark", seen_and(std::string(kWhite) + "<w:highlight w:val='black'/>"), ""},
        Row{"yellow_on_a_yellow_mark", seen_and("<w:color w:val='FFFF00'/><w:highlight w:val='yellow'/>"), "colour{FR76}"},
        Row{"white_in_a_dark_paragraph", white_in(shaded("1F3864")), ""},
        Row{"white_in_a_white_paragraph", white_in(shaded("FFFFFF")), "colour{FR76}"},
        Row{"white_in_a_shade_of_the_theme", white_in("<w:shd w:val='clear' w:themeFill='accent1'/>"), ""},
        Row{"white_in_a_dark_cell", white_in_cell("", shaded("1F3864")), ""},
        Row{"white_in_a_plain_cell", white_in_cell("", ""), "colour{FR76}"},
        Row{"white_in_a_dark_table", white_in_cell(shaded("1F3864"), ""), ""},
        Row{"white_in_a_table_whose_style_paints",
            white_in_cell("<w:tblStyle w:val='T'/>", "",
                          {{"word/styles.xml",
                            xml_of("w:styles", "<w:style w:type='table' w:styleId='T'><w:tblStylePr w:type='firstRow'><w:tcPr>" +
                                                   shaded("4472C4") + "</w:tcPr></w:tblStylePr></w:style>")}}),
            ""},
        Row{"white_in_a_table_whose_style_does_not",
            white_in_cell("<w:tblStyle w:val='T'/>", "",
                          {{"word/styles.xml", xml_of("w:styles", "<w:style w:type='table' w:styleId='T'/>")}}),
            "colour{FR76}"},
        Row{"white_in_a_row_with_a_shade_of_its_own",
            docx("<w:tbl><w:tr><w:tblPrEx>" + shaded("1F3864") + "</w:tblPrEx><w:tc>" + paragraph(formatted(kWhite)) +
                 "</w:tc></w:tr></w:tbl>"),
            ""},
        Row{"white_in_a_text_box",
            docx(paragraph("<w:r><w:pict><w:txbxContent>" + paragraph(formatted(kWhite)) + "</w:txbxContent></w:pict></w:r>")),
            ""},
        Row{"white_before_a_picture_of_the_header",
            white_before("<w:r><w:drawing><wp:anchor xmlns:wp='wp' behindDoc=\"1\"/></w:drawing></w:r>"), ""},
        Row{"white_below_a_header", white_before(run("Firm")), "colour{FR76}"},
        Row{"one_point", seen_and("<w:sz w:val='2'/>"), "size{FR76}"}, Row{"six_points", seen_and("<w:sz w:val='12'/>"), ""},
        Row{"vanish", seen_and("<w:vanish/>"), "gone{FR76}"}, Row{"not_vanish", seen_and("<w:vanish w:val='0'/>"), ""},
        Row{"vanish_of_the_paragraphs_mark", docx(paragraph("<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>" + run("FR76"))), ""},
        Row{"vanish_by_a_style",
            styled("<w:style w:type='paragraph' w:styleId='B'><w:rPr><w:vanish/></w:rPr></w:style>"
                   "<w:style w:type='paragraph' w:styleId='S'><w:basedOn w:val='B'/></w:style>",
                   paragraph_of_style()),
            "gone{FR76}"},
        Row{"white_and_dark_by_one_style",
            styled("<w:style w:type='paragraph' w:styleId='S'><w:pPr>" + shaded("1F3864") + "</w:pPr><w:rPr>" +
                       std::string(kWhite) + "</w:rPr></w:style>",
                   paragraph_of_style()),
            ""},
        Row{"style_of_itself",
            styled("<w:style w:type='paragraph' w:styleId='S'><w:basedOn w:val='S'/></w:style>", paragraph_of_style()), ""}),
    name_of_row);

// OpenDocument.

std::string style_of(std::string_view family, std::string_view name, std::string_view inner) {
  return "<style:style style:family='" + std::string(family) + "' style:name='" + std::string(name) + "'>" + std::string(inner) +
         "</style:style>";
}

std::string text_style(std::string_view attributes) {
  return style_of("text", "T1", "<style:text-properties " + std::string(attributes) + "/>");
}

std::string odt(std::string_view styles, std::string_view body, std::vector<File> more = {}) {
  const std::string content = "<office:automatic-styles>" + std::string(styles) +
                              "</office:automatic-styles><office:body><office:text>" + std::string(body) +
                              "</office:text></office:body>";
  std::string part = xml_of("office:document-content", content);
  part.insert(part.find(" xmlns:w="), " xmlns:style=\"s\" xmlns:fo=\"fo\" xmlns:draw=\"d\"");
  more.insert(more.begin(), {{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", part}});
  more.push_back({"META-INF/manifest.xml", xml_of("manifest", "")});
  return archive::written(more);
}

constexpr std::string_view kSpan = "<text:p>IBAN <text:span text:style-name='T1'>FR76</text:span>.</text:p>";
constexpr std::string_view kInkOfPaper = "fo:color='#ffffff'";

std::string in_cell(std::string_view ground) {
  return odt(text_style(kInkOfPaper) +
                 style_of("table-cell", "C1", "<style:table-cell-properties fo:background-color='" + std::string(ground) + "'/>"),
             "<table:table><table:table-row><table:table-cell table:style-name='C1'>" + std::string(kSpan) +
                 "</table:table-cell></table:table-row></table:table>");
}

INSTANTIATE_TEST_SUITE_P(
    Odt, HiddenText,
    testing::Values(
        Row{"white_on_white", odt(text_style(kInkOfPaper), kSpan), "colour{FR76}"},
        Row{"grey", odt(text_style("fo:color='#888888'"), kSpan), ""},
        Row{"white_on_a_dark_run", odt(text_style("fo:color='#ffffff' fo:background-color='#1f3864'"), kSpan), ""},
        Row{"white_that_the_window_chooses", odt(text_style("fo:color='#ffffff' style:use-window-font-color='true'"), kSpan), ""},
        Row{"white_in_a_dark_cell", in_cell("#1f3864"), ""}, Row{"white_in_a_plain_cell", in_cell("transparent"), "colour{FR76}"},
        Row{"white_in_a_frame",
            odt(text_style(kInkOfPaper),
                "<text:p><draw:frame><draw:text-box>" + std::string(kSpan) + "</draw:text-box></draw:frame></text:p>"),
            ""},
        Row{"white_in_a_rectangle", odt(text_style(kInkOfPaper), "<draw:rect>" + std::string(kSpan) + "</draw:rect>"), ""},
        Row{"white_beside_a_dark_footer",
            odt(text_style(kInkOfPaper), kSpan,
                {{"styles.xml", xml_of("office:document-styles",
                                       "<office:automatic-styles><page-layout><footer-style>"
                                       "<header-footer-properties background-color='#1f3864'/></footer-style>"
                                       "</page-layout></office:automatic-styles>")}}),
            ""},
        Row{"white_on_a_dark_page",
            odt(text_style(kInkOfPaper), kSpan,
                {{"styles.xml",
                  xml_of("office:document-styles",
                         "<office:automatic-styles><page-layout><page-layout-properties background-color='#1f3864'/>"
                         "</page-layout></office:automatic-styles>")}}),
            ""},
        Row{"one_point", odt(text_style("fo:font-size='1pt'"), kSpan), "size{FR76}"},
        Row{"a_share", odt(text_style("fo:font-size='58%'"), kSpan), ""},
        Row{"no_display", odt(text_style("text:display='none'"), kSpan), "gone{FR76}"},
        Row{"display", odt(text_style("text:display='true'"), kSpan), ""},
        Row{"section_without_display",
            odt("", "<text:section text:display='none'><text:p>FR76</text:p></text:section><text:p>a</text:p>"), "gone{FR76}"},
        Row{"section", odt("", "<text:section><text:p>FR76</text:p></text:section>"), ""},
        Row{"by_a_common_style",
            odt(style_of("paragraph", "P1", "").replace(0, 12, "<style:style style:parent-style-name='B'"),
                "<text:p text:style-name='P1'>FR76</text:p>",
                {{"styles.xml",
                  xml_of("office:document-styles",
                         "<office:styles><style family='paragraph' name='B'><text-properties display='none'/></style>"
                         "</office:styles>")}}),
            "gone{FR76}"}),
    name_of_row);

// RTF.

std::string rtf(std::string_view body) {
  return "{\\rtf1\\ansi{\\colortbl;\\red0\\green0\\blue0;\\red255\\green255\\blue255;\\red31\\green56\\blue100;}" +
         std::string(body) + "}";
}

INSTANTIATE_TEST_SUITE_P(
    Rtf, HiddenText,
    testing::Values(Row{"white_on_white", rtf("IBAN {\\cf2 FR76}."), "colour{FR76}"}, Row{"black", rtf("IBAN {\\cf1 FR76}."), ""},
                    Row{"automatic", rtf("IBAN {\\cf0 FR76}."), ""}, Row{"no_size", rtf("IBAN {\\fs0 FR76}."), ""},
                    Row{"white_on_a_dark_run", rtf("IBAN {\\cf2\\chcbpat3 FR76}."), ""},
                    Row{"dark_on_a_dark_mark", rtf("IBAN {\\cf3\\highlight3 FR76}."), "colour{FR76}"},
                    Row{"white_in_a_dark_paragraph", rtf("\\pard\\cbpat3{\\cf2 FR76}\\par"), ""},
                    Row{"white_behind_a_dark_paragraph", rtf("\\pard\\cbpat3 a\\par\\pard{\\cf2 FR76}\\par"), "colour{FR76}"},
                    Row{"white_in_a_dark_cell", rtf("\\trowd\\clcbpat3\\cellx9000\\pard\\intbl{\\cf2 FR76}\\cell\\row"), ""},
                    Row{"white_in_a_plain_cell", rtf("\\trowd\\cellx9000\\pard\\intbl{\\cf2 FR76}\\cell\\row"), "colour{FR76}"},
                    Row{"white_in_a_shape", rtf("{\\shp{\\*\\shpinst{\\shptxt{\\cf2 FR76}\\par}}}"), ""},
                    Row{"one_point", rtf("IBAN {\\fs2 FR76}."), "size{FR76}"}, Row{"six_points", rtf("IBAN {\\fs12 FR76}."), ""},
                    Row{"plain_again", rtf("\\fs2\\cf2\\plain FR76"), ""}, Row{"hidden", rtf("IBAN {\\v FR76}."), "gone{FR76}"},
                    Row{"not_hidden", rtf("IBAN {\\v0 FR76}."), ""}),
    name_of_row);

}  // namespace
}  // namespace threadline::documents
