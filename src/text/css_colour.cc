// SPDX-License-Identifier: Apache-2.0
#include "text/css_colour.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

#include "text/css_declarations.h"
#include "text/fold.h"

namespace threadline::text {
namespace {

constexpr auto kNowhere = std::string_view::npos;
constexpr double kUnseenAlpha = 0.05;  // at most

struct ColourName {
  std::string_view name;
  std::uint32_t value;
};
constexpr std::array kColourNames = std::to_array<ColourName>({
#define THREADLINE_COLOUR(name, value) {#name, value},
#include "text/css_colours.def"
#undef THREADLINE_COLOUR
});
static_assert(std::ranges::is_sorted(kColourNames, {}, &ColourName::name));

bool is_hex(std::string_view digits) { return digits.find_first_not_of("0123456789abcdef") == kNowhere; }

/// "#rgb", "#rgba", "#rrggbb", "#rrggbbaa" without the mark, as eight digits; nothing for anything else.
std::string full_hex(std::string_view digits) {
  const bool is_short = digits.size() == 3 || digits.size() == 4;
  if ((!is_short && digits.size() != 6 && digits.size() != 8) || !is_hex(digits)) return {};
  std::string full;
  for (const char digit : digits) full.append(is_short ? 2 : 1, digit);
  return full.size() == 6 ? full + "ff" : full;
}

std::optional<std::uint32_t> read_hex_colour(std::string_view digits) {
  const std::string full = full_hex(digits);
  if (full.empty()) return std::nullopt;
  std::uint32_t value = 0;
  std::from_chars(full.data(), full.data() + 6, value, 16);
  return value;
}

struct Channel {
  double value = 0;
  bool is_percent = false;

  /// Its share of what is all of it: 255 of a channel of rgb(), 1 of alpha, 100 of a lightness.
  [[nodiscard]] double share_of(double all) const { return std::clamp(value / (is_percent ? 100 : all), 0.0, 1.0); }
};
using Channels = std::array<Channel, 4>;

/// "hsl(120deg 50% 50% / 0.5)", "rgba(0, 0, 0, 0)": three numbers, and alpha, which is 1 where none is given.
Channels channels_of(std::string_view text) {
  Channels channels = {{{}, {}, {}, {.value = 1, .is_percent = false}}};
  std::size_t at = text.find('(');
  for (Channel& channel : channels) {
    at = text.find_first_of("+-.0123456789)", at);
    if (at == kNowhere || text[at] == ')') break;
    const std::size_t end = std::min(text.find_first_not_of("+-.0123456789", at), text.size());
    channel = {.value = css_number(text.substr(at, end - at)).value_or(0), .is_percent = end < text.size() && text[end] == '%'};
    at = std::min(text.find_first_of(" ,/)", end), text.size());
  }
  return channels;
}

std::uint32_t colour_of(const std::array<double, 3>& shares) {
  std::uint32_t value = 0;
  for (const double share : shares)
    value = (value << 8U) | static_cast<std::uint32_t>(std::lround(std::clamp(share, 0.0, 1.0) * 255));
  return value;
}

/// Source: CSS Color Module Level 4, section 7.1. `hue` in degrees.
std::array<double, 3> shares_of_hsl(double hue, double saturation, double lightness) {
  const double spread = saturation * std::min(lightness, 1 - lightness);
  const auto share = [&](double n) {
    const double k = std::fmod(n + hue / 30 + 12 * 100, 12);
    return lightness - spread * std::max(-1.0, std::min({k - 3, 9 - k, 1.0}));
  };
  return {share(0), share(8), share(4)};
}

/// Source: CSS Color Module Level 4, section 8.1.
std::array<double, 3> shares_of_hwb(double hue, double white, double black) {
  if (white + black >= 1) return {white / (white + black), white / (white + black), white / (white + black)};
  auto shares = shares_of_hsl(hue, 1, 0.5);
  for (double& share : shares) share = share * (1 - white - black) + white;
  return shares;
}

/// Of lab() and its like: white and black, whatever the other channels.
std::optional<std::uint32_t> read_lightness(const Channel& lightness, double all) {
  if (lightness.share_of(all) >= 1) return 0xFFFFFF;
  return lightness.share_of(all) <= 0 ? std::optional<std::uint32_t>(0) : std::nullopt;
}

std::optional<std::uint32_t> read_function(std::string_view text) {
  const Channels channels = channels_of(text);
  const auto [first, second, third, alpha] = channels;
  const double hue = std::isfinite(first.value) ? std::fmod(first.value, 360) : 0;
  if (text.starts_with("rgb")) return colour_of({first.share_of(255), second.share_of(255), third.share_of(255)});
  if (text.starts_with("hsl")) return colour_of(shares_of_hsl(hue, second.share_of(100), third.share_of(100)));
  if (text.starts_with("hwb")) return colour_of(shares_of_hwb(hue, second.share_of(100), third.share_of(100)));
  if (text.starts_with("lab") || text.starts_with("lch")) return read_lightness(first, 100);
  if (text.starts_with("oklab") || text.starts_with("oklch")) return read_lightness(first, 1);
  if (text.starts_with("color(srgb ")) return colour_of({first.share_of(1), second.share_of(1), third.share_of(1)});
  return std::nullopt;
}

std::string_view word_of(std::string_view text) { return text.substr(0, text.find_first_of(" !;,")); }

bool is_clear(std::string_view value) {
  if (value.starts_with("transparent")) return true;
  if (value.starts_with('#')) return full_hex(word_of(value).substr(1)).ends_with("00") && word_of(value).size() % 4 == 1;
  return value.find('(') != kNowhere && read_function(value) && channels_of(value)[3].share_of(1) <= kUnseenAlpha;
}

}  // namespace

Paint paint_of(std::string_view value) {
  if (is_clear(value)) return {.kind = Paint::Kind::clear};
  const auto colour = read_colour(value);
  return colour ? Paint{.kind = Paint::Kind::known, .colour = *colour} : Paint{.kind = Paint::Kind::unknown};
}

std::optional<std::uint32_t> read_colour(std::string_view text) {
  text = trimmed(text);
  const std::string_view word = word_of(text);
  if (word.starts_with('#')) return read_hex_colour(word.substr(1));
  if (word.find('(') != kNowhere) return read_function(text);
  const auto* found = std::ranges::lower_bound(kColourNames, word, {}, &ColourName::name);
  if (found != kColourNames.end() && found->name == word) return found->value;
  return word.size() == 6 ? read_hex_colour(word) : std::nullopt;
}

}  // namespace threadline::text
