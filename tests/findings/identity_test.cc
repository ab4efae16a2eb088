// SPDX-License-Identifier: Apache-2.0
// When a display name shows a person, and when it is a department's.
#include "findings/identity.h"

#include <gtest/gtest.h>

#include "findings/context_steps.h"
#include "findings/scene.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

using namespace scene;

const PersonName kAnn(person("Ann Miller <ann.miller@big-supplier.example>"));

TEST(ShownName, IsThePersonsBesideWhatIsNoName) {
  for (const char* display :
       {"Ann Miller", "MILLER Ann", "Miller, Ann", "Mrs Ann Miller", "Ann B. Miller", "Ann Miller - Big Supplier",
        "Ann Miller | Anything Else", "Ann Miller / Accounts", "Ann Miller (Accounts)", "Big Supplier - Ann Miller",
        "Ann Miller Accounts", "Ann Miller Big Supplier", "[EXT] Ann Miller", "Ann Miller [ann.miller@big-supplier.example]",
        "Ann Miller, comptabilit\u00e9", "AnnMiller", "Ann Mi1ler"})
    EXPECT_TRUE(ShownName(display).shows(kAnn)) << display;
}

TEST(ShownName, IsAnothersWithAnotherName) {
  for (const char* display : {"Ann", "Miller", "Ann Mary Miller", "Anna Miller", "Ann Miller-Stone", "Big Supplier", "Accounts",
                              "", "Bob Miller", "Ann Miller via Groups"})
    EXPECT_FALSE(ShownName(display).shows(kAnn)) << display;
}

TEST(ShownName, IsFoundInThePersonsOwnSettingOut) {
  const PersonName set_out(person("Ann Miller | Big Supplier <ann@big-supplier.example>"));
  const PersonName firm_first(person("Big Supplier - Ann Miller <ann@big-supplier.example>"));
  const PersonName initial(person("A. Miller <a.miller@big-supplier.example>"));
  EXPECT_TRUE(ShownName("Ann Miller").shows(set_out));
  EXPECT_TRUE(ShownName("Ann Miller").shows(firm_first));
  EXPECT_FALSE(ShownName("Big Supplier").shows(firm_first));
  EXPECT_TRUE(ShownName("A. Miller").shows(initial));
  EXPECT_FALSE(ShownName("B. Miller").shows(initial));
}

TEST(ShownName, IsThePersonsWhomADirectorySetsOutSurnameFirst) {
  for (const char* written : {"Miller, Ann <a@big-supplier.example>", "MILLER, Ann (Big Supplier) <a@big-supplier.example>",
                              "Miller, Ann, Accounts <a@big-supplier.example>", "Miller, Ann | Sales <a@b.example>",
                              "Miller, Ann <ann@miller-timber.example>"}) {
    const PersonName listed(person(written));
    for (const char* display : {"Ann Miller", "Miller, Ann", "MILLER Ann", "Ann Miller (Accounts)"})
      EXPECT_TRUE(ShownName(display).shows(listed)) << written << " by " << display;
    for (const char* display : {"Ann", "Miller", "Miller, Bob", "Ann Mary Miller"})
      EXPECT_FALSE(ShownName(display).shows(listed)) << written << " by " << display;
  }
  const PersonName behind_name(person("Ann Miller, Big Supplier <a@big-supplier.example>"));
  EXPECT_TRUE(ShownName("Ann Miller").shows(behind_name));
  const PersonName firm(person("Big, Supplier <a@big-supplier.example>"));
  EXPECT_FALSE(ShownName("Big Supplier").shows(firm)) << "a firm is nobody's name";
}

TEST(ShownName, IsNearWhereOneLetterIsOff) {
  EXPECT_FALSE(ShownName("Ann Miler").is_near(PersonName(person("Ann Miller <a@b.example>")))) << "eight letters tell too little";
  const PersonName anna(person("Annabel Miller <a@b.example>"));
  for (const char* display : {"Anabel Miller", "Annabel Millerr", "Annabel Millre", "Annabel Milker"})
    EXPECT_TRUE(ShownName(display).is_near(anna)) << display;
  EXPECT_FALSE(ShownName("Isabel Miller").is_near(anna));
  const PersonName maelle(person("Maelle Tissandier <m.tissandier@b.example>"));
  for (const char* display : {"M. Tissandier", "Tissandier M", "M Tissandier (Sales)"})
    EXPECT_TRUE(ShownName(display).is_near(maelle)) << display;
  for (const char* display : {"P. Tissandier", "Tissandier", "M. T."})
    EXPECT_FALSE(ShownName(display).is_near(maelle)) << display;
}

TEST(FunctionName, IsNobodys) {
  for (const char* name : {"Accounts Payable", "Service Client", "La Direction", "Ressources Humaines", "Team Buchhaltung",
                           "Atenci\u00f3n al Cliente", "Customer Service", "Servizio Clienti"}) {
    EXPECT_TRUE(is_function_name(text::name_key(name))) << name;
    EXPECT_TRUE(is_function_name(person_key(name))) << name;
    EXPECT_FALSE(is_telling_name(text::name_key(name))) << name;
  }
  for (const char* name : {"Jean Bureau", "Marie Service", "Ann Miller", "Kerbrat Comptabilit\u00e9"})
    EXPECT_FALSE(is_function_name(text::name_key(name))) << name;
}

TEST(FunctionName, TakesNobodysPlace) {
  Investigation investigation("own.example");
  const Mail bill = Mail(1, "Accounts Payable <accounts@bigsupplier.example>", "Bob Jones <bob@own.example>");
  (void)investigation.judge(bill);
  Mail carrier(2, "Accounts Payable <ap@carrier.example>", "Bob Jones <bob@own.example>");
  EXPECT_EQ(fired(investigation.judge(carrier.answers(bill)), "thread_hijack"), "");
}

TEST(ShownName, TakesThePlaceOfAParticipantWhateverStandsBesideIt) {
  const auto hijacked = [](std::string_view from) {
    Investigation investigation("own.example");
    const Mail bill =
        Mail(1, "Annabel Miller <annabel.miller@bigsupplier.example>", "Bob Jones <bob@own.example>").account(kTrueIban);
    (void)investigation.judge(bill);
    Mail reply(2, from, "Bob Jones <bob@own.example>");
    return fired(investigation.judge(reply.answers(bill).account(kFraudIban)), "bank_account_changed");
  };
  EXPECT_EQ(hijacked("Annabel Miller - Accounts <c33@mailpost.example>"), "bank_account_changed:critical");
  EXPECT_EQ(hijacked("Anabel Miller <anabel.miller@mailpost.example>"), "bank_account_changed:critical");
  EXPECT_EQ(hijacked("Annabel Mary Miller <c33@mailpost.example>"), "");
}

TEST(ShownName, TakesThePlaceOfAParticipantWhoIsSetOutSurnameFirst) {
  const auto hijacked = [](std::string_view from) {
    Investigation investigation("own.example");
    const Mail bill =
        Mail(1, "Miller, Annabel <annabel.miller@bigsupplier.example>", "Bob Jones <bob@own.example>").account(kTrueIban);
    (void)investigation.judge(bill);
    Mail reply(2, from, "Bob Jones <bob@own.example>");
    return fired(investigation.judge(reply.answers(bill).account(kFraudIban)), "bank_account_changed");
  };
  EXPECT_EQ(hijacked("Miller, Annabel <c33@mailpost.example>"), "bank_account_changed:critical");
  EXPECT_EQ(hijacked("Miller, Robert <c33@mailpost.example>"), "");
}

}  // namespace
}  // namespace threadline::findings
