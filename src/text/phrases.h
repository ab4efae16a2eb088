// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace threadline::text {

/// Many phrases looked for in one pass. Phrases have four bytes at least: nearly no place of a text begins like one of them,
/// which is told from a row of bits. (re2::Set says the same; to make its automaton for 388 phrases took each process 13 million
/// instructions.)
class Phrases {
 public:
  /// Errors: std::logic_error for a phrase of fewer bytes.
  explicit Phrases(const std::vector<std::string_view>& phrases);

  /// The indices (order of construction) of those that stand in the text, ascending.
  [[nodiscard]] std::vector<std::size_t> matches(std::string_view text) const;

 private:
  struct Phrase {
    std::uint32_t begin = 0;  ///< its first four bytes
    std::string text;
    std::size_t index = 0;
  };

  std::vector<Phrase> phrases_;             ///< by begin
  std::array<std::uint64_t, 64> begins_{};  ///< a bit for each hash of a begin
};

}  // namespace threadline::text
