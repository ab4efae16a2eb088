// SPDX-License-Identifier: Apache-2.0
#include "documents/poppler/page_paint.h"

#include <algorithm>
#include <cmath>

namespace threadline::documents::poppler {
namespace {

constexpr std::size_t kMostFills = 400, kMostPictures = 2'000;  ///< of a page
constexpr std::uint32_t kWhite = 0xFFFFFF;
constexpr double kOpaque = 0.98;
constexpr double kThin = 2;  ///< rules and underlines are no ground

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

/// Four corners, each at a corner of the box.
bool is_rectangle(const GfxState* state, const GfxSubpath& part, const PageBox& box) {
  constexpr double kNear = 0.5;
  constexpr int kCorners = 4;
  if (part.getNumPoints() < kCorners || part.getNumPoints() > kCorners + 1) return false;
  for (int i = 0; i < part.getNumPoints(); ++i) {
    const PagePoint at = point(state, part.getX(i), part.getY(i));
    const bool is_aside = std::abs(at.x - box.left) > kNear && std::abs(at.x - box.right) > kNear;
    if (part.getCurve(i) || is_aside || (std::abs(at.y - box.top) > kNear && std::abs(at.y - box.bottom) > kNear)) return false;
  }
  return true;
}

}  // namespace

std::optional<std::uint32_t> fill_colour(GfxState* state) {
  const bool is_plain = state->getFillColorSpace()->getMode() != csPattern && state->getFillOpacity() >= kOpaque &&
                        state->getBlendMode() == gfxBlendNormal;
  if (!is_plain) return std::nullopt;
  GfxRGB colour;
  state->getFillRGB(&colour);
  return std::uint32_t{colToByte(colour.r)} << 16U | std::uint32_t{colToByte(colour.g)} << 8U |
         std::uint32_t{colToByte(colour.b)};
}

void PagePaint::clear() { *this = {}; }

void PagePaint::add(const Fill& fill) {
  if (fill.box.right - fill.box.left < kThin || fill.box.bottom - fill.box.top < kThin) return;
  fills_.push_back(fill);
  if (fills_.size() <= kMostFills) return;
  fills_.pop_front();
  is_cut_ = true;
}

void PagePaint::add_fill(GfxState* state) {
  const GfxPath* path = state->getPath();
  const PageBox clip = clip_of(state);
  const auto colour = fill_colour(state);
  for (int i = 0; i < path->getNumSubpaths(); ++i) {
    const GfxSubpath& part = *path->getSubpath(i);
    if (part.getNumPoints() == 0) continue;
    const PageBox box = box_of(state, part);
    add({common(box, clip), is_rectangle(state, part, box) ? colour : std::nullopt});
  }
}

void PagePaint::add_stroke(const GfxState* state) {
  constexpr double kThick = 4;
  const double half = state->getTransformedLineWidth() / 2;
  const GfxPath* path = state->getPath();
  for (int i = 0; half * 2 >= kThick && i < path->getNumSubpaths(); ++i) {
    if (path->getSubpath(i)->getNumPoints() == 0) continue;
    const PageBox box = box_of(state, *path->getSubpath(i));
    add({common({box.left - half, box.top - half, box.right + half, box.bottom + half}, clip_of(state)), std::nullopt});
  }
}

void PagePaint::add_unknown(GfxState* state) { add({clip_of(state), std::nullopt}); }

void PagePaint::add_picture(const GfxState* state) {
  const PagePoint first = point(state, 0, 0);
  PageBox box{first.x, first.y, first.x, first.y};
  for (const PagePoint corner : {point(state, 1, 0), point(state, 0, 1), point(state, 1, 1)}) grow(box, corner);
  if (pictures_.size() < kMostPictures) {
    pictures_.push_back(common(box, clip_of(state)));
  } else {
    is_cut_ = true;
  }
}

std::optional<std::uint32_t> PagePaint::ground(PagePoint at) const {
  const auto top = std::find_if(fills_.rbegin(), fills_.rend(), [at](const Fill& fill) { return fill.box.holds(at); });
  if (top != fills_.rend()) return top->colour;
  return is_cut_ ? std::nullopt : std::optional(kWhite);
}

bool PagePaint::has_picture(PagePoint at) const {
  return std::ranges::any_of(pictures_, [at](const PageBox& box) { return box.holds(at); });
}

}  // namespace threadline::documents::poppler
