// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "text/css_declarations.h"
#include "text/html.h"
#include "text/html_tokens.h"

namespace threadline::text {

/// One style attribute.
struct StyleFacts {
  std::string normal;  ///< entities decoded, lower case, no white space
  Style own;
  Declarations all;  ///< as they count where no rule of a sheet does
};
[[nodiscard]] StyleFacts read_style(std::string_view attribute);

/// How text looks inside an element, as far as hiding goes.
struct Look {
  bool is_gone = false, is_invisible = false, is_tiny = false, keeps_space = false, is_transparent = false;
  bool is_rtl = false;
  bool is_reversed = false;  ///< its characters stand from right to left, whatever they are
  Hiding box = Hiding::none;
  std::optional<std::uint32_t> colour = 0x000000;
  std::optional<std::uint32_t> background = 0xFFFFFF;  ///< nothing: unknown (an image, a rule that was not read)

  [[nodiscard]] Hiding hiding() const;
  bool operator==(const Look&) const = default;
};

/// What else decides how an element looks.
struct Surroundings {
  bool has_unread_rules = false;  ///< a class or id may give a background that is not known
  bool is_bdo = false;
};

/// The look inside an element with these attributes and declarations, in that parent.
[[nodiscard]] Look look_of(const Look& parent, const HtmlAttributes& attributes, const Declarations& style,
                           const Surroundings& around);

}  // namespace threadline::text
