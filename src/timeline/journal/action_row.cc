// SPDX-License-Identifier: Apache-2.0
#include "timeline/journal/action_row.h"

#include <algorithm>
#include <vector>

#include "base/ascii.h"
#include "base/instant.h"
#include "text/zone.h"
#include "timeline/identity.h"

namespace threadline::timeline::journal {
namespace {

constexpr std::size_t kFilesNamed = 20;  ///< in the comment of an import; the tab of evidence has all

/// Adds lines without the last one's end.
void add_line(std::string& text, std::string line) {
  while (line.ends_with('\n')) line.pop_back();
  if (line.empty()) return;
  text += (text.empty() ? "" : "\n") + line;
}

std::string joined(const Sorted& list) {
  std::string text;
  for (const auto& one : list) {
    if (one.is_string()) text += (text.empty() ? "" : ", ") + one.get<std::string>();
  }
  return text;
}

/// "GMime 3.2.7, ICU 72.1"
std::string versions_of(const Sorted& body) {
  std::string text;
  for (const auto& [name, version] : member(body, "versions").items()) {
    if (version.is_string()) text += (text.empty() ? "" : ", ") + name + " " + version.get<std::string>();
  }
  return text;
}

/// "" for none: a group of a phrase is left out then.
std::string some(std::uint64_t count) { return count == 0 ? std::string() : std::to_string(count); }

std::string import_comment(const Sorted& body, Language language) {
  std::string comment;
  std::size_t named = 0;
  const Sorted& files = member(body, "evidence");
  for (const auto& file : files) {
    if (++named > kFilesNamed) break;
    add_line(comment, phrase("case.file", language, {{"path", text_in(file, "path")}, {"sha256", text_in(file, "sha256")}}));
  }
  if (files.size() > kFilesNamed)
    add_line(comment, phrase("case.more_files", language, {{"count", std::to_string(files.size() - kFilesNamed)}}));
  const Sorted& custody = member(body, "custody");
  add_line(comment, phrase("case.custody", language,
                           {{"label", text_in(custody, "label")},
                            {"by", text_in(custody, "by")},
                            {"at", text_in(custody, "at")},
                            {"method", text_in(custody, "method")}}));
  const Sorted& policy = member(body, "policy");
  add_line(comment, phrase("case.policy", language,
                           {{"path", text_in(policy, "path")},
                            {"sha256", text_in(policy, "sha256")},
                            {"domains", joined(member(body, "own_domains"))}}));
  add_line(comment, phrase("case.versions", language, {{"versions", versions_of(body)}}));
  add_line(comment, phrase("case.judged_without", language, {{"count", some(count_in(body, "judged_without"))}}));
  add_line(comment, phrase("case.logs_apart", language, {{"count", some(count_in(body, "logs_apart"))}}));
  for (const auto& [phrase_key, key] : {std::pair("case.not_found", "not_found_rows"), std::pair("case.not_again", "not_again")})
    add_line(comment, phrase(phrase_key, language,
                             {{"rows", joined(member(body, key))}, {"more", some(count_in(body, std::string(key) + "_more"))}}));
  return comment;
}

/// What the action does not say: our words for one name the amount and the accounts, those that somebody typed need not.
std::string payment_comment(const Sorted& body, Language language) {
  const Sorted& payment = member(body, "payment");
  Values values{{"reference", text_in(payment, "reference")}, {"payee_check", text_in(payment, "payee_check")}};
  for (const char* key : {"amount", "debited", "credited"})
    values.emplace_back(key, text_in(body, "action").empty() ? std::string() : text_in(payment, key));
  return phrase("case.payment.comment", language, values);
}

/// Names for the phrases "case.action.<type>".
Values values_of(const Sorted& body, Language language) {
  const auto verdict = known_words("verdict." + text_in(body, "as"), language);
  const Sorted& payment = member(body, "payment");
  return {{"title", text_in(body, "title")},
          {"domains", joined(member(body, "own_domains"))},
          {"row", std::to_string(count_in(body, "row"))},
          {"as", verdict ? std::string(*verdict) : text_in(body, "as")},
          {"name", text_in(body, "name")},
          {"size", std::to_string(count_in(body, "size"))},
          {"bytes", std::to_string(count_in(body, "bytes"))},
          {"entry", std::to_string(count_in(body, "entry"))},
          {"time", text_in(body, "time")},
          {"files", std::to_string(member(body, "evidence").size())},
          {"messages", std::to_string(count_in(body, "messages"))},
          {"rows", std::to_string(count_in(body, "rows"))},
          {"revisions", some(count_in(body, "revisions"))},
          {"known", some(count_in(body, "known"))},
          {"not_found", some(count_in(body, "not_found"))},
          {"found_again", some(count_in(body, "found_again"))},
          {"amount", text_in(payment, "amount")},
          {"debited", text_in(payment, "debited")},
          {"credited", text_in(payment, "credited")}};
}

/// "The journal is broken at entry 3 ...", as verify said it then.
std::string broken_comment(const Sorted& body, Language language) {
  const auto key = known_words("case.fault." + text_in(body, "what"), language);
  if (!key) return text_in(body, "what");
  return phrase("case.fault." + text_in(body, "what"), language,
                {{"entry", std::to_string(count_in(body, "entry"))},
                 {"line", std::to_string(count_in(body, "line"))},
                 {"detail", text_in(body, "detail")}});
}

std::string comment_of(const Entry& entry, Language language) {
  const Sorted& body = entry.body;
  if (entry.type == "open") return phrase("case.versions", language, {{"versions", versions_of(body)}});
  if (entry.type == "import") return import_comment(body, language);
  if (entry.type == "note") return text_in(body, "text");
  if (entry.type == "broken") return broken_comment(body, language);
  if (entry.type == "strike" || entry.type == "qualify") return text_in(body, "why");
  std::string comment = text_in(body, "comment");
  if (body.contains("payment")) add_line(comment, payment_comment(body, language));
  if (!text_in(body, "sha256").empty()) add_line(comment, "sha256 " + text_in(body, "sha256"));
  return comment;
}

std::string action_of(const Entry& entry, Language language) {
  std::string typed = text_in(entry.body, "action");
  if (!typed.empty()) return typed;
  return phrase(entry.body.contains("payment") ? "case.action.payment" : "case.action." + entry.type, language,
                values_of(entry.body, language));
}

/// "2018-04-05T12:36:00Z" -> the instant; nothing for anything else.
std::optional<Instant> instant_in(const std::string& at) {
  if (at.size() != 20 || !std::ranges::all_of(std::string{at[0], at[3], at[5], at[8], at[11], at[14], at[17]}, is_digit))
    return std::nullopt;
  const auto number = [&](std::size_t from, std::size_t digits) { return std::atoi(at.substr(from, digits).c_str()); };
  return instant_of({number(0, 4), number(5, 2), number(8, 2), number(11, 2), number(14, 2), number(17, 2)}, 0);
}

struct LocalTime {
  std::string time, zone;
};

/// Of an entry's instant; nothing where it is none, or the zone is not named or not known.
std::optional<LocalTime> local_time(const std::string& at, const std::string& zone_name) {
  const auto instant = instant_in(at);
  const auto zone = text::Zone::named(zone_name);
  if (!instant || zone_name.empty() || !zone) return std::nullopt;
  return LocalTime{rfc3339(zone->at(*instant)), zone->abbreviation(*instant)};
}

void set_entry_time(Row& row, const std::string& at, const std::string& zone_name) {
  row.known_at = at;
  row.time = at;
  row.zone = "UTC";
  const auto local = local_time(at, zone_name);
  if (!local) return;
  row.time = local->time;
  row.zone = local->zone;
}

void set_stated_time(Row& row, const Sorted& body) {
  row.time = text_in(body, "time");
  row.known_at = text_in(body, "known_at");
  row.zone = text_in(body, "zone");
  row.time_text = text_in(body, "time_text");
}

Payment payment_of(const Sorted& json) {
  return {text_in(json, "amount"), text_in(json, "debited"), text_in(json, "credited"), text_in(json, "reference"),
          text_in(json, "payee_check")};
}

}  // namespace

std::string action_row_id(const Entry& entry) {
  return row_id({"action", entry.prev, "", static_cast<std::int64_t>(entry.seq), entry.type, ""});
}

void set_shown_time(Remark& remark, const std::string& zone) {
  if (auto local = local_time(remark.at, zone)) {
    remark.local = std::move(local->time);
    remark.zone = std::move(local->zone);
  }
}

ShownRow action_row(const Entry& entry, Language language, const std::string& zone) {
  ShownRow shown;
  Row& row = shown.row;
  row.id = action_row_id(entry);
  row.kind = text_in(entry.body, "tab") == "timeline" ? "log" : "action";
  row.time_basis = "analyst";
  row.zone_basis = "chosen";
  if (entry.type != "add" || (row.kind == "action" && text_in(entry.body, "time").empty())) {
    set_entry_time(row, entry.at, zone);
  } else if (!text_in(entry.body, "time").empty()) {
    set_stated_time(row, entry.body);
  } else {
    row.time_basis = "none";  // an event of which nobody knows the time
  }
  const std::string actor = text_in(entry.body, "actor");
  row.actor = actor.empty() ? entry.by : actor;
  row.source = text_in(entry.body, "source");
  if (row.kind == "log") {  // who wrote down an event did not do it
    if (actor.empty()) row.actor = words("case.actor_unstated", language);
    if (row.source.empty()) row.source = phrase("case.typed_by", language, {{"by", entry.by}});
  }
  row.action = action_of(entry, language);
  row.comment = comment_of(entry, language);
  if (entry.body.contains("payment")) shown.payment = payment_of(member(entry.body, "payment"));
  return shown;
}

}  // namespace threadline::timeline::journal
