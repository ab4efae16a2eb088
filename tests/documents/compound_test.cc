// SPDX-License-Identifier: Apache-2.0
#include "documents/compound.h"

#include <gtest/gtest.h>

#include "heard_documents.h"
#include "message/cfb_writer.h"

namespace threadline::documents {
namespace {

using namespace std::string_literals;

std::string with_stream(const std::string& name, const std::string& content = "bytes") {
  return message::write_cfb({{.name = name, .content = content, .children = {}, .storage = false}});
}

TEST(Compound, OldOfficeDocumentsAreSaidNotToBeRead) {
  EXPECT_EQ(read_file(with_stream("WordDocument")), "file doc format_not_supported\n");
  EXPECT_EQ(read_file(with_stream("Workbook")), "file xls format_not_supported\n");
  EXPECT_EQ(read_file(with_stream("Something")), "file compound format_not_supported\n");
}

TEST(Compound, AnEncryptedOfficeDocumentIsANote) {
  EXPECT_EQ(read_file(with_stream("EncryptedPackage")), "file office encrypted\n");
}

TEST(Compound, MacrosAloneAreNothing) { EXPECT_EQ(read_file(with_stream("PROJECT")), ""); }

TEST(Compound, APackedFileIsADocument) {
  const std::string native = "\0\0\0\0\2\0rib.txt\0C:\\rib.txt\0\0\0\3\0\4\0\0\0C:\\\0\4\0\0\0IBAN"s;
  EXPECT_EQ(read_file(with_stream("\1Ole10Native", native)), "file!1 text{=IBAN}\n");
  EXPECT_EQ(read_file(with_stream("\1Ole10Native", native.substr(0, 20))), "file compound format_not_supported\n");
  EXPECT_EQ(read_file(with_stream("CONTENTS", "IBAN")), "file!1 text{=IBAN}\n");
}

}  // namespace
}  // namespace threadline::documents
