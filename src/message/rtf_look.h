// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "message/rtf_words.h"
#include "text/html.h"

namespace threadline::message {

/// How characters of an RTF document look; a group inherits it and its end restores it.
struct RtfLook {
  std::int32_t ink = 0, ground = 0, paragraph_ground = 0;  ///< numbers of colours; 0: none of its own
  std::int32_t half_points = 24;
  bool is_in_table = false, is_in_box = false;

  /// Takes a word of that action, with its number.
  void take(RtfAction action, std::int32_t number);
  void take_plain();
};

/// The colours of a document, and what they hide. Where cells, shapes or the page may be painted nobody knows a ground.
/// Source: RTF 1.9.1, "Color Table", "Character Text", "Paragraph Shading".
class RtfColours {
 public:
  explicit RtfColours(std::string_view rtf);

  /// A part of the colour that the table is at.
  void set(RtfAction part, std::int32_t value);
  /// Text of the table: a semicolon ends a colour.
  void read(std::string_view text);
  [[nodiscard]] text::Hiding hiding(const RtfLook& look) const;

 private:
  [[nodiscard]] std::optional<std::uint32_t> colour(std::int32_t number) const;
  [[nodiscard]] std::optional<std::uint32_t> ground_of(const RtfLook& look) const;

  std::vector<std::optional<std::uint32_t>> colours_;  ///< nothing: the program chooses
  std::optional<std::uint32_t> open_;
  bool has_painted_cells_, has_painted_page_, has_nested_tables_;
};

}  // namespace threadline::message
