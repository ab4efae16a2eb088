// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "facts/bank/account.h"

namespace threadline::facts {
namespace {

std::string kinds_in(std::string_view text) {
  ReadText body;
  body.text = text;
  std::string kinds;
  std::vector<Note> notes;
  for (const auto& request : read_requests(body, {}, {}, notes))
    kinds += (kinds.empty() ? "" : " ") + request.kind + ":" + request.language;
  return kinds;
}

struct Wording {
  const char* name;
  const char* text;
  const char* kinds;
};

class Requests : public testing::TestWithParam<Wording> {};

TEST_P(Requests, AreHeardByTheirWords) { EXPECT_EQ(kinds_in(GetParam().text), GetParam().kinds) << GetParam().text; }

// Of changes in general, and of mails that others may send; the twins announce the writer's own.
INSTANTIATE_TEST_SUITE_P(
    Warnings, Requests,
    testing::Values(
        Wording{"fr_in_general_0", "Toute demande de modification de RIB doit \u00eatre confirm\u00e9e par t\u00e9l\u00e9phone.",
                ""},
        Wording{"fr_in_general_1", "Les demandes de changement de RIB doivent nous parvenir par le portail.", ""},
        Wording{"fr_in_general_2", "La proc\u00e9dure de changement de RIB fournisseur est jointe.", ""},
        Wording{"fr_in_general_3", "Ne donnez pas suite \u00e0 un courriel annon\u00e7ant un nouveau RIB sans nous appeler.", ""},
        Wording{"en_in_general_4", "Any request to change bank details must be confirmed by phone with your usual contact.", ""},
        Wording{"en_in_general_5", "Please do not act on emails advising of new bank details without speaking to us.", ""},
        Wording{"de_in_general_6",
                "Bitte reagieren Sie nicht auf E-Mails, die eine \u00c4nderung unserer Bankverbindung ank\u00fcndigen.", ""},
        Wording{"de_in_general_7",
                "Bitte folgen Sie keinen Mitteilungen \u00fcber eine neue Bankverbindung ohne R\u00fccksprache mit uns.", ""},
        Wording{"es_in_general_8", "No haga caso de correos que anuncien un cambio de nuestra cuenta sin consultarnos antes.",
                ""},
        Wording{"it_in_general_9", "Ogni richiesta di modifica dell'IBAN deve essere confermata telefonicamente.", ""},
        Wording{"it_in_general_10", "Non date seguito a e-mail che annunciano nuove coordinate bancarie senza averci contattato.",
                ""},
        Wording{"nl_in_general_11", "Elk verzoek tot wijziging van een rekeningnummer moet telefonisch worden bevestigd.", ""},
        Wording{"nl_in_general_12", "Reageer niet op e-mails over een nieuw rekeningnummer zonder ons eerst te bellen.", ""},
        Wording{"fr_of_the_writer_0", "Ne r\u00e9pondez pas \u00e0 ce courriel, notre nouveau RIB est joint.", "bank_change:fr"},
        Wording{"fr_of_the_writer_1", "Merci de ne pas r\u00e9pondre par mail, notre nouveau compte est indiqu\u00e9 ci-dessous.",
                "bank_change:fr"},
        Wording{"fr_of_the_writer_2", "Voici notre demande de changement de RIB.", "bank_change:fr"},
        Wording{"fr_of_the_writer_3", "Toute facture est d\u00e9sormais \u00e0 r\u00e9gler sur notre nouveau compte.",
                "bank_change:fr"},
        Wording{"en_of_the_writer_4", "Please do not reply by email, our bank details have changed.", "bank_change:en"},
        Wording{"en_of_the_writer_5", "Please do not reply to this email but pay into our new account below.", "bank_change:en"},
        Wording{"en_of_the_writer_6", "We request to change our bank details in your records.", "bank_change:en"},
        Wording{"en_of_the_writer_7", "Any outstanding invoice should be paid to our new bank account.", "bank_change:en"},
        Wording{"de_of_the_writer_8", "Bitte antworten Sie nicht auf diese E-Mail, unsere neue Bankverbindung gilt ab sofort.",
                "bank_change:de"},
        Wording{"de_of_the_writer_9", "Bitte nicht per E-Mail antworten, die neue Bankverbindung gilt ab sofort.",
                "bank_change:de"},
        Wording{"es_of_the_writer_10", "No responda a este correo, nuestra cuenta bancaria ha cambiado.", "bank_change:es"},
        Wording{"it_of_the_writer_11", "Non risponda a questa e-mail, le nostre coordinate bancarie sono cambiate.",
                "bank_change:it"},
        Wording{"nl_of_the_writer_12", "Antwoord niet op deze e-mail, ons rekeningnummer is gewijzigd.", "bank_change:nl"}),
    [](const auto& wording) { return std::string(wording.param.name); });
// A word of another matter (a manager, a portal, a director) in the signature or beside the news takes nothing from it.
INSTANTIATE_TEST_SUITE_P(
    OtherMatters, Requests,
    testing::Values(
        Wording{"en_titles_below", "We have changed our bank account:\nIBAN FR76 1450 8000 3008 8123 4567 834\nFinance Manager",
                "bank_change:en"},
        Wording{"en_titles_below_a_closing",
                "Please pay to this new account:\nIBAN FR76 1450 8000 3008 8123 4567 834\nKind regards,\nGraham "
                "Thorneycroft\nSales Director",
                "bank_change:en"},
        Wording{"fr_titles_below_a_closing",
                "Merci de payer sur ce nouveau compte :\nFR76 1450 8000 3008 8123 4567 834\nCordialement,\nMarie "
                "Dupont\nDirectrice financi\u00e8re",
                "bank_change:fr"},
        Wording{"en_to_a_manager", "Dear Finance Manager,\nour bank details have changed, please see below.", "bank_change:en"},
        Wording{"en_to_a_manager_of_us", "Dear Manager, we have a new bank account, please pay there.", "bank_change:en"},
        Wording{"en_by_a_manager", "Please let your finance manager know that our bank details have changed.", "bank_change:en"},
        Wording{"en_as_a_manager", "As your account manager I inform you that our bank account has changed.", "bank_change:en"},
        Wording{"en_box_behind", "Our bank details have changed, please use the account below []", "bank_change:en"},
        Wording{"en_empty_line_of_outlook",
                "Kindly disregard the bank information on the invoice and remit to the following instead:\nAccount number: "
                "3968842628\n\u00a0\nKind regards,\n\u00a0\nGraham\nFinance Manager",
                "bank_change:en"},
        Wording{"fr_is_now",
                "Comme convenu, nos coordonn\u00e9es bancaires sont d\u00e9sormais les suivantes :", "bank_change:fr"},
        Wording{"fr_from_now_on", "D\u00e9sormais, notre RIB est FR76 1450 8000 3008 8123 4567 834", "bank_change:fr"},
        Wording{"en_are_now", "Our bank details are now as follows:", "bank_change:en"},
        Wording{"en_agreed_with_yours", "As agreed with your director, our account has changed.", "bank_change:en"},
        Wording{"fr_agreed_with_yours", "Comme vu avec votre comptable, notre RIB a chang\u00e9.", "bank_change:fr"},
        Wording{"fr_for_your_information", "Pour votre information, notre RIB a chang\u00e9.", "bank_change:fr"},
        Wording{"fr_in_a_portal", "Merci de mettre \u00e0 jour notre nouveau RIB dans votre portail fournisseurs.",
                "bank_change:fr"},
        // twins
        Wording{"fr_yours", "Comme vu avec votre comptable, votre RIB a chang\u00e9.", ""},
        Wording{"en_box_before", "[ ] Change of bank details", ""},
        Wording{"en_offered", "You can change our account settings in the customer portal at any time.", ""},
        Wording{"fr_are", "Nos coordonn\u00e9es bancaires sont les suivantes :", ""},
        Wording{"en_are", "Our bank details are as follows:", ""},
        Wording{"en_bank_is_now", "Our bank is now open on Saturdays, see the hours below.", ""},
        Wording{"en_account_is_now", "Our account is now in order, see the statement below.", ""},
        Wording{"en_another_manager", "Your account manager has changed: please contact Jane.", ""},
        Wording{"en_own_portal", "You can change your bank details in our supplier portal.", ""},
        Wording{"fr_own_space", "Modifiez vos coordonn\u00e9es bancaires dans votre espace client.", ""},
        Wording{"en_warned", "Beware of e-mails that claim our bank details have changed.", ""}),
    [](const auto& wording) { return std::string(wording.param.name); });
INSTANTIATE_TEST_SUITE_P(
    Twins, Requests,
    testing::Values(
        // silent twins first
        Wording{"fr_first_salary_account", "Ci-joint mon RIB pour le versement de mon salaire.", "payroll_given:fr"},
        Wording{"fr_new_salary_account", "Voici mon nouveau RIB pour le versement de mon salaire.", "payroll:fr"},
        Wording{"fr_unchanged", "Nos coordonn\u00e9es bancaires restent inchang\u00e9es.", ""},
        Wording{"fr_not_changed", "Notre RIB n'a pas chang\u00e9.", ""},
        Wording{"en_never", "We will never change our bank details by e-mail.", ""},
        Wording{"en_unchanged", "Our bank details remain unchanged.", ""},
        Wording{"de_unchanged", "Unsere Bankverbindung hat sich nicht ge\u00e4ndert.", ""},
        Wording{"es_unchanged", "Nuestros datos bancarios no han cambiado.", ""},
        Wording{"it_unchanged", "Le nostre coordinate bancarie sono invariate.", ""},
        Wording{"pt_unchanged", "Os nossos dados bancarios mantem-se inalterados.", ""},
        Wording{"nl_unchanged", "Ons rekeningnummer is niet gewijzigd.", ""},
        Wording{"fr_warning", "Attention aux fraudes au changement de RIB : appelez-nous.", ""},
        Wording{"en_warning", "Beware of scams that announce new bank details.", ""},
        Wording{"user_account", "Your new account has been created, please change your password.", ""},
        Wording{"project", "The new version changes the number format in the report.", ""},
        Wording{"meeting", "Le nouveau planning est joint, merci de confirmer votre presence.", ""},
        Wording{"fr_asks_for_ours", "Merci de nous envoyer votre nouveau RIB.", ""},
        Wording{"thanks", "Merci pour votre message.", ""},
        // and the others
        Wording{"fr_changed", "Nous vous informons que notre RIB a chang\u00e9.", "bank_change:fr"},
        Wording{"fr_other_order", "Vous trouverez ci-dessous les nouvelles coordonnees\nbancaires de notre societe.",
                "bank_change:fr"},
        Wording{"fr_accents_lost", "Veuillez noter le changement de nos coordonnees bancaires.", "bank_change:fr"},
        Wording{"en_changed", "Please be advised that our bank account has been changed.", "bank_change:en"},
        Wording{"en_new", "Kindly remit payment to our new bank account.", "bank_change:en"},
        Wording{"de_new", "Bitte beachten Sie unsere neue Bankverbindung.", "bank_change:de"},
        Wording{"es_new", "Les comunicamos que hemos cambiado de banco.", "bank_change:es"},
        Wording{"it_new", "Vi comunichiamo le nostre nuove coordinate bancarie.", "bank_change:it"},
        Wording{"pt_new", "Informamos que os nossos dados banc\u00e1rios foram alterados.", "bank_change:pt"},
        Wording{"nl_new", "Ons rekeningnummer is gewijzigd.", "bank_change:nl"},
        Wording{"fr_closed", "Notre compte habituel est bloqu\u00e9 suite \u00e0 un audit.", "bank_change:fr"},
        Wording{"fr_payroll", "Je souhaite modifier le compte sur lequel mon salaire est vers\u00e9.", "payroll:fr"},
        Wording{"en_payroll", "I would like to update my direct deposit to a new bank account.", "payroll:en"},
        Wording{"de_payroll", "Ich m\u00f6chte das Konto f\u00fcr mein Gehalt \u00e4ndern.", "payroll:de"},
        Wording{"fr_payment", "Merci de proc\u00e9der au virement.", "payment:fr"},
        Wording{"en_payment", "Please process the wire by Friday.", "payment:en"},
        Wording{"en_gift", "I need you to buy five gift cards.", "pressure:en"},
        Wording{"en_desk", "Are you at your desk?", "pressure:en"},
        Wording{"fr_urgent", "Ce virement est urgent et confidentiel.", "pressure:fr"}),
    [](const auto& wording) { return std::string(wording.param.name); });

class Pressure : public testing::TestWithParam<Wording> {};

TEST_P(Pressure, IsHeardByItsWords) {
  const bool is_heard = kinds_in(GetParam().text).find("pressure") != std::string::npos;
  EXPECT_EQ(is_heard, *GetParam().kinds != '\0') << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Twins, Pressure,
    testing::Values(
        // silent twins first
        Wording{"en_delivery", "Urgent: the delivery of tomorrow is late.", ""},
        Wording{
            "en_disclaimer",
            "This e-mail and any files transmitted with it are confidential; please notify the sender immediately and delete it.",
            ""},
        Wording{"fr_disclaimer",
                "Ce message et ses fichiers sont confidentiels, merci d'avertir imm\u00e9diatement l'exp\u00e9diteur.", ""},
        Wording{"de_disclaimer",
                "Diese E-Mail enth\u00e4lt vertrauliche Informationen, bitte informieren Sie sofort den Absender.", ""},
        Wording{"en_stock", "The card is available in our shop.", ""},
        Wording{"fr_office", "Le bureau est ferm\u00e9 vendredi.", ""}, Wording{"en_google", "I found it with Google today.", ""},
        Wording{"en_meeting", "Are you coming to the meeting?", ""},
        Wording{"en_paid", "We have paid the invoice, thank you.", ""},
        Wording{"nl_good", "Het is een goed boek, bon app\u00e9tit.", ""},
        Wording{"en_call", "Are you available for a call tomorrow?", ""}, Wording{"en_hour", "Are you available at 10?", ""},
        Wording{"de_termin", "Sind Sie morgen im B\u00fcro erreichbar?", ""},
        Wording{"es_llamada", "\u00bfEst\u00e1 disponible para una llamada?", ""},
        Wording{"en_present", "Here is a gift card from all the team.", ""},
        Wording{"fr_courtesy", "Merci de proc\u00e9der au r\u00e8glement aujourd'hui.", ""},
        Wording{"en_courtesy", "Please send the payment today.", ""},
        Wording{"de_courtesy", "Bitte begleichen Sie die Zahlung heute.", ""},
        // gift cards
        Wording{"en_gift", "Can you purchase 5 Amazon gift cards for a client?", "x"},
        Wording{"en_steam", "Scratch the Steam cards and send me the codes.", "x"},
        Wording{"fr_gift", "J'ai besoin que vous achetiez des cartes cadeaux.", "x"},
        Wording{"fr_pcs", "Merci d'acheter trois coupons de recharge PCS.", "x"},
        Wording{"de_gift", "Bitte kaufen Sie f\u00fcnf Geschenkkarten.", "x"},
        Wording{"es_gift", "Necesito que compres unas tarjetas regalo.", "x"},
        Wording{"it_gift", "Ho bisogno di alcune carte regalo.", "x"},
        Wording{"pt_gift", "Preciso de alguns cart\u00f5es presente.", "x"},
        Wording{"nl_gift", "Kun je vijf cadeaubonnen kopen?", "x"},
        // presence
        Wording{"en_desk", "Are you at your desk?", "x"}, Wording{"fr_desk", "\u00cates-vous au bureau ?", "x"},
        Wording{"de_desk", "Sind Sie gerade im B\u00fcro?", "x"}, Wording{"es_desk", "\u00bfEst\u00e1s en la oficina?", "x"},
        Wording{"it_desk", "Sei in ufficio?", "x"}, Wording{"pt_desk", "Est\u00e1s dispon\u00edvel?", "x"},
        Wording{"nl_desk", "Ben je op kantoor?", "x"},
        // urgency
        Wording{"en_urgent", "I need you to process an urgent wire transfer today.", "x"},
        Wording{"fr_urgent", "Je vous demande d'effectuer un virement urgent.", "x"},
        Wording{"de_urgent", "Bitte veranlassen Sie dringend eine \u00dcberweisung.", "x"},
        Wording{"es_urgent", "Necesito que realices una transferencia urgente.", "x"},
        Wording{"it_urgent", "Devi effettuare subito un bonifico.", "x"},
        Wording{"pt_urgent", "Preciso que fa\u00e7a um pagamento urgente.", "x"},
        Wording{"nl_urgent", "Kun je met spoed een betaling uitvoeren?", "x"},
        Wording{"en_today", "Can you process a payment today?", "x"},
        Wording{"fr_today", "Pouvez-vous faire un virement aujourd'hui ?", "x"},
        // secrecy
        Wording{"en_secret", "Keep this payment strictly confidential.", "x"},
        Wording{"fr_secret", "Ce paiement doit rester strictement confidentiel.", "x"},
        Wording{"de_secret", "Die Zahlung ist streng vertraulich.", "x"},
        Wording{"es_secret", "Este pago debe quedar en secreto.", "x"},
        Wording{"it_secret", "Il bonifico deve restare riservato.", "x"},
        Wording{"pt_secret", "Este pagamento deve ficar em segredo.", "x"},
        Wording{"nl_secret", "Deze betaling is strikt vertrouwelijk.", "x"}),
    [](const auto& wording) { return std::string(wording.param.name); });

TEST(Deadline, IsAPaymentAskedForToday) {
  EXPECT_NE(kinds_in("Please send the payment today.").find("deadline"), std::string::npos);
  EXPECT_EQ(kinds_in("Please send the payment.").find("deadline"), std::string::npos);
  EXPECT_EQ(kinds_in("The office is closed today.").find("deadline"), std::string::npos);
}

TEST(RequestsOfABody, CarryLevelBlockAndTheirOwnWords) {
  ReadText body;
  body.part = "1";
  body.text = "Bonjour.\nNotre RIB a chang\u00e9.\n\nLe 5 avril, X a \u00e9crit :\nNotre IBAN a chang\u00e9.\n";
  Conversation conversation;
  const auto introduction = body.text.find("Le 5"), quoted = body.text.find("Notre IBAN");
  conversation.segments = {{.begin = 0, .end = introduction},
                           {.begin = introduction, .end = quoted, .block = 0, .introduction = true},
                           {.begin = quoted, .end = body.text.size(), .block = 0}};
  conversation.quoted.resize(1);
  std::vector<Note> notes;
  const auto requests = read_requests(body, conversation, {}, notes);
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].text, "Notre RIB a chang\u00e9.");
  EXPECT_EQ(requests[0].level, 0);
  EXPECT_EQ(requests[1].text, "Notre IBAN a chang\u00e9.");
  EXPECT_EQ(requests[1].level, 1);
  EXPECT_EQ(requests[1].block, 0);
}

