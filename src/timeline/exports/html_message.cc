// SPDX-License-Identifier: Apache-2.0
#include "timeline/exports/html_message.h"

#include <algorithm>
#include <map>

#include "timeline/exports/synthesis.h"
#include "timeline/json.h"
#include "timeline/sentences.h"

namespace threadline::timeline {
namespace {

constexpr int kLevels = 64;   ///< of evidence in evidence
constexpr int kIndents = 12;  ///< of messages in a conversation
constexpr int kMedium = 2;
constexpr int kHigh = 3;
constexpr std::size_t kAccounts = 20;  ///< side by side; the finding's row in jsonl has all

const Json& list_at(const Json& json, const char* key) {
  static const Json kNone = Json::array();
  const auto found = json.is_object() ? json.find(key) : json.end();
  return found == json.end() || !found->is_array() ? kNone : *found;
}

bool is_true_at(const Json& json, const char* key) { return json.is_object() && json.value(key, Json()) == true; }

/// "F. LeComptable <f@firm.example>".
std::string person_of(const Json& person) {
  const std::string name = text_at(person, "name");
  std::string address = text_at(person, "address");
  if (name.empty()) return address;
  return address.empty() ? name : name + " <" + address + ">";
}

std::string people_of(const Json& list) {
  std::string text;
  for (const auto& person : list) text += (text.empty() ? "" : ", ") + person_of(person);
  return text;
}

/// "(part 1, offset 12, length 177)"; nothing where the words stand in no part.
std::string place_of(const Json& span) {
  const std::string part = text_at(span, "part");
  if (part.empty()) return {};
  return "(part " + part + ", offset " + dumped(span.value("offset", Json(0))) + ", length " +
         dumped(span.value("length", Json(0))) + ")";
}

bool is_nothing(const Json& json) { return json.is_null() || json == "" || (json.is_structured() && json.empty()); }

/// A value of the evidence on few lines: "name: x; address: y".
std::string flat(const Json& json, int level = 0) {
  if (level > kLevels || is_nothing(json)) return {};
  if (json.is_string()) return json.get<std::string>();
  if (!json.is_structured()) return dumped(json);
  std::string text;
  for (const auto& [key, value] : json.items()) {
    const std::string one = flat(value, level + 1);
    if (one.empty()) continue;
    text += text.empty() ? "" : json.is_array() ? "\n" : "; ";
    if (!json.is_array()) text.append(key).append(": ");
    text += one;
  }
  return text;
}

std::string time_text(std::string time) {
  if (time.size() > 10 && time[10] == 'T') time[10] = ' ';
  return time;
}

void write_quotes(Markup& page, const Json& because) {
  if (because.empty()) return;
  page.element("p", page.word("page.because"), "label");
  page.tag("<ul class=\"because\">\n");
  for (const auto& one : because) {
    page.tag("<li>");
    page.element("q", text_at(one, "text"));
    page.text(" ");
    page.element("span", one.is_object() ? place_of(one.value("span", Json::object())) : "", "fine");
    page.tag("</li>\n");
  }
  page.tag("</ul>\n");
}

/// What the finding rests on beside its words: names as in docs/findings.md.
void write_facts(Markup& page, const Json& evidence) {
  page.tag("<ul class=\"rest\">");
  for (const auto& [key, value] : evidence.items()) {
    const bool is_elsewhere = key == "because" || ((key == "before" || key == "after") && value.is_array());
    const std::string text = is_elsewhere ? "" : flat(value);
    if (text.empty()) continue;
    page.tag("<li>");
    page.element("span", key, "fine");
    page.text(" " + text);
    page.tag("</li>");
  }
  page.tag("</ul>\n");
}

std::string account_text(const Json& account) {
  const std::string grouped = grouped_account(text_at(account, "value"));
  const std::string written = text_at(account, "as_written");
  return written.empty() || written == grouped ? grouped : grouped + "\n\u00ab " + written + " \u00bb";
}

std::string bank_text(const Json& account) {
  std::string text = text_at(account, "bank_name");
  for (const char* key : {"bank_code", "bic", "country"}) {
    const std::string one = text_at(account, key);
    if (!one.empty()) text += (text.empty() ? "" : ", ") + one;
  }
  return text;
}

using AccountCell = std::string (*)(const Json&);
const std::pair<std::string_view, AccountCell> kAccountRows[] = {
    {"page.account", account_text},
    {"page.bank", bank_text},
    {"page.holder", [](const Json& account) { return text_at(account, "holder"); }},
    {"page.presented_for", [](const Json& account) { return text_at(account, "presented_for"); }},
    {"page.since", [](const Json& account) { return time_text(text_at(account, "since")); }},
    {"column.message_id", [](const Json& account) { return text_at(account, "message"); }},
    {"column.source", [](const Json& account) { return text_at(account, "source"); }}};

/// Before and after side by side, a table a pair.
void write_accounts(Markup& page, const Json& evidence) {
  const Json &before = list_at(evidence, "before"), &after = list_at(evidence, "after");
  const std::size_t pairs = std::max(before.size(), after.size());
  for (std::size_t at = 0; at < std::min(pairs, kAccounts); ++at) {
    page.begin_table({"", "page.before", "page.after"}, "pair");
    for (const auto& [title, cell] : kAccountRows) {
      const std::string one = at < before.size() ? cell(before[at]) : "", other = at < after.size() ? cell(after[at]) : "";
      if (one.empty() && other.empty()) continue;
      page.tag("<tr>");
      page.element("th", page.word(title));
      page.element("td", one.empty() ? "\u2014" : one);
      page.element("td", other.empty() ? "\u2014" : other, "after");
      page.tag("</tr>\n");
    }
    page.end_table();
  }
  if (pairs > kAccounts)
    page.element("p", phrase("page.more_accounts", page.language(), {{"count", std::to_string(pairs - kAccounts)}}));
}

void write_remarks(Markup& page, const ShownRow& shown) {
  const std::string remarks = remarks_on(shown, page.language());
  if (!remarks.empty()) page.element("p", remarks, "why");
}

void write_finding(Markup& page, const ShownRow& shown) {
  const Row& row = shown.row;
  const int rank = severity_rank(row.severity);
  page.tag(shown.struck ? "<div class=\"finding struck\">"
           : shown.gone ? "<div class=\"finding gone\">"
                        : "<div class=\"finding\">");
  page.tag("<p class=\"claim\">");
  page.element("span", rank < 0 ? "" : page.word("severity." + row.severity),
               rank < 0 || !is_standing(shown) ? "badge" : "badge " + row.severity);
  page.text(" ");
  page.element("b", title_of(row.code, page.language()));
  page.text(" ");
  page.element("span", row.code + phrase("page.row", page.language(), {{"row", std::to_string(row.row)}}), "fine");
  page.tag("</p>\n");
  page.element("p", row.comment);
  write_remarks(page, shown);
  const Json evidence = Json::parse(row.evidence_json, nullptr, false);
  if (evidence.is_object() && rank >= kMedium) {
    write_quotes(page, list_at(evidence, "because"));
    write_accounts(page, evidence);
    write_facts(page, evidence);
  }
  page.tag("</div>\n");
}

std::string peer_text(const Json& from) {
  const std::string name = text_at(from, "name"), helo = text_at(from, "helo"), ip = text_at(from, "ip");
  std::string text = helo.empty() ? name : helo;
  if (!name.empty() && name != text) text += " (" + name + ")";
  if (ip.empty()) return text;
  return text.empty() ? "[" + ip + "]" : text + " [" + ip + "]";
}

std::string protocol_text(const Json& hop) {
  std::string text = text_at(hop, "with");
  const std::string tls = text_at(hop, "tls");
  return tls.empty() ? text : text + ", " + tls;
}

void write_hops(Markup& page, const Json& hops) {
  if (hops.empty()) return;
  page.element("h4", page.word("page.hops"));
  page.begin_table(
      {"page.hop", "page.hop_from", "page.hop_by", "page.hop_with", "page.hop_time", "page.hop_delay", "page.hop_trusted"},
      "hops");
  std::size_t number = 0;
  for (const auto& hop : hops) {
    const Json delay = hop.is_object() ? hop.value("delay_seconds", Json()) : Json();
    const bool is_inferred = is_true_at(hop, "trust_inferred");
    page.record({std::to_string(++number), peer_text(hop.is_object() ? hop.value("from", Json()) : Json()), text_at(hop, "by"),
                 protocol_text(hop), time_text(text_at(hop, "time")), delay.is_number() ? dumped(delay) : "",
                 is_true_at(hop, "trusted") ? page.word(is_inferred ? "page.trust_inferred" : "page.trusted") : ""});
  }
  page.end_table();
}

void write_auth(Markup& page, const Json& results) {
  if (results.empty()) return;
  page.element("h4", page.word("page.auth"));
  page.begin_table({"page.auth_method", "page.auth_result", "page.hop_by", "page.auth_about", "page.hop_trusted"}, "hops");
  for (const auto& result : results)
    page.record({text_at(result, "method"), text_at(result, "result"), text_at(result, "by"),
                 flat(result.is_object() ? result.value("properties", Json()) : Json()),
                 is_true_at(result, "trusted") ? page.word("page.trusted") : ""});
  page.end_table();
}

/// The conversation as a tree: each message inside the one that it answers.
class TreeWriter {
 public:
  TreeWriter(Markup& page, const ShownRow& message, const NamedRows& rows) : page_(page), message_(message), rows_(rows) {}

