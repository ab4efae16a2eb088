// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "facts/bank/account.h"

namespace threadline::facts {
namespace {

std::string kinds_in(std::string_view text) {
  ReadText body;
  body.text = text;
  std::string kinds;
  for (const auto& request : read_requests(body, {})) kinds += (kinds.empty() ? "" : " ") + request.kind + ":" + request.language;
  return kinds;
}

struct Wording {
  const char* name;
  const char* text;
  const char* kinds;
};

class Requests : public testing::TestWithParam<Wording> {};

TEST_P(Requests, AreHeardByTheirWords) { EXPECT_EQ(kinds_in(GetParam().text), GetParam().kinds) << GetParam().text; }

INSTANTIATE_TEST_SUITE_P(
    Twins, Requests,
    testing::Values(
        // silent twins first
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
  const auto requests = read_requests(body, conversation);
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].text, "Notre RIB a chang\u00e9.");
  EXPECT_EQ(requests[0].level, 0);
  EXPECT_EQ(requests[1].text, "Notre IBAN a chang\u00e9.");
  EXPECT_EQ(requests[1].level, 1);
  EXPECT_EQ(requests[1].block, 0);
}

}  // namespace
}  // namespace threadline::facts
