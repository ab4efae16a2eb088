// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

constexpr auto kBob = "Bob Jones <bob@own.example>";
constexpr auto kAnn = "Ann Miller <ann@supplier.example>";
constexpr auto kOutside = "collector@elsewhere.example";
constexpr auto kFires = "outbound_auto_forward:high";

using Header = std::vector<std::pair<std::string, std::string>>;

Mail with(Mail mail, const Header& header) {
  message::Message message;
  for (const auto& [name, value] : header) {
    message::HeaderField field;
    field.name = name;
    field.value = value;
    message.headers.push_back(field);
  }
  mail.facts.forward_signs = facts::read_forward_signs(message, Limits{}, mail.facts.notes);
  return mail;
}

Mail forwarded(const Header& header, std::string_view to = kOutside) {
  return with(Mail(9, kBob, to).subject("FW: facturation en retard"), header);
}

/// A message of the supplier that bob's mailbox sent on: the first sender and his recipient stay in the header.
Mail redirected(const Header& header) { return with(Mail(9, kAnn, kBob), header); }

Mail to_envelope(Mail mail, std::vector<std::string> recipients, std::string sender = "bob@own.example") {
  mail.facts.envelope_sender = std::move(sender);
  mail.facts.envelope_recipients = std::move(recipients);
  return mail;
}

policy::Policy own_policy() {
  policy::Policy policy;
  policy.own.domains = {"own.example"};
  policy.counterparties = {
      {.name = "Ticket service", .domains = {"tickets.example"}, .addresses = {}, .people = {}, .accounts = {}}};
  return policy;
}

std::string told(const Mail& mail) { return fired(Investigation(own_policy()).judge(mail), "outbound_auto_forward"); }

/// The same where the session says that the message leaves.
std::string leaving(const Mail& mail) {
  auto ground = std::make_shared<Ground>(own_policy());
  ground->direction = Direction::outbound;
  const auto detectors = Detectors::prepare(ground);
  const auto memory = memory::in_memory();
  return fired(detectors->judge(std::make_shared<facts::Facts>(mail.facts), *memory).findings, "outbound_auto_forward");
}

const Header kRule{{"X-MS-Exchange-Inbox-Rules-Loop", "bob@own.example"}};
const Header kAgent{{"X-MS-Exchange-Generated-Message-Source", "Mailbox Rules Agent"}};
const Header kResent{{"Resent-From", "Bob Jones <bob@own.example>"}, {"Resent-To", kOutside}};

TEST(OutboundAutoForward, IsSilentForWhatAPersonForwards) {
  EXPECT_EQ(told(forwarded({})), "");
  EXPECT_EQ(leaving(forwarded({})), "");
  EXPECT_EQ(told(forwarded({{"X-MS-Exchange-Generated-Message-Source", "Outlook"}})), "");
}

TEST(OutboundAutoForward, IsHighForWhatARuleForwards) {
  for (const Header& header : std::initializer_list<Header>{
           kRule,
           kAgent,
           {{"x-ms-exchange-forwardingloop", "bob@own.example;0a1b2c"}},
           {{"X-MS-Exchange-Organization-AutoForwarded", "true"}},
           {{"AutoForwarded", "TRUE"}},
           {{"X-Forwarded-To", kOutside}, {"X-Forwarded-For", "bob@own.example collector@elsewhere.example"}},
           {{"X-Sieve-Redirected-From", "bob@own.example"}},
           {{"Auto-Submitted", "auto-generated"}}}) {
    EXPECT_EQ(told(forwarded(header)), kFires) << header.front().first;
  }
}

TEST(OutboundAutoForward, NamesTheAddressTheMailboxAndTheSigns) {
  const auto findings = Investigation(own_policy()).judge(forwarded(kRule));
  const Finding* found = finding(findings, "outbound_auto_forward");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(evidence(*found, "address"), kOutside);
  EXPECT_EQ(evidence(*found, "by"), "bob@own.example");
  ASSERT_EQ(found->because.size(), 1U);
  EXPECT_EQ(found->because.front().text, "X-MS-Exchange-Inbox-Rules-Loop: bob@own.example");
}

