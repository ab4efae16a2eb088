// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "facts/conversation/conversation.h"
#include "message/read_message.h"
#include "text/fold.h"
#include "text/mailbox.h"

namespace threadline::facts {
namespace {

using Json = nlohmann::json;
const std::filesystem::path kCorpus = std::filesystem::path(THREADLINE_SHARED_DIR) / "corpus/quotes";

std::string file_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

/// Text without white space and quote marks, for comparison.
std::string squeezed(const std::string& text) {
  std::string out;
  for (const char c : text::without_invisible(text)) {
    if (c > ' ' || static_cast<unsigned char>(c) >= 0x80) out += c;
  }
  std::string folded = text::fold(out);
  std::erase(folded, '>');
  std::erase(folded, ' ');
  return folded;
}

struct Score {
  int right = 0, all = 0;
};

class Table {
 public:
  void add(const std::string& set, const std::string& what, bool right, const std::string& id, const std::string& detail = {}) {
    Score& score = scores_[set][what];
    ++score.all;
    if (right)
      ++score.right;
    else
      misses_.push_back(set + " " + what + ": " + id + (detail.empty() ? "" : "  [" + detail.substr(0, 160) + "]"));
  }
  void print() const {
    for (const auto& [set, whats] : scores_) {
      for (const auto& [what, score] : whats)
        std::cout << std::left << std::setw(16) << set << std::setw(12) << what << score.right << "/" << score.all << "\n";
    }
    for (const std::string& miss : misses_) std::cout << "  miss " << miss << "\n";
  }
  double share(const std::string& set, const std::string& what) const {
    const Score& score = scores_.at(set).at(what);
    return static_cast<double>(score.right) / score.all;
  }

