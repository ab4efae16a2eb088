// SPDX-License-Identifier: Apache-2.0
#include "documents/programs.h"

#include <gtest/gtest.h>

#include <tuple>

#include "documents/pdf_program.h"
#include "documents/program_table.h"
#include "patience.h"
#include "pdf_writer.h"

namespace threadline::documents {
namespace {

#define SKIP_WITHOUT(program) \
  if (installed_command(program) == nullptr) GTEST_SKIP() << "not installed: " << first_command(program)->package

TEST(Programs, EveryProgramIsInTheTableAndAnyOtherNumberIsNone) {
  for (std::uint32_t number = 0; number <= static_cast<std::uint32_t>(Program::picture_code); ++number)
    EXPECT_NE(first_command(static_cast<Program>(number)), nullptr) << number;
  EXPECT_EQ(first_command(static_cast<Program>(99)), nullptr);
}

TEST(Programs, TheTextOfAPdfIsRead) {
  SKIP_WITHOUT(Program::pdf_text);
  const auto answer = programs_here(patient())->run({Program::pdf_text, 0, small_pdf("Compte FR76")});
  EXPECT_EQ(answer.output, "Compte FR76\n\f");
  EXPECT_EQ(answer.lost, "");
}

TEST(Programs, TheContentOfAPdfIsItsTextAndItsCodes) {
  ASSERT_NE(pdf_program(), "");
  const auto programs = programs_here(patient());
  for (int time = 0; time < 2; ++time) {
    const auto answer = programs->run({Program::pdf_content, 10, small_pdf("Compte FR76")});
    EXPECT_EQ(answer.output, std::string("Compte FR76\n\f\0", 14));
    EXPECT_EQ(answer.lost, "");
  }
}

TEST(Programs, AfterAPdfThatIsNotReadTheNextOneIs) {
  const auto programs = programs_here(patient());
  EXPECT_EQ(programs->run({Program::pdf_content, 10, "%PDF-1.4\nnothing"}).lost, "program_failed");
  EXPECT_EQ(programs->run({Program::pdf_content, 0, small_pdf("IBAN")}).lost, "");
}

/// No page is slow, and all of them are: the time ends between two pieces of text, not in a silence.
TEST(Programs, WhatWasReadOfAPdfBeforeItsTimeEndedIsUsed) {
  std::vector<std::string> pages{shown("Compte FR76")};
  std::string long_page;
  for (int line = 0; line < 400; ++line) long_page += shown("line " + std::to_string(line)) + "\n";
  pages.resize(5'000, long_page);
  Limits limits = patient();
  limits.program_ms = 2'000;
  const auto programs = programs_here(limits);
  std::ignore = programs->run({Program::pdf_content, 0, small_pdf("threadline-pdf runs")});
  const auto answer = programs->run({Program::pdf_content, 10, pdf_of_pages(pages).file()});
  EXPECT_EQ(answer.lost, "program_ms");
  EXPECT_TRUE(answer.output.starts_with("Compte FR76\n\f")) << answer.output.substr(0, 40);
}

TEST(Programs, WithoutBubblewrapSystemCallsAreDeniedAndTheTextIsTheSame) {
  SKIP_WITHOUT(Program::pdf_text);
  const auto answer = run_program({Program::pdf_text, 0, small_pdf("Compte FR76")}, bounds_of(Limits{}, 120'000));
  EXPECT_EQ(answer.output, "Compte FR76\n\f");
  EXPECT_EQ(answer.lost, "");
}

TEST(Programs, APageIsAGreyPicture) {
  SKIP_WITHOUT(Program::pdf_picture);
  const auto answer = programs_here(patient())->run({Program::pdf_picture, 1, small_pdf("Compte FR76")});
  EXPECT_TRUE(answer.output.starts_with("P5\n1696 2400\n255\n")) << answer.said;
}

TEST(Programs, WhatCannotBeReadFailsAndSaysWhy) {
  SKIP_WITHOUT(Program::pdf_text);
  const auto answer = programs_here(patient())->run({Program::pdf_text, 0, "%PDF-1.4\nnothing"});
  EXPECT_EQ(answer.lost, "program_failed");
  EXPECT_NE(answer.said, "");
}

}  // namespace
}  // namespace threadline::documents
