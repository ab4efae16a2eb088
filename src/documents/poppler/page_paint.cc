// SPDX-License-Identifier: Apache-2.0
#include "documents/poppler/page_paint.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "text/css_colour.h"

namespace threadline::documents::poppler {
namespace {

constexpr std::size_t kMostFills = 400, kMostSmall = 2'000, kMostPictures = 2'000, kMostCells = 100'000;  ///< of a page
constexpr std::uint32_t kWhite = 0xFFFFFF;
constexpr double kOpaque = 0.98;
constexpr double kThin = 2;      ///< rules and underlines are no ground, but strips of one may be
constexpr double kOutline = 48;  ///< outlines of letters are smaller
constexpr double kBar = 20;      ///< bars of letters ("l") are smaller, rules of tables longer
constexpr double kCell = 4;

PagePoint point(const GfxState* state, double x, double y) {
  PagePoint at;
  state->transform(x, y, &at.x, &at.y);
  return at;
}

void grow(PageBox& box, PagePoint at) {
  box = {std::min(box.left, at.x), std::min(box.top, at.y), std::max(box.right, at.x), std::max(box.bottom, at.y)};
}

PageBox clip_of(const GfxState* state) {
  PageBox box;
  state->getClipBBox(&box.left, &box.top, &box.right, &box.bottom);
  return box;
}

PageBox common(const PageBox& left, const PageBox& right) {
  return {std::max(left.left, right.left), std::max(left.top, right.top), std::min(left.right, right.right),
          std::min(left.bottom, right.bottom)};
}

PageBox box_of(const GfxState* state, const GfxSubpath& part) {
  const PagePoint first = point(state, part.getX(0), part.getY(0));
  PageBox box{first.x, first.y, first.x, first.y};
  for (int i = 1; i < part.getNumPoints(); ++i) grow(box, point(state, part.getX(i), part.getY(i)));
  return box;
}

/// Two bits: which corner of the box stands there; nothing where none does.
std::optional<unsigned> corner_of(const PageBox& box, PagePoint at) {
  constexpr double kNear = 0.5;
  const bool is_right = std::abs(at.x - box.right) <= kNear, is_low = std::abs(at.y - box.bottom) <= kNear;
  if ((!is_right && std::abs(at.x - box.left) > kNear) || (!is_low && std::abs(at.y - box.top) > kNear)) return std::nullopt;
  return (is_right ? 1U : 0U) | (is_low ? 2U : 0U);
}

/// All four corners of the box, one after the other along its sides.
bool is_rectangle(const GfxState* state, const GfxSubpath& part, const PageBox& box) {
  constexpr int kCorners = 4;
  constexpr unsigned kAll = 0xF, kAcross = 3;
  if (part.getNumPoints() < kCorners || part.getNumPoints() > kCorners + 1) return false;
  unsigned met = 0;
  std::optional<unsigned> last;
  for (int i = 0; i < part.getNumPoints(); ++i) {
    const auto corner = corner_of(box, point(state, part.getX(i), part.getY(i)));
    if (part.getCurve(i) || !corner || (last && (*last ^ *corner) == kAcross)) return false;
    met |= 1U << *corner;
    last = corner;
  }
  return met == kAll;
}

/// Parts of one path may cut each other out.
bool has_others_in(const std::vector<PageBox>& boxes, std::size_t own) {
  constexpr std::size_t kMany = 64;
  if (boxes.size() > kMany) return true;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const PageBox shared = common(boxes[i], boxes[own]);
    if (i != own && shared.right - shared.left > 1 && shared.bottom - shared.top > 1) return true;
  }
  return false;
}

std::vector<PageBox> boxes_of(const GfxState* state) {
  std::vector<PageBox> boxes;
  const GfxPath* path = state->getPath();
  for (int i = 0; i < path->getNumSubpaths(); ++i) {
    const GfxSubpath& part = *path->getSubpath(i);
    boxes.push_back(part.getNumPoints() > 0 ? box_of(state, part) : PageBox{0, 0, -1, -1});
  }
  return boxes;
}

PageBox picture_box(const GfxState* state) {
  const PagePoint first = point(state, 0, 0);
  PageBox box{first.x, first.y, first.x, first.y};
  for (const PagePoint corner : {point(state, 1, 0), point(state, 0, 1), point(state, 1, 1)}) grow(box, corner);
  return box;
}

std::optional<std::uint32_t> stroke_colour(GfxState* state) {
  const bool is_plain = state->getStrokeColorSpace()->getMode() != csPattern && state->getStrokeOpacity() >= kOpaque &&
                        state->getBlendMode() == gfxBlendNormal;
  if (!is_plain) return std::nullopt;
  GfxRGB colour;
  state->getStrokeRGB(&colour);
  return rgb(colour);
}

bool is_other(std::optional<std::uint32_t> colour, std::uint32_t ink) { return !colour || !text::is_one_colour(*colour, ink); }

std::uint64_t cell_of(PagePoint at) {
  constexpr double kFar = 1e6;
  const auto number = [](double place) {
    return place > -kFar && place < kFar ? static_cast<std::uint32_t>(static_cast<std::int32_t>(std::floor(place / kCell))) : 0U;
  };
  return std::uint64_t{number(at.x)} << 32U | number(at.y);
}

}  // namespace

std::uint32_t rgb(const GfxRGB& colour) {
  return std::uint32_t{colToByte(colour.r)} << 16U | std::uint32_t{colToByte(colour.g)} << 8U |
         std::uint32_t{colToByte(colour.b)};
}

std::optional<std::uint32_t> fill_colour(GfxState* state) {
  const bool is_plain = state->getFillColorSpace()->getMode() != csPattern && state->getFillOpacity() >= kOpaque &&
                        state->getBlendMode() == gfxBlendNormal;
  if (!is_plain) return std::nullopt;
  GfxRGB colour;
  state->getFillRGB(&colour);
  return rgb(colour);
}

