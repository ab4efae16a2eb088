// SPDX-License-Identifier: Apache-2.0
// The same case as other programs export it (corpus/kit-de-survie/exports, written by tools/make_corpus.py): what an investigator
// reads is the same whatever the form. What names the bytes (id, source, sha256, offsets in the evidence) differs, the words do
// not.
#include <gtest/gtest.h>

#include "told.h"

namespace threadline::kit_de_survie {
namespace {

struct Form {
  std::string name;
  std::vector<std::string> paths;  ///< below corpus/kit-de-survie
};

std::vector<std::string> below_case(std::vector<std::string> paths) {
  for (std::string& path : paths) path = (kCase / path).string();
  return paths;
}

class Export : public ::testing::TestWithParam<std::tuple<Form, unsigned>> {};

TEST_P(Export, TellsWhatTheEmlTell) {
  const auto& [form, jobs] = GetParam();
  const Told eml = tell(below_case({"thread", "fraud"}), 0);
  ASSERT_EQ(eml.of_kind("message").size(), 5U);
  EXPECT_EQ(tell(below_case(form.paths), jobs).lines(), eml.lines());
}

INSTANTIATE_TEST_SUITE_P(KitDeSurvie, Export,
                         ::testing::Combine(::testing::Values(Form{"Mbox", {"exports/case.mbox"}}), ::testing::Values(0U, 2U)),
                         [](const auto& of) { return std::get<0>(of.param).name + std::to_string(std::get<1>(of.param)); });

TEST(ExportOfBytes, KeepsTheRowsIdentities) {
  const auto ids = [](const Told& told) {
    std::vector<std::string> found;
    for (const Row& row : told.rows) found.push_back(row.id + " " + row.sha256);
    return found;
  };
  // An mbox holds the very bytes of the .eml: the same mail in both is one row.
  EXPECT_EQ(ids(tell(below_case({"exports/case.mbox"}), 0)), ids(tell(below_case({"thread", "fraud"}), 0)));
}

}  // namespace
}  // namespace threadline::kit_de_survie
