// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "text/css_colour.h"

namespace threadline::text {

/// What a CSS property says of its text, as far as hiding and order go. One bit each.
enum class Css : std::uint8_t {
  display_none,
  mso_hidden,
  opacity_zero,
  filtered_away,
  path_clipped,  ///< a clip-path of no size
  scaled_away,
  content_hidden,
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

/// Declarations of one importance; the later one of a property counts.
struct Declarations {
  std::uint32_t given = 0, on = 0;  ///< bits of Css
  Paint colour, background;
  Paint fill;  ///< -webkit-text-fill-color, which outranks `colour`

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

/// From an opening quote to behind the closing one, or to the line's end.
[[nodiscard]] std::size_t css_string_end(std::string_view css, std::size_t at);

/// Lower case, comments taken out, the marks of SGML comments too. Strings are kept as they stand.
[[nodiscard]] std::string css_without_comments(std::string_view css);

/// Lower case, white space as blanks, without comments, escapes read (CSS Syntax Level 3, sections 4.3.2 and 4.3.7).
[[nodiscard]] std::string readable_css(std::string_view css);

}  // namespace threadline::text
