// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "message/message.h"

/// Whether one person is written to look like another.
namespace threadline::findings {

/// The key under which a name equals what imitates it: text::name_key without titles, each word by its skeleton ("GARNIER
/// Claire", "Mme Cla1re Garnier", with a Cyrillic letter: all one). Under two words titles stay.
[[nodiscard]] std::string person_key(std::string_view name);

/// The person in "X via Y", "X (Firm)", "X - Firm", "X | Firm", "X / Firm".
[[nodiscard]] std::string_view person_in(std::string_view display);

/// What a display name may show for somebody's name: person_in, the whole, and each part that is set off ("Firm - X", "[EXT] X",
/// "X, Manager", "X [x@firm.example]"). No part holds an address.
[[nodiscard]] std::vector<std::string> shown_names(std::string_view display);

/// A name of a department or a function, and of no person: "Accounts Payable", "Service Client", "La Direction". `key`: a
/// text::name_key or a person_key.
[[nodiscard]] bool is_function_name(std::string_view key);

/// A person's name as his own display name sets it out, and the words of his firm: made once, held against many.
struct PersonName {
  explicit PersonName(const message::Address& person);
  std::vector<std::string> words;  ///< by their skeletons, sorted; empty: they tell nobody apart
  std::vector<std::string> firm;
};

/// A display name taken apart, to be held against persons.
class ShownName {
 public:
  explicit ShownName(std::string_view display);
  /// Whether it shows that person: his name ("Yann Kerbrat"), beside which stand no more than a title, a function, an initial or
  /// his firm, or whatever is set off ("Kerbrat Bois - Yann Kerbrat", "Yann Kerbrat | Accounts", "YannKerbrat"). His own display
  /// name may be set out so as well. More names make another person: "Yann Marie Kerbrat".
  [[nodiscard]] bool shows(const PersonName& person) const;
  /// Whether it is his name but for one letter (left out, put in, replaced, or two swapped), of nine at least, or with initials
  /// for a part of it ("M. Tissandier" for Maelle Tissandier).
  [[nodiscard]] bool is_near(const PersonName& person) const;

 private:
  std::vector<std::vector<std::string>> parts_;  ///< words by their skeletons
};

/// Two words that differ by one character (replaced, inserted, left out) or by two neighbours swapped.
[[nodiscard]] bool is_one_edit_apart(std::string_view left, std::string_view right);

/// The keys (text::name_key) under which the memory may know the person that a name shows: as written, without titles, with the
/// letters that its lookalikes stand for.
[[nodiscard]] std::vector<std::string> known_keys(std::string_view name);

/// Whether the local part of a free-mail address is made from somebody's name, local part and firm ("claire.garnier.ateliers" for
/// c.garnier@ateliers.example, "ateliers.compta" for compta@ateliers.example): every word of it is his, and one of four letters
/// or more names him, beside another word, an initial or the firm. A heuristic: namesakes exist.
[[nodiscard]] bool is_twin_of(std::string_view local_part, const message::Address& person);

}  // namespace threadline::findings
