// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

constexpr auto kBob = "Bob Jones <bob@own.example>";
constexpr auto kCustomer = "Cleo Park <cleo@customer.example>";
constexpr std::string_view kThirdIban = "NL91ABNA0417164300";

policy::Policy with_own_account(bool has_list = true) {
  policy::Policy policy;
  policy.own.domains = {"own.example"};
  if (has_list) policy.own.accounts = {{.value = std::string(kTrueIban), .label = {}, .since = {}}};
  return policy;
}

std::string told(const Mail& mail, const policy::Policy& policy = with_own_account()) {
  Investigation investigation(policy);
  return fired(investigation.judge(mail), "outbound_bank_details");
}

Mail out(std::string_view to = kCustomer) { return Mail(1, kBob, to); }

facts::Account held_by(std::string_view value, std::string_view holder) {
  facts::Account account = iban(value);
  account.holder = holder;
  return account;
}

constexpr auto kFires = "outbound_bank_details:high";

TEST(OutboundBankDetails, IsSilentWithoutAListForOwnAccountsAndForMailOfOthers) {
  EXPECT_EQ(told(out().account(kFraudIban), with_own_account(false)), "");
  EXPECT_EQ(told(out().account(kTrueIban)), "");
  EXPECT_EQ(told(Mail(1, kCustomer, kBob).account(kFraudIban)), "");
  EXPECT_EQ(told(out("eve@own.example").account(kFraudIban)), "");
}

TEST(OutboundBankDetails, IsHighForAnAccountThatTheListDoesNotHold) {
  EXPECT_EQ(told(out().account(kFraudIban)), kFires);
  EXPECT_EQ(told(out().account(held_by(kFraudIban, "OWN SARL"))), kFires);
  EXPECT_EQ(told(out().account(kTrueIban).account(kFraudIban)), kFires);
}

TEST(OutboundBankDetails, AHeadingADayOrABankIsNoPayee) {
  for (const std::string before :
       {"Payment Information\nIBAN: ", "Payment Terms: 30 days. IBAN: ", "please pay Friday at the latest to IBAN ",
        "please transfer the amount to N26, IBAN ", "please wire it to Germany, IBAN "}) {
    facts::Account account = iban(kFraudIban);
    account.as_written = kFraudIban;
    Mail mail = out().text(before + std::string(kFraudIban)).account(account);
    EXPECT_EQ(told(mail), kFires) << before;
  }
}

TEST(OutboundBankDetails, APersonWhoseNameBeginsAsABanksIsAPayee) {
  facts::Account account = iban(kFraudIban);
  account.as_written = kFraudIban;
  EXPECT_EQ(told(out().text("please transfer 1,250 EUR to Virginie Martin, IBAN " + std::string(kFraudIban)).account(account)),
            "");
}

TEST(OutboundBankDetails, AMailboxThatBearsTheFirmsNameIsNoPayee) {
  const auto told_of = [](const char* from, const char* holder) {
    return told(Mail(1, from, kCustomer).account(held_by(kFraudIban, holder)));
  };
  EXPECT_EQ(told_of("Own SARL <accounts@own.example>", "OWN SARL"), kFires);
  EXPECT_EQ(told_of("\"Bob Jones (Own SARL)\" <bob@own.example>", "Own SARL"), kFires);
  EXPECT_EQ(told_of("Bob Jones - Own SARL <bob@own.example>", "Bob Jones"), "");
}

TEST(OutboundBankDetails, IsSilentForForwardedAndQuotedAccounts) {
  Mail bill(2, "Ann Miller <ann.miller@bigsupplier.example>", kBob), forward = out();
  bill.account(kFraudIban);
  EXPECT_EQ(told(out().quotes(bill)), "");
  facts::Account attached = iban(kFraudIban);
  attached.where = "attachment";
  EXPECT_EQ(told(forward.subject("Fwd: bill").account(attached)), "");
  EXPECT_EQ(told(out().account(attached)), kFires);
}