TEST(OutboundAutoForward, IsHighForWhatARuleRedirectsWhoeverWroteIt) {
  EXPECT_EQ(told(redirected(kResent)), kFires);
  EXPECT_EQ(leaving(redirected(kResent)), kFires);
  EXPECT_EQ(leaving(to_envelope(redirected(kRule), {kOutside})), kFires);
  EXPECT_EQ(leaving(redirected(kRule)), kFires);
}

TEST(OutboundAutoForward, IsSilentForOwnMailThatItsAuthorSendsAgain) {
  EXPECT_EQ(told(with(Mail(9, kBob, kAnn), kResent)), "");
  EXPECT_EQ(leaving(to_envelope(with(Mail(9, kBob, kAnn), kResent), {kOutside})), "");
  EXPECT_EQ(leaving(to_envelope(with(Mail(9, "eve@own.example", kBob), kResent), {kOutside})), kFires) << "a colleague's mail";
  Header with_rule = kResent;
  with_rule.push_back(kRule.front());
  EXPECT_EQ(leaving(to_envelope(with(Mail(9, kBob, kAnn), with_rule), {kOutside})), kFires) << "a rule says so itself";
}

TEST(OutboundAutoForward, IsSilentForATicketWhoseCustomerForwarded) {
  const Header automatic{{"Auto-Submitted", "auto-generated"}};
  const auto subject = [&](std::string_view words) {
    Mail mail = forwarded(automatic).subject(words);
    mail.facts.subject_is_forward = true;
    return told(mail);
  };
  EXPECT_EQ(subject("[Site - Support #123] Fwd: leak in the roof"), "");
  EXPECT_EQ(subject("Fwd: [Site - Support #123] leak in the roof"), kFires) << "a rule's prefix stands before all else";
}

TEST(OutboundAutoForward, IsSilentForARedirectToAColleague) {
  EXPECT_EQ(told(redirected({{"Resent-From", kBob}, {"Resent-To", "eve@own.example"}})), "");
  EXPECT_EQ(leaving(to_envelope(redirected(kRule), {"eve@own.example"})), "");
  EXPECT_EQ(told(forwarded(kRule, "eve@own.example")), "");
}

TEST(OutboundAutoForward, IsSilentForWhatTheRuleOfSomebodyElseSentToUs) {
  const Header theirs{{"X-MS-Exchange-Inbox-Rules-Loop", "ann@supplier.example"}, {"Resent-From", kAnn}, {"Resent-To", kBob}};
  EXPECT_EQ(told(with(Mail(9, kAnn, kBob), theirs)), "");
  EXPECT_EQ(told(with(Mail(9, kAnn, kBob), kAgent)), "");
  EXPECT_EQ(leaving(forwarded({{"X-MS-Exchange-Inbox-Rules-Loop", "ann@supplier.example"}})), "");
}

TEST(OutboundAutoForward, IsSilentForAutomaticRepliesAndReceipts) {
  Mail vacation = forwarded({kAgent.front(), {"Auto-Submitted", "auto-replied"}}, kAnn);
  vacation.facts.kind = facts::MessageKind::auto_reply;
  EXPECT_EQ(told(vacation), "");
  Mail receipt = forwarded(kRule, kAnn);
  receipt.facts.kind = facts::MessageKind::read_receipt;
  EXPECT_EQ(told(receipt), "");
}

TEST(OutboundAutoForward, IsSilentForWhatAPersonResendsByHand) {
  Header by_hand = kResent;
  by_hand.emplace_back("Resent-User-Agent", "Mail Redirect");
  EXPECT_EQ(told(redirected(by_hand)), "");
}

TEST(OutboundAutoForward, IsSilentForAListOfOurOwnAndForNoticesOfPrograms) {
  Mail list = redirected(kResent);
  list.facts.is_list = true;
  EXPECT_EQ(told(list), "");
  EXPECT_EQ(told(with(Mail(9, "erp@own.example", kOutside), {{"Auto-Submitted", "auto-generated"}})), "");
}

