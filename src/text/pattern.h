// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace threadline::text {

/// The expression that these pieces make one behind the other.
[[nodiscard]] std::string expression_of(std::initializer_list<std::string_view> pieces);

/// A compiled RE2 pattern (linear time, hence fit for hostile text). UTF-8; case-insensitive on request.
/// A pattern that does not compile is our bug: it throws std::logic_error at construction.
/// Threads: const use from any thread. Compile once (static const), match often.
class Pattern {
 public:
  enum class Case { sensitive, insensitive };
  explicit Pattern(std::string_view expression, Case letter_case = Case::sensitive);
  ~Pattern();
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;

  /// One match: groups[0] is the whole; an unmatched group has data() == nullptr. All are views into the searched text.
  using Match = std::vector<std::string_view>;
  /// The first match at or after `from`.
  [[nodiscard]] std::optional<Match> find(std::string_view text, std::size_t from = 0) const;
  /// Matches the whole text.
  [[nodiscard]] std::optional<Match> full(std::string_view text) const;
  [[nodiscard]] bool is_in(std::string_view text) const;
  /// How many groups it has, the whole not counted.
  [[nodiscard]] std::size_t groups() const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace threadline::text
