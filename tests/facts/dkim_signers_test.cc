// SPDX-License-Identifier: Apache-2.0
// Mails that python3-dkim and OpenDKIM signed (sign_mails.py), as they are and as exports damage them.
#include <gtest/gtest.h>

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "facts/facts.h"
#include "message/read_message.h"

namespace threadline::facts {
namespace {

constexpr int kNotInstalled = 77;

std::string content_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class DkimSigners : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    char name[] = "/tmp/threadline-dkim-XXXXXX";
    folder_ = mkdtemp(name);
    const std::string command = "/usr/bin/python3 " THREADLINE_SOURCE_DIR "/tests/facts/sign_mails.py " + folder_.string();
    status_ = WEXITSTATUS(std::system(command.c_str()));
  }
  static void TearDownTestSuite() { std::filesystem::remove_all(folder_); }

  void SetUp() override {
    if (status_ == kNotInstalled) GTEST_SKIP() << "python3-dkim is not installed (tools/setup)";
    ASSERT_EQ(status_, 0);
    keys_ = read_dkim_keys(content_of(folder_ / "keys"), "keys").value();
  }

  static std::string mail(const std::string& name) { return content_of(folder_ / (name + ".eml")); }

  [[nodiscard]] std::string told(std::string_view bytes) const {
    const Facts facts = read_facts(message::read_message(bytes, Limits{}), {.dkim_keys = keys_});
    if (facts.route.dkim.size() != 1) return "no signature";
    const Dkim& dkim = facts.route.dkim.front();
    const std::string body = dkim.body_hash ? *dkim.body_hash ? "match (" + dkim.reading + ")" : "differs" : "null";
    return body + (dkim.signature_valid ? *dkim.signature_valid ? " valid" : " invalid" : " null " + dkim.problem);
  }

  static const std::vector<std::string>& names() {
    static const std::vector<std::string> all{"plain-simple-simple",
                                              "plain-simple-relaxed",
                                              "plain-relaxed-simple",
                                              "plain-relaxed-relaxed",
                                              "plain-ed25519",
                                              "plain-sha1",
                                              "plain-length",
                                              "empty-simple-simple",
                                              "empty-simple-relaxed",
                                              "empty-relaxed-simple",
                                              "empty-relaxed-relaxed",
                                              "alternative",
                                              "latin"};
    return all;
  }

  static std::filesystem::path folder_;
  static int status_;
  DkimKeys keys_;
};
std::filesystem::path DkimSigners::folder_;
int DkimSigners::status_ = 0;

std::string without_cr(std::string text) {
  std::erase(text, '\r');
  return text;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  text.replace(text.find(what), what.size(), with);
  return text;
}

TEST_F(DkimSigners, EveryMailVerifiesAsItIs) {
  for (const std::string& name : names()) EXPECT_EQ(told(mail(name)), "match (as is) valid") << name;
}

TEST_F(DkimSigners, AMailOfOpenDkimVerifies) {
  if (!std::filesystem::exists(folder_ / "opendkim.eml")) GTEST_SKIP() << "opendkim-tools is not installed (tools/setup)";
  EXPECT_EQ(told(mail("opendkim")), "match (as is) valid");
}

TEST_F(DkimSigners, LfOnlyIsRestored) {
  for (const std::string& name : names()) {
    const bool is_empty = name.starts_with("empty");
    EXPECT_EQ(told(without_cr(mail(name))), is_empty ? "match (as is) valid" : "match (bare LF restored) valid") << name;
  }
}

TEST_F(DkimSigners, ALostFinalLineEndIsNoDifference) {
  const std::string latin = mail("latin");
  EXPECT_EQ(told(latin.substr(0, latin.size() - 2)), "match (as is) valid");
  EXPECT_EQ(told(without_cr(latin.substr(0, latin.size() - 2))), "match (as is) valid") << "one line without an end";
  const std::string plain = mail("plain-simple-simple");
  EXPECT_EQ(told(plain.substr(0, plain.size() - 6)), "match (as is) valid");
}

