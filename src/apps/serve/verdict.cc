// SPDX-License-Identifier: Apache-2.0
#include "apps/serve/verdict.h"

#include <algorithm>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/severity.h"
#include "text/domain.h"
#include "timeline/exports/synthesis.h"
#include "timeline/sentences.h"
#include "timeline/visible.h"
#include "timeline/words.h"

namespace threadline::apps::serve {
namespace {

using timeline::Language;
using timeline::ShownRow;
using Json = nlohmann::ordered_json;

constexpr int kLow = 1, kMedium = 2, kHigh = 3;
constexpr std::size_t kShown = 20;          ///< accounts, domains
constexpr std::size_t kGroups = 10'000;     ///< messages with findings that compete
constexpr std::size_t kLongestName = 300;   ///< code points of a name that is marked
constexpr std::size_t kLongestValue = 200;  ///< code points of a value in the sentence

std::vector<std::string> code_points(std::string_view text) {
  std::vector<std::string> points;
  for (const char c : text) {
    const bool continues = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
    if (continues && !points.empty())
      points.back() += c;
    else if (points.size() < kLongestName)
      points.emplace_back(1, c);
  }
  return points;
}

void add(std::vector<Stretch>& to, const std::string& text, bool is_same) {
  if (to.empty() || to.back().is_same != is_same) to.push_back({{}, is_same});
  to.back().text += text;
}

std::string text_at(const Json& json, const char* key) {
  const auto found = json.is_object() ? json.find(key) : json.end();
  return found == json.end() || !found->is_string() ? std::string() : found->get<std::string>();
}

Json stretches_json(const std::vector<Stretch>& stretches) {
  Json list = Json::array();
  for (const Stretch& one : stretches) list.push_back({{"text", timeline::visible(one.text)}, {"same", one.is_same}});
  return list;
}

/// A finding of medium or more that stands, with its evidence read.
struct Claim {
  const ShownRow* shown = nullptr;
  Json evidence;
  int rank = 0;
};

struct About {
  int rank = 0;
  std::vector<const Claim*> claims;
};

/// What is told first of two messages whose findings are equally severe.
int telling(const About& about) {
  int best = 0;
  for (const Claim* claim : about.claims) {
    const std::string& code = claim->shown->row.code;
    best = std::max(best, code == "bank_account_changed" ? 3 : code == "thread_hijack" ? 2 : code == "lookalike_domain" ? 1 : 0);
  }
  return best;
}

class Panel {
 public:
  explicit Panel(const timeline::Exhibit& exhibit) : exhibit_(exhibit), language_(exhibit.language) {
    exhibit.each_row(timeline::Tab::timeline, [this](const ShownRow& shown) { keep(shown); });
    std::ranges::sort(claims_,
                      [](const Claim& one, const Claim& other) { return one.shown->row.known_at < other.shown->row.known_at; });
    for (const Claim& claim : claims_) {
      const std::string key = claim.shown->row.about.value_or(claim.shown->row.id);
      if (!groups_.contains(key) && groups_.size() >= kGroups) continue;
      About& about = groups_[key];
      about.rank = std::max(about.rank, claim.rank);
      about.claims.push_back(&claim);
    }
    for (const auto& [key, about] : groups_) {
      const bool is_first =
          first_ == nullptr || std::pair(about.rank, telling(about)) > std::pair(first_->rank, telling(*first_));
      if (is_first) first_ = &about;
    }
  }

  std::string json() {
    Json panel = Json::object();
    panel["level"] = level();
    panel["sentence"] = sentence();
    panel["advice"] = advice();
    panel["row"] = first_ == nullptr ? Json(nullptr) : Json(first_->claims.front()->shown->row.about.value_or(""));
    panel["accounts"] = accounts();
    panel["domains"] = domains();
    panel["stranger"] = stranger();
    const timeline::Synthesis synthesis = timeline::synthesis_of(exhibit_);
    panel["points"] = points(synthesis);
    panel["todo"] = first_ != nullptr && first_->rank >= kHigh ? Json(timeline::todo_of(synthesis, language_)) : Json::array();
    panel["counts"] = {{"messages", synthesis.messages},
                       {"quoted", synthesis.quoted},
                       {"findings", synthesis.findings},
                       {"struck", synthesis.struck},
                       {"by_severity", synthesis.by_severity}};
    return panel.dump(-1, ' ', false, Json::error_handler_t::replace);
  }