TEST(OutboundBankDetails, IsSilentForSalariesAndPayeeLists) {
  EXPECT_EQ(told(out().account(kFraudIban).request("payroll", "...")), "");
  EXPECT_EQ(told(out().account(kFraudIban).request("payroll_given", "...")), "");
  EXPECT_EQ(told(out().account(held_by(kFraudIban, "Jane Doe")).account(held_by(kGermanIban, "Max Muster"))), "");
  EXPECT_EQ(told(out().account(kFraudIban).account(kGermanIban).account(kThirdIban)), "");
  EXPECT_EQ(told(out().account(held_by(kFraudIban, "Bob Jones"))), "");
  EXPECT_EQ(told(out().account(held_by(kFraudIban, "Own")).account(held_by(kGermanIban, "Own"))), kFires);
}

TEST(OutboundBankDetails, IsSilentForTheRowsOfASheetUnlessOurPaymentsMove) {
  const auto in_file = [](std::string_view value, const char* name) {
    facts::Account account = iban(value);
    account.where = "attachment", account.attachment = name;
    return account;
  };
  EXPECT_EQ(told(out().account(in_file(kFraudIban, "payments.xlsx")).account(in_file(kGermanIban, "payments.xlsx"))), "");
  EXPECT_EQ(told(out().account(in_file(kFraudIban, "payments.xlsx"))), kFires);
  EXPECT_EQ(told(out().account(in_file(kFraudIban, "bill.pdf")).account(in_file(kGermanIban, "bill.pdf"))), kFires);
  EXPECT_EQ(told(out()
                     .account(in_file(kFraudIban, "rib.csv"))
                     .account(in_file(kGermanIban, "rib.csv"))
                     .request("bank_change", "our accounts have changed")),
            kFires);
}

TEST(OutboundBankDetails, IsSilentForOrdersAndAdvicesOfPayments) {
  EXPECT_EQ(told(out().account(kFraudIban).text("Merci d'ex\u00e9cuter les virements suivants")), "");
  EXPECT_EQ(told(out().account(kFraudIban).text("We have paid your invoice.")), "");
  EXPECT_EQ(told(out().account(kFraudIban).subject("Avis de virement")), "");
  EXPECT_EQ(told(out().account(kFraudIban).text("La liste des fournisseurs \u00e0 payer cette semaine.")), "");
  EXPECT_EQ(told(out().account(kFraudIban).text("Voici notre fiche fournisseur.")), kFires);
  EXPECT_EQ(told(out().account(kFraudIban).text("Please pay our invoice.")), kFires);
  EXPECT_EQ(told(out().account(kFraudIban).text("For our supplier list").request("bank_change", "our account has changed")),
            kFires);
}

TEST(OutboundBankDetails, IsSilentForAnAccountThatIsCalledASuppliersOrACustomers) {
  for (const char* words :
       {"Le fournisseur nous a communiqu\u00e9 son RIB :", "Voici l'IBAN du fournisseur :", "The supplier has sent us this IBAN:",
        "Refund to the customer's account", "Hier ist die IBAN des Lieferanten:", "R\u00fcckerstattung auf das Konto des Kunden:",
        "El proveedor nos ha comunicado su cuenta:", "Ecco l'IBAN del fornitore:", "Dit is het IBAN van de leverancier:",
        "Voici le RIB de notre client pour le remboursement :", "This is our client's account:"})
    EXPECT_EQ(told(out().account(kFraudIban).text(words)), "") << words;
  for (const char* words :
       {"Cher client, merci de r\u00e9gler sur :", "Dear customer, please pay to:", "Sehr geehrter Kunde, bitte zahlen Sie auf:",
        "As your supplier we ask you to pay to:", "En tant que client, merci de r\u00e9gler sur notre RIB :"})
    EXPECT_EQ(told(out().account(kFraudIban).text(words)), kFires) << words;
}

TEST(OutboundBankDetails, ASuppliersMailThatTheServerRedirectsIsNotOurs) {
  const auto leaving = [](const char* from) {
    auto ground = std::make_shared<Ground>(with_own_account());
    ground->direction = Direction::outbound;
    const auto memory = memory::in_memory();
    const Mail mail = Mail(1, from, "eve.home@gmail.com").account(kFraudIban);
    return fired(Detectors::prepare(ground)->judge(std::make_shared<facts::Facts>(mail.facts), *memory).findings,
                 "outbound_bank_details");
  };
  EXPECT_EQ(leaving(kCustomer), "");
  EXPECT_EQ(leaving(kBob), kFires);
}

