// SPDX-License-Identifier: Apache-2.0
// Whether money is taken from an account or paid to it, in sentences of direct debits and of invoices.
#include <gtest/gtest.h>

#include <string>

#include "facts/bank/account.h"

namespace threadline::facts {
namespace {

constexpr auto kIban = "DE89 3704 0044 0532 0130 00";

struct Sentence {
  const char* name;
  const char* before;
  const char* after;
};

AccountRole role_of(const Sentence& sentence) {
  const auto accounts = find_accounts(std::string(sentence.before) + kIban + sentence.after, {});
  return accounts.size() == 1 ? accounts.front().role : AccountRole::unknown;
}

class Debited : public ::testing::TestWithParam<Sentence> {};
TEST_P(Debited, IsThePayersAccount) { EXPECT_EQ(role_of(GetParam()), AccountRole::paying); }
INSTANTIATE_TEST_SUITE_P(
    Sentences, Debited,
    ::testing::Values(Sentence{"fr_future", "Nous pr\u00e9l\u00e8verons votre compte ", " le 5 du mois."},
                      Sentence{"fr_passive", "Le montant sera pr\u00e9lev\u00e9 le 5 mai sur votre compte IBAN ", "."},
                      Sentence{"fr_label", "Pr\u00e9l\u00e8vement automatique sur le compte : ", ""},
                      Sentence{"en_passive", "Your account ", " will be debited on 5 May."},
                      Sentence{"en_collect", "We will collect the amount by Direct Debit from account ", "."},
                      Sentence{"de_collect", "Den Betrag ziehen wir von Ihrem Konto ", " ein."},
                      Sentence{"de_charge", "Der Betrag wird Ihrem Konto ", " belastet."},
                      Sentence{"es_charge", "El importe se cargar\u00e1 en su cuenta ", "."},
                      Sentence{"it_charge", "L'importo sar\u00e0 addebitato sul conto ", "."},
                      Sentence{"pt_debit", "O valor ser\u00e1 debitado da conta ", "."},
                      Sentence{"fr_refund", "Nous avons rembours\u00e9 le trop-per\u00e7u sur votre compte ", "."},
                      Sentence{"fr_from_yours",
                               "Bien re\u00e7u votre virement provenant du compte bancaire, votre compte IBAN : ", ""},
                      Sentence{"en_refund", "We have refunded the amount to your account ", "."},
                      Sentence{"de_refund", "Wir haben den Betrag auf Ihr Konto ", " erstattet."},
                      Sentence{"nl_refund", "Wij hebben het bedrag op uw rekening ", " teruggestort."},
                      Sentence{"nl_debit", "Het bedrag wordt afgeschreven van rekening ", "."}),
    [](const auto& row) { return row.param.name; });

class Credited : public ::testing::TestWithParam<Sentence> {};
TEST_P(Credited, IsThePayeesAccount) { EXPECT_EQ(role_of(GetParam()), AccountRole::receiving); }
INSTANTIATE_TEST_SUITE_P(
    Sentences, Credited,
    ::testing::Values(Sentence{"fr_or_debit", "Vous pouvez payer par pr\u00e9l\u00e8vement ou par virement sur le compte ", "."},
                      Sentence{"en_client_number", "Your account 4711 is overdue. Please pay to ", "."},
                      Sentence{"en_or_debit", "You can pay by direct debit or by bank transfer to ", "."},
                      Sentence{"de_pay", "Bitte \u00fcberweisen Sie den Betrag auf unser Konto ", "."},
                      Sentence{"it_pay", "Il pagamento va fatto sul conto ", "."},
                      Sentence{"es_pay", "El pago se hace en la cuenta ", "."}),
    [](const auto& row) { return row.param.name; });

struct Told {
  AccountRole role;
  const char* language;
  const char* before;
  const char* after;
};
constexpr Told kTold[] = {
#define THREADLINE_SENTENCE(role, language, before, after) {AccountRole::role, #language, before, after},
#include "facts/bank_role_sentences.def"
#undef THREADLINE_SENTENCE
};
TEST(RoleOfAnAccount, IsToldInSentencesAndFormsOfSevenLanguages) {
  for (const Told& told : kTold) {
    const auto role = role_of({told.language, told.before, told.after});
    EXPECT_EQ(name_of(role), name_of(told.role)) << told.before << "..." << told.after;
  }
}

TEST(RoleOfAnAccount, OfTwoAccountsInOneFormIsTheOneOfItsLabel) {
  const auto accounts = find_accounts(
      "Compte d\u00e9bit\u00e9 : DE89 3704 0044 0532 0130 00\nCompte cr\u00e9dit\u00e9 : BE68 5390 0754 7034\n", {});
  ASSERT_EQ(accounts.size(), 2U);
  EXPECT_EQ(name_of(accounts[0].role), "paying");
  EXPECT_EQ(name_of(accounts[1].role), "receiving");
}

TEST(Table, HolderAndBicStandInTheRowBelowTheirLabels) {
  const auto accounts =
      find_accounts("Titulaire | IBAN | BIC\nAteliers Garnier | DE89 3704 0044 0532 0130 00 | COBADEFFXXX\n", {});
  ASSERT_EQ(accounts.size(), 1U);
  EXPECT_EQ(accounts[0].holder, "Ateliers Garnier");
  EXPECT_EQ(accounts[0].bic, "COBADEFFXXX");
}

}  // namespace
}  // namespace threadline::facts