TEST_F(DkimSigners, AListsFooterIsCut) {
  const std::string footer = "_______________________________________________\r\nliste@listes.example\r\n";
  EXPECT_EQ(told(mail("plain-relaxed-relaxed") + footer), "match (list footer cut) valid");
  EXPECT_EQ(told(without_cr(mail("plain-relaxed-simple") + footer)), "match (bare LF restored, list footer cut) valid");
  EXPECT_EQ(told(mail("plain-length") + footer), "match (as is) valid") << "l= says how far";
}

TEST_F(DkimSigners, MboxQuotingIsUndoneOnlyWhereItWasDone) {
  EXPECT_EQ(told(replaced(mail("plain-simple-simple"), "\r\nFrom now", "\r\n>From now")), "differs valid")
      << "the body also holds a line that was quoted before: no one rule tells them apart";
  EXPECT_EQ(told(replaced(mail("plain-simple-simple"), ">From here", "From here")), "differs valid");
}

TEST_F(DkimSigners, OtherFoldingIsNoDifferenceWhereTheHeaderIsRelaxed) {
  const auto folded = [](const std::string& bytes) {
    return replaced(bytes, "To: bob@own.example", "To:\r\n\t bob@own.example");
  };
  EXPECT_EQ(told(folded(mail("plain-relaxed-relaxed"))), "match (as is) valid");
  EXPECT_EQ(told(folded(mail("plain-ed25519"))), "match (as is) valid");
  EXPECT_EQ(told(folded(mail("plain-simple-relaxed"))), "match (as is) invalid");
}

TEST_F(DkimSigners, ASubjectTagBreaksTheSignatureNotTheBody) {
  for (const std::string name : {"plain-relaxed-relaxed", "plain-simple-simple", "plain-ed25519"})
    EXPECT_EQ(told(replaced(mail(name), "Subject:  Facture", "Subject: [liste] Facture")), "match (as is) invalid") << name;
}

TEST_F(DkimSigners, AChangedWordDiffers) {
  EXPECT_EQ(told(replaced(mail("plain-relaxed-relaxed"), "Bonjour", "Bonsoir")), "differs valid");
  EXPECT_EQ(told(replaced(mail("alternative"), "Bonjour", "Bonsoir")), "differs valid");
}

TEST_F(DkimSigners, ExportsThatDamageWhatOpenDkimSigned) {
  if (!std::filesystem::exists(folder_ / "opendkim.eml")) GTEST_SKIP() << "opendkim-tools is not installed (tools/setup)";
  const std::string bytes = mail("opendkim");
  EXPECT_EQ(told(without_cr(bytes)), "match (bare LF restored) valid");
  EXPECT_EQ(told(bytes + "-- \r\nliste@listes.example\r\n"), "match (list footer cut) valid");
  EXPECT_EQ(told("Received: from a by b; Thu, 5 Apr 2018 10:38:00 +0200\r\n" + bytes), "match (as is) valid");
  EXPECT_EQ(told(replaced(bytes, "Bonjour", "Bonsoir")), "differs valid");
  EXPECT_EQ(told(replaced(bytes, "bob@own.example", "bob@own2.example")), "match (as is) invalid");
}

TEST_F(DkimSigners, ATextWhoseTransferEncodingAnExportChangedIsReadBack) {
  std::string bytes = replaced(mail("latin"), "Content-Transfer-Encoding: 8bit", "Content-Transfer-Encoding: quoted-printable");
  bytes = replaced(bytes, "R\xC3\xA9gl\xC3\xA9 = 100", "R=C3=A9gl=C3=A9 =3D 1=\r\n00");
  EXPECT_EQ(told(bytes), "match (transfer encoding undone) valid");
  EXPECT_EQ(told(replaced(bytes, "=3D 1", "=3D 2")), "differs valid");
}

}  // namespace
}  // namespace threadline::facts
