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

TEST(AuthFailed, IsMediumWhereDmarcFailed) {
  EXPECT_EQ(judged(mail().auth("dmarc", "fail")), "auth_failed:medium");
  Mail list = mail().auth("dmarc", "fail");
  list.facts.is_list = true;
  EXPECT_EQ(judged(list), "auth_failed:low");
}

TEST(AuthFailed, AForeignSignatureDoesNotSpeakForFrom) {
  EXPECT_EQ(judged(mail().auth("spf", "fail").auth("dkim", "pass", "header.d", "other.example")), "auth_failed:medium");
}

}  // namespace
}  // namespace threadline::findings
