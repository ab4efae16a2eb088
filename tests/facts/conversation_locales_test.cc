// SPDX-License-Identifier: Apache-2.0
// Header blocks, separators and attributions of every locale and client of ../shared/data/quotes/locales.json, written in the
// client's form and in the ways in which they arrive, and read back.
#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iomanip>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "quoted_letter.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

using Json = nlohmann::json;
using letters::Letter;
const std::filesystem::path kTable = std::filesystem::path(THREADLINE_SHARED_DIR) / "data/quotes/locales.json";

/// What one locale's client prints.
struct Client {
  std::map<std::string, std::string> labels;  ///< field -> label
  std::vector<std::string> separators;
  std::vector<std::string> attributions;  ///< "#1" the author, "#2" the date, "#3" the time
};

/// "fr thunderbird" -> what it prints; unverified rows are left out.
std::map<std::string, Client> clients_of_table() {
  std::map<std::string, Client> clients;
  std::ifstream in(kTable);
  if (!in) return clients;
  const Json table = Json::parse(in);
  for (const Json& entry : table["entries"]) {
    if (entry["status"] == "unverified" || entry["status"] == "peer-regex(pattern)") continue;
    Client& client = clients[entry["locale"].get<std::string>() + " " + entry["client"].get<std::string>()];
    const std::string kind = entry["kind"], text = entry["text"];
    if (kind == "label") client.labels.emplace(entry["field"], text.substr(0, std::min(text.find(':'), text.find("\uff1a"))));
    if (kind == "separator") client.separators.push_back(text);
    if (kind == "attribution") client.attributions.push_back(text);
  }
  return clients;
}

Letter sample() {
  return {.from = {"Anna Berg", "anna.berg@firm.example"},
          .to = {{"Bruno Conti", "bruno.conti@client.example"}, {"", "desk@client.example"}},
          .cc = {{"Carla Diaz", "carla.diaz@client.example"}},
          .subject = "Offer 2018-17: pumps",
          .date = "2018-04-05 10:37",
          .words = "The pumps arrive on Monday.\n\nAnna"};
}

/// How labels and persons of a block are written.
struct Style {
  std::string colon = ": ", before = "", after = "";       ///< around the label
  std::string open = " <", close = ">";                    ///< around an address
  std::string parting = "; ";                              ///< between persons
  bool accents = true, names_only = false, twice = false;  ///< `twice`: "a@b<mailto:a@b>"
};

std::string without_accents(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint point = text::code_point_at(text, at);
    const std::string letter = text.substr(at, point.length), folded = text::fold(letter);
    const bool latin = folded.size() == 1 && static_cast<unsigned char>(folded[0]) < 0x80 && point.length > 1;
    if (!latin)
      out += letter;
    else
      out += text::lower(letter) == letter ? folded[0] : static_cast<char>(std::toupper(folded[0]));
    at += point.length;
  }
  return out;
}

std::string person(const message::Address& who, const Style& style) {
  if (who.name.empty()) return style.twice ? who.address + "<mailto:" + who.address + ">" : who.address;
  if (style.names_only) return who.name;
  const std::string address = style.twice ? who.address + "<mailto:" + who.address + ">" : who.address;
  return who.name + style.open + address + style.close;
}

std::string persons(const std::vector<message::Address>& list, const Style& style) {
  std::string line;
  for (const message::Address& who : list) line += (line.empty() ? "" : style.parting) + person(who, style);
  return line;
}

/// The block in an order of fields.
std::string block(const Client& client, const Letter& letter, const Style& style, const std::vector<std::string>& order) {
  const std::map<std::string, std::string> values = {{"from", person(letter.from, style)},
                                                     {"to", persons(letter.to, style)},
                                                     {"cc", persons(letter.cc, style)},
                                                     {"date", letter.date},
                                                     {"subject", letter.subject}};
  std::string lines;
  for (const std::string& field : order) {
    const auto label = client.labels.find(field);
    if (label == client.labels.end()) continue;
    const std::string written = style.accents ? label->second : without_accents(label->second);
    lines += style.before + written + style.colon + style.after + values.at(field) + "\n";
  }
  return lines;
}

struct Score {
  int right = 0, all = 0, missed = 0;
};

class Scores {
 public:
  void add(const std::string& client, const std::string& variation, const std::string& fault, const std::string& text) {
    Score& score = scores_[client];
    ++score.all, ++all_.all;
    if (fault.empty())
      ++score.right, ++all_.right;
    else if (scores_[client].missed++ < 3)
      misses_.push_back(client + " / " + variation + ": " + fault + "\n" + letters::marked(text, "      | "));
  }
  void print(const char* title) const {
    std::cout << title << ": " << all_.right << "/" << all_.all << "\n";
    for (const auto& [client, score] : scores_)
      if (score.right != score.all)
        std::cout << "  " << std::left << std::setw(40) << client << score.right << "/" << score.all << "\n";
    for (std::size_t index = 0; index < std::min<std::size_t>(misses_.size(), 20); ++index)
      std::cout << "  miss " << misses_[index];
  }
  [[nodiscard]] double share() const { return all_.all == 0 ? 1.0 : static_cast<double>(all_.right) / all_.all; }

