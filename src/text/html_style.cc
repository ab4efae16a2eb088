// SPDX-License-Identifier: Apache-2.0
#include "text/html_style.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "text/fold.h"
#include "text/html_entities.h"

namespace threadline::text {
namespace {

constexpr auto kNowhere = std::string_view::npos;
constexpr double kOffScreen = -400;  // pixels; nobody indents by that much
constexpr double kTinyPixels = 1;    // at most
constexpr double kTinyShare = 0.1;   // of the parent's size, at most
constexpr int kColourDistance = 24;  // summed over the channels: an eye sees no difference
constexpr std::size_t kLongestStyle = 4'000;
constexpr std::uint32_t kLinkColour = 0x0000EE;

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

/// Entities decoded, lower case, every run of white space one space, none beside punctuation that needs none.
std::string readable(std::string_view attribute) {
  std::string text = ascii_lower(attribute_text(attribute.substr(0, kLongestStyle)));
  std::ranges::replace_if(
      text, [](char c) { return c == '\t' || c == '\r' || c == '\n' || c == '\f'; }, ' ');
  return text;
}

std::string without_spaces(std::string text) {
  std::erase(text, ' ');
  return text;
}

struct Length {
  double value = 0;
  std::string_view unit;
};

std::optional<Length> read_length(std::string_view text) {
  text = trimmed(text);
  const std::size_t end = std::min(text.find_first_not_of("+-.0123456789"), text.size());
  if (end == 0 || end > 16) return std::nullopt;
  const std::string number(text.substr(0, end));
  char* behind = nullptr;
  const double value = std::strtod(number.c_str(), &behind);
  if (behind == number.c_str()) return std::nullopt;
  const std::string_view rest = text.substr(end);
  return Length{value, rest.substr(0, rest.find_first_of(" !/;,"))};
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
  return static_cast<std::uint32_t>(std::strtoul(full.c_str(), nullptr, 16));
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

bool is_same_colour(std::uint32_t left, std::uint32_t right) {
  int distance = 0;
  for (unsigned shift = 0; shift < 24; shift += 8) {
    distance += std::abs(static_cast<int>((left >> shift) & 0xFFU) - static_cast<int>((right >> shift) & 0xFFU));
  }
  return distance <= kColourDistance;
}

/// One style attribute, declaration by declaration.
class StyleReader {
 public:
  explicit StyleReader(StyleFacts& facts) : facts_(facts) {}

  void read(std::string_view style) {
    while (!style.empty()) {
      const std::size_t end = std::min(style.find(';'), style.size());
      const std::string_view declaration = style.substr(0, end);
      const std::size_t colon = declaration.find(':');
      if (colon != kNowhere) declare(trimmed(declaration.substr(0, colon)), trimmed(declaration.substr(colon + 1)));
      style.remove_prefix(std::min(end + 1, style.size()));
    }
    finish();
  }

 private:
  void declare(std::string_view name, std::string_view value) {
    if (name == "display")
      facts_.is_gone |= value.starts_with("none");
    else if (name == "mso-hide")
      facts_.is_gone |= value.starts_with("all");
    else if (name == "opacity")
      note_opacity(value);
    else if (name == "visibility")
      facts_.is_invisible = value.starts_with("hidden") || value.starts_with("collapse");
    else if (name == "font-size")
      note_font_size(value);
    else if (name == "font")
      note_font(value);
    else if (name == "white-space")
      facts_.keeps_space = value.starts_with("pre");
    else if (name == "color")
      note_colour(value);
    else if (name == "background" || name == "background-color" || name == "background-image")
      note_background(value);
    else if (name.starts_with("border"))
      facts_.has_border = true;
    else
      note_box(name, value);
  }

  void note_opacity(std::string_view value) {
    const auto length = read_length(value);
    facts_.is_gone |= length && length->value <= 0;
  }

  void note_font_size(std::string_view value) {
    if (const auto length = read_length(value))
      facts_.is_tiny = is_tiny(*length);
    else if (!value.starts_with("inherit"))
      facts_.is_tiny = false;
  }

  /// "font: italic 0/0 a": the first word that is a length with a unit, or zero.
  void note_font(std::string_view value) {
    for (std::size_t at = 0; at < value.size();) {
      const std::size_t end = std::min(value.find(' ', at), value.size());
      const auto length = read_length(value.substr(at, end - at));
      if (length && (!length->unit.empty() || length->value <= 0)) return note_font_size(value.substr(at, end - at));
      at = end + 1;
    }
  }

  void note_colour(std::string_view value) {
    facts_.colour = read_colour(value);
    facts_.is_transparent = value.starts_with("transparent") || (value.starts_with("rgba") && channels_of(value)[3] <= 0);
  }

  void note_background(std::string_view value) {
    if (value.find("url(") != kNowhere || value.find("gradient") != kNowhere) facts_.has_unknown_background = true;
    if (value.starts_with("transparent") || value.starts_with("none") ||
        (value.starts_with("rgba") && channels_of(value)[3] <= 0))
      return;
    if (const auto colour = read_colour(value))
      facts_.background = colour;
    else if (!value.starts_with("inherit"))
      facts_.has_unknown_background = true;
  }

  void note_box(std::string_view name, std::string_view value) {
    if (name == "overflow")
      clips_ = value.starts_with("hidden");
    else if (name == "position")
      is_moved_ = value.starts_with("absolute") || value.starts_with("fixed") || value.starts_with("relative");
    else if (name == "clip")
      clips_all_ |= value.starts_with("rect(0") || value.starts_with("rect(1px");
    else if (name == "width" || name == "height" || name == "max-height" || name == "max-width")
      note_size(name, value);
    else if (name == "left" || name == "top" || name == "right" || name == "bottom")
      is_away_ |= is_off_screen(value);
    else if (name == "text-indent" || name == "margin-left" || name == "margin-top")
      is_indented_away_ |= is_off_screen(value);
  }

  void note_size(std::string_view name, std::string_view value) {
    const auto length = read_length(value);
    if (!length || length->value > kTinyPixels || length->unit == "%" || length->unit == "em") return;
    has_no_size_ |= length->value <= 0 || !name.starts_with("max");
  }

  static bool is_off_screen(std::string_view value) {
    const auto length = read_length(value);
    if (!length) return false;
    const bool is_relative = length->unit == "em" || length->unit == "rem";
    return length->value * (is_relative ? 16 : 1) <= kOffScreen;
  }

  void finish() {
    if (is_indented_away_ || (is_moved_ && is_away_)) facts_.box = Hiding::off_screen;
    if ((clips_ && has_no_size_) || (clips_all_ && is_moved_)) facts_.box = Hiding::zero_size;
  }

  StyleFacts& facts_;
  bool clips_ = false, clips_all_ = false, has_no_size_ = false, is_moved_ = false, is_away_ = false, is_indented_away_ = false;
};

}  // namespace

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

StyleFacts read_style(std::string_view attribute) {
  StyleFacts facts;
  if (attribute.empty()) return facts;
  std::string text = readable(attribute);
  StyleReader(facts).read(text);
  facts.normal = without_spaces(std::move(text));
  return facts;
}

Hiding Look::hiding() const {
  if (is_gone || is_invisible) return Hiding::display_none;
  if (box != Hiding::none) return box;
  if (is_tiny) return Hiding::zero_size;
  if (is_transparent) return Hiding::same_colour;
  return colour && background && is_same_colour(*colour, *background) ? Hiding::same_colour : Hiding::none;
}

Look look_of(const Look& parent, const HtmlAttributes& attributes, const StyleFacts& style, bool has_style_sheet) {
  Look look = parent;
  look.is_gone |= style.is_gone || attributes.hidden;
  look.is_invisible = style.is_invisible.value_or(look.is_invisible);
  look.is_tiny = style.is_tiny.value_or(look.is_tiny);
  look.keeps_space = style.keeps_space.value_or(look.keeps_space);
  if (style.box != Hiding::none) look.box = style.box;
  if (attributes.href.data() != nullptr) look.colour = kLinkColour;
  if (!attributes.color.empty()) look.colour = read_colour(ascii_lower(attributes.color));
  if (style.colour) look.colour = style.colour;
  look.is_transparent = style.colour ? style.is_transparent : look.is_transparent || style.is_transparent;
  const bool may_be_styled = has_style_sheet && (!attributes.cls.empty() || !attributes.id.empty());
  if (style.has_unknown_background || !attributes.background.empty() || may_be_styled) look.background = std::nullopt;
  if (!attributes.bgcolor.empty()) look.background = read_colour(ascii_lower(attributes.bgcolor));
  if (style.background && !style.has_unknown_background) look.background = style.background;
  return look;
}

}  // namespace threadline::text