  void write(const Json& details) {
    const Json& nodes = list_at(details, "conversation");
    for (const auto& node : nodes) by_parent_.emplace(text_at(node, "parent"), &node);
    if (nodes.size() < 2) return;
    page_.element("h4", page_.word("page.conversation"));
    write_below("", 0);
    const Json more = details.value("conversation_more", Json());
    if (more.is_number()) page_.element("p", phrase("page.more_messages", page_.language(), {{"count", dumped(more)}}));
  }

 private:
  /// Deep answers stand below each other: a level of its own for each would leave no room.
  void write_below(const std::string& parent, int level) {
    const auto [begin, end] = by_parent_.equal_range(parent);
    if (begin == end || level > kDeepest) return;
    if (level < kIndents) page_.tag("<ul class=\"tree\">\n");
    for (auto child = begin; child != end; ++child) {
      const bool is_inside = level + 1 < kIndents;
      page_.tag("<li>");
      write_node(*child->second);
      if (is_inside) write_below(text_at(*child->second, "id"), level + 1);
      page_.tag("</li>\n");
      if (!is_inside) write_below(text_at(*child->second, "id"), level + 1);
    }
    if (level < kIndents) page_.tag("</ul>\n");
  }

  void write_node(const Json& node) {
    const auto found = rows_.find(text_at(node, "id"));
    const bool is_row = found != rows_.end();
    const auto doubt = is_row ? found->second.doubt : NamedRow::Doubt::none;
    const bool is_this = text_at(node, "id") == message_.row.id;
    page_.tag(doubt == NamedRow::Doubt::false_one  ? "<div class=\"node false\">"
              : doubt == NamedRow::Doubt::doubtful ? "<div class=\"node doubtful\">"
              : is_this                            ? "<div class=\"node this\">"
                                                   : "<div class=\"node\">");
    if (doubt == NamedRow::Doubt::false_one) page_.element("b", page_.word("page.false"), "mark");
    if (doubt == NamedRow::Doubt::doubtful) page_.element("b", page_.word("page.doubtful"), "mark");
    page_.text(" ");
    const bool has_time = is_row && !found->second.moment.empty();
    page_.element("b", has_time ? found->second.moment : time_text(text_at(node, "time")));
    page_.text(" " + person_of(node.value("from", Json())) + " ");
    if (is_row) page_.element("i", found->second.action);
    if (node.value("quoted", Json()) == true) page_.text(" " + page_.word("page.quoted"));
    if (is_row)
      page_.element("span", phrase("page.row", page_.language(), {{"row", std::to_string(found->second.number)}}), "fine");
    page_.tag("<br>");
    page_.element("span", text_at(node, "subject"));
    page_.tag("</div>\n");
  }

