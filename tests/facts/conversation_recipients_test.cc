// SPDX-License-Identifier: Apache-2.0
// Recipients of a quoted message whose client wrote other fields, or other persons, right behind them.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "quoted_letter.h"

namespace threadline::facts {
namespace {

std::string persons(const std::vector<message::Address>& list) {
  std::string all;
  for (const message::Address& person : list) all += person.name + " <" + person.address + "> ";
  return all;
}

/// "to | cc | subject" of the one quoted message.
std::string fields_of(const std::string& letter) {
  const auto quoted = letters::read(letter).quoted;
  if (quoted.size() != 1) return std::to_string(quoted.size()) + " quoted";
  return persons(quoted[0].to) + "| " + persons(quoted[0].cc) + "| " + quoted[0].subject;
}

TEST(FieldsOfOneLine, AreEachItsOwn) {
  EXPECT_EQ(
      fields_of("Voir ci-dessous.\n\nDe : Anna Berg <anna@firm.example>\nDate : 05/04/2018 10:37\n\u00c0 : Bruno "
                "<bruno@client.example>, Dora <dora@client.example> Cc : Eve <eve@client.example> Objet : Pompes\n\nBonjour\n"),
      "Bruno <bruno@client.example> Dora <dora@client.example> | Eve <eve@client.example> | Pompes");
}

TEST(FieldsOfOneLine, MayHaveNoColonBehindAnAddress) {
  EXPECT_EQ(
      fields_of("----- Przekazana wiadomo\u015b\u0107 ----- Od: Anna Berg <anna@firm.example>Do: \"bruno@client.example\" "
                "<bruno@client.example>Dw Eve <eve@client.example>Wys\u0142ano: czwartek, 5 kwietnia 2018, 10:37:00 CESTTemat: "
                "Pompy\nTowar\n"),
      " <bruno@client.example> | Eve <eve@client.example> | Pompy");
}

TEST(FieldsOfOneLine, AreNoneThatTheBlockHas) {
  const std::string fields = fields_of(
      "Yes.\n\nFrom: Anna Berg <anna@firm.example>\nSent: 5 April 2018 10:37\nTo: bruno@client.example Subject: other\nSubject: "
      "Pumps\n\nHello\n");
  EXPECT_NE(fields.find("<bruno@client.example>"), std::string::npos) << fields;
  EXPECT_TRUE(fields.ends_with("| | Pumps")) << fields;
}

TEST(Persons, WithoutAMarkBetweenThemAreTwo) {
  EXPECT_EQ(
      fields_of("Yes.\n\nFrom: Anna Berg <anna@firm.example>\nSent: 5 April 2018 10:37\nTo: Bruno <bruno@client.example>Dora "
                "<dora@client.example>\nSubject: Pumps\n\nHello\n"),
      "Bruno <bruno@client.example> Dora <dora@client.example> | | Pumps");
}

}  // namespace
}  // namespace threadline::facts
