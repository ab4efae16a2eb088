// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <TextOutputDev.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "documents/pdf_exchange.h"
#include "documents/poppler/page_paint.h"

namespace threadline::documents::poppler {

/// What the letters of a page said of themselves when it was displayed.
struct PageSigns {
  /// The letters that nobody sees, by their place in the order of drawing, and why.
  std::unordered_map<std::size_t, PdfHiding> hidden;
  std::unordered_map<std::size_t, PdfHiding> hidden_words;  ///< each ActualText whose letters are all hidden, from 0
  /// Digits under an ActualText.
  std::uint64_t replaced_digits = 0;
  bool is_all_unpainted = true;                     ///< the text layer of a scanned page
  bool has_other_words = false;                     ///< an ActualText that has other digits than the letters it stands for
  std::uint64_t letters = 0, unnamed = 0, odd = 0;  ///< in all; of fonts that do not say which; of those, control characters
};

/// Where letters of a page stand. The same letter drawn twice in one place is one to poppler, unless one of them is marked.
class LetterPlaces {
 public:
  struct Letter {
    Unicode letter = 0;
    PagePoint at;
    double reach = 0;  ///< a fifth of its size: so near it is the same (poppler: dupMaxSecDelta)
  };
  void clear() { cells_.clear(); }
  void add(const Letter& letter, std::optional<PdfHiding> why);
  /// What the same letter in that place was added with; nothing where there is none.
  [[nodiscard]] std::optional<std::optional<PdfHiding>> find(const Letter& letter) const;

 private:
  struct Known {
    PagePoint at;
    std::optional<PdfHiding> why;
  };
  std::unordered_map<std::uint64_t, std::vector<Known>> cells_;
};

/// The text of a page as pdftotext -layout has it, and how it is drawn. A letter is hidden that has the colour of what is under
/// it, that is smaller than a point, or that is not painted at all (rendering mode 3) - but not where a picture of the page
/// stands: there it is what a program read from the picture. Heuristics: boxes of what is painted; what is painted later over
/// a letter is not looked at. Source: ISO 32000-1, sections 9.3.6, 14.9.4.
class PageText final : public TextOutputDev {
 public:
  PageText() : TextOutputDev(&PageText::take, this, true, 0, false) {}

  /// How the next page is displayed. `marks`: letters that are written as hidden ones (pdf_exchange.h); they live elsewhere.
  struct Way {
    bool sees_pictures = false, passes_actual_text_over = false;
    const PageSigns* marks = nullptr;
  };
  void set_way(const Way& way) { way_ = way; }
  /// Of the page that was displayed.
  [[nodiscard]] std::string take_text() { return std::move(text_); }
  [[nodiscard]] PageSigns take_signs();

  bool needNonText() override { return way_.sees_pictures; }
  bool useTilingPatternFill() override { return true; }
  bool useShadedFills(int /*type*/) override { return true; }

  void startPage(int number, GfxState* state, XRef* table) override;
  void endPage() override;
  void saveState(GfxState* /*state*/) override { paint_.save(); }
  void restoreState(GfxState* state) override;
  void updateFillColor(GfxState* /*state*/) override { has_ink_ = false; }
  void updateFillColorSpace(GfxState* /*state*/) override { has_ink_ = false; }
  void updateFillOpacity(GfxState* /*state*/) override { has_ink_ = false; }
  void updateBlendMode(GfxState* /*state*/) override { has_ink_ = false; }
  void drawChar(GfxState* state, double x, double y, double dx, double dy, double origin_x, double origin_y, CharCode code,
                int bytes, const Unicode* letters, int count) override;
  void beginActualText(GfxState* state, const GooString* words) override;
  void endActualText(GfxState* state) override;

  void clip(GfxState* state) override { paint_.add_clip(state); }
  void eoClip(GfxState* state) override { paint_.add_clip(state); }
  void clipToStrokePath(GfxState* state) override { paint_.add_clip(state); }
  void fill(GfxState* state) override { paint_.add_fill(state); }
  void eoFill(GfxState* state) override { paint_.add_fill(state); }
  void stroke(GfxState* state) override { paint_.add_stroke(state); }
  bool tilingPatternFill(GfxState* state, Gfx* gfx, Catalog* catalog, GfxTilingPattern* pattern, const double* matrix, int left,
                         int top, int right, int bottom, double x_step, double y_step) override;
  bool functionShadedFill(GfxState* state, GfxFunctionShading* shading) override;
  bool axialShadedFill(GfxState* state, GfxAxialShading* shading, double least, double most) override;
  bool radialShadedFill(GfxState* state, GfxRadialShading* shading, double least, double most) override;
  bool gouraudTriangleShadedFill(GfxState* state, GfxGouraudTriangleShading* shading) override;
  bool patchMeshShadedFill(GfxState* state, GfxPatchMeshShading* shading) override;
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
  /// The letters that an ActualText stands for.
  struct Words {
    std::size_t first, behind, inked;  ///< places; how many are no blanks
  };
  struct Place {
    PagePoint at, up;  ///< the middle of a letter; a fifth of its size, upwards
  };
  /// A letter that seems hidden until the page's pictures are known.
  struct Suspect {
    std::size_t place;
    LetterPlaces::Letter letter;
    PdfHiding why;
    bool is_unpainted;
  };

  static void take(void* to, const char* text, int length);
  /// What the open ActualText said is compared with what was shown.
  void end_words();
  void look_at(GfxState* state, const Place& place, CharCode code, const Unicode* letters, int count);
  [[nodiscard]] std::optional<PdfHiding> hiding_of(GfxState* state, const Place& place);
  [[nodiscard]] std::optional<std::uint32_t> only_colour(Stream* stream, int width, int height, GfxImageColorMap* colours,
                                                         bool is_inline);
  void find_hidden_words();
  [[nodiscard]] bool is_excused(const Suspect& one) const;
  [[nodiscard]] std::vector<Unicode> written(std::size_t place, const Unicode* letters, int count) const;

  Way way_;
  std::string text_;
  PageSigns signs_;
  PagePaint paint_;
  std::vector<Suspect> suspects_;
  std::vector<Words> words_;         ///< each ActualText of the page
  LetterPlaces letters_;             ///< that are seen, where the page's pictures are
  std::size_t place_ = 0;            ///< of the next letter
  std::uint64_t pixels_looked_ = 0;  ///< of pictures of the page
  bool has_ink_ = false;
  std::optional<std::uint32_t> ink_;        ///< the fill color, where has_ink_
  std::optional<std::string> other_words_;  ///< the digits of the open ActualText
  std::size_t first_in_words_ = 0, inked_in_words_ = 0;
  std::string shown_digits_;               ///< of the letters in it
  std::unique_ptr<GfxState> words_state_;  ///< of the first letter in it: the end of a page has none
};

}  // namespace threadline::documents::poppler
