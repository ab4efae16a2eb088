// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/history_words.h"

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
      {"mailto", "avant vendredi. Appelez le 01 23 45 67 89 au besoin. jean@firm.example<mailto:jean@firm.example>"},
  };
  for (const auto& one : cases) EXPECT_EQ(differences(one.quoted, kOriginal), "") << one.name;
}

TEST(HistoryWords, AReplacedAmountTelephoneOrAddressIsADifference) {
  constexpr auto kOriginal =
      "Merci de payer la somme de 12 345,67 EUR avant vendredi. Appelez le 01 23 45 67 89 au besoin ou ecrivez a "
      "jean@firm.example merci";
  EXPECT_EQ(differences("payer la somme de 92 345,67 EUR avant vendredi.", kOriginal), "{92 345,67|12 345,67}");
  EXPECT_EQ(differences("vendredi. Appelez le 01 23 45 67 00 au besoin", kOriginal), "{01 23 45 67 00|01 23 45 67 89}");
  EXPECT_EQ(differences("besoin ou ecrivez a jean@evil.example merci", kOriginal), "{jean@evil.example|jean@firm.example}");
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

}  // namespace
}  // namespace threadline::findings
