// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/signature.h"

namespace threadline::facts {

/// The records that the analyst collected: "selector._domainkey.firm.example", lower case, to the texts of its TXT records (as
/// often as they were collected: a selector's key may have changed).
using DkimKeys = std::map<std::string, std::vector<std::string>, std::less<>>;

/// Reads a file of selector records, one a line: `selector._domainkey.domain TXT-record`, `domain<TAB>selector<TAB>record`, or a
/// line of a zone file (owner, ttl, class and type; quoted strings joined, one record over several lines in parentheses). Lines
/// that begin with "#" or ";" are comments. Source: RFC 6376 section 3.6.2, RFC 1035 section 5.1.
/// Errors: a line without a name or without a key record; the message names the line.
[[nodiscard]] Result<DkimKeys> read_dkim_keys(std::string_view text, const std::string& path);

/// One key record (RFC 6376 section 3.6.1).
struct DkimKey {
  KeyKind kind = KeyKind::rsa;
  std::string bytes;                    ///< of p=; empty: the key was revoked
  std::vector<std::string> algorithms;  ///< h=, lower case; empty: all
  std::vector<std::string> flags;       ///< t=
  std::string problem;                  ///< why it cannot be used, or empty
};
[[nodiscard]] DkimKey read_dkim_key(std::string_view record);

}  // namespace threadline::facts
