// SPDX-License-Identifier: Apache-2.0
#include "text/resemblance.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <thread>
#include <vector>

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
    testing::Values(
        Row{"rn_for_m", "rnartin.example", "martin.example", "homoglyph", "high"},
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
        Row{"dot_for_hyphen", "usine.roymartin.fr", "usine-roymartin.fr", "dot", "medium"},
        Row{"other_suffix", "dupont.co.uk", "dupont.com", "tld", "low"},
        Row{"keyword_fr", "dupont-facturation.fr", "dupont.fr", "combo", "high"},
        Row{"keyword_run_together", "factures-dupont.net", "dupont.fr", "combo", "high"},
        Row{"two_keywords", "dupont-invoice-service.eu", "dupont.fr", "combo", "high"},
        Row{"own_suffix", "dupont-fr.com", "dupont.fr", "subdomain", "high"},
        Row{"own_suffix_of_two_labels", "dupont-co-uk.com", "dupont.co.uk", "subdomain", "high"},
        Row{"another_ones_suffix", "dupont-de.com", "dupont.fr", "combo", "low"},
        Row{"own_suffix_and_a_keyword", "dupont-fr-factures.com", "dupont.fr", "combo", "high"},
        Row{"subsidiary", "dupont-ebike.com", "dupont.com", "combo", "low"},
        Row{"corporate_word", "dupont-group.com", "dupont.com", "combo", "low"},
        Row{"token_order", "agricole-caisse.example", "caisse-agricole.example", "token_order", "high"},
        Row{"subdomain", "dupont.fr.secure-mail.example", "dupont.fr", "subdomain", "high"},
        Row{"typo_and_keyword", "facture-dupotn.fr", "dupont.fr", "double", "medium"},
        Row{"two_typos_in_a_long_name", "boulangereimartn.fr", "boulangeriemartin.fr", "double", "medium"},
        Row{"two_typos_in_two_words", "hotal-du-loc.example", "hotel-du-lac.example", "double", "medium"},
        Row{"two_typos_in_one_word_of_several", "boulangereimartn-paris.fr", "boulangeriemartin-paris.fr", "double", "medium"},
        Row{"two_swaps_in_a_short_word", "transports-igradr.example", "transports-girard.example", "double", "medium"},
        Row{"c_l_for_d", "clupont.example", "dupont.example", "homoglyph", "high"},
        Row{"v_v_for_w", "vvagner.example", "wagner.example", "homoglyph", "high"},
        Row{"c_i_for_a", "grciphique.example", "graphique.example", "homoglyph", "high"},
        Row{"n_n_for_m", "nnartin.example", "martin.example", "homoglyph", "high"},
        Row{"five_for_s", "rous5el.example", "roussel.example", "homoglyph", "high"},
        Row{"one_for_i", "mart1n.example", "martin.example", "homoglyph", "high"},
        Row{"palochka", "\u04cfefebvre.example", "lefebvre.example", "idn", "high"},
        Row{"greek_omicron", "dup\u03bfnt.example", "dupont.example", "idn", "high"},
        Row{"all_cyrillic", "\u0441\u043e\u0440\u0430.example", "copa.example", "idn", "high"},
        Row{"small_capital", "du\u1d18ont.example", "dupont.example", "idn", "high"},
        Row{"letters_that_idna_refuses", "xn--harpentier-h6h.example", "charpentier.example", "idn", "high"},
        Row{"accent_left_out", "societe-dupre.example", "soci\u00e9t\u00e9-dupr\u00e9.example", "accent", "high"},
        Row{"accent_and_suffix", "dup\u00f3nt.com", "dupont.fr", "accent", "medium"},
        Row{"accent_left_out_elsewhere", "societe-dupre.com", "soci\u00e9t\u00e9-dupr\u00e9.fr", "accent", "low"},
        Row{"azerty_neighbour", "mqrtin.example", "martin.example", "replacement", "high"},
        Row{"qwertz_neighbour", "wagnet.example", "wagner.example", "replacement", "high"},
        Row{"one_bit", "lefebvze.example", "lefebvre.example", "bitsquat", "high"},
        Row{"plural_of_a_sibilant", "roussexes.example", "roussex.example", "plural", "high"},
        Row{"dot_in_the_middle", "boulangerie.martin.example", "boulangeriemartin.example", "dot", "high"},
        Row{"keyword_de", "rechnung-wagner.example", "wagner.example", "combo", "high"},
        Row{"keyword_es", "facturas-romero.example", "romero.example", "combo", "high"},
        Row{"keyword_it", "bianchi-pagamenti.example", "bianchi.example", "combo", "high"},
        Row{"own_suffix_run_together", "dupontfr.com", "dupont.fr", "combo", "medium"},
        Row{"words_run_together_in_another_order", "agricolecaisse.example", "caisse-agricole.example", "token_order", "high"},
        Row{"hyphened_subdomain", "dupont-fr.secure-mail.example", "dupont.fr", "subdomain", "high"},
        Row{"typo_and_suffix", "boulangreie.example", "boulangerie.fr", "double", "medium"},
        Row{"homoglyph_and_suffix", "dup0nt.com", "dupont.fr", "double", "medium"},
        Row{"homoglyph_and_keyword", "dup0nt-factures.fr", "dupont.fr", "double", "high"},
        Row{"registrys_ending_behind_a_hyphen", "impots-gouv.fr", "impots.gouv.fr", "hyphen", "high"},
        Row{"registrys_ending_without_its_dot", "impotsgouv.fr", "impots.gouv.fr", "dot", "high"},
        Row{"registrys_ending_of_an_association", "lespins-asso.fr", "lespins.asso.fr", "hyphen", "high"},
        Row{"registrys_ending_of_two_letters", "quincaillerie-sud-co.uk", "quincaillerie-sud.co.uk", "hyphen", "high"},
        Row{"registrys_ending_run_together_with_a_long_name", "quincailleriesudco.uk", "quincailleriesud.co.uk", "dot", "high"},
        Row{"registrys_ending_behind_a_short_name", "hmrc-gov.uk", "hmrc.gov.uk", "hyphen", "high"},
        Row{"registrys_ending_and_a_digit_for_a_letter", "imp0ts-gouv.fr", "impots.gouv.fr", "double", "high"},
        Row{"registrys_ending_elsewhere", "impots-gouv.com", "impots.gouv.fr", "combo", "medium"},
        Row{"registrys_ending_of_australia", "dupont-com.au", "dupont.com.au", "hyphen", "high"},
        Row{"a_public_suffix_with_a_name", "notalres.fr", "notaires.fr", "homoglyph", "high"},
        Row{"three_letters", "lci.fr", "lcl.fr", "homoglyph", "low"}),
    [](const auto& row) { return std::string(row.param.name); });

