// SPDX-License-Identifier: Apache-2.0
#include "facts/contact/phone.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "facts/contact/phone_plan.h"

namespace threadline::facts {
namespace {

ReadText body_of(std::string_view text) {
  ReadText body;
  body.part = "1";
  body.text = text;
  return body;
}

std::vector<Phone> read(std::string_view text, std::string_view sender = "jean@firm.example") {
  std::vector<Note> notes;
  return read_phones(body_of(text), Conversation{}, sender, Limits{}, notes);
}

/// "+33199001234 +33639981234" in the order of the text.
std::string numbers(std::string_view text, std::string_view sender = "jean@firm.example") {
  std::string all;
  for (const Phone& phone : read(text, sender)) all += (all.empty() ? "" : " ") + phone.number;
  return all;
}

struct Row {
  const char* name;
  const char* text;
  const char* numbers;
};

TEST(Phones, InternationalNumbersAreReadHoweverTheyAreWritten) {
  const Row rows[] = {
      {"spaces", "+33 1 99 00 12 34", "+33199001234"},
      {"trunk zero in parentheses", "+33 (0)1 99 00 12 34", "+33199001234"},
      {"trunk zero", "+44 020 7946 0018", "+442079460018"},
      {"no-break spaces", "+33\u00a01\u00a099\u00a000\u00a012\u00a034", "+33199001234"},
      {"narrow no-break spaces", "+33\u202f1\u202f99\u202f00\u202f12\u202f34", "+33199001234"},
      {"exit code", "Phone: 0044 20 7946 0018", "+442079460018"},
      {"in parentheses, and a full stop", "call +44 20 7946 0018 or (+44) 20 7946 0019.", "+442079460018 +442079460019"},
      {"Germany, with dashes", "Tel.: +49-30-901820-15", "+493090182015"},
      {"Italy keeps its zero", "Tel +39 06 1234567", "+39061234567"},
      {"United States", "+1 (212) 555-0123", "+12125550123"},
      {"two on a line, a slash between", "+33 1 99 00 12 34 / +33 6 39 98 12 34", "+33199001234 +33639981234"},
      {"a link as text", "tel:+33-1-99-00-12-34", "+33199001234"},
      {"Japan", "\u96fb\u8a71\uff1a+81 3-1234-5678", "+81312345678"},
  };
  for (const Row& row : rows) EXPECT_EQ(numbers(row.text), row.numbers) << row.name;
}

TEST(Phones, WhatStandsBehindANumberIsNotOfIt) {
  const Row rows[] = {
      {"hours", "T: 020 7946 0123 (9-5)", "+442079460123"},
      {"all hours", "T: 020 7946 0123 (24/7)", "+442079460123"},
      {"lines", "T: 020 7946 0123 (2 lines)", "+442079460123"},
      {"hours in French", "T: 020 7946 0123 (9h-18h)", "+442079460123"},
      {"round the clock", "T: 020 7946 0123 24h/24", "+442079460123"},
      {"floor", "T: 020 7946 0123 2nd floor", "+442079460123"},
      {"price", "T: 020 7946 0123 (0,15 \u20ac/min)", "+442079460123"},
      {"a number in parentheses", "T: 020 7946 0123 (12345)", "+442079460123"},
      {"another ending", "T: 020 7946 0123/4", "+442079460123"},
      {"extensions of a switchboard", "Tel. +49 30 123456-0/-22", "+49301234560"},
      {"an extension", "T: 020 7946 0123x12", "+442079460123"},
      {"an extension behind a pair", "T: 020 79 46 01 23 x12", "+442079460123"},
      {"slashes all along", "T\u00e9l. 01/99/00/12/34", "+33199001234"},
      {"a slash behind the area", "Tel.: +49 30/1234567", "+49301234567"},
      {"parentheses before", "+1 (571) 317-3129", "+15713173129"},
  };
  for (const Row& row : rows) EXPECT_EQ(numbers(row.text, "jane@firm.co.uk"), row.numbers) << row.name;
}

TEST(Phones, AnAccountBehindItsSignIsNoCellPhone) {
  EXPECT_EQ(numbers("A/c No. 50100123456789"), "");
  EXPECT_EQ(numbers("a/c: 0199001234"), "");
  EXPECT_EQ(numbers("C: +33 6 39 98 12 34"), "+33639981234");
}

TEST(Phones, ANumberToDialInIsNobodysSignature) {
  const auto in_signature = [](std::string_view text) {
    const std::vector<Phone> phones = read(text);
    return phones.empty() ? std::string("none") : phones.front().in_signature ? "signature" : "body";
  };
  EXPECT_EQ(in_signature("Jane Hall\n+44 20 7946 0900\n"), "signature");
  EXPECT_EQ(in_signature("Jane Hall\n+44 20 7946 0900"), "signature") << "nothing stands behind it";
  EXPECT_EQ(in_signature("Dial in by phone\n+44 20 7946 0900,,123456789# United Kingdom\n"), "body");
  EXPECT_EQ(in_signature("+1 571 317 3129 PIN: 123 456#\n"), "body");
  EXPECT_EQ(in_signature("Par t\u00e9l\u00e9phone\n+44 20 7946 0900\nCode d\u2019acc\u00e8s : 123-456-789\n"), "body");
  EXPECT_EQ(in_signature("Meeting ID: 812 3456 7890\nPasscode: 123456\n\nDial by your location\n+44 20 7946 0900 London\n"),
            "body");
  EXPECT_EQ(in_signature("Jane Hall\nTel.: +44 20 7946 0900\n\nMeeting ID: 812 3456 7890\n"), "signature");
}

TEST(Phones, FivePairsAreFrenchUnlessACountryIsNamedThatWritesSoToo) {
  EXPECT_EQ(numbers("T\u00e9l. : 01 99 00 12 34"), "+33199001234");
  EXPECT_EQ(numbers("Mob : 06.39.98.12.34 - bureau"), "+33639981234");
  EXPECT_EQ(numbers("01 99 00 12 34 / 06 39 98 12 34"), "+33199001234 +33639981234");
  EXPECT_EQ(numbers("T\u00e9l. : 06 39 98 12 34", "ali@firme.ma"), "+212639981234");
  EXPECT_EQ(numbers("+44 20 7946 0018\nParis : 01 99 00 12 34"), "+442079460018 +33199001234");
}

TEST(Phones, ANationalNumberTakesTheCountryThatSomethingNamesElseItStaysDigits) {
  EXPECT_EQ(numbers("Tel: 020 7946 0018"), "02079460018");
  EXPECT_EQ(numbers("Tel: 020 7946 0018", "ann@firm.co.uk"), "+442079460018");
  EXPECT_EQ(numbers("Tel: 020 7946 0018\nMobile: +44 7700 900123"), "+442079460018 +447700900123");
  EXPECT_EQ(numbers("Telefon: 030 901820", "a@firma.de"), "+4930901820");
  EXPECT_EQ(numbers("Fon 030 901820", "a@firma.de"), "+4930901820");
  EXPECT_EQ(numbers("Office: (212) 555-0123 | Cell: 917-555-0199"), "2125550123 9175550199");
  EXPECT_EQ(numbers("(212) 555-0123\nM: +1 917 555 0199"), "+12125550123 +19175550199");
  EXPECT_EQ(numbers("Tel 0199001234"), "0199001234");
  EXPECT_EQ(numbers("Tel 0199001234", "jean@firme.fr"), "+33199001234");
  EXPECT_EQ(numbers("Tel. 91 123 45 67", "a@empresa.es"), "+34911234567");
}

TEST(Phones, FormsOfManyCountriesAreRead) {
  const struct {
    const char* text;
    const char* sender;
    const char* numbers;
  } rows[] = {{"Tel.: 0049 (0)89 / 1234-567", "", "+49891234567"},
              {"T +41 (0)44 123 45 67", "", "+41441234567"},
              {"T\u00e9l.: +32 (0)2 123 45 67", "", "+3221234567"},
              {"Tel: 02/123.45.67", "a@firm.be", "+3221234567"},
              {"Tel. (+351) 21 123 45 67", "", "+351211234567"},
              {"Cel.: +55 (11) 91234-5678", "", "+5511912345678"},
              {"Tel: (11) 3123-4567", "a@firma.com.br", "+551131234567"},
              {"+7 (495) 123-45-67", "", "+74951234567"},
              {"\u0442\u0435\u043b. 8 (495) 123-45-67", "a@firma.ru", "+74951234567"},
              {"Tel: +971 4 123 4567", "", "+97141234567"},
              {"Ph: +91-80-1234-5678", "", "+918012345678"},
              {"Tel +39.06.1234567", "", "+39061234567"},
              {"Tel. 06 1234567", "a@ditta.it", "+39061234567"},
              {"Cell. 333 1234567", "a@ditta.it", "+393331234567"},
              {"Tel.: 222 333 444", "a@firma.cz", "+420222333444"},
              {"Telefoon: 020 123 4567", "a@bedrijf.nl", "+31201234567"},
              {"Mobil: 070-123 45 67", "a@firma.se", "+46701234567"},
              {"Tlf. 12 34 56 78", "a@firma.dk", "+4512345678"},
              {"Mobile: 98765 43210", "a@firm.in", "+919876543210"},
              {"\u624b\u673a\uff1a13812345678", "a@firm.cn", "+8613812345678"},
              {"Tel: 1234567", "a@firma.de", "1234567"},
              {"Tel: 0212 123 45 67", "a@firma.com.tr", "+902121234567"},
              {"T\u00e9l : 33 123 45 67", "a@firme.sn", "+221331234567"},
              {"T\u00e9l : 71 123 456", "a@firme.tn", "+21671123456"},
              {"T\u00e9l : 07 01 02 03 04", "a@firme.ci", "+2250701020304"},
              {"\u7535\u8bdd\uff1a010-12345678", "a@firm.cn", "+861012345678"},
              {"TEL: 03-1234-5678", "a@firm.co.jp", "+81312345678"},
              {"Phone: (02) 9374 4000", "a@firm.com.au", "+61293744000"},
              {"Tel: 04-123 4567", "a@firm.co.nz", "+6441234567"},
              {"Tel: 021 123 4567", "a@firm.co.za", "+27211234567"}};
  for (const auto& row : rows) EXPECT_EQ(numbers(row.text, row.sender), row.numbers) << row.text;
}

TEST(Phones, ADomainThatIsSoldToEverybodyNamesNoCountry) {
  EXPECT_EQ(country_of_domain("firm.co.uk"), "GB");
  EXPECT_EQ(country_of_domain("firm.fr"), "FR");
  for (const char* domain : {"firm.com", "firm.io", "firm.co", "fr", "firm.eu", "firm.example", ""})
    EXPECT_EQ(country_of_domain(domain), "");
}

TEST(Phones, DatesAmountsAccountsAndReferencesAreNoNumbers) {
  for (const char* text : {"le 05/04/2018",
                           "12 500,00 EUR",
                           "FR76 3000 6000 0112 3456 7890 189",
                           "30006 00001 12345678901 89",
                           "facture 0612345678",
                           "n\u00b0 2018040512345",
                           "2018-04-05 10:37:00",
                           "+1",
                           "",
                           "SIRET 123 456 789 00012",
                           "SIREN : 732 829 320",
                           "TVA FR 40 123 456 824",
                           "Commande 01 23 45 67 89",
                           "Invoice no. 0201234567",
                           "Kundennummer: 0301234567",
                           "ref: +33 1 99 00 12 34",
                           "+12 500,00 EUR",
                           "Konto 0123456789",
                           "01.02.2018",
                           "https://x.example/?id=0612345678&p=+33199001234",
                           "a0199001234",
                           "IMEI: 490154203237518",
                           "01 99 00 12 34 56",
                           "Tel: 123"}) {
    EXPECT_EQ(numbers(text, "jean@firme.fr"), "") << text;
  }
}

TEST(Phones, ALabelSaysWhatANumberIsFor) {
  const struct {
    const char* text;
    const char* kind;
  } rows[] = {{"Fax : 01 99 00 12 35", "fax"},
              {"T\u00e9l\u00e9copie : 01 99 00 12 35", "fax"},
              {"F: +33 1 99 00 12 35", "fax"},
              {"T +33 1 99 00 12 34", "phone"},
              {"Direct line: +44 20 7946 0018", "phone"},
              {"Phone no.: +44 20 7946 0018", "phone"},
              {"M. +44 7700 900123", "mobile"},
              {"Handy: +49 151 23456789", "mobile"},
              {"T\u00e9l. portable : 06 39 98 12 34", "mobile"},
              {"+33 6 39 98 12 34", "mobile"},
              {"\u260e 01 99 00 12 34", "phone"},
              {"Mobile phone: +44 20 7946 0018", "mobile"},
              {"call +44 20 7946 0018", "phone"},
              {"see +44 20 7946 0018", "unknown"},
              {"Tel/Fax: +49 30 901820", "fax"}};
  for (const auto& row : rows) {
    const auto phones = read(row.text);
    ASSERT_EQ(phones.size(), 1U) << row.text;
    EXPECT_EQ(name_of(phones[0].kind), row.kind) << row.text;
  }
}

TEST(Phones, AnExtensionIsReadBesideTheNumber) {
  for (const char* text : {"+33 1 99 00 12 34 poste 12", "+33 1 99 00 12 34, ext. 12", "+33 1 99 00 12 34 x12",
                           "+33199001234;ext=12", "+33 1 99 00 12 34 (extension 12)", "+33 1 99 00 12 34 #12"}) {
    const auto phones = read(text);
    ASSERT_EQ(phones.size(), 1U) << text;
    EXPECT_EQ(phones[0].number, "+33199001234") << text;
    EXPECT_EQ(phones[0].extension, "12") << text;
  }
}

TEST(Phones, ANumberAmongTheClosingLinesThatLeadsItsLineIsOfTheSignature) {
  const char* text =
      "Please call me at +44 20 7946 0001 today.\n\nKind regards\nAnn Miller\nT +44 20 7946 0018 | M +44 7700 900123\n"
      "12 Long Street, London, Tel: +44 20 7946 0019\n";
  std::string in_signature;
  for (const Phone& phone : read(text)) in_signature += phone.in_signature ? 's' : '-';
  EXPECT_EQ(in_signature, "-sss");
  std::string long_text = "T +44 20 7946 0018\n";
  for (int line = 0; line < 25; ++line) long_text += "words\n";
  EXPECT_FALSE(read(long_text)[0].in_signature);
}

TEST(Phones, ANumberOfAQuotedLevelNamesItsBlockAndStandsAtItsBytes) {
  const std::string text = "new\nT +33 1 99 00 12 34\nOn Monday A wrote:\n> old\n> T 020 7946 0018\n";
  Conversation conversation;
  const auto quote = text.find("> old");
  conversation.segments = {{0, 24, -1, false}, {24, quote, 0, true}, {quote, text.size(), 0, false}};
  conversation.quoted.resize(1);
  conversation.quoted[0].from.address = "ann@firm.co.uk";
  std::vector<Note> notes;
  const auto phones = read_phones(body_of(text), conversation, "jean@firm.example", Limits{}, notes);
  ASSERT_EQ(phones.size(), 2U);
  EXPECT_EQ(phones[0].block, -1);
  EXPECT_EQ(phones[1].block, 0);
  EXPECT_EQ(phones[1].number, "+442079460018");
  EXPECT_TRUE(phones[1].in_signature);
  EXPECT_EQ(text.substr(phones[1].span.offset, phones[1].span.length), "020 7946 0018");
}

TEST(Phones, ALinkThatDialsSaysWhichCountryTheNumberIsOf) {
  const message::Text part{"1", true, false, "utf-8", "<p>Ann<br><a href=\"tel:+44-20-7946-0018\">Tel: 020 7946 0018</a></p>"};
  std::vector<Note> notes;
  const auto phones = read_phones(read_text(part, Limits{}), Conversation{}, "ann@firm.example", Limits{}, notes);
  ASSERT_EQ(phones.size(), 1U);
  EXPECT_EQ(phones[0].number, "+442079460018");
}

TEST(Phones, TwoFormsOfOneNumberAreOne) {
  EXPECT_TRUE(is_one_number("+33199001234", "+33199001234"));
  EXPECT_TRUE(is_one_number("0199001234", "+33199001234"));
  EXPECT_TRUE(is_one_number("+442079460018", "02079460018"));
  EXPECT_FALSE(is_one_number("+33199001234", "+44199001234"));
  EXPECT_FALSE(is_one_number("+33199001234", "+33199001235"));
  EXPECT_FALSE(is_one_number("001234", "+33199001234"));
}

TEST(Phone, EveryNotationOfANumberIsOneNumberWithIt) {
  for (const std::string number : {"+33199001234", "+442079460018", "+12125550123", "0199001234", "2079460018", "112"}) {
    const auto notations = notations_of(number);
    EXPECT_EQ(notations.front(), number);
    for (const std::string& other : notations) EXPECT_TRUE(is_one_number(number, other)) << number << " " << other;
  }
  const auto has = [](const std::string& number, std::string_view other) {
    return std::ranges::count(notations_of(number), other) == 1;
  };
  EXPECT_TRUE(has("+33199001234", "0199001234"));
  EXPECT_TRUE(has("+442079460018", "2079460018"));
  EXPECT_TRUE(has("+12125550123", "2125550123"));
  EXPECT_TRUE(has("0199001234", "199001234"));
  EXPECT_TRUE(has("199001234", "0199001234"));
}

TEST(Phones, PhonesIsItsBound) {
  Limits limits;
  limits.phones = 1;
  std::vector<Note> notes;
  EXPECT_EQ(read_phones(body_of("+442079460018"), Conversation{}, {}, limits, notes).size(), 1U);
  EXPECT_TRUE(notes.empty());
  EXPECT_EQ(read_phones(body_of("+442079460018, +442079460019, +442079460010"), Conversation{}, {}, limits, notes).size(), 1U);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_TRUE(notes[0].text.starts_with("phones"));
}

TEST(Phones, ABodyOfNothingButLabelsAndDigitsIsReadInLinearTime) {
  std::string text;
  while (text.size() < 4U << 20U) text += "\u00e9t: 1234567,";
  EXPECT_TRUE(read(std::string(4U << 20U, '1')).empty());
  EXPECT_TRUE(read(text).empty());
}

}  // namespace
}  // namespace threadline::facts
