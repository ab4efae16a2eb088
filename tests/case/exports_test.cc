// SPDX-License-Identifier: Apache-2.0
// The same case as other programs export it (corpus/kit-de-survie/exports, written by tools/make_corpus.py): what an investigator
// reads is the same whatever the form. What names the bytes (id, source, sha256, offsets in the evidence) differs, the words do
// not.
#include <gtest/gtest.h>

#include <ostream>

#include "told.h"

namespace threadline::kit_de_survie {
namespace {

struct Form {
  std::string name;
  std::vector<std::string> paths;  ///< below corpus/kit-de-survie
};

void PrintTo(const Form& form, std::ostream* out) { *out << form.name; }

std::vector<std::string> below_case(std::vector<std::string> paths) {
  for (std::string& path : paths) path = (kCase / path).string();
  return paths;
}

// No form needs an exception: each holds all that these words rest on. (A .msg or PST keeps neither the MIME tree nor its bytes:
// parts, offsets, digests and so ids are others.)
const std::vector<Form> kForms{
    {"Mbox", {"exports/case.mbox"}}, {"Msg", {"exports/msg"}},      {"MsgBesideEml", {"thread", "exports/msg/4-transfert.msg"}},
    {"Pst", {"exports/case.pst"}},   {"Zip", {"exports/case.zip"}}, {"ZipOfMsg", {"exports/case-msg.zip"}},
};

class Export : public ::testing::TestWithParam<std::tuple<Form, unsigned>> {};

TEST_P(Export, TellsWhatTheEmlTell) {
  const auto& [form, jobs] = GetParam();
  const Told eml = tell(below_case({"thread", "fraud"}), 0);
  ASSERT_EQ(eml.of_kind("message").size(), 5U);
  EXPECT_EQ(tell(below_case(form.paths), jobs).lines(), eml.lines());
}

INSTANTIATE_TEST_SUITE_P(KitDeSurvie, Export, ::testing::Combine(::testing::ValuesIn(kForms), ::testing::Values(0U, 2U)),
                         [](const auto& of) { return std::get<0>(of.param).name + std::to_string(std::get<1>(of.param)); });

class MsgTwin : public ::testing::TestWithParam<unsigned> {
 protected:
  /// The three true mails as .msg, and others.
  static Told with_the_thread(std::vector<std::string> more) {
    more.insert(more.begin(), {"exports/msg/1-facturation.msg", "exports/msg/2-reponse.msg", "exports/msg/3-ok.msg"});
    return tell(below_case(more), GetParam());
  }
};

TEST_P(MsgTwin, TheFraudAloneShowsTheHistoryThatItQuotes) {
  const Told msg = tell(below_case({"exports/msg/4-transfert.msg"}), GetParam());
  ASSERT_EQ(msg.of_kind("quoted").size(), 3U);
  EXPECT_EQ(msg.lines(), tell(below_case({"fraud"}), 0).lines());
}

TEST_P(MsgTwin, AnHonestFourthMailIsSilent) {
  const Told msg = with_the_thread({"exports/msg-honest"});
  EXPECT_EQ(msg.lines(), tell(below_case({"thread", "honest"}), 0).lines());
  EXPECT_EQ(msg.alarms(), std::vector<std::string>{});
}

TEST_P(MsgTwin, TheSameAccountAsRibAndAsIbanIsNoChange) {
  const Told msg = with_the_thread({"exports/msg-same-account"});
  EXPECT_EQ(msg.lines(), tell(below_case({"thread", "same-account"}), 0).lines());
  EXPECT_EQ(msg.alarms(), std::vector<std::string>{});
}

TEST_P(MsgTwin, ASentItemWithoutTransportHeadersStandsInItsPlace) {
  const Told eml = tell(below_case({"thread", "fraud"}), 0);
  const Told sent = tell(below_case({"exports/msg/1-facturation.msg", "exports/msg-sent-item", "exports/msg/3-ok.msg",
                                     "exports/msg/4-transfert.msg"}),
                         GetParam());
  EXPECT_EQ(sent.story(), eml.story());
  EXPECT_EQ(sent.alarms(), eml.alarms());
}

INSTANTIATE_TEST_SUITE_P(Jobs, MsgTwin, ::testing::Values(0U, 2U));

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
