// SPDX-License-Identifier: Apache-2.0
// Whose account a sentence speaks of: the reader's, who gave it or was paid there, or the writer's, who is to be paid. Each way
// of speaking of the reader's has twins that present one.
#include <gtest/gtest.h>

#include <string>

#include "facts/bank/account.h"

namespace threadline::facts {
namespace {

struct Sentence {
  const char* before;
  const char* after;
};
constexpr Sentence kReaders[] = {
    {"Le virement vers le compte ",
     " a \u00e9t\u00e9 rejet\u00e9 par votre banque, pouvez-vous v\u00e9rifier le RIB que vous nous avez transmis ?"},
    {"Nous vous remboursons sur le compte ", " que vous nous avez indiqu\u00e9."},
    {"Nous avons proc\u00e9d\u00e9 au remboursement sur le compte ", " que vous nous avez communiqu\u00e9."},
    {"La caution sera restitu\u00e9e sur le compte ", " dont vous nous avez fourni le RIB."},
    {"L'avoir sera r\u00e9gl\u00e9 selon le RIB que vous nous avez transmis (", ")."},
    {"D'apr\u00e8s le RIB en notre possession (", "), votre banque serait le CIC : est-ce exact ?"},
    {"Le remboursement est arriv\u00e9 sur le compte ", " ouvert \u00e0 votre nom."},
    {"Merci de confirmer que le compte ", " est bien le v\u00f4tre avant que nous proc\u00e9dions au remboursement."},
    {"Nous avons pay\u00e9 votre avoir sur le compte ", " le 3 mars, merci de confirmer la bonne r\u00e9ception."},
    {"Nous avons vir\u00e9 320 \u20ac sur le compte ", " ce matin en remboursement du doublon."},
    {"Nous venons de vous rembourser 320 \u20ac par virement sur ", "."},
    {"Le virement de 320 \u20ac \u00e0 votre profit (", ") a \u00e9t\u00e9 ex\u00e9cut\u00e9 le 3 mars."},
    {"Un virement en votre faveur a \u00e9t\u00e9 \u00e9mis ce jour vers ", "."},
    {"Votre virement de 800 \u20ac vers ", " a \u00e9t\u00e9 ex\u00e9cut\u00e9."},
    {"Vous avez ajout\u00e9 un nouveau b\u00e9n\u00e9ficiaire : DOMOTIK 29, ", ". Il sera actif dans 72 heures."},
    {"Votre b\u00e9n\u00e9ficiaire DOMOTIK 29 (", ") a bien \u00e9t\u00e9 enregistr\u00e9."},
    {"Nous r\u00e9glerons depuis notre nouveau compte ", ", ne soyez pas surpris par l'\u00e9metteur."},
    {"Nos virements seront d\u00e9sormais \u00e9mis de notre compte ", "."},
    {"Nos r\u00e8glements fournisseurs partiront d\u00e9sormais du compte ", "."},
    {"Les pr\u00e9l\u00e8vements de vos cotisations seront pr\u00e9sent\u00e9s sur ", " \u00e0 compter de mars."},
    {"Your refund has been paid to the account ", " you provided."},
    {"We refunded 320 EUR to the account you gave us, ", "."},
    {"We have paid your credit note to ", " on 3 March, please confirm receipt."},
    {"Please confirm that ", " is your account before we refund you."},
    {"Please confirm the account ", " is yours so that we can refund the deposit."},
    {"Your transfer to ", " has been executed."},
    {"You added a new payee: DOMOTIK 29, ", ". If this was not you, call us."},
    {"Your payment of 800 EUR to ", " was returned by the beneficiary's bank."},
    {"From now on our payments to you will come from ", "."},
    {"The refund went to ", ", as stated on your form."},
    {"Le RIB que vous nous avez transmis est ", ", est-ce correct ?"},
    {"Le virement pour M. Roux vers ", " a \u00e9t\u00e9 rejet\u00e9."},
    {"Nous avons re\u00e7u un mail nous demandant de payer sur ", ", est-ce bien vous ?"},
    {"Pouvez-vous confirmer ce RIB avant paiement : ", " ?"},
    {"Merci de confirmer que ", " est bien votre RIB."},
    {"L'acompte de 1 000 EUR est parti sur ", " (RIB de votre facture)."},
    {"Bonjour, j'ai ce compte pour vous : ", ". Est-il toujours valable ?"},
    {"Could you confirm ", " is correct before we pay?"},
    {"Votre facture 2026-11 sera pay\u00e9e ce jour par virement sur le compte ", "."},
    {"Your invoice 2026-11 will be paid on Friday to ", "."},
    {"We have received your bank details (", ") and set you up as a supplier."},
    {"You are now set up as a supplier with account ", "; tell us if it changes."},
    {"Nous vous avons enregistr\u00e9 comme fournisseur avec le RIB ", ", dites-nous s'il est exact."},
    {"Nous avons bien re\u00e7u votre r\u00e8glement \u00e9mis depuis ", ", merci."},
    {"Attestation de paiement : le 03/03/2026, 1 200,00 \u20ac ont \u00e9t\u00e9 vers\u00e9s sur le compte ", "."},
    {"Suite \u00e0 la vente de votre v\u00e9hicule, les fonds ont \u00e9t\u00e9 vir\u00e9s \u00e0 Mme Petit sur ", "."},
    {"Pour m\u00e9moire, le RIB que nous avons pour vous est le ", "."},
    {"Nous ne pouvons pas payer sur ", " sans confirmation de votre part."},
    {"Sans r\u00e9ponse de votre part, nous continuerons \u00e0 payer sur ", "."},
    {"We will not transfer anything to ", " until you call us."},
    {"Le RIB que vous venez d'envoyer (", ") est illisible."},
    {"Le RIB de remboursement est le v\u00f4tre, ", "."},
    {"We received this invoice with new bank details (", "). Is it genuine?"},
    {"Si vous avez re\u00e7u un mail vous demandant de payer sur le compte ",
     ", n'en tenez surtout pas compte : ce n'est pas notre compte."},
    {"If you received an email asking you to pay to ", ", please ignore it."},
    {"le virement que nous vous avons fait est parti de ", "."},
    {"Notre virement provient du compte ", "."},
    {"le virement vient de ", " (notre compte)"},
    {"L'indemnit\u00e9 sera vir\u00e9e sur le compte de votre soci\u00e9t\u00e9 (", ")"},
    {"Nous vous cr\u00e9diterons sur ", "."},
    {"Vos coordonn\u00e9es bancaires dans notre base : ", ""},
    {"Merci de v\u00e9rifier que le RIB que nous avons pour vous est correct : ", ""},
    {"Confirmez votre RIB svp, nous avons ", "."},
    {"C'est toujours votre RIB, ", " ?"},
    {"Your bank details in our system: ", ""},
    {"Could you confirm your bank details please, we have ", "."},
    {"Un message qui vous demande de r\u00e9gler sur ", " est une arnaque, ne payez pas."},
    {"we received a mail asking us to pay to IBAN ", ". Is that account really yours?"},
    {"Someone sent us this account in your name: ", ". We did not pay."},
    {"We were told to pay to IBAN ", " from now on. Is this right?"},
    {"On nous demande de r\u00e9gler d\u00e9sormais sur le compte ", ". Est-ce bien vous ?"},
    {"In Ihrer letzten Rechnung steht die IBAN ", ". Ist das wirklich Ihr Konto?"},
    {"Op de factuur staat ", ". Is dit echt uw rekening?"},
    {"En su factura aparece la cuenta ", ". \u00bfEs realmente su cuenta?"},
    {"Nella fattura leggo ", ". \u00c8 davvero il vostro conto?"},
    {"Is ", " really your new account?"},
    {"Est-ce que ", " est bien votre nouveau RIB ?"},
    {"We have updated your bank details in our system: IBAN ", ". Please check."},
    {"Please recall our transfer of 12,000 EUR to IBAN ", " of today, it was a fraud."},
    {"merci de rappeler en urgence notre virement de 12 000 \u20ac vers le compte ", ", il s'agit d'une fraude."},
    {"Merci d'annuler le virement de 900 \u20ac sur ", "."},
    {"I just want to double check the IBAN on your invoice: ", ". Correct?"},
    {"Stimmt die IBAN ", " auf Ihrer Rechnung?"},
    {"Did you change your account to ", "?"},
    {"Avant de payer : avez-vous bien chang\u00e9 de compte pour ", " ?"},
    {"Votre dernier mail indique ", ". Pouvez-vous confirmer par t\u00e9l\u00e9phone ?"},
    {"Un mail re\u00e7u hier en votre nom donne le compte ", ", nous pensons \u00e0 une fraude."},
    {"Wir haben eine E-Mail mit neuer Bankverbindung erhalten (", "). Stammt die von Ihnen?"},
    {"Bitte rufen Sie unsere \u00dcberweisung \u00fcber 12.000 EUR an ", " zur\u00fcck, es war Betrug."},
    {"Please stop the standing order to ", "."},
    {"Your invoice 88 says ", " but the last one said another IBAN. Which one is right?"},
};
constexpr Sentence kPresented[] = {
    {"Please cancel the previous transfer and wire it to ", "."},
    {"Please stop the payment for the invoice and credit it to IBAN ", "."},
    {"Merci d'annuler le virement de la facture et de l'effectuer sur ", "."},
    {"Our head office has instructed us to settle all invoices to ", ". Any questions?"},
    {"Wir haben eine neue Bankverbindung erhalten: IBAN ", ". K\u00f6nnen Sie Ihre Stammdaten entsprechend anpassen?"},
    {"Have you already changed the account to ", "? The invoice is overdue."},
    {"Avez-vous bien modifi\u00e9 le RIB en ", " ? La facture est en retard."},
    {"Kindly confirm the new account ", ". When will your invoice be settled?"},
    {"Client ref: 4471 - IBAN: ", ""},
    {"Customer no: 4471, IBAN ", ""},
    {"Merci de r\u00e9gler sur l'IBAN que nous avons pour vous : ", ""},
    {"Merci d'utiliser ", ". Est-ce valable pour vous ?"},
    {"Please use ", " for this payment. Is this correct for you?"},
    {"Please pay to ", ", as stated on your copy of the invoice."},
    {"The balance is to be paid to the account you gave us, ", ""},
    {"Veuillez virer le solde sur le compte en notre possession : ", ""},
    {"Nouvel IBAN : ", ". Est-ce valable pour vous ?"},
    {"New IBAN: ", ". Is this your first payment to us?"},
    {"Le compte ", " est votre compte d\u00e9di\u00e9 pour nos factures."},
    {"Un mail vous demandant de payer sur ", " ne doit pas \u00eatre ignor\u00e9."},
    {"If an email asks you to pay to ", ", don't ignore it."},
    {"Si vous avez re\u00e7u un mail vous demandant de payer sur l'ancien compte, ignorez-le et payez sur ", "."},
    {"If you received our email asking you to pay to ", ", please do not ignore it."},
    {"Vous avez re\u00e7u notre mail vous demandant de payer sur ", ", merci d'y donner suite."},
    {"Nous pouvons recevoir votre paiement sur ", "."},
    {"Nous vous demandons de payer sur ", "."},
    {"Nous allons facturer demain, \u00e0 payer sur ", "."},
    {"We can only be paid to ", "."},
    {"Pour m\u00e9moire, notre RIB : ", ""},
    {"Avis de r\u00e8glement attendu : facture FA-12, 1 200,00 \u20ac, \u00e0 cr\u00e9diter sur ", ""},
    {"Relance : votre r\u00e8glement de 1 200,00 \u20ac doit nous parvenir sur ", ""},
    {"Nous avons bien re\u00e7u votre acompte, le solde est \u00e0 verser sur ", "."},
    {"Our bank confirmed that ", " is ready to receive your transfer."},
    {"Titulaire : Soci\u00e9t\u00e9 Martin\n", "\nBanque : CIC"},
    {"Merci de mettre ", " dans votre base."},
    {"Votre interlocuteur pour les r\u00e8glements est notre filiale (", ")."},
    {"Please update the beneficiary to ", " and release the payment."},
    {"Le RIB de votre base est obsol\u00e8te, merci d'utiliser ", "."},
    {"Le RIB que nous vous avons transmis comportait une erreur, voici le bon : ", ""},
    {"Nous avons vers\u00e9 la caution par erreur ; le remboursement est \u00e0 faire sur ", "."},
    {"I have sent you the wrong account, use ", "."},
    {"We sent the invoice with wrong details. Pay to ", "."},
    {"Comme convenu avec votre banque, le versement ira sur ", "."},
    {"Le virement que vous nous avez envoy\u00e9 est revenu, merci de le renvoyer vers ", "."},
    {"You sent the deposit to the wrong account. The balance should go to ", "."},
    {"The account details you provided us with your vendor form must be paired with ours: ", ""},
    {"Merci de confirmer que ce RIB ", " a remplac\u00e9 l'ancien."},
    {"Pouvez-vous v\u00e9rifier que ce compte est bien enregistr\u00e9 : ", " ?"},
    {"Votre virement a \u00e9t\u00e9 effectu\u00e9 sur l'ancien compte, il est \u00e0 refaire sur ", "."},
    {"Nous avons pay\u00e9 l'avance pour vous, remboursement sur ", " svp."},
    {"Votre facture 2026-11 est \u00e0 r\u00e9gler par virement sur le compte ", "."},
    {"Votre facture 2026-11 doit \u00eatre pay\u00e9e par virement sur le compte ", "."},
    {"Your invoice 2026-11 is to be paid to ", "."},
    {"Merci de r\u00e9gler sur le compte ", " que nous vous avons communiqu\u00e9 par courrier."},
    {"Merci de payer sur le compte ", " dont nous vous avons fourni le RIB par t\u00e9l\u00e9phone."},
    {"Votre virement de 800 \u20ac est attendu sur ", "."},
    {"Votre virement est \u00e0 adresser vers ", "."},
    {"Vous pouvez ajouter un nouveau b\u00e9n\u00e9ficiaire : Lemarchal SAS, ", "."},
    {"Merci de confirmer que le virement partira bien sur le compte ", "."},
    {"Merci de confirmer que vous avez bien enregistr\u00e9 le compte ", " avant le paiement."},
    {"Comme vous nous l'avez demand\u00e9, voici notre RIB : ", ""},
    {"Suite au RIB que vous nous avez demand\u00e9 : ", ""},
    {"Vous nous avez r\u00e9gl\u00e9 par erreur sur l'ancien compte ; le bon est ", "."},
    {"Votre paiement a \u00e9t\u00e9 rejet\u00e9 par la banque, merci de le refaire sur ", "."},
    {"Nous avons re\u00e7u votre virement sur l'ancien compte, le prochain est \u00e0 faire sur ", "."},
    {"Nous avons pay\u00e9 nos fournisseurs et attendons votre r\u00e8glement sur le compte ", "."},
    {"Please pay the account ", " we provided by letter."},
    {"You can add a new payee: Lemarchal Ltd, ", "."},
    {"Your payment of 800 EUR to our old account was returned by the bank, kindly resend it to ", "."},
    {"As you requested, our bank details: ", ""},
    {"Please confirm once your transfer to ", " is done."},
    {"The details you asked for: ", ""},
    {"We have paid the customs, please refund us to ", "."},
    {"Please confirm payment to ", " will be executed today."},
    {"Nous avons rembours\u00e9 votre avance. Merci de payer le solde sur ", "."},
    {"Le RIB que vous nous avez demand\u00e9 : ", ""},
    {"Pouvez-vous confirmer le virement sur ", " ?"},
    {"Pouvez-vous r\u00e9gler sur le compte ", " ?"},
    {"Voici le compte ", ". Est-il possible de payer aujourd'hui ?"},
    {"Please confirm that payment to ", " has been executed."},
    {"Merci de confirmer que le virement vers ", " a \u00e9t\u00e9 ex\u00e9cut\u00e9."},
    {"Le nouveau compte ", " a \u00e9t\u00e9 ouvert ce jour."},
    {"Le paiement doit \u00eatre \u00e9mis de votre compte vers le n\u00f4tre : ", ""},
    {"Le virement parti de votre banque est attendu sur ", "."},
    {"Notre RIB vient de changer : ", ""},
    {"Votre paiement provient d'un compte clos, payez sur ", "."},
    {"Merci de confirmer le virement, nous avons ouvert ", "."},
    {"Merci de mettre \u00e0 jour le RIB de votre fournisseur : ", ""},
    {"Votre compte client chez nous est d\u00e9biteur, \u00e0 r\u00e9gler sur ", "."},
    {"Merci d'enregistrer dans votre syst\u00e8me, nous avons ", "."},
    {"Le compte de votre fournisseur est ", "."},
    {"Pour solder votre compte chez nous : ", ""},
    {"Pour r\u00e9gulariser votre compte dans notre syst\u00e8me : ", ""},
    {"Mettez \u00e0 jour votre RIB, nous avons le compte ", ""},
    {"To settle your account: ", ""},
    {"Pour r\u00e9gler votre compte : ", ""},
    {"Si votre virement est d\u00e9j\u00e0 parti sur l'ancien compte, un second est \u00e0 faire sur ", "."},
    {"Our bank asked us to tell you to pay to ", ". Is this ok?"},
    {"We have moved, please pay to ", ". Is this ok?"},
    {"Nous vous demandons de r\u00e9gler d\u00e9sormais sur le compte ", ". Est-ce bien not\u00e9 ?"},
    {"Auf der Rechnung steht unsere IBAN ", ". Ist das Geld schon unterwegs?"},
    {"Our IBAN is ", ". Is your payment on its way?"},
    {"Please update our bank details in your system: IBAN ", ". Please check."},
    {"Please cancel your transfer of 12,000 EUR and resend it to ", "."},
    {"Please cancel the payment to the old account and pay to ", "."},
    {"Merci d'annuler votre virement et de le refaire sur ", "."},
    {"Avez-vous bien not\u00e9 notre nouveau RIB : ", " ?"},
    {"Please check the IBAN on your invoice and use ", ". Correct?"},
    {"Please confirm that you have noted our IBAN: ", ". Correct?"},
    {"Have you changed our account to ", "?"},
    {"Avez-vous modifi\u00e9 notre RIB pour ", " ?"},
    {"Bitte rufen Sie uns an; die Zahlung geht an ", "."},
    {"Wir haben Ihre Bestellung erhalten, IBAN ", ". Danke!"},
    {"Please stop payments to the old account and send them to ", "."},
    {"Our last mail says ", ", please pay there."},
};

AccountRole role_of(const Sentence& sentence) {
  const auto accounts = find_accounts(std::string(sentence.before) + "FR76 1027 8060 3900 0204 4550 170" + sentence.after, {});
  return accounts.size() == 1 ? accounts.front().role : AccountRole::unknown;
}

TEST(ReadersAccount, IsNotWhereTheWriterIsPaid) {
  for (const Sentence& sentence : kReaders)
    EXPECT_EQ(role_of(sentence), AccountRole::paying) << sentence.before << "..." << sentence.after;
}

TEST(ReadersAccount, IsNoneThatTheWriterPresents) {
  for (const Sentence& sentence : kPresented)
    EXPECT_NE(role_of(sentence), AccountRole::paying) << sentence.before << "..." << sentence.after;
}

enum class Whose { readers, warned, presented };
constexpr Whose readers = Whose::readers, warned = Whose::warned, presented = Whose::presented;
struct WhoseSentence {
  Whose whose;
  const char *before, *after;
};
constexpr WhoseSentence kWhose[] = {
#define THREADLINE_SENTENCE(whose, language, before, after) {whose, before, after},
#include "facts/bank_whose_sentences.def"
#undef THREADLINE_SENTENCE
};

Whose whose_of(const Account& account) {
  if (account.former) return Whose::warned;
  return account.role == AccountRole::paying ? Whose::readers : Whose::presented;
}

TEST(ReadersAccount, IsToldInSevenLanguagesFromOneThatIsPresented) {
  for (const WhoseSentence& sentence : kWhose) {
    const auto text = std::string(sentence.before) + "FR76 1027 8060 3900 0204 4550 170" + sentence.after;
    const auto accounts = find_accounts(text, {});
    ASSERT_FALSE(accounts.empty()) << text;
    const Whose told = whose_of(accounts.back());
    const bool is_right = sentence.whose == presented ? told == presented : told != presented;
    EXPECT_TRUE(is_right) << text;
  }
}

TEST(ReadersAccount, IsToldAcrossLineEnds) {
  EXPECT_EQ(role_of({"Nous vous remboursons\nsur le compte ", "\nque vous nous avez\nindiqu\u00e9."}), AccountRole::paying);
  EXPECT_NE(role_of({"Notre compte : ", "\n\nLe RIB que vous nous avez transmis est en r\u00e8gle."}), AccountRole::paying);
}

}  // namespace
}  // namespace threadline::facts
