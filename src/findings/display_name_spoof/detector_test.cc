// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

policy::Policy firm() {
  policy::Policy policy;
  policy.own.domains = {"own.example"};
  policy.own.people = {{.name = "Grace Chief", .addresses = {"grace@own.example", "grace.home@gmail.com"}, .role = "authority"}};
  return policy;
}

std::string judged(std::string_view from, bool about_payment) {
  Investigation investigation(firm());
  Mail mail(1, from, "bob@own.example");
  mail.subject(about_payment ? "Virement urgent" : "Bonjour");
  return fired(investigation.judge(mail), "display_name_spoof");
}

TEST(DisplayNameSpoof, IsSilentForThePersonsOwnAddressesAndForStrangers) {
  EXPECT_EQ(judged("Grace Chief <grace@own.example>", true), "");
  EXPECT_EQ(judged("Grace Chief <grace.home@gmail.com>", true), "");
  EXPECT_EQ(judged("Zoe Quinn <zoe@elsewhere.example>", true), "");
  EXPECT_EQ(judged("\"zoe@mail.elsewhere.example\" <zoe@elsewhere.example>", true), "");
}

TEST(DisplayNameSpoof, IsMediumForAKnownNameElsewhereAndHighAboutPayment) {
  EXPECT_EQ(judged("Grace Chief <office@elsewhere.example>", false), "display_name_spoof:medium");
  EXPECT_EQ(judged("CHIEF Grace <office@elsewhere.example>", true), "display_name_spoof:high");
  EXPECT_EQ(judged("Grace Chief <grace.chief@gmail.com>", true), "display_name_spoof:high");
}

TEST(DisplayNameSpoof, IsLowForServicesAndForAPrivateAddress) {
  EXPECT_EQ(judged("Grace Chief via Signing <mail@signing.example>", true), "display_name_spoof:low");
  EXPECT_EQ(judged("Grace Chief <grace.chief@gmail.com>", false), "display_name_spoof:low");
}

TEST(DisplayNameSpoof, AKnownAddressInTheNameIsNotTheSendersOwn) {
  EXPECT_EQ(judged("grace@own.example <x@elsewhere.example>", false), "display_name_spoof:medium");
  EXPECT_EQ(judged("someone@nowhere.example <x@elsewhere.example>", false), "display_name_spoof:low");
}

}  // namespace
}  // namespace threadline::findings
