// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/run.h"

#include <fmt/format.h>

#include <limits>
#include <utility>
#include <vector>

#include "apps/cli/command.h"
#include "apps/cli/surroundings.h"
#include "base/sha256.h"
#include "pipeline/outlines.h"
#include "pipeline/wire.h"
#include "timeline/words.h"

namespace threadline::apps {
namespace {

void say_resumed(const pipeline::Shelf& shelf, const EvidenceOptions& options) {
  if (options.quiet) return;
  const timeline::Language language = language_of(options);
  if (shelf.resumed() > 0) complain(timeline::phrase("run.resumed", language, {{"count", std::to_string(shelf.resumed())}}));
  if (shelf.was_set_aside()) complain(std::string(timeline::words("run.set_aside", language)));
}

void say_nothing_found(pipeline::Shelved& read, const EvidenceOptions& options) {
  const bool is_nothing = read.shelf.entries().empty() && read.remarks.empty() && read.log_paths.empty() && !read.interrupted;
  if (!is_nothing || options.quiet || options.paths.empty()) return;
  complain(timeline::phrase("run.nothing", language_of(options), {{"paths", fmt::format("{}", fmt::join(options.paths, ", "))}}));
}

}  // namespace

Result<pipeline::Run> analysed(const EvidenceOptions& options, pipeline::RunSettings settings) {
  settings.shelf.memory_bytes = std::numeric_limits<std::uint64_t>::max();
  Progress progress(options);
  auto judgement = judged(options, std::move(settings), progress);
  if (!judgement) return tl::unexpected(judgement.error());
  return pipeline::run_of(**judgement);
}

Result<std::unique_ptr<pipeline::Judgement>> judged(const EvidenceOptions& options, pipeline::RunSettings settings,
                                                    Progress& progress) {
  settings.progress = [&progress](std::uint64_t items, std::uint64_t bytes) { progress.read(items, bytes); };
  settings.advanced = [&progress](const pipeline::Advance& advance) { progress.advanced(advance); };
  note_interrupts();
  if (options.verbose)
    complain(fmt::format("reading {} path(s) with {} worker process(es)", options.paths.size(), settings.jobs));
  auto read = pipeline::read_onto_shelf(options.paths, settings);
  if (!read) return tl::unexpected(read.error());
  progress.clear();
  say_resumed(read->shelf, options);
  say_nothing_found(*read, options);
  auto judgement = pipeline::judge_shelved(std::move(*read), settings);
  progress.clear();
  if (judgement && options.verbose)
    complain(
        fmt::format("messages judged: {}; remarks about the evidence: {}", (*judgement)->size(), (*judgement)->remarks.size()));
  return judgement;
}

Result<std::string> fingerprint_of(const EvidenceOptions& options) {
  std::string all = version_text() + fmt::format("\nwire {} ocr {}", pipeline::kWireVersion, options.wants_ocr);
  std::vector<std::string> files{options.policy, options.password_file, options.dkim_keys};
  files.insert(files.end(), options.mmdb.begin(), options.mmdb.end());
  for (const std::string& file : files) {
    all += "\n" + file;
    if (file.empty()) continue;
    const auto content = read_file(file);
    if (!content) return tl::unexpected(content.error());
    all += " " + sha256_hex(*content);
  }
  return sha256_hex(all);
}

bool is_output_left(const Ending& ending, const EvidenceOptions& options) {
  return !ending.is_whole || (ending.interrupted && !options.output.empty() && options.output != "-");
}

int closing_status(const Ending& ending, const EvidenceOptions& options) {
  if (ending.interrupted) {
    const bool is_to_file = !options.output.empty() && options.output != "-";
    if (is_to_file && is_output_left(ending, options))
      complain(timeline::phrase("run.interrupted.output", language_of(options), {{"file", options.output}}));
    else
      complain(std::string(timeline::words(ending.is_whole ? "run.interrupted" : "run.interrupted.early", language_of(options))));
    return kInterrupted;
  }
  if (!ending.unreadable) return kDone;
  if (!options.quiet) complain(std::string(timeline::words("run.unreadable", language_of(options))));
  return kUnreadable;
}

}  // namespace threadline::apps
