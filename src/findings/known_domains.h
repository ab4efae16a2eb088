// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "memory/memory.h"
#include "text/resemblance.h"

namespace threadline::findings {

/// The domains of the memory as references, kept between messages: grows with the memory in blocks that double (so that 10^5
/// correspondents are indexed in O(n log n) together, and a question asks O(log n) indices).
/// Threads: any; one question at a time.
class KnownDomains {
 public:
  /// The best resemblance of a registrable domain to a domain that was known before it.
  [[nodiscard]] std::optional<text::Resemblance> best(const memory::View& memory, std::string_view candidate);
  /// What the memory knows of that registrable domain.
  [[nodiscard]] std::optional<memory::View::KnownDomain> known(const memory::View& memory, std::string_view domain);

 private:
  struct Level {
    std::size_t begin, end;  ///< in View::domains()
    text::References references;
  };
  struct Answer {
    std::size_t asked_of = 0;  ///< how many domains were known when it was asked
    std::optional<text::Resemblance> resemblance;
  };

  void catch_up(const memory::View& memory);
  void add_level(const memory::View& memory, std::size_t begin, std::size_t end);
  [[nodiscard]] std::optional<text::Resemblance> search(const memory::View& memory, const std::string& candidate) const;
  [[nodiscard]] bool is_older(const std::string& reference, std::size_t place) const;

  std::mutex mutex_;
  std::uint64_t number_ = 0;  ///< of the memory that all this was made from
  std::vector<Level> levels_;
  std::size_t indexed_ = 0;  ///< domains in `levels_`; the few after it are compared one by one
  std::unordered_map<std::string, std::size_t> places_;
  std::unordered_map<std::string, Answer> answers_;
};

/// The better of two: graver, then more alike.
[[nodiscard]] bool is_better(const text::Resemblance& left, const text::Resemblance& right);

}  // namespace threadline::findings
