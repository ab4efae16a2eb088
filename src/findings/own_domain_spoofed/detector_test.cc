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

}  // namespace
}  // namespace threadline::findings
