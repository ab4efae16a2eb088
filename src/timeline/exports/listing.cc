// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "timeline/exports/exports.h"
#include "timeline/exports/synthesis.h"
#include "timeline/visible.h"

namespace threadline::timeline {
namespace {

constexpr std::size_t kLineLength = 500;  ///< code points of an actor or an action on a terminal

std::string on_one_line(const std::string& text) { return one_line(visible(text), kLineLength); }

}  // namespace

void write_listing(std::ostream& out, const Exhibit& exhibit, Tab tab) {
  const Language language = exhibit.language;
  exhibit.each_row(tab, [&](const ShownRow& shown) {
    const Row& row = shown.row;
    const std::string time = moment_of(row, language);
    const std::string severity =
        row.severity.empty() ? "" : "[" + std::string(words("severity." + row.severity, language)) + "] ";
    out << fmt::format("{:>6}{} {}  {}  {}{}\n", row.row,
                       shown.struck ? "x"
                       : shown.gone ? "-"
                                    : " ",
                       time.empty() ? std::string(words("synthesis.untimed", language)) : visible(time), on_one_line(row.actor),
                       severity, on_one_line(row.code.empty() ? row.action : row.action + " (" + row.code + ")"));
    const std::string comment = comment_with_remarks(shown, language);
    if (comment.empty()) return;
    for (const std::string& line : wrapped(visible(comment), 0)) out << "          " << line << '\n';
  });
}

}  // namespace threadline::timeline
