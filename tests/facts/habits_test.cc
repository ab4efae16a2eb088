// SPDX-License-Identifier: Apache-2.0
#include "facts/habits.h"

#include <gtest/gtest.h>

#include "facts/conversation/language.h"
#include "message/read_message.h"

namespace threadline::facts {
namespace {

/// "client=outlook zone=120".
std::string habits_of(const std::string& header, const std::string& text = "x") {
  const Facts facts = read_facts(message::read_message(header + "\r\n" + text + "\r\n", Limits{}), Settings{});
  std::string all;
  for (const Habit& habit : facts.habits) all += (all.empty() ? "" : " ") + habit.kind + "=" + habit.value;
  return all;
}

TEST(Habits, AreHowAMessageWasMadeAndSent) {
  EXPECT_EQ(
      habits_of("Received: from pc (host.isp.example [203.0.113.77]) by mx.firm.example (Postfix) with ESMTPSA id 1;\r\n"
                " Thu, 5 Apr 2018 10:37:02 +0200\r\n"
                "From: Ann <ann@firm.example>\r\nTo: bob@own.example\r\nSubject: x\r\nDate: Thu, 5 Apr 2018 10:37:00 +0200\r\n"
                "Message-ID: <4f.5a@mail.firm.example>\r\nX-Mailer: Microsoft Outlook 16.0\r\n"),
      "client=outlook ids=x.x@own fields=FTSDI operator=isp.example network=203.0.113.0/24 zone=120");
}

TEST(Habits, AWebmailTellsTheAddressItsUserCameFrom) {
  const std::string told = habits_of(
      "Received: from webmail.firm.example (webmail.firm.example [198.51.100.1]) by mx.firm.example; Thu, 5 Apr 2018 10:37:02 "
      "+0200\r\nX-Originating-IP: [2001:db8:1:2::3]\r\nFrom: ann@firm.example\r\n");
  EXPECT_NE(told.find("network=2001:0db8:0001::/48"), std::string::npos) << told;
  EXPECT_EQ(told.find("198.51"), std::string::npos) << told;
}

TEST(Habits, ZoneZeroIsAServersAndNoPersons) {
  EXPECT_EQ(habits_of("From: ann@firm.example\r\nDate: Thu, 5 Apr 2018 08:37:00 +0000\r\n").find("zone"), std::string::npos);
  EXPECT_NE(habits_of("From: ann@firm.example\r\nDate: Thu, 5 Apr 2018 08:37:00 -0500\r\n").find("zone=-300"), std::string::npos);
}

TEST(Habits, ListsAndAutomaticMailHaveNone) {
  const std::string mail = "From: ann@firm.example\r\nX-Mailer: Microsoft Outlook 16.0\r\n";
  EXPECT_NE(habits_of(mail), "");
  EXPECT_EQ(habits_of(mail + "List-Id: <l.firm.example>\r\n"), "");
  EXPECT_EQ(habits_of(mail + "Auto-Submitted: auto-replied\r\n"), "");
  EXPECT_EQ(habits_of(mail + "Resent-From: bob@own.example\r\n"), "");
}

TEST(Habits, AClientIsItsFamilyWhateverItsVersion) {
  EXPECT_EQ(client_family("Microsoft Outlook 16.0"), "outlook");
  EXPECT_EQ(client_family("Microsoft Office Outlook 12.0"), "outlook");
  EXPECT_EQ(client_family("Microsoft Outlook Express 6.00.2900"), "outlook express");
  EXPECT_EQ(client_family("Mozilla/5.0 (Windows NT 10.0; rv:60.0) Gecko/20100101 Thunderbird/52.7.0"), "thunderbird");
  EXPECT_EQ(client_family("Apple Mail (2.3445.5.20)"), "apple mail");
  EXPECT_EQ(client_family("iPhone Mail (15E216)"), "ios mail");
  EXPECT_EQ(client_family("Nine Mail/4.2"), "nine mail");
  EXPECT_EQ(client_family(""), "");
}

TEST(Habits, ShapesKeepPunctuationAlone) {
  EXPECT_EQ(shape_of_id("----=_NextPart_000_0001_01D3CCB2.0B3D5C20"), "----=_x_x_x_x.x");
  EXPECT_EQ(shape_of_id("000000000000a1b2c305"), "x");
  EXPECT_EQ(shape_of_id(""), "");
}

TEST(Language, IsThatOfTheFunctionWords) {
  EXPECT_EQ(language_of_text(
                "Bonjour, vous trouverez en pi\u00e8ce jointe la facture du mois de mars avec nos nouvelles coordonn\u00e9es "
                "pour le r\u00e8glement. Je reste \u00e0 votre disposition."),
            "fr");
  EXPECT_EQ(
      language_of_text("Hello, please find attached the invoice for the month of March with our new details for the payment. "
                       "I am at your disposal."),
      "en");
  EXPECT_EQ(
      language_of_text("Guten Tag, anbei finden Sie die Rechnung f\u00fcr den Monat M\u00e4rz mit unseren neuen Angaben. Bitte "
                       "zahlen Sie auf das Konto, das wir Ihnen nennen."),
      "de");
  EXPECT_EQ(language_of_text(
                "Adjunto le env\u00edo la factura del mes de marzo con los nuevos datos para el pago. Por favor, no dude en "
                "escribir si tiene una duda."),
            "es");
  EXPECT_EQ(language_of_text("In allegato trova la fattura del mese di marzo con i nuovi dati per il pagamento. Resto a sua "
                             "disposizione per ogni domanda che ha."),
            "it");
  EXPECT_EQ(language_of_text(
                "Segue em anexo a fatura do m\u00eas de mar\u00e7o com os novos dados para o pagamento. N\u00e3o hesite em "
                "escrever se tem uma d\u00favida."),
            "pt");
  EXPECT_EQ(
      language_of_text("Bijgaand vindt u de factuur voor de maand maart met onze nieuwe gegevens voor de betaling. Ik hoor het "
                       "graag als u nog een vraag heeft."),
      "nl");
}

TEST(Language, OfAFewLinesIsToldByTheWordsThatOthersDoNotHave) {
  struct Row {
    std::string_view language, text;
  };
  constexpr Row kRows[] = {
      {"fr",
       "Bonjour, ci-joint le point de la semaine, rien de sp\u00e9cial \u00e0 dire de mon c\u00f4t\u00e9. Les caisses partent "
       "lundi. "
       "Cordialement"},
      {"fr", "Bonjour Luc, je vous envoie la liste de la commande de mardi, merci de me la confirmer. Bien \u00e0 vous"},
      {"es", "Hola Luis, te mando la lista de la semana, el pedido de las cajas sale el lunes. Un saludo de la oficina"},
      {"it", "Buongiorno, le mando la lista della settimana, le casse partono il lunedi. Un saluto a tutti gli amici da Anna"},
      {"pt", "Bom dia, segue a lista da semana, as caixas saem na segunda. Obrigado pela ajuda de todos e um abra\u00e7o"},
      {"en", "Hello, the crates are leaving on Monday and there is nothing special to report from us this week. Kind regards"},
  };
  for (const Row& row : kRows) EXPECT_EQ(language_of_text(row.text), row.language) << row.text;
}

TEST(Language, OfAShortOrAMixedTextIsUnknown) {
  EXPECT_EQ(language_of_text("Paris, Rue de la Paix, Hotel de la Gare, Place de la Mairie, Cafe de la Poste, Avenue de la Plage"),
            "");
  EXPECT_EQ(language_of_text("Merci, bonne journ\u00e9e"), "");
  EXPECT_EQ(language_of_text("FR76 3000 6000 0112 3456 7890 189"), "");
  EXPECT_EQ(
      language_of_text("Please find the invoice for the month, we are at your disposal. Vous trouverez la facture du mois, nous "
                       "sommes \u00e0 votre disposition pour la suite."),
      "");
}

}  // namespace
}  // namespace threadline::facts
