// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "memory/memory.h"
#include "text/resemblance.h"

namespace threadline::findings {

/// The domains of the memory as references, kept between messages: what the memory learnt since is added to one index.
/// Threads: any; one question at a time.
class KnownDomains {
 public:
  /// The best resemblance of a domain to a domain that was known before its registrable part.
  [[nodiscard]] std::optional<text::Resemblance> best(const memory::View& memory, std::string_view candidate);
  /// What the memory knows of that registrable domain.
  [[nodiscard]] std::optional<memory::View::KnownDomain> known(const memory::View& memory, std::string_view domain);

 private:
  struct Answer {
    std::size_t asked_of = 0;  ///< how many domains were known when it was asked
    std::optional<text::Resemblance> resemblance;
  };

  void catch_up(const memory::View& memory);
  /// Whether it was known before that place, and is not disputed.
  [[nodiscard]] bool is_reference(const memory::View& memory, std::string_view domain, std::size_t before) const;

  std::mutex mutex_;
  std::uint64_t number_ = 0;  ///< of the memory that all this was made from
  text::References references_;
  std::unordered_map<std::string, std::size_t> places_;  ///< in View::domains()
  std::unordered_map<std::string, Answer> answers_;
};

/// The better of two: graver, then more alike.
[[nodiscard]] bool is_better(const text::Resemblance& left, const text::Resemblance& right);

}  // namespace threadline::findings
