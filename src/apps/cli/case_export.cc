// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>

#include "apps/cli/case_folder.h"
#include "apps/cli/kept_files.h"
#include "apps/cli/output.h"
#include "apps/cli/rendering.h"

namespace threadline::apps {
namespace {

using timeline::Tab;

struct ExportOptions {
  CaseOptions common;
  std::string format, tab, separator = "comma", output;
  bool no_mark = false, include_private = false;
};

/// --format, else what the output's name ends in.
std::string format_of(const ExportOptions& options) {
  if (!options.format.empty()) return options.format;
  static const std::map<std::string, std::string> kEndings{
      {".xlsx", "xlsx"}, {".csv", "csv"}, {".jsonl", "jsonl"}, {".md", "markdown"}, {".html", "html"}};
  const auto found = kEndings.find(std::filesystem::path(options.output).extension().string());
  return found == kEndings.end() ? std::string() : found->second;
}

/// --tab, else the first one for csv (two tabs are two tables) and both for the others.
std::vector<Tab> tabs_of(const std::string& tab, const std::string& format) {
  if (tab == "actions") return {Tab::actions};
  if (tab == "timeline" || (tab.empty() && format == "csv")) return {Tab::timeline};
  return {Tab::timeline, Tab::actions};
}

/// A tab that a csv does not hold is said.
void say_left_out(const timeline::Exhibit& exhibit, const Rendering& rendering) {
  if (rendering.format != "csv") return;
  const bool is_timeline = rendering.tabs.front() == Tab::timeline;
  std::uint64_t count = 0;
  exhibit.each_row(is_timeline ? Tab::actions : Tab::timeline, [&](const timeline::ShownRow&) { ++count; });
  if (count > 0)
    complain(
        timeline::phrase(is_timeline ? "left.actions" : "left.timeline", exhibit.language, {{"count", std::to_string(count)}}));
}

int export_case(ExportOptions options) {
  const auto folder = take_folder(options.common, Takes::nothing);
  if (!folder) return fail(folder.error(), kUsage);
  if (const auto spared = KeptFiles().case_folder(*folder).spared_by(options.output); !spared)
    return fail(spared.error(), kUsage);
  Rendering rendering;
  rendering.format = format_of(options);
  if (rendering.format.empty())
    return fail({"which --format?", {}, "xlsx, csv, jsonl, markdown, html, timesketch, iris"}, kUsage);
  rendering.output = options.output;
  if (const auto whole = has_file(rendering); !whole) return fail(whole.error(), kUsage);
  rendering.csv = {options.separator == "semicolon" ? ';' : ',', !options.no_mark};
  rendering.tabs = tabs_of(options.tab, rendering.format);
  const auto known = read_case(*folder, options.common);
  if (!known) return fail(known.error(), kUsage);
  const timeline::Exhibit exhibit = known->exhibit(language_of(options.common, known->opening()));
  const auto written = render(exhibit, rendering);
  if (!written) return fail(written.error(), kNotWritten);
  say_left_out(exhibit, rendering);
  return kDone;
}

void add_export(CLI::App& command, Work& work) {
  CLI::App* verb = command.add_subcommand("export", "write the case: a function of its journal, the same bytes each time");
  const auto options = std::make_shared<ExportOptions>();
  add_case_options(*verb, options->common, "DIR", false);
  verb->add_option("--format", options->format,
                   "xlsx, csv, jsonl, markdown, html, timesketch, iris (default: by the output's name)")
      ->check(CLI::IsMember(kRenderings));
  verb->add_option("--tab", options->tab, "of csv, jsonl, timesketch, iris: timeline, actions (default: both; csv: timeline)")
      ->check(CLI::IsMember({"timeline", "actions", "all"}));
  verb->add_option("--separator", options->separator, "of csv: comma (default) or semicolon (for French Excel)")
      ->check(CLI::IsMember({"comma", "semicolon"}));
  verb->add_flag("--no-bom", options->no_mark, "csv without a byte order mark");
  add_output_option(*verb, options->output);
  verb->callback([&work, options] { work = [options] { return export_case(*options); }; });
}

int report(ExportOptions options) {
  const auto folder = take_folder(options.common, Takes::nothing);
  if (!folder) return fail(folder.error(), kUsage);
  if (const auto spared = KeptFiles().case_folder(*folder).spared_by(options.output); !spared)
    return fail(spared.error(), kUsage);
  const auto known = read_case(*folder, options.common);
  if (!known) return fail(known.error(), kUsage);
  const timeline::Exhibit exhibit = known->exhibit(language_of(options.common, known->opening()));
  const auto written =
      write_output(options.output, [&](std::ostream& out) { timeline::write_report(out, exhibit, options.include_private); });
  return written ? kDone : fail(written.error(), kNotWritten);
}

void add_report(CLI::App& command, Work& work) {
  CLI::App* verb = command.add_subcommand("report", "the summary for management, the bank, the police (Markdown)");
  const auto options = std::make_shared<ExportOptions>();
  add_case_options(*verb, options->common, "DIR", false);
  verb->add_flag("--include-private", options->include_private, "what mails marked personal say, too (default: headers only)");
  add_output_option(*verb, options->output);
  verb->callback([&work, options] { work = [options] { return report(*options); }; });
}

void write_both(std::ostream& out, const timeline::Exhibit& exhibit, const std::vector<Tab>& tabs, const std::string& format) {
  if (format == "jsonl") return timeline::show_jsonl(out, exhibit, tabs);
  for (const Tab tab : tabs) {
    out << timeline::words(tab == Tab::timeline ? "tab.timeline" : "tab.actions", exhibit.language) << '\n';
    timeline::write_listing(out, exhibit, tab);
  }
}

int show(ExportOptions options) {
  const auto folder = take_folder(options.common, Takes::nothing);
  if (!folder) return fail(folder.error(), kUsage);
  const auto known = read_case(*folder, options.common);
  if (!known) return fail(known.error(), kUsage);
  const timeline::Exhibit exhibit = known->exhibit(language_of(options.common, known->opening()));
  const auto written = write_output(
      {}, [&](std::ostream& out) { write_both(out, exhibit, tabs_of(options.tab, options.format), options.format); });
  return written ? kDone : fail(written.error(), kNotWritten);
}

void add_show(CLI::App& command, Work& work) {
  CLI::App* verb = command.add_subcommand("show", "print the rows with their numbers");
  const auto options = std::make_shared<ExportOptions>();
  add_case_options(*verb, options->common, "DIR", false);
  verb->add_option("--format", options->format, "text (default) or jsonl")->check(CLI::IsMember({"text", "jsonl"}));
  verb->add_option("--tab", options->tab, "timeline or actions (default: both)")
      ->check(CLI::IsMember({"timeline", "actions", "all"}));
  verb->callback([&work, options] { work = [options] { return show(*options); }; });
}

}  // namespace

void add_case_exports(CLI::App& command, Work& work) {
  add_show(command, work);
  add_export(command, work);
  add_report(command, work);
}

}  // namespace threadline::apps
