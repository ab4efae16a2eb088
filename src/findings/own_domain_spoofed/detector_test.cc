// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

TEST(OwnDomainSpoofed, IsSilentWhereTheBorderIsContentOrAnotherSideWrites) {
  Investigation investigation("own.example");
  Mail good(1, "ann@own.example", "bob@own.example"), other(2, "ann@firm.example", "bob@own.example"),
      custody(3, "ann@own.example", "bob@own.example");
  EXPECT_EQ(fired(investigation.judge(good.auth("dmarc", "pass").auth("compauth", "pass")), "own_domain_spoofed"), "");
  EXPECT_EQ(fired(investigation.judge(other.auth("dmarc", "fail")), "own_domain_spoofed"), "");
  EXPECT_EQ(fired(investigation.judge(custody.auth("dmarc", "fail").auth("arc", "pass")), "own_domain_spoofed"), "");
}

TEST(OwnDomainSpoofed, IsSilentForASentItemOrADraftWithoutReceived) {
  Investigation investigation("own.example");
  Mail sent(1, "ann@own.example", "bob@firm.example"), untrusted(2, "ann@own.example", "bob@own.example");
  sent.facts.has_header = false;
  untrusted.facts.route.auth = {{"mx.own.example", "dmarc", "fail", {}, false, {}}};
  EXPECT_EQ(all_fired(investigation.judge(sent), Severity::low), "");
  EXPECT_EQ(fired(investigation.judge(untrusted), "own_domain_spoofed"), "");
}

TEST(OwnDomainSpoofed, IsHighWhereTheBorderSaysSo) {
  for (const std::string_view method : {"dmarc", "compauth"}) {
    Investigation investigation("own.example");
    Mail mail(1, "ann@own.example", "bob@own.example");
    EXPECT_EQ(fired(investigation.judge(mail.auth(method, "fail")), "own_domain_spoofed"), "own_domain_spoofed:high") << method;
  }
}

TEST(OwnDomainSpoofed, IsHighForAnAnonymousSenderFromOutside) {
  Investigation investigation("own.example");
  Mail mail(1, "ann@own.example", "bob@own.example");
  mail.hop("host.elsewhere.example", "mx.own.example", 1, true).auth("spf", "fail", "smtp.mailfrom", "own.example");
  EXPECT_EQ(fired(investigation.judge(mail), "own_domain_spoofed"), "own_domain_spoofed:high");
}

/// A mail in the own name that Exchange took from a host on the internet.
Mail direct_send(std::string_view auth_as, std::string_view ip = "203.0.113.9") {
  Mail mail(1, "ann@own.example", "bob@own.example");
  mail.hop("host.elsewhere.example", "own-example.mail.protection.outlook.com", 1, true);
  mail.facts.route.hops.front().from.ip = ip;
  mail.facts.gateway.by_border = true;
  mail.facts.gateway.auth_as = auth_as;
  return mail;
}

std::string judged(const Mail& mail) {
  Investigation investigation("own.example");
  return fired(investigation.judge(mail), "own_domain_spoofed");
}

TEST(OwnDomainSpoofed, IsHighForDirectSend) {
  EXPECT_EQ(judged(direct_send("Anonymous")), "own_domain_spoofed:high");
  EXPECT_EQ(judged(direct_send("Anonymous").auth("spf", "softfail").auth("dmarc", "none")), "own_domain_spoofed:high");
  EXPECT_EQ(judged(direct_send("Internal").auth("compauth", "fail")), "") << "a connector of the house";
  EXPECT_EQ(judged(direct_send("Anonymous", "10.0.0.8")), "") << "the scanner in the corridor";
  EXPECT_EQ(judged(direct_send("Anonymous").auth("spf", "pass", "smtp.mailfrom", "own.example")), "") << "a service in the SPF";
  EXPECT_EQ(judged(direct_send("Anonymous").auth("dkim", "pass", "header.d", "mail.own.example")), "");
  EXPECT_EQ(judged(direct_send("Anonymous").auth("compauth", "pass")), "");
  Mail claimed = direct_send("Anonymous");
  claimed.facts.gateway.by_border = false;
  claimed.facts.gateway.auth_as = "Internal";
  EXPECT_EQ(judged(claimed), "own_domain_spoofed:high") << "no Exchange at the border: the field is anybody's";
  EXPECT_EQ(judged(claimed.auth("dkim", "pass", "header.d", "own.example")), "");
}

/// A mail in the own name that the own border, a Postfix, took from `helo` [`ip`].
Mail at_the_border(const char* helo, const char* name = "", const char* ip = "203.0.113.9") {
  Mail mail(1, "boss@own.example", "bob@own.example");
  mail.hop(helo, "mx.own.example", 1, true);
  mail.facts.route.hops.back().from = {helo, name, ip};
  mail.facts.route.hops.back().shape = "postfix";
  return mail;
}

