// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/severity.h"

namespace threadline::text {

/// How one domain imitates another (findings.md, lookalike_domain; UTS 39 for confusables).
enum class Technique {
  homoglyph,
  idn,
  accent,
  omission,
  insertion,
  repetition,
  transposition,
  replacement,
  bitsquat,
  vowel,
  plural,
  hyphen,
  dot,
  tld,
  combo,
  token_order,
  subdomain,
  doubled,
};
/// The word of the contract; `doubled` is "double".
[[nodiscard]] std::string_view name_of(Technique technique);

/// A candidate that a tired eye reads as the reference. Registrable parts are compared, in Unicode.
struct Resemblance {
  std::string candidate;  ///< as given
  std::string reference;  ///< as given
  Technique technique = Technique::homoglyph;
  double score = 0;                    ///< [0, 1]; 1 is indistinguishable
  Severity severity = Severity::high;  ///< of the resemblance alone: low for a TLD swap, 3-4 letters, subsidiary-like names
  std::uint64_t differs_at = 0;        ///< code point index of the first difference in the candidate's Unicode form
  std::string why;                     ///< "rn for m", "i inserted": the difference itself, language-free
};

/// References in memory; a candidate is looked up against all of them in time that hardly depends on their number: keys of what
/// is left after one or two letters are deleted (symmetric delete), of strokes, words and orders of words, behind a Bloom filter.
/// What is found is compared in full. Threads: any use from any thread; references may be added while others ask.
/// Limits: 64 references are compared in full for one candidate, those on its own suffix first.
class References {
 public:
  References();
  explicit References(const std::vector<std::string>& domains);
  ~References();
  References(References&&) noexcept;
  References& operator=(References&&) noexcept;

  /// A second domain with the same registrable part, and what has none, adds nothing.
  void add(std::string_view domain);

  /// The best resemblance; nothing when the candidate is a reference itself (same registrable domain) or resembles none.
  [[nodiscard]] std::optional<Resemblance> best(std::string_view candidate) const;

  /// The best among the references that `accepts` says yes to, the candidate being a reference itself or not. `accepts` gets each
  /// as it was added, and may not use this object.
  using Accepts = std::function<bool(std::string_view reference)>;
  [[nodiscard]] std::optional<Resemblance> best_of(std::string_view candidate, const Accepts& accepts) const;

  [[nodiscard]] std::size_t size() const;
  /// Bytes of memory that the index holds.
  [[nodiscard]] std::size_t bytes() const;

 private:
  struct Index;
  std::unique_ptr<Index> index_;
};

/// One pair. Nothing when they are the same registrable domain, or unlike.
[[nodiscard]] std::optional<Resemblance> resemblance(std::string_view candidate, std::string_view reference);

/// The letters that a reader takes a text's for: without diacritics, other scripts' lookalikes as the ASCII letters that they
/// look like (confusables.def), lower case; one byte a letter. Limits: 253 octets.
[[nodiscard]] std::string plain_letters(std::string_view text);

/// The skeleton of UTS 39 after diacritics are folded, plus what ICU lacks (rn/m, vv/w, cl/d, 0/o, 1/l/i, 5/s, palochka).
[[nodiscard]] std::string skeleton(std::string_view text);

}  // namespace threadline::text