 private:
  std::map<std::string, Score> scores_;
  Score all_;
  std::vector<std::string> misses_;
};

bool same(const std::vector<message::Address>& got, const std::vector<message::Address>& wanted, bool addresses) {
  return std::ranges::equal(got, wanted, [&](const message::Address& left, const message::Address& right) {
    return left.name == right.name && (!addresses || left.address == right.address);
  });
}

/// The first thing that was read otherwise than written; empty when all is right.
std::string fault_of(const Conversation& got, const Letter& letter, const Client& client, bool addresses) {
  if (got.quoted.size() != 1) return std::to_string(got.quoted.size()) + " quoted messages";
  const QuotedBlock& block = got.quoted[0];
  if (!same({block.from}, {letter.from}, addresses)) return "from " + letters::line_of(block.from);
  if (client.labels.contains("to") && !same(block.to, letter.to, addresses)) return "to " + letters::line_of(block.to);
  if (client.labels.contains("cc") && !same(block.cc, letter.cc, addresses)) return "cc " + letters::line_of(block.cc);
  if (block.subject != letter.subject) return "subject " + block.subject;
  if (block.date_text != letter.date) return "date " + block.date_text;
  if (block.text != letter.words) return "words " + block.text;
  if (got.new_text != "Yes, please.\nBruno") return "new text " + got.new_text;
  if (!block.style.starts_with(name_of(block.form))) return "style " + block.style;
  return {};
}

constexpr const char* kTop = "Yes, please.\nBruno\n\n";

struct Variation {
  const char* name;
  Style style;
};

std::vector<Variation> variations() {
  return {{"plain", {}},
          {"nbsp", {.colon = "\u00a0: "}},
          {"full width colon", {.colon = "\uff1a"}},
          {"no accents", {.accents = false}},
          {"no accents, blank", {.colon = " : ", .accents = false}},
          {"bold", {.colon = ":* ", .before = "*"}},
          {"bold label", {.colon = "*: ", .before = "*"}},
          {"indented", {.before = "  "}},
          {"mailto", {.open = " [mailto:", .close = "]"}},
          {"nested mailto", {.open = " <", .close = ">", .twice = true}},
          {"commas", {.parting = ", "}},
          {"tabs", {.colon = ":\t"}},
          {"tabs and blank", {.colon = ": \t"}},
          {"names only", {.names_only = true}}};
}

const std::vector<std::vector<std::string>> kOrders = {
    {"from", "date", "to", "cc", "subject"}, {"subject", "date", "from", "to", "cc"}, {"date", "from", "to", "cc", "subject"},
    {"from", "subject", "date", "to", "cc"}, {"from", "to", "cc", "date", "subject"}, {"from", "to", "cc", "subject", "date"}};

bool has_labels(const Client& client) {
  return std::ranges::all_of(std::vector<std::string>{"from", "to", "date", "subject"},
                             [&](const std::string& field) { return client.labels.contains(field); });
}

void score_blocks(const std::string& name, const Client& client, Scores& scores) {
  const Letter letter = sample();
  for (const Variation& variation : variations()) {
    for (const std::vector<std::string>& order : kOrders) {
      const std::string lines = block(client, letter, variation.style, order);
      const std::string body = kTop + lines + "\n" + letter.words + "\n";
      scores.add(name, variation.name, fault_of(letters::read(body), letter, client, !variation.style.names_only), body);
    }
  }
}

/// The block behind "> " marks, wrapped, below a separator.
void score_quoted_blocks(const std::string& name, const Client& client, const std::vector<std::string>& separators,
                         Scores& scores) {
  Letter letter = sample();
  letter.cc.push_back({"Dora Eriksen of the purchasing department", "dora.eriksen@client.example"});
  for (const std::vector<std::string>& order : kOrders) {
    const std::string lines = block(client, letter, {}, order) + "\n" + letter.words + "\n";
    for (const std::size_t width : {72U, 76U, 400U}) {
      const std::string wrapped = letters::wrapped(lines, width);
      for (const std::string& separator : separators) {
        const std::string body = kTop + separator + "\n" + wrapped;
        scores.add(name, "separator, wrapped at " + std::to_string(width), fault_of(letters::read(body), letter, client, true),
                   body);
        const std::string apart = kTop + separator + "\n\n" + letters::marked(wrapped, "> ");
        scores.add(name, "separator, marked, wrapped at " + std::to_string(width),
                   fault_of(letters::read(apart), letter, client, true), apart);
      }
      const std::string body = kTop + letters::marked(wrapped, "> ");
      scores.add(name, "marked, wrapped at " + std::to_string(width), fault_of(letters::read(body), letter, client, true), body);
    }
  }
}

