// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "base/sha256.h"
#include "message/read_message.h"

namespace threadline::message {
namespace {

Message read(std::string_view bytes) { return read_message(bytes, Limits{}); }

/// One canonical line: "1 text/plain; 2.1 text/html".
std::string parts_of(const Message& message) {
  std::string line;
  for (const auto& part : message.parts) line += (line.empty() ? "" : "; ") + part.part + " " + part.type;
  return line;
}

bool has_note(const Message& message, std::string_view code) {
  for (const auto& note : message.notes) {
    if (note.code == code) return true;
  }
  return false;
}

std::string mixed(std::string_view parts) {
  return "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"x\"\n\n" + std::string(parts) + "--x--\n";
}

TEST(Mime, PartsAreNumberedAsImapDoes) {
  EXPECT_EQ(parts_of(read("Subject: s\n\nbody\n")), "1 text/plain");
  const auto message = read(
      mixed("--x\nContent-Type: multipart/alternative; boundary=y\n\n--y\n\np\n--y\nContent-Type: text/html\n\nh\n--y--\n--x\n"
            "Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERg==\n"));
  EXPECT_EQ(parts_of(message), "1.1 text/plain; 1.2 text/html; 2 application/pdf");
  ASSERT_EQ(message.attachments.size(), 1U);
  EXPECT_EQ(message.attachments[0].name, "a.pdf");
  EXPECT_EQ(message.attachments[0].sha256, sha256_hex("%PDF"));
  EXPECT_EQ(message.content_type, "multipart/mixed");
}

struct EncodingCase {
  const char* name;
  const char* header;
  const char* body;
  const char* content;
};

class Encoding : public testing::TestWithParam<EncodingCase> {};

TEST_P(Encoding, GivesUtf8Text) {
  const auto message = read(std::string(GetParam().header) + "\n\n" + GetParam().body);
  ASSERT_EQ(message.texts.size(), 1U);
  EXPECT_EQ(message.texts[0].content, GetParam().content);
}

INSTANTIATE_TEST_SUITE_P(
    Rfc2045, Encoding,
    testing::Values(EncodingCase{"SevenBit", "Content-Transfer-Encoding: 7bit", "a\n", "a\n"},
                    EncodingCase{"QuotedPrintable",
                                 "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: Quoted-Printable",
                                 "r=E9gl=\n=E9=0D=0Ax", "r\xC3\xA9gl\xC3\xA9\nx"},
                    EncodingCase{"Base64", "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64",
                                 "w6kN\nCg==\n", "\xC3\xA9\n"},
                    EncodingCase{"CommentBefore", "Content-Transfer-Encoding: (z) base64", "QUJD\n", "ABC"},
                    EncodingCase{"CommentsThatNest", "Content-Transfer-Encoding: base64 (a (b\\)) c;)", "QUJD\n", "ABC"},
                    EncodingCase{"CommentInside", "Content-Transfer-Encoding:\n (a)(b)\n base64(c); x=y", "QUJD\n", "ABC"},
                    EncodingCase{"CommentThatIsOpen", "Content-Transfer-Encoding: base64 (a", "QUJD\n", "ABC"},
                    EncodingCase{"CommentThatNamesAnother", "Content-Transfer-Encoding: 7bit (base64)", "QUJD\n", "QUJD\n"},
                    EncodingCase{"Base64WithoutPadding", "Content-Transfer-Encoding: base64", "SGVsbG8gd29ybGQ\n", "Hello world"},
                    EncodingCase{"Base64WithoutTwoOfPadding", "Content-Transfer-Encoding: base64", "SGVsbG8\r\ngd29ybA\r\n",
                                 "Hello worl"},
                    EncodingCase{"Base64OfOneCharacterTooMany", "Content-Transfer-Encoding: base64", "SGVsbG8hS\n", "Hello!"},
                    EncodingCase{"SoftBreaksThatTransportPadded", "Content-Transfer-Encoding: quoted-printable",
                                 "a= \nb=\t \r\nc= d=\t", "abc= d"},
                    EncodingCase{"SoftBreaks", "Content-Transfer-Encoding: quoted-printable", "a=\nb=\r\nc= d =\n", "abc= d "},
                    EncodingCase{"Uuencode", "Content-Transfer-Encoding: x-uuencode", "begin 644 a.txt\n#0V%T\n`\nend\n", "Cat"},
                    EncodingCase{"Windows1252", "Content-Type: text/plain; charset=windows-1252", "\x80", "\xE2\x82\xAC"}),
    [](const auto& row) { return row.param.name; });

constexpr auto kBase64 = "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n";

TEST(Mime, Base64GoesOnBehindItsPaddingWithANote) {
  for (const auto* body : {"b25l\nCg==\ndHdvCg==\n", "b25lCg==dHdvCg==", "b25l\nCg==\n==\r\ndHdvCg==\n"}) {
    const auto message = read(std::string(kBase64) + body);
    EXPECT_EQ(message.texts.at(0).content, "one\ntwo\n") << body;
    EXPECT_TRUE(has_note(message, "malformed_mime")) << body;
  }
  const auto whole = read(std::string(kBase64) + "b25l\r\nCg==\r\n\r\n");
  EXPECT_EQ(whole.texts.at(0).content, "one\n");
  EXPECT_TRUE(whole.notes.empty());
}

TEST(Mime, Base64BehindPaddingGoesOnWithForeignCharactersInIt) {
  constexpr std::string_view kRest = "ZSBwYXkgaW52b2ljZSA0NzExIHRvIG91ciBuZXcgYWNjb3VudCBmcm9tIG5vdyBvbjoNCg==";
  std::string dotted, short_lines, blanks;
  for (std::size_t at = 0; at < kRest.size(); at += 3) {
    dotted.append(kRest.substr(at, 3)).append(".");
    short_lines.append(kRest.substr(at, 3)).append("!\n");
    blanks.append(kRest.substr(at, 3)).append(at % 2 == 0 ? " " : ", ");
  }
  for (const std::string& rest : {"!\n" + std::string(kRest), "!*-_#\r\n." + std::string(kRest), dotted, short_lines, blanks,
                                  "!\n" + std::string(kRest.substr(0, 37)) + "#\r\n" + std::string(kRest.substr(37))}) {
    const auto message = read(std::string(kBase64) + "UGxlYXM=" + rest + "\n");
    EXPECT_EQ(message.texts.at(0).content, "Please pay invoice 4711 to our new account from now on:\n") << rest;
    EXPECT_TRUE(has_note(message, "malformed_mime"));
  }
  const auto both = read(std::string(kBase64) + "UGxlYXM=!\n" + std::string(kRest) + "\n-- \nTo leave: see below.\n");
  EXPECT_EQ(both.texts.at(0).content, "Please pay invoice 4711 to our new account from now on:\n-- \nTo leave: see below.\n");
  const auto behind = read(std::string(kBase64) + "b25lCg==\n-- \nTo leave the list, write a mail: list@firm.example.\n" +
                           std::string(kRest.substr(4)) + "\n");
  EXPECT_NE(behind.texts.at(0).content.find("write a mail: list@firm.example.\nay invoice 4711 to our"), std::string::npos);
}

TEST(Mime, Base64OfAFileGoesOnWithAFewForeignCharactersInIt) {
  const auto digest_of = [](const std::string& behind) {
    return read("Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERg==" + behind)
        .attachments.at(0)
        .sha256;
  };
  constexpr auto kWhole = "%PDF-1.4 and more of it";
  EXPECT_EQ(digest_of("!\nLTEuNCBhbmQgbW9yZSBvZiBpdA==\n"), sha256_hex(kWhole));
  EXPECT_EQ(digest_of("!\nLTEuNCBhbmQ-\r\ngbW9yZSBvZiBpdA==\n"), sha256_hex(kWhole));
  EXPECT_EQ(digest_of("\n--\nhttps://lists.firm.example/leave\n"), sha256_hex("%PDF"));
  EXPECT_EQ(digest_of("\n-- \nTo leave this mailing list see below\n"), sha256_hex("%PDF"));
}

TEST(Mime, WordsBehindBase64StayWords) {
  for (const auto* words : {"_______________________________________________\nA mailing list\nlist@firm.example\n"
                            "https://lists.firm.example/mailman/listinfo/list\n",
                            "Virengepr\xC3\xBC"
                            "ft durch das Tor der Firma.\n",
                            "!\n", "This.email.was.scanned.by.the.gateway\n", "\xD0\xA2\xD0\xB5\xD0\xBA\xD1\x81\xD1\x82.\n",
                            "Tel. 0123456789, 9876543210, 5551234567890123\n"}) {
    EXPECT_EQ(read(std::string(kBase64) + "b25lCg==\n" + words).texts.at(0).content, "one\n" + std::string(words));
  }
}

TEST(Mime, WhatAListWritesBehindBase64IsTextAndNoPartOfAFile) {
  const auto message = read(std::string(kBase64) + "b25l\nCg==\n-- \nTo leave: see below.\n");
  EXPECT_EQ(message.texts.at(0).content, "one\n-- \nTo leave: see below.\n");
  EXPECT_FALSE(has_note(message, "malformed_mime"));
  const auto file = read(
      "Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERg==\n-- \nTo leave: see below.\n");
  EXPECT_EQ(file.attachments.at(0).sha256, sha256_hex("%PDF"));
  EXPECT_TRUE(has_note(file, "malformed_mime"));
}

TEST(Mime, AnUnknownEncodingIsANoteAndTheBytesStay) {
  const auto message = read("Content-Transfer-Encoding: rot13\n\nabc\n");
  EXPECT_EQ(message.texts.at(0).content, "abc\n");
  EXPECT_TRUE(has_note(message, "malformed_mime"));
}

TEST(Mime, AnAttachedMessageKeepsItsExactBytes) {
  const std::string inner = "From: c@supplier.example\nSubject: inner\n\ntext";
  const auto message = read(mixed("--x\n\nsee below\n--x\nContent-Type: message/rfc822\n\n" + inner + "\n"));
  ASSERT_EQ(message.messages.size(), 1U);
  EXPECT_EQ(message.messages[0].part, "2");
  EXPECT_EQ(message.messages[0].sha256, sha256_hex(inner));
  EXPECT_EQ(message.messages[0].subject, "inner");
  EXPECT_EQ(parts_of(message.messages[0]), "1 text/plain");
  ASSERT_EQ(message.attachments.size(), 1U);
  EXPECT_EQ(message.attachments[0].type, "message/rfc822");
  EXPECT_EQ(message.attachments[0].sha256, sha256_hex(inner));
}

TEST(Mime, AnEncodedMessageIsRead) {
  // "Subject: s\n\nt" in base64
  const auto message = read("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogcwoKdA==\n");
  ASSERT_EQ(message.messages.size(), 1U);
  EXPECT_EQ(message.messages[0].subject, "s");
}

TEST(Mime, AMessageCalledAPlainFileIsRead) {
  const std::string part = "--x\nContent-Type: application/octet-stream; name=\"mail.eml\"\n\n";
  EXPECT_EQ(read(mixed(part + "From: a@firm.example\nSubject: inner\n\ntext\n")).messages.size(), 1U);
  EXPECT_EQ(read(mixed(part + "just some text\n")).messages.size(), 0U);
}

TEST(Mime, AMessageIsToldByItsContentWhateverItIsCalled) {
  const std::string inner = "From: a@firm.example\nSubject: inner\n\ntext\n";
  for (const char* type : {"application/octet-stream", "application/x-mail", "text/plain; name=a"})
    EXPECT_EQ(read(mixed("--x\nContent-Type: " + std::string(type) + "\n\n" + inner)).messages.size(), 1U) << type;
  for (const char* type : {"text/plain", "text/html", "text/rfc822-headers", "message/delivery-status", "text/csv; name=a.csv",
                           "application/pdf; name=a.pdf", "image/png"})
    EXPECT_EQ(read(mixed("--x\nContent-Type: " + std::string(type) + "\n\n" + inner)).messages.size(), 0U) << type;
}

TEST(Mime, AnAttachedMailboxIsNoText) {
  const std::string box = "From a Mon Mar  2 10:00:00 2026\nFrom: a@firm.example\nSubject: inner\n\ntext\n";
  const auto attached = read(mixed("--x\nContent-Type: text/plain; name=a.mbox\n\n" + box));
  EXPECT_EQ(attached.texts.size(), 0U);
  EXPECT_EQ(attached.attachments.at(0).content.substr(0, 6), "From a");
  EXPECT_EQ(read(mixed("--x\nContent-Type: text/plain\n\n" + box)).texts.size(), 1U) << "what a body says";
}

TEST(Mime, AMultipartDigestHoldsMessages) {
  const auto message =
      read("Content-Type: multipart/digest; boundary=x\n\n--x\n\nSubject: one\n\n1\n--x\n\nSubject: two\n\n2\n--x--\n");
  ASSERT_EQ(message.messages.size(), 2U);
  EXPECT_EQ(message.messages[1].subject, "two");
}

TEST(Mime, AMissingLastBoundaryIsANoteAndTheTextIsRead) {
  const std::string whole = mixed("--x\n\ntext\n");
  EXPECT_FALSE(has_note(read(whole), "truncated"));
  const auto cut = read(whole.substr(0, whole.size() - 6));
  EXPECT_TRUE(has_note(cut, "truncated"));
  EXPECT_EQ(cut.texts.at(0).content.substr(0, 4), "text");
}

TEST(Mime, AMultipartWithoutPartsIsReadAsText) {
  const auto message = read("Content-Type: multipart/mixed; boundary=never\n\nthe text\n");
  ASSERT_EQ(message.texts.size(), 1U);
  EXPECT_EQ(message.texts[0].content.substr(0, 8), "the text");
  EXPECT_TRUE(has_note(message, "malformed_mime"));
}

TEST(Mime, ATextWithAFileNameIsTextAndAttachment) {
  const auto message = read(mixed("--x\n\nbody\n--x\nContent-Type: text/plain; name=a.txt\n\nfile\n"));
  ASSERT_EQ(message.texts.size(), 2U);
  EXPECT_FALSE(message.texts[0].attached);
  EXPECT_TRUE(message.texts[1].attached);
  EXPECT_EQ(message.attachments.size(), 1U);
}

TEST(Mime, FileNamesAreDecoded) {
  const auto name = [](std::string_view parameters) {
    return read(mixed("--x\nContent-Type: application/pdf\nContent-Disposition: attachment; " + std::string(parameters) +
                      "\n\nx\n"))
        .attachments.at(0)
        .name;
  };
  EXPECT_EQ(name("filename=\"a b.pdf\""), "a b.pdf");
  EXPECT_EQ(name("filename*=utf-8''f%C3%A9.pdf"), "f\xC3\xA9.pdf");
  EXPECT_EQ(name("filename*0=\"one\"; filename*1=\"two.pdf\""), "onetwo.pdf");
  EXPECT_EQ(name("filename=\"=?utf-8?Q?f=C3=A9.pdf?=\""), "f\xC3\xA9.pdf");
  for (const auto* blanks : {" ", "\n ", "", "\r\n\t"}) {
    const auto words = "\"=?UTF-8?B?UmVjaG51bmcgNDcxMS4=?=" + std::string(blanks) + "=?UTF-8?B?bmV1Lmh0bWw=?=\"";
    EXPECT_EQ(name("size=1; filename=" + words + "; x=y"), "Rechnung 4711.neu.html") << blanks;
    const auto message = read(mixed("--x\nContent-Type: application/pdf; name=" + words + "\n\nx\n"));
    EXPECT_EQ(message.attachments.at(0).name, "Rechnung 4711.neu.html") << blanks;
  }
  EXPECT_EQ(name("filename=\"=?utf-8?B?YQ==?= and =?utf-8?Q?b=3Bc?=.pdf\""), "a and b;c.pdf");
  EXPECT_EQ(name("filename=\"=?utf-8?B?YQ==?= =?utf-8?Q?b=22;_filename=3Dc.exe?=\""), "ab\"; filename=c.exe");
  EXPECT_EQ(name("filename=\"=?utf-8?B?YQ==?= =?utf-8?B?Yg==?=\"; filename*=utf-8''f.pdf"), "f.pdf");
  EXPECT_EQ(name("filename=\"e.pdf\"; filename*=utf-8''f%C3%A9.pdf"), "f\xC3\xA9.pdf") << "for who can read it";
  EXPECT_EQ(name("filename=\"a; filename*=utf-8''b.exe\""), "a; filename*=utf-8''b.exe");
}

TEST(Mime, AContentTypeWithoutATypeIsText) {
  for (const char* type : {"text", "", "foo", "text/", "*/*", "text; charset=utf-8"}) {
    const auto message = read(std::string("Content-Type: ") + type + "\n\npay\n");
    ASSERT_EQ(message.texts.size(), 1U) << type;
    EXPECT_EQ(message.texts[0].content, "pay\n") << type;
    EXPECT_TRUE(message.attachments.empty()) << type;
  }
  EXPECT_TRUE(read("Content-Type: html\n\n<p>pay</p>\n").texts.at(0).html);
}

TEST(Mime, AContentTypeWithoutATypeIsNoTextWhereBytesOrANameSayOtherwise) {
  EXPECT_TRUE(read(std::string("Content-Type: foo\n\n\0\1\2", 23)).texts.empty());
  EXPECT_TRUE(read("Content-Type: foo; name=a.pdf\nContent-Disposition: attachment; filename=a.pdf\n\n%PDF\n").texts.empty());
  EXPECT_TRUE(read("Content-Type: application/pdf\n\n%PDF\n").texts.empty());
}

TEST(Mime, HtmlWithoutADeclaredCharsetIsReadInThatOfItsMeta) {
  const auto message = read("Content-Type: text/html\n\n<meta charset=\"iso-8859-15\"><p>12 \xA4</p>\n");
  EXPECT_NE(message.texts.at(0).content.find("12 \xE2\x82\xAC"), std::string::npos);
}

TEST(Mime, AMetaThatNamesUtf16IsInUtf8) {
  for (const char* meta :
       {"charset=\"utf-16\"", "charset=UTF-16LE", "http-equiv=Content-Type content=\"text/html; charset=unicode\""}) {
    const auto message = read("Content-Type: text/html\n\n<meta " + std::string(meta) + "><p>12\x01 \xE2\x82\xAC</p>\n");
    EXPECT_NE(message.texts.at(0).content.find("12\x01 \xE2\x82\xAC"), std::string::npos) << meta;
  }
}

/// The parts of body text that go on where another ended.
std::string following(const Message& message) {
  std::string line;
  for (const auto& text : message.texts) line += text.follows ? text.part + ";" : "";
  return line;
}

TEST(Mime, TextBehindTextOfOneMixedPartGoesOn) {
  const std::string text = "--x\nContent-Type: text/plain\n\na\n", file = "--x\nContent-Type: image/png; name=a.png\n\nx\n";
  EXPECT_EQ(following(read(mixed(text + file + text))), "3;");
  EXPECT_EQ(following(read(mixed(file + text))), "");
  EXPECT_EQ(following(read(mixed(text + "--x\nContent-Type: text/plain; name=a.txt\n\na\n"))), "") << "a file";
}

TEST(Mime, TextThatExchangeMadeAFileOfGoesOnAndStaysAFile) {
  const auto with = [](const char* name) {
    return read(
        mixed("--x\nContent-Type: text/plain\n\na\n--x\nContent-Type: image/png; name=a.png\n\nx\n"
              "--x\nContent-Type: text/html; name=" +
              std::string(name) + "\nContent-Disposition: attachment; filename=" + name + "\n\n<p>b</p>\n"));
  };
  EXPECT_EQ(following(with("ATT00001.htm")), "3;");
  ASSERT_EQ(with("ATT00001.htm").attachments.size(), 2U);
  EXPECT_EQ(with("ATT00001.htm").attachments[1].name, "ATT00001.htm");
  for (const char* name : {"ATT0001.htm", "ATT00001.pdf.htm", "ATT0000x.htm", "invoice.htm"})
    EXPECT_EQ(following(with(name)), "") << name;
}

TEST(Mime, AlternativesAndReportsDoNotGoOn) {
  const std::string parts = "--x\nContent-Type: text/plain\n\na\n--x\nContent-Type: text/plain\n\nb\n--x--\n";
  for (const char* kind : {"alternative", "report", "digest"})
    EXPECT_EQ(following(read(std::string("Content-Type: multipart/") + kind + "; boundary=x\n\n" + parts)), "") << kind;
}

struct SpecialCase {
  const char* name;
  const char* content_type;
  const char* body;
  const char* note;
  const char* word;
};

class SpecialParts : public testing::TestWithParam<SpecialCase> {};

TEST_P(SpecialParts, AreNamed) {
  const auto& expected = GetParam();
  const auto message = read(std::string("Content-Type: ") + expected.content_type + "\n\n" + expected.body);
  EXPECT_EQ(has_note(message, "encrypted"), std::string_view(expected.note) == "encrypted");
  EXPECT_EQ(has_note(message, "signed"), std::string_view(expected.note) == "signed");
  EXPECT_EQ(message.attachments.empty() ? "" : message.attachments.back().note, expected.word);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, SpecialParts,
    testing::Values(SpecialCase{"Plain", "text/plain", "hello", "", ""},
                    SpecialCase{"Enveloped", "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "x",
                                "encrypted", "encrypted"},
                    SpecialCase{"SignedData", "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", "x", "signed",
                                "signed"},
                    SpecialCase{"PgpMime", "multipart/encrypted; boundary=x; protocol=\"application/pgp-encrypted\"",
                                "--x\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--x\nContent-Type: "
                                "application/octet-stream\n\nx\n--x--\n",
                                "encrypted", ""},
                    SpecialCase{"Signed", "multipart/signed; boundary=x",
                                "--x\n\nt\n--x\nContent-Type: application/pgp-signature\n\nx\n--x--\n", "signed", "signature"},
                    SpecialCase{"PgpInline", "text/plain", "-----BEGIN PGP MESSAGE-----\n\nx\n", "encrypted", ""},
                    SpecialCase{"PgpOnlyMentioned", "text/plain", "a -----BEGIN PGP MESSAGE----- line", "", ""},
                    SpecialCase{"Tnef", "application/ms-tnef", "x", "", "winmail.dat"}),
    [](const auto& row) { return row.param.name; });

TEST(Mime, AReportSaysItsType) {
  const auto message = read("Content-Type: multipart/report; report-type=Delivery-Status; boundary=x\n\n--x\n\nt\n--x--\n");
  EXPECT_EQ(message.report_type, "delivery-status");
}

}  // namespace
}  // namespace threadline::message
