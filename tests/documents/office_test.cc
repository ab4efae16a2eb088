// SPDX-License-Identifier: Apache-2.0
#include "documents/office.h"

#include <gtest/gtest.h>

#include "heard_documents.h"
#include "office_writer.h"

namespace threadline::documents {
namespace {

// Word.

TEST(Docx, RunsOfAParagraphAreJoinedWithoutAnything) {
  EXPECT_EQ(read_file(docx(paragraph(run("IBAN: FR76 30") + run("00 6000") + "<w:proofErr/>" + run(" 0112 3456 7890 189")) +
                           paragraph(run("BIC")))),
            "file docx{=IBAN: FR76 3000 6000 0112 3456 7890 189\nBIC\n}\n");
}

TEST(Docx, TabsBreaksAndHyphensAreText) {
  EXPECT_EQ(read_file(docx(paragraph("<w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t>"
                                     "<w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>"))),
            "file docx{=a\tb\nc-d\n}\n");
}

TEST(Docx, CellsOfATableArePartedByTabs) {
  const auto cell = [](std::string_view words) { return "<w:tc><w:tcPr/>" + paragraph(run(words)) + "</w:tc>"; };
  EXPECT_EQ(read_file(docx("<w:tbl><w:tr>" + cell("Banque") + cell("Guichet") + "</w:tr><w:tr>" + cell("30006") + cell("00001") +
                           "</w:tr></w:tbl>" + paragraph(run("end")))),
            "file docx{=Banque\tGuichet\n30006\t00001\nend\n}\n");
}

TEST(Docx, HeadersFootnotesAndCommentsAreTextsOfTheirOwn) {
  EXPECT_EQ(read_file(docx(paragraph(run("body")),
                           {{"word/header1.xml", xml_of("w:hdr", paragraph(run("head")))},
                            {"word/footnotes.xml", xml_of("w:footnotes", paragraph(run("note")))},
                            {"word/comments.xml", xml_of("w:comments", "<w:comment>" + paragraph(run("said")) + "</w:comment>")},
                            {"word/styles.xml", xml_of("w:styles", "<w:t>no</w:t>")}})),
            "file docx{=body\n}{header1=head\n}{footnotes=note\n}{comments=said\n}\n");
}

TEST(Docx, ATextBoxIsReadOnceAndDoesNotPartTheWordsAroundIt) {
  const std::string box = "<w:txbxContent>" + paragraph(run("box")) + "</w:txbxContent>";
  EXPECT_EQ(read_file(docx(paragraph(run("FR76") + "<w:r><mc:AlternateContent><mc:Choice>" + box + "</mc:Choice><mc:Fallback>" +
                                     box + "</mc:Fallback></mc:AlternateContent></w:r>" + run("3000")))),
            "file docx{=box\nFR763000\n}\n");
  EXPECT_EQ(read_file(docx(paragraph("<w:r><mc:AlternateContent><mc:Choice/><mc:Fallback>" + box +
                                     "</mc:Fallback></mc:AlternateContent></w:r>"))),
            "file docx{=box\n}\n");
}

TEST(Docx, WhatTrackedChangesDeletedIsWhatItShowedBefore) {
  EXPECT_EQ(read_file(docx(paragraph(run("IBAN ") + "<w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins>" + run("new") +
                                     "</w:ins>" + run("!")))),
            "file docx{=IBAN new!\n}{earlier revision =IBAN old!\n}\n");
  EXPECT_EQ(read_file(docx(paragraph(run("IBAN ") + run("new") + run("!")))), "file docx{=IBAN new!\n}\n");
}

TEST(Docx, HiddenTextIsReadAndSaid) {
  const auto run_with = [](const char* properties) {
    return paragraph("<w:r><w:rPr>" + std::string(properties) + "</w:rPr><w:t>IBAN</w:t></w:r>");
  };
  EXPECT_EQ(read_file(docx(run_with("<w:vanish/>"))), "file docx{=IBAN\n} hidden_text\n");
  EXPECT_EQ(read_file(docx(run_with("<w:vanish w:val='0'/>"))), "file docx{=IBAN\n}\n");
}

TEST(Docx, PropertiesAreThoseOfThePackage) {
  const auto documents = documents_of_file(
      docx(paragraph(run("x")),
           {{"docProps/core.xml", xml_of("cp:coreProperties",
                                         "<dc:creator>Alice</dc:creator><cp:lastModifiedBy>Mallory</cp:lastModifiedBy>"
                                         "<dcterms:created>2018-04-01T10:00:00Z</dcterms:created>")},
            {"docProps/app.xml", xml_of("Properties", "<Application>Microsoft Office Word</Application><Pages>1</Pages>")}}));
  const std::vector<std::pair<std::string, std::string>> expected{{"author", "Alice"},
                                                                  {"last_modified_by", "Mallory"},
                                                                  {"created", "2018-04-01T10:00:00Z"},
                                                                  {"creator", "Microsoft Office Word"}};
  EXPECT_EQ(documents.at(0).properties, expected);
}

TEST(Docx, APartIsKnownByItsFirstElementWhateverItsName) {
  EXPECT_EQ(read_file(opc({{"strange/part.xml", xml_of("w:document", paragraph(run("x")))}})), "file docx{=x\n}\n");
}

TEST(Docx, AnXmlFileBesideItsPartsIsADocument) {
  EXPECT_EQ(
      read_file(docx(paragraph(run("x")), {{"rib.xml", "<?xml version='1.0'?><rib>IBAN</rib>"}, {"word/settings.xml", "<s/>"}})),
      "file docx{=x\n}\nfile!rib.xml text{=<?xml version='1.0'?><rib>IBAN</rib>}\n");
}

TEST(Docx, APartMayBeInUtf16) {
  const std::string narrow =
      "<?xml version=\"1.0\" encoding=\"UTF-16\"?><w:document><w:p><w:r><w:t>IBAN</w:t></w:r></w:p></w:document>";
  std::string wide = "\xFF\xFE";
  for (const char c : narrow) wide += {c, '\0'};
  EXPECT_EQ(read_file(opc({{"word/document.xml", wide}})), "file docx{=IBAN\n}\n");
}

TEST(Docx, FilesInsideAreDocumentsAndTheThumbnailIsNot) {
  EXPECT_EQ(read_file(docx(paragraph(run("x")), {{"word/embeddings/rib.txt", "IBAN"}, {"docProps/thumbnail.txt", "no"}})),
            "file docx{=x\n}\nfile!word/embeddings/rib.txt text{=IBAN}\n");
  EXPECT_EQ(read_file(docx(paragraph(run("x")), {{"word/embeddings/in.docx", docx(paragraph(run("y")))}})),
            "file docx{=x\n}\nfile!word/embeddings/in.docx docx{=y\n}\n");
}

TEST(Docx, WithoutItsEndItIsReadAsFarAsItGoes) {
  std::string bytes = docx(paragraph(run("IBAN")));
  bytes.resize(bytes.rfind("PK\x01\x02"));
  EXPECT_TRUE(read_file(bytes).starts_with("file docx{=IBAN\n}")) << read_file(bytes);
}

TEST(Docx, BrokenXmlIsReadToTheFault) {
  EXPECT_EQ(read_file(opc({{"word/document.xml", std::string(kXml) + "<w:document><w:p>" + run("IBAN") + "</w:p><w:p"}})),
            "file docx{=IBAN\n} malformed_document\n");
}

TEST(Docx, EntitiesOfADtdAreNotExpanded) {
  std::string bomb = "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\">";
  for (char c = 'b'; c <= 'k'; ++c) {
    const std::string before = std::string("&") + static_cast<char>(c - 1) + ";";
    bomb += std::string("<!ENTITY ") + c + " \"";
    for (int i = 0; i < 10; ++i) bomb += before;
    bomb += "\">";
  }
  bomb += "]><w:document><w:p><w:r><w:t>&k;</w:t></w:r></w:p></w:document>";
  EXPECT_EQ(
      read_file(opc({{"word/document.xml", bomb}, {"word/header1.xml", xml_of("w:hdr", paragraph(run("head")))}})).find("aaaa"),
      std::string::npos);
}

TEST(Docx, AMillionRunsAreCutWithANoteAndTheOthersRead) {
  std::string runs;
  for (int i = 0; i < 1'000'000; ++i) runs += "<w:r><w:t>1</w:t></w:r>";
  const std::string bytes =
      docx(paragraph(run("IBAN")) + paragraph(runs), {{"word/header1.xml", xml_of("w:hdr", paragraph(run("head")))}});
  const auto documents = documents_of_file(bytes);
  ASSERT_EQ(documents.size(), 1U);
  EXPECT_TRUE(documents[0].texts.at(0).content.starts_with("IBAN\n1111"));
  EXPECT_GT(documents[0].texts.at(0).content.size(), 900'000U);
  EXPECT_EQ(documents[0].texts.at(1).content, "head\n");
  ASSERT_EQ(documents[0].notes.size(), 1U);
  EXPECT_EQ(documents[0].notes[0].text, "word/document.xml: office_elements: the rest of the document is left out");
}

// Excel.

std::string cell(std::string_view reference, std::string_view value, std::string_view attributes = {}) {
  return "<c r='" + std::string(reference) + "' " + std::string(attributes) + "><v>" + std::string(value) + "</v></c>";
}

TEST(Xlsx, CellsAreTextsOfTheirSheetByItsName) {
  EXPECT_EQ(read_file(xlsx(
                "<row r='1'>" + cell("A1", "0", "t='s'") + cell("B1", "1", "t='s'") + "</row><row r='2'>" + cell("A2", "30006") +
                    "<c r='B2' t='inlineStr'><is><t>FR</t></is></c><c r='C2' t='str'><f>A1</f><v>76</v></c></row>",
                {{"xl/sharedStrings.xml",
                  xml_of("sst", "<si><t>Banque</t></si><si><r><t>Gui</t></r><r><t>chet</t></r><rPh><t>no</t></rPh></si>")}})),
            "file xlsx{RIB=Banque\tGuichet\n30006\tFR\t76\n}\n");
}

TEST(Xlsx, WhatIsPrintedAboveAndBelowAndPromptsAreTextOfTheSheet) {
  const auto sheet = [](const std::string& behind) {
    return xlsx("<row>" + cell("A1", "1") + "</row>",
                {{"xl/worksheets/sheet2.xml", xml_of("worksheet", "<sheetData/>" + behind)}});
  };
  EXPECT_EQ(read_file(sheet("<headerFooter><oddFooter>&amp;L&amp;\"Arial,Bold\"&amp;8A &amp;&amp; "
                            "B&amp;C&amp;K01+000IBAN FR76&amp;RPage &amp;P"
                            "</oddFooter></headerFooter>")),
            "file xlsx{RIB=1\n}{sheet2=\nA & B\nIBAN FR76\nPage\n}\n");
  EXPECT_EQ(read_file(sheet("<dataValidations><dataValidation promptTitle='RIB' prompt='IBAN FR76'/></dataValidations>")),
            "file xlsx{RIB=1\n}{sheet2=RIB\nIBAN FR76\n}\n");
  EXPECT_EQ(read_file(sheet("<headerFooter><oddHeader>&amp;P</oddHeader></headerFooter>")), "file xlsx{RIB=1\n}\n");
}

TEST(Xlsx, AnAccountMayStandOneGroupPerCell) {
  EXPECT_EQ(read_file(xlsx("<row>" + cell("A1", "FR76", "t='str'") + cell("B1", "3000") + cell("C1", "6000") + "</row>")),
            "file xlsx{RIB=FR76\t3000\t6000\n}\n");
}

TEST(Xlsx, EmptyCellsBetweenOthersAreTabs) {
  EXPECT_EQ(read_file(xlsx("<row>" + cell("B1", "1") + cell("E1", "2") + "</row><row>" + cell("A2", "3") + "</row>")),
            "file xlsx{RIB=\t1\t\t\t2\n3\n}\n");
}

TEST(Xlsx, ZerosThatAFormatShowsInFrontAreShown) {
  const std::string styles =
      xml_of("styleSheet",
             "<numFmts><numFmt numFmtId='164' formatCode='00000'/><numFmt numFmtId='165' formatCode='0.00'/></numFmts>"
             "<cellStyleXfs><xf numFmtId='0'/></cellStyleXfs>"
             "<cellXfs><xf numFmtId='0'/><xf numFmtId='164'/><xf numFmtId='165'/></cellXfs>");
  EXPECT_EQ(read_file(xlsx("<row>" + cell("A1", "823", "s='1'") + cell("B1", "823", "s='0'") + cell("C1", "8.5", "s='1'") +
                               cell("D1", "8", "s='2'") + "</row>",
                           {{"xl/styles.xml", styles}})),
            "file xlsx{RIB=00823\t823\t8.5\t8\n}\n");
}

TEST(Xlsx, AFormulaIsItsResultElseTheWordsInIt) {
  const auto cell = [](std::string_view inner) { return "<row><c t='str'>" + std::string(inner) + "</c></row>"; };
  EXPECT_EQ(read_file(xlsx(cell("<f>\"FR76\"&amp;\"3000\"</f><v>FR763000</v>"))), "file xlsx{RIB=FR763000\n}\n");
  EXPECT_EQ(read_file(xlsx(cell("<f>\"FR76\"&amp;\"3000\"</f>"))), "file xlsx{RIB=FR763000\n}\n");
  EXPECT_EQ(read_file(xlsx(cell("<f>\"FR76\"&amp;\"3000 6000\"</f><v>see below</v>"))),
            "file xlsx{RIB=see below\nFR763000 6000\n}\n");
  EXPECT_EQ(read_file(xlsx(cell("<f>SUM(A1:A3)</f>") + cell("<v>a</v>"))), "file xlsx{RIB=a\n}\n");
}

TEST(Xlsx, CommentsAndDrawingsAreRead) {
  EXPECT_EQ(
      read_file(xlsx("", {{"xl/comments1.xml", xml_of("comments",
                                                      "<authors><author>A</author></authors><commentList><comment><text>"
                                                      "<r><t>old </t></r><r><t>RIB</t></r></text></comment></commentList>")},
                          {"xl/drawings/drawing1.xml", xml_of("xdr:wsDr", "<a:p><a:r><a:t>box</a:t></a:r></a:p>")}})),
      "file xlsx{comments1=old RIB\n}{drawing1=box\n}\n");
}

TEST(Xlsx, AStringThatIsNotThereIsNothing) {
  EXPECT_EQ(read_file(xlsx("<row>" + cell("A1", "99", "t='s'") + cell("XFE99999", "1") + cell("B1", "2") + "</row>")),
            "file xlsx{RIB=\t1\t2\n}\n");
}

TEST(Xlsx, ABinaryWorkbookIsANote) {
  EXPECT_EQ(read_file(opc({{"xl/workbook.bin", "\x83\x01"}})), "file xlsb format_not_supported format_not_supported\n");
}

TEST(Pptx, SlidesAreTexts) {
  EXPECT_EQ(
      read_file(opc({{"ppt/presentation.xml", xml_of("p:presentation", "")},
                     {"ppt/slides/slide1.xml", xml_of("p:sld", "<a:p><a:r><a:t>IB</a:t></a:r><a:r><a:t>AN</a:t></a:r></a:p>")}})),
      "file pptx{slide1=IBAN\n}\n");
}

// OpenDocument.

TEST(Xps, GlyphsOfOneHeightAreALine) {
  EXPECT_EQ(
      read_file(opc({{"Documents/1/Pages/1.fpage",
                      xml_of("FixedPage",
                             "<Glyphs UnicodeString=\"IBAN\" OriginY=\"80\"/><Path/><Canvas><Glyphs UnicodeString=\"{}{FR76\" "
                             "OriginY=\"80\"/></Canvas><Glyphs UnicodeString=\"BIC\" OriginY=\"95\"/>")}})),
      "file xps{1=IBAN {FR76\nBIC\n}\n");
}

TEST(Odt, ParagraphsSpacesTabsAndNotes) {
  EXPECT_EQ(read_file(odf("text",
                          "<text:h>Title</text:h><text:p>FR<text:span>76</text:span> 30<text:s text:c='2'/>00<text:tab/>x"
                          "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>foot</text:p>"
                          "</text:note-body></text:note>y<text:line-break/>z</text:p>")),
            "file odt{=Title\nfoot\nFR76 30  00\txy\nz\n}\n");
}

/// A package without its manifest is still one by its media type; a zip with an XML file of that name alone is a zip.
TEST(Odt, ItsMediaTypeTellsItWithoutAManifest) {
  const std::string content = xml_of("office:document-content",
                                     "<office:body><office:text><text:p>FR76<text:span>3000</text:span>"
                                     "<text:s/>6</text:p></office:text></office:body>");
  EXPECT_EQ(read_file(archive::written({{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", content}})),
            "file odt{=FR763000 6\n}\n");
  EXPECT_EQ(read_file(archive::written({{"content.xml", content}, {"a.txt", "a"}})).find("odt"), std::string::npos);
}

TEST(Odt, ACommentDoesNotPartTheWordsAroundIt) {
  EXPECT_EQ(read_file(odf("text",
                          "<text:p>FR76<office:annotation><dc:creator>A</dc:creator><dc:date>2018</dc:date><text:p>said</text:p>"
                          "</office:annotation>3000 <text:date>1 May</text:date></text:p>")),
            "file odt{=said\nFR763000 1 May\n}\n");
}

TEST(Odt, WhatTrackedChangesDeletedIsWhatItShowedBefore) {
  EXPECT_EQ(
      read_file(odf("text",
                    "<text:tracked-changes><text:changed-region text:id='c1'><text:deletion><office:change-info><dc:creator>A"
                    "</dc:creator></office:change-info><text:p>old</text:p></text:deletion></text:changed-region>"
                    "<text:changed-region text:id='c2'><text:insertion/></text:changed-region></text:tracked-changes>"
                    "<text:p>IBAN <text:change text:change-id='c1'/><text:change-start text:change-id='c2'/>new"
                    "<text:change-end text:change-id='c2'/>!</text:p>")),
      "file odt{=IBAN new!\n}{earlier revision =IBAN old!\n}\n");
}

TEST(Odt, ListsOfChangesInEachOtherAreOne) {
  EXPECT_EQ(read_file(odf("text",
                          "<text:tracked-changes><draw:frame><text:tracked-changes/></draw:frame><text:p>no</text:p>"
                          "</text:tracked-changes><text:p>IBAN</text:p>")),
            "file odt{=IBAN\n}\n");
}

TEST(Odt, HeadersStandInItsStyles) {
  EXPECT_EQ(
      read_file(odf("text", "<text:p>body</text:p>",
                    {{"styles.xml", xml_of("office:document-styles", "<style:header><text:p>head</text:p></style:header>")}})),
      "file odt{=body\n}{styles=head\n}\n");
}

TEST(Odt, AnEncryptedOneIsANote) {
  EXPECT_EQ(
      read_file(odf("text", "<text:p>x</text:p>",
                    {{"META-INF/manifest.xml",
                      xml_of("manifest:manifest", "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>")}})),
      "file odt encrypted\n");
}

TEST(Ods, SheetsAreTextsByTheirNames) {
  EXPECT_EQ(
      read_file(odf("spreadsheet",
                    "<table:table table:name='RIB'><table:table-row><table:table-cell><text:p>FR76</text:p></table:table-cell>"
                    "<table:table-cell table:number-columns-repeated='2'><text:p>0</text:p></table:table-cell><table:table-cell "
                    "table:number-columns-repeated='1021'/></table:table-row></table:table><table:table table:name='B'>"
                    "<table:table-row><table:table-cell table:number-columns-repeated='2'/><table:table-cell><text:p>x</text:p>"
                    "</table:table-cell></table:table-row></table:table>")),
      "file ods{RIB=FR76\t0\t0\n}{B=\t\tx\n}\n");
}

TEST(Ods, ARoundedNumberGivesItsValue) {
  EXPECT_EQ(
      read_file(odf("spreadsheet",
                    "<table:table table:name='S'><table:table-row><table:table-cell office:value-type='float' "
                    "office:value='30006000011'><text:p>3.00E+10</text:p></table:table-cell></table:table-row></table:table>")),
      "file ods{S=3.00E+10\n30006000011\n}\n");
}

TEST(Office, APackageWithoutAnythingToReadIsANote) {
  EXPECT_EQ(read_file(opc({{"a/a.xml", "<x/>"}})), "file office format_not_supported\n");
}

TEST(OfficeLimits, office_elements) {
  const std::string bytes = docx(paragraph(run("a")) + paragraph(run("b")));
  // The declaration with 3, document with 5 namespaces, body, 2 x (p, r, t, xml:space): 19.
  const Limits enough{.office_elements = 19}, less{.office_elements = 18};
  EXPECT_EQ(read_file(bytes, {.limits = enough}), "file docx{=a\nb\n}\n");
  EXPECT_EQ(read_file(bytes, {.limits = less}),
            "file docx{=a\n} limit word/document.xml: office_elements: the rest of the document is left out\n");
}

TEST(OfficeLimits, sheet_repeats) {
  const auto sheet = [](const char* times) {
    return odf("spreadsheet", "<table:table table:name='S'><table:table-row><table:table-cell table:number-columns-repeated='" +
                                  std::string(times) + "'><text:p>0</text:p></table:table-cell></table:table-row></table:table>");
  };
  EXPECT_EQ(read_file(sheet("3"), {.limits = {.sheet_repeats = 3}}), "file ods{S=0\t0\t0\n}\n");
  EXPECT_EQ(read_file(sheet("4"), {.limits = {.sheet_repeats = 3}}),
            "file ods{S=0\t0\t0\n} limit content.xml: sheet_repeats: further repetitions are left out\n");
  EXPECT_TRUE(read_file(sheet("99999999999999999999")).starts_with("file ods{S=0\t0\t"));
}

TEST(OfficeLimits, document_text_bytes) {
  EXPECT_EQ(read_file(docx(paragraph(run("1234567"))), {.limits = {.document_text_bytes = 16}}), "file docx{=1234567\n}\n");
  EXPECT_EQ(read_file(docx(paragraph(run("12345678"))), {.limits = {.document_text_bytes = 16}}),
            "file docx{=12345678} limit document_text_bytes: the rest of the text is left out\n");
}

TEST(OfficeLimits, document_depth) {
  const std::string bytes = docx(paragraph(run("x")), {{"word/media/rib.txt", "IBAN"}});
  EXPECT_EQ(read_file(bytes, {.limits = {.document_depth = 1}}), "file docx{=x\n}\nfile!word/media/rib.txt text{=IBAN}\n");
  EXPECT_EQ(read_file(bytes, {.limits = {.document_depth = 0}}),
            "file docx{=x\n} limit document_depth: pictures and files inside are not read\n");
}

}  // namespace
}  // namespace threadline::documents
