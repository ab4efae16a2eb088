// SPDX-License-Identifier: Apache-2.0
#include "text/resemblance_distance.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>

namespace threadline::text {
namespace {

constexpr std::size_t kBand = 3;  ///< letters that two labels may be out of step

// Weights in hundredths of a typing error: what is read over or mistyped easily weighs less.
constexpr int kVowel = 90, kNeighbour = 80, kBit = 80, kRepeated = 60, kHyphen = 30, kPlural = 80, kSwapped = 70, kLeftOut = 90;

struct Imitation {
  std::string_view written, read;
  int weight;
};
constexpr Imitation kImitations[] = {
#define THREADLINE_IMITATION(written, read, weight) {written, read, weight},
#include "text/resemblance_imitations.def"
#undef THREADLINE_IMITATION
};

struct Keyboard {
  std::array<std::string_view, 4> rows;
};
constexpr Keyboard kKeyboards[] = {
#define THREADLINE_KEYBOARD(layout, one, two, three, four) {{one, two, three, four}},
#include "text/keyboards.def"
#undef THREADLINE_KEYBOARD
};

bool are_neighbours_on(const Keyboard& keyboard, char a, char b) {
  int row_a = -9, row_b = 9, column_a = 0, column_b = 0;  // rows are half a key out of step: the next row begins further right
  for (std::size_t row = 0; row < keyboard.rows.size(); ++row) {
    const std::string_view keys = keyboard.rows[row];
    if (const std::size_t at = keys.find(a); at != std::string_view::npos)
      row_a = static_cast<int>(row), column_a = static_cast<int>(at);
    if (const std::size_t at = keys.find(b); at != std::string_view::npos)
      row_b = static_cast<int>(row), column_b = static_cast<int>(at);
  }
  const int down = row_b - row_a, right = column_b - column_a;
  if (down == 0) return right == 1 || right == -1;
  return (down == 1 && (right == 0 || right == -1)) || (down == -1 && (right == 0 || right == 1));
}

/// What one letter in another's place weighs.
int weighed(char was, char is) {
  if (was == is) return 0;
  for (const Imitation& one : kImitations) {
    if (one.written.size() != 1) continue;
    if ((one.written[0] == is && one.read[0] == was) || (one.written[0] == was && one.read[0] == is)) return one.weight;
  }
  if (was == '-' || is == '-') return kTypo;
  if (is_vowel(was) && is_vowel(is)) return kVowel;
  if (are_neighbours(was, is)) return kNeighbour;
  return is_one_bit_apart(was, is) ? kBit : kTypo;
}

constexpr std::size_t kCodes = 128;
constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789-";  ///< of domains

/// The place of each byte in kLetters; of others behind them.
constexpr auto kPlaces = [] {
  std::array<std::uint8_t, 256> places{};
  places.fill(static_cast<std::uint8_t>(kLetters.size()));
  for (std::size_t at = 0; at < kLetters.size(); ++at)
    places[static_cast<unsigned char>(kLetters[at])] = static_cast<std::uint8_t>(at);
  return places;
}();

/// One letter in another's place, for the letters of domains computed once.
int replacement(char was, char is) {
  static const auto table = [] {
    std::array<std::array<std::uint8_t, kLetters.size()>, kLetters.size()> made{};
    for (std::size_t a = 0; a < kLetters.size(); ++a)
      for (std::size_t b = 0; b < kLetters.size(); ++b) made[a][b] = static_cast<std::uint8_t>(weighed(kLetters[a], kLetters[b]));
    return made;
  }();
  const auto one = static_cast<unsigned char>(was), other = static_cast<unsigned char>(is);
  const std::size_t a = kPlaces[one], b = kPlaces[other];
  if (a < kLetters.size() && b < kLetters.size()) return table[a][b];
  if (one >= kCodes || other >= kCodes) return was == is ? 0 : kTypo;
  return weighed(was, is);
}

/// Up to three letters that two in a row are read as, for all ASCII letters.
using Read = std::array<char, 4>;
const std::array<std::array<Read, kCodes>, kCodes>& pairs() {
  static const auto table = [] {
    std::array<std::array<Read, kCodes>, kCodes> made{};
    for (const Imitation& one : kImitations) {
      if (one.written.size() != 2) continue;
      Read& read = made[static_cast<std::size_t>(one.written[0])][static_cast<std::size_t>(one.written[1])];
      *std::ranges::find(read.begin(), read.end() - 2, '\0') = one.read[0];
    }
    return made;
  }();
  return table;
}

/// A letter that only the candidate has: repeated, at its end, or hit together with its neighbour on the keyboard.
int inserted(std::string_view label, std::size_t at) {
  const char letter = label[at], before = at > 0 ? label[at - 1] : '\0', after = at + 1 < label.size() ? label[at + 1] : '\0';
  if (letter == '-') return kHyphen;
  if (before == letter || after == letter) return kRepeated;
  if (letter == 's' && at > 0) return kPlural;
  return after == '\0' || replacement(before, letter) < kVowel || replacement(after, letter) < kVowel ? kNeighbour : kTypo;
}

/// A letter that only the reference has.
int left_out(std::string_view label, std::size_t at) {
  const char letter = label[at];
  if (letter == '-') return kHyphen;
  return (at > 0 && label[at - 1] == letter) || (at + 1 < label.size() && label[at + 1] == letter) ? kRepeated : kLeftOut;
}

/// "es", the plural behind a sibilant.
bool is_plural(std::string_view label, std::size_t at) {
  return at > 0 && label.substr(at, 2) == "es" && std::string_view("sxz").find(label[at - 1]) != std::string_view::npos;
}

/// How a cell was reached: letters taken from the candidate and from the reference.
struct Step {
  std::uint8_t is = 0, was = 0;
};

/// The table of the alignment, a band around its diagonal.
class Table {
 public:
  /// Stops at the second row in a row in which all weighs more than `most` (a pair of letters passes one by).
  Table(std::string_view candidate, std::string_view reference, int most) : is_(candidate), was_(reference) {
    int lowest_before = 0;
    for (std::size_t i = 0; i <= is_.size(); ++i) {
      const std::size_t begin = i > kBand ? i - kBand : 0;
      int lowest = kFar;
      for (std::size_t j = begin; j <= std::min(was_.size(), i + kBand); ++j) lowest = std::min(lowest, fill(i, j));
      is_far_ = lowest > most && lowest_before > most;
      if (is_far_) return;
      lowest_before = lowest;
    }
    is_far_ = weight(is_.size(), was_.size()) > most;
  }

