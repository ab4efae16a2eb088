// SPDX-License-Identifier: Apache-2.0
// Measures against the shared fact files: every miss is printed, floors are asserted.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "base/utf8.h"
#include "facts/bank/account.h"
#include "facts/bank/glyph.h"
#include "facts/bank/iban.h"
#include "text/charset.h"

namespace threadline::facts {
namespace {

const std::string kFolder = std::string(THREADLINE_SHARED_DIR) + "/data/bank/";

std::vector<std::vector<std::string>> rows_of(const std::string& name) {
  std::vector<std::vector<std::string>> rows;
  std::ifstream in(kFolder + name);
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> fields{""};
    for (const char c : line) {
      if (c == '\t') {
        fields.emplace_back();
      } else {
        fields.back() += c;
      }
    }
    rows.push_back(std::move(fields));
  }
  if (!rows.empty()) rows.erase(rows.begin());
  return rows;
}

std::string compact(const std::string& text) {
  std::string symbols;
  for (const char c : text) {
    if (c != ' ' && c != '-' && c != '.') symbols += static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  }
  return symbols;
}

/// The string member of a JSON line, escapes resolved (BMP and surrogate pairs).
std::string member(const std::string& line, const std::string& key) {
  auto at = line.find("\"" + key + "\": \"");
  if (at == line.npos) return {};
  at += key.size() + 5;
  std::string value;
  for (; at < line.size() && line[at] != '"'; ++at) {
    if (line[at] != '\\') {
      value += line[at];
      continue;
    }
    const char escape = line[++at];
    if (escape == 'u') {
      append_utf8(value, static_cast<char32_t>(std::stoul(line.substr(at + 1, 4), nullptr, 16)));
      at += 4;
    } else {
      value += escape == 'n' ? '\n' : escape == 't' ? '\t' : escape == 'r' ? '\r' : escape;
    }
  }
  return value;
}

std::set<std::string> expected_of(const std::string& line) {
  std::set<std::string> values;
  const auto list = line.substr(line.find("\"expected\": [") + 13);
  std::istringstream in(list.substr(0, list.find(']')));
  for (std::string item; std::getline(in, item, ',');) {
    item = item.substr(item.find('"') + 1);
    item = item.substr(0, item.find('"'));
    if (item.empty()) continue;
    if (item.starts_with("RIB:")) item = iban_of("FR", item.substr(4));
    if (item.starts_with("BE-BBAN:")) item = iban_of("BE", item.substr(8));
    if (item.find(':') != item.npos) item = item.substr(item.find(':') + 1);
    std::erase_if(item, [](char c) { return c == '/' || c == '-'; });
    values.insert(item);
  }
  return values;
}

std::string joined(const std::set<std::string>& values) {
  std::string all;
  for (const auto& value : values) all += value + " ";
  return all;
}

TEST(SharedBank, EveryVerdictOnIbanVectorsIsTheComputedOne) {
  const auto rows = rows_of("vectors_iban.tsv");
  if (rows.empty()) GTEST_SKIP() << "no shared fact files";
  std::size_t right = 0;
  for (const auto& row : rows) {
    const auto check = check_iban(compact(row[0]));
    const auto flag = [](bool value) { return value ? "True" : "False"; };
    const std::string national = check.national ? flag(*check.national) : "None";
    const bool same = flag(check.structure && check.mod97) == flag(row[2] == "True" && row[4] == "True") &&
                      (row[5] == "None" || !check.structure || national == row[5]);
    right += same ? 1U : 0U;
    if (!same)
      std::cout << "miss: " << row[0] << " is " << flag(check.mod97) << flag(check.length) << flag(check.structure) << national
                << "\n";
  }
  std::cout << "vectors_iban: " << right << " of " << rows.size() << "\n";
  EXPECT_EQ(right, rows.size());
}

TEST(SharedBank, EveryRibAbaAndBicVectorIsJudgedAsTold) {
  const auto rows = rows_of("vectors_rib_bic_aba.tsv");
  if (rows.empty()) GTEST_SKIP() << "no shared fact files";
  std::size_t right = 0, counted = 0;
  for (const auto& row : rows) {
    if (row[2] == "see note") continue;
    const bool valid = row[0] == "RIB" ? is_rib(row[1]) : row[0] == "ABA" ? is_aba(row[1]) : is_bic(row[1]);
    const bool same = valid == (row[2] != "invalid");
    ++counted;
    right += same ? 1U : 0U;
    if (!same) std::cout << "miss: " << row[0] << " " << row[1] << " told " << row[2] << "\n";
  }
  std::cout << "vectors_rib_bic_aba: " << right << " of " << counted << "\n";
  EXPECT_GE(right + 4, counted);  // dictionary words that have a BIC's form but a country that has no banks
}

TEST(SharedBank, PresentationsAreReadAndNegativesAreSilent) {
  std::ifstream in(kFolder + "presentations.jsonl");
  if (!in) GTEST_SKIP() << "no shared fact files";
  std::size_t right = 0, all = 0, false_alarms = 0;
  for (std::string line; std::getline(in, line); ++all) {
    std::set<std::string> values;
    for (const auto& account : find_accounts(member(line, "text"), {})) {
      if (account.valid && !account.masked && account.kind != "bic") values.insert(account.value);
    }
    const auto expected = expected_of(line);
    right += values == expected ? 1U : 0U;
    false_alarms += expected.empty() && !values.empty() ? 1U : 0U;
    if (values != expected)
      std::cout << "miss: " << member(line, "id") << " " << member(line, "cls") << " got " << joined(values) << " not "
                << joined(expected) << "\n";
  }
  std::cout << "presentations: " << right << " of " << all << ", false alarms " << false_alarms << "\n";
  EXPECT_GE(static_cast<double>(right), 0.97 * static_cast<double>(all));
  EXPECT_EQ(false_alarms, 0U);
}

TEST(SharedBank, QuotedAndConstructedPhrasesAreHeard) {
  const auto rows = rows_of("phrases.tsv");
  if (rows.empty()) GTEST_SKIP() << "no shared fact files";
  std::size_t heard = 0, all = 0, advisory = 0, advisory_all = 0;
  for (const auto& row : rows) {
    ReadText body;
    body.text = row[2];
    std::vector<Note> notes;
    const auto requests = read_requests(body, {}, {}, notes);
    const bool fires = std::ranges::any_of(requests, [](const Request& request) { return request.kind != "payment"; });
    if (row[1] == "A") {
      ++advisory_all;
      advisory += fires ? 1U : 0U;
      continue;
    }
    ++all;
    heard += fires ? 1U : 0U;
    if (!fires) std::cout << "silent: " << row[0] << " " << row[2] << " (" << row[3] << ")\n";
  }
  std::cout << "phrases: " << heard << " of " << all << "; advisory wordings that fire: " << advisory << " of " << advisory_all
            << "\n";
  EXPECT_GE(static_cast<double>(heard), 0.75 * static_cast<double>(all));
}

}  // namespace
}  // namespace threadline::facts
