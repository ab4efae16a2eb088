// SPDX-License-Identifier: Apache-2.0
#include "base/signed_content.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/cms_writer.h"

namespace threadline {
namespace {

constexpr std::string_view kEntity = "Content-Type: text/plain\r\n\r\nBonjour\r\n";

CmsObject read(std::string_view bytes) {
  const std::vector<char> exact(bytes.begin(), bytes.end());
  return read_cms({exact.data(), exact.size()});
}

TEST(SignedContent, IsWhatTheSignatureWasMadeAround) {
  for (const auto form : {tests::CmsForm::der, tests::CmsForm::ber, tests::CmsForm::pem}) {
    const auto object = read(tests::cms_signed(kEntity, form));
    EXPECT_EQ(object.type, CmsType::signed_data);
    EXPECT_EQ(object.content, kEntity) << static_cast<int>(form);
  }
}

TEST(SignedContent, OfIndefiniteLengthIsRead) {
  const std::string ber = tests::cms_signed(kEntity, tests::CmsForm::ber);
  ASSERT_EQ(ber.substr(0, 2), "\x30\x80");
  EXPECT_EQ(read(ber).content, kEntity);
}

TEST(SignedContent, InBareBase64IsRead) { EXPECT_EQ(read(tests::base64_lines(tests::cms_signed(kEntity))).content, kEntity); }

TEST(SignedContent, OfADetachedSignatureIsNotThere) {
  const auto object = read(tests::cms_detached(kEntity));
  EXPECT_EQ(object.type, CmsType::signed_data);
  EXPECT_FALSE(object.content);
  EXPECT_FALSE(read(tests::cms_certificates()).content);
}

TEST(SignedContent, OfAnEncryptedObjectIsNotThere) {
  const auto object = read(tests::cms_encrypted(kEntity));
  EXPECT_EQ(object.type, CmsType::enveloped_data);
  EXPECT_FALSE(object.content);
}

TEST(SignedContent, BytesThatAreNoCmsObjectAreNone) {
  const std::string whole = tests::cms_signed(kEntity);
  for (const std::string& bytes : {std::string(), std::string("0"), std::string("MIME"), std::string("-----BEGIN CMS-----\n"),
                                   whole.substr(0, whole.size() / 2), std::string("\x30\x84\xff\xff\xff\xff", 6)}) {
    EXPECT_EQ(read(bytes).type, CmsType::none) << bytes.size();
  }
}

}  // namespace
}  // namespace threadline
