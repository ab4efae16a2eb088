// SPDX-License-Identifier: Apache-2.0
#include "base/value.h"

#include <gtest/gtest.h>

#include "base/note.h"
#include "base/severity.h"
#include "base/sha256.h"

namespace threadline {
namespace {

TEST(Value, KeysKeepTheirOrderAndAreReplacedInPlace) {
  Value value;
  value.set("b", 1).set("a", "x").set("b", true);
  ASSERT_NE(value.object(), nullptr);
  EXPECT_EQ(value.object()->size(), 2U);
  EXPECT_EQ(value.object()->front().first, "b");
  EXPECT_TRUE(*value.find("b")->boolean());
  EXPECT_EQ(value.find("c"), nullptr);
}

TEST(Severity, NamesAreReadBack) {
  for (const auto* name : {"info", "low", "medium", "high", "critical"}) EXPECT_EQ(name_of(severity_named(name).value()), name);
  EXPECT_FALSE(severity_named("fatal"));
}

TEST(Note, CodesOutsideTheTableAreRemarks) {
  EXPECT_EQ(note_kind("limit"), NoteKind::limit);
  EXPECT_EQ(note_kind("no_such_note"), NoteKind::remark);
}

TEST(Sha256, IsTheStandardsExample) {  // FIPS 180-4, example "abc"
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace threadline
