// SPDX-License-Identifier: Apache-2.0
#include "findings/known_domains.h"

#include <gtest/gtest.h>

namespace threadline::findings {
namespace {

void learn(memory::Store& store, const std::string& domain) {
  memory::Learnt learnt;
  learnt.facts = std::make_shared<facts::Facts>();
  learnt.took_part = {{"ann@" + domain, domain, false}};
  store.learn(std::move(learnt));
}

void dispute(memory::Store& store, const std::string& domain) {
  memory::Learnt learnt;
  learnt.disputed_domains = {domain};
  store.learn(std::move(learnt));
}

std::string best(KnownDomains& known, const memory::Store& store, std::string_view candidate) {
  const auto resemblance = known.best(store, candidate);
  return resemblance ? resemblance->reference : std::string{};
}

TEST(KnownDomains, OneThatIsDisputedSinceIsNoReferenceAndTheOthersAreNotReadAgain) {
  const auto store = memory::in_memory();
  KnownDomains known;
  for (const auto* domain : {"kestrelworks.example", "kestrelwork.example", "ostrelune.example"}) learn(*store, domain);
  ASSERT_EQ(best(known, *store, "kestrelwrk.example"), "kestrelwork.example");
  const std::uint64_t number = store->number();
  dispute(*store, "kestrelwork.example");
  EXPECT_EQ(store->number(), number);
  EXPECT_EQ(best(known, *store, "kestrelwrk.example"), "kestrelworks.example");
  EXPECT_EQ(best(known, *store, "kestreiworks.example"), "kestrelworks.example");
  EXPECT_FALSE(known.known(*store, "kestrelwork.example"));
  EXPECT_TRUE(known.known(*store, "ostrelune.example"));
}

}  // namespace
}  // namespace threadline::findings
