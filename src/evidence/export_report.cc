// SPDX-License-Identifier: Apache-2.0
#include "evidence/export_report.h"

#include <algorithm>
#include <array>

#include "text/charset.h"
#include "text/fold.h"

namespace threadline::evidence {
namespace {

/// Columns of the reports of Purview eDiscovery and Content search; lower case.
constexpr auto kColumns = std::to_array<std::string_view>({
    "item identity",
    "document id",
    "original path",
    "location name",
    "target path",
    "subject or title",
    "sender or created by",
    "recipients in to line",
    "received or created",
    "immutable id",
    "compound path",
    "family id",
    "custodian",
    "item class",
    "input path",
    "location type",
    "file_id",
    "immutable_id",
    "family_id",
    "compound_path",
    "export_native_path",
    "extracted_text_path",
    "native_type",
    "export name",
    "export id",
});

/// How the names of those reports begin; lower case.
constexpr auto kNames = std::to_array<std::string_view>({
    "export summary",
    "export_summary",
    "export_load_file",
    "results",
    "unindexed items",
    "items",
    "locations",
    "settings",
    "statistics",
    "summary",
    "report",
    "trace",
    "skipped",
    "errors",
    "warnings",
    "manifest",
});

constexpr int kMostColumns = 500;

std::string_view unquoted(std::string_view field) {
  const auto is_around = [](char c) { return c == '"' || c == ' ' || c == '\t'; };
  while (!field.empty() && is_around(field.front())) field.remove_prefix(1);
  while (!field.empty() && is_around(field.back())) field.remove_suffix(1);
  return field;
}

bool is_csv_report(std::string_view text, const std::string& name) {
  const auto line = text::ascii_lower(text.substr(0, text.find_first_of("\r\n")));
  std::string_view rest = line;
  int columns = 0;
  int known = 0;
  while (!rest.empty() && columns < kMostColumns) {
    const auto end = std::min(rest.find_first_of(",;\t"), rest.size());
    known += std::ranges::find(kColumns, unquoted(rest.substr(0, end))) != kColumns.end() ? 1 : 0;
    rest.remove_prefix(std::min(end + 1, rest.size()));
    ++columns;
  }
  const bool is_named = std::ranges::any_of(kNames, [&name](std::string_view begin) { return name.starts_with(begin); });
  return known >= 2 || (columns >= 2 && is_named);
}

/// The root of an EDRM load file. Source: EDRM XML Interchange Format 1.0: <Root DataInterchangeType="...">.
bool is_xml_report(std::string_view text) {
  return text.starts_with("<?xml") && text.find("DataInterchangeType=") != std::string_view::npos;
}

}  // namespace

std::string export_report(std::string_view head, std::string_view name) {
  const auto lower = text::ascii_lower(name);
  const bool is_csv = lower.ends_with(".csv");
  if (!is_csv && !lower.ends_with(".xml")) return {};
  const auto decoded = text::decode(head, head.starts_with("\xFF\xFE") ? "utf-16" : "").text;
  std::string_view text = decoded;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (is_csv ? is_csv_report(text, lower) : is_xml_report(text)) return "eDiscovery export report";
  return {};
}

}  // namespace threadline::evidence