TEST(OutboundAutoForward, ADeliveryLoopCountsWhereTheEnvelopeGoesElsewhere) {
  const Header delivered{{"Delivered-To", "bob@own.example"}};
  EXPECT_EQ(leaving(to_envelope(redirected(delivered), {kOutside})), kFires);
  EXPECT_EQ(leaving(to_envelope(with(Mail(9, kBob, kOutside), delivered), {kOutside})), "");
  EXPECT_EQ(told(redirected(delivered)), "");
}

TEST(OutboundAutoForward, ARewrittenSenderOfOurDomainCountsWhereTheMessageLeaves) {
  constexpr auto kSrs = "SRS0=HHH=TT=supplier.example=ann@own.example";
  EXPECT_EQ(leaving(to_envelope(redirected({}), {kOutside}, kSrs)), kFires);
  EXPECT_EQ(leaving(to_envelope(redirected({}), {"eve@own.example"}, kSrs)), "");
  EXPECT_EQ(leaving(to_envelope(redirected({}), {kOutside}, "SRS0=HHH=TT=supplier.example=ann@relay.example")), "");
  Mail without_envelope = redirected({});
  without_envelope.facts.return_path = kSrs;
  EXPECT_EQ(leaving(without_envelope), kFires);
  EXPECT_EQ(told(without_envelope), "");
}

TEST(OutboundAutoForward, IsSilentForCounterpartiesAndEstablishedCorrespondents) {
  EXPECT_EQ(told(forwarded(kRule, "intake@tickets.example")), "");
  Investigation investigation(own_policy());
  investigation.judge(Mail(1, kOutside, kBob));
  investigation.judge(Mail(2, kOutside, kBob));
  EXPECT_EQ(fired(investigation.judge(forwarded(kRule)), "outbound_auto_forward"), "");
}

TEST(OutboundAutoForward, FiresAgainForTheSameAddress) {
  Investigation investigation(own_policy());
  Mail first = forwarded(kRule), second = forwarded(kRule);
  second.facts.sha256 = "another";
  EXPECT_EQ(fired(investigation.judge(first), "outbound_auto_forward"), kFires);
  EXPECT_EQ(fired(investigation.judge(second), "outbound_auto_forward"), kFires);
}

// An outside address that gets every message of a mailbox.
constexpr auto kEvery = "outbound_auto_forward:medium";

std::string correspondent(int number) { return "p" + std::to_string(number) + "@firm" + std::to_string(number) + ".example"; }

/// A mail to bob, numbers by the hour.
Mail arrival(int number, int people = 5) {
  Mail mail(number * 60, correspondent(number % people), kBob);
  mail.subject("matter " + std::to_string(number));
  return mail;
}

/// As a server's rule sends it on, without a field that says so.
Mail redirected_unseen(int number, int people = 5) {
  Mail mail = to_envelope(arrival(number, people), {kOutside}, correspondent(number % people));
  mail.facts.sha256 += "redirected";
  return mail;
}

Mail handed_on(const Mail& original, std::string_view to = kOutside) {
  Mail mail(0, kBob, to);
  mail.facts.dates = original.facts.dates;
  mail.facts.message_id = "<fw-" + original.facts.message_id.substr(1);
  mail.facts.sha256 += original.facts.sha256;
  mail.subject("FW: " + original.facts.base_subject);
  return mail;
}

Mail sent(int number, int people = 5) {
  Mail mail(number * 60, kBob, correspondent(number % people));
  return mail.subject("offer " + std::to_string(number));
}

/// What the last of `count` judgements says, of messages that `make` makes one after the other.
template <class Make>
std::string after(int count, const Make& make) {
  Investigation investigation(own_policy());
  std::string last;
  for (int number = 1; number <= count; ++number) {
    for (const Mail& mail : make(number)) last = fired(investigation.judge(mail), "outbound_auto_forward");
  }
  return last;
}

TEST(OutboundAutoForward, AnAddressThatGetsEveryArrivalOfAMailboxIsTold) {
  const auto every = [](int number) { return std::vector{arrival(number), redirected_unseen(number)}; };
  EXPECT_EQ(after(9, every), "");
  EXPECT_EQ(after(12, every), kEvery);
  const auto none = [](int number) { return std::vector{arrival(number), arrival(number)}; };
  EXPECT_EQ(after(12, none), "");
}

