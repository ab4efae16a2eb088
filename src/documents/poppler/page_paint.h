// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <GfxState.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace threadline::documents::poppler {

/// A point of a page, in the units of its display.
struct PagePoint {
  double x = 0, y = 0;
};

struct PageBox {
  double left = 0, top = 0, right = 0, bottom = 0;
  [[nodiscard]] bool holds(PagePoint at) const { return at.x >= left && at.x <= right && at.y >= top && at.y <= bottom; }
};

/// 0xRRGGBB of what the state fills with; nothing where a pattern, an opacity or a blending decides.
[[nodiscard]] std::optional<std::uint32_t> fill_colour(GfxState* state);

/// What was painted on a page so far, as far as it decides whether a letter on it is seen: boxes of its fills and its pictures.
/// Of very many fills the last ones are known.
class PagePaint {
 public:
  void clear();
  /// The path of the state is filled. What is no rectangle has an unknown colour: nobody knows where its box is painted.
  void add_fill(GfxState* state);
  /// The path of the state is drawn: a thick line is a ground, whose colour is not told.
  void add_stroke(const GfxState* state);
  /// Something is painted where the clip of the state is.
  void add_unknown(GfxState* state);
  void add_picture(const GfxState* state);

  /// The colour of the page there: white where nothing was painted, nothing where it is not known.
  [[nodiscard]] std::optional<std::uint32_t> ground(PagePoint at) const;
  [[nodiscard]] bool has_picture(PagePoint at) const;

 private:
  struct Fill {
    PageBox box;
    std::optional<std::uint32_t> colour;
  };
  void add(const Fill& fill);

  std::deque<Fill> fills_;
  std::vector<PageBox> pictures_;
  bool is_cut_ = false;
};

}  // namespace threadline::documents::poppler
