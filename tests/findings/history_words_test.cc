// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>
#include <tuple>

#include "findings/word_comparison.h"

namespace threadline::findings {
namespace {

std::string differences(std::string_view quoted, std::string_view original) {
  std::string all;
  for (const Replaced& one : replaced_words(quoted, original)) all += "{" + one.quoted + "|" + one.original + "}";
  return all;
}

TEST(HistoryWords, WhatClientsDoToAQuoteIsNoDifference) {
  constexpr auto kOriginal =
      "Merci de payer la somme de 12 345,67 EUR avant vendredi. Appelez le 01 23 45 67 89 au besoin. jean@firm.example";
  const struct {
    const char *name, *quoted;
  } cases[] = {
      {"the same", kOriginal},
      {"wrapped",
       "Merci de payer la somme\nde 12 345,67 EUR avant\nvendredi. Appelez le 01 23 45 67 89 au besoin. jean@firm.example"},
      {"quote marks",
       "> Merci de payer la somme de\n> 12 345,67 EUR avant vendredi. Appelez le 01 23\n> 45 67 89 au besoin. jean@firm.example"},
      {"no-break spaces",
       "Merci de payer la somme de 12\xC2\xA0"
       "345,67 EUR avant vendredi. Appelez le 01\xE2\x80\xAF"
       "23 45 67 89 au besoin."},
      {"cut short", "Merci de payer la somme de"},
      {"a banner and a footer", "[EXTERNAL] Merci de payer la somme de 12 345,67 EUR avant vendredi. Sent by phone 0800 123 456"},
      {"bold", "Merci de payer la somme de *12 345,67 EUR* avant vendredi. Appelez le *01 23 45 67 89* au besoin."},
      {"underlined", "Merci de payer la somme de _12 345,67 EUR_ avant vendredi."},
      {"a country's code", "avant vendredi. Appelez le +33 1 23 45 67 89 au besoin. jean@firm.example"},
      {"a trunk's zero", "avant vendredi. Appelez le +33 (0)1 23 45 67 89 au besoin. jean@firm.example"},
      {"mailto", "avant vendredi. Appelez le 01 23 45 67 89 au besoin. jean@firm.example<mailto:jean@firm.example>"},
  };
  for (const auto& one : cases) EXPECT_EQ(differences(one.quoted, kOriginal), "") << one.name;
}

TEST(HistoryWords, OneDayInTwoSpellingsIsNoDifference) {
  const struct {
    const char *quoted, *original;
  } cases[] = {
      {"avant le 15/04/2018 au plus tard", "avant le 15 avril 2018 au plus tard"},
      {"avant le 15 avril au plus tard", "avant le 15/04/2018 au plus tard"},
      {"by April 15, 2018 at the latest", "by 04/15/2018 at the latest"},
      {"by April 5, 2018 at the latest", "by 04/05/2018 at the latest"},
      {"by 5th April 2018 at the latest", "by 2018-04-05 at the latest"},
      {"bis zum 15.04.18 bitte", "bis zum 15. April 2018 bitte"},
      {"by 2018-04-15 at the latest", "by 15/04/2018 at the latest"},
      {"by June 15, 2018, at the latest", "by 15th of June 2018 at the latest"},
      {"antes del 15 de junio de 2018, por favor", "antes del 15/06/2018 por favor"},
      {"antes do dia 15 de abril de 2018 por favor", "antes do dia 15-04-2018 por favor"},
  };
  for (const auto& one : cases) EXPECT_EQ(differences(one.quoted, one.original), "") << one.quoted;
}

TEST(HistoryWords, ANumberThatEndsAQuestionIsANumber) {
  EXPECT_EQ(differences("the unit price of \u20ac310.50? Thanks", "the unit price of EUR 310.50? Thanks"), "");
  EXPECT_EQ(differences("the unit price of EUR 410.50? Thanks", "the unit price of EUR 310.50? Thanks"), "{410.50?|310.50?}");
  EXPECT_EQ(differences("is it EUR 310.50; or more", "is it \u20ac310.50; or more"), "");
}

TEST(HistoryWords, AnotherDayMonthOrYearIsADifference) {
  EXPECT_EQ(differences("due by May 15, 2018.", "due by June 15, 2018."), "{May 15, 2018.|June 15, 2018.}");
  EXPECT_EQ(differences("due by June 15, 2019 please", "due by June 15, 2018 please"), "{June 15, 2019|June 15, 2018}");
  EXPECT_EQ(differences("antes del 15 de mayo de 2018 por favor", "antes del 15 de junio de 2018 por favor"),
            "{15 de mayo de 2018|15 de junio de 2018}");
  EXPECT_EQ(differences("antes del 15 de junio del 2018 por favor", "antes del 16 de junio del 2018 por favor"),
            "{15 de junio del 2018|16 de junio del 2018}");
  EXPECT_EQ(differences("by the 15th of May please", "by the 15th of June please"), "{15th of May|15th of June}");
  EXPECT_EQ(differences("le 15/05/2018 au plus tard", "le 15 avril 2018 au plus tard"), "{15/05/2018|15 avril 2018}");
  EXPECT_EQ(differences("le 15/04/2019 au plus tard", "le 15 avril 2018 au plus tard"), "{15/04/2019|15 avril 2018}");
  EXPECT_EQ(differences("le 25 avril 2018 au plus tard", "le 15/04/2018 au plus tard"), "{25 avril 2018|15/04/2018}");
  EXPECT_EQ(differences("le 04/05/2018 au plus tard", "le 05/04/2018 au plus tard"), "{04/05/2018|05/04/2018}");
}

TEST(HistoryWords, AReplacedAmountTelephoneOrAddressIsADifference) {
  constexpr auto kOriginal =
      "Merci de payer la somme de 12 345,67 EUR avant vendredi. Appelez le 01 23 45 67 89 au besoin ou ecrivez a "
      "jean@firm.example merci";
  EXPECT_EQ(differences("payer la somme de 92 345,67 EUR avant vendredi.", kOriginal), "{92 345,67|12 345,67}");
  EXPECT_EQ(differences("vendredi. Appelez le 01 23 45 67 00 au besoin", kOriginal), "{01 23 45 67 00|01 23 45 67 89}");
  EXPECT_EQ(differences("payer la somme de *92 345,67 EUR* avant vendredi.", kOriginal), "{92 345,67|12 345,67}");
  EXPECT_EQ(differences("vendredi. Appelez le +33 1 23 45 67 00 au besoin", kOriginal), "{+33 1 23 45 67 00|01 23 45 67 89}");
  EXPECT_EQ(differences("besoin ou ecrivez a jean@evil.example merci", kOriginal), "{jean@evil.example|jean@firm.example}");
}

TEST(HistoryWords, TextsAreLaidSideBySide) {
  const struct {
    const char *name, *quoted, *original, *expected;
  } cases[] = {
      {"first word of the text", "9 500,00 EUR are due on receipt of the wooden chairs",
       "2 500,00 EUR are due on receipt of the wooden chairs", "{9 500,00|2 500,00}"},
      {"last word of the text", "please pay the wooden chairs now: 9.500,00", "please pay the wooden chairs now: 2.500,00",
       "{9.500,00|2.500,00}"},
      {"a changed word before it", "the amount payable is 9.500,00 EUR net of all taxes",
       "the sum payable was 2.500,00 EUR net of all taxes", "{9.500,00|2.500,00}"},
      {"two in a row", "rent 100,00 heating 20,00 garage 30,00 by bank transfer",
       "rent 110,00 heating 25,00 garage 30,00 by bank transfer", "{100,00|110,00}{20,00|25,00}"},
      {"thousands without a currency", "we agreed on 15,000 for the wooden chairs", "we agreed on 12,000 for the wooden chairs",
       "{15,000|12,000}"},
      {"a date in numbers", "to be paid before 12/04/2018 at the latest", "to be paid before 30/04/2018 at the latest",
       "{12/04/2018|30/04/2018}"},
      {"a date in words", "payable le 12 avril 2018 au plus tard", "payable le 30 avril 2018 au plus tard",
       "{12 avril 2018|30 avril 2018}"},
      {"only its separators", "the sum of 1,250.00 EUR is due", "the sum of 1 250 EUR is due", ""},
      {"apostrophes between thousands", "the balance is CHF 9'180.20 this month", "the balance is CHF 4'180.20 this month",
       "{9'180.20|4'180.20}"},
      {"typographic apostrophes", "total 2\u2019460\u2019000.- CHF for the hall", "total 1\u2019460\u2019000.- CHF for the hall",
       "{2\u2019460\u2019000.-|1\u2019460\u2019000.-}"},
      {"apostrophes without a currency", "we agreed on 15'000 for the hall", "we agreed on 12'000 for the hall",
       "{15'000|12'000}"},
      {"apostrophes or blanks", "the balance is CHF 4\u2019180.20 this month", "the balance is CHF 4 180.20 this month", ""},
      {"feet and quotes", "a beam of 9'11 and 'room 204'", "a beam of 8'11 and 'room 205'", ""},
      {"order of paragraphs", "second 20,00 two. first 10,00 one.", "first 10,00 one. second 20,00 two.", ""},
      {"a footer with a number where the rest was cut", "please call me\nSent with Mailer 0800 555 0199",
       "please call me in the office on 01 23 45 67 89 or ask for Ann", ""},
      {"a banner with a link", "External sender https://banner.example/x take care. the invoice is here",
       "the invoice is here https://firm.example/1", ""},
      {"a house number below a telephone number", "M: +44 7700 900123\n12 Long Street, Town",
       "M: +44 7700 900123 | 12 Long Street, Town", ""},
      {"an amount below an amount", "sum 12.480,00\n30 days net", "sum 12.480,00 30 days net", ""},
      {"another text", "lorem 1 000,00 ipsum dolor", "sit 2 000,00 amet consectetur", ""},
  };
  for (const auto& one : cases) EXPECT_EQ(differences(one.quoted, one.original), one.expected) << one.name;
}

TEST(HistoryWords, ALongTextIsComparedInTime) {
  std::string quoted, original;
  for (int at = 0; at < 60'000; ++at) {
    quoted += std::to_string(at) + ",50 EUR x ";
    original += std::to_string(60'000 - at) + ",50 EUR x ";
  }
  EXPECT_LE(replaced_words(quoted, original).size(), 20'000U);
}

/// The same against what a store keeps: hashes of plain words.
std::string differences_from_kept(std::string_view quoted, std::string_view original) {
  const memory::KeyedHash hash({});
  memory::KeptText kept;
  kept.words = kept_words(original, hash), kept.hash = &hash;
  std::string all;
  for (const Replaced& one : replaced_words(quoted, kept_words(quoted, hash), kept))
    all += "{" + one.quoted + "|" + one.original + "}";
  return all;
}

/// What a store keeps of a word, as said of it: kind and hash of the key, and of others than plain words the texts.
std::vector<memory::HistoryWord> hashed(std::vector<memory::HistoryWord> words, const memory::KeyedHash& hash) {
  for (auto& word : words) {
    word.hash = memory::word_hash(hash, word.key);
    if (word.kind == WordKind::plain) word.key.clear(), word.written.clear();
  }
  return words;
}

TEST(HistoryWords, WhatIsKeptIsWhatIsReadWithPlainWordsHashed) {
  const memory::KeyedHash hash(memory::KeyedHash::Key{});
  constexpr std::string_view kPieces[] = {"le",
                                          "12",
                                          "(12",
                                          "April",
                                          "avril,",
                                          "2018",
                                          "1er",
                                          "12th",
                                          "...",
                                          "*",
                                          "M\u00c4RZ",
                                          "www.a.example/b",
                                          "WWW.A.example",
                                          "mailto:a@b.example",
                                          "a@b.example",
                                          "http://",
                                          "\u20ac12",
                                          "1.234,50",
                                          "EUR",
                                          "+33",
                                          "\n",
                                          "_Mai_",
                                          "?!",
                                          "12:30",
                                          "de",
                                          "OF",
                                          "15,",
                                          "3.50?",
                                          "Mai"};
  std::mt19937 dice(7);
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (auto words = dice() % 12; words > 0; --words) text.append(kPieces[dice() % std::size(kPieces)]).append(" ");
    const auto kept = kept_words(text, hash), read = hashed(history_words(text), hash);
    ASSERT_EQ(kept.size(), read.size()) << text;
    for (std::size_t at = 0; at < kept.size(); ++at)
      EXPECT_EQ(std::tie(kept[at].kind, kept[at].key, kept[at].written, kept[at].opaque, kept[at].hash),
                std::tie(read[at].kind, read[at].key, read[at].written, read[at].opaque, read[at].hash))
          << text << " at " << at;
  }
}

TEST(HistoryWords, CellsOfATableThatAClientGluedAreNoDifference) {
  constexpr auto kTable =
      "Dear Bob,\nItem\tCount\tPrice\tTotal\nOak board 27mm\t12\t84,50 EUR\t1 014,00 EUR\nFreight\t1\t86,00 EUR\t86,00 EUR\n"
      "Sum\t1 100,00 EUR\nto be paid soon.\nAnn Miller";
  constexpr auto kGlued =
      "Dear Bob,ItemCountPriceTotalOak board 27mm1284,50 EUR1 014,00 EURFreight186,00 EUR86,00 EURSum1 100,00 EUR\n"
      "to be paid soon.\nAnn Miller";
  constexpr auto kCells =
      "Dear Bob,\n\nItem\n\nCount\n\nPrice\n\nTotal\n\nOak board 27mm\n\n12\n\n84,50 EUR\n\n1 014,00 EUR\n\nFreight\n\n1\n\n"
      "86,00 EUR\n\n86,00 EUR\n\nSum\n\n1 100,00 EUR\n\nto be paid soon.";
  constexpr auto kGluedToTheEnd =
      "Dear Bob,ItemCountPriceTotalOak board 27mm1284,50 EUR1 014,00 EURFreight186,00 EUR86,00 EURSum1 100,00";
  for (const char* quoted : {kGlued, kCells, kGluedToTheEnd}) {
    EXPECT_EQ(differences(quoted, kTable), "") << quoted;
    EXPECT_EQ(differences_from_kept(quoted, kTable), "") << quoted;
  }
  EXPECT_EQ(differences(kTable, kGlued), "");
}

TEST(HistoryWords, AnAmountAlteredInGluedCellsIsADifference) {
  constexpr auto kTable = "Dear Bob,\nOak board\t12\t84,50 EUR\t1 014,00 EUR\nSum\t1 014,00 EUR\nto be paid soon.";
  constexpr auto kAltered = "Dear Bob,Oak board1284,50 EUR1 014,00 EURSum9 014,00 EUR\nto be paid soon.";
  EXPECT_NE(differences(kAltered, kTable), "");
  EXPECT_NE(differences_from_kept(kAltered, kTable), "");
}

TEST(HistoryWords, AReplacedWordIsADifferenceThoughTheTrueOneStandsElsewhere) {
  const auto letter = [](std::string_view phone, std::string_view address, std::string_view sum) {
    return "Please call me on " + std::string(phone) + " or write to " + std::string(address) + " about the " + std::string(sum) +
           " for the chairs.\nIn all 410,00 to be paid.\nAnn, 01 99 00 77 88, ann@firm.example";
  };
  const std::string original = letter("01 99 00 77 88", "ann@firm.example", "410,00");
  const struct {
    const char* name;
    std::string quoted, expected;
  } cases[] = {
      {"phone", letter("01 99 00 55 66", "ann@firm.example", "410,00"), "{01 99 00 55 66|01 99 00 77 88}"},
      {"phone over a line", letter("01 99\n00 55 66", "ann@firm.example", "410,00"), "{01 99 00 55 66|01 99 00 77 88}"},
      {"address", letter("01 99 00 77 88", "ann@evil.example", "410,00"), "{ann@evil.example|ann@firm.example}"},
      {"amount", letter("01 99 00 77 88", "ann@firm.example", "910,00"), "{910,00|410,00}"},
      {"true phone over a line", letter("01 99\n00 77 88", "ann@firm.example", "410,00"), ""},
      {"true phone from abroad", letter("+33 1 99 00 77 88", "ann@firm.example", "410.00"), ""},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(differences(one.quoted, original), one.expected) << one.name;
    EXPECT_EQ(differences_from_kept(one.quoted, original), one.expected) << one.name;
  }
}

TEST(HistoryWords, ATelephoneNumberThatIsPutInIsADifferenceWhereverTheOriginalLies) {
  constexpr auto kOriginal =
      "Dear Bob, 0 of 36 chairs are left. Call me in the office when you pay. Ann, 199005566 or 01 99 00 77 88";
  const auto call = [](std::string_view phone) {
    return "Dear Bob, 0 of 36 chairs are left. Call me on " + std::string(phone) +
           " in the office when you pay. Ann, 199005566 or 01 99 00 77 88";
  };
  for (const auto& differ : {differences, differences_from_kept}) {
    EXPECT_EQ(differ(call("03 99 00 55 66"), kOriginal), "{03 99 00 55 66|}");
    EXPECT_EQ(differ(call("01 99 00 55 66"), kOriginal), "");
    EXPECT_EQ(differ(call("+33 1 99 00 77 88"), kOriginal), "");
  }
}

TEST(HistoryWords, TheSameNumberInAnotherCurrencyIsAnotherAmount) {
  const auto pay = [](std::string_view amount) { return "we pay " + std::string(amount) + " including all taxes on Friday"; };
  const struct {
    const char *quoted, *original, *expected;
  } cases[] = {
      {"12 500,00 USD", "12 500,00 EUR", "{12 500,00 USD|12 500,00 EUR}"},
      {"EUR 4,310.00", "GBP 4,310.00", "{4,310.00 EUR|4,310.00 GBP}"},
      {"12 500 $", "12 500 \u20ac", "{12 500 USD|12 500 EUR}"},
      {"$4,310.00", "\u00a34,310.00", "{$4,310.00|\u00a34,310.00}"},
      {"7 000 francs", "7 000 euros", "{7 000 CHF|7 000 EUR}"},
      {"100,00 EUR and 200,00 EUR", "100,00 EUR and 200,00 USD", "{200,00 EUR|200,00 USD}"},
      {"100,00 EUR 200,00 GBP", "100,00 EUR 200,00 USD", "{200,00 GBP|200,00 USD}"},
      {"12 500,00 \u20ac", "12 500,00 EUR", ""},
      {"12.500,00 Euro", "12 500,00 EUR", ""},
      {"EUR 12 500", "12 500,00 EUR", ""},
      {"\u00a34,310.00", "GBP 4,310.00", ""},
      {"CAD 4,310.00", "$4,310.00", ""},
      {"4,310.00", "GBP 4,310.00", ""},
      {"900 kr", "900 NOK", ""},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(differences(pay(one.quoted), pay(one.original)), one.expected) << one.quoted;
    EXPECT_EQ(differences_from_kept(pay(one.quoted), pay(one.original)), one.expected) << one.quoted;
  }
}

TEST(HistoryWords, ALinkThatAServiceRewroteIsNoDifference) {
  constexpr auto kOriginal = "la facture est ici https://firm.example/facture/1 bonne journee";
  EXPECT_EQ(differences("la facture est ici https://eur01.safelinks.protection.outlook.com/?url=x bonne journee", kOriginal), "");
  EXPECT_EQ(differences("la facture est ici https://eur01.safelinks.protection.outlook.com/"
                        "?url=https%3A%2F%2Ffirm.example%2Ffacture%2F1&data=05 bonne journee",
                        kOriginal),
            "");
  constexpr auto kElsewhere = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.example%2Ffacture%2F1";
  EXPECT_EQ(differences(std::string("la facture est ici ") + kElsewhere + " bonne journee", kOriginal),
            "{" + std::string(kElsewhere) + "|https://firm.example/facture/1}");
  EXPECT_EQ(differences("la facture est ici https://evil.example/facture/1 bonne journee", kOriginal),
            "{https://evil.example/facture/1|https://firm.example/facture/1}");
}

TEST(HistoryWords, AnotherPathOfTheSameHostIsAnotherLink) {
  const auto pay_at = [](std::string_view link) { return "you pay here " + std::string(link) + " without delay"; };
  const struct {
    const char *name, *quoted, *original;
    bool is_other;
  } cases[] = {
      {"path", "https://pay.firm.example/c/4417", "https://pay.firm.example/c/4471", true},
      {"deeper", "https://pay.firm.example/c/4471/new", "https://pay.firm.example/c/4471", true},
      {"parameter", "https://pay.firm.example/c?account=2", "https://pay.firm.example/c?account=1", true},
      {"scheme and www", "http://www.firm.example/c/4471/", "https://firm.example/c/4471", false},
      {"host alone", "https://pay.firm.example", "https://pay.firm.example/c/4471", false},
      {"escapes", "https://firm.example/%C3%A9t%C3%A9?a=1&amp;b=2", "https://firm.example/\u00e9t\u00e9?a=1&b=2", false},
      {"added parameters", "https://firm.example/c?id=4&utm_source=mail", "https://firm.example/c?id=4", false},
      {"key of a recipient", "https://firm.example/out/a81f00c2d9e4b7", "https://firm.example/out/77c0be12aa4f90", false},
      {"address of a recipient", "https://firm.example/out?m=ann%40firm.example", "https://firm.example/out?m=bob@own.example",
       false},
      {"shortened", "https://firm.example/docs/20...", "https://firm.example/docs/2018/spring/terms", false},
      {"wrapped", "https://firm.example/docs/2018/spring/terms-of-sale-and\npayment",
       "https://firm.example/docs/2018/spring/terms-of-sale-and-payment", false},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(!differences(pay_at(one.quoted), pay_at(one.original)).empty(), one.is_other) << one.name;
  }
}

}  // namespace
}  // namespace threadline::findings
