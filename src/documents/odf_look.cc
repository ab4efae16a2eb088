// SPDX-License-Identifier: Apache-2.0
#include "documents/odf_look.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "documents/hiding.h"
#include "text/fold.h"

namespace threadline::documents {
namespace {

using text::Paint;

constexpr std::uint32_t kWhite = 0xFFFFFF;
constexpr std::size_t kMostBases = 20;  ///< of a style
constexpr Paint kUnknown{.kind = Paint::Kind::unknown};

/// An element around text, and the family of the style that it names. Without a family its ground is not known: a box.
struct Around {
  std::string_view element, family;
};
constexpr std::array kAround{Around{"p", "paragraph"},
                             Around{"h", "paragraph"},
                             Around{"span", "text"},
                             Around{"section", "section"},
                             Around{"table", "table"},
                             Around{"table-row", "table-row"},
                             Around{"table-cell", "table-cell"},
                             Around{"hidden-text", "text"},
                             Around{"frame", ""},
                             Around{"custom-shape", ""},
                             Around{"rect", ""},
                             Around{"ellipse", ""},
                             Around{"circle", ""},
                             Around{"polygon", ""},
                             Around{"regular-polygon", ""},
                             Around{"path", ""},
                             Around{"g", ""},
                             Around{"caption", ""}};
constexpr std::array<std::string_view, 6> kProperties{"text-properties",  "paragraph-properties", "section-properties",
                                                      "table-properties", "table-row-properties", "table-cell-properties"};

/// Names are told apart in so many bytes.
std::string key_of(std::string_view family, std::string_view name) {
  constexpr std::size_t kNameBytes = 256;
  return std::string(family.substr(0, kNameBytes)).append("/").append(name.substr(0, kNameBytes));
}

/// "1pt", "0.035cm"; nothing for a share of another size.
std::optional<double> points_of(std::string_view length) {
  constexpr std::array<std::pair<std::string_view, double>, 5> kUnits{
      {{"pt", 1.0}, {"px", 0.75}, {"cm", 28.35}, {"mm", 2.835}, {"in", 72.0}}};
  double number = 0;
  const auto read = std::from_chars(length.data(), length.data() + length.size(), number);
  if (read.ec != std::errc{}) return std::nullopt;
  const std::string_view unit = length.substr(static_cast<std::size_t>(read.ptr - length.data()));
  const auto* known = std::ranges::find(kUnits, unit, &std::pair<std::string_view, double>::first);
  return known == kUnits.end() ? std::nullopt : std::optional(number * known->second);
}

Paint paint_of(std::string_view value) { return value.empty() ? Paint{} : text::paint_of(text::ascii_lower(value)); }

void take_properties(std::string_view name, const text::XmlAttributes& attributes, OdfFormat& format) {
  const Paint ground = paint_of(attributes.value("background-color"));
  if (ground.kind == Paint::Kind::known || ground.kind == Paint::Kind::unknown) format.ground = ground;
  if (name != "text-properties") return;
  const Paint colour = attributes.value("use-window-font-color") == "true" ? Paint{.kind = Paint::Kind::clear}
                                                                           : paint_of(attributes.value("color"));
  if (colour.kind != Paint::Kind::not_given) format.colour = colour;
  if (const auto points = points_of(attributes.value("font-size"))) format.points = points;
  const std::string_view display = attributes.value("display");
  if (!display.empty()) format.is_hidden = display == "none";
}

void apply_one(const OdfFormat& more, OdfFormat& to) {
  if (more.colour.kind != Paint::Kind::not_given) to.colour = more.colour;
  if (more.ground.kind != Paint::Kind::not_given) to.ground = more.ground;
  if (more.points) to.points = more.points;
  if (more.is_hidden) to.is_hidden = more.is_hidden;
}

}  // namespace

bool OdfStyleReader::begin(std::string_view name, const text::XmlAttributes& attributes) {
  to_.take(name, attributes);
  return name != "master-styles" && name != "body";
}

void OdfStyles::take(std::string_view name, const text::XmlAttributes& attributes) {
  if (name == "page-layout-properties" || name == "header-footer-properties")
    has_page_colour_ = has_page_colour_ || paint_of(attributes.value("background-color")).kind == Paint::Kind::known;
  if (name == "style" || name == "default-style") {
    open_ = key_of(attributes.value("family"), name == "style" ? attributes.value("name") : std::string_view{});
    styles_[open_] = {.parent = std::string(attributes.value("parent-style-name"))};
  } else if (!open_.empty() && std::ranges::find(kProperties, name) != kProperties.end()) {
    take_properties(name, attributes, styles_[open_]);
  } else if (name == "master-styles" || name == "body") {
    open_.clear();
  }
}

void OdfStyles::apply(std::string_view family, std::string_view style, OdfFormat& to) const {
  std::vector<const OdfFormat*> bases;
  for (auto at = styles_.find(key_of(family, style)); at != styles_.end() && bases.size() < kMostBases;
       at = styles_.find(key_of(family, at->second.parent))) {
    bases.push_back(&at->second);
    if (at->first.ends_with('/')) break;  // the family's default
  }
  for (auto base = bases.rbegin(); base != bases.rend(); ++base) apply_one(**base, to);
}

OdfLook::OdfLook(OdfStyles common, bool is_on_white) : styles_(std::move(common)) {
  Level page;
  page.format.ground = is_on_white && !styles_.has_page_colour() ? Paint{.kind = Paint::Kind::known, .colour = kWhite} : kUnknown;
  levels_.push_back(std::move(page));
}

void OdfLook::begin(std::string_view name, const text::XmlAttributes& attributes) {
  styles_.take(name, attributes);
  const auto* around = std::ranges::find(kAround, name, &Around::element);
  if (around == kAround.end()) return;
  levels_.push_back({std::string(name), levels_.back().format});  // no more than Limits::xml_depth
  OdfFormat& format = levels_.back().format;
  if (around->family.empty()) {
    format.ground = kUnknown;
    return;
  }
  styles_.apply(around->family, attributes.value("style-name"), format);
  if (name == "section" && attributes.value("display") == "none") format.is_hidden = true;
  if (name == "hidden-text" && attributes.value("is-hidden") != "false") format.is_hidden = true;
}

void OdfLook::end(std::string_view name) {
  if (levels_.size() > 1 && levels_.back().element == name) levels_.pop_back();
}

text::Hiding OdfLook::hiding() const {
  const OdfFormat& format = levels_.back().format;
  return format.is_hidden.value_or(false) ? text::Hiding::display_none
                                          : hiding_by_look(format.colour, format.ground, format.points);
}

}  // namespace threadline::documents