  static constexpr int kDeepest = 1'000;  ///< a tree has at most Limits::conversation_messages and quoted_blocks

  Markup& page_;
  const ShownRow& message_;
  const NamedRows& rows_;
  std::multimap<std::string, const Json*> by_parent_;
};

void write_people(Markup& page, const Told& told, const Json& details) {
  page.tag("<table class=\"facts\"><tbody>\n");
  page.named(page.word("page.subject"), text_at(details, "subject"));
  page.named("From", people_of(list_at(details, "from")));
  page.named("Reply-To", people_of(list_at(details, "reply_to")));
  page.named("Return-Path", text_at(details, "return_path"));
  page.named("To", people_of(list_at(details, "to")));
  page.named("Message-ID", told.message.row.message_id.value_or(""));
  page.named("SHA-256", told.message.row.sha256);
  page.named(page.word("column.source"), told.message.row.source);
  page.tag("</tbody></table>\n");
}

Json details_of(const ShownRow& message) {
  Json details = Json::parse(message.details_json, nullptr, false);
  return details.is_object() ? details : Json::object();
}

}  // namespace

std::vector<std::string> named_in(const ShownRow& message) {
  std::vector<std::string> ids{message.row.id};
  const Json details = details_of(message);
  for (const auto& node : list_at(details, "conversation")) ids.push_back(text_at(node, "id"));
  return ids;
}

NamedRow::Doubt doubt_of(const ShownRow& finding) {
  const std::string& code = finding.row.code;
  const bool is_upheld = finding.qualified && (finding.qualified->as == "fraud" || finding.qualified->as == "compromised");
  if (!is_standing(finding)) return NamedRow::Doubt::none;
  if (finding.row.kind != "finding") return is_upheld ? NamedRow::Doubt::false_one : NamedRow::Doubt::none;
  if (severity_rank(finding.row.severity) < kHigh) return NamedRow::Doubt::none;
  for (const char* takes_a_place : {"lookalike_domain", "thread_hijack", "own_domain_spoofed"}) {
    if (code == takes_a_place) return NamedRow::Doubt::false_one;
  }
  return NamedRow::Doubt::doubtful;
}

void write_message(Markup& page, const Told& told, const NamedRows& rows) {
  const Row& row = told.message.row;
  const Language language = page.language();
  page.tag("<section class=\"message\">\n");
  page.element(
      "h3", phrase("page.message", language, {{"time", moment_of(row, language)}, {"actor", row.actor}, {"action", row.action}}) +
                phrase("page.row", language, {{"row", std::to_string(row.row)}}));
  write_remarks(page, told.message);
  const Json details = details_of(told.message);
  write_people(page, told, details);
  for (const ShownRow& finding : told.findings) write_finding(page, finding);
  TreeWriter(page, told.message, rows).write(details);
  write_hops(page, list_at(details, "hops"));
  write_auth(page, list_at(details, "auth"));
  page.tag("</section>\n");
}

}  // namespace threadline::timeline
