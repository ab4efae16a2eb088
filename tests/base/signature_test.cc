// SPDX-License-Identifier: Apache-2.0
#include "base/signature.h"

#include <gtest/gtest.h>

namespace threadline {
namespace {

std::string hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

std::string digest_of(DigestKind kind, std::initializer_list<std::string_view> pieces) {
  Digest digest(kind);
  for (const std::string_view piece : pieces) digest.add(piece);
  return hex(digest.finish());
}

TEST(Signature, DigestsAreThoseOfTheStandards) {
  // FIPS 180-4, examples "abc" and the empty string.
  EXPECT_EQ(digest_of(DigestKind::sha1, {"abc"}), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(digest_of(DigestKind::sha256, {"abc"}), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(digest_of(DigestKind::sha256, {"a", "", "bc"}), digest_of(DigestKind::sha256, {"abc"}));
  EXPECT_EQ(digest_of(DigestKind::sha256, {}), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Signature, BytesThatAreNoKeyGiveNoAnswer) {
  for (const std::string_view key : {std::string_view(""), std::string_view("\x30\x00", 2), std::string_view("hello")}) {
    EXPECT_FALSE(is_signed_by(KeyKind::rsa, key, DigestKind::sha256, "x", "y"));
    EXPECT_FALSE(is_signed_by(KeyKind::ed25519, key, DigestKind::sha256, "x", "y"));
  }
}

TEST(Signature, AnotherSignatureDoesNotVerify) {
  const std::string key(32, '\x01');  // any 32 bytes are an Ed25519 key
  EXPECT_EQ(is_signed_by(KeyKind::ed25519, key, DigestKind::sha256, "x", std::string(64, 'y')), false);
  EXPECT_EQ(is_signed_by(KeyKind::ed25519, key, DigestKind::sha256, "x", "short"), false);
}

}  // namespace
}  // namespace threadline
