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

/// The keys (text::name_key) under which the memory may know the person that a name shows: as written, without titles, with the
/// letters that its lookalikes stand for.
[[nodiscard]] std::vector<std::string> known_keys(std::string_view name);

/// Whether the local part of a free-mail address is made from somebody's name, local part and firm ("claire.garnier.ateliers" for
/// c.garnier@ateliers.example, "ateliers.compta" for compta@ateliers.example): every word of it is his, and one of four letters
/// or more names him, beside another word, an initial or the firm. A heuristic: namesakes exist.
[[nodiscard]] bool is_twin_of(std::string_view local_part, const message::Address& person);

}  // namespace threadline::findings
