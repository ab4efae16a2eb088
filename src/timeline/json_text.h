// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "base/value.h"
#include "findings/finding.h"

namespace threadline::timeline {

/// Adds JSON to a text as `dumped` writes it, without a tree of values in between: a scan writes a row for every message.
void append_json(std::string& to, std::string_view text);
void append_json(std::string& to, const std::string& text);
void append_json(std::string& to, std::uint64_t number);
void append_json(std::string& to, double number);
void append_json(std::string& to, const std::optional<std::string>& text);  ///< nothing is null
void append_json(std::string& to, const std::vector<std::string>& list);
/// Null where no place is known (explain.md): also of what stands in no header field, but in a property.
void append_json(std::string& to, const Span& span);
[[nodiscard]] inline bool is_nowhere(const Span& span) {
  return (span.part.empty() || span.part == "header") && span.offset == 0 && span.length == 0;
}
void append_json(std::string& to, const Value& value);
void append_json(std::string& to, const std::vector<findings::Because>& because);

/// Writes one object member by member, in the order of the calls; its end when it goes. Each key at most once.
class ObjectText {
 public:
  explicit ObjectText(std::string& to) : to_(to) { to_ += '{'; }
  ~ObjectText() { to_ += '}'; }
  ObjectText(const ObjectText&) = delete;
  ObjectText& operator=(const ObjectText&) = delete;

  template <class T>
  void add(std::string_view key, const T& value) {
    append_json(begin(key), value);
  }
  /// What is JSON already.
  void add_json(std::string_view key, std::string_view json) { begin(key) += json; }

 private:
  std::string& begin(std::string_view key);

  std::string& to_;
  bool is_first_ = true;
};

/// A finding's evidence with `because` (row.schema.json).
[[nodiscard]] std::string evidence_text(const findings::Finding& finding);

}  // namespace threadline::timeline
