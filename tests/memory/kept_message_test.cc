// SPDX-License-Identifier: Apache-2.0
// What a store keeps of a message, as bytes.
#include <gtest/gtest.h>

#include "memory/any_order.h"
#include "memory/history.h"
#include "memory/kept_message.h"
#include "memory/keyed_hash.h"

namespace threadline::memory {
namespace {

/// The reference vectors of SipHash-2-4 (Aumasson and Bernstein 2012, appendix A): key 00 01 ... 0f, input 00 01 ... 0e.
TEST(KeyedHash, IsSipHash) {
  KeyedHash::Key key;
  std::string input;
  for (std::size_t at = 0; at < key.size(); ++at) key[at] = static_cast<std::uint8_t>(at);
  for (char at = 0; at < 15; ++at) input.push_back(at);
  EXPECT_EQ(KeyedHash(key).of(input), 0xa129ca6149be45e5ULL);
  EXPECT_EQ(KeyedHash(key).of(""), 0x726fdb47dd0e0e31ULL);
}

TEST(KeptMessage, ReadsBackWhatItWrote) {
  const auto all = history::made_up(51, 40);
  const KeyedHash hash({});
  for (const Learnt& one : all) {
    const std::string bytes = encode_learnt(one);
    const auto read = decode_learnt(bytes, &hash);
    ASSERT_TRUE(read);
    EXPECT_EQ(encode_learnt(*read), bytes);
    EXPECT_TRUE(is_same_judgement(*read, one));
  }
}

/// The form ends with mailboxes, copies and pairs: without them it is that of an older version.
TEST(KeptMessage, RowsOfOlderVersionsAreRead) {
  const KeyedHash hash({});
  Learnt learnt = history::made_up(53, 1).front();
  learnt.mailboxes.clear(), learnt.copies.clear();
  learnt.text = std::make_shared<KeptText>();
  const std::string bytes = encode_learnt(learnt);
  const std::string_view without_version = std::string_view(bytes).substr(1);
  for (const auto& [version, absent] : {std::pair{'\1', 5U}, {'\2', 3U}}) {  // a byte for each list and for the number of words
    const auto read = decode_learnt(version + std::string(without_version.substr(0, without_version.size() - absent)), &hash);
    ASSERT_TRUE(read) << static_cast<int>(version);
    EXPECT_TRUE(is_same_judgement(*read, learnt));
  }
}

TEST(KeptMessage, BytesThatItDidNotWriteAreNothing) {
  const KeyedHash hash({});
  const std::string bytes = encode_learnt(history::made_up(52, 1).front());
  for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(decode_learnt(std::string(bytes, 0, size), &hash)) << size;
  EXPECT_FALSE(decode_learnt(bytes + "x", &hash));
  EXPECT_FALSE(decode_learnt(std::string(1, '\x7f') + bytes.substr(1), &hash));
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    (void)decode_learnt(damaged, &hash);  // no byte beyond its end is read, and nothing is made that it does not hold
  }
}

}  // namespace
}  // namespace threadline::memory
