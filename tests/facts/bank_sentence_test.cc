// SPDX-License-Identifier: Apache-2.0
// Accounts inside sentences of seven languages, beside other numbers; UK and US accounts; what explain says of each.
#include <gtest/gtest.h>

#include <set>

#include "facts/account_spellings.h"
#include "facts/bank/account.h"
#include "facts/bank/iban.h"

namespace threadline::facts {
namespace {

std::string values_of(std::string_view text) {
  std::string values;
  for (const auto& account : find_accounts(text, {})) {
    if (account.kind != "bic") values += (values.empty() ? "" : " ") + account.value + (account.valid ? "" : "!");
  }
  return values;
}

/// '$' is the account in groups of four, '=' the account without blanks.
struct Sentence {
  const char* name;
  const char* text;
};
class InASentence : public testing::TestWithParam<Sentence> {};
TEST_P(InASentence, TheAccountIsRead) {
  Accounts accounts(7);
  std::size_t missed = 0;
  for (const auto& country : iban_countries()) {
    if (!country.in_registry) continue;
    const auto iban = accounts.iban(country.code);
    std::string text;
    for (const char c : std::string_view(GetParam().text)) {
      if (c == '=') {
        text += iban;
      } else if (c == '$') {
        for (std::size_t i = 0; i < iban.size(); ++i) text += (i > 0 && i % 4 == 0 ? " " : "") + std::string(1, iban[i]);
      } else {
        text += c;
      }
    }
    if (const auto values = values_of(text); values != iban && ++missed <= 2)
      ADD_FAILURE() << text << "\n  is read as \"" << values << "\"";
  }
  EXPECT_EQ(missed, 0U);
}
INSTANTIATE_TEST_SUITE_P(
    Languages, InASentence,
    testing::Values(
        Sentence{"fr", "Merci de r\u00e9gler les 12 400,00 EUR de la facture 2024-118 sur le compte $ avant le 15/03/2024."},
        Sentence{"fr_glued", "Veuillez noter notre IBAN :=et notre BIC ci-dessous."},
        Sentence{"fr_line", "Notre nouvel IBAN est le suivant :\n$\nCordialement,\nAnne Exemple\n01 23 45 67 89"},
        Sentence{"fr_date", "Le 12 mars 2024, IBAN = 3 pages jointes"},
        Sentence{"fr_in", "au profit de l'IBAN $ (SARL Exemple), r\u00e9f. 4471"},
        Sentence{"en", "Please remit USD 48,200.50 for invoice 88213 to $ by 15 March 2024, quoting ref 99."},
        Sentence{"en_glued", "Beneficiary IBAN: =Bank: Example Bank plc, 1 High Street"},
        Sentence{"en_capitals", "PLEASE PAY TO IBAN $ AND CONFIRM TODAY"}, Sentence{"en_and", "the account = and nothing else"},
        Sentence{"de", "Bitte \u00fcberweisen Sie 1.250,00 EUR bis 15.03.2024 auf unser Konto $ bei der Beispielbank."},
        Sentence{"de_semicolon", "Bankverbindung: IBAN =; BIC ABCDDEFF; USt-IdNr. DE123456789"},
        Sentence{"es", "Rogamos abonen la factura 2024/0117 en la cuenta $ a nombre de Ejemplo SL."},
        Sentence{"it", "Vi preghiamo di effettuare il bonifico di 3.400,00 euro sull'IBAN $ intestato a Esempio Srl."},
        Sentence{"nl", "Gelieve 250,00 euro over te maken op rekening $ t.n.v. Voorbeeld BV o.v.v. 20240117."},
        Sentence{"pt", "Por favor transfira 980,00 euros para a conta com o IBAN $ at\u00e9 15/03/2024."},
        Sentence{"apostrophe", "sur l\u2019IBAN\u00a0: \u2018=\u2019"}, Sentence{"arrow", "IBAN -> ="},
        Sentence{"arrow_sign", "IBAN \u2192 $"}, Sentence{"number_sign", "IBAN n\u00b0 $"}, Sentence{"hash", "IBAN #="},
        Sentence{"long_dash", "IBAN \u2014 $ \u2014 BIC \u2014 ABCDFRPP"}, Sentence{"table_row", "1\tIBAN\t=\t2024-03-15\t48.20"},
        Sentence{"semicolons", "4711;Exemple SARL;=;ABCDFRPPXXX;12,50"}, Sentence{"json", "{\"iban\": \"=\", \"amount\": 12.5}"},
        Sentence{"xml", "<IBAN>=</IBAN>"}, Sentence{"bullet", "\u2022 IBAN : $\n\u2022 BIC : ABCDFRPP"},
        Sentence{"digits_line_before", "Total 1 234,56\n$"}, Sentence{"telephone_after", "$\n+33 1 23 45 67 89"},
        Sentence{"telephone_same_line", "= 01 23 45 67 89"}),
    [](const auto& sentence) { return std::string(sentence.param.name); });

struct Pair {
  const char* name;
  std::string text, value;
};
class Domestic : public testing::TestWithParam<Pair> {};
TEST_P(Domestic, CodeAndNumberAreOneAccount) { EXPECT_EQ(values_of(GetParam().text), GetParam().value) << GetParam().text; }
const std::string kUk = "60161331926819", kUs = "021000021000123456789";
INSTANTIATE_TEST_SUITE_P(
    Pairs, Domestic,
    testing::Values(
        Pair{"uk_dashes", "Sort code: 60-16-13\nAccount number: 31926819", kUk},
        Pair{"uk_blanks", "Sort Code 60 16 13 Account No. 31926819", kUk},
        Pair{"uk_compact", "sort code 601613, account 31926819", kUk}, Pair{"uk_sc", "S/C: 60-16-13 A/C: 31926819", kUk},
        Pair{"uk_sort_dot", "Sort: 60-16-13 / Acc: 31926819", kUk}, Pair{"uk_sc_compact", "S/C 601613 A/C 31926819", kUk},
        Pair{"uk_sort_compact", "Sort: 601613 Acc: 31926819", kUk}, Pair{"uk_sc_letters", "SC 60-16-13 AC 31926819", kUk},
        Pair{"uk_account_before_sort", "Account 31926819, sort 601613", kUk},
        Pair{"sc_is_a_contract", "SC 601613 for customer account 31926819", ""},
        Pair{"sc_is_a_state", "Charleston SC 294013\nOrder: 31926819", ""},
        Pair{"sc_is_a_charge", "S/C 601613 for order 31926819", ""}, Pair{"us_dda", "RTN: 021000021 DDA: 000123456789", kUs},
        Pair{"us_rtn_alone", "RTN: 021000021 order: 000123456789", ""},
        Pair{"uk_number_first", "Acc no: 31926819, sort code: 60-16-13", kUk},
        Pair{"uk_table", "Sort code\tAccount number\n60-16-13\t31926819", kUk},
        Pair{"uk_lines", "Account name\nExample Ltd\nSort code\n60-16-13\nAccount number\n31926819", kUk},
        Pair{"uk_split", "Sort code: 60-16-13 Account number: 3192 6819", kUk},
        Pair{"uk_en_dashes", "Sort code: 60\u201316\u201313 Account number: 31926819", kUk},
        Pair{"uk_bank_between", "Sort code: 60-16-13 (Example Bank, London EC2)\nAccount number: 31926819", kUk},
        Pair{"uk_html", "Sort Code:\u00a060-16-13\nAccount Number:\u00a031926819", kUk},
        Pair{"uk_sort_in_sentence", "Please sort 601613 items of order 31926819", ""},
        Pair{"uk_too_short", "Sort code: 60-16-13 Account number: 3192681", ""},
        Pair{"us_aba", "ABA: 021000021 Account: 000123456789", kUs},
        Pair{"us_routing", "Routing number 021000021\nAccount number 000123456789", kUs},
        Pair{"us_lines", "Routing #\n021000021\nAccount #\n000123456789", kUs},
        Pair{"us_table", "Bank routing number\tAccount number\n021000021\t000123456789", kUs},
        Pair{"us_number_first", "Account #: 000123456789\nABA/Routing #: 021000021", kUs},
        Pair{"us_rtn", "RTN: 021000021, Acct: 000123456789", kUs},
        Pair{"us_ach", "ACH routing (ABA) 021000021 - checking account 000123456789", kUs},
        Pair{"us_wire_and_ach", "Wire routing: 021000021\nAccount: 000123456789", kUs},
        Pair{"us_dashes", "Routing No. 021-000-021, Account No. 000-123-456789", kUs},
        Pair{"us_two_routings", "Routing number (ACH): 021000021\nRouting number (wire): 026009593\nAccount number: 000123456789",
             kUs},
        Pair{"us_invoice", "Routing number: 021000021, invoice 20240117", ""},
        Pair{"us_too_long_for_a_number", "Account #: 000123456789012345\nABA/Routing #: 021000021", ""},
        Pair{"us_longest_number_first", "Account #: 12345678901234567\nABA/Routing #: 021000021", "02100002112345678901234567"},
        Pair{"us_wrong", "Routing number 021000022\nAccount number 000123456789", "021000022000123456789!"}),
    [](const auto& pair) { return std::string(pair.param.name); });

TEST(WhatExplainSays, OfEachKindOfAccount) {
  const auto french = find_accounts("IBAN FR7630006000011234567890189 BIC AGRIFRPP", {});
  ASSERT_EQ(french.size(), 1U);
  EXPECT_EQ(french[0].kind + " " + french[0].country + " " + french[0].bank_code + " " + french[0].bic, "iban FR 30006 AGRIFRPP");
  EXPECT_FALSE(french[0].bank_name.empty());
  const auto british = find_accounts("Sort code: 60-16-13 Account number: 31926819", {});
  ASSERT_EQ(british.size(), 1U);
  EXPECT_EQ(british[0].kind + " " + british[0].country + " " + british[0].bank_code + " " + british[0].value,
            "uk GB 601613 " + kUk);
  const auto american = find_accounts("ABA: 021000021 Account: 000123456789 SWIFT: CHASUS33", {});
  ASSERT_EQ(american.size(), 1U);
  EXPECT_EQ(american[0].kind + " " + american[0].country + " " + american[0].bank_code + " " + american[0].bic,
            "us US 021000021 CHASUS33");
  const auto alone = find_accounts("Code BIC (SWIFT) : AGRIFRPPXXX", {});
  ASSERT_EQ(alone.size(), 1U);
  EXPECT_EQ(alone[0].kind + " " + alone[0].country + " " + alone[0].value, "bic FR AGRIFRPPXXX");
  EXPECT_TRUE(find_accounts("DOCUMENT PAIEMENT RELEVEES", {}).empty());
}

TEST(ABicThatStandsAlone, IsReadWhereTheTableKnowsItOrItsInstitutionIsNamed) {
  const auto told = [](std::string_view text) {
    std::string line;
    for (const auto& account : find_accounts(text, {})) line += account.kind + ":" + account.value + ";";
    return line;
  };
  for (const auto* silent :
       {"FACTURES DOCUMENT PAIEMENT SOUFFRIR BANQUIER", "Commerzbank : BEZAHLEN ABSENDER", "Societe SOGEFRZZ", "sogefrpp",
        "XSOGEFRPP", "SOGEFRPP9", "ref=SOGEFRPP", "https://bank.example/SOGEFRPP", "aSOGEFRPP+SOGEFRPPb", "Banque : CREDITEES",
        "TRANSFERENCIA BANCARIA"})
    EXPECT_EQ(told(silent), "") << silent;
  EXPECT_EQ(told("Virement par SOGEFRPP svp"), "bic:SOGEFRPP;");
  EXPECT_EQ(told("(COBADEFFXXX)"), "bic:COBADEFFXXX;");
  EXPECT_EQ(told("Notre banque est la Commerzbank, COBADEZZ."), "bic:COBADEZZ;");
  EXPECT_EQ(told("Notre banque est la Commerzbank.\nVoir COBADEZZ."), "");
  EXPECT_EQ(told("SOGEFRPP, SOGEFRPP et encore SOGEFRPPXXX").substr(0, 13), "bic:SOGEFRPP;");
}

TEST(ABicWithoutALabel, IsReadRightBesideAnAccountOfAKnownInstitution) {
  const std::string account = "FR7630006000011234567890189";
  const auto bic_of = [&](const std::string& behind) { return find_accounts(account + behind, {}).at(0).bic; };
  const auto of_bank_code = bic_of("");
  for (const auto* behind : {" SOGEFRPP", " / SOGEFRPP", "\nSOGEFRPP\n", " (SOGEFRPP)", "\tSOGEFRPP"})
    EXPECT_EQ(bic_of(behind), "SOGEFRPP");
  EXPECT_EQ(bic_of(" SOGEFRPPXXX"), "SOGEFRPPXXX");
  EXPECT_EQ(bic_of(" BIC SOGEFRPP"), "SOGEFRPP");
  EXPECT_EQ(find_accounts("BIC\tIBAN\nSOGEFRPP\t" + account, {}).at(0).bic, "SOGEFRPP");
  for (const auto* behind :
       {" SOUFFRIR", " PAIEMENT", " sogefrpp", " DEUTDEFF", " SOGEFRPPX", " : merci. Voir le document SOGEFRPP"})
    EXPECT_EQ(bic_of(behind), of_bank_code) << behind;
  EXPECT_TRUE(find_accounts("SOUFFRIR PAIEMENT SOUFFRPP", {}).empty());
}

TEST(Masked, AccountsMayHideTheirCheckDigitsOrBeShortened) {
  for (const auto* text :
       {"IBAN : FR** **** **** **** **** **** 189", "IBAN FR76 ... 189", "Compte FR76\u2026189", "IBAN : FR76 3000 ... 189",
        "our account FR76 30.......189", "IBAN: FR\u2022\u2022 \u2022\u2022\u2022\u2022 189"}) {
    const auto found = find_accounts(text, {});
    ASSERT_EQ(found.size(), 1U) << text;
    EXPECT_TRUE(found[0].masked) << text;
    EXPECT_EQ(found[0].value.size(), 27U) << text << " " << found[0].value;
    EXPECT_TRUE(found[0].value.starts_with("FR") && found[0].value.ends_with("189")) << found[0].value;
  }
  for (const auto* text : {"MC **** **** **** 1234", "Card MC **** 1234", "Kapitel DE 12 ... 45", "FR 12 ....... 14",
                           "Annexe FR76 ... 189", "DE 10\u202612", "**** **** **** 1234"})
    EXPECT_TRUE(find_accounts(text, {}).empty()) << text;
}

TEST(Masked, AccountsArePartialInEveryMask) {
  Accounts accounts(8);
  for (const auto* country : {"FR", "DE", "BE", "GB", "ES", "IT", "NL", "PT", "CH", "LU", "PL", "SE", "NO", "MT"}) {
    const auto iban = accounts.iban(country);
    const std::string last = accounts.digits(4), head = iban.substr(0, 4);
    for (const std::string mask : {"*", "#", "X", "x", "\u2022", "\u25cf"}) {
      const auto four = mask + mask + mask + mask;
      for (const auto& text : {"IBAN " + head + " " + four + " " + four + " " + last, head + " " + four + " " + four + " " + last,
                               "IBAN: " + head + four + four + last}) {
        const auto found = find_accounts(text, {});
        ASSERT_EQ(found.size(), 1U) << text;
        EXPECT_TRUE(found[0].masked) << text;
        EXPECT_TRUE(found[0].value.starts_with(head) && found[0].value.ends_with(last)) << text << " " << found[0].value;
        EXPECT_EQ(found[0].value.size(), iban.size()) << text;
      }
    }
  }
}

}  // namespace
}  // namespace threadline::facts
