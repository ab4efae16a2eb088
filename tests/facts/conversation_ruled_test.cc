// SPDX-License-Identifier: Apache-2.0
// A line drawn across the page before labels that stand on one line: a quoted message, or a notice that only has such words.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "facts/conversation/conversation.h"
#include "facts/conversation/tokens.h"

namespace threadline::facts {
namespace {

Conversation read_html(std::string content) {
  const message::Text part{.part = "1", .html = true, .attached = false, .charset = "utf-8", .content = std::move(content)};
  return read_quoted(read_text(part, {}), 120, {});
}

struct Page {
  const char* name;
  std::string body;
  std::vector<std::string> senders;  ///< of the quoted messages: "address minute: words"
};

class RuledPages : public ::testing::TestWithParam<Page> {};

TEST_P(RuledPages, AreQuotedWhereTheSenderHasAnAddress) {
  std::vector<std::string> senders;
  for (const QuotedBlock& block : read_html(GetParam().body).quoted)
    senders.push_back(block.from.address + " " + (block.date ? rfc3339(block.date->at).substr(0, 16) : "-") + ": " +
                      std::string(trimmed_line(block.text)));
  EXPECT_EQ(senders, GetParam().senders);
}

const std::string kEnglish =
    "<div><b>From: ann@firm.example</b> <b>Sent: Thu, 5 Apr 2018 10:37:12 +0200</b></div><div>Hello</div>";
const std::string kFrench = "<p><b>De :</b> Ann Lee &lt;ann@firm.example&gt; <b>Objet :</b> Pompes</p><p>Bonjour</p>";

INSTANTIATE_TEST_SUITE_P(
    Twins, RuledPages,
    ::testing::Values(
        Page{"no_rule", "<p>Yes.</p>" + kEnglish, {}},
        Page{"a_rule_farther_up", "<p>Yes.</p><hr><p>Regards, Bob</p>" + kEnglish, {}},
        Page{"a_timetable", "<p>Come.</p><hr><p>From: 9:00 To: 17:00 Date: Thu, 5 Apr 2018. Write to desk@firm.example</p>", {}},
        Page{"a_journey", "<p>Come.</p><hr><p>From: Paris To: Lyon Date: 05/04/2018 10:37, tickets@rail.example</p>", {}},
        Page{"an_event", "<p>Come.</p><hr><p>Subject: Open day Date: 05/04/2018 Contact: desk@firm.example</p>", {}},
        Page{"a_contact", "<p>Yes.</p><hr><p>To: write to desk@firm.example or call. From: Monday</p>", {}}),
    [](const auto& page) { return page.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Quotes, RuledPages,
    ::testing::Values(
        Page{"rule", "<p>Yes.</p><div><hr>" + kEnglish + "</div>", {"ann@firm.example 2018-04-05T10:37: Hello"}},
        Page{"rule_and_blank_lines", "<p>Yes.</p><hr><br><br>" + kEnglish, {"ann@firm.example 2018-04-05T10:37: Hello"}},
        Page{"french", "<p>Oui.</p><hr>" + kFrench, {"ann@firm.example -: Bonjour"}},
        Page{"border_of_outlook",
             "<p>Oui.</p><div style='border:none;border-top:solid #E1E1E1 1.0pt'>" + kFrench + "</div>",
             {"ann@firm.example -: Bonjour"}}),
    [](const auto& page) { return page.param.name; });

TEST(Spans, OfHtmlEndWhereTheWordsEnd) {
  const std::string page = "<blockquote type=cite>Hello<div>Ann</div></blockquote><p>Yes.</p>";
  const Conversation conversation = read_html(page);
  ASSERT_EQ(conversation.quoted.size(), 1U);
  const Span& span = conversation.quoted.front().span;
  EXPECT_EQ(page.substr(span.offset, span.length), "Hello<div>Ann");
}

}  // namespace
}  // namespace threadline::facts
