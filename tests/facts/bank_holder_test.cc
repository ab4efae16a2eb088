// SPDX-License-Identifier: Apache-2.0
// The holder of an account by its labels in seven languages and by the layouts of mails and forms; and words that are no holder.
#include <gtest/gtest.h>

#include "facts/bank/account.h"

namespace threadline::facts {
namespace {

const std::string kAccount = "FR76 3000 6000 0112 3456 7890 189";
constexpr auto kName = "Exemple & Fils SARL";

constexpr const char* kLabels[] = {
    // fr
    "Titulaire", "Titulaire du compte", "Nom du titulaire", "Nom du titulaire du compte", "B\u00e9n\u00e9ficiaire",
    "Nom du b\u00e9n\u00e9ficiaire", "B\u00e9n\u00e9ficiaire du virement", "Intitul\u00e9 du compte", "Intitul\u00e9", "Ordre",
    "Au nom de", "Compte au nom de", "Nom du compte", "Propri\u00e9taire du compte", "Destinataire du virement",
    "TITULAIRE DU COMPTE",
    // en
    "Account holder", "Account Holder Name", "Account name", "ACCOUNT NAME", "Beneficiary", "Beneficiary name",
    "Name of beneficiary", "Name of account holder", "Payee", "Payee name", "Name of payee", "Account in the name of",
    "In the name of", "A/C name", "Acct name", "Bank account name", "Recipient name", "Account owner",
    // de
    "Kontoinhaber", "Kontoinhaberin", "Inhaber", "Empf\u00e4nger", "Name des Empf\u00e4ngers", "Zahlungsempf\u00e4nger",
    "Beg\u00fcnstigter", "Name des Kontoinhabers", "Name des Beg\u00fcnstigten", "Lautend auf",
    // es
    "Titular", "Titular de la cuenta", "Nombre del titular", "Beneficiario", "Nombre del beneficiario", "A nombre de",
    // it
    "Intestatario", "Intestatario del conto", "Intestatario conto", "Intestato a", "Conto intestato a", "Nome del beneficiario",
    "Nome beneficiario", "Titolare del conto",
    // nl
    "Rekeninghouder", "Naam rekeninghouder", "Naam van de rekeninghouder", "Ten name van", "T.n.v.", "Begunstigde",
    "Naam begunstigde", "Op naam van", "Tenaamstelling",
    // pt
    "Titular da conta", "Nome do titular", "Benefici\u00e1rio", "Nome do benefici\u00e1rio", "Em nome de", "Favorecido"};

struct Layout {
  const char* name;
  std::string (*write)(const std::string& label, const std::string& name);
};
constexpr Layout kLayouts[] = {
    {"before", [](const std::string& l, const std::string& n) { return l + " : " + n + "\nIBAN : " + kAccount; }},
    {"after",
     [](const std::string& l, const std::string& n) { return "IBAN: " + kAccount + "\nBIC: AGRIFRPP\n" + l + ": " + n + "\n"; }},
    {"cells", [](const std::string& l, const std::string& n) { return l + "\t" + n + "\nIBAN\t" + kAccount; }},
    {"lines", [](const std::string& l, const std::string& n) { return l + "\n" + n + "\nIBAN\n" + kAccount; }},
    {"pipes",
     [](const std::string& l, const std::string& n) { return "| " + l + " | " + n + " |\n| IBAN | " + kAccount + " |"; }},
    {"quoted", [](const std::string& l, const std::string& n) { return "> " + l + " : " + n + "\n> IBAN : " + kAccount; }},
    {"same_line", [](const std::string& l, const std::string& n) { return "IBAN : " + kAccount + " - " + l + " : " + n; }},
    {"with_bank",
     [](const std::string& l, const std::string& n) {
       return "Banque : Banque Exemple\n" + l + " : " + n + "\nBIC : AGRIFRPP\nIBAN : " + kAccount;
     }},
    {"list", [](const std::string& l, const std::string& n) { return "- " + l + ": " + n + "\n- IBAN: " + kAccount + "\n"; }},
    {"bullets",
     [](const std::string& l, const std::string& n) { return "\u2022 " + l + " : " + n + "\n\u2022 IBAN : " + kAccount + "\n"; }},
    {"bold",
     [](const std::string& l, const std::string& n) { return "**" + l + "** : " + n + "\n**IBAN** : " + kAccount + "\n"; }},
};

class HolderLabels : public testing::TestWithParam<Layout> {};
TEST_P(HolderLabels, NameTheHolder) {
  for (const std::string label : kLabels) {
    const auto text = GetParam().write(label, kName);
    const auto accounts = find_accounts(text, {});
    ASSERT_EQ(accounts.size(), 1U) << text;
    EXPECT_EQ(accounts[0].holder, kName) << text;
  }
}
INSTANTIATE_TEST_SUITE_P(Layouts, HolderLabels, testing::ValuesIn(kLayouts),
                         [](const auto& layout) { return std::string(layout.param.name); });

TEST(NoHolder, IsReadFromOtherLabelsAndSentences) {
  for (const std::string& text : std::vector<std::string>{
           "Banque : Banque Exemple\nIBAN : " + kAccount, "Domiciliation : Agence Exemple\nIBAN : " + kAccount,
           "Bank name: Example Bank\nIBAN: " + kAccount,
           "Merci de r\u00e9gler avant vendredi.\nIBAN : " + kAccount + "\nCordialement",
           "Objet : facture 12\nR\u00e9f\u00e9rence : 4711\nIBAN : " + kAccount, "Payable within 30 days.\nIBAN: " + kAccount,
           "Kontakt: Frau Beispiel\nIBAN: " + kAccount, "Address: 1 High Street\nIBAN: " + kAccount,
           "Holders of season tickets pay less.\n\n\n\n\n\n\n\nIBAN: " + kAccount}) {
    const auto accounts = find_accounts(text, {});
    ASSERT_EQ(accounts.size(), 1U) << text;
    EXPECT_EQ(accounts[0].holder, "") << text;
  }
}

TEST(Holder, OfTwoAccountsInOneLineStandsBeforeEach) {
  const auto accounts = find_accounts("Donneur d'ordre MAISON ALBA " + kAccount +
                                          ", b\u00e9n\u00e9ficiaire MAISON DUPRE FR14 2004 1010 0505 0001 3M02 606, 120,00 EUR\n",
                                      {});
  ASSERT_EQ(accounts.size(), 2U);
  EXPECT_EQ(accounts[0].holder, "");
  EXPECT_EQ(accounts[1].holder, "MAISON DUPRE");
}

TEST(Holder, EndsBeforeWhatIsToBeWrittenWithThePayment) {
  const auto holder_behind = [](const std::string& words) {
    const auto accounts = find_accounts("Please pay to " + kAccount + words, {});
    return accounts.size() == 1 ? accounts[0].holder : "none";
  };
  EXPECT_EQ(holder_behind(" t.n.v. Exemple B.V. onder vermelding van 20260143."), "Exemple B.V.");
  EXPECT_EQ(holder_behind(", in the name of Exemple Ltd quoting 4711."), "Exemple Ltd");
  EXPECT_EQ(holder_behind(" au nom de Exemple SARL en pr\u00e9cisant la facture 4711"), "Exemple SARL");
}

TEST(Holder, OfAFieldThatIsOfTheBeneficiaryToo) {
  const auto holder_above = [](const std::string& line) {
    const auto accounts = find_accounts(line + "\nIBAN: " + kAccount, {});
    return accounts.size() == 1 ? accounts[0].holder : "none";
  };
  EXPECT_EQ(holder_above("Beneficiary bank: Exemple Bank, N.A."), "");
  EXPECT_EQ(holder_above("Beneficiary address: 1 High Street"), "");
  EXPECT_EQ(holder_above("Beneficiary account name: Exemple Ltd"), "Exemple Ltd");
  EXPECT_EQ(holder_above("Beneficiary: Exemple Bank Ltd"), "Exemple Bank Ltd");
}

constexpr auto kNew = "FR14 2004 1010 0505 0001 3M02 606";

/// explain.md: null where it is not known, never guessed.
TEST(Holder, BelowAnEmptyLineIsOfTheAccountThatItStandsBeside) {
  const auto two =
      find_accounts("Ancien compte : " + kAccount + "\n\nNouveau compte\nTitulaire : MAISON DUPRE\nIBAN : " + kNew, {});
  ASSERT_EQ(two.size(), 2U);
  EXPECT_EQ(two[0].holder, "");
  EXPECT_EQ(two[1].holder, "MAISON DUPRE");
  const auto one = find_accounts("IBAN : " + kAccount + "\n\nTitulaire : MAISON DUPRE\n", {});
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one[0].holder, "MAISON DUPRE");
  const auto each =
      find_accounts("IBAN : " + kAccount + "\nTitulaire : ALBA\n\nIBAN : " + std::string(kNew) + "\nTitulaire : DUPRE", {});
  ASSERT_EQ(each.size(), 2U);
  EXPECT_EQ(each[0].holder + each[1].holder, "ALBADUPRE");
  const auto list =
      find_accounts("IBAN : " + kAccount + "\nTitulaire : ALBA\nIBAN : " + std::string(kNew) + "\nTitulaire : DUPRE", {});
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].holder, "ALBA") << "the line right below it";
  const auto bare = find_accounts("IBAN : " + kAccount + "\n\nTitulaire : DUPRE\n" + std::string(kNew), {});
  ASSERT_EQ(bare.size(), 2U);
  EXPECT_EQ(bare[0].holder + bare[1].holder, "DUPRE");
}

