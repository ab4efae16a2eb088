// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

std::string judged(Mail mail) {
  Investigation investigation("own.example");
  return fired(investigation.judge(mail), "auth_failed");
}

Mail mail() { return Mail(1, "ann@firm.example", "bob@own.example"); }

TEST(AuthFailed, IsSilentForAPassNothingAtAllAndSpfAlone) {
  EXPECT_EQ(judged(mail()), "");
  EXPECT_EQ(judged(mail().auth("dmarc", "pass").auth("spf", "fail").auth("dkim", "pass", "header.d", "firm.example")), "");
  EXPECT_EQ(judged(mail().auth("spf", "fail", "smtp.mailfrom", "firm.example").auth("dkim", "none")), "");
  EXPECT_EQ(judged(mail().auth("spf", "fail").auth("dkim", "pass", "header.d", "mail.firm.example")), "");
  Mail untrusted = mail().auth("dmarc", "fail");
  untrusted.facts.route.auth.front().trusted = false;
  EXPECT_EQ(judged(untrusted), "");
}

TEST(AuthFailed, APassThatNamesNobodyIsTheMessagesSignatures) {
  const auto signed_by = [](std::optional<bool> is_froms) {
    Mail passed = mail().auth("dkim", "pass");
    passed.facts.route.auth.front().aligned = is_froms;
    return passed;
  };
  EXPECT_EQ(judged(signed_by(true)), "");
  EXPECT_EQ(judged(signed_by(std::nullopt)), "auth_failed:medium") << "nobody knows whose";
  EXPECT_EQ(judged(signed_by(false)), "auth_failed:medium");
}

TEST(AuthFailed, IsMediumWhereDmarcFailed) {
  EXPECT_EQ(judged(mail().auth("dmarc", "fail")), "auth_failed:medium");
  Mail list = mail().auth("dmarc", "fail");
  list.facts.is_list = true;
  EXPECT_EQ(judged(list), "auth_failed:low");
}

/// Exchange is the border, and says how the message came in.
Mail at_exchange(Mail mail, std::string_view auth_as) {
  mail.facts.gateway.by_border = true;
  mail.facts.gateway.auth_as = auth_as;
  return mail;
}

TEST(AuthFailed, IsMediumWhereMicrosoftsCompositeVerdictFailed) {
  Mail failed = mail().auth("spf", "none").auth("dkim", "none").auth("dmarc", "none").auth("compauth", "fail", "reason", "001");
  EXPECT_EQ(judged(at_exchange(failed, "Anonymous")), "auth_failed:medium");
  EXPECT_EQ(judged(at_exchange(failed, "Internal")), "") << "somebody who had logged in";
  EXPECT_EQ(judged(mail().auth("dmarc", "none").auth("compauth", "none")), "");
  EXPECT_EQ(judged(mail().auth("dmarc", "bestguesspass").auth("compauth", "fail")), "");
  EXPECT_EQ(judged(mail().auth("dkim", "pass", "header.d", "firm.example").auth("compauth", "fail")), "");
  EXPECT_EQ(judged(mail().auth("dmarc", "fail").auth("compauth", "pass", "reason", "130")), "auth_failed:low");
}

TEST(AuthFailed, AForwardingThatBreaksSpfIsSilentWhereTheSignatureIsAligned) {
  EXPECT_EQ(
      judged(mail().auth("spf", "fail", "smtp.mailfrom", "forwarder.example").auth("dkim", "pass", "header.i", "@firm.example")),
      "");
  EXPECT_EQ(
      judged(mail().auth("spf", "fail", "smtp.mailfrom", "forwarder.example").auth("dkim", "fail", "header.i", "@firm.example")),
      "auth_failed:medium");
}

TEST(AuthFailed, TheHostNearestToTheBorderSawTheMessageFirst) {
  EXPECT_EQ(judged(mail().auth("dmarc", "fail").auth("dmarc", "pass")), "")
      << "a host behind the gateway judged what it had changed";
  EXPECT_EQ(judged(mail().auth("dmarc", "pass").auth("dmarc", "fail")), "auth_failed:medium");
}

