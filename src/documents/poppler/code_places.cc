// SPDX-License-Identifier: Apache-2.0
#include "documents/poppler/code_places.h"

#include <GfxFont.h>
#include <GfxState.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace threadline::documents::poppler {
namespace {

/// Of the smallest code, drawn with rectangles: three finder patterns of three, and its data. Frames and rules of a page have
/// fewer close to each other.
constexpr std::uint64_t kFewestShapes = 30;
constexpr std::uint64_t kFewestGlyphs = 100, kMostCodes = 16;  ///< of a font that draws: blocks, halves, quadrants
constexpr double kLargeGlyph = 84;                             ///< pixels: 21 modules of 4
constexpr Unicode kFirstBlock = 0x2580, kLastBlock = 0x25FF;   ///< Block Elements, Geometric Shapes
constexpr std::size_t kMostPlaces = 4;                         ///< drawn one by one; more are drawn as one

/// Shapes of a path's part: 1 of a line or rectangle, else what its corners could make.
std::uint64_t shapes_of(const GfxSubpath& part) {
  constexpr int kRectangle = 5;
  return static_cast<std::uint64_t>(std::max(part.getNumPoints() - kRectangle, 0)) + 1;
}

bool is_block(const Unicode* letters, int count) {
  return count > 0 && letters != nullptr && letters[0] >= kFirstBlock && letters[0] <= kLastBlock;
}

int number_of(const GfxState* state) {
  const auto& font = state->getFont();
  return font ? font->getID()->num : 0;
}

/// The glyphs of a font that is not in the file are those of its letters.
bool brings_its_glyphs(const GfxState* state) {
  Ref embedded;
  const auto& font = state->getFont();
  return font && (font->getType() == fontType3 || font->getEmbeddedFontID(&embedded));
}

/// Of what is drawn now, in steps fine enough to tell a glyph's sizes apart.
long scale_of(const GfxState* state) {
  constexpr double kSteps = 1'024, kMost = 1e9;
  const auto& matrix = state->getCTM();
  return std::lround(std::min(std::hypot(matrix[0], matrix[1]) * kSteps, kMost));
}

}  // namespace

CodePlaces::CodePlaces(int page_width, int page_height)
    : page_width_(page_width), page_height_(page_height), shapes_(static_cast<std::size_t>(kCells * kCells)) {}

bool CodePlaces::DrawnGlyph::is_small() const {
  return shapes < kFewestShapes || right - left < kLargeGlyph || bottom - top < kLargeGlyph;
}

/// Those that go from color to color, along a line or around a point: a code has no such thing, whatever they fill is a path or a
/// clip.
bool CodePlaces::useShadedFills(int type) {
  constexpr int kAxial = 2, kRadial = 3;
  return type == kAxial || type == kRadial;
}

CodePlaces::Point CodePlaces::point(const GfxState* state, double x, double y) {
  Point at;
  state->transform(x, y, &at.x, &at.y);
  return at;
}

std::optional<std::size_t> CodePlaces::cell_at(Point at) {
  const double column = std::floor(at.x / kCell), row = std::floor(at.y / kCell);
  if (!(column >= 0 && column < kCells && row >= 0 && row < kCells)) return std::nullopt;
  return static_cast<std::size_t>(row) * kCells + static_cast<std::size_t>(column);
}

void CodePlaces::add_shapes(Point at, std::uint64_t shapes) {
  if (glyph_) {
    glyph_->shapes += shapes;
  } else if (const auto cell = cell_at(at)) {
    shapes_[*cell] += shapes;
  }
}

void CodePlaces::touch(Point at) {
  if (glyph_) {
    glyph_->left = std::min(glyph_->left, at.x);
    glyph_->right = std::max(glyph_->right, at.x);
    glyph_->top = std::min(glyph_->top, at.y);
    glyph_->bottom = std::max(glyph_->bottom, at.y);
  } else if (const auto cell = cell_at(at)) {
    touched_.set(*cell);
  }
}

/// Steps of half a cell, as many as the grid has at most: what is far outside has no cell.
void CodePlaces::touch_line(Point from, Point to) {
  constexpr double kStep = kCell / 2.0;
  const double length = std::hypot(to.x - from.x, to.y - from.y);
  const int steps = static_cast<int>(std::clamp(length / kStep, 1.0, 4.0 * kCells));
  for (int i = 0; i <= steps; ++i) touch({from.x + (to.x - from.x) * i / steps, from.y + (to.y - from.y) * i / steps});
}

