// SPDX-License-Identifier: Apache-2.0
// Bodies that nobody writes but an attacker: each is read in under a second, within limits, and says so.
#include <gtest/gtest.h>

#include <ctime>
#include <functional>
#include <iostream>
#include <string>

#include "quoted_letter.h"

namespace threadline::facts {
namespace {

std::string repeated(std::size_t times, const std::function<std::string(std::size_t)>& line) {
  std::string text;
  for (std::size_t index = 0; index < times; ++index) text += line(index);
  return text;
}

struct Extreme {
  const char* name;
  std::function<std::string()> body;
  const char* note;  ///< the limit that it meets, or empty
};

std::string levels_of(std::size_t most) {
  return repeated(most, [](std::size_t depth) {
    const std::string marks(depth, '>');
    return marks + " On 5 Apr 2018, at 10:37, Anna <anna@firm.example> wrote:\n" + marks + "> Hello\n";
  });
}

const Extreme kExtremes[] = {
    {"a thousand quoted levels", [] { return levels_of(1'000); }, "quoted_levels"},
    {"a thousand header blocks",
     [] {
       return repeated(1'000, [](std::size_t) {
         return std::string("From: Anna <anna@firm.example>\nSent: 05/04/2018 10:37\nTo: Bruno\nSubject: x\n\nHello\n\n");
       });
     },
     "quoted_levels"},
    {"4 MiB of marks in one line", [] { return std::string(4U << 20U, '>'); }, ""},
    {"4 MiB of marks, a line each", [] { return repeated(2U << 20U, [](std::size_t) { return std::string(">\n"); }); }, ""},
    {"4 MiB of quoted words", [] { return repeated(1U << 19U, [](std::size_t) { return std::string("> word\n"); }); }, ""},
    {"one line of 4 MiB", [] { return std::string(4U << 20U, 'x'); }, ""},
    {"one line of 4 MiB of colons", [] { return std::string(4U << 20U, ':'); }, ""},
    {"100,000 labels", [] { return repeated(100'000, [](std::size_t) { return std::string("From: x\n"); }); }, ""},
    {"100,000 labels in turn",
     [] { return repeated(100'000, [](std::size_t at) { return std::string(at % 2 == 0 ? "From: x\n" : "To: y\n"); }); }, ""},
    {"100,000 labels of lists",
     [] { return repeated(100'000, [](std::size_t) { return std::string("To: Anna <anna@firm.example>,\n"); }); }, ""},
    {"100,000 wrapped lines behind a label",
     [] {
       return "To: Anna <anna@firm.example>,\n" +
              repeated(100'000, [](std::size_t) { return std::string("Bruno <bruno@firm.example>,\n"); });
     },
     ""},
    {"100,000 attributions",
     [] {
       return repeated(100'000,
                       [](std::size_t) { return std::string("On 5 Apr 2018, at 10:37, Anna <a@firm.example> wrote:\n"); });
     },
     "quoted_levels"},
    {"100,000 lines like attributions",
     [] {
       return repeated(100'000,
                       [](std::size_t) { return std::string("On the fifth of April 2018 Anna and Bruno wrote much:\n"); });
     },
     ""},
    {"100,000 separators",
     [] { return repeated(100'000, [](std::size_t) { return std::string("-----Original Message-----\n"); }); }, ""},
    {"100,000 separators in prose",
     [] { return repeated(100'000, [](std::size_t) { return std::string("---- Forwarded by nobody at all 1/1 ----\nx\n"); }); },
     "quoted_levels"},
    {"100,000 answers between quotes", [] { return repeated(100'000, [](std::size_t) { return std::string("> a\nb\n"); }); }, ""},
};

#ifdef __SANITIZE_ADDRESS__
constexpr double kSlower = 5;  // what the sanitizers put into the code
#else
constexpr double kSlower = 1;
#endif

TEST(Extremes, AreReadInLessThanASecondEach) {
  for (const Extreme& extreme : kExtremes) {
    const std::string body = extreme.body();
    const std::clock_t begin = std::clock();
    const Conversation got = letters::read(body);
    const double took = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;  // of the processor, whatever else runs
    std::cout << "  " << static_cast<int>(took * 1'000) << " ms  " << extreme.name << ": " << got.quoted.size() << " quoted\n";
    EXPECT_LT(took, kSlower) << extreme.name;
    EXPECT_LE(got.quoted.size(), Limits{}.quoted_blocks) << extreme.name;
    if (*extreme.note != '\0') {
      ASSERT_FALSE(got.notes.empty()) << extreme.name;
      EXPECT_TRUE(got.notes[0].text.starts_with(extreme.note)) << extreme.name << ": " << got.notes[0].text;
    }
  }
}

}  // namespace
}  // namespace threadline::facts
