// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

namespace threadline::message {

/// An address list in which GMime can read each mailbox.
struct SoundList {
  std::string value;
  std::unordered_map<std::string, std::string> addresses;  ///< what stands in `value` for addresses that it cannot read
};

/// What stands in "<...>" is the address as written, whatever it is ("<no reply@firm.example>": GMime takes the words before its
/// last blank for the name); "<>" is none; "<a@firm.example> "Ann Lee"" is Ann Lee. Several addresses in one pair of brackets
/// stay several, for any may be the one that mail goes to. Source: RFC 5322 section 3.4.
[[nodiscard]] SoundList with_sound_mailboxes(std::string_view value);

}  // namespace threadline::message