TEST(OwnDomainSpoofed, PlainMailFromOutsideInTheOwnNameIsHigh) {
  EXPECT_EQ(judged(at_the_border("vps.evil.example", "vps.evil.example")), "own_domain_spoofed:high");
  EXPECT_EQ(judged(at_the_border("WIN-7", "")), "own_domain_spoofed:high");
  EXPECT_EQ(judged(at_the_border("vps.evil.example").auth("spf", "none").auth("dkim", "none").auth("dmarc", "none")),
            "own_domain_spoofed:high");
  EXPECT_EQ(judged(at_the_border("vps.evil.example").auth("spf", "pass", "smtp.mailfrom", "evil.example").auth("dkim", "none")),
            "own_domain_spoofed:high");
  EXPECT_EQ(judged(at_the_border("x.outbound.protection.outlook.com").auth("spf", "pass", "smtp.mailfrom", "evil.example")),
            "own_domain_spoofed:high")
      << "somebody else's tenant";
}

TEST(OwnDomainSpoofed, ACharacterBehindTheDomainDoesNotHideIt) {
  Mail mail = at_the_border("vps.evil.example", "vps.evil.example");
  mail.facts.from.front().address += "/x";
  EXPECT_EQ(judged(mail), "own_domain_spoofed:high");
}

TEST(OwnDomainSpoofed, OfTwoAddressesInFromTheBorderMayHaveLookedAtTheOther) {
  const auto passed_for = [](const char* looked_at) {
    Mail mail = at_the_border("vps.evil.example", "vps.evil.example");
    mail.auth("dmarc", "pass", "header.from", looked_at).facts.reply_to = {{"", "x@evil.example"}};
    return mail;
  };
  Mail two = passed_for("evil.example"), two_unnamed = passed_for("");
  two.facts.from.push_back({"", "x@evil.example"});
  two_unnamed.facts.from.push_back({"", "x@evil.example"});
  EXPECT_EQ(judged(two), "own_domain_spoofed:high");
  EXPECT_EQ(judged(two_unnamed), "own_domain_spoofed:high");
  Mail colleagues = passed_for("");
  colleagues.facts.from.push_back({"", "ann@own.example"});
  EXPECT_EQ(judged(colleagues), "") << "both are of the house";
  EXPECT_EQ(judged(passed_for("evil.example")), "") << "a list of the house rewrote From below the border";
  two.facts.route.auth.clear();
  EXPECT_EQ(judged(two.auth("dmarc", "pass", "header.from", "own.example")), "");
}

/// The same, as Exchange notes it: no reverse names.
Mail at_exchange(const char* helo) {
  Mail mail = at_the_border(helo);
  mail.facts.route.hops.back().shape = "exchange";
  return mail;
}

TEST(OwnDomainSpoofed, AnOwnNameInHeloAloneIsNoProof) {
  EXPECT_EQ(judged(at_the_border("mail.own.example")), "own_domain_spoofed:high") << "the border found no reverse name";
  EXPECT_EQ(judged(at_the_border("mail.own.example", "vps.evil.example")), "own_domain_spoofed:high");
  for (const char* result : {"none", "neutral", "temperror"})
    EXPECT_EQ(judged(at_the_border("mail.own.example").auth("spf", result)), "own_domain_spoofed:high") << result;
  Mail forged = at_the_border("mail.own.example", "mail.own.example");
  forged.facts.route.hops.back().raw = "from mail.own.example (mail.own.example [203.0.113.9] (may be forged)) by mx.own.example";
  EXPECT_EQ(judged(forged), "own_domain_spoofed:high") << "the name does not lead back to the address";
  EXPECT_EQ(judged(at_the_border("mail.own.example", "mail.own.example").auth("spf", "softfail")), "");
  Mail hairpin = at_the_border("mail.own.example");
  hairpin.facts.route.hops.back().ip_by = hairpin.facts.route.hops.back().from.ip;
  EXPECT_EQ(judged(hairpin), "") << "out and in by the own public address";
}

