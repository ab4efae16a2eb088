// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace threadline::evidence {

/// One header field as a container's reader needs it: unfolded, not decoded.
struct FieldLine {
  std::string_view name;
  std::string value;  ///< folded lines joined by one space, ends trimmed
};

/// The header fields at the beginning of some bytes, one by one. Lines that are no field end it as an empty line does.
class FieldLines {
 public:
  explicit FieldLines(std::string_view bytes) : rest_(bytes) {}

  [[nodiscard]] std::optional<FieldLine> next();
  /// What follows the fields read so far; after the last one, what follows the empty line.
  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

/// A parameter's value ("boundary" of a Content-Type), quotes removed; empty when it is not there.
[[nodiscard]] std::string parameter_of(std::string_view value, std::string_view name);

/// The value with its encoded words decoded to UTF-8 (RFC 2047 section 4).
[[nodiscard]] std::string decoded_words(std::string_view value);

}  // namespace threadline::evidence