TEST(Holder, OfANewTextIsNotOfWhatItQuotes) {
  const auto accounts =
      find_accounts("Titulaire : MAISON DUPRE\nIBAN : " + std::string(kNew) + "\n\nAnn wrote:\n> IBAN " + kAccount, {});
  ASSERT_EQ(accounts.size(), 2U);
  EXPECT_EQ(accounts[0].holder, "MAISON DUPRE");
  EXPECT_EQ(accounts[1].holder, "");
  const auto quoted = find_accounts("Thanks.\n> Titulaire : MAISON DUPRE\n>\n> IBAN " + kAccount, {});
  ASSERT_EQ(quoted.size(), 1U);
  EXPECT_EQ(quoted[0].holder, "MAISON DUPRE");
}

struct Role {
  const char* text;
  AccountRole role;
};
/// '=' is the account.
constexpr Role kRoles[] = {
    {"Virement \u00e9mis depuis notre compte =", AccountRole::paying},
    {"Nous avons effectu\u00e9 le virement depuis le compte =", AccountRole::paying},
    {"Le paiement a \u00e9t\u00e9 \u00e9mis \u00e0 partir de notre compte =", AccountRole::paying},
    {"Votre pr\u00e9l\u00e8vement SEPA de 48,20 EUR sera effectu\u00e9 sur votre compte =", AccountRole::paying},
    {"Mandat SEPA : d\u00e9biteur Exemple SA, compte =", AccountRole::paying},
    {"Compte \u00e0 d\u00e9biter : =", AccountRole::paying},
    {"Cr\u00e9ancier\tExemple SARL\nD\u00e9biteur\tDupr\u00e9 SA\nIBAN\t=", AccountRole::paying},
    {"D\u00e9biteur : Dupr\u00e9 SA\n8 rue des Arts\n44000 Nantes\nIBAN : =", AccountRole::paying},
    {"Debtor: Dupre Ltd\nIBAN: =", AccountRole::paying},
    {"Donneur d'ordre : Dupr\u00e9 SA\nIBAN : =", AccountRole::paying},
    {"Avis de virement\n\u00c9metteur : Dupr\u00e9 SA\nIBAN : =\nB\u00e9n\u00e9ficiaire : Exemple SARL", AccountRole::paying},
    {"Facture 12\n\u00c9metteur : Exemple SARL\nIBAN : =\nClient : Dupr\u00e9 SA", AccountRole::unknown},
    {"Client : Dupr\u00e9 SA - IBAN =", AccountRole::paying},
    {"Client : Dupr\u00e9 SA\nIBAN : =", AccountRole::unknown},
    {"Client : merci de r\u00e9gler - IBAN =", AccountRole::receiving},
    {"D\u00e9biteur : Dupr\u00e9 SA\nR\u00e8glement par virement sur IBAN : =", AccountRole::receiving},
    {"D\u00e9biteur : Dupr\u00e9 SA\nB\u00e9n\u00e9ficiaire : Exemple SARL\nIBAN : =", AccountRole::receiving},
    {"D\u00e9biteur : Dupr\u00e9 SA\n\nNos coordonn\u00e9es\nIBAN : =", AccountRole::unknown},
    {"Vous \u00eates d\u00e9biteur de 400 euros\nIBAN : =", AccountRole::unknown},
    {"Client : Dupr\u00e9 SA   IBAN client : =", AccountRole::paying},
    {"RIB enregistr\u00e9 pour vos remboursements :\n=", AccountRole::paying},
    {"Zahlungen von meinem Konto mittels Lastschrift einzuziehen.\nVorname und Name (Kontoinhaber): Dupr\u00e9\nIBAN: =",
     AccountRole::paying},
    {"Paid from account =", AccountRole::paying},
    {"The amount will be debited from your account =", AccountRole::paying},
    {"We have sent the payment from our account =", AccountRole::paying},
    {"Your direct debit will be collected from =", AccountRole::paying},
    {"Der Betrag wird von Ihrem Konto = abgebucht", AccountRole::paying},
    {"Wir haben von unserem Konto = \u00fcberwiesen", AccountRole::paying},
    {"SEPA-Lastschriftmandat, IBAN des Zahlers: =", AccountRole::paying},
    {"Hemos pagado desde nuestra cuenta =", AccountRole::paying},
    {"Cargo en su cuenta =", AccountRole::paying},
    {"Bonifico effettuato dal nostro conto =", AccountRole::paying},
    {"Addebito diretto sul conto =", AccountRole::paying},
    {"Het bedrag wordt afgeschreven van uw rekening =", AccountRole::paying},
    {"Betaald van onze rekening =", AccountRole::paying},
    {"Pagamento efetuado da nossa conta =", AccountRole::paying},
    {"D\u00e9bito direto na sua conta =", AccountRole::paying},
    {"Merci de virer la somme sur notre compte =", AccountRole::receiving},
    {"Veuillez r\u00e9gler par virement au compte suivant : =", AccountRole::receiving},
    {"Compte b\u00e9n\u00e9ficiaire : =", AccountRole::receiving},
    {"Compte \u00e0 cr\u00e9diter : =", AccountRole::receiving},
    {"Please transfer the amount to =", AccountRole::receiving},
    {"Kindly wire the funds to our account =", AccountRole::receiving},
    {"Beneficiary account: =", AccountRole::receiving},
    {"Remit to: =", AccountRole::receiving},
    {"Bitte \u00fcberweisen Sie den Betrag auf unser Konto =", AccountRole::receiving},
    {"Zahlbar auf folgendes Konto: =", AccountRole::receiving},
    {"Rogamos realicen la transferencia a la cuenta =", AccountRole::receiving},
    {"Vi preghiamo di effettuare il bonifico sul conto =", AccountRole::receiving},
    {"Gelieve het bedrag over te maken op rekening =", AccountRole::receiving},
    {"Por favor transfira o valor para a conta =", AccountRole::receiving},
};

TEST(RolesInSevenLanguages, FollowTheSentence) {
  for (const auto& [form, role] : kRoles) {
    std::string text(form);
    text.replace(text.find('='), 1, kAccount);
    const auto accounts = find_accounts(text, {});
    ASSERT_EQ(accounts.size(), 1U) << text;
    EXPECT_EQ(name_of(accounts[0].role), name_of(role)) << text;
  }
}

}  // namespace
}  // namespace threadline::facts