 private:
  void keep(const ShownRow& shown) {
    const Row& row = shown.row;
    if (row.kind == "message") {
      ++messages_;
      by_id_.emplace(row.id, shown);
      if (row.message_id) by_message_id_.emplace(*row.message_id, row.id);
    }
    if (row.kind == "log") events_.insert(row.id);
    has_logs_ = has_logs_ || row.kind == "log" || row.code == "log_read";
    const int rank = timeline::severity_rank(row.severity);
    if (row.kind == "finding" && rank == kLow && timeline::is_standing(shown)) ++low_;
    if (row.kind != "finding" || rank < kMedium || !timeline::is_standing(shown)) return;
    kept_.push_back(std::make_unique<ShownRow>(shown));
    Json evidence = Json::parse(row.evidence_json, nullptr, false);
    claims_.push_back({kept_.back().get(), evidence.is_object() ? std::move(evidence) : Json::object(), rank});
  }

  [[nodiscard]] std::string level() const {
    if (messages_ == 0 && first_ == nullptr && !has_logs_) return "empty";
    if (first_ == nullptr) return "nothing";
    return first_->claims.empty() ? "nothing" : std::string(name_of(static_cast<Severity>(first_->rank)));
  }

  [[nodiscard]] const Claim* said(std::string_view code) const {
    if (first_ == nullptr) return nullptr;
    const auto found = std::ranges::find_if(first_->claims, [&](const Claim* claim) { return claim->shown->row.code == code; });
    return found == first_->claims.end() ? nullptr : *found;
  }

  [[nodiscard]] std::string phrase(std::string_view key, const timeline::Values& values) const {
    return timeline::phrase(key, language_, values);
  }

  static std::string value(const std::string& text) { return timeline::visible(timeline::one_line(text, kLongestValue)); }

  [[nodiscard]] std::string sentence() const {
    const std::string count = std::to_string(messages_);
    if (first_ == nullptr && messages_ == 0 && has_logs_) return phrase("lead.logs", {{"count", std::to_string(events_.size())}});
    if (first_ == nullptr && messages_ == 0) return phrase("lead.empty", {});
    if (first_ == nullptr && low_ > 0) return phrase("lead.low", {{"count", count}, {"low", std::to_string(low_)}});
    if (first_ == nullptr) return phrase("lead.nothing", {{"count", count}});
    if (first_->rank < kHigh)
      return phrase("lead.medium",
                    {{"count", std::to_string(groups_.size())}, {"sentence", value(most_severe().shown->row.comment)}});
    const std::string time = timeline::moment_of(first_->claims.front()->shown->row, language_);
    const Claim* account = said("bank_account_changed");
    const Claim* domain = said("lookalike_domain");
    const Claim* hijack = said("thread_hijack");
    timeline::Values values{{"time", time}};
    if (domain != nullptr) {
      values.emplace_back("domain", value(text_at(domain->evidence, "domain")));
      values.emplace_back("reference", value(text_at(domain->evidence, "reference")));
    }
    if (hijack != nullptr) {
      const Json participant = hijack->evidence.value("participant", Json());
      values.emplace_back("participant", value(text_at(participant, "name").empty() ? text_at(participant, "address")
                                                                                    : text_at(participant, "name")));
    }
    if (account != nullptr && domain != nullptr) return phrase("lead.account_domain", values);
    if (account != nullptr && hijack != nullptr) return phrase("lead.account_hijack", values);
    if (account != nullptr && said("own_domain_spoofed") != nullptr) return phrase("lead.account_spoofed", values);
    if (account != nullptr) return phrase("lead.account", values);
    if (domain != nullptr) return phrase(hijack != nullptr ? "lead.domain_hijack" : "lead.domain", values);
    if (hijack != nullptr) return phrase("lead.hijack", values);
    values.emplace_back("sentence", value(most_severe().shown->row.comment));
    return phrase(is_about_event() ? "lead.event" : "lead.other", values);
  }

