// SPDX-License-Identifier: Apache-2.0
#include "text/pattern.h"

#include <re2/re2.h>

#include <algorithm>
#include <stdexcept>
#include <string>

namespace threadline::text {
namespace {

constexpr std::int64_t kAutomatonBytes = 32 << 20;  // RE2's budget for one pattern's automata

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

RE2::Options options_for(Pattern::Case letter_case) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_case_sensitive(letter_case == Pattern::Case::sensitive);
  options.set_max_mem(kAutomatonBytes);
  return options;
}

std::optional<Pattern::Match> match(const RE2& expression, std::string_view text, std::size_t from, RE2::Anchor anchor) {
  const auto count = static_cast<std::size_t>(expression.NumberOfCapturingGroups()) + 1;
  std::vector<re2::StringPiece> groups(count);
  if (!expression.Match(piece(text), from, text.size(), anchor, groups.data(), static_cast<int>(count))) return std::nullopt;
  Pattern::Match result;
  result.reserve(count);
  for (const auto& group : groups) result.emplace_back(group.data(), group.size());
  return result;
}

}  // namespace

std::string expression_of(std::initializer_list<std::string_view> pieces) {
  std::string all;
  for (const auto piece : pieces) all += piece;
  return all;
}

struct Pattern::Compiled {
  RE2 expression;
};

Pattern::Pattern(std::string_view expression, Case letter_case)
    : compiled_(new Compiled{RE2(piece(expression), options_for(letter_case))}) {
  if (!compiled_->expression.ok()) throw std::logic_error("pattern: " + compiled_->expression.error());
}

Pattern::~Pattern() = default;
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;

std::optional<Pattern::Match> Pattern::find(std::string_view text, std::size_t from) const {
  if (from > text.size()) return std::nullopt;
  return match(compiled_->expression, text, from, RE2::UNANCHORED);
}

std::optional<Pattern::Match> Pattern::full(std::string_view text) const {
  return match(compiled_->expression, text, 0, RE2::ANCHOR_BOTH);
}

std::size_t Pattern::groups() const { return static_cast<std::size_t>(compiled_->expression.NumberOfCapturingGroups()); }

bool Pattern::is_in(std::string_view text) const {
  return compiled_->expression.Match(piece(text), 0, text.size(), RE2::UNANCHORED, nullptr, 0);
}

}  // namespace threadline::text
