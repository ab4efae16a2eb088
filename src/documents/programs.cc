// SPDX-License-Identifier: Apache-2.0
#include "documents/programs.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "documents/counted_programs.h"
#include "documents/pdf_program.h"
#include "documents/program_table.h"
#include "text/charset.h"

namespace threadline::documents {
namespace {

using Clock = std::chrono::steady_clock;

class ProgramsHere final : public CountedPrograms {
 public:
  using CountedPrograms::CountedPrograms;

 private:
  ProgramAnswer run_for(const ProgramRequest& request, std::uint32_t ms) override {
    RunBounds bounds = bounds_of(limits(), ms);
    bounds.enclosure = best_enclosure();
    return runner_.run(request, bounds);
  }

  ProgramRunner runner_;
};

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// The bytes of "42 43 44".
std::string bytes_of_hex(std::string_view line) {
  std::string bytes;
  for (std::size_t at = 0; at + 1 < line.size(); at += 3) {
    const int high = digit_of(line[at]);
    const int low = digit_of(line[at + 1]);
    if (high < 0 || low < 0) break;
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

/// What ZXingReader says of each code stands in lines, its bytes in one of them. A code whose text holds such a line adds a code:
/// whoever wrote it could have drawn two.
std::string codes_in(std::string_view said) {
  constexpr std::string_view kLabel = "\nBytes:";
  std::string codes;
  for (std::size_t at = said.find(kLabel); at != std::string_view::npos; at = said.find(kLabel, at)) {
    at = std::min(said.find_first_not_of(' ', at + kLabel.size()), said.size());
    const std::string code = bytes_of_hex(said.substr(at, said.find('\n', at) - at));
    if (!code.empty()) codes += code + '\f';
  }
  return codes;
}

/// Words about a program that did not answer, from the evidence: one line.
std::string first_line(std::string_view said) { return text::valid_utf8(said.substr(0, said.find('\n'))); }

/// A program that failed and says why would fail again.
bool is_lasting(const ProgramAnswer& answer) {
  return answer.lost.empty() || (answer.lost == "program_failed" && !answer.said.empty());
}

/// What threadline-pdf does not read, other programs are asked about.
bool has_another_way(Program program, const ProgramAnswer& answer) {
  return program == Program::pdf_content && (answer.lost == "program_missing" || answer.lost == "program_failed");
}

}  // namespace

ProgramAnswer CountedPrograms::run(const ProgramRequest& request) {
  ProgramAnswer answer = counted(request);
  if (!is_lasting(answer) && !has_another_way(request.program, answer)) kept_.doubt();
  return answer;
}

ProgramAnswer CountedPrograms::counted(const ProgramRequest& request) {
  const std::uint64_t left = limits_.programs_ms - std::min<std::uint64_t>(limits_.programs_ms, used_ms_ + kept_back_ms_);
  if (left == 0) return {.output = {}, .lost = "programs_ms", .said = {}};
  const auto start = Clock::now();
  const bool is_shared = request.program == Program::pdf_content || request.program == Program::pdf_text;
  const std::uint64_t share = is_shared ? std::max<std::uint64_t>(left / part_, 1) : left;
  const auto ms = static_cast<std::uint32_t>(std::min<std::uint64_t>(share, limits_.program_ms));
  ProgramAnswer answer = run_for(request, ms);
  used_ms_ += static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start).count());
  if (answer.lost == "program_ms" && ms < limits_.program_ms) answer.lost = "programs_ms";
  if (request.program == Program::picture_code) answer.output = codes_in(answer.output);
  return answer;
}

std::unique_ptr<Programs> programs_here(const Limits& limits) { return std::make_unique<ProgramsHere>(limits); }

std::optional<Note> note_of(Program program, const ProgramAnswer& answer, std::string_view part) {
  const Command* command = first_command(program);
  if (answer.lost.empty() || command == nullptr) return std::nullopt;
  const std::string name(name_of(*command));
  const Span span{.part = std::string(part)};
  if (answer.lost == "program_missing") return Note{answer.lost, name + ": install " + command->package, span};
  if (answer.lost == "program_failed") return Note{answer.lost, name + ": " + first_line(answer.said), span};
  const std::string_view used = answer.output.empty() ? "nothing was read" : "what it had read is used";
  return Note{"limit", answer.lost + ": " + name + " was ended; " + std::string(used), span};
}

}  // namespace threadline::documents
