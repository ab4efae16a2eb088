// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace threadline::text {

/// A person as written in running text ("Jean Dupont <jd@firm.example>", "jd@firm.example [mailto:jd@firm.example]",
/// "'Jean' via Compta <compta@firm.example>", "Dupont, Jean"). Either part may be empty.
struct Mailbox {
  std::string name;
  std::string address;

  bool operator==(const Mailbox&) const = default;
};

/// Reads a list of persons as clients print it in quoted history: separated by ";" or by "," (a comma inside "Name, First <a@b>"
/// or quotes is no separator), with <...>, [mailto:...], (a@b), HTML leftovers. Never fails: what has no address is a name.
[[nodiscard]] std::vector<Mailbox> read_mailboxes(std::string_view text);
/// The first one, or an empty one.
[[nodiscard]] Mailbox read_mailbox(std::string_view text);

}  // namespace threadline::text
