// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

TEST(PayrollChange, ConcernsTheNewTextOnly) {
  Investigation investigation("own.example");
  Mail quoted(1, "ann@firm.example", "bob@own.example"), other(2, "ann@firm.example", "bob@own.example");
  quoted.request("payroll", "...").facts.requests.front().block = 0;
  EXPECT_EQ(fired(investigation.judge(quoted), "payroll_change"), "");
  EXPECT_EQ(fired(investigation.judge(other.request("payment", "...")), "payroll_change"), "");
}

TEST(PayrollChange, IsMediumInsideAndHighFromOutside) {
  Investigation investigation("own.example");
  Mail inside(1, "ann@own.example", "hr@own.example"), outside(2, "ann.own@gmail.com", "hr@own.example");
  EXPECT_EQ(fired(investigation.judge(inside.request("payroll", "...")), "payroll_change"), "payroll_change:medium");
  EXPECT_EQ(fired(investigation.judge(outside.request("payroll", "...")), "payroll_change"), "payroll_change:high");
}

TEST(PayrollChange, AFirstAccountInAnswerToTheEmployerIsNoneAndAChangedOneIs) {
  const auto judged = [](std::string_view kind, bool is_answer) {
    Investigation investigation("own.example");
    Mail asked(1, "hr@own.example", "ann.lee@gmail.com"), given(2, "ann.lee@gmail.com", "hr@own.example");
    investigation.judge(asked.subject("Your first day"));
    if (is_answer) given.answers(asked);
    return fired(investigation.judge(given.request(kind, "...")), "payroll_change");
  };
  EXPECT_EQ(judged("payroll_given", true), "");
  EXPECT_EQ(judged("payroll_given", false), "payroll_change:high");
  EXPECT_EQ(judged("payroll", true), "payroll_change:high");
}

}  // namespace
}  // namespace threadline::findings
