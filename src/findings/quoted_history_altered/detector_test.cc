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

TEST(QuotedHistoryAltered, ALevelWithoutIntroductionIsHeldAgainstTheMessageAtItsPlace) {
  Pair bare, elsewhere;
  for (Pair* pair : {&bare, &elsewhere}) {
    facts::QuotedBlock& block = pair->reply.facts.conversation.quoted.front();
    block.from = {};
    block.date.reset();
    block.to.clear();
    block.text = "Please pay the sum of 9.250,00 EUR by Friday. Call 01 23 45 67 89 if in doubt. Kind regards";
  }
  elsewhere.reply.facts.thread.in_reply_to = "<other@mail.example>";
  elsewhere.reply.facts.thread.references = {elsewhere.original.facts.message_id, "<other@mail.example>"};
  EXPECT_EQ(bare.judged(), "quoted_history_altered:high");
  EXPECT_EQ(elsewhere.judged(), "");
}

}  // namespace
}  // namespace threadline::findings
