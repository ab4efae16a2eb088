// SPDX-License-Identifier: Apache-2.0
#include "text/css_declarations.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "text/fold.h"

namespace threadline::text {
namespace {

constexpr auto kNowhere = std::string_view::npos;
constexpr double kOffScreen = -400;    // pixels; nobody indents by that much
constexpr double kTinyPixels = 1;      // at most
constexpr double kTinyShare = 0.1;     // of the parent's size, at most
constexpr double kUnseenShare = 0.05;  // of the opacity or the size, at most

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

/// Nothing is seen of it: a share, or a percentage.
bool is_unseen(const Length& share) { return share.value <= kUnseenShare * (share.unit == "%" ? 100 : 1); }

Answer is_zero(std::string_view value) {
  const auto length = read_length(value);
  return length ? Answer(is_unseen(*length)) : std::nullopt;
}

/// What stands behind "opacity(" and the like.
std::optional<Length> argument_of(std::string_view value, std::string_view function) {
  const std::size_t at = value.find(function);
  if (at == kNowhere) return std::nullopt;
  std::string_view rest = value.substr(at + function.size());
  rest = rest.substr(0, rest.find_first_of("),"));
  return read_length(trimmed(rest));
}

Answer is_filtered_away(std::string_view value) {
  const auto share = argument_of(value, "opacity(");
  return share && is_unseen(*share);
}

/// Source: CSS Masking Module Level 1, section 5.1; CSS Shapes Module Level 1, section 3.1.
Answer is_clipped_path(std::string_view value) {
  if (const auto inset = argument_of(value, "inset(")) return inset->unit == "%" && inset->value >= 50;
  for (const std::string_view shape : {"circle(", "ellipse("}) {
    if (const auto radius = argument_of(value, shape)) return radius->value <= 0;
  }
  return value.starts_with("polygon(") && value.find_first_of("123456789") == kNowhere;
}

bool is_scaled_to_nothing(const std::optional<Length>& factor) { return factor && std::abs(factor->value) <= kUnseenShare; }

/// Source: CSS Transforms Module Level 1, section 11.
Answer is_transformed_away(std::string_view value) {
  for (const std::string_view scale : {"scale(", "scalex(", "scaley(", "scale3d("}) {
    if (is_scaled_to_nothing(argument_of(value, scale))) return true;
  }
  return std::ranges::any_of(std::to_array<std::string_view>({"translate(", "translatex(", "translatey(", "translate3d("}),
                             [&](std::string_view move) {
                               const auto length = argument_of(value, move);
                               return length && std::abs(length->value) >= -kOffScreen;
                             });
}

Answer is_scaled_away(std::string_view value) { return is_scaled_to_nothing(read_length(value)); }

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
    {"clip-path", Css::path_clipped, is_clipped_path},
    {"content-visibility", Css::content_hidden, is_hidden},
    {"direction", Css::right_to_left, is_rtl},
    {"display", Css::display_none, is_none},
    {"filter", Css::filtered_away, is_filtered_away},
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
    {"scale", Css::scaled_away, is_scaled_away},
    {"text-indent", Css::indented_away, is_off_screen},
    {"top", Css::top_away, is_off_screen},
    {"transform", Css::scaled_away, is_transformed_away},
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
  } else if (name == "-webkit-text-fill-color") {
    to.fill = paint_of(value);
  } else if (name.starts_with("background")) {
    if (name == "background" || name == "background-color" || name == "background-image") note_background(to, name, value);
  } else {
    const auto* property = std::ranges::lower_bound(kProperties, name, {}, &Property::name);
    if (property == kProperties.end() || property->name != name) return;
    if (const Answer answer = property->means(value)) to.set(property->what, *answer);
  }
}

/// "\\69 " and "\\i" are an "i": what is outside ASCII names no property, and stays as it is.
std::string with_escapes_read(std::string_view css) {
  constexpr std::size_t kDigits = 6;
  std::string text;
  for (std::size_t at = 0; at < css.size(); ++at) {
    if (css[at] != '\\' || at + 1 == css.size()) {
      text += css[at];
      continue;
    }
    const std::string_view rest = css.substr(at + 1, kDigits);
    unsigned code = 0;
    const auto end = std::from_chars(rest.data(), rest.data() + rest.size(), code, 16).ptr;
    const auto length = static_cast<std::size_t>(end - rest.data());
    if (length > 0 && code >= 0x80) {
      text += css[at];
      continue;
    }
    text += length > 0 ? static_cast<char>(code) : css[at + 1];
    at += std::max<std::size_t>(length, 1);
    if (length > 0 && at + 1 < css.size() && css[at + 1] == ' ') ++at;
  }
  return text;
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
  if (later.fill.kind != Paint::Kind::not_given) fill = later.fill;
}

bool Declarations::is_empty() const {
  return given == 0 && std::ranges::all_of(std::to_array({colour.kind, background.kind, fill.kind}),
                                           [](Paint::Kind kind) { return kind == Paint::Kind::not_given; });
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

std::size_t css_string_end(std::string_view css, std::size_t at) {
  const char quote = css[at];
  for (++at; at < css.size() && css[at] != quote && css[at] != '\n'; ++at) {
    if (css[at] == '\\') ++at;
  }
  return std::min(at + 1, css.size());
}

std::string css_without_comments(std::string_view css) {
  std::string kept;
  kept.reserve(css.size());
  for (std::size_t at = 0; at < css.size();) {
    const std::string_view rest = css.substr(at, 4);
    if (rest.starts_with("/*")) {
      const std::size_t end = css.find("*/", at + 2);
      at = end == kNowhere ? css.size() : end + 2;
    } else if (rest == "<!--" || rest.starts_with("-->")) {
      at += rest == "<!--" ? 4U : 3U;
    } else {
      const std::size_t end = rest[0] == '"' || rest[0] == '\'' ? css_string_end(css, at) : at + 1;
      kept += css.substr(at, end - at);
      at = end;
    }
  }
  return ascii_lower(kept);
}

std::string readable_css(std::string_view css) {
  std::string text = ascii_lower(css);
  if (text.find("/*") != kNowhere) text = css_without_comments(text);
  if (text.find('\\') != kNowhere) text = ascii_lower(with_escapes_read(text));
  std::ranges::replace_if(
      text, [](char c) { return c == '\t' || c == '\r' || c == '\n' || c == '\f'; }, ' ');
  return text;
}

}  // namespace threadline::text
