// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <OutputDev.h>

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

namespace threadline::documents::poppler {

/// Pixels on the long side of a page's picture: a module of an EPC code that is 2 cm wide has 4 of them on A4.
inline constexpr int kLongSide = 2'400;

/// A rectangle of a page's picture, in pixels from its top left corner.
struct Place {
  int x = 0, y = 0, width = 0, height = 0;
};

/// Finds where on a page a QR code can stand, without drawing it: displayed with the resolution of the picture, it looks at what
/// would be drawn. A code needs a picture, or many shapes close to each other, since the smallest has 21 modules a side (ISO/IEC
/// 18004, section 5.1); of a text's glyphs it can be made where a font has few of them and uses them often, or where one is as
/// large as a code. Not seen: a code made of glyphs of a font that also writes words.
class CodePlaces final : public OutputDev {
 public:
  CodePlaces(int page_width, int page_height);

  /// What was found on the page that was displayed, each with a margin.
  [[nodiscard]] std::vector<Place> places();

  bool upsideDown() override { return true; }
  bool useDrawChar() override { return true; }
  bool interpretType3Chars() override { return true; }
  bool useShadedFills(int type) override;

  void stroke(GfxState* state) override;
  void fill(GfxState* state) override { add_path(state, 1); }
  void eoFill(GfxState* state) override { add_path(state, 1); }
  void clip(GfxState* state) override { add_path(state, 1); }
  void eoClip(GfxState* state) override { add_path(state, 1); }
  bool axialShadedFill(GfxState* state, GfxAxialShading* shading, double least, double most) override;
  bool radialShadedFill(GfxState* state, GfxRadialShading* shading, double least, double most) override;

  void drawChar(GfxState* state, double x, double y, double dx, double dy, double origin_x, double origin_y, CharCode code,
                int bytes, const Unicode* letters, int count) override;
  bool beginType3Char(GfxState* state, double x, double y, double dx, double dy, CharCode code, const Unicode* letters,
                      int count) override;
  void endType3Char(GfxState* state) override;

  void drawImageMask(GfxState* state, Object* ref, Stream* stream, int width, int height, bool invert, bool interpolate,
                     bool is_inline) override;
  void drawImage(GfxState* state, Object* ref, Stream* stream, int width, int height, GfxImageColorMap* colors, bool interpolate,
                 const int* mask_colors, bool is_inline) override;
  void drawMaskedImage(GfxState* state, Object* ref, Stream* stream, int width, int height, GfxImageColorMap* colors,
                       bool interpolate, Stream* mask, int mask_width, int mask_height, bool mask_invert,
                       bool mask_interpolate) override;
  void drawSoftMaskedImage(GfxState* state, Object* ref, Stream* stream, int width, int height, GfxImageColorMap* colors,
                           bool interpolate, Stream* mask, int mask_width, int mask_height, GfxImageColorMap* mask_colors,
                           bool mask_interpolate) override;

 private:
  static constexpr int kCells = 32;  ///< a side of the grid that is laid over the picture
  static constexpr int kCell = kLongSide / kCells;
  using Cells = std::bitset<static_cast<std::size_t>(kCells* kCells)>;

  struct Point {
    double x = 0, y = 0;  ///< pixels
  };

  /// What one font wrote.
  struct Written {
    std::uint64_t glyphs = 0;
    std::set<CharCode> codes;
    Cells cells;
  };

  /// What the content stream of one glyph draws.
  struct DrawnGlyph {
    std::uint64_t shapes = 0;
    double left = kLongSide, top = kLongSide, right = 0, bottom = 0;  ///< pixels
    [[nodiscard]] bool is_small() const;
  };

  [[nodiscard]] static Point point(const GfxState* state, double x, double y);
  [[nodiscard]] static std::optional<std::size_t> cell_at(Point at);
  void add_shapes(Point at, std::uint64_t shapes);
  void touch(Point at);
  void touch_line(Point from, Point to);
  void touch_box(Point from, Point to);
  void add_path(const GfxState* state, std::uint64_t each);
  void add_clip_box(const GfxState* state);
  void add_picture(const GfxState* state, int width, int height);
  void add_glyph(int font, CharCode code, Point at);
  void add_fonts();
  [[nodiscard]] Cells connected(std::size_t first) const;
  [[nodiscard]] Place place_of(const Cells& cells) const;

  int page_width_, page_height_;
  std::vector<std::uint64_t> shapes_;  ///< that begin in each cell
  Cells touched_;
  std::map<int, Written> fonts_;                            ///< by object number of the font
  std::set<std::tuple<int, CharCode, long>> drawn_glyphs_;  ///< font, code, scale
  std::optional<DrawnGlyph> glyph_;                         ///< that is being drawn
};

}  // namespace threadline::documents::poppler
