// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/digit_runs.h"

#include <algorithm>

#include "facts/bank/reading.h"
#include "text/charset.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kMostRuns = 8;

bool joins(Joiner joiner, std::string_view text, const Glyph& glyph) {
  return (joiner != Joiner::none && is_dash(text, glyph)) || (joiner == Joiner::dash_or_blank && glyph.kind == GlyphKind::space);
}

}  // namespace

bool is_dash(std::string_view text, const Glyph& glyph) {
  const auto code = glyph.end > glyph.begin ? text::code_point_at(text, glyph.begin).value : U'\0';
  return code == '-' || (code >= 0x2010 && code <= 0x2015) || code == 0x2212;
}

std::vector<DigitRun> digit_runs(std::string_view text, std::size_t from, std::size_t to, Joiner joiner) {
  std::vector<DigitRun> runs;
  for (std::size_t at = from; at < std::min(to, text.size()) && runs.size() < kMostRuns;) {
    auto glyph = glyph_at(text, at);
    if (!glyph.is_digit() || !begins_word(text, at)) {
      at = std::max(glyph.end, at + 1);
      continue;
    }
    DigitRun run;
    run.begin = run.end = at;
    while (glyph.is_digit()) {
      run.digits += glyph.symbol;
      run.end = glyph.end;
      glyph = glyph_at(text, run.end);
      if (joins(joiner, text, glyph) && glyph_at(text, glyph.end).is_digit()) glyph = glyph_at(text, glyph.end);
    }
    if (!glyph.is_letter() || glyph.begin != run.end) runs.push_back(run);
    at = std::max(run.end, at + 1);
  }
  return runs;
}

}  // namespace threadline::facts
