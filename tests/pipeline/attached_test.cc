// SPDX-License-Identifier: Apache-2.0
// When a message could first be known that is attached to another.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "pipeline/analysis.h"
#include "run_folder.h"

namespace threadline::pipeline {
namespace {

std::string mail(std::string_view from, std::string_view id, std::string_view date, std::string_view body) {
  std::string text;
  text.append("Received: from mx.supplier.example (mx.supplier.example [192.0.2.9]) by mx.own.example with ESMTPS id 1; ")
      .append(date);
  text.append("\nFrom: ").append(from).append("\nTo: B <b@own.example>\nSubject: Our account\nMessage-ID: <").append(id);
  return text.append("@supplier.example>\nDate: ").append(date).append("\n").append(body);
}

std::string text_of(std::string_view iban) { return "\nPlease pay to IBAN " + std::string(iban) + "\n"; }

std::string carrying(const std::string& inner) {
  const std::string mark = "x" + std::to_string(inner.size());  // each level its own
  return "Content-Type: multipart/mixed; boundary=" + mark + "\n\n--" + mark + "\n\nsee the mail\n--" + mark +
         "\nContent-Type: message/rfc822\n\n" + inner + "\n--" + mark + "--\n";
}

constexpr std::string_view kTrueIban = "FR7630006000011234567890189", kOtherIban = "FR1420041010050500013M02606";
constexpr auto kAnn = "Ann <ann@supplier.example>";

/// "source code" of each finding about accounts, for mails in which somebody hands on what is dated before Ann's mail of March.
std::set<std::string> told_when_handed_on_by(std::string_view from, bool is_nested = false) {
  const RunFolder folder;
  std::string inner = mail(kAnn, "january", "Mon, 05 Jan 2026 10:00:00 +0000", text_of(kOtherIban));
  if (is_nested) inner = mail("C <c@elsewhere.example>", "april1", "Wed, 01 Apr 2026 09:00:00 +0000", carrying(inner));
  folder.write("1.eml", mail(kAnn, "march", "Mon, 02 Mar 2026 10:00:00 +0000", text_of(kTrueIban)));
  folder.write("2.eml", mail(from, "april", "Wed, 01 Apr 2026 10:00:00 +0000", carrying(inner)));
  RunSettings settings;
  settings.policy.own.domains = {"own.example"};
  const auto run = analyse({folder.path()}, settings);
  EXPECT_TRUE(run);
  std::set<std::string> told;
  for (const auto& judged : run ? run->judged : std::vector<timeline::Judged>{}) {
    for (const auto& finding : judged.findings) {
      if (finding.code.starts_with("bank_account_"))
        told.insert(judged.facts->source.substr(folder.path().size() + 1) + " " + finding.code);
    }
  }
  return told;
}

TEST(Attached, AnOutsidersMailBringsNothingThatWasKnownBefore) {
  const std::set<std::string> held_back = {"1.eml bank_account_new", "2.eml/2 bank_account_changed"};
  EXPECT_EQ(told_when_handed_on_by("C <c@elsewhere.example>"), held_back);
  EXPECT_EQ(told_when_handed_on_by(kAnn), held_back);
}

TEST(Attached, WhatAColleagueHandsOnWasKnownWhenItCame) {
  const std::set<std::string> in_time = {"2.eml/2 bank_account_new", "1.eml bank_account_changed"};
  EXPECT_EQ(told_when_handed_on_by("Bob <bob@own.example>"), in_time);
}

TEST(Attached, WhatAnOutsiderAttachedIsHeldBackThoughAColleagueHandsItOn) {
  const auto told = told_when_handed_on_by("Bob <bob@own.example>", true);
  EXPECT_TRUE(told.contains("1.eml bank_account_new"));
  EXPECT_TRUE(told.contains("2.eml/2/2 bank_account_changed"));
}

}  // namespace
}  // namespace threadline::pipeline