class Unlike : public testing::TestWithParam<std::pair<std::string_view, std::string_view>> {};

TEST_P(Unlike, IsNotNamed) {
  const auto& [candidate, reference] = GetParam();
  const auto found = resemblance(candidate, reference);
  EXPECT_FALSE(found) << (found ? found->why : "");
}

INSTANTIATE_TEST_SUITE_P(
    Pairs, Unlike,
    testing::Values(std::pair{"mail.dupont.fr", "dupont.fr"}, std::pair{"dupont.fr", "DUPONT.fr"},
                    std::pair{"epicsports.in", "sport.es"}, std::pair{"googleusercontent.com", "google.fr"},
                    std::pair{"slack.com", "slate.com"}, std::pair{"192.0.2.1", "192.0.2.2"},
                    // Guards: numbers of one family, machines, other words run together, names of machines
                    // among the labels.
                    std::pair{"awsdns-02.example", "awsdns-01.example"}, std::pair{"server12.example", "server7.example"},
                    std::pair{"century22.example", "century21.example"}, std::pair{"dupontel.fr", "dupont.fr"},
                    std::pair{"sellerie-dupond-paris.fr", "sellerie.fr.example"}, std::pair{"mail.dupont.fr", "mail.com"},
                    std::pair{"hotelmilano.it", "hotel.milano.it"}, std::pair{"durandavocat.fr", "durand.avocat.fr"},
                    std::pair{"vodacom.au", "voda.com.au"}, std::pair{"magnet.nz", "mag.net.nz"}, std::pair{"", "dupont.fr"},
                    std::pair{"dupont.fr", ""}, std::pair{"compass.com", "comcast.net"}));

