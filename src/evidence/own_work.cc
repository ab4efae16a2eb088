// SPDX-License-Identifier: Apache-2.0
#include "evidence/own_work.h"

#include <algorithm>
#include <array>

namespace threadline::evidence {
namespace {

using namespace std::string_view_literals;

/// Source: SQLite's file format, section 1.3 ("Application ID": four bytes at offset 68).
bool is_memory(std::string_view head) {
  constexpr std::size_t kApplicationIdAt = 68;
  return head.starts_with("SQLite format 3\0"sv) && head.size() > kApplicationIdAt &&
         head.substr(kApplicationIdAt).starts_with("THRm");
}

/// The first entry of a journal: canonical JSON, keys in byte order, nothing before it.
bool is_journal(std::string_view head) {
  const std::string_view line = head.substr(0, head.find('\n'));
  return line.starts_with(R"({"at":")") && line.ends_with(R"(","seq":1,"type":"open","v":1})");
}

bool is_unfinished_run(std::string_view head) { return head.starts_with("threadline unfinished run, version "); }

/// How a table of rows begins behind its byte order mark: csv in both languages with both separators, timesketch.
constexpr auto kRowBegins = std::to_array<std::string_view>({
    R"("Date","Time","Zone","Source","Actor","Action",)",
    R"("Date";"Time";"Zone";"Source";"Actor";"Action";)",
    R"("Date","Heure","Fuseau","Source","Acteur","Action",)",
    R"("Date";"Heure";"Fuseau";"Source";"Acteur";"Action";)",
    R"("message","datetime","timestamp_desc","actor","action","comment","severity",)",
});

bool is_rows(std::string_view head) {
  constexpr std::string_view kId = R"({"id":")";
  constexpr std::size_t kDigits = 32;
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  if (head.starts_with(kId)) return head.substr(std::min(head.size(), kId.size() + kDigits)).starts_with(R"(","row":)");
  if (head.starts_with(R"({"message":")")) return head.substr(0, head.find('\n')).find(R"(","timestamp_desc":")") != head.npos;
  return std::ranges::any_of(kRowBegins, [head](std::string_view begin) { return head.starts_with(begin); });
}

struct Work {
  bool (*is_it)(std::string_view head);
  std::string_view code;
};

constexpr auto kWorks = std::to_array<Work>({
    {is_memory, "own_memory"},
    {is_journal, "own_case"},
    {is_unfinished_run, "own_unfinished"},
    {is_rows, "own_rows"},
});

}  // namespace

std::string_view own_work(std::string_view head) {
  const auto* const work = std::ranges::find_if(kWorks, [head](const Work& one) { return one.is_it(head); });
  return work == kWorks.end() ? std::string_view() : work->code;
}

}  // namespace threadline::evidence
