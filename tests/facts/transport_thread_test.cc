// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "facts/transport/thread.h"

namespace threadline::facts {
namespace {

// Header 01 D3 CC B0 00 00: FILETIME 0x01D3CCB000000000 counts from 1601: 2018-04-05 07:30:41 UTC; GUID bytes 00..0F.
constexpr const char* kClassic = "AdPMsAAAAAECAwQFBgcICQoLDA0ODw==";

TEST(ThreadIndex, AClassicHeaderIsSixBytesOfFiletimeAndAGuid) {
  const auto index = read_thread_index(kClassic, {});
  ASSERT_TRUE(index);
  EXPECT_EQ(index->form, "classic");
  EXPECT_EQ(index->guid, "03020100-0504-0706-0809-0a0b0c0d0e0f");
  EXPECT_EQ(rfc3339_utc(index->root_time), "2018-04-05T07:30:41Z");
  EXPECT_TRUE(index->child_times.empty());
}

TEST(ThreadIndex, AChildAddsItsDifference) {
  // 00 00 5F 5E .. : 0x5F5E units of 2^18 ticks are 639.99 s.
  const auto index = read_thread_index("AdPMsAAAAAECAwQFBgcICQoLDA0ODwAAX14Q", {});
  ASSERT_TRUE(index);
  ASSERT_EQ(index->child_times.size(), 1U);
  EXPECT_EQ(index->child_times[0].seconds - index->root_time.seconds, 640);
}

TEST(ThreadIndex, WhatIsNoThreadIndexIsNothing) {
  for (const char* value :
       {"", "AdPM", "not base64 at all!", "ddFMd6wnxYPGpAbdA2oNKj8MgU0bH6/lWgJ/", "AQIDBAUGAAECAwQFBgcICQoLDA0ODw=="})
    EXPECT_FALSE(read_thread_index(value, {})) << value;
}

TEST(ThreadIndex, ThreadIndexChildrenIsItsBound) {
  Limits limits;
  limits.thread_index_children = 1;
  const auto index = read_thread_index("AdPMsAAAAAECAwQFBgcICQoLDA0ODwAAX14QAABfXhA=", limits);
  ASSERT_TRUE(index);
  EXPECT_EQ(index->child_times.size(), 1U);
}

TEST(ThreadIndex, RealValuesOfPublicArchivesAreRead) {
  std::ifstream in(std::string(THREADLINE_SHARED_DIR) + "/data/thread_index/vectors.jsonl");
  if (!in) GTEST_SKIP() << "no shared data beside this checkout";
  std::string line;
  while (std::getline(in, line)) {
    const auto vector = nlohmann::json::parse(line);
    const auto index = read_thread_index(vector["thread_index"].get<std::string>(), {});
    if (vector["form"] == "undecodable") {
      EXPECT_FALSE(index) << line;
      continue;
    }
    ASSERT_TRUE(index) << line;
    EXPECT_EQ(index->form, vector["form"]);
    EXPECT_EQ(rfc3339(index->root_time), vector["root"]);
    EXPECT_EQ(index->guid, vector["guid"]);
    std::vector<std::string> children;
    for (const Instant& time : index->child_times) children.push_back(rfc3339(time));
    EXPECT_EQ(children, vector["children"].get<std::vector<std::string>>()) << line;
  }
}

TEST(Thread, ReferencesKeepTheirOrderWithoutRepetition) {
  message::Message message;
  const auto add = [&](const char* name, const char* value) { message.headers.push_back({name, value, value, 0, 0}); };
  add("In-Reply-To", "Your message of today <b@x.example> (and <c@x.example>)");
  add("References", "<a@x.example>\t<b@x.example> <a@x.example> <> <broken <d@x.example>");
  add("Thread-Topic", "facturation");
  const ThreadLinks links = read_thread(message, {});
  EXPECT_EQ(links.in_reply_to, "<b@x.example>");
  EXPECT_EQ(links.references, (std::vector<std::string>{"<a@x.example>", "<b@x.example>", "<d@x.example>"}));
  EXPECT_EQ(links.topic, "facturation");
}

}  // namespace
}  // namespace threadline::facts
