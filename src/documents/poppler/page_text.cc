// SPDX-License-Identifier: Apache-2.0
#include "documents/poppler/page_text.h"

#include <GfxFont.h>
#include <Stream.h>
#include <UTF.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "text/css_colour.h"

namespace threadline::documents::poppler {
namespace {

constexpr double kTinyPoints = 1.0;  ///< as in HTML, where a pixel is none: nobody reads that
constexpr double kTinyScale = 0.02;  ///< of a letter's width
constexpr double kMiddle = 0.3;      ///< of a letter's size: the middle of a digit over its base line
constexpr double kStep = 0.2;        ///< of a letter's size
constexpr int kInvisible = 3;        ///< rendering mode
constexpr Unicode kReplacement = 0xFFFD;

/// Modes in which a letter is filled and nothing else.
bool is_filled_alone(int mode) { return mode == 0 || mode == 4; }

/// '0' to '9' of a digit, raised, lowered and full-width ones too; else 0.
char digit_of(Unicode letter) {
  constexpr std::array<std::pair<Unicode, Unicode>, 4> kTens{
      {{'0', '9'}, {0x2070, 0x2079}, {0x2080, 0x2089}, {0xFF10, 0xFF19}}};  // the raised 1 to 3 stand in Latin 1
  for (const auto& [first, last] : kTens) {
    if (letter >= first && letter <= last) return static_cast<char>('0' + (letter - first));
  }
  if (letter == 0xB9) return '1';
  return letter == 0xB2 || letter == 0xB3 ? static_cast<char>('0' + (letter - 0xB0)) : '\0';
}

void add_digits(std::string& to, const Unicode* letters, int count) {
  for (int i = 0; i < count; ++i) {
    if (const char digit = digit_of(letters[i]); digit != '\0') to += digit;
  }
}

std::string digits_of(const GooString& words) {
  Unicode* letters = nullptr;
  const int count = TextStringToUCS4(words.toStr(), &letters);
  std::string digits;
  add_digits(digits, letters, count);
  gfree(letters);
  return digits;
}

/// A letter as the text has it: those of the marks' own planes are nobody else's, nor is the end of a page.
Unicode plain(Unicode letter) {
  if (letter >= kFirstPdfMark) return kReplacement;
  return letter == '\f' || letter == '\0' ? ' ' : letter;
}

/// A letter that nobody sees, as the one of the mark's plane.
Unicode marked(Unicode letter, PdfHiding why) {
  return letter > ' ' && letter < kLettersOfPdfMark ? letter + pdf_mark(why) : letter;
}

/// Words in UTF-16, of plain letters or of marked ones.
GooString plain_words(const GooString& words, std::optional<PdfHiding> why) {
  constexpr Unicode kLow = 0xFF, kBeyond = 0x10000;
  Unicode* letters = nullptr;
  const int count = TextStringToUCS4(words.toStr(), &letters);
  std::string utf16 = "\xFE\xFF";
  const auto add = [&](Unicode unit) { utf16 += {static_cast<char>(unit >> 8U), static_cast<char>(unit & kLow)}; };
  for (int i = 0; i < count; ++i) {
    const Unicode letter = why ? marked(plain(letters[i]), *why) : plain(letters[i]);
    if (letter >= kBeyond) add(0xD800U + ((letter - kBeyond) >> 10U));
    add(letter >= kBeyond ? 0xDC00U + (letter & 0x3FFU) : letter);
  }
  gfree(letters);
  return GooString(utf16);
}

/// A font whose codes are numbers of glyphs and which does not say which letters they are: poppler takes them for letters.
bool is_unnamed(const GfxState* state) {
  const auto& font = state->getFont();
  if (!font || !font->isCIDFont() || font->hasToUnicodeCMap()) return false;
  const GooString* collection = static_cast<const GfxCIDFont&>(*font).getCollection();
  return collection != nullptr && collection->cmp("Adobe-Identity") == 0;
}

std::uint32_t colour_of(const unsigned char* pixel, GfxImageColorMap& colours) {
  GfxRGB colour;
  colours.getRGB(pixel, &colour);
  return rgb(colour);
}

}  // namespace

namespace {

constexpr double kLetterCell = 16;

std::uint64_t letter_cell(Unicode letter, PagePoint at, int right, int down) {
  constexpr unsigned kBits = 20;
  constexpr double kFar = 1e5;
  const auto number = [](double place, int more) {
    const double cell = std::floor(place / kLetterCell) + more;
    return cell > -kFar && cell < kFar ? static_cast<std::uint64_t>(static_cast<std::int64_t>(cell) + (1 << (kBits - 1))) : 0U;
  };
  return std::uint64_t{letter} << (2 * kBits) | number(at.x, right) << kBits | number(at.y, down);
}

}  // namespace

void LetterPlaces::add(const Letter& letter, std::optional<PdfHiding> why) {
  constexpr std::size_t kMost = 32;  ///< in one cell
  auto& known = cells_[letter_cell(letter.letter, letter.at, 0, 0)];
  if (known.size() < kMost) known.push_back({letter.at, why});
}

std::optional<std::optional<PdfHiding>> LetterPlaces::find(const Letter& letter) const {
  for (int cell = 0; cell < 9; ++cell) {
    const auto known = cells_.find(letter_cell(letter.letter, letter.at, cell % 3 - 1, cell / 3 - 1));
    if (known == cells_.end()) continue;
    for (const Known& one : known->second) {
      if (std::hypot(one.at.x - letter.at.x, one.at.y - letter.at.y) <= letter.reach) return one.why;
    }
  }
  return std::nullopt;
}

void PageText::take(void* to, const char* text, int length) {
  static_cast<PageText*>(to)->text_.append(text, static_cast<std::size_t>(length));
}

void PageText::startPage(int number, GfxState* state, XRef* table) {
  text_.clear();
  signs_ = {};
  paint_.clear();
  suspects_.clear();
  letters_.clear();
  words_.clear();
  place_ = 0;
  pixels_looked_ = 0;
  has_ink_ = false;
  other_words_.reset();
  words_state_.reset();
  TextOutputDev::startPage(number, state, table);
}

/// Words that are never ended would take what the page shows behind them, and the pages behind it, with them.
void PageText::endPage() {
  if (other_words_) {
    const auto state = std::move(words_state_);
    endActualText(state.get());
  }
  TextOutputDev::endPage();
}

/// What is not painted stands for a picture's or an outline's letters; a color for a picture's; what is too small for none.
bool PageText::is_excused(const Suspect& one) const {
  if (one.is_unpainted && paint_.has_outlines(one.letter.at)) return true;
  return (one.is_unpainted || one.why == PdfHiding::colour) && paint_.has_picture(one.letter.at);
}

PageSigns PageText::take_signs() {
  const auto hidden = std::partition(suspects_.begin(), suspects_.end(), [this](const Suspect& one) { return is_excused(one); });
  for (auto one = suspects_.begin(); one != hidden; ++one) letters_.add(one->letter, std::nullopt);
  for (auto one = hidden; one != suspects_.end(); ++one) {
    const auto same = letters_.find(one->letter);
    if (same && !*same) continue;
    const PdfHiding why = same ? **same : one->why;
    signs_.hidden.emplace(one->place, why);
    if (!same) letters_.add(one->letter, why);
  }
  suspects_.clear();
  find_hidden_words();
  return std::move(signs_);
}

void PageText::find_hidden_words() {
  for (std::size_t i = 0; i < words_.size() && !signs_.hidden.empty(); ++i) {
    std::size_t hidden = 0;
    PdfHiding why = PdfHiding::colour;
    for (std::size_t place = words_[i].first; place < words_[i].behind; ++place) {
      const auto found = signs_.hidden.find(place);
      if (found == signs_.hidden.end()) continue;
      why = found->second;
      ++hidden;
    }
    if (hidden > 0 && hidden == words_[i].inked) signs_.hidden_words.emplace(i, why);
  }
}

void PageText::restoreState(GfxState* state) {
  has_ink_ = false;
  paint_.restore();
  TextOutputDev::restoreState(state);
}

std::optional<PdfHiding> PageText::hiding_of(GfxState* state, const Place& place) {
  const int mode = state->getRender();
  if (mode == kInvisible) return PdfHiding::size;
  const auto& font = state->getFont();
  const bool is_scaled = font && font->getType() != fontType3;
  if (is_scaled && (state->getTransformedFontSize() <= kTinyPoints || std::abs(state->getHorizScaling()) <= kTinyScale))
    return PdfHiding::size;
  if (!is_filled_alone(mode)) return std::nullopt;
  if (state->getFillOpacity() <= kTransparent) return PdfHiding::colour;
  if (!std::exchange(has_ink_, true)) ink_ = fill_colour(state);
  if (!ink_) return std::nullopt;
  return paint_.hides(place.at, place.up, *ink_) ? std::optional(PdfHiding::colour) : std::nullopt;
}

void PageText::look_at(GfxState* state, const Place& place, CharCode code, const Unicode* letters, int count) {
  constexpr CharCode kSpace = 0x20;
  ++signs_.letters;
  if (is_unnamed(state)) {
    ++signs_.unnamed;
    signs_.odd += code < kSpace ? 1 : 0;
  }
  signs_.is_all_unpainted = signs_.is_all_unpainted && state->getRender() == kInvisible;
  if (other_words_) add_digits(shown_digits_, letters, count);
  if (count == 0 || letters[0] <= kSpace) return;
  ++inked_in_words_;
  const LetterPlaces::Letter letter{letters[0], place.at, std::hypot(place.up.x, place.up.y)};
  if (const auto why = hiding_of(state, place)) {
    suspects_.push_back({place_, letter, *why, state->getRender() == kInvisible});
  } else if (way_.sees_pictures) {
    letters_.add(letter, std::nullopt);
  }
}

std::vector<Unicode> PageText::written(std::size_t place, const Unicode* letters, int count) const {
  std::vector<Unicode> all(letters, letters + count);
  std::ranges::transform(all, all.begin(), plain);
  if (way_.marks == nullptr) return all;
  const auto mark = way_.marks->hidden.find(place);
  if (mark == way_.marks->hidden.end()) return all;
  for (Unicode& letter : all) letter = marked(letter, mark->second);
  return all;
}

void PageText::drawChar(GfxState* state, double x, double y, double dx, double dy, double origin_x, double origin_y,
                        CharCode code, int bytes, const Unicode* letters, int count) {
  PagePoint at, advance;
  state->transform(x - origin_x + dx / 2, y - origin_y + dy / 2, &at.x, &at.y);
  state->transformDelta(dx, dy, &advance.x, &advance.y);
  const double length = std::hypot(advance.x, advance.y);
  const double size = length > 0 ? state->getTransformedFontSize() / length : 0;
  const PagePoint up{advance.y * size, -advance.x * size};
  const PagePoint middle{at.x + up.x * kMiddle, at.y + up.y * kMiddle};
  look_at(state, {middle, {up.x * kStep, up.y * kStep}}, code, letters, count);
  if (other_words_ && !words_state_) words_state_.reset(state->copy(true));
  const auto all = written(place_++, letters, count);
  TextOutputDev::drawChar(state, x, y, dx, dy, origin_x, origin_y, code, bytes, all.data(), count);
}

void PageText::beginActualText(GfxState* state, const GooString* words) {
  if (other_words_) endActualText(state);  // words in words: poppler forgets the outer ones with their letters
  other_words_ = digits_of(*words);
  shown_digits_.clear();
  first_in_words_ = place_;
  inked_in_words_ = 0;
  words_state_.reset();
  if (way_.passes_actual_text_over) return;
  std::optional<PdfHiding> why;
  if (way_.marks != nullptr) {
    const auto mark = way_.marks->hidden_words.find(words_.size());
    if (mark != way_.marks->hidden_words.end()) why = mark->second;
  }
  const GooString said = plain_words(*words, why);
  TextOutputDev::beginActualText(state, &said);
}

void PageText::end_words() {
  signs_.has_other_words = signs_.has_other_words || (other_words_ && !shown_digits_.empty() && *other_words_ != shown_digits_);
  if (other_words_) {
    signs_.replaced_digits += shown_digits_.size();
    words_.push_back({first_in_words_, place_, inked_in_words_});
  }
  other_words_.reset();
}

void PageText::endActualText(GfxState* state) {
  end_words();
  if (!way_.passes_actual_text_over) TextOutputDev::endActualText(state);
}

bool PageText::tilingPatternFill(GfxState* state, Gfx* /*gfx*/, Catalog* /*catalog*/, GfxTilingPattern* /*pattern*/,
                                 const double* /*matrix*/, int /*left*/, int /*top*/, int /*right*/, int /*bottom*/,
                                 double /*x_step*/, double /*y_step*/) {
  paint_.add_unknown(state);
  return true;
}

bool PageText::functionShadedFill(GfxState* state, GfxFunctionShading* /*shading*/) {
  paint_.add_unknown(state);
  return true;
}

bool PageText::axialShadedFill(GfxState* state, GfxAxialShading* /*shading*/, double /*least*/, double /*most*/) {
  paint_.add_unknown(state);
  return true;
}

bool PageText::radialShadedFill(GfxState* state, GfxRadialShading* /*shading*/, double /*least*/, double /*most*/) {
  paint_.add_unknown(state);
  return true;
}

bool PageText::gouraudTriangleShadedFill(GfxState* state, GfxGouraudTriangleShading* /*shading*/) {
  paint_.add_unknown(state);
  return true;
}

bool PageText::patchMeshShadedFill(GfxState* state, GfxPatchMeshShading* /*shading*/) {
  paint_.add_unknown(state);
  return true;
}

/// The colour of a picture that has one alone; nothing where it has others or is too large. Of one in the content all is read, as
/// what stands behind it is content again.
std::optional<std::uint32_t> PageText::only_colour(Stream* stream, int width, int height, GfxImageColorMap* colours,
                                                   bool is_inline) {
  constexpr std::uint64_t kMostPixels = 1U << 22U;
  ImageStream pixels(stream, width, colours->getNumPixelComps(), colours->getBits());
  std::optional<std::uint32_t> only;
  bool is_one = true;
  pixels.reset();
  for (int row = 0; row < height && (is_one || is_inline); ++row) {
    const unsigned char* line = pixels.getLine();
    pixels_looked_ += static_cast<std::uint64_t>(width);
    is_one = is_one && line != nullptr && pixels_looked_ <= kMostPixels;
    for (int column = 0; is_one && column < width; ++column) {
      const std::uint32_t colour = colour_of(line + std::ptrdiff_t{column} * colours->getNumPixelComps(), *colours);
      is_one = text::is_one_colour(only.value_or(colour), colour);
      only = only.value_or(colour);
    }
  }
  pixels.close();
  return is_one ? only : std::nullopt;
}

void PageText::drawImageMask(GfxState* state, Object* ref, Stream* stream, int width, int height, bool invert, bool interpolate,
                             bool is_inline) {
  paint_.add_stencil(state);
  OutputDev::drawImageMask(state, ref, stream, width, height, invert, interpolate, is_inline);
}

void PageText::drawImage(GfxState* state, Object* /*ref*/, Stream* stream, int width, int height, GfxImageColorMap* colors,
                         bool /*interpolate*/, const int* /*mask_colors*/, bool is_inline) {
  if (const auto colour = only_colour(stream, width, height, colors, is_inline)) {
    paint_.add_plain_picture(state, *colour);
  } else {
    paint_.add_picture(state);
  }
}

void PageText::drawMaskedImage(GfxState* state, Object* /*ref*/, Stream* /*stream*/, int /*width*/, int /*height*/,
                               GfxImageColorMap* /*colors*/, bool /*interpolate*/, Stream* /*mask*/, int /*mask_width*/,
                               int /*mask_height*/, bool /*mask_invert*/, bool /*mask_interpolate*/) {
  paint_.add_picture(state);
}

void PageText::drawSoftMaskedImage(GfxState* state, Object* /*ref*/, Stream* /*stream*/, int /*width*/, int /*height*/,
                                   GfxImageColorMap* /*colors*/, bool /*interpolate*/, Stream* /*mask*/, int /*mask_width*/,
                                   int /*mask_height*/, GfxImageColorMap* /*mask_colors*/, bool /*mask_interpolate*/) {
  paint_.add_picture(state);
}

}  // namespace threadline::documents::poppler
