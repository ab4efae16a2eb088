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
  EXPECT_EQ(judged(claimed), "") << "no Exchange at the border: the field is anybody's";
}

}  // namespace
}  // namespace threadline::findings