  [[nodiscard]] const Claim& most_severe() const {
    return **std::ranges::max_element(first_->claims, {}, [](const Claim* claim) { return claim->rank; });
  }

  [[nodiscard]] std::string advice() const {
    if (first_ == nullptr || first_->rank < kHigh) return {};
    if (is_about_event()) return phrase("lead.advice_event", {});
    return phrase(said("bank_account_changed") != nullptr ? "lead.advice_account" : "lead.advice", {});
  }

  /// Whether what is told first is about a record of a log, and no mail.
  [[nodiscard]] bool is_about_event() const { return events_.contains(first_->claims.front()->shown->row.about.value_or("")); }

  /// Who showed an account: the row of the message that it stands in.
  [[nodiscard]] Json presenter(const Json& account) const {
    const auto id = by_message_id_.find(text_at(account, "message"));
    if (id == by_message_id_.end()) return nullptr;
    const Row& row = by_id_.at(id->second).row;
    return {{"id", row.id}, {"actor", row.actor}, {"time", row.time ? Json(*row.time) : Json(nullptr)}, {"zone", row.zone}};
  }

  [[nodiscard]] Json account_json(const Json& account) const {
    const std::string written = text_at(account, "value");
    return {{"kind", text_at(account, "kind")},
            {"value", written},
            {"shown", timeline::visible(timeline::grouped_account(written))},
            {"country", text_at(account, "country")},
            {"bank_code", text_at(account, "bank_code")},
            {"bank_name", text_at(account, "bank_name")},
            {"bic", text_at(account, "bic")},
            {"holder", text_at(account, "holder")},
            {"where", text_at(account, "where")},
            {"attachment", text_at(account, "attachment")},
            {"level", account.value("level", Json(0))},
            {"as_written", text_at(account, "as_written")},
            {"since", text_at(account, "since")},
            {"source", text_at(account, "source")},
            {"presented_by", presenter(account)}};
  }

  [[nodiscard]] Json account_list(const Json& list) const {
    Json made = Json::array();
    if (!list.is_array()) return made;
    for (const auto& account : list) {
      if (account.is_object() && made.size() < kShown) made.push_back(account_json(account));
    }
    return made;
  }

  /// The claims of that code, those of the first message first.
  [[nodiscard]] std::vector<const Claim*> all_of(std::string_view code) const {
    std::vector<const Claim*> found;
    for (const bool of_first : {true, false}) {
      for (const Claim& claim : claims_) {
        const bool is_first = first_ != nullptr && std::ranges::find(first_->claims, &claim) != first_->claims.end();
        if (claim.shown->row.code == code && is_first == of_first && claim.evidence.is_object()) found.push_back(&claim);
      }
    }
    return found;
  }

  [[nodiscard]] Json accounts() const {
    Json made = Json::array();
    std::set<std::string> told;
    for (const Claim* claim : all_of("bank_account_changed")) {
      Json one{{"row", claim->shown->row.about.value_or("")},
               {"severity", claim->shown->row.severity},
               {"sentence", claim->shown->row.comment},
               {"before", account_list(claim->evidence.value("before", Json()))},
               {"after", account_list(claim->evidence.value("after", Json()))}};
      std::string key;
      for (const auto& account : one["after"]) key += account["value"].get<std::string>() + " ";
      if (made.size() < kShown && told.insert(key).second) made.push_back(std::move(one));
    }
    return made;
  }

