// SPDX-License-Identifier: Apache-2.0
#include "message/uuencoded.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>

#include "base/sha256.h"
#include "message/read_message.h"

namespace threadline::message {
namespace {

// By Python 3.11's binascii.b2a_uu.
constexpr const char* kIban = "G24)!3B!&4C<V(#,P,# @-C P,\" P,3$R(#,T-38@-S@Y,\" Q.#D*\n";
constexpr const char* kContent = "IBAN FR76 3000 6000 0112 3456 7890 189\n";

std::string file(std::string_view name, std::string_view data) {
  return "begin 644 " + std::string(name) + "\n" + std::string(data) + " \nend\n";
}

/// "name:bytes" of each file.
std::string files_in(std::string_view text) {
  const auto exact = std::make_unique<char[]>(text.size());  // no byte more: ASan sees one too far
  std::ranges::copy(text, exact.get());
  std::string line;
  for (const auto& one : find_uuencoded({exact.get(), text.size()}, 100))
    line += (line.empty() ? "" : " ") + one.name + ":" + one.bytes + (one.is_whole ? "" : "...");
  return line;
}

struct Case {
  const char* name;
  std::string text;
  std::string files;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class Uuencoded : public testing::TestWithParam<Case> {};
TEST_P(Uuencoded, IsReadAsToldByTheRow) { EXPECT_EQ(files_in(GetParam().text), GetParam().files); }

INSTANTIATE_TEST_SUITE_P(Forms, Uuencoded,
                         testing::Values(Case{"cat", "Hello\n\n" + file("cat.txt", "#0V%T\n"), "cat.txt:Cat"},
                                         Case{"backquote_for_blank", "begin 644 a\n#0V%T\n`\nend\n", "a:Cat"},
                                         Case{"name_with_blanks", file("relev\u00e9 d'identit\u00e9.txt", "#0V%T\n"),
                                              "relev\u00e9 d'identit\u00e9.txt:Cat"},
                                         Case{"mode_of_four_digits", "begin 0644 a\n#0V%T\n`\nend\n", "a:Cat"},
                                         Case{"crlf", "begin 644 a\r\n#0V%T\r\n`\r\nend\r\n", "a:Cat"},
                                         Case{"blanks_behind_were_cut", "begin 644 a\n#0V$\n\nend\n", std::string("a:Ca\0", 5)},
                                         Case{"check_character", "begin 644 a\n#0V%TX\n`\nend\n", "a:Cat"},
                                         Case{"empty_file", "begin 644 a\n`\nend\n", "a:"},
                                         Case{"two_files", file("a", "#0V%T\n") + "and\n" + file("b", "#0V%T\n"), "a:Cat b:Cat"},
                                         Case{"cut_text", "begin 644 a\n#0V%T\n#0V%", "a:Cat..."},
                                         Case{"words_only", "begin 644 words of a letter\nthat goes on.\nend\n", ""},
                                         Case{"outlooks_famous_one", "begin  now and not later\n#0V%T\n`\nend\n", ""},
                                         Case{"broken_off", "begin 644 a\n#0V%T\nRegards, Ann\nend\n", ""},
                                         Case{"quoted", "> begin 644 a\n> #0V%T\n> `\n> end\n", ""},
                                         Case{"no_name", "begin 644 \n#0V%T\n`\nend\n", ""},
                                         Case{"not_at_line_start", "x begin 644 a\n#0V%T\n`\nend\n", ""},
                                         Case{"too_short_a_line", "begin 644 a\nM0V%T\n`\nend\n", ""}),
                         [](const auto& test) { return test.param.name; });

TEST(UuencodedInMail, IsAnAttachmentAndNoWord) {
  const Message message = read_message(
      "Subject: s\nContent-Type: text/plain; charset=iso-8859-1\n\nVoil\xe0.\n" + file("rib.txt", kIban) + "Ann\n", {});
  ASSERT_EQ(message.attachments.size(), 1U);
  EXPECT_EQ(message.attachments[0].name, "rib.txt");
  EXPECT_EQ(message.attachments[0].size, 39U);
  EXPECT_EQ(message.attachments[0].sha256, sha256_hex(kContent));
  EXPECT_EQ(message.attachments[0].part, "1!1");
  EXPECT_EQ(message.attachments[0].note, "") << "a document, which copies_differ compares";
  ASSERT_EQ(message.texts.size(), 1U);
  const Text& text = message.texts[0];
  EXPECT_TRUE(text.content.starts_with("Voil\u00e0.\nbegin 644 rib.txt\n")) << "the part's text is whole";
  ASSERT_EQ(text.files.size(), 1U);
  EXPECT_EQ(text.content.substr(0, text.files[0].begin) + text.content.substr(text.files[0].end), "Voil\u00e0.\nAnn\n");
}

TEST(UuencodedInMail, APartThatGoesOnMayHoldOne) {
  const Message message = read_message(
      "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nHello\n--x\n\nSee\n" + file("a", "#0V%T\n") + "--x--\n", {});
  ASSERT_EQ(message.texts.size(), 2U);
  EXPECT_TRUE(message.texts[1].follows);
  EXPECT_EQ(message.attachments.size(), 1U);
}

TEST(UuencodedInMail, IsReadInPlainTextOfTheBodyAlone) {
  const std::string data = file("rib.txt", kIban);
  EXPECT_TRUE(read_message("Content-Type: text/html\n\n<pre>\n" + data, {}).attachments.empty());
  EXPECT_EQ(read_message("Content-Type: text/plain; name=log.txt\n\n" + data, {}).attachments.size(), 1U) << "the part itself";
  EXPECT_TRUE(read_message("Subject: s\n\nbegin 644 rib.txt\nas we said\nend\n", {}).attachments.empty());
}

TEST(UuencodedInMail, AMailInsideIsAMessage) {
  const Message message = read_message(
      "Subject: outer\n\nbegin 644 a.eml\nM1G)O;3H@86YN0&9I<FTN97AA;7!L90I3=6)J96-T.B!I;FYE<@I$871E.B!-\n"
      "C;VXL(#$R($IA;B R,#(V(#$P.C P.C P(\"LP,3 P\"@IH:0H \n \nend\n",
      {});
  ASSERT_EQ(message.messages.size(), 1U);
  EXPECT_EQ(message.messages[0].subject, "inner");
  EXPECT_EQ(message.messages[0].part, "1!1");
}

TEST(UuencodedInMail, LimitMimeParts) {
  Limits limits;
  limits.mime_parts = 3;
  const std::string head = "Subject: s\n\n", one = file("a", "#0V%T\n");
  const auto has_limit = [&](const Message& message) {
    return std::ranges::any_of(message.notes, [](const Note& note) { return note.code == "limit"; });
  };
  const Message at = read_message(head + one + one, limits), over = read_message(head + one + one + one, limits);
  EXPECT_EQ(at.attachments.size(), 2U);
  EXPECT_FALSE(has_limit(at));
  EXPECT_EQ(over.attachments.size(), 2U);
  EXPECT_TRUE(has_limit(over));
}

}  // namespace
}  // namespace threadline::message
