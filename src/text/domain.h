// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace threadline::text {

/// A domain name in its comparable forms. All lower case, no trailing dot.
struct DomainName {
  std::string ascii;        ///< A-labels ("xn--..."); the input itself where IDNA refuses it
  std::string unicode;      ///< U-labels (UTS 46, non-transitional)
  std::string registrable;  ///< one label below the public suffix (PSL, ICANN section; private section off), A-labels;
                            ///< the name itself where it is a suffix or has no dot; empty for address literals
  std::string suffix;       ///< the public suffix, A-labels ("fr", "co.uk")

  bool operator==(const DomainName&) const = default;
};

/// Reads a domain name as mail and links carry it. Never fails; an IP address (also "[192.0.2.1]") has no registrable part.
[[nodiscard]] DomainName read_domain(std::string_view name);

/// Whether the public suffix list knows the name's top-level domain; those that RFC 2606 keeps for documents and tests count as
/// known, ".local", ".lan", ".corp", ".localhost" do not.
[[nodiscard]] bool has_known_suffix(std::string_view name);

/// The registrable domain alone; cached, cheap.
[[nodiscard]] std::string registrable_domain(std::string_view name);

/// What is odd about a name that is meant to be a domain, in a few words of English: empty labels, lengths beyond RFC 1035,
/// characters that no registry takes, A-labels that encode nothing, letters or directions that IDNA refuses, letters of several
/// scripts in one label (UTS 39 section 5.2, "highly restrictive"). Empty for an ordinary name and for address literals.
[[nodiscard]] std::string_view oddity_of_domain(std::string_view name);

/// The part after the last "@", lower case; empty without one.
[[nodiscard]] std::string written_domain(std::string_view address);
/// The domain that a reader sees in it: up to the first character that no domain has where nobody could register it as written
/// ("a@firm.example/x", "a@firm.example'"), for nobody owns it and yet it may imitate; empty where that is none.
[[nodiscard]] std::string domain_of_address(std::string_view address);
/// The part before the last "@", as written.
[[nodiscard]] std::string_view local_part_of_address(std::string_view address);

/// The public suffix list's date or version, as the library tells.
[[nodiscard]] std::string public_suffix_list_version();

}  // namespace threadline::text
