// SPDX-License-Identifier: Apache-2.0
#include "text/base_subject.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

namespace threadline::text {
namespace {

/// "base|reply", "base|forward", "base|".
std::string line(std::string_view subject) {
  const SubjectParts parts = read_subject(subject);
  return parts.base + "|" + (parts.is_reply ? "reply" : "") + (parts.is_forward ? "forward" : "");
}

struct Case {
  const char* name;
  std::string subject;
  std::string expected;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class Subject : public testing::TestWithParam<Case> {};
TEST_P(Subject, LosesItsPrefixesAndKeepsItsBase) { EXPECT_EQ(line(GetParam().subject), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(
    Prefixes, Subject,
    testing::Values(Case{"none", "facturation en retard, p\u00e9nalit\u00e9s", "facturation en retard, p\u00e9nalit\u00e9s|"},
                    Case{"reply", "Re: a", "a|reply"}, Case{"upper_case", "RE: A", "A|reply"},
                    Case{"forward", "Fwd: a", "a|forward"}, Case{"french_forward", "TR: a", "a|forward"},
                    Case{"french_space_before_colon", "TR : a", "a|forward"},
                    Case{"no_break_space_before_colon", "RE\u00a0: a", "a|reply"},
                    Case{"narrow_space_before_colon", "RE\u202f: a", "a|reply"}, Case{"german", "AW: WG: a", "a|reply"},
                    Case{"forward_outermost", "WG: AW: a", "a|forward"}, Case{"spanish", "RV: a", "a|forward"},
                    Case{"italian", "I: R: a", "a|forward"}, Case{"dutch", "Antw.: a", "a|reply"},
                    Case{"dutch_of_notes", "Antwoord: a", "a|reply"}, Case{"swedish", "SV: a", "a|reply"},
                    Case{"polish", "Odp.: a", "a|reply"}, Case{"portuguese", "ENC: RES: a", "a|forward"},
                    Case{"turkish", "\u0130LT: YNT: a", "a|forward"}, Case{"hungarian_accent", "V\u00e1: a", "a|reply"},
                    Case{"greek", "\u03a0\u03a1\u0398: a", "a|forward"}, Case{"hebrew", "\u05d4\u05e9\u05d1: a", "a|reply"},
                    Case{"arabic", "\u0631\u062f: a", "a|reply"},
                    Case{"arabic_forward_of_two_words", "\u0625\u0639\u0627\u062f\u0629 \u062a\u0648\u062c\u064a\u0647: a",
                         "a|forward"},
                    Case{"chinese_full_width_colon", "\u56de\u590d\uff1aa", "a|reply"},
                    Case{"chinese_forward", "\u8f6c\u53d1: a", "a|forward"}, Case{"counted_brackets", "RE[2]: a", "a|reply"},
                    Case{"counted_parentheses", "Re(3): a", "a|reply"}, Case{"counted_caret", "Re^2: a", "a|reply"},
                    Case{"counted_digits", "Re2: a", "a|reply"}, Case{"counted_two_digits", "RE12 : a", "a|reply"},
                    Case{"french_short", "R\u00e9p\u00a0: a", "a|reply"}, Case{"french_dot", "R\u00e9p. : a", "a|reply"},
                    Case{"french_notes", "R\u00e9ponse : a", "a|reply"},
                    Case{"nested_languages", "AW: RV: SV: TR : \u56de\u590d\uff1aI: a", "a|reply"},
                    Case{"polish_forward", "PD: a", "a|forward"}, Case{"albanian", "P\u00ebr: a", "a|reply"},
                    Case{"swedish_notes", "Svar: a", "a|reply"}, Case{"italian_behind_reply", "Re: R: a", "a|reply"},
                    Case{"many", "Re: RE: re: Fwd: TR: a", "a|reply"}, Case{"no_space", "Re:a", "a|reply"},
                    Case{"prefix_alone", "Re:", "|reply"}, Case{"rfc5256_trailer", "a (fwd)", "a|forward"},
                    Case{"rfc5256_wrapped", "[Fwd: a]", "a|forward"}, Case{"empty", "", "|"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Tags, Subject,
    testing::Values(Case{"external", "[EXTERNAL] Re: a", "a|reply"}, Case{"external_inside", "Re: [EXTERNAL] Re: a", "a|reply"},
                    Case{"ext_short", "[EXT] a", "a|"}, Case{"french", "[Externe] TR: a", "a|forward"},
                    Case{"german", "[Externer Absender] a", "a|"}, Case{"stars", "***SPAM*** Re: a", "a|reply"},
                    Case{"word", "EXTERNAL: Re: a", "a|reply"}, Case{"punctuation", "[**EXTERNAL**] a", "a|"},
                    Case{"list_tag_is_base", "[users] a", "[users] a|"},
                    Case{"list_tag_behind_prefix", "Re: [users] a", "[users] a|reply"},
                    Case{"list_tag_before_prefix", "[users] Re: a", "[users] a|reply"},
                    Case{"list_tag_twice", "[users] Re: [users] a", "[users] a|reply"}, Case{"tag_alone", "[users]", "[users]|"},
                    Case{"warning_of_the_sender", "Warning: low stock", "Warning: low stock|"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    NoPrefixes, Subject,
    testing::Values(Case{"word_with_colon", "Facture: mai", "Facture: mai|"},
                    Case{"prefix_without_colon", "Re facture", "Re facture|"}, Case{"longer_word", "Report: a", "Report: a|"},
                    Case{"time", "10:37 a", "10:37 a|"}, Case{"colon_first", ": a", ": a|"},
                    Case{"prefix_inside", "a Re: b", "a Re: b|"}, Case{"forwarder_word", "Fwdr: a", "Fwdr: a|"},
                    Case{"french_building_rule", "RE2020 : mise en place", "RE2020 : mise en place|"},
                    Case{"three_digits", "Re250: data sheet", "Re250: data sheet|"},
                    Case{"representative", "Rep: north region", "Rep: north region|"},
                    Case{"reference_number", "Ref: 2018-04", "Ref: 2018-04|"},
                    Case{"french_reference", "R\u00e9f : 2018-04", "R\u00e9f : 2018-04|"},
                    Case{"small_single_letter", "i: am here", "i: am here|"}, Case{"small_r", "r: a language", "r: a language|"},
                    Case{"language_behind_list_tag", "[stat] R: a language", "[stat] R: a language|"},
                    Case{"palladium", "Pd: price", "Pd: price|"}, Case{"italian_per", "Per: Mario", "Per: Mario|"},
                    Case{"emergency_room", "ER: shifts", "ER: shifts|"}, Case{"state", "VA: claim", "VA: claim|"},
                    Case{"product_with_number", "VB6: a", "VB6: a|"}),
    [](const auto& test) { return test.param.name; });

// Italian clients write exactly this: a subject alone cannot tell it from a text about the language, and a reply is more
// frequent.
TEST(Subject, AnUpperCaseSingleLetterAtTheBeginIsItalian) {
  EXPECT_EQ(line("R: a language"), "a language|reply");
  EXPECT_EQ(line("I: am here"), "am here|forward");
}

TEST(Subject, LongOnesAreReadInLinearTime) {
  std::string subject;
  for (int i = 0; i < 100'000; ++i) subject += "Re: [x] ";
  EXPECT_TRUE(read_subject(subject).is_reply);
}

/// What a subject alone cannot decide, or what the table refuses (subject_prefixes.def says why).
bool is_refused(const std::string& text, const std::string& kind) {
  if (kind == "forward") return text == "VS" || text == "VS:" || text == "Vs:";
  return text == "REF";
}

TEST(Subject, StandsBehindTheTagsOfListsAndHelpDesks) {
  for (const char* base : {"[list] chairs", "[#4711] [list]  chairs", "chairs"}) EXPECT_EQ(behind_tags(base), "chairs") << base;
  for (const char* base : {"[chairs]", "[chairs", "chairs [4711]", "", "[] "}) EXPECT_EQ(behind_tags(base), base) << base;
}

TEST(Subject, EveryPrefixOfTheSharedTableIsKnownWithItsKind) {
  std::ifstream in(THREADLINE_SHARED_DIR "/data/quotes/locales.json");
  if (!in) GTEST_SKIP() << "no /work/shared here";
  const auto table = nlohmann::json::parse(in);
  int known = 0, seen = 0, refused = 0;
  for (const auto& entry : table["entries"]) {
    if (entry["kind"] != "subject-prefix" || entry["status"] == "unverified") continue;
    ++seen;
    std::string text = entry["text"];
    const std::string kind = entry["field"];
    if (is_refused(text, kind)) {
      ++refused;
      continue;
    }
    if (text.back() != ':') text += ':';
    const std::string read = line(text + " base");
    EXPECT_EQ(read, "base|" + kind) << text << " of " << entry["locale"];
    known += read == "base|" + kind ? 1 : 0;
  }
  EXPECT_GT(seen, 50);
  std::cout << "subject prefixes: " << known << " of " << seen << " known with their kind, " << refused
            << " refused for a reason\n";
}

}  // namespace
}  // namespace threadline::text