  [[nodiscard]] Alignment read() const {
    if (is_far_) return {.weight = kFar, .edits = {}};
    Alignment alignment{.weight = weight(is_.size(), was_.size()), .edits = {}};
    std::size_t i = is_.size(), j = was_.size();
    while (i > 0 || j > 0) {
      const Step step = steps_[i][slot(i, j)];
      i -= step.is, j -= step.was;
      const int spent = weight(i + step.is, j + step.was) - weight(i, j);
      if (spent != 0)
        alignment.edits.push_back({.kind = kind_of(step, i, j),
                                   .was = was_.substr(j, step.was),
                                   .is = is_.substr(i, step.is),
                                   .at = i,
                                   .weight = spent});
    }
    std::ranges::reverse(alignment.edits);
    return alignment;
  }

 private:
  static std::size_t slot(std::size_t i, std::size_t j) { return j + kBand - i; }
  [[nodiscard]] int weight(std::size_t i, std::size_t j) const {
    return j + kBand < i || j > i + kBand ? kFar : weights_[i][slot(i, j)];
  }

  void offer(std::size_t i, std::size_t j, std::uint8_t is, std::uint8_t was, int spent) {
    const int all = weight(i - is, j - was) + spent;
    if (all >= weights_[i][slot(i, j)]) return;
    weights_[i][slot(i, j)] = all;
    steps_[i][slot(i, j)] = {is, was};
  }

