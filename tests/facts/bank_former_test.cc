// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "facts/bank/account.h"

namespace threadline::facts {
namespace {

const std::string kA = "BE68539007547034", kB = "DE89370400440532013000";

/// "old" for an account that the text calls the former one, "-" for one that it presents.
std::string told_of(const std::string& text) {
  std::string told;
  for (const auto& account : find_accounts(text, {})) told += account.former ? "[old]" : "[-]";
  return told;
}

struct Naming {
  const char* name;
  std::string text, told;
};
class Former : public testing::TestWithParam<Naming> {};
TEST_P(Former, IsWhatTheClauseCallsOld) { EXPECT_EQ(told_of(GetParam().text), GetParam().told) << GetParam().text; }

INSTANTIATE_TEST_SUITE_P(Clauses, Former,
                         testing::Values(
                             // presented, though something old is named near
                             Naming{"plain", "IBAN : " + kA, "[-]"},
                             Naming{"old_in_the_sentence_before", "Notre ancien compte est ferm\u00e9. IBAN : " + kB, "[-]"},
                             Naming{"old_before_a_comma", "Our old account is closed, use " + kB, "[-]"},
                             Naming{"old_is_replaced", "Our old IBAN is replaced by " + kB, "[-]"},
                             Naming{"not_the_old_but", "Zahlen Sie nicht mehr auf das alte Konto sondern auf " + kB, "[-]"},
                             Naming{"old_above_an_empty_line", "Thank you for your previous order\n\nIBAN: " + kB, "[-]"},
                             Naming{"fr_announced", "Voici notre nouveau RIB, l'ancien est clos :\nIBAN " + kB, "[-]"},
                             Naming{"en_below", "The account below is ours, forget the old one:\n" + kB, "[-]"},
                             Naming{"en_replaces", "Our new account replaces the old one:\n" + kB, "[-]"},
                             Naming{"de_announced", "Bitte nutzen Sie das folgende Konto, das alte ist zu: " + kB, "[-]"},
                             // the old one
                             Naming{"fr_not_announced", "Pour m\u00e9moire, l'ancien est clos :\nIBAN " + kA, "[old]"},
                             Naming{"en_after_the_new", "Our new account is " + kB + ", the old one was " + kA, "[-][old]"},
                             Naming{"en_other_sentence", "Our new account is attached. The old one was:\n" + kA, "[old]"},
                             Naming{"fr", "Ancien IBAN : " + kA + "\nNouveau IBAN : " + kB, "[old][-]"},
                             Naming{"fr_no_more", "Merci de ne plus utiliser " + kA + ", utilisez " + kB, "[old][-]"},
                             Naming{"en", "Old account: " + kA + "\nNew account: " + kB, "[old][-]"},
                             Naming{"en_other_order", "New account: " + kB + "\nOld account: " + kA, "[-][old]"},
                             Naming{"en_no_longer", "Please no longer use " + kA + ", use " + kB + " instead", "[old][-]"},
                             Naming{"en_instead", "Use " + kB + " instead of " + kA, "[-][old]"},
                             Naming{"de", "Alte IBAN: " + kA + " Neue IBAN: " + kB, "[old][-]"},
                             Naming{"es", "Cuenta anterior: " + kA + " Nueva cuenta: " + kB, "[old][-]"},
                             Naming{"it", "Vecchio IBAN: " + kA + "\nNuovo IBAN: " + kB, "[old][-]"},
                             Naming{"nl", "Oude rekening: " + kA + "\nNieuwe rekening: " + kB, "[old][-]"},
                             Naming{"pt", "Conta antiga: " + kA + "\nConta nova: " + kB, "[old][-]"}),
                         [](const auto& naming) { return std::string(naming.param.name); });

struct Warning {
  bool is_warned;
  const char* before;
  const char* after;
};
constexpr bool warned = true, presented = false;
constexpr Warning kWarnings[] = {
#define THREADLINE_SENTENCE(told, language, before, after) {told, before, after},
#include "facts/bank_warning_sentences.def"
#undef THREADLINE_SENTENCE
};
TEST(AWarning, NamesAnAccountAndPresentsNone) {
  for (const Warning& warning : kWarnings) {
    const std::string text = warning.before + kA + warning.after;
    EXPECT_EQ(told_of(text), warning.is_warned ? "[old]" : "[-]") << text;
  }
}

}  // namespace
}  // namespace threadline::facts