class NotAboveLow : public testing::TestWithParam<std::pair<std::string_view, std::string_view>> {};

TEST_P(NotAboveLow, IsAtMostLow) {
  const auto& [candidate, reference] = GetParam();
  const auto found = resemblance(candidate, reference);
  EXPECT_TRUE(!found || found->severity == Severity::low) << found->why;
}

INSTANTIATE_TEST_SUITE_P(
    Pairs, NotAboveLow,
    testing::Values(std::pair{"lci.fr", "lcl.fr"}, std::pair{"dupont-ebike.com", "dupont.com"},
                    std::pair{"hotel-du-parc.example", "hotel-du-lac.example"},
                    std::pair{"transports-picard.example", "transports-girard.example"}, std::pair{"dupont2025.fr", "dupont.fr"},
                    std::pair{"dupont.de", "dupont.fr"}, std::pair{"petit-four.de", "petitfour.fr"},
                    std::pair{"abcdn.example", "xbcdn.example"}, std::pair{"myguardian.example", "goguardian.example"},
                    std::pair{"jivox.example", "vivox.example"}, std::pair{"cloud-invoice.example", "invoice.example"},
                    std::pair{"sanco.uk", "san.co.uk"}, std::pair{"texaco.uk", "texa.co.uk"}, std::pair{"san-co.uk", "san.co.uk"},
                    std::pair{"dupant.com", "dupont.fr"}, std::pair{"assurance-dupont.fr", "dupont.fr"}));

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

TEST(References, AnswerForNamesOfTheLargestSize) {
  const std::string octets =
      std::string(63, 'a') + "." + std::string(63, 'b') + "." + std::string(63, 'c') + "." + std::string(61, 'd');
  ASSERT_EQ(octets.size(), 253U);
  const References known({octets, std::string(63, 'a') + ".fr"});
  EXPECT_FALSE(known.best(octets));
  EXPECT_TRUE(known.best(std::string(62, 'a') + ".fr"));
  EXPECT_FALSE(known.best(std::string(64, 'a') + ".fr"));
}

TEST(Skeleton, IsEqualForWhatLooksEqual) {
  EXPECT_EQ(skeleton("rnartin"), skeleton("martin"));
  EXPECT_EQ(skeleton("m\u00e0rtin"), skeleton("martin"));
  EXPECT_EQ(skeleton("\u0440\u0430\u0443pal"), skeleton("paypal"));
  EXPECT_NE(skeleton("martin"), skeleton("dupont"));
}

TEST(References, TakeMoreWhileOthersAsk) {
  References known({"dupont.fr"});
  const std::vector<std::string> asked = {"dup0nt.fr", "boulangerei.example", "unlike.example"};
  std::atomic<bool> is_done = false;
  std::vector<std::jthread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      while (!is_done)
        for (const std::string& one : asked) (void)known.best(one);
    });
  }
  for (int i = 0; i < 2'000; ++i) known.add("name" + std::to_string(i) + "word.example");
  known.add("boulangerie.example");
  is_done = true;
  readers.clear();
  EXPECT_EQ(known.size(), 2'002U);
  EXPECT_EQ(known.best("dup0nt.fr")->reference, "dupont.fr");
  EXPECT_EQ(known.best("boulangerei.example")->reference, "boulangerie.example");
}

TEST(References, AReferenceIsAskedAboutThoseThatAreAccepted) {
  References known;
  for (const char* domain : {"dupont.fr", "dup0nt.fr", "dupont.fr"}) known.add(domain);
  EXPECT_EQ(known.size(), 2U);
  EXPECT_FALSE(known.best("dup0nt.fr"));
  EXPECT_EQ(known.best_of("dup0nt.fr", [](std::string_view one) { return one == "dupont.fr"; })->reference, "dupont.fr");
  EXPECT_FALSE(known.best_of("dup0nt.fr", [](std::string_view) { return false; }));
}

TEST(References, OnesOwnSuffixGoesBeforeManyOthers) {
  References known;
  for (char a = 'a'; a <= 'z'; ++a)
    for (char b = 'a'; b <= 'z'; ++b) known.add(std::string("meridienne.") + a + b);
  known.add("meridienne.example");
  const auto found = known.best("meridiennne.example");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->reference, "meridienne.example");
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