void CodePlaces::touch_box(Point from, Point to) {
  const auto [left, right] = std::minmax(std::clamp(from.x, 0.0, kLongSide - 1.0), std::clamp(to.x, 0.0, kLongSide - 1.0));
  const auto [top, bottom] = std::minmax(std::clamp(from.y, 0.0, kLongSide - 1.0), std::clamp(to.y, 0.0, kLongSide - 1.0));
  for (double y = top; y < bottom + kCell; y += kCell) touch_line({left, std::min(y, bottom)}, {right, std::min(y, bottom)});
}

void CodePlaces::add_path(const GfxState* state, std::uint64_t each) {
  const GfxPath* path = state->getPath();
  for (int i = 0; i < path->getNumSubpaths(); ++i) {
    const GfxSubpath& part = *path->getSubpath(i);
    if (part.getNumPoints() == 0) continue;
    Point before = point(state, part.getX(0), part.getY(0));
    add_shapes(before, each * shapes_of(part));
    for (int j = 0; j < part.getNumPoints(); ++j) {
      const Point next = point(state, part.getX(j), part.getY(j));
      touch_line(before, next);
      before = next;
    }
  }
}

/// A dashed line draws as many as it has dashes: a row of a code.
void CodePlaces::stroke(GfxState* state) {
  double start = 0;
  add_path(state, state->getLineDash(&start).size() + 1);
}

void CodePlaces::add_clip_box(const GfxState* state) {
  Point from, to;
  state->getClipBBox(&from.x, &from.y, &to.x, &to.y);
  add_shapes(from, 2);
  touch_box(from, to);
}

bool CodePlaces::axialShadedFill(GfxState* state, GfxAxialShading* /*shading*/, double /*least*/, double /*most*/) {
  add_clip_box(state);
  return true;
}

bool CodePlaces::radialShadedFill(GfxState* state, GfxRadialShading* /*shading*/, double /*least*/, double /*most*/) {
  add_clip_box(state);
  return true;
}

/// As many shapes as rows: one may be cut into stripes of a row each.
void CodePlaces::add_picture(const GfxState* state, int width, int height) {
  const auto rows = static_cast<std::uint64_t>(std::max(std::min(width, height), 1));
  const Point corners[] = {point(state, 0, 0), point(state, 1, 0), point(state, 0, 1), point(state, 1, 1)};
  Point from = corners[0], to = corners[0];
  for (const Point corner : corners) {
    from = {std::min(from.x, corner.x), std::min(from.y, corner.y)};
    to = {std::max(to.x, corner.x), std::max(to.y, corner.y)};
  }
  add_shapes({std::clamp(from.x, 0.0, kLongSide - 1.0), std::clamp(from.y, 0.0, kLongSide - 1.0)}, 2 * rows);
  touch_box(from, to);
}

void CodePlaces::add_glyph(int font, CharCode code, Point at) {
  Written& written = fonts_[font];
  ++written.glyphs;
  if (written.codes.size() <= kMostCodes) written.codes.insert(code);
  if (const auto cell = cell_at(at)) written.cells.set(*cell);
}

void CodePlaces::drawChar(GfxState* state, double x, double y, double dx, double dy, double origin_x, double origin_y,
                          CharCode code, int /*bytes*/, const Unicode* letters, int count) {
  const Point at = point(state, x - origin_x, y - origin_y);
  Point advance;
  state->transformDelta(dx, dy, &advance.x, &advance.y);
  const double size = std::hypot(advance.x, advance.y);
  const bool may_draw = brings_its_glyphs(state);
  if (may_draw && size >= kLargeGlyph) {
    add_shapes(at, kFewestShapes);
    touch_box({at.x, at.y - size}, {at.x + size, at.y + size});
  } else if (is_block(letters, count)) {
    add_shapes(at, 1);
    touch(at);
  } else if (may_draw) {
    add_glyph(number_of(state), code, at);
  }
}

bool CodePlaces::beginType3Char(GfxState* state, double /*x*/, double /*y*/, double /*dx*/, double /*dy*/, CharCode code,
                                const Unicode* /*letters*/, int /*count*/) {
  const int font = number_of(state);
  add_glyph(font, code, point(state, 0, 0));
  if (glyph_ || !drawn_glyphs_.insert({font, code, scale_of(state)}).second) return true;
  glyph_ = DrawnGlyph();
  return false;
}

