// SPDX-License-Identifier: Apache-2.0
#include "text/css_declarations.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include "text/fold.h"

namespace threadline::text {
namespace {

constexpr auto kNowhere = std::string_view::npos;
constexpr double kOffScreen = -400;  // pixels; nobody indents by that much
constexpr double kTinyPixels = 1;    // at most
constexpr double kTinyShare = 0.1;   // of the parent's size, at most

struct ColourName {
  std::string_view name;
  std::uint32_t value;
};
/// Source: CSS Color Module Level 3, the sixteen basic names and the near-whites that hide text.
constexpr std::array kColourNames = std::to_array<ColourName>({
    {"white", 0xFFFFFF},      {"black", 0x000000},       {"red", 0xFF0000},       {"blue", 0x0000FF},    {"green", 0x008000},
    {"gray", 0x808080},       {"grey", 0x808080},        {"silver", 0xC0C0C0},    {"yellow", 0xFFFF00},  {"navy", 0x000080},
    {"maroon", 0x800000},     {"purple", 0x800080},      {"teal", 0x008080},      {"lime", 0x00FF00},    {"aqua", 0x00FFFF},
    {"cyan", 0x00FFFF},       {"fuchsia", 0xFF00FF},     {"magenta", 0xFF00FF},   {"olive", 0x808000},   {"orange", 0xFFA500},
    {"windowtext", 0x000000}, {"window", 0xFFFFFF},      {"snow", 0xFFFAFA},      {"ivory", 0xFFFFF0},   {"ghostwhite", 0xF8F8FF},
    {"whitesmoke", 0xF5F5F5}, {"floralwhite", 0xFFFAF0}, {"mintcream", 0xF5FFFA}, {"azure", 0xF0FFFF},   {"aliceblue", 0xF0F8FF},
    {"lightgray", 0xD3D3D3},  {"lightgrey", 0xD3D3D3},   {"darkgray", 0xA9A9A9},  {"dimgray", 0x696969},
});

struct Length {
  double value = 0;
  std::string_view unit;
};

std::optional<Length> read_length(std::string_view text) {
  text = trimmed(text);
  const std::size_t end = std::min(text.find_first_not_of("+-.0123456789"), text.size());
  if (end == 0 || end > 16) return std::nullopt;
  const auto value = css_number(text.substr(0, end));
  if (!value) return std::nullopt;
  const std::string_view rest = text.substr(end);
  return Length{*value, rest.substr(0, rest.find_first_of(" !/;,"))};
}

/// A length that nobody sees as a size: zero, or a font or box of one pixel.
bool is_tiny(const Length& length) {
  if (length.unit == "%") return length.value <= kTinyShare * 100;
  if (length.unit == "em" || length.unit == "rem" || length.unit == "ex") return length.value <= kTinyShare;
  return length.value <= kTinyPixels;
}

std::optional<std::uint32_t> read_hex_colour(std::string_view digits) {
  if (digits.size() != 3 && digits.size() != 6 && digits.size() != 8 && digits.size() != 4) return std::nullopt;
  if (digits.find_first_not_of("0123456789abcdef") != kNowhere) return std::nullopt;
  std::string full;
  if (digits.size() <= 4) {
    for (const char c : digits.substr(0, 3)) full.append(2, c);
  } else {
    full = digits.substr(0, 6);
  }
  std::uint32_t value = 0;
  std::from_chars(full.data(), full.data() + full.size(), value, 16);
  return value;
}

/// "rgb(255, 255, 255)", "rgba(0,0,0,0)": the numbers.
std::array<double, 4> channels_of(std::string_view text) {
  std::array<double, 4> channels = {0, 0, 0, 1};
  std::size_t at = text.find('(');
  for (double& channel : channels) {
    at = text.find_first_of(".0123456789", at);
    if (at == kNowhere) break;
    const auto length = read_length(text.substr(at));
    if (!length) break;
    channel = length->unit.starts_with('%') ? length->value * 2.55 : length->value;
    at = text.find_first_not_of(".0123456789", at);
  }
  return channels;
}

using Answer = std::optional<bool>;  ///< nothing: the value is none that is known, the declaration does not count

Answer is_none(std::string_view value) { return value.starts_with("none"); }
Answer is_all(std::string_view value) { return value.starts_with("all"); }
Answer is_hidden(std::string_view value) { return value.starts_with("hidden") || value.starts_with("collapse"); }
Answer is_kept(std::string_view value) { return value.starts_with("pre"); }
Answer is_moved(std::string_view value) {
  return value.starts_with("absolute") || value.starts_with("fixed") || value.starts_with("relative");
}
Answer is_clipped(std::string_view value) { return value.starts_with("rect(0") || value.starts_with("rect(1px"); }
Answer is_rtl(std::string_view value) { return value.starts_with("rtl"); }

Answer is_zero(std::string_view value) {
  const auto length = read_length(value);
  return length ? Answer(length->value <= 0) : std::nullopt;
}

Answer is_tiny_size(std::string_view value) {
  const auto length = read_length(value);
  return length && is_tiny(*length);
}

/// "font: italic 0/0 a": the first word that is a length with a unit, or zero.
Answer is_tiny_font(std::string_view value) {
  for (std::size_t at = 0; at < value.size();) {
    const std::size_t end = std::min(value.find(' ', at), value.size());
    const auto length = read_length(value.substr(at, end - at));
    if (length && (!length->unit.empty() || length->value <= 0)) return is_tiny(*length);
    at = end + 1;
  }
  return std::nullopt;
}

bool is_share(const Length& length) { return length.unit == "%" || length.unit == "em"; }

/// A box of one pixel.
Answer is_no_size(std::string_view value) {
  const auto length = read_length(value);
  return length && length->value <= kTinyPixels && !is_share(*length);
}

/// A box that may have no size at all.
Answer is_no_most(std::string_view value) {
  const auto length = read_length(value);
  return length && length->value <= 0 && !is_share(*length);
}

Answer is_off_screen(std::string_view value) {
  const auto length = read_length(value);
  const bool is_relative = length && (length->unit == "em" || length->unit == "rem");
  return length && length->value * (is_relative ? 16 : 1) <= kOffScreen;
}

/// Source: CSS Writing Modes Level 4, section 2.2.
Answer is_override(std::string_view value) {
  if (value.starts_with("normal")) return std::nullopt;
  return value.starts_with("bidi-override") || value.starts_with("isolate-override");
}

struct Property {
  std::string_view name;
  Css what;
  Answer (*means)(std::string_view value);
};
constexpr std::array kProperties = std::to_array<Property>({
    {"bottom", Css::bottom_away, is_off_screen},
    {"clip", Css::clipped, is_clipped},
    {"direction", Css::right_to_left, is_rtl},
    {"display", Css::display_none, is_none},
    {"font", Css::tiny, is_tiny_font},
    {"font-size", Css::tiny, is_tiny_size},
    {"height", Css::no_height, is_no_size},
    {"left", Css::left_away, is_off_screen},
    {"margin-left", Css::margin_left_away, is_off_screen},
    {"margin-top", Css::margin_top_away, is_off_screen},
    {"max-height", Css::no_max_height, is_no_most},
    {"max-width", Css::no_max_width, is_no_most},
    {"mso-hide", Css::mso_hidden, is_all},
    {"opacity", Css::opacity_zero, is_zero},
    {"overflow", Css::clips, is_hidden},
    {"position", Css::moved, is_moved},
    {"right", Css::right_away, is_off_screen},
    {"text-indent", Css::indented_away, is_off_screen},
    {"top", Css::top_away, is_off_screen},
    {"unicode-bidi", Css::overrides_order, is_override},
    {"visibility", Css::invisible, is_hidden},
    {"white-space", Css::keeps_space, is_kept},
    {"width", Css::no_width, is_no_size},
});
static_assert(std::ranges::is_sorted(kProperties, {}, &Property::name));

constexpr std::array<std::string_view, 5> kElsewhere = {"inherit", "unset", "revert", "currentcolor", "initial"};

bool is_from_elsewhere(std::string_view value) {
  return std::ranges::any_of(kElsewhere, [&](std::string_view word) { return value.starts_with(word); });
}

bool is_clear(std::string_view value) {
  return value.starts_with("transparent") || (value.starts_with("rgba") && channels_of(value)[3] <= 0);
}

Paint paint_of(std::string_view value) {
  if (is_clear(value)) return {.kind = Paint::Kind::clear};
  const auto colour = read_colour(value);
  return colour ? Paint{.kind = Paint::Kind::known, .colour = *colour} : Paint{.kind = Paint::Kind::unknown};
}

bool has_picture(std::string_view value) { return value.find("url(") != kNowhere || value.find("gradient") != kNowhere; }

void note_background(Declarations& to, std::string_view name, std::string_view value) {
  if (name != "background-color") to.set(Css::picture, has_picture(value));
  if (name == "background-image") return;
  to.background = value.starts_with("none") ? Paint{.kind = Paint::Kind::clear} : paint_of(value);
}

void declare(Declarations& to, std::string_view name, std::string_view value) {
  if (is_from_elsewhere(value)) return;
  if (name == "color") {
    to.colour = paint_of(value);
  } else if (name.starts_with("background")) {
    if (name == "background" || name == "background-color" || name == "background-image") note_background(to, name, value);
  } else {
    const auto* property = std::ranges::lower_bound(kProperties, name, {}, &Property::name);
    if (property == kProperties.end() || property->name != name) return;
    if (const Answer answer = property->means(value)) to.set(property->what, *answer);
  }
}

constexpr std::uint32_t bit_of(Css property) { return std::uint32_t{1} << static_cast<unsigned>(property); }

}  // namespace

std::optional<bool> Declarations::get(Css property) const {
  return (given & bit_of(property)) == 0 ? std::nullopt : std::optional((on & bit_of(property)) != 0);
}

void Declarations::set(Css property, bool value) {
  given |= bit_of(property);
  on = value ? on | bit_of(property) : on & ~bit_of(property);
}

void Declarations::take(const Declarations& later) {
  given |= later.given;
  on = (on & ~later.given) | later.on;
  if (later.colour.kind != Paint::Kind::not_given) colour = later.colour;
  if (later.background.kind != Paint::Kind::not_given) background = later.background;
}

bool Declarations::is_empty() const {
  return given == 0 && colour.kind == Paint::Kind::not_given && background.kind == Paint::Kind::not_given;
}

Style read_declarations(std::string_view css) {
  Style style;
  while (!css.empty()) {
    const std::size_t end = std::min(css.find(';'), css.size());
    const std::string_view declaration = css.substr(0, end);
    const std::size_t colon = declaration.find(':');
    if (colon != kNowhere) {
      const std::string_view name = trimmed(declaration.substr(0, colon)), value = trimmed(declaration.substr(colon + 1));
      const std::size_t mark = value.rfind('!');
      const bool is_important = mark != kNowhere && trimmed(value.substr(mark + 1)) == "important";
      style.has_border |= name.starts_with("border");
      declare(is_important ? style.important : style.plain, name, value);
    }
    css.remove_prefix(std::min(end + 1, css.size()));
  }
  return style;
}

Declarations cascade(const Style& rules, const Style& own) {
  Declarations all = rules.plain;
  all.take(own.plain);
  all.take(rules.important);
  all.take(own.important);
  return all;
}

std::optional<double> css_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  return error == std::errc{} ? std::optional(value) : std::nullopt;
}

std::optional<std::uint32_t> read_colour(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with("rgb")) {
    std::uint32_t value = 0;
    const auto channels = channels_of(text);
    for (std::size_t i = 0; i < 3; ++i) value = (value << 8U) | static_cast<std::uint32_t>(std::clamp(channels[i], 0.0, 255.0));
    return value;
  }
  const std::string_view word = text.substr(0, text.find_first_of(" !;,"));
  if (word.starts_with('#')) return read_hex_colour(word.substr(1));
  const auto* found = std::ranges::find(kColourNames, word, &ColourName::name);
  if (found != kColourNames.end()) return found->value;
  return word.size() == 6 ? read_hex_colour(word) : std::nullopt;
}

std::string readable_css(std::string_view css) {
  std::string text = ascii_lower(css);
  std::ranges::replace_if(
      text, [](char c) { return c == '\t' || c == '\r' || c == '\n' || c == '\f'; }, ' ');
  return text;
}

}  // namespace threadline::text
