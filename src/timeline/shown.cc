// SPDX-License-Identifier: Apache-2.0
#include "timeline/shown.h"

#include <algorithm>

namespace threadline::timeline {
namespace {

/// "2018-04-05 14:40 CEST", in French "05/04/2018 14:40 CEST", of an entry's "2018-04-05T12:40:00Z"; in UTC without a zone.
std::string moment_of(const Remark& remark, Language language) {
  constexpr std::size_t kMinutes = 16;
  constexpr std::size_t kDate = 10;
  const std::string& at = remark.local.empty() ? remark.at : remark.local;
  if (at.size() < kMinutes) return at;
  const std::string french = at.substr(8, 2) + "/" + at.substr(5, 2) + "/" + at.substr(0, 4);
  const std::string date = language == Language::fr ? french : at.substr(0, kDate);
  return date + " " + at.substr(kDate + 1, kMinutes - kDate - 1) + " " + (remark.local.empty() ? "UTC" : remark.zone);
}

std::string sentence(std::string_view key, const Remark& remark, Language language) {
  const auto named = known_words("verdict." + remark.as, language);
  return phrase(key, language,
                {{"by", remark.by},
                 {"at", moment_of(remark, language)},
                 {"as", named ? std::string(*named) : remark.as},
                 {"text", remark.text},
                 {"entry", std::to_string(remark.entry)}});
}

Values import_values(const Remark& import, const std::string& policy, Language language) {
  return {{"by", import.by}, {"at", moment_of(import, language)}, {"policy", policy}, {"entry", std::to_string(import.entry)}};
}

std::string regraded_sentence(const Regraded& one, Language language) {
  Values values = import_values(one.import, one.policy, language);
  values.emplace_back("before", std::string(words("severity." + one.before, language)));
  values.emplace_back("after", std::string(words("severity." + one.after, language)));
  return phrase("shown.regraded", language, values);
}

}  // namespace

Exhibit exhibit_of(const std::vector<Row>& rows, const Details& details, Language language) {
  Exhibit exhibit;
  exhibit.language = language;
  const auto each = [&rows, &details](const RowSink& sink) {
    for (const Row& row : rows) {
      ShownRow shown;
      shown.row = row;
      const auto found = details.find(row.id);
      if (found != details.end()) shown.details_json = found->second;
      sink(shown);
    }
  };
  exhibit.each_row = [each](Tab tab, const RowSink& sink) {
    if (tab == Tab::timeline) each(sink);
  };
  exhibit.each_row_for_programs = [each](const std::vector<Tab>& tabs, const RowSink& sink) {
    if (std::ranges::find(tabs, Tab::timeline) != tabs.end()) each(sink);
  };
  return exhibit;
}

std::string struck_sentence(const Remark& struck, Language language) { return sentence("shown.struck", struck, language); }

std::string comment_with_remarks(const ShownRow& shown, Language language) {
  const std::string remarks = remarks_on(shown, language);
  const bool is_both = !remarks.empty() && !shown.row.comment.empty();
  return shown.row.comment + (is_both ? "\n" : "") + remarks;
}

std::string remarks_on(const ShownRow& shown, Language language) {
  std::string remarks;
  const auto add = [&](const std::string& line) { remarks += (remarks.empty() ? "" : "\n") + line; };
  for (const Regraded& one : shown.regraded) add(regraded_sentence(one, language));
  if (shown.gone) add(gone_sentence(*shown.gone, language));
  if (shown.qualified) add(qualified_sentence(*shown.qualified, language));
  for (const Remark& note : shown.notes) add(sentence("shown.note", note, language));
  if (shown.struck) add(struck_sentence(*shown.struck, language));
  return remarks;
}

std::string qualified_sentence(const Remark& verdict, Language language) {
  return sentence("shown.qualified", verdict, language);
}

std::string gone_sentence(const Gone& gone, Language language) {
  const auto values = import_values(gone.import, gone.policy, language);
  if (gone.original == 0) return phrase("shown.gone", language, values);
  Values with_row = values;
  with_row.emplace_back("row", std::to_string(gone.original));
  return phrase("shown.original", language, with_row);
}

bool is_standing(const ShownRow& shown) {
  if (shown.struck) return false;
  const std::string verdict = shown.qualified ? shown.qualified->as : "";
  const bool is_upheld = verdict == "fraud" || verdict == "suspicious" || verdict == "compromised";
  return verdict != "legitimate" && (!shown.gone || is_upheld);
}

}  // namespace threadline::timeline
