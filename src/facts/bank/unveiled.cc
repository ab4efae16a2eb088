// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/unveiled.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "base/ascii.h"
#include "base/utf8.h"
#include "facts/bank/digit_runs.h"
#include "facts/bank/glyph.h"

namespace threadline::facts {
namespace {

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

/// One of ASCII's controls that no client shows; blanks and line ends are none.
bool is_control(char c) {
  return kAsciiGlyphs[static_cast<unsigned char>(c) & 0x7FU].kind == GlyphKind::invisible && is_ascii(c);
}

/// O, I and L, which are read as digits among digits.
bool is_digit_twin(char c) { return to_lower(c) == 'o' || to_lower(c) == 'l' || to_lower(c) == 'i'; }

char digit_of(char c) { return to_lower(c) == 'o' ? '0' : is_digit_twin(c) ? '1' : c; }

/// What holds a number together: a letter, a digit, a dash, a dot.
bool is_joined(std::string_view text, const Glyph& glyph) {
  if (glyph.begin == glyph.end) return false;
  return glyph.kind == GlyphKind::symbol || is_dash(text, glyph) || text[glyph.begin] == '.';
}

/// What a person does not see; an override that turns the direction round is seen by what it does (visual_order.h).
bool is_unseen(std::string_view text, const Glyph& glyph) {
  if (glyph.kind == GlyphKind::soft) return true;
  return glyph.kind == GlyphKind::invisible && text.substr(glyph.begin, glyph.end - glyph.begin) != "\u202E";
}

/// Beside an ASCII letter or digit, or another digit in disguise: no word of its own script.
bool is_among_latin(std::string_view text, const Glyph& glyph) {
  const auto before = glyph_before(text, glyph.begin), after = glyph_at(text, glyph.end);
  const auto is_latin = [](const Glyph& each) {
    return each.kind == GlyphKind::symbol && !each.raised && (!each.disguised || each.is_digit());
  };
  return is_latin(before) || is_latin(after);
}

/// Whether a control or a character outside ASCII at `at` is worth a look: the frequent ones (accents, quotes, dashes, blanks)
/// are not.
bool may_veil(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto first = byte(at), second = byte(at + 1), third = byte(at + 2);
  if (first == 0xC2) return second == 0xAD || second < 0xA0;
  if (first == 0xC3 || (first >= 0xE4 && first <= 0xED)) return false;
  if (first == 0xE2 && second == 0x80) return (third >= 0x8B && third <= 0x8F) || (third >= 0xAA && third <= 0xAE);
  if (first < 0xCE || first > 0xD4) return true;  // Greek and Cyrillic: most stand among their own
  return (at > 0 && is_letter_or_digit(text[at - 1])) || is_letter_or_digit(static_cast<char>(third));
}

/// The end of the characters from `at` on that nobody sees.
std::size_t end_of_unseen(std::string_view text, std::size_t at) {
  for (auto glyph = glyph_at(text, at); is_unseen(text, glyph); glyph = glyph_at(text, at)) at = glyph.end;
  return at;
}

/// Whether the character at `at` veils what stands around it.
bool veils(std::string_view text, std::size_t at) {
  const auto glyph = glyph_at(text, at);
  if (glyph.kind == GlyphKind::symbol) return !glyph.raised && is_among_latin(text, glyph);
  return is_unseen(text, glyph) && is_joined(text, glyph_before(text, at)) &&
         is_joined(text, glyph_at(text, end_of_unseen(text, at)));
}

constexpr std::size_t kLongestNumber = 40;

/// The ASCII letters and digits around text[at], a few more than a number has on each side.
std::string_view word_around(std::string_view text, std::size_t at) {
  std::size_t begin = at, end = at;
  while (begin > 0 && at - begin <= kLongestNumber && is_letter_or_digit(text[begin - 1])) --begin;
  while (end < text.size() && end - at <= kLongestNumber && is_letter_or_digit(text[end])) ++end;
  return text.substr(begin, end - begin);
}

/// A number with letters for some of its digits: six characters or more, or a group beside another ("2O-41-52").
bool is_mistaken_number(std::string_view text, std::string_view word) {
  constexpr std::size_t kWhole = 6;
  if (word.size() < 2 || word.size() > kLongestNumber || std::ranges::none_of(word, is_digit)) return false;
  if (!std::ranges::all_of(word, [](char c) { return is_digit(c) || is_digit_twin(c); })) return false;
  if (word.size() >= kWhole) return true;
  const auto begin = static_cast<std::size_t>(word.data() - text.data());
  const auto before = glyph_before(text, begin), after = glyph_at(text, begin + word.size());
  return (is_dash(text, before) && glyph_before(text, before.begin).is_digit()) ||
         (is_dash(text, after) && glyph_at(text, after.end).is_digit());
}

/// Eight bytes at once, the high bit of each a yes or no.
using Bytes = std::uint64_t;
constexpr Bytes of_each(unsigned char c) { return 0x0101'0101'0101'0101U * c; }
constexpr Bytes kHigh = of_each(0x80);

/// Precondition of both: no byte is outside ASCII.
constexpr Bytes is_each_digit(Bytes bytes) { return ~((bytes ^ of_each('0')) + of_each(0x76)) & kHigh; }
constexpr Bytes is_each(Bytes bytes, char c) {
  return ~((bytes ^ of_each(static_cast<unsigned char>(c))) + of_each(0x7F)) & kHigh;
}

/// Controls, line ends and tabs apart. Precondition: no byte is outside ASCII.
constexpr Bytes is_each_control(Bytes bytes) {
  const Bytes low = ~(bytes + of_each(0x80 - ' ')) & kHigh;
  return (low & ~(is_each(bytes, '\n') | is_each(bytes, '\r') | is_each(bytes, '\t'))) | is_each(bytes, '\x7F');
}

constexpr Bytes without_wide(Bytes bytes) { return bytes & ~(((bytes & kHigh) >> 7U) * 0xFFU); }

/// Whether a digit stands beside a letter that looks like one. Precondition: no byte is outside ASCII.
bool has_mixed_pair(Bytes bytes) {
  const Bytes digits = is_each_digit(bytes);
  if (digits == 0) return false;
  const Bytes lower = bytes | of_each(0x20), twins = is_each(lower, 'o') | is_each(lower, 'l') | is_each(lower, 'i');
  return (digits & (twins << 8U | twins >> 8U)) != 0;
}

bool has_veil(std::string_view text, std::size_t from, std::size_t to) {
  for (std::size_t at = from; at < to; ++at) {
    const bool begins_wide = static_cast<unsigned char>(text[at]) >= 0xC2 && text[at] != '\xC3';
    if ((begins_wide || is_control(text[at])) && may_veil(text, at) && veils(text, at)) return true;
  }
  return false;
}

bool has_mistaken_number(std::string_view text, std::size_t from, std::size_t to) {
  for (std::size_t at = from; at < to; ++at) {
    if (is_digit_twin(text[at]) && is_mistaken_number(text, word_around(text, at))) return true;
  }
  return false;
}

bool is_veiled(std::string_view text) {
  std::size_t at = 0;
  for (Bytes bytes = 0; at + sizeof bytes <= text.size(); at += sizeof bytes - 1) {  // one byte again: pairs count
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    const Bytes wide = bytes & kHigh;
    bytes = without_wide(bytes);
    if ((wide | is_each_control(bytes | wide >> 1U)) != 0 && has_veil(text, at, at + sizeof bytes)) return true;
    if (has_mixed_pair(bytes) && has_mistaken_number(text, at, at + sizeof bytes)) return true;
  }
  return has_veil(text, at, text.size()) || has_mistaken_number(text, at, text.size());
}

class Writer {
 public:
  explicit Writer(std::string_view source) : source_(source) {}

  Unveiled write() {
    for (std::size_t at = 0; at < source_.size();) at = take(at);
    copy_to(source_.size());
    read_mistaken_numbers();
    return std::move(out_);
  }

 private:
  /// One character, or several that nobody sees; the end.
  std::size_t take(std::size_t at) {
    if (is_ascii(source_[at]) && !is_control(source_[at])) return at + 1;
    const auto glyph = glyph_at(source_, at);
    const bool follows_another = glyph.disguised && done_ == at && at > 0;  // "2" and two Cyrillic letters O
    if (!follows_another && !(may_veil(source_, at) && veils(source_, at))) return glyph.end;
    copy_to(at);
    out_.changes.push_back({.at = out_.text.size(), .how = how_of(glyph)});
    if (glyph.kind == GlyphKind::symbol) {
      out_.pieces.push_back({.begin = out_.text.size(), .source_begin = at});
      out_.text += glyph.symbol;
    }
    return done_ = glyph.kind == GlyphKind::symbol ? glyph.end : end_of_unseen(source_, at);
  }

  [[nodiscard]] static Unveiled::How how_of(const Glyph& glyph) {
    if (glyph.kind == GlyphKind::symbol) return Unveiled::How::homoglyph;
    return glyph.kind == GlyphKind::soft ? Unveiled::How::soft : Unveiled::How::invisible;
  }

  void copy_to(std::size_t end) {
    if (end == done_) return;
    out_.pieces.push_back({.begin = out_.text.size(), .source_begin = done_});
    out_.text.append(source_, done_, end - done_);
    done_ = end;
  }

  void read_mistaken_numbers() {
    std::string& text = out_.text;
    const auto others = out_.changes.size();
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (!is_digit_twin(text[at]) || !is_mistaken_number(text, word_around(text, at))) continue;
      out_.changes.push_back({.at = at, .how = Unveiled::How::homoglyph});
      text[at] = digit_of(text[at]);
    }
    std::ranges::inplace_merge(out_.changes, out_.changes.begin() + static_cast<std::ptrdiff_t>(others), {},
                               &Unveiled::Change::at);
  }

  std::string_view source_;
  std::size_t done_ = 0;
  Unveiled out_;
};

std::string capitals(std::string_view word) {
  std::string capitals(word);
  std::ranges::transform(capitals, capitals.begin(), [](char c) { return to_upper(c); });
  return capitals;
}

/// A soft hyphen where a group ends.
bool is_between_groups(std::size_t place, std::size_t size) {
  constexpr std::size_t kGroup = 4, kSortCode = 6, kSortGroup = 2;
  return place % kGroup == 0 || (size == kSortCode && place % kSortGroup == 0);
}

}  // namespace

Unveiled unveil(std::string_view text) { return is_veiled(text) ? Writer(text).write() : Unveiled{}; }

std::size_t Unveiled::source_of(std::size_t at) const {
  const auto after = std::ranges::upper_bound(pieces, at, {}, &Piece::begin);
  const auto& piece = *std::prev(after);
  return piece.source_begin + (at - piece.begin);
}

bool Unveiled::is_changed(std::size_t begin, std::size_t end) const {
  const auto first = std::ranges::lower_bound(changes, begin, {}, &Change::at);
  return first != changes.end() && first->at < end;
}

std::string_view Unveiled::how_veiled(std::size_t begin, std::size_t end, std::string_view value) const {
  std::string_view how;
  for (auto change = std::ranges::lower_bound(changes, begin, {}, &Change::at); change != changes.end() && change->at < end;
       ++change) {
    if (change->at == begin && change->how != How::homoglyph) continue;  // stands before it
    const auto word = word_around(text, change->at);
    if (word.empty() || value.find(capitals(word)) == value.npos) continue;
    const auto place = change->at - static_cast<std::size_t>(word.data() - text.data());
    if (change->how == How::soft && is_between_groups(place, word.size())) continue;
    if (change->how == How::homoglyph) return "homoglyph";
    how = "invisible";
  }
  return how;
}

}  // namespace threadline::facts
