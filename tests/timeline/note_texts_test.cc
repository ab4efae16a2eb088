// SPDX-License-Identifier: Apache-2.0
#include "timeline/note_texts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace threadline::timeline {
namespace {

std::string in_french(std::string_view text) { return note_text(text, Language::fr); }

TEST(NoteText, IsFrenchForWhatOurReadersSay) {
  EXPECT_EQ(in_french("the last boundary is missing"), "la derni\u00e8re limite MIME manque");
  EXPECT_EQ(in_french("emlx: the stated length is 9, the message has 12 bytes"),
            "emlx : la longueur annonc\u00e9e est de 9 octets, le message en a 12");
  EXPECT_EQ(in_french("archive_ratio: the rest of the member is left out"),
            "archive_ratio : le reste de l'\u00e9l\u00e9ment est laiss\u00e9 de c\u00f4t\u00e9");
  EXPECT_EQ(in_french("documents: further ones are not read"), "documents : les suivants ne sont pas lus");
  EXPECT_EQ(in_french("pdf_files: 3 are not read"), "pdf_files : 3 ne sont pas lus");
}

/// What the readers of headers and of MIME say.
TEST(NoteText, IsFrenchForWhatMailsHaveWrong) {
  EXPECT_EQ(in_french("From: several authors, and no Sender"), "From : plusieurs auteurs, et pas de Sender");
  EXPECT_EQ(in_french("a part's header holds a line that is no field: Odd line"),
            "l'en-t\u00eate d'une partie contient une ligne qui n'est pas un champ : \u00ab Odd line \u00bb");
  EXPECT_EQ(in_french("parameter present with two values: name"), "param\u00e8tre pr\u00e9sent avec deux valeurs : name");
  EXPECT_EQ(in_french("base64 goes on behind its padding: it is read on"),
            "le base64 continue apr\u00e8s son remplissage : la suite est lue");
  EXPECT_EQ(in_french("tnef: unknown attribute 00069005"), "tnef : attribut inconnu 00069005");
}

TEST(NoteText, KeepsValuesAndQuotesTheWordsOfOthers) {
  EXPECT_EQ(in_french("Content-Type"), "Content-Type");
  EXPECT_EQ(in_french(""), "");
  EXPECT_EQ(in_french("not a header field: Odd line: here"), "pas un champ d'en-t\u00eate : Odd line: here");
  EXPECT_EQ(in_french("pdftotext: Syntax Error (12)"), "pdftotext : \u00ab Syntax Error (12) \u00bb");
  EXPECT_EQ(in_french(" are not read"), "\u00ab  are not read \u00bb");
}

TEST(NoteText, IsItselfInEnglish) {
  for (const NoteText& entry : all_note_texts()) EXPECT_EQ(note_text(entry.english, Language::en), entry.english);
}

std::string source_of_readers() {
  std::string all;
  for (const char* folder : {"archive", "evidence", "message", "documents", "text", "facts", "logs", "pipeline"}) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(std::string(THREADLINE_SOURCE_DIR) + "/src/" + folder)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path());
      all.append(std::istreambuf_iterator<char>(file), {});
    }
  }
  return all;
}

/// The longest piece of a line between its "{}".
std::string_view longest_piece(std::string_view english) {
  std::string_view longest;
  while (!english.empty()) {
    const std::size_t hole = std::min(english.find("{}"), english.size());
    if (hole > longest.size()) longest = english.substr(0, hole);
    english.remove_prefix(std::min(hole + 2, english.size()));
  }
  return longest;
}

/// Those of the system and of libarchive, and those that a reader puts together of two pieces.
bool is_of_others(std::string_view english) {
  constexpr std::string_view kOthers[] = {"Permission denied",
                                          "No such file",
                                          "Input/output",
                                          "Too many open",
                                          "Truncated input",
                                          "Truncated ZIP",
                                          "truncated gzip",
                                          "incorrect data check",
                                          "ZIP decompression",
                                          "further recipients are not",
                                          "further attachments are not",
                                          "further properties of the object",
                                          "an embedded message is not",
                                          "further embedded messages are not",
                                          "{} was ended"};
  return std::ranges::any_of(kOthers, [&](std::string_view one) { return english.starts_with(one); });
}

TEST(NoteText, EachLineIsStillSaidByAReader) {
  const std::string source = source_of_readers();
  ASSERT_FALSE(source.empty());
  for (const NoteText& entry : all_note_texts()) {
    if (is_of_others(entry.english)) continue;
    EXPECT_NE(source.find(longest_piece(entry.english)), std::string::npos) << entry.english;
  }
}

}  // namespace
}  // namespace threadline::timeline
