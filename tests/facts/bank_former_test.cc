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

INSTANTIATE_TEST_SUITE_P(
    Clauses, Former,
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
        Naming{"firm_en", "Payee: The Old Bakery Ltd\nIBAN: " + kB, "[-]"},
        Naming{"firm_within_a_word", "Beneficiary: Marigold Ltd\nIBAN: " + kB, "[-]"},
        Naming{"firm_of_account_words", "Payee: Old Bank House Ltd\nIBAN: " + kB, "[-]"},
        Naming{"name_en", "Account name: John Old\nIBAN: " + kB, "[-]"},
        Naming{"firm_de", "Bitte zahlen Sie an\nAlte Leipziger AG\nIBAN: " + kB, "[-]"},
        Naming{"firm_fr", "Titulaire : Anciens Etablissements Martin\nIBAN : " + kB, "[-]"},
        Naming{"firm_es", "Titular: La Antigua SL\nIBAN: " + kB, "[-]"},
        Naming{"firm_it", "Titolare: Vecchio Mulino\nIBAN: " + kB, "[-]"},
        Naming{"firm_nl", "T.n.v. Oude Haven BV\nIBAN: " + kB, "[-]"},
        Naming{"firm_pt", "Titular: Antiga Casa Lda\nIBAN: " + kB, "[-]"},
        Naming{"back_to_en", "Please pay to our old account again: " + kB, "[-]"},
        Naming{"back_to_fr", "Merci de revenir \u00e0 notre ancien compte : " + kB, "[-]"},
        Naming{"back_to_de", "Wir nutzen wieder unser altes Konto: " + kB, "[-]"},
        Naming{"back_to_es", "Volvemos a la cuenta anterior: " + kB, "[-]"},
        Naming{"back_to_it", "Torniamo al vecchio conto: " + kB, "[-]"},
        Naming{"back_to_nl", "Gebruik weer onze oude rekening: " + kB, "[-]"},
        Naming{"back_to_pt", "Voltamos \u00e0 conta antiga: " + kB, "[-]"},
        Naming{"brought_back_behind", "The old account: " + kB + " is to be used again.", "[-]"},
        Naming{"paid_behind", "Old account: " + kB + " - kindly pay there.", "[-]"},
        Naming{"not_closed", "Our old account is not closed:\n" + kB, "[-]"},
        Naming{"open_again", "Our old account remains open:\n" + kB, "[-]"},
        Naming{"not_by_cheque", "Instead of paying by cheque pay to " + kB, "[-]"},
        Naming{"de_not_by_cheque", "Statt per Scheck zahlen Sie auf " + kB, "[-]"},
        Naming{"es_announced", "Aqu\u00ed est\u00e1 nuestra nueva cuenta, la antigua ya no se usa: " + kB, "[-]"},
        Naming{"it_announced", "Ecco il nostro nuovo conto, il vecchio non si usa: " + kB, "[-]"},
        Naming{"pt_announced", "Segue a nossa nova conta, a antiga: " + kB, "[-]"},
        Naming{"nl_announced", "Hierbij onze nieuwe rekening, niet de oude: " + kB, "[-]"},
        // the old one
        Naming{"new_within_a_firm", "Novatex, l'ancien compte : " + kA, "[old]"},
        Naming{"new_within_a_name", "Herr Neumann, das alte Konto: " + kA, "[old]"},
        Naming{"new_within_renew", "We renew our offer, the old account: " + kA, "[old]"},
        Naming{"nl_new_within_a_word", "In vernieuwde vorm, de oude rekening: " + kA, "[old]"},
        Naming{"it_new_within_a_word", "Vi rinnoviamo gli auguri, il vecchio conto: " + kA, "[old]"},
        Naming{"es_new_within_a_word", "Renovamos la oferta, la cuenta anterior: " + kA, "[old]"},
        Naming{"pt_new_within_a_word", "Renovamos a oferta, a conta antiga: " + kA, "[old]"},
        Naming{"fr_no_more_paid", "Merci de ne plus payer sur " + kA, "[old]"},
        Naming{"de_no_more_paid", "Bitte zahlen Sie nicht mehr auf " + kA, "[old]"},
        Naming{"not_to_the_old", "Do not pay to the old account " + kA, "[old]"},
        Naming{"with_its_bank", "Old account with Barclays (closed in May): " + kA + " New account: " + kB, "[old][-]"},
        Naming{"heading", "Ancien compte :\nBanque Exemple\nIBAN : " + kA + "\nNouveau compte :\nIBAN : " + kB, "[old][-]"},
        Naming{"not_used_behind", "Old account: " + kA + " - please do not use it any more", "[old]"},
        Naming{"new_behind", "Old account: " + kA + ", please use the new one in the attachment", "[old]"},
        Naming{"closed_label", "Compte cl\u00f4tur\u00e9 : " + kA + "\nNouveau compte : " + kB, "[old][-]"},
        Naming{"fr_not_announced", "Nouveau RIB : " + kB + ". Pour m\u00e9moire, l'ancien est clos :\nIBAN " + kA, "[-][old]"},
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

/// One sentence that says that an account is closed stands above A: alone, it may be what is to be paid to; beside an announced
/// one it is the old one.
class Closed : public testing::TestWithParam<const char*> {};
TEST_P(Closed, IsTheOldAccountOnlyBesideAnAnnouncedOne) {
  const std::string announced = "Neue IBAN: " + kB + ".\n\n", statement = GetParam();
  EXPECT_EQ(told_of(statement + "\nIBAN " + kA), "[-]");
  EXPECT_EQ(told_of(announced + statement + "\nIBAN " + kA), "[-][old]");
  EXPECT_EQ(told_of(statement + "\nIBAN " + kA + ".\n\nNew account: " + kB), "[old][-]");
  EXPECT_EQ(told_of("IBAN: " + kB + "\n\n" + statement + "\nIBAN " + kA), "[-][-]") << "nothing is announced";
  EXPECT_EQ(told_of("Neue IBAN: " + kA + ".\n\n" + statement + "\nIBAN " + kA), "[-][-]") << "the same account";
}
INSTANTIATE_TEST_SUITE_P(
    Sentences, Closed,
    testing::Values("Our old account is closed:", "Our account has been closed:", "Our IBAN is no longer valid:",
                    "Notre ancien compte est cl\u00f4tur\u00e9 :", "Notre IBAN n'est plus valable :",
                    "Unser altes Konto ist geschlossen:", "Unsere Bankverbindung ist nicht mehr g\u00fcltig:",
                    "Nuestra antigua cuenta est\u00e1 cerrada:", "Nuestra cuenta ya no es v\u00e1lida:",
                    "Il nostro vecchio conto \u00e8 chiuso:", "Il nostro conto non \u00e8 pi\u00f9 valido:",
                    "A nossa conta antiga foi encerrada:", "A nossa conta j\u00e1 n\u00e3o \u00e9 v\u00e1lida:",
                    "Onze oude rekening is gesloten:", "Onze rekening is niet meer geldig:"));

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

TEST(AWarning, OfTheAccountBelowMeansNoneOfTwoBehindAnEmptyLine) {
  EXPECT_EQ(told_of("The account below is not ours, please pay nothing to it.\n\nAcme Ltd\nIBAN: " + kA + "\n> IBAN: " + kB),
            "[-][-]");
}

TEST(AWarning, AboveASortCodeIsOne) {
  for (const char* account : {"Sort code 04-78-93, account no. 26410790",
                              "Account name: Kestrel Logistics\nSort code: 40 94 75\nAccount number: 45909787",
                              "Beneficiary: Kestrel Logistics\nRouting number (ABA): 111080980\nAccount number: 4499355911"}) {
    EXPECT_EQ(told_of("Somebody has been impersonating us: the account below is not ours, please do not pay anything to it.\n" +
                      std::string(account)),
              "[old]")
        << account;
    EXPECT_EQ(told_of("The old account is not ours any more, please pay to this one:\n" + std::string(account)), "[-]")
        << account;
  }
  EXPECT_EQ(told_of("If you received these bank details, please ignore them:\nSort code 04-33-99, account no. 21911787"),
            "[old]");
}

}  // namespace
}  // namespace threadline::facts
