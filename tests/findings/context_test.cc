// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include "findings/context_steps.h"
#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

TEST(Context, DirectionIsThatOfTheSendersAndRecipientsSides) {
  Investigation investigation("own.example");
  const struct {
    const char *name, *from, *to, *direction;
  } cases[] = {
      {"own to own", "a@own.example", "b@own.example", "internal"},
      {"own to other", "a@own.example", "b@firm.example", "outbound"},
      {"other to own", "a@firm.example", "b@own.example", "inbound"},
  };
  for (const auto& one : cases)
    EXPECT_EQ(name_of(investigation.context(Mail(1, one.from, one.to)).direction), one.direction) << one.name;
  EXPECT_EQ(Investigation().context(Mail(1, "a@own.example", "b@own.example")).direction, Direction::unknown);
}

TEST(Context, AncestorsAreFoundUpwardsWhenAClientWritesInReplyToOnly) {
  Investigation investigation("own.example");
  Mail first(1, "a@firm.example", "b@own.example"), second(2, "b@own.example", "a@firm.example"),
      third(3, "a@firm.example", "b@own.example");
  second.refers_to("<1@mail.example>");
  third.refers_to("<2@mail.example>");
  investigation.judge(first);
  investigation.judge(second);
  EXPECT_EQ(investigation.context(third).ancestors.size(), 2U);
}

TEST(Context, AncestorsSurviveLoopsMissingParentsAndReferencesToThemselves) {
  Investigation investigation("own.example");
  Mail first(1, "a@firm.example", "b@own.example"), second(2, "b@own.example", "a@firm.example"),
      third(3, "a@firm.example", "b@own.example");
  first.facts.thread.references = {"<3@mail.example>", "<2@mail.example>"};  // of mails that are written later
  second.facts.thread.references = {"<1@mail.example>", "<2@mail.example>", "<lost@mail.example>"};
  second.facts.thread.in_reply_to = "<lost@mail.example>";
  third.facts.thread.references = {"<lost@mail.example>", "<2@mail.example>", "<3@mail.example>"};
  investigation.judge(first);
  investigation.judge(second);
  const Context context = investigation.context(third);
  ASSERT_EQ(context.ancestors.size(), 2U) << "the first is found through the second, past the lost one";
  EXPECT_EQ(context.ancestors.front()->facts->message_id, "<1@mail.example>");
  EXPECT_EQ(name_of(context.joined), "references");
}