TEST(OutboundBankDetails, TheTreasurysAccountIsNotPresentedAsOurs) {
  facts::Account treasury = iban("FR733000100497C493000000010"), other = treasury;
  treasury.bank_code = "30001";
  other.bank_code = "30004";
  EXPECT_EQ(told(out().account(treasury).text("L'IS peut \u00eatre pay\u00e9 par virement sur :")), "");
  EXPECT_EQ(told(out().account(other).text("L'IS peut \u00eatre pay\u00e9 par virement sur :")), kFires);
}

TEST(OutboundBankDetails, IsSilentForAnAccountOfSomebodyElse) {
  policy::Policy policy = with_own_account();
  policy.counterparties = {{.name = "Supplier",
                            .domains = {"bigsupplier.example"},
                            .addresses = {},
                            .people = {},
                            .accounts = {{.value = std::string(kGermanIban), .label = {}, .since = {}}}}};
  EXPECT_EQ(told(out().account(kGermanIban), policy), "");
  EXPECT_EQ(told(out().account(held_by(kFraudIban, "Bigsupplier GmbH"))), "");
  EXPECT_EQ(told(out().account(held_by(kFraudIban, "JDC Trade")).request("bank_change", "our account has changed")), kFires);
  Investigation investigation(with_own_account());
  investigation.judge(Mail(1, "Ann Miller <ann.miller@bigsupplier.example>", kBob).account(kFraudIban));
  EXPECT_EQ(fired(investigation.judge(Mail(2, kBob, "desk@bank.example").account(kFraudIban)), "outbound_bank_details"), "");
}

TEST(OutboundBankDetails, TheReadersAccountIsNotOurs) {
  const auto said = [](const std::string& words) {
    return told(out().text(words + " " + std::string(kFraudIban) + "\nBob").account(kFraudIban));
  };
  EXPECT_EQ(said("Please confirm that your bank account is"), "");
  EXPECT_EQ(said("Merci de confirmer que votre RIB est bien"), "");
  EXPECT_EQ(said("Please pay your invoice to our account"), kFires);
  EXPECT_EQ(said("Merci de payer votre facture sur"), kFires);
}

