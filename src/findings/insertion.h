// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "findings/detector.h"

namespace threadline::findings {

/// Words of a quoted text that its original has not: text[begin, end), with an amount or a telephone number in them at `at`.
struct Inserted {
  std::size_t begin = 0, end = 0, at = 0;
};

/// What such words are. A heuristic: whoever answers inside a quote marks his words, announces them or at least begins a sentence
/// of his own; who writes within another's sentence alters it.
enum class InsertionKind {
  none,      ///< a signature, the capital in a firm's footer, or an answer that is marked or announced
  sentence,  ///< a sentence of its own
  inside,    ///< part of a sentence of the original
};
/// Of a stretch of that block's text; `carrier` is the message that quotes it.
[[nodiscard]] InsertionKind insertion_kind(const facts::Facts& carrier, const facts::QuotedBlock& block,
                                           const Inserted& inserted);

/// Whether the words are an answer inside the quote: marked or announced.
[[nodiscard]] bool is_answer(const facts::Facts& carrier, const facts::QuotedBlock& block, const Inserted& inserted);

/// How grave an amount or a telephone number is that was put into a quoted message. What stands where people also answer cannot
/// be told from an answer: in a quote without marks before its lines, in a mail without words of its own, or where one of the own
/// people (`by_insider`) quotes somebody else.
[[nodiscard]] Severity severity_of_insertion(const facts::Facts& carrier, const facts::QuotedBlock& block, InsertionKind kind,
                                             bool by_insider);

}  // namespace threadline::findings