TEST(Context, AQuotedBlockFindsItsOriginalWholeHoursApartAndNotAnotherMinute) {
  Investigation investigation("own.example");
  Mail first(1, "Ann Miller <a@firm.example>", "b@own.example");
  first.text("the words of the first mail about the wooden chairs");
  investigation.judge(first);
  const struct {
    const char* name;
    std::int64_t seconds;
    const char* text;
    bool found;
  } cases[] = {
      {"same minute", 20, "the words of the first mail", true},
      {"two hours apart", 7'200, "the words of the first mail about the wooden chairs", true},
      {"another minute, other words", 420, "something else entirely was said", false},
      {"whole hours, other words", 3'600, "something else entirely was said here", false},
  };
  for (const auto& one : cases) {
    Mail reply(50, "b@own.example", "a@firm.example");
    reply.answers(first).quotes(first);
    facts::QuotedBlock& block = reply.facts.conversation.quoted.front();
    block.date->at.seconds += one.seconds;
    block.text = one.text;
    EXPECT_EQ(investigation.context(reply).quoted_originals.at(0) != nullptr, one.found) << one.name;
  }
}

TEST(Context, AQuotedBlockThatPrintsNoSubjectFindsItsOriginalBehindTheTagOfAHelpDesk) {
  Investigation investigation("own.example");
  Mail first(1, "Ann Miller <a@firm.example>", "b@own.example");
  first.subject("Wooden chairs").text("the words of the first mail about the wooden chairs");
  investigation.judge(first);
  const auto is_found = [&](std::string_view subject, std::string_view printed) {
    Mail reply(50, "b@own.example", "a@firm.example");
    reply.subject(subject).quotes(first);
    reply.facts.conversation.quoted.front().subject = printed;
    return investigation.context(reply).quoted_originals.at(0) != nullptr;
  };
  EXPECT_TRUE(is_found("[#4711] Re: Wooden chairs", ""));
  EXPECT_TRUE(is_found("Re: [desk] [#4711] Wooden chairs", ""));
  EXPECT_TRUE(is_found("[#4711] Re: something else", "Wooden chairs"));
  EXPECT_FALSE(is_found("[#4711] Re: Wooden tables", ""));
  EXPECT_FALSE(is_found("[#4711] Re: Wooden chairs", "Wooden tables")) << "the quoted one says another";
}

/// A memory on a disk reads each message of a subject, and who writes a history chooses how many subjects it has.
TEST(Context, OriginalsAreSoughtInAThousandMessagesWhateverSubjectsTheHistoryHas) {
  constexpr int kSubjects = 8, kEach = 200;
  Investigation investigation("own.example");
  std::vector<Mail> last;
  for (int number = 1; number <= kSubjects * kEach; ++number) {
    Mail mail(number, "a@firm.example", "b@own.example");
    const std::string words = std::to_string((number - 1) / kEach);
    mail.subject("About matter " + words).text("what was said of matter " + words);
    investigation.judge(mail);
    if (number % kEach == 0) last.push_back(mail);
  }
  Mail history(5'000, "b@own.example", "a@firm.example");
  for (const Mail& mail : last) history.quotes(mail);
  const auto originals = investigation.context(history).quoted_originals;
  ASSERT_EQ(originals.size(), std::size_t{kSubjects});
  EXPECT_EQ(std::ranges::count_if(originals, [](const auto* record) { return record != nullptr; }), 5);
}

TEST(Context, AnAuthorWithoutAddressIsResolvedByTheNamesOfTheConversation) {
  Investigation investigation("own.example");
  Mail mail(9, "Bob Jones <b@own.example>", "Ann Miller <ann@firm.example>");
  facts::QuotedBlock block;
  block.from.name = "Ann Miller";
  mail.subject("Re: bill").quotes(block);
  mail.account(iban(kTrueIban, 0));
  const Context context = investigation.context(mail);
  ASSERT_EQ(context.presented.size(), 1U);
  EXPECT_EQ(context.presented[0].side, "domain:firm.example");
}

TEST(Context, AnAccountOfTheRecipientIsNotPresentedByTheSender) {
  Investigation investigation("own.example");
  Mail bill(1, "Ann Miller <ann@firm.example>", "b@own.example"), advice(5, "b@own.example", "Ann Miller <ann@firm.example>");
  bill.account(kTrueIban);
  investigation.judge(bill);
  advice.account(kTrueIban);
  const Context context = investigation.context(advice);
  ASSERT_EQ(context.presented.size(), 1U);
  EXPECT_TRUE(context.presented[0].paying);
}

TEST(LocalParts, AreOnePersonsOnlyWhenTheyAreNoRole) {
  const struct {
    const char *left, *right;
    bool same;
  } cases[] = {
      {"jean.dupont", "jean.dupont", true},  {"jean.dupont", "jeandupont", true},
      {"jean.dupont", "jean.dup0nt", true},  {"compta", "compta", false},
      {"billing-eu", "billing-eu", false},   {"info", "info", false},
      {"jean.dupont", "marie.curie", false}, {"jd", "jd", false},
  };
  for (const auto& one : cases) EXPECT_EQ(is_same_local_part(one.left, one.right), one.same) << one.left << " " << one.right;
}

TEST(JournalReport, ItsOwnFieldsAreNobodysCorrespondence) {
  Mail wrapper(1, "archive@northwlnd.example", "journal@northwind.example");
  wrapper.facts.kind = facts::MessageKind::journal_report;
  wrapper.account(kFraudIban).request("bank_change", "new account");
  Investigation investigation("northwind.example");
  EXPECT_EQ(all_fired(investigation.judge(wrapper)), "");
  wrapper.facts.kind = facts::MessageKind::mail;
  EXPECT_NE(all_fired(investigation.judge(wrapper)), "");
}

/// Recipients at that many domains, each once.
Mail to_domains(std::size_t count) {
  Mail mail(9, "bob@own.example", "ann@bigsupplier.example");
  for (std::size_t at = 1; at < count; ++at) mail.facts.to.push_back({"", "u@elsewhere" + std::to_string(at) + ".example"});
  return mail;
}

std::string limits_of(const Context& context) {
  std::string limits;
  for (const Note& note : context.notes) limits += note.code + " " + note.text + ";";
  return limits;
}

TEST(FindingsLimits, ComparedDomains) {
  const Investigation investigation("own.example");
  const std::size_t others = Limits{}.compared_domains - 1;  // and the sender's
  EXPECT_EQ(limits_of(investigation.context(to_domains(others))), "");
  EXPECT_EQ(limits_of(investigation.context(to_domains(others + 1))), "limit compared_domains;");
}

TEST(FindingsLimits, ComparedPersons) {
  Investigation investigation("own.example");
  Mail first(1, "ann@bigsupplier.example", "bob@own.example");
  for (int at = 0; at < 498; ++at) first.facts.cc.push_back({"", "p" + std::to_string(at) + "@bigsupplier.example"});
  investigation.judge(first);
  const auto told = [&](std::size_t strangers) {
    Mail mail = to_domains(1);
    mail.answers(first);
    for (std::size_t at = 0; at < strangers; ++at) mail.facts.cc.push_back({"", "s" + std::to_string(at) + "@elsewhere.example"});
    const Context context = investigation.context(mail);
    EXPECT_EQ(context.participants.size(), 500U);
    return limits_of(context);
  };
  EXPECT_EQ(told(Limits{}.compared_persons / 500), "");
  EXPECT_EQ(told(Limits{}.compared_persons / 500 + 1), "limit compared_persons;");
}

TEST(FindingsLimits, Suspects) {
  Investigation investigation("own.example");
  investigation.judge(Mail(1, "ann@bigsupplier.example", "bob@own.example"));
  const auto told = [&](std::size_t lookalikes) {
    Mail mail = to_domains(1);
    for (std::size_t at = 0; at < lookalikes; ++at)
      mail.facts.cc.push_back({"", "s" + std::to_string(at) + "@bigsuppller.example"});
    return limits_of(investigation.context(mail));
  };
  EXPECT_EQ(told(Limits{}.suspects), "");
  EXPECT_EQ(told(Limits{}.suspects + 1), "limit suspects;");
}

}  // namespace
}  // namespace threadline::findings