TEST(OutboundBankDetails, AnAccountThatIsAskedAboutOrSpokenOfIsNotPresented) {
  const auto said = [](const std::string& before, const std::string& after) {
    return told(out().text(before + std::string(kFraudIban) + after + "\nBob").account(kFraudIban));
  };
  EXPECT_EQ(said("Est-ce toujours le compte ", " ?"), "");
  EXPECT_EQ(said("Un virement est parti vers ", " le 12 mars. \u00c0 qui appartient ce compte ?"), "");
  EXPECT_EQ(said("Is ", " a new account of the hotel?"), "");
  EXPECT_EQ(said("Il me manque les relev\u00e9s de f\u00e9vrier du compte ", "."), "");
  EXPECT_EQ(said("The statements of account ", " are missing."), "");
  EXPECT_EQ(said("Le compte ", " n'appara\u00eet pas dans les \u00e9critures."), "");
  EXPECT_EQ(said("Le RIB re\u00e7u de votre fournisseur (", ") a chang\u00e9."), "");
  EXPECT_EQ(said("Merci de rembourser Mme Roy sur son compte ", "."), "");
  EXPECT_EQ(said("Merci de bloquer le virement de 18 000 EUR parti ce matin vers ", ", c'est une fraude."), "");
  EXPECT_EQ(said("Please recall the transfer of 18,000 EUR sent this morning to ", ": we are victims of fraud."), "");
  EXPECT_EQ(said("Notre virement vers ", " est parti hier."), "");
  EXPECT_EQ(said("Merci d'annuler le virement de 800 EUR vers ", ", c'est une fraude."), "");
  EXPECT_EQ(said("Pour votre plainte : le compte des escrocs est ", "."), "");
  EXPECT_EQ(said("Nous d\u00e9posons plainte pour escroquerie ; le compte b\u00e9n\u00e9ficiaire est ", "."), "");
  EXPECT_EQ(said("I report a fraud: the crooks used account ", "."), "");
  EXPECT_EQ(said("I can't reconcile account ", ": two entries are missing."), "");
  EXPECT_EQ(said("Voici les coordonn\u00e9es bancaires de votre nouveau salari\u00e9 : ", ""), "");
  EXPECT_EQ(said("The tenant's account: ", ""), "");
  EXPECT_EQ(said("\u00c0 la suite d'une fraude, nos r\u00e9f\u00e9rences bancaires sont : ", "."), kFires);
  EXPECT_EQ(said("\u00c0 la suite d'une fraude, merci de payer sur ", "."), kFires);
  EXPECT_EQ(said("Votre virement parti vers l'ancien compte est \u00e0 refaire sur ", "."), kFires);
  EXPECT_EQ(said("Votre virement est attendu sur ", "."), kFires);
  EXPECT_EQ(said("Nouvel IBAN : ", ". Vous pouvez le prendre en compte ?"), kFires);
  EXPECT_EQ(said("IBAN ", ", d'accord ?"), kFires);
  EXPECT_EQ(said("Merci d'ajouter ce b\u00e9n\u00e9ficiaire : ", ""), kFires) << "a taken-over mailbox may ask a customer";
  EXPECT_EQ(said("Please add this payee: ", ""), kFires);
  EXPECT_EQ(said("Please send your transfer to ", "."), kFires);
  EXPECT_EQ(said("L'ancien compte est cl\u00f4tur\u00e9, le seul valable est ", "."), kFires);
  EXPECT_EQ(said("Relev\u00e9 d'identit\u00e9 bancaire : ", ""), kFires);
  EXPECT_EQ(said("Pouvez-vous payer sur le compte ", " ?"), kFires);
  EXPECT_EQ(said("Pouvez-vous effectuer le virement sur ", " ?"), kFires);
  EXPECT_EQ(said("Notre compte est ", ", l'avez-vous bien not\u00e9 ?"), kFires);
  EXPECT_EQ(said("Could you use ", "?"), kFires);
  EXPECT_EQ(said("Le compte ", " est \u00e0 utiliser pour ce dossier. Est-ce possible ?"), kFires);
  EXPECT_EQ(said("Merci de payer sur ", ".\n\nAvez-vous des questions ?"), kFires);
}

/// The words around the one account, and whether it is presented as the organisation's.
struct Sentence {
  const char* before;
  const char* after;
};

std::string told_of(const Sentence& sentence) {
  return told(out().text(sentence.before + std::string(kFraudIban) + sentence.after + "\nBob").account(kFraudIban));
}

