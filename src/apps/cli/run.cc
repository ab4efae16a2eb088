// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/run.h"

#include <fmt/format.h>
#include <unistd.h>

#include <iostream>

#include "apps/cli/command.h"
#include "apps/cli/surroundings.h"
#include "timeline/words.h"

namespace threadline::apps {
namespace {

constexpr std::uint64_t kMegabyte = 1'000'000;

void show_progress(const EvidenceOptions& options, std::uint64_t items, std::uint64_t bytes) {
  std::cerr << '\r'
            << timeline::phrase("run.progress", language_of(options),
                                {{"items", std::to_string(items)}, {"size", std::to_string(bytes / kMegabyte)}})
            << std::flush;
}

}  // namespace

Result<pipeline::Run> analysed(const EvidenceOptions& options, pipeline::RunSettings settings) {
  const bool shows = !options.quiet && is_terminal(STDERR_FILENO);
  if (shows) settings.progress = [&options](std::uint64_t items, std::uint64_t bytes) { show_progress(options, items, bytes); };
  note_interrupts();
  if (options.verbose)
    complain(fmt::format("reading {} path(s) with {} worker process(es)", options.paths.size(), settings.jobs));
  auto run = pipeline::analyse(options.paths, settings);
  if (shows) std::cerr << "\r\x1b[K";
  if (run && options.verbose)
    complain(fmt::format("{} messages judged, {} remarks about the evidence", run->judged.size(), run->remarks.size()));
  return run;
}

bool is_output_left(const pipeline::Run& run, const EvidenceOptions& options) {
  return run.interrupted && !options.output.empty() && options.output != "-";
}

int closing_status(const pipeline::Run& run, const EvidenceOptions& options) {
  if (run.interrupted) {
    complain(is_output_left(run, options)
                 ? timeline::phrase("run.interrupted.output", language_of(options), {{"file", options.output}})
                 : std::string(timeline::words("run.interrupted", language_of(options))));
    return kInterrupted;
  }
  if (!run.unreadable) return kDone;
  if (!options.quiet) complain(std::string(timeline::words("run.unreadable", language_of(options))));
  return kUnreadable;
}

}  // namespace threadline::apps
