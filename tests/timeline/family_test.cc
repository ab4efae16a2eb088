// SPDX-License-Identifier: Apache-2.0
#include "timeline/family.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace threadline::timeline {
namespace {

Judged message(const char* sha256, const char* carrier, std::vector<std::string> sources, std::uint64_t order) {
  auto facts = std::make_shared<facts::Facts>();
  facts->sha256 = sha256;
  facts->carrier = carrier;
  facts->source = sources.front();
  facts->sources = std::move(sources);
  facts->input_order = order;
  Judged judged;
  judged.facts = std::move(facts);
  return judged;
}

/// "a* b" of the children; "*" a copy.
std::string children(const Family& family, const char* carrier) {
  std::string line;
  const auto found = family.find(carrier);
  if (found == family.end()) return line;
  for (const Child& child : found->second)
    line += (line.empty() ? "" : " ") + child.message->facts->sha256 + (child.is_copy ? "*" : "");
  return line;
}

std::string shown(const std::vector<Judged>& all) {
  std::string line;
  for (const Judged* one : outermost(all)) line += (line.empty() ? "" : " ") + one->facts->sha256;
  return line;
}

TEST(Family, AnAttachedMessageIsShownInItsCarrierAlone) {
  const std::vector<Judged> all{message("a", "", {"mails/a.eml"}, 1), message("b", "a", {"mails/a.eml/2"}, 2)};
  EXPECT_EQ(children(family_of(all), "a"), "b");
  EXPECT_EQ(shown(all), "a");
}

/// A member of an attached archive may stand in folders of it, and in an archive inside.
TEST(Family, OneInAnAttachedArchiveIsShownInItsCarrierAlone) {
  for (const char* place : {"mails/a.eml/2!b.eml", "mails/a.eml/2!sub/b.eml", "mails/a.eml/2!sub/x.zip!in/b.eml"}) {
    const std::vector<Judged> all{message("a", "", {"mails/a.eml"}, 1), message("b", "a", {place}, 2)};
    EXPECT_EQ(shown(all), "a") << place;
    const std::vector<Judged> copies{message("a", "", {"mails/a.eml"}, 1), message("b", "a", {place, "mails/c.eml/2"}, 2),
                                     message("c", "", {"mails/c.eml"}, 3)};
    EXPECT_EQ(shown(copies), "a c") << place;
    const std::vector<Judged> apart{message("a", "", {"mails/a.eml"}, 1), message("b", "a", {place, "mails/sub/b.eml"}, 2)};
    EXPECT_EQ(shown(apart), "a b") << place;
  }
}

TEST(Family, OneThatTwoMessagesAttachIsAChildOfBoth) {
  const std::vector<Judged> all{message("a", "", {"mails/a.eml"}, 1), message("b", "a", {"mails/a.eml/2", "mails/c.eml/2"}, 2),
                                message("c", "", {"mails/c.eml"}, 3)};
  EXPECT_EQ(children(family_of(all), "a"), "b");
  EXPECT_EQ(children(family_of(all), "c"), "b*");
  EXPECT_EQ(shown(all), "a c");
}

TEST(Family, OneThatIsAFileTooIsShownApart) {
  const std::vector<Judged> all{message("a", "", {"mails/a.eml"}, 1), message("b", "a", {"mails/a.eml/2", "mails/b.eml"}, 2)};
  EXPECT_EQ(children(family_of(all), "a"), "b");
  EXPECT_EQ(shown(all), "a b");
  const std::vector<Judged> reversed{message("a", "", {"mails/a.eml"}, 2), message("b", "", {"mails/b.eml", "mails/a.eml/2"}, 1)};
  EXPECT_EQ(children(family_of(reversed), "a"), "b*");
  EXPECT_EQ(shown(reversed), "b a");
}

TEST(Family, OneTwiceInOneCarrierIsOneChild) {
  const std::vector<Judged> all{message("a", "", {"mails/a.eml"}, 1), message("b", "a", {"mails/a.eml/2", "mails/a.eml/3"}, 2)};
  EXPECT_EQ(children(family_of(all), "a"), "b");
}

}  // namespace
}  // namespace threadline::timeline
