// SPDX-License-Identifier: Apache-2.0
#include "documents/word_look.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "documents/hiding.h"
#include "text/fold.h"

namespace threadline::documents {
namespace {

using text::Paint;

constexpr std::uint32_t kWhite = 0xFFFFFF;
constexpr std::size_t kMostBases = 20;  ///< of a style

constexpr Paint kUnknown{.kind = Paint::Kind::unknown};

bool is_off(std::string_view value) { return value == "0" || value == "false" || value == "off"; }

/// "FFFFFF"; a theme's colour has it beside its name. "auto" is what can be read on any ground.
Paint hex_paint(std::string_view value, bool is_of_theme) {
  if (value == "auto" || (value.empty() && !is_of_theme)) return {.kind = Paint::Kind::clear};
  const auto colour = value.size() == 6 ? text::read_colour("#" + text::ascii_lower(value)) : std::nullopt;
  return colour ? Paint{.kind = Paint::Kind::known, .colour = *colour} : kUnknown;
}

/// A pattern other than "clear" and "solid" mixes two colours.
Paint shade(const text::XmlAttributes& attributes) {
  const std::string_view pattern = attributes.value("val");
  if (pattern == "solid") return hex_paint(attributes.value("color"), !attributes.value("themeColor").empty());
  if (pattern != "clear" && pattern != "nil" && !pattern.empty()) return kUnknown;
  return hex_paint(attributes.value("fill"), !attributes.value("themeFill").empty());
}

/// Names that mean the same in CSS; the others are shades of their own.
Paint highlight(std::string_view name) {
  constexpr std::array<std::string_view, 7> kNames{"black", "blue", "cyan", "magenta", "red", "white", "yellow"};
  if (name == "none") return {.kind = Paint::Kind::clear};
  if (std::ranges::find(kNames, name) == kNames.end()) return kUnknown;
  return {.kind = Paint::Kind::known, .colour = text::read_colour(name).value_or(0)};
}

std::optional<double> half_points(std::string_view value) {
  int number = 0;
  const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
  return read.ec == std::errc{} ? std::optional(number / 2.0) : std::nullopt;
}

constexpr std::array<std::string_view, 5> kProperties{"rPr", "pPr", "tcPr", "tblPr", "tblPrEx"};
constexpr std::size_t kNameBytes = 253;  ///< of a style's name, in which they are told apart (ECMA-376 part 1, 17.18.78)
constexpr std::array<std::string_view, 5> kLevels{"tbl", "tc", "txbxContent", "p", "r"};

/// The table's own view of a name, or nothing.
std::string_view one_of(const auto& names, std::string_view name) {
  const auto* found = std::ranges::find(names, name);
  return found == names.end() ? std::string_view{} : *found;
}

}  // namespace

void WordFormat::take(std::string_view name, const text::XmlAttributes& attributes) {
  const std::string_view value = attributes.value("val");
  if (name == "color") colour = hex_paint(value, !attributes.value("themeColor").empty());
  if (name == "sz") points = half_points(value);
  if (name == "vanish") is_hidden = !is_off(value);
  const Paint painted = name == "shd" ? shade(attributes) : name == "highlight" ? highlight(value) : Paint{};
  if (painted.kind == Paint::Kind::known || painted.kind == Paint::Kind::unknown) ground = painted;
}

void WordFormat::apply(const WordFormat& more) {
  if (more.colour.kind != Paint::Kind::not_given) colour = more.colour;
  if (more.ground.kind != Paint::Kind::not_given) ground = more.ground;
  if (more.points) points = more.points;
  if (more.is_hidden) is_hidden = more.is_hidden;
}

text::Hiding WordFormat::hiding() const {
  return is_hidden.value_or(false) ? text::Hiding::display_none : hiding_by_look(colour, ground, points);
}

bool WordStyles::begin(std::string_view name, const text::XmlAttributes& attributes) {
  if (!properties_.empty()) {
    const bool is_of_table = properties_ == "tcPr" || properties_ == "tblPr" || is_conditional_;
    if (open_ != nullptr && is_of_table) {
      open_->paints = open_->paints || name == "shd" || name == "color";
    } else if (open_ != nullptr) {
      open_->format.take(name, attributes);
    } else if (is_in_defaults_) {
      defaults_.take(name, attributes);
    }
    return false;
  }
  if (name == "style") {
    const std::string id(attributes.value("styleId").substr(0, kNameBytes));
    open_ = &styles_[id];
    if (attributes.value("type") == "paragraph" && attributes.value("default") == "1") default_style_ = id;
  }
  if (name == "basedOn" && open_ != nullptr) open_->based_on = attributes.value("val").substr(0, kNameBytes);
  if (name == "docDefaults") is_in_defaults_ = true;
  if (name == "tblStylePr") is_conditional_ = true;
  properties_ = one_of(kProperties, name);
  return true;
}

void WordStyles::end(std::string_view name) {
  if (!properties_.empty()) {
    if (name == properties_) properties_ = {};
    return;
  }
  if (name == "style") open_ = nullptr;
  if (name == "docDefaults") is_in_defaults_ = false;
  if (name == "tblStylePr") is_conditional_ = false;
}

WordFormat WordStyles::of_page() const {
  WordFormat format = defaults_;
  apply(default_style_, format);
  return format;
}

void WordStyles::apply(const std::string& style, WordFormat& to) const {
  std::vector<const Style*> bases;
  for (auto at = styles_.find(style); at != styles_.end() && bases.size() < kMostBases; at = styles_.find(bases.back()->based_on))
    bases.push_back(&at->second);
  for (auto base = bases.rbegin(); base != bases.rend(); ++base) to.apply((*base)->format);
}

bool WordStyles::paints(const std::string& style) const {
  std::size_t bases = 0;
  for (auto at = styles_.find(style); at != styles_.end() && bases < kMostBases; at = styles_.find(at->second.based_on)) {
    if (at->second.paints) return true;
    ++bases;
  }
  return false;
}

WordLook::WordLook(const WordStyles& styles, bool is_on_white) : styles_(styles) {
  Level page{.element = {}, .format = styles.of_page()};
  page.format.ground = is_on_white ? Paint{.kind = Paint::Kind::known, .colour = kWhite} : kUnknown;
  levels_.push_back(std::move(page));
}

void WordLook::open(std::string_view element) {
  levels_.push_back({element, levels_.back().format});  // no more than Limits::xml_depth
  WordFormat& format = levels_.back().format;
  if (element == "txbxContent") format.ground = kUnknown;
  if (element != "txbxContent" && element != "p") return;
  const Paint ground = format.ground;
  format = styles_.of_page();
  format.ground = ground;
}

void WordLook::take_property(std::string_view name, const text::XmlAttributes& attributes) {
  WordFormat& format = levels_.back().format;
  const std::string style(attributes.value("val").substr(0, kNameBytes));
  if (name == "rStyle" || name == "pStyle") return styles_.apply(style, format);
  if (name == "tblStyle" && styles_.paints(style)) format.ground = kUnknown;
  if (properties_ == "tblPrEx") {  // of some of the table's rows
    if (name == "shd") format.ground = kUnknown;
    return;
  }
  if (name == "tblStyle" || (properties_ != "rPr" && name != "shd")) return;
  format.take(name, attributes);
}

std::optional<bool> WordLook::begin(std::string_view name, const text::XmlAttributes& attributes) {
  if (!properties_.empty()) {
    take_property(name, attributes);
    return false;
  }
  const std::string_view level = one_of(kLevels, name);
  if (!level.empty()) open(level);
  properties_ = one_of(kProperties, name);
  if (properties_ == "rPr" && levels_.back().element != "r") {
    properties_ = {};
    return false;
  }
  return properties_.empty() ? std::nullopt : std::optional(true);
}

bool WordLook::end(std::string_view name) {
  if (!properties_.empty()) {
    if (name == properties_) properties_ = {};
    return true;
  }
  const std::string_view level = one_of(kLevels, name);
  if (!level.empty() && levels_.size() > 1 && levels_.back().element == level) levels_.pop_back();
  return false;
}

text::Hiding WordLook::hiding() const {
  return levels_.back().element == "r" ? levels_.back().format.hiding() : text::Hiding::none;
}

}  // namespace threadline::documents
