// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "facts/contact/phone.h"

namespace threadline::facts {

/// What the words before a number say of it (phone_labels.def).
struct PhoneLabel {
  bool is_phone = false;  ///< a label of a telephone, mobile or fax number
  bool is_other = false;  ///< a label of something else: an account, an invoice, a registration
  PhoneKind kind = PhoneKind::unknown;
  bool leads_line = false;  ///< nothing but labels, marks and numbers stands before the number on its line
};

/// The label of the number at `at`. Looks back at most 120 bytes, and not beyond the line.
[[nodiscard]] PhoneLabel label_before(std::string_view text, std::size_t at);

/// An extension behind a number ("ext. 12", "poste 12", ";ext=12", "x12"): its digits and where it ends; empty: none.
struct Extension {
  std::string digits;
  std::size_t end = 0;
};
[[nodiscard]] Extension extension_after(std::string_view text, std::size_t end);

}  // namespace threadline::facts