TEST(OwnDomainSpoofed, WhereNobodyLooksForNamesAnOwnNameInHeloStandsUnlessTheBorderSaysOtherwise) {
  EXPECT_EQ(judged(at_exchange("mail.own.example")), "");
  EXPECT_EQ(judged(at_exchange("mail.own.example").auth("spf", "none").auth("dkim", "none")), "");
  EXPECT_EQ(judged(at_exchange("mail.own.example").auth("spf", "softfail", "smtp.mailfrom", "own.example")),
            "own_domain_spoofed:high");
  EXPECT_EQ(judged(at_exchange("mail.own.example").auth("spf", "pass", "smtp.mailfrom", "b@evil.example")),
            "own_domain_spoofed:high");
  EXPECT_EQ(judged(at_exchange("mail.own.example").auth("dkim", "pass", "header.d", "evil.example")), "own_domain_spoofed:high");
  EXPECT_EQ(judged(at_exchange("mail.own.example").auth("dkim", "pass", "header.d", "own.example")), "");
  Mail anonymous = at_exchange("mail.own.example");
  anonymous.facts.gateway.by_border = true;
  anonymous.facts.gateway.auth_as = "Anonymous";
  EXPECT_EQ(judged(anonymous), "own_domain_spoofed:high") << "nobody logged in, and no server of the house is known";
  for (const char* shape : {"domino", "intermail", ""}) {
    Mail unknown = at_exchange("mail.own.example");
    unknown.facts.route.hops.back().shape = shape;
    EXPECT_EQ(judged(unknown), "") << shape << ": nothing says that it looked for a name";
  }
  Mail hybrid = at_exchange("x.outbound.protection.outlook.com");
  hybrid.facts.gateway = anonymous.facts.gateway;
  EXPECT_EQ(judged(hybrid), "own_domain_spoofed:high") << "an operator's name in HELO alone";
  hybrid.facts.route.hops.back().from.ip = "40.107.22.1";
  EXPECT_EQ(judged(hybrid), "") << "the filter in the cloud looked, before the own servers";
  Mail esa = at_exchange("mail.own.example");
  esa.facts.route.hops.back().shape = "ironport";
  EXPECT_EQ(judged(esa), "");
  esa.facts.route.hops.back().raw = "from unknown (HELO mail.own.example) ([203.0.113.9]) by mx.own.example";
  EXPECT_EQ(judged(esa), "own_domain_spoofed:high") << "AsyncOS found no reverse name";
}

TEST(OwnDomainSpoofed, AnOperatorsNameInHeloAloneIsNoService) {
  constexpr auto kObe = "x.outbound.protection.outlook.com";
  EXPECT_EQ(judged(at_exchange(kObe)), "") << "nothing was looked at: it may be the own service";
  EXPECT_EQ(judged(at_the_border(kObe, "mail-x.outbound.protection.outlook.com")), "") << "by its reverse name";
  EXPECT_EQ(judged(at_the_border(kObe, "", "40.107.2.9")), "") << "by Microsoft's networks";
  EXPECT_EQ(judged(at_the_border(kObe)), "own_domain_spoofed:high");
  EXPECT_EQ(judged(at_the_border(kObe, "vps.evil.example")), "own_domain_spoofed:high");
  EXPECT_EQ(judged(at_the_border("o1.ptr12.sendgrid.net")), "own_domain_spoofed:high");
}

TEST(OwnDomainSpoofed, AMailboxThatItsOwnerEmptiedHandsNothingOver) {
  Mail fetched = at_the_border("pop.isp.example", "", "203.0.113.200");
  fetched.facts.route.hops.back().with = "POP3";
  EXPECT_EQ(judged(fetched), "");
}

TEST(OwnDomainSpoofed, TheEvidenceHoldsTheBordersLine) {
  Investigation investigation("own.example");
  const auto findings = investigation.judge(at_the_border("vps.evil.example", "vps.evil.example"));
  const Finding* found = finding(findings, "own_domain_spoofed");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(evidence(*found, "why"), "anonymous");
  EXPECT_EQ(evidence(*found, "from_ip"), "203.0.113.9");
  ASSERT_EQ(found->because.size(), 2U);
  EXPECT_EQ(found->because[1].text, "Received: from vps.evil.example by mx.own.example");
}

TEST(OwnDomainSpoofed, WhatTheOwnSideSendsByOtherWaysIsSilent) {
  const auto with = [](Mail mail, const char* protocol) {
    mail.facts.route.hops.back().with = protocol;
    return judged(mail);
  };
  const Mail laptop = at_the_border("[192.168.1.20]", "dsl-7.isp.example");
  for (const char* protocol : {"ESMTPSA", "esmtpsa", "UTF8SMTPSA", "ASMTP", "HTTP", "mapi"})
    EXPECT_EQ(with(laptop, protocol), "") << protocol;
  Mail logged_in = laptop;
  logged_in.facts.route.hops.back().auth_user = "boss@own.example";
  EXPECT_EQ(judged(logged_in), "");
  EXPECT_EQ(judged(at_the_border("scanner", "", "192.168.7.8")), "") << "the scanner in the corridor";
  EXPECT_EQ(judged(at_the_border("mail.own.example", "mail.own.example")), "") << "another site";
  EXPECT_EQ(judged(at_the_border("news.mailer.example").auth("dkim", "pass", "header.d", "own.example")), "") << "a newsletter";
  EXPECT_EQ(judged(at_the_border("news.mailer.example").auth("spf", "pass", "smtp.mailfrom", "b@own.example")), "");
}

