// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace threadline::text {

/// What was done to one place of the reference.
enum class EditKind : std::uint8_t { look, replaced, inserted, omitted, swapped };

/// One place where two labels differ. A `look` covers one or two letters on either side.
struct Edit {
  EditKind kind = EditKind::replaced;
  std::string_view was, is;  ///< in the reference, in the candidate
  std::size_t at = 0;        ///< in the candidate
  int weight = 0;            ///< in hundredths of a typing error
};

/// The cheapest way from one label to another.
struct Alignment {
  int weight = 0;
  std::vector<Edit> edits;  ///< in their order
};

inline constexpr int kTypo = 100;                ///< weight of a typing error
inline constexpr int kFar = 100'000;             ///< weight of what was not aligned
inline constexpr std::size_t kLabelOctets = 63;  ///< RFC 1035 section 2.3.4; longer ones are not aligned

/// Optimal string alignment (insertions, omissions, replacements, neighbours swapped) with the weights of a reader's eye and a
/// typist's fingers: letters that look alike (resemblance_imitations.def), neighbours on a keyboard (keyboards.def), single
/// flipped bits, repeated letters and hyphens weigh less. The views point into the arguments. Limits: kLabelOctets a label,
/// three letters more or less, and `most`, a weight; beyond them it is kFar.
[[nodiscard]] Alignment aligned(std::string_view candidate, std::string_view reference, int most);

/// The letters that two letters in a row are read as ("rn": "m"); empty for most.
[[nodiscard]] std::string_view read_as_one(char first, char second);

[[nodiscard]] bool is_vowel(char letter);
/// Whether two keys lie beside or above each other on a QWERTY, AZERTY or QWERTZ keyboard.
[[nodiscard]] bool are_neighbours(char a, char b);
[[nodiscard]] bool is_one_bit_apart(char a, char b);

}  // namespace threadline::text
