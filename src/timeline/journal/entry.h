// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

// Included by .cc files of timeline alone: nlohmann_json is no part of any interface (DESIGN).
namespace threadline::timeline::journal {

/// Keys in byte order: what the canonical form needs.
using Sorted = nlohmann::json;

/// The version of the format (docs/journal.md).
inline constexpr int kVersion = 1;
/// Stands as `prev` of the first entry.
inline constexpr std::string_view kNoHash = "0000000000000000000000000000000000000000000000000000000000000000";

/// One line of journal.jsonl.
struct Entry {
  std::uint64_t seq = 0;  ///< from 1; also the number of its line
  std::string type, at, by, prev;
  Sorted body = Sorted::object();
};

/// The canonical line without its line end: keys in byte order, no blanks, UTF-8 as it is. Illegal UTF-8 becomes U+FFFD.
[[nodiscard]] std::string line_of(const Entry& entry);
[[nodiscard]] std::string canonical(const Sorted& json);

/// SHA-256 over the domain's name, a line end, and the line without its own: what the next entry carries as `prev`.
[[nodiscard]] std::string hash_of(std::string_view line);

/// How strictly a line is read: `canonical` writes it again and compares, which takes as long as reading it.
enum class Strictness { members, canonical };

/// Errors: not JSON, a member missing, mistyped or unknown, another version, too many levels; not canonical where that is asked.
[[nodiscard]] Result<Entry> read_entry(std::string_view line, Strictness strictness = Strictness::canonical);

/// A text member of an object; empty where it is missing or no text.
[[nodiscard]] std::string text_in(const Sorted& object, std::string_view key);
/// A count; 0 where it is missing or none.
[[nodiscard]] std::uint64_t count_in(const Sorted& object, std::string_view key);
/// A member; an empty object where it is missing.
[[nodiscard]] const Sorted& member(const Sorted& object, std::string_view key);

}  // namespace threadline::timeline::journal