  [[nodiscard]] Json domains() const {
    Json made = Json::array();
    std::set<std::string> told;
    for (const Claim* claim : all_of("lookalike_domain")) {
      const std::string domain = text_at(claim->evidence, "domain"), reference = text_at(claim->evidence, "reference");
      if (made.size() >= kShown || !told.insert(domain + " " + reference).second) continue;
      const std::string technique = text_at(claim->evidence, "technique");
      const MarkedNames names = marked(text::read_domain(domain).unicode, text::read_domain(reference).unicode);
      made.push_back({{"row", claim->shown->row.about.value_or("")},
                      {"severity", claim->shown->row.severity},
                      {"domain", domain},
                      {"reference", reference},
                      {"domain_marked", stretches_json(names.first)},
                      {"reference_marked", stretches_json(names.second)},
                      {"field", text_at(claim->evidence, "field")},
                      {"technique", timeline::known_words("technique." + technique, language_).value_or(technique)},
                      {"sentence", claim->shown->row.comment}});
    }
    return made;
  }

  /// The message that does not belong in its thread, and in whose place it stands.
  [[nodiscard]] Json stranger() const {
    const auto hijacks = all_of("thread_hijack");
    if (hijacks.empty()) return nullptr;
    const Claim& claim = *hijacks.front();
    const Row& row = claim.shown->row;
    const auto message = by_id_.find(row.about.value_or(""));
    return {{"row", row.about.value_or("")},
            {"actor", row.actor},
            {"time", row.time ? Json(*row.time) : Json(nullptr)},
            {"zone", row.zone},
            {"action", message == by_id_.end() ? "" : message->second.row.action},
            {"source", row.source},
            {"sender", claim.evidence.value("sender", Json())},
            {"participant", claim.evidence.value("participant", Json())},
            {"sentence", row.comment}};
  }

  static Json points(const timeline::Synthesis& synthesis) {
    Json made = Json::array();
    for (const auto& point : synthesis.points) {
      made.push_back({{"row", point.row},
                      {"severity", name_of(static_cast<Severity>(std::clamp(point.rank, 0, 4)))},
                      {"time", point.time},
                      {"actor", point.actor},
                      {"sentence", point.sentence}});
    }
    return made;
  }

  const timeline::Exhibit& exhibit_;
  Language language_;
  std::uint64_t messages_ = 0, low_ = 0;
  bool has_logs_ = false;
  std::unordered_set<std::string> events_;  ///< ids of rows of logs
  std::vector<std::unique_ptr<ShownRow>> kept_;
  std::vector<Claim> claims_;
  std::map<std::string, About> groups_;
  const About* first_ = nullptr;
  std::unordered_map<std::string, ShownRow> by_id_;             ///< messages
  std::unordered_map<std::string, std::string> by_message_id_;  ///< to the row's id
};

}  // namespace

MarkedNames marked(std::string_view first, std::string_view second) {
  const auto one = code_points(first), other = code_points(second);
  std::vector<std::vector<std::uint16_t>> longest(one.size() + 1, std::vector<std::uint16_t>(other.size() + 1, 0));
  for (std::size_t i = one.size(); i-- > 0;) {
    for (std::size_t j = other.size(); j-- > 0;)
      longest[i][j] = one[i] == other[j] ? static_cast<std::uint16_t>(longest[i + 1][j + 1] + 1)
                                         : std::max(longest[i + 1][j], longest[i][j + 1]);
  }
  MarkedNames names;
  std::size_t i = 0, j = 0;
  while (i < one.size() || j < other.size()) {
    if (i < one.size() && j < other.size() && one[i] == other[j]) {
      add(names.first, one[i++], true);
      add(names.second, other[j++], true);
    } else if (j == other.size() || (i < one.size() && longest[i + 1][j] >= longest[i][j + 1])) {
      add(names.first, one[i++], false);
      add(names.second, "", false);
    } else {
      add(names.second, other[j++], false);
      add(names.first, "", false);
    }
  }
  return names;
}

std::string verdict_json(const timeline::Exhibit& exhibit) { return Panel(exhibit).json(); }

}  // namespace threadline::apps::serve