TEST(OutboundBankDetails, APayeeWhoIsNamedIsNotUs) {
  for (const Sentence& sentence : std::initializer_list<Sentence>{
           {"Merci de r\u00e9gler la soci\u00e9t\u00e9 Bouleau ce jour (facture 88, 1 250 \u20ac) : ", ""},
           {"Kannst du bitte 300 EUR an Frau Bell \u00fcberweisen? IBAN ", ""},
           {"Bitte folgende \u00dcberweisung ausf\u00fchren: Empf\u00e4nger Birke GmbH, IBAN ", ", 800 EUR."},
           {"New starter\nName: Ann Bell\nStart: 1 Dec\nIBAN: ", ""},
           {"Please pay the attached invoice of Oakhill Trading: 800 EUR, IBAN ", "."},
           {"Standing order: 200 EUR monthly to St. Anne School, IBAN ", ", from 1 December."},
           {"Merci de mettre en place un virement permanent de 200 \u20ac vers l'\u00e9cole Sainte-Anne, IBAN ", "."},
           {"Please refund customer Dana Fox 40 EUR to ", "."},
           {"Thanks for the payment. Please transfer 1,250 EUR to Birch SL, IBAN ", "."},
           {"Please transfer 1,250 EUR to Birch SL, IBAN ", ", reference invoice 88."},
           {"Merci de virer 1 250 \u20ac \u00e0 Bouleau SARL, IBAN ", ", motif facture 88."},
           {"Merci de payer M. Roux sur IBAN ", "."},
           {"Pouvez-vous rembourser Mme Roy sur ", " ? 40 \u20ac."},
           {"Please pay Mr Bell on IBAN ", ", 300 EUR."},
           {"Can you pay Birch SL today? 1,250 EUR, IBAN ", ". Thx"},
           {"Please add this beneficiary:\nName: Birch SL\nIBAN: ", ""},
           {"Pouvez-vous ajouter ce b\u00e9n\u00e9ficiaire :\nNom : Birch SL\nIBAN : ", ""},
           {"Bitte \u00fcberweisen Sie 1.250 EUR an Birke GmbH, IBAN ", ", Rechnung 88."},
           {"Por favor transferir 1.250 EUR a Abedul SL, IBAN ", "."},
           {"Graag 300 EUR betalen aan Berk BV, IBAN ", "."},
           {"Vorrei pagare 300 EUR a Betulla Srl, IBAN ", "."},
           {"Please execute from our account:\npayment of 800 EUR to Oakhill GmbH, IBAN ", ", ref. 4471"}})
    EXPECT_EQ(told_of(sentence), "") << sentence.before;
  for (const Sentence& sentence : std::initializer_list<Sentence>{
           {"Please send payment for Project Birch to IBAN ", ""},
           {"Please pay for Order Oak 14: IBAN ", ""},
           {"As agreed with Mr Finch, please wire the balance to ", "."},
           {"Sehr geehrte Frau Roy,\nbitte \u00fcberweisen Sie den Betrag f\u00fcr Projekt Birke an IBAN ", "."},
           {"Thanks for the payment, I passed it on to Karl. IBAN: ", ""},
           {"Please pay Bob at ", ", thanks."},
           {"Please send 800 EUR to cover Project Birch, IBAN ", "."},
           {"Please pay the attached invoice of Own Ltd: 800 EUR, IBAN ", "."},
           {"Dear Mr Fox, to avoid delays please pay on ", "."},
           {"Please transfer 1,250 EUR to Own Ltd, IBAN ", ", reference invoice 88."},
           {"Please transfer 1,250 EUR to our account, IBAN ", ", reference invoice 88."},
           {"Please transfer 1,250 EUR to IBAN ", "."},
           {"Please Transfer The Balance To Account ", ""},
           {"Please Pay Invoice 2026-114 To IBAN ", ""},
           {"Please pay our invoice 114 to Birch SL, IBAN ", "."},
           {"Please pay to our subsidiary Birch SL, IBAN ", "."},
           {"Please make the transfer to Deutsche Bank, IBAN ", "."},
           {"Please pay to BNP Paribas, IBAN ", "."},
           {"Thanks for the payment of 3 May. I told Karl. IBAN: ", ""},
           {"Merci de virer 1 250 \u20ac \u00e0 Own SARL, IBAN ", ", motif facture 88."},
           {"Merci de virer 1 250 \u20ac sur notre compte ", ", motif facture 88."},
           {"Bitte \u00fcberweisen Sie den Betrag auf unser Konto, IBAN ", "."},
           {"Bitte \u00fcberweisen Sie die Rechnung an folgende Bankverbindung, IBAN ", "."},
           {"Bitte zahlen Sie Rechnung 88 auf IBAN ", "."},
           {"Por favor pagar la factura a nuestra cuenta, IBAN ", "."}})
    EXPECT_EQ(told_of(sentence), kFires) << sentence.before;
}

