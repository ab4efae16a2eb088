// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <GfxState.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <unordered_set>
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

inline constexpr double kTransparent = 0.05;

/// 0xRRGGBB.
[[nodiscard]] std::uint32_t rgb(const GfxRGB& colour);
/// 0xRRGGBB of what the state fills with; nothing where a pattern, an opacity or a blending decides.
[[nodiscard]] std::optional<std::uint32_t> fill_colour(GfxState* state);

/// What was painted on a page so far, as far as it decides whether a letter on it is seen: boxes of its fills and its pictures.
/// Of very many fills the last ones are known.
class PagePaint {
 public:
  void clear() { *this = {}; }
  /// Beside the state's own saves: which clips are no rectangle is known here alone.
  void save() { odd_clips_.push_back(is_odd_clip_); }
  void restore();
  void add_clip(const GfxState* state);

  /// The path of the state is filled. Of what is no rectangle nobody knows where its box is painted.
  void add_fill(GfxState* state);
  /// The path of the state is drawn: a thick line is a ground.
  void add_stroke(GfxState* state);
  /// Something is painted where the clip of the state is.
  void add_unknown(GfxState* state);
  void add_picture(const GfxState* state);
  /// A picture of one colour, which is a fill.
  void add_plain_picture(const GfxState* state, std::uint32_t colour);
  /// A picture that is painted in the fill color.
  void add_stencil(GfxState* state);

  /// Whether all that lies under a letter there has its colour; the page is white. `up`: a fifth of the letter's size, upwards.
  [[nodiscard]] bool hides(PagePoint at, PagePoint up, std::uint32_t ink) const;
  [[nodiscard]] bool has_picture(PagePoint at) const;
  /// Whether something small is drawn there, as an outline of a letter is.
  [[nodiscard]] bool has_outlines(PagePoint at) const;

 private:
  struct Fill {
    PageBox box;
    std::optional<std::uint32_t> colour;
    bool is_exact = false;  ///< all of the box is painted
    std::size_t number = 0;
  };
  void add(Fill fill);
  void add_outline(const PageBox& box, std::optional<std::uint32_t> colour);
  [[nodiscard]] bool has_small(PagePoint at, PagePoint up, std::uint32_t ink, std::size_t since) const;

  std::deque<Fill> fills_;
  std::deque<Fill> small_;  ///< strips of a ground, dots, outlines: many, so that they take no place of a ground's
  std::size_t number_ = 0;  ///< of the last fill
  std::vector<PageBox> pictures_;
  std::unordered_set<std::uint64_t> outlines_;  ///< cells of the page
  std::vector<bool> odd_clips_;
  bool is_odd_clip_ = false;
  bool is_cut_ = false;
};

}  // namespace threadline::documents::poppler
