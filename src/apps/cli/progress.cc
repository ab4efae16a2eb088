// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "apps/cli/command.h"
#include "apps/cli/surroundings.h"
#include "base/severity.h"
#include "timeline/words.h"

namespace threadline::apps {
namespace {

constexpr std::chrono::milliseconds kOnTerminal{200};
constexpr std::chrono::seconds kElsewhere{30};
constexpr std::uint64_t kMegabyte = 1'000'000;

std::uint64_t bytes_below(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code problem;
  if (fs::is_regular_file(path, problem)) return fs::file_size(path, problem);
  std::uint64_t bytes = 0;
  for (fs::recursive_directory_iterator entry(path, fs::directory_options::skip_permission_denied, problem), end;
       !problem && entry != end; entry.increment(problem)) {
    std::error_code ignored;
    if (!entry->is_regular_file(ignored)) continue;
    const auto size = entry->file_size(ignored);
    if (!ignored) bytes += size;
  }
  return bytes;
}

/// "1:02:03", "2:05".
std::string span_text(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::clamp(seconds, 0.0, 1e9));
  if (whole >= 3'600) return fmt::format("{}:{:02}:{:02}", whole / 3'600, whole / 60 % 60, whole % 60);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

std::string left_text(double seconds, std::uint64_t done, std::uint64_t of) {
  if (done == 0 || done > of) return {};
  return span_text(seconds / static_cast<double>(done) * static_cast<double>(of - done));
}

std::string rate_text(double seconds, std::uint64_t done) {
  return std::to_string(static_cast<std::uint64_t>(static_cast<double>(done) / std::max(seconds, 0.001)));
}

/// "2 critical, 5 high": what asks for somebody.
std::string findings_text(const std::array<std::uint64_t, 5>& findings, timeline::Language language) {
  std::string text;
  for (const Severity severity : {Severity::critical, Severity::high, Severity::medium, Severity::low}) {
    const std::uint64_t count = findings[static_cast<std::size_t>(severity)];
    if (count == 0) continue;
    text += (text.empty() ? "" : ", ") + std::to_string(count) + " " +
            std::string(timeline::words("severity." + std::string(name_of(severity)), language));
  }
  return text;
}

}  // namespace

Progress::Progress(const EvidenceOptions& options)
    : language_(language_of(options)), is_quiet_(options.quiet), is_terminal_(is_terminal(STDERR_FILENO)) {
  if (is_quiet_) return;
  for (const std::string& path : options.paths) {
    if (path != "-") all_bytes_ += bytes_below(path);
  }
  began_ = shown_ = Clock::now();
}

void Progress::begin(std::string_view step) {
  if (step == step_) return;
  step_ = step;
  began_ = Clock::now();
}

bool Progress::is_due() {
  if (is_quiet_) return false;
  const auto now = Clock::now();
  if (is_terminal_ ? now - shown_ < kOnTerminal : now - shown_ < kElsewhere) return false;
  shown_ = now;
  return true;
}

void Progress::show(const std::string& line) {
  if (!is_terminal_) return complain(line);
  std::cerr << '\r' << line << "\x1b[K" << std::flush;
  is_shown_ = true;
}

void Progress::clear() {
  if (is_shown_) std::cerr << "\r\x1b[K" << std::flush;
  is_shown_ = false;
}

void Progress::read(std::uint64_t items, std::uint64_t bytes) {
  begin("read");
  if (!is_due()) return;
  const bool knows_end = all_bytes_ >= bytes && all_bytes_ > 0;  // members of archives are longer than what holds them
  show(timeline::phrase("run.progress", language_,
                        {{"items", std::to_string(items)},
                         {"size", std::to_string(bytes / kMegabyte)},
                         {"of", knows_end ? std::to_string(all_bytes_ / kMegabyte) : std::string()},
                         {"rate", rate_text(seconds(), items)},
                         {"left", knows_end ? left_text(seconds(), bytes, all_bytes_) : std::string()}}));
}

void Progress::advanced(const pipeline::Advance& advance) {
  begin(advance.step);
  if (!is_due()) return;
  show(timeline::phrase("run.progress." + std::string(advance.step), language_,
                        {{"done", std::to_string(advance.done)},
                         {"of", std::to_string(advance.of)},
                         {"rate", rate_text(seconds(), advance.done)},
                         {"left", left_text(seconds(), advance.done, advance.of)},
                         {"findings", findings_text(advance.findings, language_)}}));
}

}  // namespace threadline::apps
