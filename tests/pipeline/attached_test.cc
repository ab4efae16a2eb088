// SPDX-License-Identifier: Apache-2.0
// When a message could first be known that is attached to another.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "archive/archive_writer.h"
#include "pipeline/analysis.h"
#include "run_folder.h"
#include "text/base64.h"

namespace threadline::pipeline {
namespace {

constexpr std::string_view kOutside = "mx.supplier.example (mx.supplier.example [192.0.2.9])",
                           kInside = "mail.own.example (mail.own.example [10.0.0.4])";

std::string mail(std::string_view from, std::string_view id, std::string_view date, std::string_view body,
                 std::string_view host = kOutside) {
  std::string text;
  if (!host.empty())
    text.append("Received: from ").append(host).append(" by mx.own.example with ESMTPS id 1; ").append(date).append("\n");
  text.append("From: ").append(from).append("\nTo: B <b@own.example>\nSubject: Our account\nMessage-ID: <").append(id);
  text.append("@supplier.example>\n");
  if (!date.empty()) text.append("Date: ").append(date).append("\n");
  return text.append(body);
}

std::string text_of(std::string_view iban) { return "\nPlease pay to IBAN " + std::string(iban) + "\n"; }

std::string carrying(const std::string& inner) {
  const std::string mark = "x" + std::to_string(inner.size());  // each level its own
  return "Content-Type: multipart/mixed; boundary=" + mark + "\n\n--" + mark + "\n\nsee the mail\n--" + mark +
         "\nContent-Type: message/rfc822\n\n" + inner + "\n--" + mark + "--\n";
}

constexpr std::string_view kTrueIban = "FR7630006000011234567890189", kOtherIban = "FR1420041010050500013M02606";
constexpr auto kAnn = "Ann <ann@supplier.example>";

std::string packing(const std::string& inner) {
  return "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nsee the mail\n--x\nContent-Type: application/zip; name=a.zip\n"
         "Content-Transfer-Encoding: base64\n\n" +
         text::encode_base64(archive::written({{"january.eml", inner}}), "\n") + "\n--x--\n";
}

/// "source code" of each finding about accounts, for mails in which somebody hands on what is dated before Ann's mail of March.
std::set<std::string> told_when_handed_on_by(std::string_view from, bool is_nested = false, std::string_view host = kOutside,
                                             std::string_view date = "Wed, 01 Apr 2026 10:00:00 +0000", bool is_packed = false) {
  const RunFolder folder;
  std::string inner = mail(kAnn, "january", "Mon, 05 Jan 2026 10:00:00 +0000", text_of(kOtherIban));
  if (is_nested) inner = mail("C <c@elsewhere.example>", "april1", "Wed, 01 Apr 2026 09:00:00 +0000", carrying(inner));
  folder.write("1.eml", mail(kAnn, "march", "Mon, 02 Mar 2026 10:00:00 +0000", text_of(kTrueIban)));
  folder.write("2.eml", mail(from, "april", date, is_packed ? packing(inner) : carrying(inner), host));
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

TEST(Attached, AMailInAnArchiveIsKnownAsOneAttached) {
  const auto told_in_zip = [](std::string_view from, std::string_view host) {
    return told_when_handed_on_by(from, false, host, "Wed, 01 Apr 2026 10:00:00 +0000", true);
  };
  const std::set<std::string> held_back = {"1.eml bank_account_new", "2.eml/2!january.eml bank_account_changed"};
  const std::set<std::string> in_time = {"2.eml/2!january.eml bank_account_new", "1.eml bank_account_changed"};
  EXPECT_EQ(told_in_zip("C <c@elsewhere.example>", kOutside), held_back);
  EXPECT_EQ(told_in_zip("Bob <bob@own.example>", kInside), in_time);
}

TEST(Attached, WhatAColleagueHandsOnWasKnownWhenItCame) {
  const std::set<std::string> in_time = {"2.eml/2 bank_account_new", "1.eml bank_account_changed"};
  EXPECT_EQ(told_when_handed_on_by("Bob <bob@own.example>", false, kInside), in_time);
}

TEST(Attached, WhoOnlyClaimsToBeAColleagueIsAnOutsider) {
  const std::set<std::string> held_back = {"1.eml bank_account_new", "2.eml/2 bank_account_changed"};
  EXPECT_EQ(told_when_handed_on_by("Bob <bob@own.example>"), held_back);
  EXPECT_TRUE(told_when_handed_on_by("Bob <bob@own.example>", true).contains("1.eml bank_account_new"));
}

TEST(Attached, WhatComesWithoutADateWasKnownLast) {
  const std::set<std::string> held_back = {"1.eml bank_account_new", "2.eml/2 bank_account_changed"};
  EXPECT_EQ(told_when_handed_on_by("C <c@elsewhere.example>", false, "", ""), held_back);
}

TEST(Attached, WhatAnOutsiderAttachedIsHeldBackThoughAColleagueHandsItOn) {
  const auto told = told_when_handed_on_by("Bob <bob@own.example>", true, kInside);
  EXPECT_TRUE(told.contains("1.eml bank_account_new"));
  EXPECT_TRUE(told.contains("2.eml/2/2 bank_account_changed"));
}

bool is_unreadable_with(const std::string& zip) {
  const RunFolder folder;
  folder.write("1.eml", mail(kAnn, "march", "Mon, 02 Mar 2026 10:00:00 +0000",
                             "Content-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\n\n" +
                                 text::encode_base64(zip, "\n") + "\n"));
  RunSettings settings;
  settings.policy.own.domains = {"own.example"};
  const auto run = analyse({folder.path()}, settings);
  EXPECT_TRUE(run);
  return run && run->unreadable;
}

TEST(Attached, ADamagedArchiveIsUnreadableEvidence) {
  std::string zip = archive::written({{"a.txt", "first"}}, {"zip", "none", "zip:compression=store", ""});
  EXPECT_FALSE(is_unreadable_with(zip));
  zip[zip.find("first")] = 'F';
  EXPECT_TRUE(is_unreadable_with(zip));
}

}  // namespace
}  // namespace threadline::pipeline
