// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "base/sha256.h"
#include "message/read_message.h"

namespace threadline::message {
namespace {

/// Reads a heap copy of the exact size, so that a sanitizer sees one byte too far.
Message read(std::string_view bytes) {
  const auto exact = std::make_unique<char[]>(bytes.size());
  bytes.copy(exact.get(), bytes.size());
  return read_message({exact.get(), bytes.size()}, Limits{});
}

std::string with_crlf(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

/// "code: text" of each note, one a line.
std::string notes_of(const Message& message) {
  std::string lines;
  for (const auto& note : message.notes) lines += note.code + ": " + note.text + "\n";
  return lines;
}

std::string people(const std::vector<Address>& addresses) {
  std::string line;
  for (const auto& address : addresses) line += "[" + address.name + "|" + address.address + "]";
  return line;
}

TEST(Header, FieldsKeepFileOrderRawBytesAndOffsets) {
  const std::string bytes = "To: a@firm.example\nX-One:  1\n folded\nTo : b@firm.example\n\nbody";
  const auto message = read(bytes);
  ASSERT_EQ(message.headers.size(), 3U);
  EXPECT_EQ(message.headers[1].name, "X-One");
  EXPECT_EQ(message.headers[1].raw, "  1\n folded");
  EXPECT_EQ(message.headers[1].value, "1 folded");
  EXPECT_EQ(message.headers[1].offset, bytes.find("X-One"));
  EXPECT_EQ(message.headers[1].raw_offset, bytes.find("  1"));
  EXPECT_EQ(message.headers[2].name, "To");
  EXPECT_EQ(message.header_length, bytes.find("body"));
  EXPECT_EQ(message.sha256, sha256_hex(bytes));
}

TEST(Header, TwoFromFieldsAreANoteNotAnError) {
  const auto message = read("From: a@firm.example\nFrom: b@firm.example\nTo: c@firm.example\n\n");
  EXPECT_EQ(people(message.from), "[|a@firm.example][|b@firm.example]");
  EXPECT_EQ(notes_of(message), "duplicate_header: From\n");
  EXPECT_EQ(notes_of(read("From: a@firm.example\nReceived: x\nReceived: y\nTo: c@firm.example\n\n")), "");
}

struct ValueCase {
  const char* name;
  const char* raw;
  const char* value;
};

class HeaderValue : public testing::TestWithParam<ValueCase> {};

TEST_P(HeaderValue, IsDecodedToUtf8) {
  const auto message = read(std::string("Subject: ") + GetParam().raw + "\n\n");
  EXPECT_EQ(message.subject, GetParam().value);
}

INSTANTIATE_TEST_SUITE_P(Rfc2047, HeaderValue,
                         testing::Values(ValueCase{"Plain", "Hello", "Hello"},
                                         ValueCase{"Q", "=?iso-8859-1?Q?pay=E9_le?=", "pay\xC3\xA9 le"},
                                         ValueCase{"B", "=?UTF-8?B?w6k=?=", "\xC3\xA9"},
                                         ValueCase{"AdjacentWordsLoseTheSpace", "=?utf-8?Q?a?=\n =?utf-8?Q?b?=", "ab"},
                                         ValueCase{"WordAndTextKeepTheSpace", "=?utf-8?Q?a?= b", "a b"},
                                         ValueCase{"Utf16OfLittleEnds", "=?utf-16?B?SQBCAEEATgA=?=", "IBAN"},
                                         ValueCase{"CharacterSplitOverTwoWords", "=?utf-8?B?ww==?= =?utf-8?B?qQ==?=", "\xC3\xA9"},
                                         ValueCase{"RawUtf8", "pay\xC3\xA9", "pay\xC3\xA9"},
                                         ValueCase{"FoldWithTab", "a\n\tb", "a b"}, ValueCase{"NotAWord", "a =? b", "a =? b"}),
                         [](const auto& row) { return row.param.name; });

TEST(Header, SeveralAuthorsWithoutASenderAreANote) {
  const std::string authors = "From: A <a@firm.example>, x@evil.example\n";
  EXPECT_EQ(notes_of(read(authors + "To: c@firm.example\n\n")), "malformed_header: From: several authors, and no Sender\n");
  EXPECT_EQ(notes_of(read(authors + "Sender: a@firm.example\nTo: c@firm.example\n\n")), "");
  EXPECT_EQ(notes_of(read("From: A [a@firm.example] <x@evil.example>\nTo: c@firm.example\n\n")), "");
}

TEST(Header, AnAddressWithTwoDomainsLeadsToTheLastOneWithANote) {
  const auto notes_of = [](const Message& message) {
    std::string line;
    for (const auto& note : message.notes) line += note.code + " " + note.text + ";";
    return line;
  };
  constexpr auto kNote = "malformed_header From: an address with two domains leads to the last one;";
  const auto named = read_message("From: Ann Lee <ann@true.example@false.example>\n\n", Limits{});
  EXPECT_EQ(people(named.from), "[Ann Lee|ann@true.example@false.example]");
  EXPECT_EQ(notes_of(named), kNote);
  const auto bare =
      read_message("From: ann@true.example@false.example, bob@true.example\nSender: bob@true.example\n\n", Limits{});
  EXPECT_EQ(people(bare.from), "[|ann@true.example@false.example][|bob@true.example]");
  EXPECT_EQ(notes_of(bare), kNote);
}

TEST(Header, AnAddressWithAnAtSignElsewhereIsNotOdd) {
  for (const auto* from :
       {"<ann@true.example>, <bob@true.example>", "<ann@true.example@FIRM>", "\"ann@true.example\"@false.example",
        "<@relay.example,@other.example:ann@true.example>", "\"a@b.example@c.example\" <ann@true.example>",
        "a@b.example@c.example <ann@true.example>", "\"a \\\" b@c.example@d.example\" <ann@true.example>"}) {
    EXPECT_TRUE(read_message("From: " + std::string(from) + "\nSender: bob@true.example\n\n", Limits{}).notes.empty()) << from;
  }
}

TEST(Header, AnEightBitValueIsReadInTheCharsetOfTheText) {
  const auto message =
      read("Subject: \xCF\xF0\xE8\xE2\xE5\xF2\nContent-Type: text/plain; charset=windows-1251\n\n\xCF\xF0\xE8\xE2\xE5\xF2\n");
  EXPECT_EQ(message.subject, "\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82");
}

struct AddressCase {
  const char* name;
  const char* raw;
  const char* people;
};

class AddressField : public testing::TestWithParam<AddressCase> {};

TEST_P(AddressField, IsReadTolerantly) {
  EXPECT_EQ(people(read(std::string("To: ") + GetParam().raw + "\n\n").to), GetParam().people);
}

INSTANTIATE_TEST_SUITE_P(
    Rfc5322, AddressField,
    testing::Values(
        AddressCase{"Bare", "a@b.example", "[|a@b.example]"},
        AddressCase{"Named", "Jean D <JD@b.example>", "[Jean D|JD@b.example]"},
        AddressCase{"CommaInQuotes", "\"Doe, J\" <j@b.example>, k@b.example", "[Doe, J|j@b.example][|k@b.example]"},
        AddressCase{"EncodedCommaIsNoSeparator", "=?utf-8?Q?Doe=2C_J?= <j@b.example>", "[Doe, J|j@b.example]"},
        AddressCase{"GroupIsFlattened", "G: a@b.example, c@b.example;", "[|a@b.example][|c@b.example]"},
        AddressCase{"Semicolons", "J <j@b.example>; Doe, Ann <a@b.example>;c@b.example;",
                    "[J|j@b.example][Doe, Ann|a@b.example][|c@b.example]"},
        AddressCase{"SemicolonInQuotes", "\"J; D\" <j@b.example>, k@b.example", "[J; D|j@b.example][|k@b.example]"},
        AddressCase{"GroupThenAddress", "G: a@b.example;, c@b.example", "[|a@b.example][|c@b.example]"},
        AddressCase{"PaddingBetweenWords", "=?utf-8?B?w6k=?= =?utf-8?B?w6AgbA==?=\t=?utf-8?Q?_z?= <j@b.example>",
                    "[\xC3\xA9\xC3\xA0 l z|j@b.example]"},
        AddressCase{"PaddingBetweenWordsInQuotes", "\"=?utf-8?B?QSwgw6k=?= =?utf-8?B?Yg==?=\" <j@b.example>, k@b.example",
                    "[A, \xC3\xA9"
                    "b|j@b.example][|k@b.example]"},
        AddressCase{"WindowsCharactersCalledLatin1", "=?iso-8859-1?Q?L=92Or_=80?= <j@b.example>",
                    "[L\u2019Or \u20ac|j@b.example]"},
        AddressCase{"EncodedDomainStaysAsWritten", "J <j@xn--bcher-kva.example>", "[J|j@xn--bcher-kva.example]"},
        AddressCase{"DecodedDomainStaysAsWritten", "J <j@b\u00fccher.example>", "[J|j@b\u00fccher.example]"},
        AddressCase{"BothFormsStayAsWritten", "j@xn--bcher-kva.example, K <k@b\u00fccher.example>",
                    "[|j@xn--bcher-kva.example][K|k@b\u00fccher.example]"},
        AddressCase{"AddressInSquareBracketsIsOfTheName", "Jean D [jd@firm.example] <x@evil.example>, k@b.example",
                    "[Jean D [jd@firm.example]|x@evil.example][|k@b.example]"},
        AddressCase{"MailtoInSquareBrackets", "Jean D [mailto:jd@firm.example] <jd@firm.example>",
                    "[Jean D [mailto:jd@firm.example]|jd@firm.example]"},
        AddressCase{"MarkInSquareBrackets", "[EXT] Jean D <jd@firm.example>", "[[EXT] Jean D|jd@firm.example]"},
        AddressCase{"BareAddressAsTheName", "k@b.example, jd@firm.example <x@evil.example>",
                    "[|k@b.example][jd@firm.example|x@evil.example]"},
        AddressCase{"AtSignInTheName", "Jean @ Firm <jd@firm.example>", "[Jean @ Firm|jd@firm.example]"},
        AddressCase{"ReferencesInTheName", "Jean &lt;jd@firm.example&gt; <x@evil.example>, \"K &amp; L\" <k@b.example>",
                    "[Jean &lt;jd@firm.example&gt;|x@evil.example][K &amp; L|k@b.example]"},
        AddressCase{"AddressInAnEncodedWord", "=?utf-8?Q?Jean_<jd@firm.example>,?= <x@evil.example>",
                    "[Jean <jd@firm.example>,|x@evil.example]"},
        AddressCase{"BracketAroundTheOnlyAddress", "Jean D [jd@firm.example]", "[Jean D|jd@firm.example]"},
        AddressCase{"EmptyGroup", "undisclosed-recipients:;", ""}, AddressCase{"Empty", "", ""},
        AddressCase{"NameIsAnotherAddress", "\"ceo@firm.example\" <x@evil.example>", "[ceo@firm.example|x@evil.example]"}),
    [](const auto& row) { return row.param.name; });

TEST(Header, SingleMembersComeFromTheirFirstField) {
  const auto message = read(
      "Return-Path: <bounce@list.example>\nSender: S <s@firm.example>\nMessage-ID: 1@firm.example\nDate: Thu, 5 Apr 2018 "
      "10:37:00 +0200\n\n");
  EXPECT_EQ(message.return_path, "bounce@list.example");
  ASSERT_TRUE(message.sender);
  EXPECT_EQ(message.sender->address, "s@firm.example");
  EXPECT_EQ(message.message_id, "<1@firm.example>");
  ASSERT_TRUE(message.date);
  EXPECT_EQ(rfc3339(message.date->at), "2018-04-05T10:37:00+02:00");
}

TEST(Header, AnUnreadableDateIsANote) {
  const auto message = read("From: a@firm.example\nDate: yesterday\n\n");
  EXPECT_FALSE(message.date);
  EXPECT_EQ(notes_of(message), "malformed_date: yesterday\n");
}

struct OddStart {
  const char* name;
  std::string before;
};

class HeaderStart : public testing::TestWithParam<OddStart> {};

TEST_P(HeaderStart, IsFoundBehindWhatIsNoHeader) {
  const auto message = read(GetParam().before + "Subject: s\nTo: a@firm.example\n\nbody\n");
  EXPECT_EQ(message.subject, "s");
  EXPECT_EQ(message.headers.size(), 2U);
  ASSERT_EQ(message.texts.size(), 1U);
  EXPECT_EQ(message.texts[0].content, "body\n");
}

INSTANTIATE_TEST_SUITE_P(Tolerance, HeaderStart,
                         testing::Values(OddStart{"Nothing", ""}, OddStart{"BlankLines", "\n\r\n"},
                                         OddStart{"ByteOrderMark", "\xEF\xBB\xBF"},
                                         OddStart{"FromLine", "From a Thu Apr  5 10:37:00 2018\n"},
                                         OddStart{"QuotedFromLine", ">From a Thu Apr  5 10:37:00 2018\n"},
                                         OddStart{"JunkLine", "this is junk\n"}),
                         [](const auto& row) { return row.param.name; });

TEST(Header, LoneCarriageReturnsAreLineEnds) {
  const auto message = read("Subject: s\rTo: a@firm.example\r\rbody\r");
  EXPECT_EQ(message.subject, "s");
  ASSERT_EQ(message.texts.size(), 1U);
  EXPECT_EQ(message.texts[0].content, "body\n");
}

TEST(Header, Utf16IsReadAndSaid) {
  const std::string plain = "Subject: s\n\nbody\n";
  std::string wide = "\xFF\xFE";
  for (const char c : plain) (wide += c) += '\0';
  const auto message = read(wide);
  EXPECT_EQ(message.subject, "s");
  EXPECT_EQ(message.notes.at(0).code, "charset_guessed");
  EXPECT_EQ(message.sha256, sha256_hex(wide));
}

TEST(Header, WithoutABlankLineTheBodyBeginsAtTheFirstLineThatIsNoField) {
  const auto message = read("Subject: s\nHello there\nand so on\n");
  ASSERT_EQ(message.texts.size(), 1U);
  EXPECT_EQ(message.texts[0].content, "Hello there\nand so on\n");
  EXPECT_EQ(message.notes.at(0).code, "malformed_header");
}

TEST(Header, TheBoundaryThatItNamesEndsItWhereTheBlankLineIsMissing) {
  const auto message = read(
      "From: a@firm.example\nContent-Type: multipart/mixed; boundary=\"=_x\"\nA preamble\n--=_x\nContent-Type: "
      "text/plain\n\nwords\n"
      "--=_x\nContent-Type: text/html\n\n<p>words</p>\n--=_x--\n");
  EXPECT_EQ(message.headers.size(), 2U);
  EXPECT_EQ(message.parts.size(), 2U);
  EXPECT_EQ(read("From: a@firm.example\nA remark\n--\nSubject: s\n\nwords\n").subject, "s") << "a line that names no boundary";
}

TEST(Header, LineEndsMakeNoDifferenceButForSizesAndOffsets) {
  const std::string lf =
      "From: A <a@firm.example>\nSubject: one\n two\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nline\nline\n--x\n"
      "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>a=\nb</p>\n--x--\n";
  const auto one = read(lf);
  const auto two = read(with_crlf(lf));
  EXPECT_EQ(people(one.from), people(two.from));
  EXPECT_EQ(one.subject, "one two");
  EXPECT_EQ(two.subject, "one two");
  ASSERT_EQ(one.texts.size(), 2U);
  ASSERT_EQ(two.texts.size(), 2U);
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(one.texts[static_cast<std::size_t>(i)].content, two.texts[static_cast<std::size_t>(i)].content);
  EXPECT_EQ(one.texts[1].content, "<p>ab</p>");
  EXPECT_EQ(notes_of(one), notes_of(two));
}

TEST(Header, BinaryGarbageIsNeverAnError) {
  std::string bytes;
  for (int i = 0; i < 5'000; ++i) bytes += static_cast<char>(i * 7919 >> 3);
  EXPECT_EQ(read(bytes).size, bytes.size());
  EXPECT_EQ(read("").size, 0U);
  EXPECT_EQ(read(std::string_view("\0", 1)).size, 1U);
}

}  // namespace
}  // namespace threadline::message
