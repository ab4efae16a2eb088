// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

struct Pair {
  Mail original{1, "ann@firm.example", "bob@own.example"};
  Mail reply{9, "carl@elsewhere.example", "bob@own.example"};

  Pair() {
    original.text("Please pay the sum of 1.250,00 EUR by Friday. Call 01 23 45 67 89 if in doubt. Kind regards")
        .account(kTrueIban);
    reply.answers(original).quotes(original);
  }

  std::string judged() const {
    Investigation investigation("own.example");
    investigation.judge(original);
    return fired(investigation.judge(reply), "quoted_history_altered");
  }
  std::string& quoted_text() { return reply.facts.conversation.quoted.front().text; }
};

TEST(QuotedHistoryAltered, IsSilentForWhatClientsDoEveryDay) {
  Pair same, wrapped, shortened, shifted;
  wrapped.quoted_text() =
      "[EXTERNAL]\n> Please pay the sum of\n> 1.250,00 EUR by Friday. Call 01 23 45\n> 67 89 if in doubt. Kind regards\nSent "
      "from my phone";
  shortened.quoted_text() = "Please pay the sum of";
  shortened.reply.facts.accounts.clear();
  shifted.reply.facts.conversation.quoted.front().date->at.seconds += 7'200;
  for (const Pair* pair : {&same, &wrapped, &shortened, &shifted}) EXPECT_EQ(pair->judged(), "");
}

TEST(QuotedHistoryAltered, WeighsWhatWasAltered) {
  Pair account, amount, phone;
  account.reply.facts.accounts.front().value = kFraudIban;
  amount.quoted_text() = "Please pay the sum of 9.250,00 EUR by Friday. Call 01 23 45 67 89 if in doubt. Kind regards";
  phone.quoted_text() = "Please pay the sum of 1.250,00 EUR by Friday. Call 01 99 99 99 99 if in doubt. Kind regards";
  EXPECT_EQ(account.judged(), "quoted_history_altered:critical");
  EXPECT_EQ(amount.judged(), "quoted_history_altered:high");
  EXPECT_EQ(phone.judged(), "quoted_history_altered:high");
}

TEST(QuotedHistoryAltered, FiresWhereTheSenderWroteHimselfIntoTheHistory) {
  Pair put_in, alias;
  put_in.original.facts.from = alias.original.facts.from = {person("Ann Miller <ann@firm.example>")};
  put_in.reply.facts.from = {person("Ann Miller <ann.miller@elsewhere.example>")};
  put_in.reply.facts.conversation.quoted.front().from = person("Ann Miller <ann.miller@elsewhere.example>");
  alias.reply.facts.conversation.quoted.front().from = person("Ann Miller <ann.miller@firm-alias.example>");
  EXPECT_EQ(put_in.judged(), "quoted_history_altered:high");
  EXPECT_EQ(alias.judged(), "");
}

/// Only ">" before the words of the first mail, the amount another.
struct Unnamed : Pair {
  Unnamed() {
    facts::QuotedBlock& block = reply.facts.conversation.quoted.front();
    block.from = {};
    block.date.reset();
    block.to.clear();
    quoted_text() = "Please pay the sum of 9.250,00 EUR by Friday. Call 01 23 45 67 89 if in doubt. Kind regards";
  }
};

TEST(QuotedHistoryAltered, WordsThatNothingIntroducesAreNoCopyWhereTheyAreOthers) {
  Unnamed boilerplate, part, answered;
  boilerplate.quoted_text() =
      "Please pay only what was ordered. The sum of 700,00 EUR for the crane is not due by Friday, it was paid. Kind regards";
  part.quoted_text() = "Call 01 23 45 67 89 if in doubt.";
  answered.quoted_text() = "Please pay the sum of 1.250,00 EUR by Friday.\nCall 01 23 45 67 89 if in doubt.";
  answered.reply.text("9.250,00 EUR, as I see it.\nI call 01 99 99 99 99.");
  part.reply.facts.accounts.clear(), answered.reply.facts.accounts.clear();
  for (const Unnamed* one : {&boilerplate, &part, &answered}) {
    EXPECT_EQ(one->judged(), "") << one->reply.facts.conversation.quoted.front().text;
  }
}

TEST(QuotedHistoryAltered, OfTwoBillsByOneFormTheOneWithTheSameNumbersIsQuoted) {
  Unnamed pair;
  Mail other(3, "ann@firm.example", "bob@own.example");
  other.text(pair.quoted_text()).account(kTrueIban).subject(pair.original.facts.subject);
  Investigation investigation("own.example");
  investigation.judge(pair.original);
  investigation.judge(other);
  EXPECT_EQ(fired(investigation.judge(pair.reply), "quoted_history_altered"), "");
}

TEST(QuotedHistoryAltered, ALevelWithoutIntroductionIsAlignedByItsPlaceAndItsWords) {
  Unnamed bare, farther_up, short_account;
  farther_up.reply.facts.thread.in_reply_to = "<other@mail.example>";
  farther_up.reply.facts.thread.references = {farther_up.original.facts.message_id, "<other@mail.example>"};
  short_account.original.text("Dear Bob, please pay to FR76 3000 6000 0112 3456 7890 189. Ann");
  short_account.quoted_text() = "Dear Bob, please pay to FR14 2004 1010 0505 0001 3M02 606. Ann";
  short_account.reply.facts.accounts.front().value = kFraudIban;
  EXPECT_EQ(bare.judged(), "quoted_history_altered:high");
  EXPECT_EQ(farther_up.judged(), "quoted_history_altered:high");
  EXPECT_EQ(short_account.judged(), "quoted_history_altered:critical");
}

TEST(QuotedHistoryAltered, ANameWithTheUnitsOfNotesIsThatPerson) {
  Pair same, altered;
  for (Pair* pair : {&same, &altered}) {
    pair->original.facts.from = {person("Ann Miller <ann@firm.example>")};
    pair->reply.facts.conversation.quoted.front().from = {"Ann Miller/Sales/FIRM", ""};
  }
  altered.reply.facts.accounts.front().value = kFraudIban;
  EXPECT_EQ(same.judged(), "");
  EXPECT_EQ(altered.judged(), "quoted_history_altered:critical");
}

}  // namespace
}  // namespace threadline::findings
