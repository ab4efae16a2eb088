// SPDX-License-Identifier: Apache-2.0
#include "timeline/cells.h"
#include "timeline/exports/exports.h"
#include "timeline/exports/markdown_text.h"
#include "timeline/exports/synthesis.h"

namespace threadline::timeline {
namespace {

constexpr int kMedium = 2;
constexpr std::uint64_t kNamed = 20;  ///< rows that are left out, by number

void write_heading(std::ostream& out, std::string_view key, Language language) {
  out << "\n## " << markdown_text(words(key, language)) << "\n\n";
}

void write_line(std::ostream& out, const std::string& line) {
  if (!line.empty()) out << "- " << markdown_text(line) << '\n';
}

void write_payment(std::ostream& out, const ShownRow& shown, Language language) {
  const Payment& payment = *shown.payment;
  write_line(out, phrase("report.payment", language,
                         {{"row", std::to_string(shown.row.row)}, {"time", moment_of(shown.row, language)}}));
  const std::pair<std::string_view, const std::string*> kFacts[] = {{"amount", &payment.amount},
                                                                    {"debited", &payment.debited},
                                                                    {"credited", &payment.credited},
                                                                    {"reference", &payment.reference},
                                                                    {"payee_check", &payment.payee_check}};
  for (const auto& [name, value] : kFacts) {
    if (!value->empty()) write_line(out, phrase("report." + std::string(name), language, {{name, *value}}));
  }
}

void write_urgent(std::ostream& out, const Synthesis& synthesis, Language language) {
  write_heading(out, "report.urgent", language);
  std::size_t number = 0;
  for (const std::string& line : todo_of(synthesis, language)) out << ++number << ". " << markdown_text(line) << '\n';
  out << '\n';
  for (const ShownRow& shown : synthesis.payments) write_payment(out, shown, language);
  if (synthesis.payments.empty()) write_line(out, std::string(words("report.no_payment", language)));
}

/// "action: first line of the comment".
std::string with_detail(const std::string& action, const std::string& comment, Language language) {
  const std::string first = comment.substr(0, comment.find('\n'));
  return first.empty() ? action : phrase("report.detail", language, {{"action", action}, {"detail", first}});
}

std::string fact_of(const ShownRow& shown, bool include_private, Language language) {
  const Row& row = shown.row;
  std::string text = row.action;
  if (shown.is_private && !include_private) {
    const bool has_subject = row.kind == "message";
    if (has_subject) text = with_detail(text, row.comment, language);
    text += " " + std::string(words("report.personal", language));
  } else {
    text = with_detail(text, row.comment, language);
  }
  if (shown.qualified) text += ". " + qualified_sentence(*shown.qualified, language);
  return phrase("report.fact", language,
                {{"time", told_moment_of(row, language)},
                 {"actor", row.actor},
                 {"action", text},
                 {"row", std::to_string(row.row)},
                 {"severity", row.severity.empty() ? "" : std::string(words("severity." + row.severity, language))}});
}

/// What the facts leave out, and why.
struct Counts {
  std::uint64_t plain = 0, struck = 0, legitimate = 0, gone = 0, personal = 0;
  std::string gone_rows;  ///< the first ones
};

/// Findings of medium or more, what people wrote by hand, and what people spoke about.
bool is_fact(const ShownRow& shown) {
  const Row& row = shown.row;
  return severity_rank(row.severity) >= kMedium || row.kind == "log" || shown.qualified || !shown.notes.empty() ||
         !shown.details_json.empty();
}

void count_left_out(Counts& counts, const ShownRow& shown) {
  if (shown.struck) {
    ++counts.struck;
  } else if (shown.qualified && shown.qualified->as == "legitimate") {
    ++counts.legitimate;
  } else if (!is_standing(shown)) {
    if (++counts.gone <= kNamed) counts.gone_rows += (counts.gone_rows.empty() ? "" : ", ") + std::to_string(shown.row.row);
    if (counts.gone == kNamed + 1) counts.gone_rows += ", \u2026";
  } else {
    ++counts.plain;
  }
}

void write_facts(std::ostream& out, const Exhibit& exhibit, bool include_private, Counts& counts) {
  write_heading(out, "report.facts", exhibit.language);
  exhibit.each_row(Tab::timeline, [&](const ShownRow& shown) {
    if (!is_standing(shown) || !is_fact(shown)) return count_left_out(counts, shown);
    if (shown.is_private && !include_private) ++counts.personal;
    write_line(out, fact_of(shown, include_private, exhibit.language));
  });
}

void write_left_out(std::ostream& out, const Counts& counts, Language language) {
  write_heading(out, "report.left_out", language);
  const std::pair<std::string_view, std::uint64_t> kLeft[] = {{"report.left_plain", counts.plain},
                                                              {"report.left_struck", counts.struck},
                                                              {"report.left_legitimate", counts.legitimate},
                                                              {"report.left_gone", counts.gone},
                                                              {"synthesis.private", counts.personal}};
  bool is_any = false;
  for (const auto& [key, count] : kLeft) {
    if (count == 0) continue;
    is_any = true;
    write_line(out, phrase(key, language, {{"count", std::to_string(count)}, {"rows", counts.gone_rows}}));
  }
  if (!is_any) write_line(out, std::string(words("left.nothing", language)));
}

void write_files(std::ostream& out, const Exhibit& exhibit) {
  write_heading(out, "report.evidence", exhibit.language);
  for (const EvidenceFile& file : exhibit.evidence)
    write_line(
        out,
        phrase("report.file", exhibit.language,
               {{"path", file.path}, {"size", std::to_string(file.size)}, {"sha256", file.sha256}, {"custody", file.custody}}));
  for (const std::string& remark : exhibit.remarks) write_line(out, remark);
}

}  // namespace

void write_report(std::ostream& out, const Exhibit& exhibit, bool include_private) {
  const Language language = exhibit.language;
  const Synthesis synthesis = synthesis_of(exhibit, include_private);
  const std::string title(words("report.title", language));
  out << "# " << markdown_text(with_detail(title, exhibit.title, language)) << '\n';
  write_urgent(out, synthesis, language);
  Counts counts;
  write_facts(out, exhibit, include_private, counts);
  write_heading(out, "report.actions", language);
  exhibit.each_row(Tab::actions, [&](const ShownRow& shown) {
    if (shown.struck) return count_left_out(counts, shown);
    ShownRow plain = shown;
    plain.row.comment.clear();
    write_line(out, fact_of(plain, true, language));
  });
  write_files(out, exhibit);
  write_left_out(out, counts, language);
}

}  // namespace threadline::timeline
