// SPDX-License-Identifier: Apache-2.0
#include "text/resemblance.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <map>
#include <string>

#include "text/domain.h"

namespace threadline::text {
namespace {

struct Row {
  const char* name;
  std::string_view candidate, reference, technique, severity;
};

class Lookalike : public testing::TestWithParam<Row> {};

TEST_P(Lookalike, IsNamedWithItsTechniqueAndSeverity) {
  const Row& row = GetParam();
  const auto found = resemblance(row.candidate, row.reference);
  ASSERT_TRUE(found);
  EXPECT_EQ(name_of(found->technique), row.technique) << found->why;
  EXPECT_EQ(threadline::name_of(found->severity), row.severity) << found->why;
  EXPECT_GT(found->score, 0);
  EXPECT_LE(found->score, 1);
  const auto indexed = References({std::string(row.reference)}).best(row.candidate);
  ASSERT_TRUE(indexed) << "the index must find what the pair shows";
  EXPECT_EQ(indexed->technique, found->technique);
}

INSTANTIATE_TEST_SUITE_P(
    Pairs, Lookalike,
    testing::Values(Row{"rn_for_m", "rnartin.example", "martin.example", "homoglyph", "high"},
                    Row{"digit_for_letter", "dup0nt.example", "dupont.example", "homoglyph", "high"},
                    Row{"cyrillic_a", "m\u0430rtin.example", "martin.example", "idn", "high"},
                    Row{"cyrillic_a_as_a_label", "xn--mrtin-4ve.example", "martin.example", "idn", "high"},
                    Row{"accent", "dup\u00f3nt.example", "dupont.example", "accent", "high"},
                    Row{"omission", "dupnt.example", "dupont.example", "omission", "high"},
                    Row{"insertion", "dupxont.example", "dupont.example", "insertion", "high"},
                    Row{"repetition", "duppont.example", "dupont.example", "repetition", "high"},
                    Row{"transposition", "dupotn.example", "dupont.example", "transposition", "high"},
                    Row{"neighbour_key", "dupobt.example", "dupont.example", "replacement", "high"},
                    Row{"vowel", "dupant.example", "dupont.example", "vowel", "high"},
                    Row{"plural", "duponts.example", "dupont.example", "plural", "high"},
                    Row{"hyphen_added", "du-pont.example", "dupont.example", "hyphen", "high"},
                    Row{"hyphen_removed", "petitfour.example", "petit-four.example", "hyphen", "high"},
                    Row{"dot", "le.roymartin.fr", "leroymartin.fr", "dot", "high"},
                    Row{"other_suffix", "dupont.co.uk", "dupont.com", "tld", "low"},
                    Row{"keyword_fr", "dupont-facturation.fr", "dupont.fr", "combo", "high"},
                    Row{"keyword_run_together", "factures-dupont.net", "dupont.fr", "combo", "high"},
                    Row{"two_keywords", "dupont-invoice-service.eu", "dupont.fr", "combo", "high"},
                    Row{"own_suffix", "dupont-fr.com", "dupont.fr", "combo", "high"},
                    Row{"subsidiary", "dupont-ebike.com", "dupont.com", "combo", "low"},
                    Row{"corporate_word", "dupont-group.com", "dupont.com", "combo", "low"},
                    Row{"token_order", "agricole-caisse.example", "caisse-agricole.example", "token_order", "high"},
                    Row{"subdomain", "dupont.fr.secure-mail.example", "dupont.fr", "subdomain", "high"},
                    Row{"typo_and_keyword", "facture-dupotn.fr", "dupont.fr", "double", "medium"},
                    Row{"two_typos_in_a_long_name", "boulangereimartn.fr", "boulangeriemartin.fr", "double", "medium"},
                    Row{"three_letters", "lci.fr", "lcl.fr", "homoglyph", "low"}),
    [](const auto& row) { return std::string(row.param.name); });

class Unlike : public testing::TestWithParam<std::pair<std::string_view, std::string_view>> {};

TEST_P(Unlike, IsNotNamed) {
  const auto& [candidate, reference] = GetParam();
  const auto found = resemblance(candidate, reference);
  EXPECT_FALSE(found) << (found ? found->why : "");
}

INSTANTIATE_TEST_SUITE_P(Pairs, Unlike,
                         testing::Values(std::pair{"mail.dupont.fr", "dupont.fr"}, std::pair{"dupont.fr", "DUPONT.fr"},
                                         std::pair{"epicsports.in", "sport.es"}, std::pair{"googleusercontent.com", "google.fr"},
                                         std::pair{"slack.com", "slate.com"}, std::pair{"192.0.2.1", "192.0.2.2"},
                                         std::pair{"", "dupont.fr"}, std::pair{"dupont.fr", ""},
                                         std::pair{"compass.com", "comcast.net"}));

TEST(Resemblance, CountsItsFirstDifferenceInCodePoints) {
  EXPECT_EQ(resemblance("d\u00fcp0nt.example", "d\u00fcpont.example")->differs_at, 3U);
  EXPECT_EQ(resemblance("www.dup0nt.example", "dupont.example")->differs_at, 7U);
}

TEST(References, NeverNameOneOfThemselves) {
  const References known({"dupont.fr", "dupont.com"});
  EXPECT_FALSE(known.best("mail.dupont.com"));
  EXPECT_TRUE(known.best("dupont.net"));
}

TEST(References, AnswerForHostileNames) {
  const References known({"dupont.fr", "caisse-agricole.fr"});
  std::string labels;
  for (int i = 0; i < 10'000; ++i) labels += "a.";
  for (const std::string& name :
       {labels + "fr", std::string(100'000, 'a') + ".fr", std::string("xn--999999999.fr"), std::string("\xff\xfe.fr"),
        std::string("..fr"), std::string("-.fr"), std::string("\u202edupont.fr"), std::string(63, '-') + ".fr"})
    EXPECT_NO_THROW((void)known.best(name));
}

TEST(Skeleton, IsEqualForWhatLooksEqual) {
  EXPECT_EQ(skeleton("rnartin"), skeleton("martin"));
  EXPECT_EQ(skeleton("m\u00e0rtin"), skeleton("martin"));
  EXPECT_EQ(skeleton("\u0440\u0430\u0443pal"), skeleton("paypal"));
  EXPECT_NE(skeleton("martin"), skeleton("dupont"));
}

struct Count {
  int pairs = 0, named = 0, medium = 0, high = 0;
};

std::map<std::string, Count> measured(const char* file) {
  std::map<std::string, Count> table;
  std::ifstream in(std::string(THREADLINE_SHARED_DIR) + "/data/lookalike/" + file);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    const std::size_t one = line.find('\t'), two = line.find('\t', one + 1), three = line.find('\t', two + 1);
    const std::string reference = line.substr(0, one), candidate = line.substr(one + 1, two - one - 1);
    Count& count = table[line.substr(three + 1)];
    const auto found = References({reference}).best(candidate);
    ++count.pairs;
    count.named += found ? 1 : 0;
    count.medium += found && found->severity >= Severity::medium ? 1 : 0;
    count.high += found && found->severity >= Severity::high ? 1 : 0;
  }
  return table;
}

Count print(const std::map<std::string, Count>& table) {
  Count all;
  for (const auto& [name, count] : table) {
    std::cout << name << "\tpairs " << count.pairs << "\tnamed " << count.named << "\tmedium+ " << count.medium << "\thigh+ "
              << count.high << "\n";
    all.pairs += count.pairs;
    all.named += count.named;
    all.medium += count.medium;
    all.high += count.high;
  }
  std::cout << "all\tpairs " << all.pairs << "\tnamed " << all.named << "\tmedium+ " << all.medium << "\thigh+ " << all.high
            << "\n";
  return all;
}

TEST(Measured, AtLeast95PercentOfMadeLookalikesAreNamed) {
  const auto table = measured("positives.tsv");
  if (table.empty()) GTEST_SKIP() << "../shared/data/lookalike is absent";
  const Count all = print(table);
  EXPECT_GE(all.named, 0.95 * all.pairs);
}

TEST(Measured, PairsOfRealNamesAreSeldomHigh) {
  const auto table = measured("negatives.tsv");
  if (table.empty()) GTEST_SKIP() << "../shared/data/lookalike is absent";
  const Count all = print(table);
  EXPECT_LE(all.high, 0.01 * all.pairs);
}

}  // namespace
}  // namespace threadline::text