TEST(OwnDomainSpoofed, WhatOwnServersSendOutTheyTookFromTheirOwn) {
  Mail out = at_the_border("tom-pc", "dsl-7.isp.example");
  out.facts.to = {scene::person("ann@firm.example")};
  EXPECT_EQ(judged(out), "") << "no server relays for strangers";
  out.facts.route.hops.back().for_whom = "bob@own.example";
  EXPECT_EQ(judged(out), "own_domain_spoofed:high") << "a blind copy to the own side";
}

TEST(OwnDomainSpoofed, OwnMailThatComesBackIsNoSpoof) {
  const auto back = [](const char* into_list) {
    Mail mail(1, "ann@own.example", "list@club.example");
    mail.cc("bob@own.example");
    mail.hop("pc", "mail.own.example", 0, false).hop(into_list, "lists.club.example", 1, false);
    mail.facts.route.hops.back().from = {into_list, into_list, "203.0.113.2"};
    mail.facts.route.hops.back().link = facts::Link::name;
    mail.hop("lists.club.example", "mx.own.example", 2, true);
    mail.facts.route.hops.back().from = {"lists.club.example", "lists.club.example", "203.0.113.77"};
    mail.facts.route.hops.back().link = facts::Link::name;
    return mail;
  };
  EXPECT_EQ(judged(back("mail.own.example")), "");
  EXPECT_EQ(judged(back("vps.evil.example")), "own_domain_spoofed:high") << "the list had it from somebody else";
  Mail list = back("vps.evil.example").auth("dkim", "pass", "header.d", "own.example");
  list.facts.is_list = true;
  EXPECT_EQ(judged(list), "");
}

TEST(OwnDomainSpoofed, IsMediumForOrdinaryMailThatAListPassedOn) {
  const auto listed = [](std::string_view bounces) {
    Mail mail(1, "ann@own.example", "list@club.example");
    mail.auth("dmarc", "fail").auth("spf", "pass", "smtp.mailfrom", bounces).facts.is_list = true;
    return mail;
  };
  EXPECT_EQ(judged(listed("list-bounces@club.example")), "own_domain_spoofed:medium");
  EXPECT_EQ(judged(listed("list-bounces@club.example").request("payment", "...")), "own_domain_spoofed:high");
  Mail bare(1, "ann@own.example", "bob@own.example");
  bare.auth("dmarc", "fail").facts.is_list = true;
  EXPECT_EQ(judged(bare), "own_domain_spoofed:high") << "nothing vouches for a list";
}

TEST(OwnDomainSpoofed, AListIsToldByItsHostWhereTheBorderNotesNothing) {
  const auto handed_over_by = [](const char* host) {
    Mail mail = at_the_border(host, host);
    mail.facts.is_list = true;
    mail.facts.return_path = "list-bounces@club.example";
    return mail;
  };
  EXPECT_EQ(judged(handed_over_by("lists.club.example")), "own_domain_spoofed:medium");
  EXPECT_EQ(judged(handed_over_by("vps.evil.example")), "own_domain_spoofed:high");
  Mail own_bounces = handed_over_by("vps.evil.example");
  own_bounces.facts.return_path = "ann@own.example";
  EXPECT_EQ(judged(own_bounces), "own_domain_spoofed:high");
}

TEST(OwnDomainSpoofed, ABorderThatIsNobodysOrUnknownIsSilent) {
  Mail elsewhere(1, "ann@own.example", "bob@firm.example");
  elsewhere.hop("relay.host.example", "mx.firm.example", 1, true);
  elsewhere.facts.route.hops.back().from = {"relay.host.example", "", "203.0.113.9"};
  elsewhere.facts.route.hops.back().trust_inferred = true;
  EXPECT_EQ(judged(elsewhere), "") << "the partner's mailbox: how the own side sends, it does not know";
  Mail hosted(3, "ann@own.example", "bob@own.example");
  hosted.facts.route = elsewhere.facts.route;
  EXPECT_EQ(judged(hosted), "") << "somebody runs the own mail, and notes nothing";
  EXPECT_EQ(judged(hosted.auth("spf", "none").auth("dkim", "none")), "own_domain_spoofed:high");
  Mail unknown(2, "ann@own.example", "bob@own.example");
  unknown.hop("vps.evil.example", "mx.own.example", 1, false);
  EXPECT_EQ(judged(unknown), "");
}

}  // namespace
}  // namespace threadline::findings
