// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/rendering.h"

#include "apps/cli/command.h"
#include "apps/cli/output.h"
#include "apps/cli/surroundings.h"

namespace threadline::apps {
namespace {

Result<void> render_workbook(const timeline::Exhibit& exhibit, const Rendering& rendering) {
  return replace_output(rendering.output, [&](const std::string& path) -> Result<void> {
    const auto written = timeline::write_workbook(path, exhibit, {.temporary_folder = temporary_folder()});
    if (!written) return tl::unexpected(written.error());
    if (written->split_cells + written->more_sheets > 0)
      complain(std::string(timeline::words("synthesis.split", exhibit.language)) + " (" + std::to_string(written->split_cells) +
               ", " + std::to_string(written->more_sheets) + ")");
    return {};
  });
}

void render_to(std::ostream& out, const timeline::Exhibit& exhibit, const Rendering& rendering) {
  const bool is_jsonl = is_json_lines(rendering.output);
  if (rendering.format == "csv") return timeline::export_csv(out, exhibit, rendering.tabs.front(), rendering.csv);
  if (rendering.format == "jsonl") return timeline::export_jsonl(out, exhibit, rendering.tabs);
  if (rendering.format == "markdown") return timeline::export_markdown(out, exhibit);
  if (rendering.format == "html") return timeline::export_html(out, exhibit);
  if (rendering.format == "iris") return say_left_out(timeline::export_iris(out, exhibit, rendering.tabs), exhibit.language);
  say_left_out(timeline::export_timesketch(out, exhibit, rendering.tabs, is_jsonl), exhibit.language);
}

}  // namespace

bool is_json_lines(const std::string& output) { return output.ends_with(".jsonl") || output.ends_with(".json"); }

void say_left_out(const timeline::LeftOut& left, timeline::Language language) {
  if (left.undated == 0) return;
  complain(timeline::phrase("left.undated", language, {{"count", std::to_string(left.undated)}}));
}

Result<void> has_file(const Rendering& rendering) {
  if (rendering.format != "xlsx" || (!rendering.output.empty() && rendering.output != "-")) return {};
  return tl::unexpected(Error{"xlsx needs a file", {}, "-o timeline.xlsx"});
}

Result<void> render(const timeline::Exhibit& exhibit, const Rendering& rendering) {
  if (rendering.format != "xlsx")
    return write_output(rendering.output, [&](std::ostream& out) { render_to(out, exhibit, rendering); });
  return render_workbook(exhibit, rendering);
}

}  // namespace threadline::apps