TEST(OutboundBankDetails, APayeeIsNoOtherPlaceForWhatWeAreOwed) {
  constexpr Sentence kOrder{"Please transfer 1,250 EUR to Birch SL, IBAN ", "."};
  const auto with = [&](std::string_view kind, std::string_view words) {
    return told(out().text(kOrder.before + std::string(kFraudIban)).account(kFraudIban).request(kind, words));
  };
  EXPECT_EQ(with("bank_change", "New beneficiary"), "");
  EXPECT_EQ(with("payment", "Please transfer 1,250 EUR"), "");
  EXPECT_EQ(with("bank_change", "Our bank details have changed"), kFires);
  EXPECT_EQ(with("redirect", "From now on pay to Birch SL"), kFires);
  Investigation investigation(with_own_account());
  const Mail bill = out().text("Please pay to " + std::string(kTrueIban)).account(kTrueIban);
  investigation.judge(bill);
  const Mail later = Mail(2, kBob, kCustomer).answers(bill).text(kOrder.before + std::string(kFraudIban)).account(kFraudIban);
  EXPECT_EQ(fired(investigation.judge(later), "outbound_bank_details"), kFires) << "the conversation has our account";
}

TEST(OutboundBankDetails, ListsOfNamesWithAmountsArePayees) {
  const auto listed = [](const std::string& first, const std::string& second, const std::string& amount) {
    return told(
        out()
            .text("This week:\n" + first + std::string(kFraudIban) + amount + "\n" + second + std::string(kGermanIban) + amount)
            .account(kFraudIban)
            .account(kGermanIban));
  };
  EXPECT_EQ(listed("- Mrs Roy, ", "- Mr Cau, ", ", 40 EUR"), "");
  EXPECT_EQ(listed("Oakhill GmbH  IBAN ", "Birch SL  IBAN ", "  800 EUR"), "");
  EXPECT_EQ(listed("- EUR, ", "- GBP, ", ", 40"), kFires);
  EXPECT_EQ(listed("- HSBC: ", "- BNP Paribas: ", " 40 EUR"), kFires);
  EXPECT_EQ(listed("- Own Ltd, ", "- Own Trading, ", ", 40 EUR"), kFires);
  EXPECT_EQ(listed("- Mrs Roy, ", "- Mr Cau, ", ""), kFires);
}

TEST(OutboundBankDetails, AnEmployeesOwnAccountIsNotTheFirms) {
  for (const Sentence& sentence :
       std::initializer_list<Sentence>{{"Mein Gehalt bitte auf ", "."},
                                       {"My private account for the reimbursement of the travel costs is IBAN ", "."},
                                       {"Please reimburse my travel expenses to my personal account, IBAN ", "."},
                                       {"You can send my share of the dinner to my account ", ", thanks!"},
                                       {"Tu peux me rembourser le resto sur mon compte perso : ", ". Bises"},
                                       {"Voici mon RIB personnel pour le dossier RH : ", "."},
                                       {"F\u00fcr die Erstattung meiner Reisekosten: mein privates Konto ", "."},
                                       {"Merci de me rembourser mes frais de d\u00e9placement sur mon compte : ", "."},
                                       {"Our new colleague Ann Bell starts on Monday; her salary goes to ", "."},
                                       {"Voici les RIB des nouveaux salari\u00e9s pour la paie de novembre :\nA. Bell : ", ""}})
    EXPECT_EQ(told_of(sentence), "") << sentence.before;
  for (const Sentence& sentence :
       std::initializer_list<Sentence>{{"Please pay the invoice to my personal account, IBAN ", "."},
                                       {"Please send the money to my personal account, IBAN ", "."},
                                       {"You can send the deposit to my account ", ", thanks!"},
                                       {"Merci de r\u00e9gler la facture sur mon compte perso : ", "."},
                                       {"Merci de rembourser le trop-per\u00e7u sur notre compte : ", "."},
                                       {"Voici notre RIB pour la facture de novembre :\n", ""}})
    EXPECT_EQ(told_of(sentence), kFires) << sentence.before;
}

TEST(OutboundBankDetails, WhatTheReaderKeepsOurDetailsInIsNotHisAccount) {
  EXPECT_EQ(told_of({"Please update our bank details in your system: IBAN ", ""}), kFires);
  EXPECT_EQ(told_of({"Please add this beneficiary to your online banking:\nName: Own Ltd\nIBAN: ", ""}), kFires);
  EXPECT_EQ(told_of({"Please confirm your bank account: ", ""}), "");
}

}  // namespace
}  // namespace threadline::findings
