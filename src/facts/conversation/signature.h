// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace threadline::facts {

/// The end of a text that is a signature, and whether a phone or tablet wrote it.
struct Signature {
  std::string text;  ///< empty when none was found
  bool mobile = false;
};

/// Finds "-- " and what follows it, or a phone's footer ("Sent from my iPhone", "Obtenir Outlook pour iOS") at the end of a text.
/// A heuristic: a closing formula with a name, but without either sign, is no signature here.
[[nodiscard]] Signature find_signature(std::string_view text);

}  // namespace threadline::facts
