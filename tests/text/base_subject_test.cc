// SPDX-License-Identifier: Apache-2.0
#include "text/base_subject.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
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
                    Case{"swedish", "SV: a", "a|reply"}, Case{"polish", "Odp.: a", "a|reply"},
                    Case{"portuguese", "ENC: RES: a", "a|forward"}, Case{"turkish", "\u0130LT: YNT: a", "a|forward"},
                    Case{"hungarian_accent", "V\u00e1: a", "a|reply"}, Case{"greek", "\u03a0\u03a1\u0398: a", "a|forward"},
                    Case{"hebrew", "\u05d4\u05e9\u05d1: a", "a|reply"}, Case{"arabic", "\u0631\u062f: a", "a|reply"},
                    Case{"arabic_forward_of_two_words", "\u0625\u0639\u0627\u062f\u0629 \u062a\u0648\u062c\u064a\u0647: a",
                         "a|forward"},
                    Case{"chinese_full_width_colon", "\u56de\u590d\uff1aa", "a|reply"},
                    Case{"chinese_forward", "\u8f6c\u53d1: a", "a|forward"}, Case{"counted_brackets", "RE[2]: a", "a|reply"},
                    Case{"counted_parentheses", "Re(3): a", "a|reply"}, Case{"counted_caret", "Re^2: a", "a|reply"},
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

INSTANTIATE_TEST_SUITE_P(NoPrefixes, Subject,
                         testing::Values(Case{"word_with_colon", "Facture: mai", "Facture: mai|"},
                                         Case{"prefix_without_colon", "Re facture", "Re facture|"},
                                         Case{"longer_word", "Report: a", "Report: a|"}, Case{"time", "10:37 a", "10:37 a|"},
                                         Case{"colon_first", ": a", ": a|"}, Case{"prefix_inside", "a Re: b", "a Re: b|"},
                                         Case{"forwarder_word", "Fwdr: a", "Fwdr: a|"}),
                         [](const auto& test) { return test.param.name; });

TEST(Subject, LongOnesAreReadInLinearTime) {
  std::string subject;
  for (int i = 0; i < 100'000; ++i) subject += "Re: [x] ";
  EXPECT_TRUE(read_subject(subject).is_reply);
}

/// Takes the value of "key": "..." out of one JSON object's text.
std::string value_of(std::string_view object, std::string_view key) {
  const std::size_t at = object.find("\"" + std::string(key) + "\": \"");
  if (at == std::string_view::npos) return {};
  const std::size_t begin = at + key.size() + 5;
  return std::string(object.substr(begin, object.find('"', begin) - begin));
}

TEST(Subject, EveryPrefixOfTheSharedTableIsKnown) {
  std::ifstream in(THREADLINE_SHARED_DIR "/data/quotes/locales.json");
  if (!in) GTEST_SKIP() << "no /work/shared here";
  const std::string json{std::istreambuf_iterator<char>(in), {}};
  int seen = 0;
  for (std::size_t at = json.find("\"subject-prefix\""); at != std::string::npos; at = json.find("\"subject-prefix\"", at + 1)) {
    const std::string_view object = std::string_view(json).substr(at, json.find('}', at) - at);
    std::string text = value_of(object, "text");
    if (text.empty() || text.find('\\') != std::string::npos) continue;
    if (text.back() != ':') text += ':';
    const SubjectParts parts = read_subject(text + " base");
    EXPECT_EQ(parts.base, "base") << text;
    ++seen;
  }
  EXPECT_GT(seen, 50);
}

}  // namespace
}  // namespace threadline::text
