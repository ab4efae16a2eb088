// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <ctime>
#include <string>
#include <string_view>

#include "facts/conversation/conversation.h"
#include "facts/conversation/tokens.h"

namespace threadline::facts {
namespace {

Conversation read(std::string content) {
  const message::Text part{.part = "1", .html = true, .attached = false, .charset = "utf-8", .content = std::move(content)};
  return read_quoted(read_text(part, Limits{}), 120, Limits{});
}

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  return text;
}

/// Seconds of the processor, whatever else runs.
double reading_time(const std::string& body) {
  const std::clock_t begin = std::clock();
  EXPECT_LE(read(body).quoted.size(), Limits{}.quoted_blocks);
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

TEST(HtmlHistory, HostileMarkupIsReadInLinearTime) {
  struct Body {
    std::string_view name, before, piece, after;
  };
  constexpr Body kBodies[] = {
      {"nested blockquotes", "", "<blockquote type=cite>a", ""},
      {"nested containers", "", "<div class=gmail_quote>a", ""},
      {"containers", "", "<div class=gmail_quote>a</div>", ""},
      {"introductions in containers", "", "<div class=gmail_quote>x@y.example wrote:<blockquote>a</blockquote></div>", ""},
      {"attribution marks", "", "<div class=gmail_attr>2018-04-05 10:37:</div>", ""},
      {"headers", "", "<div id=divRplyFwdMsg>A: x@y.example<br></div>", ""},
      {"rules", "", "<hr>A: x@y.example<br>", ""},
      {"prefixes", "<div class='", "x_", "'>a</div>"},
      {"digits", "<div class='gmail_quote", "1", "'>a</div>"},
      {"classes", "<div class='", "q ", "'>a</div>"},
      {"styles", "<div style='", "border-left", "'>a</div>"},
  };
  for (const Body& body : kBodies) {
    const auto of_size = [&](std::size_t bytes) {
      return std::string(body.before) + repeated(body.piece, bytes) + std::string(body.after);
    };
    double small = 0, large = 0;
    for (int round = 0; round < 3 && (round == 0 || large >= 10 * small + 0.2); ++round) {  // others may use the caches meanwhile
      small = reading_time(of_size(1U << 20U));
      large = reading_time(of_size(4U << 20U));
    }
    EXPECT_LT(large, 10 * small + 0.2) << body.name << ": four times the bytes, " << small << " s and " << large << " s";
  }
}

}  // namespace
}  // namespace threadline::facts