void PagePaint::restore() {
  if (odd_clips_.empty()) return;
  is_odd_clip_ = odd_clips_.back();
  odd_clips_.pop_back();
}

void PagePaint::add_clip(const GfxState* state) {
  const auto boxes = boxes_of(state);
  is_odd_clip_ = is_odd_clip_ || boxes.size() != 1 || !is_rectangle(state, *state->getPath()->getSubpath(0), boxes[0]);
}

void PagePaint::add(Fill fill) {
  const double width = fill.box.right - fill.box.left, height = fill.box.bottom - fill.box.top;
  if (width <= 0 || height <= 0) return;
  fill.is_exact = fill.is_exact && !is_odd_clip_;
  fill.number = ++number_;
  const bool is_small = std::min(width, height) < kThin || (!fill.is_exact && std::max(width, height) <= kOutline);
  auto& fills = is_small ? small_ : fills_;
  fills.push_back(fill);
  if (fills.size() <= (is_small ? kMostSmall : kMostFills)) return;
  is_cut_ = is_cut_ || (!is_small && is_other(fills.front().colour, kWhite));
  fills.pop_front();
}

void PagePaint::add_outline(const PageBox& box, std::optional<std::uint32_t> colour) {
  const double width = box.right - box.left, height = box.bottom - box.top;
  const bool is_small = width >= 0 && width <= kOutline && height >= 0 && height <= kOutline;
  if (!is_small || outlines_.size() >= kMostCells) return;
  const PagePoint middle{(box.left + box.right) / 2, (box.top + box.bottom) / 2};
  if (colour && hides(middle, {}, *colour)) return;
  for (double x = 0; x < width + kCell; x += kCell) {
    for (double y = 0; y < height + kCell; y += kCell)
      outlines_.insert(cell_of({box.left + std::min(x, width), box.top + std::min(y, height)}));
  }
}

void PagePaint::add_fill(GfxState* state) {
  if (state->getFillOpacity() <= kTransparent) return;
  const PageBox clip = clip_of(state);
  const auto colour = fill_colour(state);
  const auto boxes = boxes_of(state);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const PageBox box = common(boxes[i], clip);
    const bool is_exact = is_rectangle(state, *state->getPath()->getSubpath(static_cast<int>(i)), boxes[i]);
    const bool is_bar = std::min(box.right - box.left, box.bottom - box.top) < kThin &&
                        std::max(box.right - box.left, box.bottom - box.top) <= kBar;
    if (!is_exact || is_bar) add_outline(box, colour);
    add({.box = box, .colour = colour, .is_exact = is_exact && !has_others_in(boxes, i)});
  }
}

void PagePaint::add_stroke(GfxState* state) {
  constexpr double kThick = 4;
  if (state->getStrokeOpacity() <= kTransparent) return;
  const double half = state->getTransformedLineWidth() / 2;
  const auto colour = stroke_colour(state);
  for (const PageBox& box : boxes_of(state)) {
    if (box.right < box.left) continue;
    const PageBox painted = common({box.left - half, box.top - half, box.right + half, box.bottom + half}, clip_of(state));
    add_outline(painted, colour);
    if (half * 2 >= kThick) add({.box = painted, .colour = colour});
  }
}

void PagePaint::add_unknown(GfxState* state) { add({.box = clip_of(state), .colour = std::nullopt}); }

void PagePaint::add_picture(const GfxState* state) {
  if (pictures_.size() < kMostPictures) {
    pictures_.push_back(common(picture_box(state), clip_of(state)));
  } else {
    is_cut_ = true;
  }
}

void PagePaint::add_plain_picture(const GfxState* state, std::uint32_t colour) {
  const PagePoint from = point(state, 0, 0), to = point(state, 1, 0);
  const bool is_upright = std::abs(from.x - to.x) < 1 || std::abs(from.y - to.y) < 1;
  add({.box = common(picture_box(state), clip_of(state)), .colour = colour, .is_exact = is_upright});
}

void PagePaint::add_stencil(GfxState* state) {
  if (state->getFillOpacity() <= kTransparent) return;
  const PageBox box = picture_box(state);
  const auto colour = fill_colour(state);
  const PagePoint middle{(box.left + box.right) / 2, (box.top + box.bottom) / 2};
  if (!colour || !hides(middle, {}, *colour)) add_picture(state);
}

bool PagePaint::has_small(PagePoint at, PagePoint up, std::uint32_t ink, std::size_t since) const {
  const std::array<PagePoint, 3> heights{at, {at.x + up.x, at.y + up.y}, {at.x - up.x, at.y - up.y}};
  return std::ranges::all_of(heights, [&](PagePoint height) {
    return std::ranges::any_of(
        small_, [&](const Fill& fill) { return fill.number > since && fill.box.holds(height) && is_other(fill.colour, ink); });
  });
}

bool PagePaint::hides(PagePoint at, PagePoint up, std::uint32_t ink) const {
  std::size_t since = 0;
  for (auto fill = fills_.rbegin(); since == 0 && fill != fills_.rend(); ++fill) {
    if (!fill->box.holds(at)) continue;
    if (is_other(fill->colour, ink)) return false;
    if (fill->is_exact) since = fill->number;
  }
  if (since == 0 && (is_cut_ || is_other(kWhite, ink))) return false;
  return !has_small(at, up, ink, since);
}

bool PagePaint::has_picture(PagePoint at) const {
  return std::ranges::any_of(pictures_, [at](const PageBox& box) { return box.holds(at); });
}

bool PagePaint::has_outlines(PagePoint at) const { return outlines_.contains(cell_of(at)); }

}  // namespace threadline::documents::poppler
