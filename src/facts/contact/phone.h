// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/note.h"
#include "base/span.h"
#include "facts/conversation/conversation.h"

namespace threadline::facts {

/// What a number is for, by the label beside it ("Fax :"), else by how mobile numbers of its country begin.
enum class PhoneKind { unknown, phone, mobile, fax };
[[nodiscard]] std::string_view name_of(PhoneKind kind);

/// One occurrence of a telephone number.
struct Phone {
  std::string number;         ///< "+33199001234" (ITU-T E.164) where the country is known, else digits as written
  std::string extension;      ///< digits after "ext.", "poste" ...; or empty
  std::string as_written;     ///< verbatim
  std::int32_t block = -1;    ///< index in Conversation::quoted; -1 new text
  bool in_signature = false;  ///< on a line of its author's closing lines that only names how to reach somebody
  PhoneKind kind = PhoneKind::unknown;
  Span span;

  bool operator==(const Phone&) const = default;
};

/// Whether two numbers may be one: equal, or one that lacks its country is the end of the other ("01 99 00 12 34" and
/// "+33 1 99 00 12 34").
[[nodiscard]] bool is_one_number(std::string_view left, std::string_view right);

/// The number, and how it may stand where its country is not known.
[[nodiscard]] std::vector<std::string> notations_of(const std::string& number);

/// Telephone numbers in what the sender wrote and in what he quotes. A national number gets its country from an international one
/// in the same stretch, from its author's domain, or from how it is written (five pairs are French, unless a country that writes
/// so too is named); else it stays digits. Accounts, dates, amounts and reference numbers are none.
/// Heuristic: without a label, ten digits in a row are no number. Limits: phones.
[[nodiscard]] std::vector<Phone> read_phones(const ReadText& body, const Conversation& conversation, std::string_view sender,
                                             const Limits& limits, std::vector<Note>& notes);

}  // namespace threadline::facts