 private:
  std::map<std::string, std::map<std::string, Score>> scores_;
  std::vector<std::string> misses_;
};

std::string string_of(const Json& value) { return value.is_string() ? value.get<std::string>() : std::string(); }

void check_forward(const Json& entry, const Conversation& read, Table& table) {
  Json expect = entry["expect"];
  const std::string id = entry["id"], set = entry["set"];
  const bool forwarded = expect.value("forwarded", false);
  if (!forwarded) return;
  table.add(set, "found", !read.quoted.empty(), id);
  if (read.quoted.empty()) return;
  const QuotedBlock& block = read.quoted.front();
  if (expect.contains("from") && expect["from"].is_object()) {
    const std::string address = string_of(expect["from"]["address"]), name = string_of(expect["from"]["name"]);
    table.add(set, "from",
              text::equal_ascii_nocase(block.from.address, address) &&
                  (name.empty() || text::name_key(block.from.name) == text::name_key(name)),
              id, block.from.name + " <" + block.from.address + "> for " + name + " <" + address + ">");
  }
  if (expect.contains("subject") && expect["subject"].is_string())
    table.add(set, "subject", block.subject == expect["subject"] || block.subject.empty(), id, block.subject);
  if (expect.value("date_present", false)) {
    table.add(set, "date text", !block.date_text.empty(), id);
    table.add(set, "date", block.date.has_value(), id, block.date_text);
  }
  if (expect.contains("to0") && expect["to0"].is_object()) {
    const std::string address = string_of(expect["to0"]["address"]);
    table.add(set, "to", !block.to.empty() && (address.empty() || text::equal_ascii_nocase(block.to.front().address, address)),
              id);
  }
  if (expect.contains("cc") && expect["cc"].is_array())
    table.add(set, "cc", block.cc.size() == expect["cc"].size(), id, std::to_string(block.cc.size()));
  if (expect.contains("body") && expect["body"].is_string()) {
    const std::string body = squeezed(expect["body"]), text = squeezed(block.text);
    table.add(set, "body", text == body || (read.quoted.size() > 1 && body.starts_with(text)), id, block.text);
  }
  if (expect.contains("message") && expect["message"].is_string())
    table.add(set, "new text", squeezed(read.new_text) == squeezed(expect["message"]), id, read.new_text);
}

void check_unwrap(const Json& entry, const Conversation& read, Table& table) {
  Json expect = entry["expect"]["unwrap"];
  const std::string id = entry["id"], set = entry["set"];
  if (expect.is_null()) return;
  table.add(set, "found", !read.quoted.empty(), id);
  if (read.quoted.empty()) return;
  const QuotedBlock& block = read.quoted.front();
  if (expect.contains("from")) {
    const text::Mailbox from = text::read_mailbox(string_of(expect["from"]));
    table.add(set, "from", block.from.address == from.address && text::name_key(block.from.name) == text::name_key(from.name), id,
              block.from.name + " <" + block.from.address + ">");
  }
  if (expect.contains("subject")) table.add(set, "subject", block.subject == expect["subject"], id, block.subject);
  if (expect.contains("date")) {
    table.add(set, "date text",
              squeezed(block.date_text).find(squeezed(expect["date"])) != std::string::npos ||
                  squeezed(expect["date"]).find(squeezed(block.date_text)) != std::string::npos,
              id, block.date_text);
    table.add(set, "date", block.date.has_value(), id, block.date_text);
  }
  if (expect.contains("to"))
    table.add(set, "to", !block.to.empty() && block.to.front().address == text::read_mailbox(string_of(expect["to"])).address,
              id);
  for (const char* key : {"text", "html_nows"}) {
    if (expect.contains(key)) table.add(set, "body", squeezed(block.text) == squeezed(expect[key]), id, block.text);
  }
  std::string top;
  for (const char* key : {"text_top", "html_top_nows"}) {
    if (expect.contains(key)) top = squeezed(expect[key]);
  }
  if (!top.empty()) table.add(set, "new text", squeezed(read.new_text).starts_with(top), id, read.new_text);
}

void check_reply(const Json& entry, const Conversation& read, Table& table) {
  Json expect = entry["expect"];
  const std::string set = entry["set"], id = entry["id"];
  const std::string reply = expect.contains("reply") ? string_of(expect["reply"]) : string_of(expect["reply_text_nows"]);
  const std::string want = squeezed(reply), got = squeezed(read.new_text);
  std::string unsigned_text =
      read.new_text.substr(0, read.new_text.size() - std::min(read.new_text.size(), read.signature.size()));
  const bool right = got == want || squeezed(unsigned_text) == want ||
                     (!want.empty() && got.starts_with(want) && got.size() < want.size() + 120);
  table.add(set, "reply", right, id, read.new_text);
}

void check_segments(const Json& entry, const Conversation& read, Table& table) {
  const std::size_t wanted = entry["expect"]["n_replies"];
  table.add(entry["set"], "count", read.quoted.size() + (read.new_text.empty() ? 0 : 1) == wanted, entry["id"],
            std::to_string(read.quoted.size() + 1) + " for " + std::to_string(wanted));
}

TEST(ConversationCorpus, ReadsQuotedHistoryOfPublicFixtures) {
  std::ifstream manifest(kCorpus / "manifest.jsonl");
  if (!manifest) GTEST_SKIP() << "no shared corpus at " << kCorpus;
  Table table;
  for (std::string line; std::getline(manifest, line);) {
    const Json entry = Json::parse(line);
    const std::string kind = entry["kind"];
    const message::Text part{.part = "1",
                             .html = kind.ends_with("html"),
                             .attached = false,
                             .charset = "utf-8",
                             .content = file_text(kCorpus / std::string(entry["path"]))};
    const Conversation read = read_quoted(read_text(part, {}), 0, {});
    if (kind == "forward")
      check_forward(entry, read, table);
    else if (kind.starts_with("unwrap"))
      check_unwrap(entry, read, table);
    else if (kind == "segments")
      check_segments(entry, read, table);
    else
      check_reply(entry, read, table);
  }
  table.print();
  for (const char* what : {"found", "from", "subject", "date", "date text", "to", "cc"})
    EXPECT_GE(table.share("efp", what), 0.98) << what;
  for (const char* what : {"found", "from", "subject", "date", "to", "body", "new text"})
    EXPECT_GE(table.share("quotequail", what), 0.98) << what;
  EXPECT_GE(table.share("efp", "body"), 0.95);
  EXPECT_GE(table.share("efp", "new text"), 0.95);
  EXPECT_GE(table.share("mpr", "count"), 0.9);
  EXPECT_GE(table.share("talon", "reply"), 0.9);
  EXPECT_GE(table.share("talon_html", "reply"), 0.92);
  EXPECT_GE(table.share("discourse", "reply"), 0.8);
}

/// Date texts of quoted messages, and those among them that are no instant.
struct DateShare {
  int all = 0, dated = 0;
  std::vector<std::string> unread;

  void add(const Conversation& conversation, const std::string& source) {
    for (const QuotedBlock& block : conversation.quoted) {
      if (block.date_text.empty()) continue;
      ++all;
      if (block.date)
        ++dated;
      else
        unread.push_back(block.date_text + "  (" + source + ")");
    }
  }
};

TEST(ConversationCorpus, DatesOfQuotedHistoryInPublicMailAreInstants) {
  const std::filesystem::path shared = std::filesystem::path(THREADLINE_SHARED_DIR) / "corpus";
  if (!std::filesystem::exists(shared)) GTEST_SKIP() << "no shared corpus at " << shared;
  DateShare share;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(shared / "quotes/fixtures")) {
    if (!entry.is_regular_file()) continue;
    const message::Text part{.part = "1",
                             .html = entry.path().extension() == ".html",
                             .attached = false,
                             .charset = "utf-8",
                             .content = file_text(entry.path())};
    share.add(read_quoted(read_text(part, {}), 0, {}), entry.path().filename().string());
  }
  for (const char* folder : {"mail", "msg"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(shared / folder)) {
      const std::string ending = entry.path().extension().string();
      if (!entry.is_regular_file() || (ending != ".eml" && ending != ".msg")) continue;
      const message::Message message = message::read_message(file_text(entry.path()), {});
      share.add(read_conversation(message, 0, {}).conversation, entry.path().filename().string());
    }
  }
  std::cout << "dates read: " << share.dated << "/" << share.all << "\n";
  for (const std::string& text : share.unread) std::cout << "  unread " << text << "\n";
  EXPECT_GE(share.dated, share.all * 95 / 100);
}

}  // namespace
}  // namespace threadline::facts
