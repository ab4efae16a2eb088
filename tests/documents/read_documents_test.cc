// SPDX-License-Identifier: Apache-2.0
#include "documents/read_documents.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "documents/document_kind.h"
#include "message/read_message.h"

namespace threadline::documents {
namespace {

message::Message with_attachments(const std::vector<std::pair<std::string, std::string>>& files) {
  std::string mail = "From: a@firm.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nwords\n";
  for (const auto& [name, content] : files) {
    mail += "--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"" + name + "\"\n\n" +
            content + "\n";
  }
  return message::read_message(mail + "--b--\n", Limits{});
}

/// "name kind{place=content}..." a line.
std::string listed(const std::vector<Document>& documents) {
  std::string lines;
  for (const auto& document : documents) {
    lines += document.name + " " + document.kind;
    for (const auto& text : document.texts) lines += "{" + text.place + "=" + text.content + "}";
    for (const auto& note : document.notes) lines += " " + note.code;
    lines += "\n";
  }
  return lines;
}

std::string read_all(const std::vector<std::pair<std::string, std::string>>& files, const Limits& limits = {}) {
  auto message = with_attachments(files);
  return listed(read_documents(message, {.limits = limits}));
}

TEST(Documents, ATextFileIsReadWhateverItsType) {
  EXPECT_EQ(read_all({{"rib.txt", "IBAN : X"}}), "rib.txt text{=IBAN : X}\n");
  EXPECT_EQ(read_all({{"rib", "<!DOCTYPE html><p>IBAN"}}), "rib html{=<!DOCTYPE html><p>IBAN}\n");
}

TEST(Documents, BytesThatNobodyReadsAreNoDocument) { EXPECT_EQ(read_all({{"a.bin", std::string("\x01\x02\x03", 3)}}), ""); }

TEST(Documents, TheBytesOfAttachmentsAreReleased) {
  auto message = with_attachments({{"rib.txt", "IBAN : X"}});
  ASSERT_EQ(message.attachments.at(0).content, "IBAN : X");
  (void)read_documents(message, {});
  EXPECT_EQ(message.attachments.at(0).content, "");
}

TEST(Documents, FilesThatMayHoldTextButHaveNoReaderAreNotes) {
  EXPECT_EQ(read_all({{"a.rar", "Rar!\x1A\x07\x01 rest"}}), "a.rar rar format_not_supported\n");
  EXPECT_EQ(read_all({{"a.pdf", "\x01\x02\x03"}}), "a.pdf pdf format_not_supported\n");
  EXPECT_EQ(read_all({{"a.bin", "\x01\x02\x03"}}), "");
}

TEST(Documents, OpenPgpMessagesAreNotes) {
  const std::string rest = "\x01\x9E\x02\x11" + std::string(30, '\x07');
  EXPECT_EQ(read_all({{"a.bin", "\x85\x01\x0C\x03" + rest}}), "a.bin pgp encrypted\n") << "to a public key";
  EXPECT_EQ(read_all({{"a.bin", "\xC3\x0D\x04\x09" + rest}}), "a.bin pgp encrypted\n") << "by a passphrase";
  EXPECT_EQ(read_all({{"a.gpg", "\xA3\x02" + rest}}), "a.gpg pgp format_not_supported\n");
  EXPECT_EQ(read_all({{"a.asc", "-----BEGIN PGP MESSAGE-----\n\nhQ\n"}}).substr(0, 10), "a.asc text");
  EXPECT_NE(read_all({{"a.asc", "-----BEGIN PGP MESSAGE-----\n\nhQ\n"}}).find("encrypted"), std::string::npos);
  EXPECT_EQ(read_all({{"a.bin", "\x85\x01\x0C\x07" + rest}}), "") << "no such version";
  EXPECT_EQ(read_all({{"a.bin", "\xA3\x02\x01\x02\x03" + rest}}), "");
  EXPECT_EQ(read_all({{"a.asc", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n"}}).find("encrypted"), std::string::npos);
}

TEST(Documents, TextInUtf16AndTextWithAControlCharacterAreText) {
  const std::string wide("\xFF\xFEI\0B\0A\0N\0", 10);
  EXPECT_EQ(read_all({{"rib.txt", "IBAN " + std::string(60, 'x') + "\x01"}}).substr(0, 20), "rib.txt text{=IBAN x");
  EXPECT_EQ(kind_of(wide, "a"), DocumentKind::text);
  EXPECT_EQ(kind_of("I\x01 \x02", "a"), DocumentKind::other);
}

TEST(Documents, ZerosHideNoText) {
  const auto zeros = [](std::size_t count) { return std::string(count, '\0'); };
  EXPECT_EQ(read_all({{"rib", "IBAN : FR76" + zeros(1) + "\n"}}), "rib text{=IBAN : FR76" + zeros(1) + "\n}\n");
  EXPECT_EQ(read_all({{"rib", "IBAN : FR76\n" + zeros(9'000)}}).substr(0, 21), "rib text{=IBAN : FR76");
  EXPECT_EQ(read_all({{"rib", zeros(9'000) + "IBAN : FR76"}}), "rib text{=IBAN : FR76} malformed_document\n");
  EXPECT_EQ(read_all({{"rib", zeros(9'000)}}), "");
  EXPECT_EQ(read_all({{"rib", zeros(9'000) + "\x01\x02" + zeros(5) + "PROGRAM"}}), "");
}

TEST(Documents, TextInUtf16WithoutAMarkIsText) {
  std::string little, big;
  for (const char c : std::string("IBAN : FR76\r\n")) {
    little.append(1, c).append(1, '\0');
    big.append(1, '\0').append(1, c);
  }
  EXPECT_EQ(read_all({{"rib", little}}), "rib text{=IBAN : FR76\n}\n");
  EXPECT_EQ(read_all({{"rib", big}}), "rib text{=IBAN : FR76\n}\n");
  EXPECT_EQ(read_all({{"rib", std::string("\x01\0\x02\0\x03\0\x04\0\x05\0", 10)}}), "") << "small numbers";
}

TEST(Documents, ASavedPageIsReadAsAMessage) {
  EXPECT_EQ(read_all({{"rib.doc", "MIME-Version: 1.0\nContent-Type: text/html\n\n<p>IBAN"}}), "rib.doc message{1=<p>IBAN}\n");
}

TEST(Documents, AnOfficeDocumentInOneXmlFileIsReadAsOne) {
  const std::string word =
      "<?xml version='1.0'?><w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml'><w:p>"
      "<w:r><w:t>FR</w:t></w:r><w:r><w:t>76</w:t></w:r></w:p></w:wordDocument>";
  EXPECT_EQ(read_all({{"rib.xml", word}}), "rib.xml docx{=FR76\n}\n");
  const std::string flat =
      "<?xml version='1.0'?><office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'>"
      "<text:p>FR<text:span>76</text:span></text:p></office:document>";
  EXPECT_EQ(read_all({{"rib.fodt", flat}}), "rib.fodt odt{=FR76\n}\n");
}

TEST(Documents, RtfIsReadAsText) {
  EXPECT_EQ(read_all({{"rib.doc", "{\\rtf1\\ansi IBAN FR76\\par BIC}"}}), "rib.doc rtf{=IBAN FR76\nBIC}\n");
}

TEST(Documents, HeadersCommentsAndHiddenTextOfRtfAreTextsOfTheirOwn) {
  EXPECT_EQ(read_all({{"rib.rtf", "{\\rtf1\\ansi{\\footer IBAN FR76}{\\v IBAN DE89}a{\\*\\annotation said}}"}}),
            "rib.rtf rtf{=a}{header=IBAN FR76\nsaid\n}{hidden=IBAN DE89} hidden_text\n");
  EXPECT_EQ(read_all({{"rib.rtf", "{\\rtf1\\ansi{\\footer\\par}{\\v  }a}"}}), "rib.rtf rtf{=a}\n");
}

TEST(Documents, FilesInsideOfAPageAreDocuments) {
  EXPECT_EQ(
      read_all(
          {{"a.html", "<html>a<embed src=\"data:text/html;base64,PGh0bWw+RlI3Ng==\"><iframe srcdoc='&lt;p&gt;FR77'></iframe>"}}),
      "a.html html{=<html>a<embed src=\"data:text/html;base64,PGh0bWw+RlI3Ng==\"><iframe srcdoc='&lt;p&gt;FR77'></iframe>}\n"
      "a.html!data 1 html{=<html>FR76}\na.html!frame 2.html html{=<p>FR77}\n");
  EXPECT_EQ(
      read_all({{"b.html", "<html><embed src=\"data:text/html,<p>IBAN FR76 30\"><iframe srcdoc = '&lt;p&gt;FR77'></iframe>"}}),
      "b.html html{=<html><embed src=\"data:text/html,<p>IBAN FR76 30\"><iframe srcdoc = '&lt;p&gt;FR77'></iframe>}\n"
      "b.html!data 1 html{=<p>IBAN FR76 30}\nb.html!frame 2.html html{=<p>FR77}\n");
  EXPECT_EQ(read_all({{"a.html", "<html><img src=data:image/gif;base64,R0lGODlh><p>data: a, b"}}).find("data 2"),
            std::string::npos);
  EXPECT_EQ(read_all({{"a.html", "<html><a href='data:text/plain,FR%2076'>"}}),
            "a.html html{=<html><a href='data:text/plain,FR%2076'>}\na.html!data 1 text{=FR 76}\n");
}

TEST(Documents, FilesInsideOfAPageThatTheMessageHasAsATextAreDocuments) {
  const auto read_page = [](std::string_view disposition) {
    const std::string mail =
        "From: a@firm.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nwords\n--b\nContent-Type: text/html\n" +
        std::string(disposition) + "\n<iframe srcdoc='&lt;p&gt;FR76'></iframe>\n--b--\n";
    auto message = message::read_message(mail, Limits{});
    return listed(read_documents(message, {}));
  };
  EXPECT_EQ(read_page("Content-Disposition: attachment; filename=a.html\n"), "a.html!frame 1.html html{=<p>FR76}\n");
  EXPECT_EQ(read_page(""), "") << "a body is shown without its frames";
}

TEST(Documents, PicturesAndObjectsOfRtfAreDocuments) {
  const auto hex = [](std::string_view bytes) {
    std::string digits;
    for (const char c : bytes) digits += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return digits;
  };
  const auto rtf = [](const std::string& inner) { return "{\\rtf1\\ansi a" + inner + "}"; };
  EXPECT_EQ(read_all({{"a.rtf",
                       rtf("{\\object{\\*\\objdata " + hex("Package") + "\n" + hex("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") + "}}")}}),
            "a.rtf rtf{=a}\na.rtf!object 1 compound format_not_supported\n");
  EXPECT_EQ(read_all({{"a.rtf", rtf("{\\object{\\*\\objdata " + hex("Package") + "}}")}}),
            "a.rtf rtf{=a} format_not_supported\n");
  const auto picture = read_all({{"a.rtf", rtf("{\\pict{\\*\\blipuid 89ab}\\pngblip\\picw9 " + hex("\x89PNG\r\n\x1A\n") +
                                               "0000000d494844520000012c000000c8}")}});
  EXPECT_TRUE(picture.find("a.rtf!picture 1 picture") != std::string::npos) << picture;
  EXPECT_EQ(read_all({{"a.rtf", rtf("{\\pict\\wmetafile8 0100}{\\picprop x}")}}), "a.rtf rtf{=a}\n");
}

TEST(Documents, QuotedPrintableOfACardIsDecoded) {
  const auto card = [](const std::string& line) { return "BEGIN:VCARD\r\nVERSION:2.1\r\n" + line + "\r\nEND:VCARD\r\n"; };
  const auto read = [](const std::string& note) { return "a.vcf text{=BEGIN:VCARD\nVERSION:2.1\n" + note + "\nEND:VCARD\n}\n"; };
  EXPECT_EQ(read_all({{"a.vcf", card("NOTE;ENCODING=QUOTED-PRINTABLE:IBAN=20FR76=0D=0A=\r\nBIC=20X")}}),
            read("NOTE;ENCODING=QUOTED-PRINTABLE:IBAN FR76\nBIC X"));
  EXPECT_EQ(read_all({{"a.vcf", card("NOTE;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Cl=E9 =\r\n 89")}}),
            read("NOTE;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Cl\u00e9  89"));
  EXPECT_EQ(read_all({{"a.vcf", card("NOTE:IBAN=20FR76=")}}), read("NOTE:IBAN=20FR76=")) << "said to be as it is";
}

TEST(Documents, SvgIsReadAsMarkup) {
  const auto kind = [](std::string_view bytes) { return kind_of(bytes, "a"); };
  EXPECT_EQ(kind("<?xml version='1.0'?><svg xmlns='s'><text>FR<tspan>76</tspan></text></svg>"), DocumentKind::html);
  EXPECT_EQ(kind("<?xml version='1.0'?><x><svgs/></x>"), DocumentKind::xml);
}

TEST(Documents, WhatIsPackedWaitsAndEachLeavesTimeToThoseBehind) {
  class Seeing final : public Programs {
   public:
    ProgramAnswer run(const ProgramRequest& request) override {
      if (request.program == Program::pdf_content)
        seen += std::string(request.input.substr(9, 1)) + std::to_string(kept_back) + ";";
      return {};
    }
    void keep_back(std::uint64_t ms) override { kept_back = ms; }
    void take_part(std::uint32_t of) override { parts += std::to_string(of); }
    std::string seen, parts;
    std::uint64_t kept_back = 0;
  } programs;
  auto message = with_attachments(
      {{"a.eml", "From: a\nDate: b\n\nc"}, {"b.pdf", "%PDF-1.4 b"}, {"c.zip", "PK\x05\x06"}, {"d.pdf", "%PDF-1.4 d"}});
  static_cast<void>(read_documents(message, {.limits = {}, .programs = &programs}));
  EXPECT_EQ(programs.seen, "b600;d300;") << "a mail as text needs no program";
  EXPECT_EQ(programs.parts, "11141") << "of PDFs in an archive none takes all; then all is as it was";
  auto one = with_attachments({{"b.pdf", "%PDF-1.4 b"}, {"c.txt", "IBAN"}});
  programs.seen.clear();
  static_cast<void>(read_documents(one, {.limits = {}, .programs = &programs}));
  EXPECT_EQ(programs.seen, "b0;");
  auto many = with_attachments(std::vector<std::pair<std::string, std::string>>(50, {"b.pdf", "%PDF-1.4 b"}));
  programs.seen.clear();
  static_cast<void>(read_documents(many, {.limits = {}, .programs = &programs}));
  EXPECT_TRUE(programs.seen.starts_with("b11760;b11712;")) << programs.seen;
}

TEST(Documents, PicturesAreReadLastAndStandInTheirPlace) {
  class Counting final : public Programs {
   public:
    ProgramAnswer run(const ProgramRequest& request) override {
      seen += request.program == Program::picture_code ? "picture;" : "pdf;";
      return {};
    }
    std::string seen;
  } programs;
  const std::string gif = "GIF89a\x2C\x01\xC8\x01";
  auto message = with_attachments({{"a.gif", gif}, {"b.pdf", "%PDF-1.4 %%EOF"}, {"c.txt", "IBAN"}});
  const auto documents = read_documents(message, {.limits = {}, .programs = &programs});
  ASSERT_EQ(documents.size(), 3U);
  EXPECT_EQ(documents[0].name + documents[1].name + documents[2].name, "a.gifb.pdfc.txt");
  EXPECT_TRUE(programs.seen.starts_with("pdf;")) << programs.seen;
  EXPECT_TRUE(programs.seen.ends_with("picture;")) << programs.seen;
}

TEST(Documents, AThousandAttachmentsAreRead) {
  std::vector<std::pair<std::string, std::string>> files;
  for (int i = 0; i < 1'000; ++i) files.emplace_back(std::to_string(i), "IBAN " + std::to_string(i));
  auto message = with_attachments(files);
  EXPECT_EQ(read_documents(message, {}).size(), 1'000U);
}

TEST(Documents, TheFirstBytesSayWhatAFileIsNotItsName) {
  EXPECT_EQ(kind_of("%PDF-1.4\n", "a.txt"), DocumentKind::pdf);
  EXPECT_EQ(kind_of("PK\x03\x04rest", "a.pdf"), DocumentKind::zip);
  EXPECT_EQ(kind_of("<?xml version='1.0'?><Invoice/>", "a"), DocumentKind::xml);
  EXPECT_EQ(kind_of("words", "a.pdf"), DocumentKind::text);
  EXPECT_EQ(kind_of("", "a.pdf"), DocumentKind::other);
}

TEST(Documents, AFileThatIsNotWhatItsNameSaysOrEmptyIsSaidSo) {
  EXPECT_EQ(read_all({{"a.txt", ""}, {"logo.png", "\x89PNG\r\n"}, {"a.doc", "<html>x</html>"}, {"b.jpg", "\x89PNG\r\n"}}),
            "a.doc html{=<html>x</html>}\n");
  EXPECT_EQ(read_all({{"bill.pdf", ""}}), "bill.pdf  malformed_document\n");
  EXPECT_EQ(read_all({{"bill.PDF", "words"}}), "bill.PDF text{=words} malformed_document\n");
  EXPECT_EQ(read_all({{"scan.jpg", "words"}}), "scan.jpg text{=words} malformed_document\n");
  EXPECT_EQ(read_all({{"scan.jpg", std::string("\0\1\2\3\0\0\0\0", 8)}}), "scan.jpg picture format_not_supported\n");
}

TEST(Limits, documents) {
  EXPECT_EQ(read_all({{"a", "one"}, {"b", "two"}}, {.documents = 2}), "a text{=one}\nb text{=two}\n");
  EXPECT_EQ(read_all({{"a", "one"}, {"b", "two"}, {"c", "three"}}, {.documents = 1}), "a text{=one}\nb  limit\n");
}

TEST(Limits, document_bytes) {
  EXPECT_EQ(read_all({{"a", "12345"}, {"b", "x"}}, {.document_bytes = 5}), "a text{=12345}\nb text{=x}\n");
  EXPECT_EQ(read_all({{"a", "12345"}, {"b", "x"}}, {.document_bytes = 4}), "a  limit\nb text{=x}\n");
}

TEST(Limits, document_text_bytes) {
  // Half of 8, then of the 4 that are left.
  EXPECT_EQ(read_all({{"a", "1234"}, {"b", "56"}}, {.document_text_bytes = 8}), "a text{=1234}\nb text{=56}\n");
  EXPECT_EQ(read_all({{"a", "12345"}, {"b", "678"}}, {.document_text_bytes = 8}), "a text{=1234} limit\nb text{=67} limit\n");
}

}  // namespace
}  // namespace threadline::documents