TEST(Locales, HeaderBlocksOfEveryClientAreRead) {
  const auto clients = clients_of_table();
  if (clients.empty()) GTEST_SKIP() << "no table at " << kTable;
  Scores blocks, quoted;
  for (const auto& [name, client] : clients) {
    if (!has_labels(client)) continue;
    score_blocks(name, client, blocks);
    const bool apple = name.ends_with("apple-mail");
    score_quoted_blocks(
        name, client,
        client.separators.empty() && !apple ? std::vector<std::string>{"-----Original Message-----"} : client.separators, quoted);
  }
  blocks.print("blocks");
  quoted.print("separated and marked blocks");
  EXPECT_GE(blocks.share(), 0.99);
  EXPECT_GE(quoted.share(), 0.99);
}

std::string filled(std::string attribution, const std::string& author, const std::string& date, const std::string& time) {
  for (const auto& [mark, value] : std::vector<std::pair<std::string, std::string>>{
           {"#1", author},
           {"# 1", author},
           {"%s", author},
           {"{name} <{addr}>", author},
           {"{name}", author},
           {"#2", date},
           {"#3", time},
           {"{date}", attribution.find("{time}") == std::string::npos ? date + " " + time : date},
           {"{time}", time}})
    attribution = letters::replaced(attribution, mark, value);
  return attribution;
}

struct Author {
  const char* written;
  const char* name;
  const char* address;
};

std::string attribution_fault(const Conversation& got, const Author& author, const std::vector<std::string>& date_parts) {
  if (got.quoted.size() != 1) return std::to_string(got.quoted.size()) + " quoted messages";
  const QuotedBlock& block = got.quoted[0];
  if (block.from.name != author.name || block.from.address != author.address) return "from " + letters::line_of(block.from);
  for (const std::string& part : date_parts)
    if (block.date_text.find(part) == std::string::npos) return "date " + block.date_text;
  if (block.text != "Monday suits us.\nGreetings") return "words " + block.text;
  if (got.new_text != "Yes, please.\nBruno") return "new text " + got.new_text;
  if (block.form != QuoteForm::attribution) return "style " + block.style;
  return {};
}

void score_attribution(const std::string& name, const std::string& attribution, Scores& scores) {
  static const std::vector<Author> kAuthors = {
      {"Anna Berg", "Anna Berg", ""},
      {"Anna Berg <anna.berg@firm.example>", "Anna Berg", "anna.berg@firm.example"},
      {"\"Berg, Anna\" <anna.berg@firm.example>", "Berg, Anna", "anna.berg@firm.example"},
      {"<anna.berg@firm.example>", "", "anna.berg@firm.example"},
      {"anna.berg@firm.example", "", "anna.berg@firm.example"},
      {"Anna von Berg-M\u00fcller <anna.berg@firm.example>", "Anna von Berg-M\u00fcller", "anna.berg@firm.example"},
      {"\u00ab\u00a0Anna Berg\u00a0\u00bb <anna.berg@firm.example>", "Anna Berg", "anna.berg@firm.example"},
      {"Anna Berg [mailto:anna.berg@firm.example]", "Anna Berg", "anna.berg@firm.example"},
      {"Anna Berg (via Desk) <anna.berg@firm.example>", "Anna Berg (via Desk)", "anna.berg@firm.example"},
      {"Anna Berg via Desk <anna.berg@firm.example>", "Anna Berg via Desk", "anna.berg@firm.example"},
  };
  const bool dated = attribution.find("#2") != std::string::npos || attribution.find("{date}") != std::string::npos;
  static const std::vector<std::pair<std::string, std::string>> kDates = {{"05/04/2018", "10:37"}, {"05.04.2018", "10:37"},
                                                                          {"2018-04-05", "10:37"}, {"05.04.18", "10.37"},
                                                                          {"5-4-2018", "10:37"},   {"5.4.2018", "10:37:21"}};
  for (const Author& author : kAuthors) {
    for (const auto& [date, time] : kDates) {
      const std::string line = filled(attribution, author.written, date, time);
      for (const std::size_t width : {400U, 76U, 50U}) {
        for (const char* mark : {"", "> ", "> > > "}) {
          const std::string quote = letters::wrapped(line, width) + "\n" + "> Monday suits us.\n> Greetings\n";
          if (*mark == '\0' || author.address[0] != '\0') {
            const std::string body = kTop + letters::marked(quote, mark);
            Conversation got = letters::read(body);
            if (*mark != '\0' && !got.quoted.empty() && got.quoted[0].text.empty() && got.quoted[0].from.name.empty() &&
                got.quoted[0].from.address.empty())
              got.quoted.erase(got.quoted.begin());
            scores.add(name, author.written,
                       attribution_fault(got, author, dated ? std::vector<std::string>{date, time} : std::vector<std::string>{}),
                       body);
          }
        }
      }
      if (!dated) break;
    }
  }
}

TEST(Locales, AttributionsOfEveryClientAreRead) {
  const auto clients = clients_of_table();
  if (clients.empty()) GTEST_SKIP() << "no table at " << kTable;
  Scores scores;
  for (const auto& [name, client] : clients)
    for (const std::string& attribution : client.attributions) score_attribution(name, attribution, scores);
  scores.print("attributions");
  EXPECT_GE(scores.share(), 0.99);
}

}  // namespace
}  // namespace threadline::facts