TEST(AuthFailed, APassOfAnotherDomainAloneIsMedium) {
  const auto passed = [](const char* domain) { return mail().auth("spf", "pass", "smtp.mailfrom", domain).auth("dkim", "none"); };
  EXPECT_EQ(judged(passed("bounce.mailer.example")), "auth_failed:medium");
  EXPECT_EQ(judged(passed("bounce.firm.example")), "");
  EXPECT_EQ(judged(mail().auth("dkim", "pass", "header.d", "evil.example").auth("dmarc", "none")), "auth_failed:medium");
  EXPECT_EQ(judged(mail().auth("spf", "pass").auth("dkim", "none")), "") << "it does not say whose";
}

TEST(AuthFailed, ADmarcPassOfAnotherFromIsNone) {
  const auto passed = [](const char* domain) { return mail().auth("dmarc", "pass", "header.from", domain); };
  EXPECT_EQ(judged(passed("firm.example")), "");
  EXPECT_EQ(judged(passed("mail.firm.example")), "") << "its organisational domain is looked at";
  EXPECT_EQ(judged(passed("mailer.example")), "auth_failed:medium");
  EXPECT_EQ(judged(passed("mailer.example").auth("dkim", "pass", "header.d", "mailer.example")), "auth_failed:medium");
  EXPECT_EQ(judged(passed("mailer.example").auth("dkim", "pass", "header.d", "firm.example")), "");
  Mail list = passed("mailer.example");
  list.facts.is_list = true;
  EXPECT_EQ(judged(list), "auth_failed:low") << "a list that rewrote From";
  Mail behind = passed("mailer.example");
  behind.facts.reply_to = {{"Ann", "ann@mailer.example"}};
  EXPECT_EQ(judged(behind), "") << "rewritten below the border, the author in Reply-To";
  behind.facts.reply_to = {{"Ann", "ann@evil.example"}};
  EXPECT_EQ(judged(behind), "auth_failed:medium");
}

TEST(AuthFailed, WhatOrdinaryBusinessShowsIsLow) {
  Mail newsletter = mail().auth("spf", "pass", "smtp.mailfrom", "bounce.mailer.example").auth("dkim", "none");
  newsletter.facts.is_list = true;
  EXPECT_EQ(judged(newsletter), "auth_failed:low");
  EXPECT_EQ(judged(mail().auth("dkim", "pass", "header.d", "sendgrid.net").auth("spf", "pass", "smtp.mailfrom", "sendgrid.net")),
            "auth_failed:low")
      << "a bulk sender under its own name";
  EXPECT_EQ(
      judged(mail().auth("spf", "pass", "smtp.mailfrom", "SRS0=ab=cd=firm.example=ann@alumni.example").auth("dkim", "none")),
      "auth_failed:low")
      << "a forwarder";
  EXPECT_EQ(judged(mail().auth("dkim", "pass", "header.d", "sendgrid.net").auth("dkim", "fail", "header.d", "firm.example")),
            "auth_failed:medium")
      << "and From's own signature failed";
}

TEST(AuthFailed, AnArcSetIsNotTheBordersWord) {
  Mail sealed = mail().auth("dmarc", "fail");
  sealed.facts.route.auth.front().arc_instance = 1;
  EXPECT_EQ(judged(sealed), "");
}

TEST(AuthFailed, AForgedPassIsNamedBesideTheFailure) {
  Mail forged = mail().auth("dmarc", "fail").auth("dmarc", "pass");
  forged.facts.route.auth[1].trusted = false;
  forged.facts.route.auth[1].imitates_border = true;
  Investigation investigation("own.example");
  const auto findings = investigation.judge(forged);
  EXPECT_EQ(fired(findings, "auth_failed"), "auth_failed:medium");
  const Value* imitated = finding(findings, "auth_failed")->evidence.find("imitated");
  ASSERT_NE(imitated, nullptr);
  EXPECT_EQ(*imitated->list()->front().find("result")->text(), "pass");
}

TEST(AuthFailed, AForeignSignatureDoesNotSpeakForFrom) {
  EXPECT_EQ(judged(mail().auth("spf", "fail").auth("dkim", "pass", "header.d", "other.example")), "auth_failed:medium");
}

}  // namespace
}  // namespace threadline::findings
