// SPDX-License-Identifier: Apache-2.0
#include <unordered_set>

#include "base/limits.h"
#include "timeline/cells.h"
#include "timeline/exports/columns.h"
#include "timeline/exports/exports.h"
#include "timeline/exports/html_message.h"
#include "timeline/exports/markup.h"
#include "timeline/exports/synthesis.h"

namespace threadline::timeline {
namespace {

// On a narrow screen a row of a wide table is a card. A reason for striking is not struck itself: an inline block takes no line.
constexpr std::string_view kStyle = R"(
*{box-sizing:border-box}body{font:15px/1.45 system-ui,"Segoe UI",Roboto,Arial,sans-serif;margin:0 auto;max-width:96em;padding:1.2em;color:#1a1a1a;background:#fff}
h1{font-size:1.7em;margin:.2em 0 .6em}h2{font-size:1.3em;border-bottom:2px solid #33415c;margin:1.8em 0 .6em;padding-bottom:.15em;color:#33415c}
h3{font-size:1.1em;margin:0 0 .6em}h4{font-size:1em;margin:1.2em 0 .4em;color:#33415c}p{margin:.3em 0}
h1,h2,h3,h4,p,li,td,th,q,.node{overflow-wrap:anywhere;unicode-bidi:isolate}
h2,h3,h4{break-after:avoid}
table{border-collapse:collapse;font-size:.92em;margin:.4em 0}th,td{border:1px solid #c5cbd6;padding:.3em .5em;text-align:left;vertical-align:top;white-space:pre-wrap}
th{background:#e8ecf4;font-weight:600}thead{display:table-header-group}tr{break-inside:avoid}
.wide{width:100%;table-layout:fixed}
.timeline th:nth-child(1),.actions th:nth-child(1){width:4.2em}.timeline th:nth-child(2),.actions th:nth-child(2){width:7.5em}.timeline th:nth-child(3){width:13%}.timeline th:nth-child(4){width:14%}.timeline th:nth-child(5){width:16%}.timeline th:nth-child(7){width:6.2em}
.actions th:nth-child(3){width:16%}.actions th:nth-child(4){width:34%}
.files td:nth-child(2){font-weight:normal}.files th:nth-child(2){width:8em}.files th:nth-child(4){width:28%}
.fine{font-size:.84em;color:#5a6475;font-weight:normal}.why{display:inline-block;font-style:italic;color:#6b3a00;white-space:pre-wrap;overflow-wrap:anywhere}
.struck td,.struck p,.struck li{text-decoration:line-through;color:#5a6475}.struck .why{text-decoration:none}.gone td,.gone p{color:#5a6475}.gone .why{color:#6b3a00}
.badge{display:inline-block;border:1px solid #8a93a3;border-radius:3px;padding:0 .45em;font-weight:600}
.critical{background:#b00020;color:#fff;border-color:#b00020;font-weight:700}.high{background:#f8cbad;font-weight:700}.medium{background:#fff2cc}.low{background:#eaf2fb}
.message{border:1px solid #c5cbd6;border-left:5px solid #33415c;padding:.8em 1em;margin:1em 0}
.finding{border-top:1px solid #dfe3ea;margin-top:.8em;padding-top:.6em}.claim{margin-bottom:.2em}.label{font-weight:600;margin-top:.5em}
.because{margin:.2em 0;padding-left:1.2em}q{background:#f4f5f8;white-space:pre-wrap}
.rest{list-style:none;margin:.3em 0;padding:0;font-size:.9em}.rest li{display:inline-block;margin:0 1.2em .1em 0;white-space:pre-wrap;max-width:100%;vertical-align:top}
.wide td:nth-child(2){font-weight:600}.facts th{background:#f4f5f8;font-weight:normal;color:#5a6475;width:11em}
th{overflow-wrap:normal}.pair{min-width:60%}.pair th:first-child{min-width:5.5em}.pair th:first-child{background:#f4f5f8;font-weight:normal;color:#5a6475}.pair td.after{background:#fdeaea}
.tree{list-style:none;margin:.2em 0;padding-left:1.1em;border-left:2px solid #c5cbd6}.tree li{margin:.35em 0}
.node{border:1px solid #c5cbd6;padding:.25em .6em;break-inside:avoid}.node.this{background:#f4f5f8}
.node.false{border:2px solid #b00020;background:#fdeaea}.node.doubtful{border:2px solid #c77700;background:#fff7e6}
.mark{background:#b00020;color:#fff;padding:0 .4em;border-radius:3px}.doubtful .mark{background:#c77700}
@media screen and (max-width:760px){body{padding:.7em;font-size:14px}.message{padding:.6em}
.wide,.hops{display:block}.wide thead,.hops thead{display:none}.wide tbody,.wide tr,.wide td,.hops tbody,.hops tr,.hops td{display:block;width:auto}
.wide tr,.hops tr{border:1px solid #c5cbd6;margin:.5em 0}.wide td,.hops td{border:0;padding:.12em .5em}.wide td:empty,.hops td:empty{display:none}.facts th{width:7.5em}[data-title]::before{content:attr(data-title) " : ";color:#5a6475}}
@media print{@page{size:A4 landscape;margin:11mm}body{margin:0;max-width:none;padding:0;font-size:9.5pt}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}.message{border-left-width:3px}}
)";

std::string_view class_of(const ShownRow& shown) {
  if (shown.struck) return "struck";
  return shown.gone ? "gone" : "";
}

class Page {
 public:
  Page(std::ostream& out, const Exhibit& exhibit) : page_(out, exhibit.language), exhibit_(exhibit) {}

  void write() {
    const std::string title(exhibit_.title.empty() ? page_.word("tab.timeline") : exhibit_.title);
    page_.tag(page_.language() == Language::fr ? "<!DOCTYPE html>\n<html lang=\"fr\">\n"
                                               : "<!DOCTYPE html>\n<html lang=\"en\">\n");
    page_.tag(
        "<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
    page_.element("title", title);
    page_.tag("\n<style>");
    page_.tag(kStyle);
    page_.tag("</style>\n</head>\n<body>\n");
    page_.element("h1", title);
    for (const Section& section : sections_of(synthesis_of(exhibit_), exhibit_)) write_section(section);
    write_timeline();
    write_messages();
    write_actions();
    write_files();
    page_.tag("</body>\n</html>\n");
  }

 private:
  void write_section(const Section& section) {
    page_.element("h2", section.title);
    page_.tag("\n<ul>\n");
    for (const std::string& line : section.lines) {
      page_.element("li", line);
      page_.tag("\n");
    }
    page_.tag("</ul>\n");
  }

  void begin_row(const ShownRow& shown) {
    const std::string_view name = class_of(shown);
    page_.tag(name.empty() ? "<tr>" : name == "struck" ? "<tr class=\"struck\">" : "<tr class=\"gone\">");
    page_.element("td", std::to_string(shown.row.row));
    const std::string moment = moment_of(shown.row, page_.language());
    page_.element("td", moment.empty() ? page_.word("synthesis.untimed") : moment);
  }

  void write_comment(const ShownRow& shown) {
    page_.tag("<td>");
    page_.text(shown.row.comment);
    const std::string remarks = remarks_on(shown, page_.language());
    if (!remarks.empty()) page_.tag(shown.row.comment.empty() ? "" : "\n");
    if (!remarks.empty()) page_.element("span", remarks, "why");
    std::string fine;
    const Row& row = shown.row;
    for (const std::string& one :
         {row.message_id.value_or(""), row.sha256.empty() ? "" : "sha256 " + row.sha256, row.time_text}) {
      if (!one.empty()) fine += (fine.empty() ? "" : " \u00b7 ") + one;
    }
    if (row.kind != "action" && row.kind != "finding" && !fine.empty()) {
      page_.tag("\n");
      page_.element("span", fine, "fine");
    }
    page_.tag("</td>");
  }

  void write_timeline() {
    page_.element("h2", page_.word("tab.timeline"));
    page_.begin_table(
        {"column.number", "page.when", "column.source", "column.actor", "column.action", "column.comment", "column.severity"},
        "wide timeline");
    exhibit_.each_row(Tab::timeline, [&](const ShownRow& shown) {
      const Row& row = shown.row;
      begin_row(shown);
      page_.element("td", row.source_label.empty() ? row.source : row.source_label);
      page_.element("td", row.actor);
      page_.element("td", row.code.empty() ? row.action : row.action + "\n" + row.code);
      write_comment(shown);
      const bool is_loud = severity_rank(row.severity) > 0 && is_standing(shown);
      page_.element("td", row.severity.empty() ? "" : page_.word("severity." + row.severity), is_loud ? row.severity : "");
      page_.tag("</tr>\n");
    });
    page_.end_table();
  }

  void write_actions() {
    page_.element("h2", page_.word("tab.actions"));
    page_.begin_table({"column.number", "page.when", "column.actor", "column.action", "column.comment"}, "wide actions");
    exhibit_.each_row(Tab::actions, [&](const ShownRow& shown) {
      begin_row(shown);
      page_.element("td", shown.row.actor);
      page_.element("td", shown.row.action);
      write_comment(shown);
      page_.tag("</tr>\n");
    });
    page_.end_table();
  }

  /// Messages with details, in order. Limits: detailed_messages.
  std::vector<Told> told() {
    std::vector<Told> messages;
    exhibit_.each_row(Tab::timeline, [&](const ShownRow& shown) {
      if (shown.details_json.empty()) return;
      if (messages.size() < limits_.detailed_messages) {
        messages.push_back({shown, {}});
      } else {
        ++more_;
      }
    });
    return messages;
  }

  /// Findings of these messages, which may stand before or behind them, and the rows that their conversations name.
  NamedRows join(std::vector<Told>& messages) {
    std::unordered_map<std::string, std::size_t> by_id;
    NamedRows named;
    for (std::size_t at = 0; at < messages.size(); ++at) {
      by_id.emplace(messages[at].message.row.id, at);
      for (const std::string& id : named_in(messages[at].message)) named.emplace(id, NamedRow{});
    }
    exhibit_.each_row(Tab::timeline, [&](const ShownRow& shown) {
      const std::string& about = shown.row.about ? *shown.row.about : shown.row.id;
      if (const auto found = named.find(about); found != named.end())
        found->second.doubt = std::max(found->second.doubt, doubt_of(shown));
      if (shown.row.kind == "finding" && by_id.contains(about)) messages[by_id[about]].findings.push_back(shown);
      const auto itself = named.find(shown.row.id);
      if (itself == named.end()) return;
      itself->second.number = shown.row.row;
      itself->second.moment = moment_of(shown.row, page_.language());
      itself->second.action = shown.row.action;
    });
    std::erase_if(named, [](const auto& one) { return one.second.number == 0; });
    return named;
  }

  void write_messages() {
    page_.element("h2", page_.word("page.finding"));
    std::vector<Told> messages = told();
    const NamedRows named = join(messages);
    for (const Told& message : messages) write_message(page_, message, named);
    if (messages.empty()) page_.element("p", page_.word("page.nothing"));
    if (more_ > 0) page_.element("p", phrase("page.more", page_.language(), {{"count", std::to_string(more_)}}));
  }

  void write_files() {
    if (exhibit_.evidence.empty()) return;
    page_.element("h2", page_.word("tab.evidence"));
    page_.begin_table({"column.file", "column.size", "column.sha256", "column.custody"}, "wide files");
    for (const EvidenceFile& file : exhibit_.evidence)
      page_.record({file.path, std::to_string(file.size), file.sha256, file.custody});
    page_.end_table();
  }

  Markup page_;
  const Exhibit& exhibit_;
  Limits limits_;
  std::uint64_t more_ = 0;
};

}  // namespace

void export_html(std::ostream& out, const Exhibit& exhibit) { Page(out, exhibit).write(); }

}  // namespace threadline::timeline