TEST(Limit, requests) {
  ReadText body;
  body.text = "Our bank details have changed. ";
  body.text += body.text;
  Limits limits;
  limits.requests = 2;
  std::vector<Note> notes;
  EXPECT_EQ(read_requests(body, {}, limits, notes).size(), 2U);
  EXPECT_TRUE(notes.empty());
  body.text += "Our bank details have changed.";
  EXPECT_EQ(read_requests(body, {}, limits, notes).size(), 2U);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].code + " " + notes[0].text, "limit requests");
}

TEST(Request, ATitleBeforeANameEndsNoSentence) {
  ReadText body;
  body.text = "Changement de RIB \u00e0 prendre en compte pour M. Bailly, de Mme. Roux. Merci.";
  std::vector<Note> notes;
  const auto requests = read_requests(body, {}, {}, notes);
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_EQ(requests.front().text, "Changement de RIB \u00e0 prendre en compte pour M. Bailly, de Mme. Roux.");
}

// Choices of a form: what nobody ticked is asked by nobody.
INSTANTIATE_TEST_SUITE_P(
    Boxes, Requests,
    testing::Values(
        Wording{"fr_unticked", "Formulaire fournisseur\n\u2610 Changement de RIB\n\u2610 Cr\u00e9ation", ""},
        Wording{"fr_ticked", "Formulaire fournisseur\n\u2612 Changement de RIB\n\u2610 Cr\u00e9ation", "bank_change:fr"},
        Wording{"fr_unticked_beside_another", "\u2612 Cr\u00e9ation   \u2610 Changement de RIB   \u2610 Autre", ""},
        Wording{"fr_ticked_beside_another", "\u2610 Cr\u00e9ation   \u2612 Changement de RIB   \u2610 Autre", "bank_change:fr"},
        Wording{"fr_box_behind", "Changement de RIB \u2610\nAutre \u2612", ""},
        Wording{"fr_ticked_box_behind", "Changement de RIB \u2612\nAutre \u2610", "bank_change:fr"},
        Wording{"en_typed", "[ ] Change of bank details\n[x] New supplier", ""},
        Wording{"en_typed_and_ticked", "[x] Change of bank details\n[ ] New supplier", "bank_change:en"},
        Wording{"en_square_with_nbsp", "[\u00a0] Change of bank details", ""},
        Wording{"en_words_below_an_unticked_box", "[ ] New supplier\nOur bank details have changed.", "bank_change:en"},
        Wording{"en_words_before_a_box", "Our bank details have changed [ ] see overleaf", "bank_change:en"},
        Wording{"de_unticked", "\u2610 \u00c4nderung der Bankverbindung", ""},
        Wording{"de_ticked", "\u2611 \u00c4nderung der Bankverbindung", "bank_change:de"}),
    [](const testing::TestParamInfo<Wording>& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace threadline::facts