  int fill(std::size_t i, std::size_t j) {
    weights_[i][slot(i, j)] = i == 0 && j == 0 ? 0 : kFar;
    if (i > 0 && j > 0) offer(i, j, 1, 1, replacement(was_[j - 1], is_[i - 1]));
    if (i > 0) offer(i, j, 1, 0, inserted(is_, i - 1));
    if (i > 2 && is_plural(is_, i - 2)) offer(i, j, 2, 0, kPlural);
    if (j > 0) offer(i, j, 0, 1, left_out(was_, j - 1));
    if (i > 1 && j > 1 && is_[i - 1] == was_[j - 2] && is_[i - 2] == was_[j - 1] && is_[i - 1] != is_[i - 2])
      offer(i, j, 2, 2, is_[i - 1] == '-' || is_[i - 2] == '-' ? kHyphen : kSwapped);
    if (i > 1 && j > 0) offer_pair(i, j, is_.substr(i - 2, 2), was_[j - 1], 2, 1);
    if (i > 0 && j > 1) offer_pair(i, j, was_.substr(j - 2, 2), is_[i - 1], 1, 2);
    return weights_[i][slot(i, j)];
  }

  void offer_pair(std::size_t i, std::size_t j, std::string_view two, char one, std::uint8_t is, std::uint8_t was) {
    if (read_as_one(two[0], two[1]).find(one) == std::string_view::npos) return;
    for (const Imitation& imitation : kImitations) {
      if (imitation.written.size() == 2 && imitation.read[0] == one && imitation.written == two)
        offer(i, j, is, was, imitation.weight);
    }
  }

  [[nodiscard]] EditKind kind_of(Step step, std::size_t i, std::size_t j) const {
    if (step.is == 2 && step.was == 2) return EditKind::swapped;
    if (step.is == 0) return EditKind::omitted;
    if (step.was == 0) return EditKind::inserted;
    if (step.is != step.was) return EditKind::look;
    return is_look(was_[j], is_[i]) ? EditKind::look : EditKind::replaced;
  }

  static bool is_look(char was, char is) {
    return std::ranges::any_of(kImitations, [&](const Imitation& one) {
      if (one.written.size() != 1) return false;
      return (one.written[0] == is && one.read[0] == was) || (one.written[0] == was && one.read[0] == is);
    });
  }

  std::string_view is_, was_;
  bool is_far_ = false;
  std::array<std::array<int, 2 * kBand + 1>, kLabelOctets + 1> weights_;
  std::array<std::array<Step, 2 * kBand + 1>, kLabelOctets + 1> steps_;
};

}  // namespace

std::string_view read_as_one(char first, char second) {
  const auto a = static_cast<unsigned char>(first), b = static_cast<unsigned char>(second);
  if (a >= kCodes || b >= kCodes) return {};
  const Read& read = pairs()[a][b];
  return {read.data(), static_cast<std::size_t>(std::ranges::find(read, '\0') - read.begin())};
}

bool is_vowel(char letter) { return std::string_view("aeiouy").find(letter) != std::string_view::npos; }

bool are_neighbours(char a, char b) {
  return a != b &&
         std::ranges::any_of(kKeyboards, [a, b](const Keyboard& keyboard) { return are_neighbours_on(keyboard, a, b); });
}

bool is_one_bit_apart(char a, char b) {
  return std::popcount(static_cast<unsigned>(static_cast<unsigned char>(a) ^ static_cast<unsigned char>(b))) == 1;
}

Alignment aligned(std::string_view candidate, std::string_view reference, int most) {
  const std::size_t longer = std::max(candidate.size(), reference.size());
  if (longer > kLabelOctets || longer - std::min(candidate.size(), reference.size()) > kBand)
    return {.weight = kFar, .edits = {}};
  return Table(candidate, reference, most).read();
}

}  // namespace threadline::text
