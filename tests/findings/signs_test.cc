// SPDX-License-Identifier: Apache-2.0
#include "findings/signs.h"

#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

/// Ann asks, Bob answers, and the mail that is judged quotes both.
struct Story {
  Mail question{1, "Ann Miller <ann.miller@bigsupplier.example>", "Bob Jones <bob@own.example>"};
  Mail answer{30, "Bob Jones <bob@own.example>", "Ann Miller <ann.miller@bigsupplier.example>"};
  Mail last;

  explicit Story(std::string_view from = "Ann Miller <ann.miller@bigsupplier.example>")
      : last(90, from, "Bob Jones <bob@own.example>") {
    question.subject("Invoice 4711").text("the question");
    answer.answers(question).text("the answer");
    last.answers(answer).quotes(answer).quotes(question);
  }

  facts::QuotedBlock& level(std::size_t number) { return last.facts.conversation.quoted.at(number - 1); }

  std::string signs() const {
    Investigation investigation("own.example");
    const Context context = investigation.context(last);
    policy::Policy policy;
    policy.own.domains = {"own.example"};
    const Ground ground(policy);
    std::string names;
    for (const Sign& sign : read_signs({last.facts, context, investigation.memory(), ground}))
      names += (names.empty() ? "" : " ") + sign.name;
    return names;
  }
};

TEST(Signs, AnOrdinaryAnswerHasNone) {
  EXPECT_EQ(Story().signs(), "");
  Story colleague("Carl Moore <carl.moore@bigsupplier.example>");
  EXPECT_EQ(colleague.signs(), "");
}

TEST(Signs, AStrangersSideStandsInNoQuotedLevel) {
  Story stranger("Zoe Quinn <zoe@elsewhere.example>"), in_copy("Zoe Quinn <zoe@elsewhere.example>");
  in_copy.level(2).cc = {person("Zoe Quinn <zoe@elsewhere.example>")};
  for (Story* story : {&stranger, &in_copy}) story->last.cc("Ann Miller <ann.miller@bigsupplier.example>");
  EXPECT_EQ(stranger.signs(), "sender_domain_unquoted");
  EXPECT_EQ(in_copy.signs(), "");
}

TEST(Signs, AKnownNameWithAnotherAddressIsNamedAndTheTrueOneIsDropped) {
  EXPECT_EQ(Story("Ann Miller <ann@elsewhere.example>").signs(),
            "sender_domain_unquoted name_with_other_address participants_dropped");
}

TEST(Signs, PeopleOfAThirdSideWhoAreAddressedNoMoreAreDropped) {
  Story third, colleague;
  third.level(1).cc = {person("Eve <eve@auditor.example>")};
  colleague.level(1).cc = {person("Carl <carl@own.example>")};
  EXPECT_EQ(third.signs(), "participants_dropped");
  EXPECT_EQ(colleague.signs(), "");
  third.last.cc("Eve <eve@auditor.example>");
  EXPECT_EQ(third.signs(), "");
}

TEST(Signs, AQuotedMailYoungerThanTheOneThatQuotesItIsOutOfOrder) {
  Story later, zone;
  later.level(2).date->at.seconds += 2 * 86'400;
  zone.level(2).date->at.seconds += 5 * 3'600;
  zone.level(2).date->basis = ZoneBasis::assumed;
  EXPECT_EQ(later.signs(), "dates_not_monotonic");
  EXPECT_EQ(zone.signs(), "");
}

TEST(Signs, AWrongWeekdayIsNamed) {
  Story story;
  story.level(2).wrong_weekday = true;
  EXPECT_EQ(story.signs(), "wrong_weekday");
}

TEST(Signs, AThreadIndexWithoutChildContradictsAnAnswer) {
  Story rootless, child, off;
  const Instant now = rootless.last.facts.dates.header->at;
  rootless.last.facts.thread.index = facts::ThreadIndex{"classic", now, "g", {}};
  child.last.facts.thread.index = facts::ThreadIndex{"classic", {now.seconds - 3'600, 0}, "g", {now}};
  off.last.facts.thread.index = facts::ThreadIndex{"classic", {now.seconds - 3'600, 0}, "g", {{now.seconds - 5 * 86'400, 0}}};
  EXPECT_EQ(rootless.signs(), "thread_index_contradicts");
  EXPECT_EQ(child.signs(), "");
  EXPECT_EQ(off.signs(), "thread_index_contradicts");
}

TEST(Signs, TheOldestLevelWithoutAddressIsNamedWhereOthersHaveOne) {
  Story oldest, all;
  oldest.level(2).from.address.clear();
  all.level(1).from.address.clear();
  all.level(1).to.clear();
  all.level(2).from.address.clear();
  EXPECT_EQ(oldest.signs(), "oldest_without_address");
  EXPECT_EQ(all.signs().find("oldest_without_address"), std::string::npos);
}

TEST(Signs, OneAuthorsClientThatChangesIsNamed) {
  Story story;
  Mail fourth(95, "Ann Miller <ann.miller@bigsupplier.example>", "Bob Jones <bob@own.example>");
  story.level(1).style = "header_block fr De,Envoy\u00e9,\u00c0,Objet";  // by Ann, in the last mail
  story.level(2).style = "attribution en wrote";                         // by Bob
  EXPECT_EQ(story.signs(), "");
  fourth.answers(story.last).quotes(story.answer).quotes(story.question).quotes(story.answer);
  story.last.facts.conversation = fourth.facts.conversation;
  story.level(1).style = "header_block fr De,Envoy\u00e9,\u00c0,Objet";
  story.level(3).style = "attribution en wrote";  // by Ann, in her question
  story.level(3).date->at.seconds -= 86'400;
  EXPECT_EQ(story.signs(), "style_changes");
}

TEST(Signs, AHistoryWithoutLinkIsNamed) {
  Story story;
  story.last.facts.thread = {};
  EXPECT_EQ(story.signs(), "no_thread_link");
}

}  // namespace
}  // namespace threadline::findings
