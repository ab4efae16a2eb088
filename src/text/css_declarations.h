// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace threadline::text {

/// What a CSS property says of its text, as far as hiding and order go. One bit each.
enum class Css : std::uint8_t {
  display_none,
  mso_hidden,
  opacity_zero,
  invisible,
  tiny,  ///< font-size of at most one pixel
  keeps_space,
  clips,
  moved,
  clipped,
  no_width,
  no_height,
  no_max_width,
  no_max_height,
  left_away,
  top_away,
  right_away,
  bottom_away,
  indented_away,
  margin_left_away,
  margin_top_away,
  picture,  ///< a background that is no one colour
  right_to_left,
  overrides_order,  ///< unicode-bidi: bidi-override
};

/// A colour that is given, or not.
struct Paint {
  enum class Kind : std::uint8_t { not_given, clear, known, unknown };
  Kind kind = Kind::not_given;
  std::uint32_t colour = 0;  ///< 0xRRGGBB
};

/// Declarations of one importance; the later one of a property counts.
struct Declarations {
  std::uint32_t given = 0, on = 0;  ///< bits of Css
  Paint colour, background;

  [[nodiscard]] std::optional<bool> get(Css property) const;
  [[nodiscard]] bool is_on(Css property) const { return get(property).value_or(false); }
  void set(Css property, bool value);
  /// `later` outranks what is here.
  void take(const Declarations& later);
  [[nodiscard]] bool is_empty() const;
};

/// Declarations as they stand in a style attribute, or between the braces of a rule.
struct Style {
  Declarations plain, important;
  bool has_border = false;
};

/// `css` is lower case, every white space a blank. Unknown properties and values are passed over.
[[nodiscard]] Style read_declarations(std::string_view css);

/// Source: CSS Cascading Level 3, section 6.1: rules, the element's own style, then what is important of each.
[[nodiscard]] Declarations cascade(const Style& rules, const Style& own);

/// The number at its begin ("-.5em"), in whatever locale; nothing where there is none.
[[nodiscard]] std::optional<double> css_number(std::string_view text);

/// 0xRRGGBB of a CSS or HTML colour; nothing for names outside the common ones.
[[nodiscard]] std::optional<std::uint32_t> read_colour(std::string_view text);

/// Lower case, white space as blanks.
[[nodiscard]] std::string readable_css(std::string_view css);

}  // namespace threadline::text