void CodePlaces::endType3Char(GfxState* /*state*/) {
  if (!glyph_) return;
  const DrawnGlyph drawn = *std::exchange(glyph_, std::nullopt);
  if (drawn.is_small()) return;
  add_shapes({drawn.left, drawn.top}, drawn.shapes);
  touch_box({drawn.left, drawn.top}, {drawn.right, drawn.bottom});
}

void CodePlaces::drawImageMask(GfxState* state, Object* ref, Stream* stream, int width, int height, bool invert, bool interpolate,
                               bool is_inline) {
  add_picture(state, width, height);
  OutputDev::drawImageMask(state, ref, stream, width, height, invert, interpolate, is_inline);
}

void CodePlaces::drawImage(GfxState* state, Object* ref, Stream* stream, int width, int height, GfxImageColorMap* colors,
                           bool interpolate, const int* mask_colors, bool is_inline) {
  add_picture(state, width, height);
  OutputDev::drawImage(state, ref, stream, width, height, colors, interpolate, mask_colors, is_inline);
}

void CodePlaces::drawMaskedImage(GfxState* state, Object* /*ref*/, Stream* /*stream*/, int width, int height,
                                 GfxImageColorMap* /*colors*/, bool /*interpolate*/, Stream* /*mask*/, int mask_width,
                                 int mask_height, bool /*mask_invert*/, bool /*mask_interpolate*/) {
  add_picture(state, std::max(width, mask_width), std::max(height, mask_height));
}

void CodePlaces::drawSoftMaskedImage(GfxState* state, Object* /*ref*/, Stream* /*stream*/, int width, int height,
                                     GfxImageColorMap* /*colors*/, bool /*interpolate*/, Stream* /*mask*/, int mask_width,
                                     int mask_height, GfxImageColorMap* /*mask_colors*/, bool /*mask_interpolate*/) {
  add_picture(state, std::max(width, mask_width), std::max(height, mask_height));
}

/// Fonts that draw rather than write.
void CodePlaces::add_fonts() {
  for (const auto& [number, written] : fonts_) {
    if (written.glyphs < kFewestGlyphs || written.codes.size() > kMostCodes || written.cells.none()) continue;
    shapes_[written.cells._Find_first()] += written.glyphs;
    touched_ |= written.cells;
  }
}

/// The touched cells that can be reached from that one over neighbours, eight of each.
CodePlaces::Cells CodePlaces::connected(std::size_t first) const {
  Cells reached;
  std::vector<std::size_t> next{first};
  reached.set(first);
  while (!next.empty()) {
    const auto row = static_cast<int>(next.back()) / kCells, column = static_cast<int>(next.back()) % kCells;
    next.pop_back();
    for (int i = std::max(row - 1, 0); i <= std::min(row + 1, kCells - 1); ++i) {
      for (int j = std::max(column - 1, 0); j <= std::min(column + 1, kCells - 1); ++j) {
        const auto cell = static_cast<std::size_t>(i * kCells + j);
        if (!touched_[cell] || reached[cell]) continue;
        reached.set(cell);
        next.push_back(cell);
      }
    }
  }
  return reached;
}

/// With half a cell around it: the quiet zone.
Place CodePlaces::place_of(const Cells& cells) const {
  int left = kCells, top = kCells, right = 0, bottom = 0;
  for (std::size_t cell = cells._Find_first(); cell < cells.size(); cell = cells._Find_next(cell)) {
    const auto row = static_cast<int>(cell) / kCells, column = static_cast<int>(cell) % kCells;
    left = std::min(left, column);
    right = std::max(right, column + 1);
    top = std::min(top, row);
    bottom = std::max(bottom, row + 1);
  }
  constexpr int kMargin = kCell / 2;
  const int x = std::max(left * kCell - kMargin, 0), y = std::max(top * kCell - kMargin, 0);
  return {x, y, std::min(right * kCell + kMargin, page_width_) - x, std::min(bottom * kCell + kMargin, page_height_) - y};
}

std::vector<Place> CodePlaces::places() {
  add_fonts();
  std::vector<Place> places;
  Cells all, left = touched_;
  while (left.any()) {
    const Cells one = connected(left._Find_first());
    left &= ~one;
    std::uint64_t shapes = 0;
    for (std::size_t cell = one._Find_first(); cell < one.size(); cell = one._Find_next(cell)) shapes += shapes_[cell];
    if (shapes < kFewestShapes) continue;
    all |= one;
    places.push_back(place_of(one));
  }
  if (places.size() > kMostPlaces) places = {place_of(all)};
  std::erase_if(places, [](const Place& place) { return place.width <= 0 || place.height <= 0; });
  return places;
}

}  // namespace threadline::documents::poppler
