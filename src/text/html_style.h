// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "text/html.h"
#include "text/html_tokens.h"

namespace threadline::text {

/// What one style attribute says about whether its text can be seen; nothing where it does not speak of it.
struct StyleFacts {
  std::string normal;                   ///< entities decoded, lower case, no white space
  bool is_gone = false;                 ///< display:none, opacity:0, mso-hide:all
  std::optional<bool> is_invisible;     ///< visibility
  std::optional<bool> is_tiny;          ///< font-size of at most one pixel
  std::optional<bool> keeps_space;      ///< white-space:pre
  Hiding box = Hiding::none;            ///< a box without size, or outside of the page
  std::optional<std::uint32_t> colour;  ///< 0xRRGGBB
  bool is_transparent = false;          ///< colour without opacity
  std::optional<std::uint32_t> background;
  bool has_unknown_background = false;  ///< an image, a gradient
  bool has_border = false;
};
[[nodiscard]] StyleFacts read_style(std::string_view attribute);

/// 0xRRGGBB of a CSS or HTML colour; nothing for names outside the common ones.
[[nodiscard]] std::optional<std::uint32_t> read_colour(std::string_view text);

/// How text looks inside an element, as far as hiding goes.
struct Look {
  bool is_gone = false, is_invisible = false, is_tiny = false, keeps_space = false, is_transparent = false;
  Hiding box = Hiding::none;
  std::optional<std::uint32_t> colour = 0x000000;
  std::optional<std::uint32_t> background = 0xFFFFFF;  ///< nothing: unknown (an image, a style sheet)

  [[nodiscard]] Hiding hiding() const;
  bool operator==(const Look&) const = default;
};

/// The look inside an element with these attributes, in that parent. `has_style_sheet`: a class may then give a background.
[[nodiscard]] Look look_of(const Look& parent, const HtmlAttributes& attributes, const StyleFacts& style, bool has_style_sheet);

}  // namespace threadline::text
