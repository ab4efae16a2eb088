// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "base/instant.h"

namespace threadline::text {

/// A date-time of a mail header: RFC 5322 section 3.3 and 4.3 (obsolete two-digit years, zones, comments), also ctime's form
/// ("Thu Apr  5 10:37:00 2018 +0200"), Go's ("2018-04-05 10:37:00 +0200 CEST"), and ISO 8601.
/// A missing zone is read as +0000 with basis `assumed`; "-0000" as UTC, stated; a zone name is `named` (GMT, UT, EST ... PDT per
/// RFC 5322; CET, CEST, BST ... from a table that marks ambiguous ones); a numeric offset wins over a name in a comment.
/// Text inside a comment is never a date. Nothing when there is no date, or one before 1900.
[[nodiscard]] std::optional<Stamp> read_mail_date(std::string_view text);

/// The offset in minutes of a zone name ("CEST" 120, "PDT" -420), and whether it is one of several zones of that name.
struct NamedZone {
  int offset_minutes = 0;
  bool ambiguous = false;
};
[[nodiscard]] std::optional<NamedZone> named_zone(std::string_view name);

}  // namespace threadline::text
