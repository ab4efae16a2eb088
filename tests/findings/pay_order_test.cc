// SPDX-License-Identifier: Apache-2.0
#include "findings/pay_order.h"

#include <gtest/gtest.h>

#include <string>

namespace threadline::findings {
namespace {

TEST(PayOrder, IsAnImperativeBesideAnAmount) {
  for (const char* text : {
           "Make a transfer of $45,000.",
           "Hi Anna,\n\nPay them $45,000.\n\nRobert",
           "Hi Anna\nTransfer $45,000 today.",
           "Please wire EUR 48,000 before noon.",
           "Are you there? Send \u00a39,500 to the supplier.",
           "Virez 45 000 \u20ac sur ce compte.",
           "Virez-leur la somme de 45 000 euros aujourd'hui.",
           "Merci de faire vite : payez 12\u202f500 \u20ac.",
           "Faites un virement de 45 000 \u20ac.",
           "Zahlen Sie 45.000 Euro.",
           "\u00dcberweisen Sie heute 45.000 EUR.",
           "Transfiera 45.000 euros hoy.",
           "Paga 45.000 euro oggi.",
           "Pague 45 mil euros hoje.",
           "Maak vandaag 45.000 euro over.",
           "Betaal 45.000 euro.",
           "Transfer 45k now.",
           "Go ahead and pay the $45,000.",
           "Envoie-leur 45 000 euros.",
           "Fais partir 45 000 \u20ac aujourd'hui.",
           "Doe een overboeking van 45.000 euro.",
           "Send 200 pounds of coffee. Pay them $45,000.",
           "Transfer 2 million euros.",
       })
    EXPECT_TRUE(orders_payment(text)) << text;
}

TEST(PayOrder, IsNoneWhereSomebodyPaysOrPaid) {
  for (const char* text : {
           "I paid 45 euros for lunch.",
           "They pay $45 a month.",
           "We transfer $45,000 every year.",
           "Transfer of $45 received.",
           "Pay attention to the 45 euros on page 2.",
           "Pay grade 3: $45 an hour.",
           "Transfer 45 files to the server.",
           "Send 45 chairs to Lyon.",
           "Send me the 3 files today.",
           "Vous payez 45 euros par mois.",
           "Versez 45 ml d'eau.",
           "La ditta paga 45 euro al mese.",
           "Il paye 45 euros.",
           "Er zahlt 45 Euro.",
           "Zahlen 2026: 45 Mio. Besucher.",
           "Boek 3 kamers voor 45 personen over een week.",
           "Transfer the files.",
           "Send 45 m of cable.",
           "Order today, get $45 off.",
           "Il envoie 45 euros par mois.",
           "Env\u00ede 45 mil unidades.",
           "Send 45k rows of data.",
           "Zahlen: 45 Euro Umsatz je Kunde.",
           "Senden 45 Euro im Monat.",
           "Just pay $10 at the door.",
           "Send me 200 pounds of coffee.",
           "Pay $500 less with this voucher.",
           "Send 200 euros worth of stamps to Anna.",
       })
    EXPECT_FALSE(orders_payment(text)) << text;
}

}  // namespace
}  // namespace threadline::findings
