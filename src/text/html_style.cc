// SPDX-License-Identifier: Apache-2.0
#include "text/html_style.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "text/css_colour.h"
#include "text/fold.h"
#include "text/html_entities.h"

namespace threadline::text {
namespace {

constexpr std::size_t kLongestStyle = 4'000;
constexpr std::uint32_t kLinkColour = 0x0000EE;

std::string without_spaces(std::string text) {
  std::erase(text, ' ');
  return text;
}

/// Nothing is painted of it and of what stands in it.
bool is_away(const Declarations& style) {
  return std::ranges::any_of(std::to_array({Css::mso_hidden, Css::opacity_zero, Css::filtered_away, Css::path_clipped,
                                            Css::scaled_away, Css::content_hidden}),
                             [&](Css each) { return style.is_on(each); });
}

/// A box without size, or outside of the page.
Hiding box_of(const Declarations& style) {
  const auto any_of = [&](std::initializer_list<Css> properties) {
    return std::ranges::any_of(properties, [&](Css each) { return style.is_on(each); });
  };
  const bool has_no_size = any_of({Css::no_width, Css::no_height, Css::no_max_width, Css::no_max_height});
  const bool is_moved = style.is_on(Css::moved);
  if ((style.is_on(Css::clips) && has_no_size) || (style.is_on(Css::clipped) && is_moved)) return Hiding::zero_size;
  const bool is_away = any_of({Css::left_away, Css::top_away, Css::right_away, Css::bottom_away});
  const bool is_indented_away = any_of({Css::indented_away, Css::margin_left_away, Css::margin_top_away});
  return is_indented_away || (is_moved && is_away) ? Hiding::off_screen : Hiding::none;
}

void take_colour(Look& look, const HtmlAttributes& attributes, const Declarations& style) {
  if (attributes.href.data() != nullptr) look.colour = kLinkColour;
  if (!attributes.color.empty()) look.colour = read_colour(ascii_lower(attributes.color));
  const Paint& paint = style.fill.kind == Paint::Kind::not_given ? style.colour : style.fill;
  if (paint.kind == Paint::Kind::not_given) return;
  look.is_transparent = paint.kind == Paint::Kind::clear;
  if (paint.kind == Paint::Kind::unknown) look.colour = std::nullopt;
  if (paint.kind == Paint::Kind::known) look.colour = paint.colour;
}

void take_background(Look& look, const HtmlAttributes& attributes, const Declarations& style, bool may_be_styled) {
  if (!attributes.background.empty() || may_be_styled) look.background = std::nullopt;
  if (!attributes.bgcolor.empty()) look.background = read_colour(ascii_lower(attributes.bgcolor));
  if (style.background.kind == Paint::Kind::known) look.background = style.background.colour;
  if (style.background.kind == Paint::Kind::unknown || style.is_on(Css::picture)) look.background = std::nullopt;
}

/// Source: CSS Writing Modes Level 4, section 2.2; WHATWG HTML, section 15.3.5 (dir isolates, <bdo> overrides).
void take_order(Look& look, const HtmlAttributes& attributes, const Declarations& style, bool is_bdo) {
  const bool has_dir = equal_ascii_nocase(attributes.dir, "rtl") || equal_ascii_nocase(attributes.dir, "ltr");
  if (has_dir) look.is_rtl = equal_ascii_nocase(attributes.dir, "rtl");
  look.is_rtl = style.get(Css::right_to_left).value_or(look.is_rtl);
  if (const auto overrides = style.get(Css::overrides_order))
    look.is_reversed = *overrides && look.is_rtl;
  else if (is_bdo || has_dir)
    look.is_reversed = is_bdo && look.is_rtl;
}

}  // namespace

StyleFacts read_style(std::string_view attribute) {
  StyleFacts facts;
  if (attribute.empty()) return facts;
  std::string text = readable_css(attribute_text(attribute.substr(0, kLongestStyle)));
  facts.own = read_declarations(text);
  facts.all = cascade({}, facts.own);
  facts.normal = without_spaces(std::move(text));
  return facts;
}

Hiding Look::hiding() const {
  if (is_gone || is_invisible) return Hiding::display_none;
  if (box != Hiding::none) return box;
  if (is_tiny) return Hiding::zero_size;
  if (is_transparent) return Hiding::same_colour;
  return colour && background && is_one_colour(*colour, *background) ? Hiding::same_colour : Hiding::none;
}

Look look_of(const Look& parent, const HtmlAttributes& attributes, const Declarations& style, const Surroundings& around) {
  Look look = parent;
  look.is_gone |= style.get(Css::display_none).value_or(attributes.hidden) || is_away(style);
  look.is_invisible = style.get(Css::invisible).value_or(look.is_invisible);
  look.is_tiny = style.get(Css::tiny).value_or(look.is_tiny);
  look.keeps_space = style.get(Css::keeps_space).value_or(look.keeps_space);
  if (const Hiding box = box_of(style); box != Hiding::none) look.box = box;
  take_colour(look, attributes, style);
  take_background(look, attributes, style, around.has_unread_rules && (!attributes.cls.empty() || !attributes.id.empty()));
  take_order(look, attributes, style, around.is_bdo);
  return look;
}

}  // namespace threadline::text
