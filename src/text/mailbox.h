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

/// "Jean Dupont/COMPTA/FIRM@FIRM" has no brackets: it is one address of Notes, or a name and the address behind the last blank.
/// Who sends is read apart, lest a slash in an address takes his name away.
enum class NotesAddresses { apart, whole };

/// Reads a list of persons as clients print it in quoted history: separated by ";" or by "," (a comma inside "Name, First <a@b>"
/// or quotes is no separator), with <...>, [mailto:...], (a@b), HTML leftovers. Never fails: what has no address is a name.
[[nodiscard]] std::vector<Mailbox> read_mailboxes(std::string_view text, NotesAddresses notes = NotesAddresses::apart);
/// A person's name without the units that Notes writes behind it: "Jean Dupont" of "Jean Dupont/COMPTA/FIRM@FIRM" and of
/// "CN=Jean Dupont/OU=COMPTA/O=FIRM"; any other name as it is. A heuristic: no blank stands beside a slash of Notes.
[[nodiscard]] std::string_view common_name(std::string_view name);
/// The first one, or an empty one.
[[nodiscard]] Mailbox read_mailbox(std::string_view text);

}  // namespace threadline::text