TEST(OutboundAutoForward, AnAddressThatGetsSomeArrivalsIsNot) {
  const auto some = [](int number) {
    std::vector all{arrival(number)};
    if (number % 3 != 0) all.push_back(redirected_unseen(number));
    return all;
  };
  EXPECT_EQ(after(40, some), "");
}

TEST(OutboundAutoForward, ANewMessageThatForwardsEveryArrivalCountsAsWell) {
  const auto every = [](int number) { return std::vector{arrival(number), handed_on(arrival(number))}; };
  EXPECT_EQ(after(14, every), kEvery);
  const auto to_colleague = [](int number) {
    return std::vector{arrival(number), handed_on(arrival(number), "eve@own.example")};
  };
  EXPECT_EQ(after(14, to_colleague), "");
  const auto to_ticket_system = [](int number) {
    return std::vector{arrival(number), handed_on(arrival(number), "intake@tickets.example")};
  };
  EXPECT_EQ(after(14, to_ticket_system), "");
}

TEST(OutboundAutoForward, AnAssistantOutsideWhoWritesHimselfIsACorrespondent) {
  const auto every = [](int number) {
    std::vector all{arrival(number), handed_on(arrival(number))};
    if (number < 4) all.push_back(Mail(number * 60 + 1, kOutside, kBob).subject("done " + std::to_string(number)));
    return all;
  };
  EXPECT_EQ(after(20, every), "");
}

TEST(OutboundAutoForward, ABlindCopyOfEverythingThatAMailboxWritesIsTold) {
  const auto every = [](int number) { return std::vector{to_envelope(sent(number), {correspondent(number % 5), kOutside})}; };
  EXPECT_EQ(after(9, every), "");
  EXPECT_EQ(after(12, every), kEvery);
  const auto without = [](int number) { return std::vector{to_envelope(sent(number), {correspondent(number % 5)})}; };
  EXPECT_EQ(after(30, without), "");
}

TEST(OutboundAutoForward, AMailboxThatWritesToOneCustomerAloneIsSilent) {
  const auto to_customer = [](int number) { return std::vector{to_envelope(Mail(number * 60, kBob, kOutside), {kOutside})}; };
  EXPECT_EQ(after(40, to_customer), "");
  const auto with_his_colleague_unseen = [](int number) {
    return std::vector{to_envelope(Mail(number * 60, kBob, kAnn), {"ann@supplier.example", kOutside})};
  };
  EXPECT_EQ(after(40, with_his_colleague_unseen), "");
}

TEST(OutboundAutoForward, AMailingByBccIsNoCopy) {
  const auto mailing = [](int number) {
    return std::vector{to_envelope(Mail(number * 60, kBob, kBob), {correspondent(1), correspondent(2), kOutside})};
  };
  EXPECT_EQ(after(20, mailing), "");
  const auto many = [](int number) {
    return std::vector{
        to_envelope(sent(number), {correspondent(number % 5), "a@a.example", "b@b.example", "c@c.example", kOutside})};
  };
  EXPECT_EQ(after(20, many), "");
}

TEST(OutboundAutoForward, ACorrespondentWhoAnswersEveryMailIsNoCopyOfIt) {
  const auto answered = [](int number) {
    Mail answer(number * 60 + 1, kBob, correspondent(number % 5));
    return std::vector{arrival(number), answer.answers(arrival(number))};
  };
  EXPECT_EQ(after(30, answered), "");
}

TEST(OutboundAutoForward, TheCountIsEvidence) {
  Investigation investigation(own_policy());
  std::vector<Finding> findings;
  for (int number = 1; number <= 12; ++number)
    findings = investigation.judge(to_envelope(sent(number), {correspondent(number % 5), kOutside}));
  const Finding* found = finding(findings, "outbound_auto_forward");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(evidence(*found, "by"), "bob@own.example");
  EXPECT_EQ(evidence(*found, "of_what"), "sent");
  EXPECT_EQ(*found->evidence.find("copied"), Value{std::int64_t{12}});
  EXPECT_EQ(*found->evidence.find("messages"), Value{std::int64_t{12}});
}

}  // namespace
}  // namespace threadline::findings
