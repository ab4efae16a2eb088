// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/note.h"

namespace threadline::message {

/// One header field as it stands, a view into the message's bytes.
struct RawField {
  std::string_view name;
  std::string_view raw;  ///< after the colon, folding kept, without the final line end
  std::uint64_t offset = 0;
  std::uint64_t raw_offset = 0;
};

/// The header of a message: its fields, and where the body begins.
struct HeaderBlock {
  std::vector<RawField> fields;
  std::uint64_t length = 0;  ///< bytes up to and including the blank line
  std::vector<Note> notes;
};

/// Finds the header's fields in one linear pass (RFC 5322 section 2.2, obsolete white space before the colon of section 4.5).
/// Tolerated: a byte order mark, blank lines and "From " lines before the first field. A line that is no field ends the header,
/// unless a well-known field follows before the next blank line (a heuristic: a body that begins at once with "To: " lines after
/// junk is read as header).
/// Limits: header_fields, header_bytes (kept_fields.h).
[[nodiscard]] HeaderBlock read_header_block(std::string_view bytes, const Limits& limits);

/// Field names that mail headers carry, sorted, lower case. Source: the permanent and provisional message header field names
/// (IANA, RFC 4021), and the X- fields that tell the client and the border.
inline constexpr auto kWellKnownFields = std::to_array<std::string_view>({
    "arc-authentication-results",
    "arc-message-signature",
    "arc-seal",
    "authentication-results",
    "auto-submitted",
    "bcc",
    "cc",
    "comments",
    "content-description",
    "content-disposition",
    "content-id",
    "content-language",
    "content-length",
    "content-location",
    "content-transfer-encoding",
    "content-type",
    "date",
    "delivered-to",
    "delivery-date",
    "disposition-notification-to",
    "dkim-signature",
    "domainkey-signature",
    "envelope-to",
    "errors-to",
    "from",
    "importance",
    "in-reply-to",
    "keywords",
    "lines",
    "list-id",
    "list-post",
    "list-unsubscribe",
    "mailing-list",
    "message-id",
    "mime-version",
    "newsgroups",
    "organization",
    "path",
    "precedence",
    "priority",
    "received",
    "received-spf",
    "references",
    "reply-to",
    "resent-cc",
    "resent-date",
    "resent-from",
    "resent-message-id",
    "resent-sender",
    "resent-to",
    "return-path",
    "sender",
    "status",
    "subject",
    "thread-index",
    "thread-topic",
    "to",
    "user-agent",
    "x-mailer",
    "x-ms-exchange-crosstenant-authas",
    "x-ms-exchange-organization-authas",
    "x-originating-ip",
});

/// Whether the name is one that mail headers carry: of the table, or "X-...".
[[nodiscard]] bool is_known_field(std::string_view name);

/// The length of the field name at the line's start, 0 when the line is no field. `colon` is where the raw value's colon stands.
struct FieldName {
  std::size_t length = 0;
  std::size_t colon = 0;
};
[[nodiscard]] FieldName field_name_of(std::string_view line);

}  // namespace threadline::message
