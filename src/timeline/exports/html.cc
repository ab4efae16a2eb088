// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <unordered_map>

#include "timeline/cells.h"
#include "timeline/exports/columns.h"
#include "timeline/exports/exports.h"
#include "timeline/exports/synthesis.h"
#include "timeline/json.h"
#include "timeline/visible.h"

namespace threadline::timeline {
namespace {

constexpr std::size_t kMessages = 500;  ///< shown in detail
constexpr int kLevels = 64;             ///< of evidence and of a conversation
constexpr int kMedium = 2;
constexpr int kHigh = 3;

constexpr std::string_view kStyle =
    R"(body{font:14px/1.45 system-ui,sans-serif;margin:2em auto;max-width:110em;padding:0 1em;color:#111}
h1{font-size:1.6em}h2{font-size:1.25em;border-bottom:2px solid #444;margin-top:2em}h3{font-size:1.05em;margin-top:1.6em}
table{border-collapse:collapse;width:100%;font-size:.9em}th,td{border:1px solid #bbb;padding:.25em .45em;text-align:left;vertical-align:top;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate}
th{background:#e8ecf4}thead{display:table-header-group}tr{break-inside:avoid}.struck td{text-decoration:line-through;color:#555}
.critical{background:#c00000;color:#fff;font-weight:bold}.high{background:#f8cbad;font-weight:bold}.medium{background:#fff2cc}.low{background:#eaf2fb}
.false{border:2px solid #c00000;padding:.1em .4em;font-weight:bold}dl{margin:.2em 0 .2em 1.2em}dt{font-weight:bold}dd{margin-left:1.2em;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate}
li{unicode-bidi:isolate}@media print{body{margin:0;max-width:none;font-size:10px}*{print-color-adjust:exact}}
)";

/// Text that a page shows as it is.
std::string html_text(std::string_view text) {
  std::string escaped;
  for (const char byte : visible(text)) {
    switch (byte) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\'': escaped += "&#39;"; break;
      default: escaped += byte;
    }
  }
  return escaped;
}

std::string text_at(const Json& json, const char* key) {
  const auto found = json.is_object() ? json.find(key) : json.end();
  return found == json.end() || !found->is_string() ? std::string() : found->get<std::string>();
}

const Json& list_at(const Json& json, const char* key) {
  static const Json kNone = Json::array();
  const auto found = json.is_object() ? json.find(key) : json.end();
  return found == json.end() || !found->is_array() ? kNone : *found;
}

/// A message with findings, and what is said of it.
struct Told {
  ShownRow message;
  std::vector<ShownRow> findings;
};

class Page {
 public:
  Page(std::ostream& out, const Exhibit& exhibit) : out_(out), exhibit_(exhibit), language_(exhibit.language) {}

  void write() {
    const std::string title(exhibit_.title.empty() ? word("tab.timeline") : exhibit_.title);
    out_ << "<!DOCTYPE html>\n<html lang=\"" << (language_ == Language::fr ? "fr" : "en")
         << "\">\n<head>\n<meta charset=\"utf-8\">\n"
         << "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>"
         << html_text(title) << "</title>\n<style>" << kStyle << "</style>\n</head>\n<body>\n<h1>" << html_text(title)
         << "</h1>\n";
    for (const Section& section : sections_of(synthesis_of(exhibit_), exhibit_)) write_section(section);
    write_tab(Tab::timeline, "tab.timeline");
    write_findings();
    write_tab(Tab::actions, "tab.actions");
    write_evidence_files();
    out_ << "</body>\n</html>\n";
  }

 private:
  [[nodiscard]] std::string word(std::string_view key) const { return std::string(words(key, language_)); }

  void heading(const std::string& text, int level = 2) {
    out_ << "<h" << level << '>' << html_text(text) << "</h" << level << ">\n";
  }

  void write_section(const Section& section) {
    heading(section.title);
    out_ << "<ul>\n";
    for (const std::string& line : section.lines) out_ << "<li>" << html_text(line) << "</li>\n";
    out_ << "</ul>\n";
  }

  void write_titles(const std::vector<std::string_view>& keys) {
    out_ << "<table>\n<thead><tr>";
    for (const std::string_view key : keys) out_ << "<th>" << html_text(word(key)) << "</th>";
    out_ << "</tr></thead>\n<tbody>\n";
  }

  void write_cell(const std::string& text) { out_ << "<td>" << html_text(text) << "</td>"; }

  void write_tab(Tab tab, std::string_view title) {
    heading(word(title));
    std::vector<std::string_view> keys;
    for (const Column& column : columns_of(tab)) keys.push_back(column.title);
    write_titles(keys);
    exhibit_.each_row(tab, [&](const ShownRow& shown) {
      out_ << (shown.struck ? "<tr class=\"struck\">" : "<tr>");
      for (const Column& column : columns_of(tab)) write_column(column, shown);
      out_ << "</tr>\n";
    });
    out_ << "</tbody></table>\n";
  }

  void write_column(const Column& column, const ShownRow& shown) {
    const std::string& severity = shown.row.severity;
    if (column.kind == Column::Kind::severity && severity_rank(severity) > 0) {
      out_ << "<td class=\"" << severity << "\">" << html_text(cell_of(column, shown, language_)) << "</td>";
    } else {
      write_cell(cell_of(column, shown, language_));
    }
  }

  /// Messages with details, in order, and their findings, which may stand before or behind them.
  std::vector<Told> told() {
    std::vector<Told> messages;
    std::unordered_map<std::string, std::size_t> by_id;
    exhibit_.each_row(Tab::timeline, [&](const ShownRow& shown) {
      if (shown.details_json.empty()) return;
      if (messages.size() >= kMessages) {
        ++more_;
        return;
      }
      by_id.emplace(shown.row.id, messages.size());
      messages.push_back({shown, {}});
    });
    exhibit_.each_row(Tab::timeline, [&](const ShownRow& shown) {
      if (shown.row.kind != "finding" || !shown.row.about) return;
      const auto message = by_id.find(*shown.row.about);
      if (message != by_id.end()) messages[message->second].findings.push_back(shown);
    });
    return messages;
  }

  void write_findings() {
    heading(word("page.finding"));
    for (const Told& message : told()) write_message(message);
    if (more_ > 0) out_ << "<p>" << html_text(phrase("page.more", language_, {{"count", std::to_string(more_)}})) << "</p>\n";
  }

  void write_message(const Told& told) {
    const Row& row = told.message.row;
    heading(moment_of(row, language_) + " \u2014 " + row.actor + " : " + row.action + " (" + std::to_string(row.row) + ")", 3);
    const Json details = Json::parse(told.message.details_json, nullptr, false);
    bool is_false = false;
    for (const ShownRow& finding : told.findings) {
      is_false = is_false || (is_standing(finding) && severity_rank(finding.row.severity) >= kHigh);
      write_finding(finding);
    }
    write_hops(list_at(details, "hops"));
    write_conversation(told.message, details, is_false && is_standing(told.message));
  }

  void write_finding(const ShownRow& shown) {
    const Row& row = shown.row;
    const int rank = severity_rank(row.severity);
    const std::string severity = rank < 0 ? "" : word("severity." + row.severity);
    out_ << "<p" << (shown.struck ? " class=\"struck\"" : "") << "><span class=\"" << (rank < 0 ? "" : row.severity) << "\">["
         << html_text(severity) << "]</span> " << html_text(row.code) << " (" << row.row
         << ") : " << html_text(comment_with_remarks(shown, language_)) << "</p>\n";
    if (rank < kMedium) return;
    const Json evidence = Json::parse(row.evidence_json, nullptr, false);
    if (!evidence.is_object()) return;
    if (!list_at(evidence, "after").empty()) write_accounts(evidence);
    out_ << "<details open><summary>" << html_text(word("page.because")) << "</summary>";
    write_json(evidence, 0);
    out_ << "</details>\n";
  }

  void write_accounts(const Json& evidence) {
    write_titles({"page.account", "page.country", "page.bank", "page.holder", "column.source"});
    for (const auto& [key, title] : {std::pair("before", "page.before"), std::pair("after", "page.after")}) {
      for (const auto& account : list_at(evidence, key)) {
        out_ << "<tr>";
        write_cell(word(title) + " : " + text_at(account, "value"));
        write_cell(text_at(account, "country"));
        write_cell(text_at(account, "bank_name").empty() ? text_at(account, "bank_code") : text_at(account, "bank_name"));
        write_cell(text_at(account, "holder"));
        write_cell(text_at(account, "source"));
        out_ << "</tr>\n";
      }
    }
    out_ << "</tbody></table>\n";
  }

  void write_json(const Json& json, int level) {
    if (level > kLevels) return;
    if (json.is_string()) {
      out_ << html_text(json.get<std::string>());
    } else if (is_words_with_place(json)) {
      out_ << "<q>" << html_text(text_at(json, "text")) << "</q> " << html_text(place_of(json["span"]));
    } else if (json.is_object()) {
      out_ << "<dl>";
      for (const auto& [key, value] : json.items()) write_member(key, value, level);
      out_ << "</dl>";
    } else if (json.is_array()) {
      out_ << "<ul>";
      for (const auto& one : json) {
        out_ << "<li>";
        write_json(one, level + 1);
        out_ << "</li>";
      }
      out_ << "</ul>";
    } else {
      out_ << html_text(dumped(json));
    }
  }

  /// One of `because`: words of the evidence and where they stand.
  static bool is_words_with_place(const Json& json) {
    return json.is_object() && json.size() == 2 && json.contains("text") && json.contains("span") && json["span"].is_object();
  }

  /// "(part 1, offset 12, length 177)"; nothing where the words stand in no part.
  static std::string place_of(const Json& span) {
    const std::string part = text_at(span, "part");
    if (part.empty()) return {};
    return "(part " + part + ", offset " + dumped(span.value("offset", Json(0))) + ", length " +
           dumped(span.value("length", Json(0))) + ")";
  }

  void write_member(const std::string& key, const Json& value, int level) {
    const bool is_nothing = value.is_null() || value == "" || (value.is_structured() && value.empty());
    if (is_nothing) return;
    out_ << "<dt>" << html_text(key) << "</dt><dd>";
    write_json(value, level + 1);
    out_ << "</dd>";
  }

  void write_hops(const Json& hops) {
    if (hops.empty()) return;
    heading(word("page.hops"), 4);
    write_titles({"page.hop_from", "page.hop_by", "page.hop_time", "page.hop_delay", "page.hop_trusted"});
    for (const auto& hop : hops) {
      const Json from = hop.is_object() ? hop.value("from", Json()) : Json();
      std::string sender = text_at(from, "name").empty() ? text_at(from, "helo") : text_at(from, "name");
      if (!text_at(from, "ip").empty()) sender += " [" + text_at(from, "ip") + "]";
      const Json delay = hop.is_object() ? hop.value("delay_seconds", Json()) : Json();
      out_ << "<tr>";
      write_cell(sender);
      write_cell(text_at(hop, "by"));
      write_cell(text_at(hop, "time"));
      write_cell(delay.is_number() ? dumped(delay) : "");
      write_cell(hop.is_object() && hop.value("trusted", Json()) == true ? "\u2713" : "");
      out_ << "</tr>\n";
    }
    out_ << "</tbody></table>\n";
  }

  /// The message, and below it what it quotes: each level inside the one that quotes it.
  void write_conversation(const ShownRow& message, const Json& details, bool is_false) {
    const Json& quoted = list_at(details, "quoted");
    if (quoted.empty()) return;
    heading(word("page.conversation"), 4);
    std::multimap<std::string, const Json*> children;
    for (const auto& level : quoted) children.emplace(text_at(level, "parent"), &level);
    out_ << "<ul><li>";
    if (is_false) out_ << "<span class=\"false\">" << html_text(word("page.false")) << "</span> ";
    out_ << html_text(moment_of(message.row, language_) + " " + message.row.actor + " : " + text_at(details, "subject"));
    write_children(children, message.row.id, 0);
    out_ << "</li></ul>\n";
  }

  void write_children(const std::multimap<std::string, const Json*>& children, const std::string& parent, int level) {
    const auto [begin, end] = children.equal_range(parent);
    if (begin == end || level > kLevels || parent.empty()) return;
    out_ << "<ul>";
    for (auto child = begin; child != end; ++child) {
      const Json& json = *child->second;
      const Json from = json.is_object() ? json.value("from", Json()) : Json();
      const std::string date = text_at(json, "date").empty() ? text_at(json, "date_text") : text_at(json, "date");
      std::string line = date + " " + text_at(from, "name") + " <" + text_at(from, "address") + ">";
      if (!text_at(json, "subject").empty()) line += " : " + text_at(json, "subject");
      if (text_at(json, "original").empty()) line += " " + word("page.quoted");
      out_ << "<li>" << html_text(line);
      write_children(children, text_at(json, "id"), level + 1);
      out_ << "</li>";
    }
    out_ << "</ul>";
  }

  void write_evidence_files() {
    if (exhibit_.evidence.empty()) return;
    heading(word("tab.evidence"));
    write_titles({"column.file", "column.size", "column.sha256", "column.custody"});
    for (const EvidenceFile& file : exhibit_.evidence) {
      out_ << "<tr>";
      write_cell(file.path);
      write_cell(std::to_string(file.size));
      write_cell(file.sha256);
      write_cell(file.custody);
      out_ << "</tr>\n";
    }
    out_ << "</tbody></table>\n";
  }

  std::ostream& out_;
  const Exhibit& exhibit_;
  Language language_;
  std::uint64_t more_ = 0;
};

}  // namespace

void export_html(std::ostream& out, const Exhibit& exhibit) { Page(out, exhibit).write(); }

}  // namespace threadline::timeline
