// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/note.h"
#include "base/span.h"

namespace threadline::message {

/// One mailbox as written in a header field: decoded display name (UTF-8), address without angle brackets, case kept.
struct Address {
  std::string name;
  std::string address;

  bool operator==(const Address&) const = default;
};

/// One header field, in file order, duplicates kept.
struct HeaderField {
  std::string name;              ///< as written
  std::string raw;               ///< the bytes after the colon, folding kept, without the final line end
  std::string value;             ///< unfolded, RFC 2047 words decoded, UTF-8
  std::uint64_t offset = 0;      ///< of the name's first byte, in the message's bytes
  std::uint64_t raw_offset = 0;  ///< of the first byte of `raw`

  bool operator==(const HeaderField&) const = default;
};

/// One leaf of the MIME tree.
struct Part {
  std::string part;        ///< IMAP number within this message: "1", "2.1"
  std::string type;        ///< "text/html", lower case
  std::string charset;     ///< as declared, lower case, or empty
  std::uint64_t size = 0;  ///< decoded bytes

  bool operator==(const Part&) const = default;
};

/// How a text that is no HTML is written: which line ends and marks of its source a reader does not see.
enum class Writing {
  lines,         ///< as it stands
  flowed,        ///< format=flowed: a line that ends in a space goes on in the next one (RFC 3676)
  flowed_delsp,  ///< the same, and that space belongs to no word (DelSp=yes)
  enriched,      ///< text/enriched (RFC 1896)
  richtext,      ///< text/richtext (RFC 1341 section 7.1.3)
};

/// A stretch of a text, half-open.
struct Stretch {
  std::uint64_t begin = 0, end = 0;
};

/// A text part, decoded to UTF-8 (whole, up to Limits::text_bytes).
struct Text {
  std::string part;
  bool html = false;      ///< text/html; else text/plain (or another text type read as plain)
  bool attached = false;  ///< has Content-Disposition: attachment or a file name: evidence, but not the body
  std::string charset;    ///< the charset that was used in the end
  std::string content;    ///< UTF-8; line ends are \n
  /// Stands behind other body text of its multipart/mixed or /related: a part that goes on where that ended, not its alternative.
  bool follows = false;
  Writing writing = Writing::lines;
  std::vector<Stretch> files = {};  ///< of `content`: uuencoded files, which are among the attachments; whole lines, in order
};

/// What is attached: everything that is not body text or a multipart (nested messages too).
struct Attachment {
  std::string name;
  std::string type;
  std::uint64_t size = 0;  ///< decoded bytes
  std::string sha256;      ///< of the decoded bytes
  std::string part;
  std::string note;  ///< "encrypted", "signature", "winmail.dat": what kind of special part, or empty
  /// The decoded bytes, until documents were read from them; empty where the message has them otherwise (a text, a message).
  std::string content = {};

  bool operator==(const Attachment&) const = default;
};

/// A calendar object (RFC 5545, RFC 6047): the first event or task in it. As written, unescaped; what is absent is empty.
struct Calendar {
  std::string part;
  std::string method;  ///< upper case: "REQUEST", "CANCEL", "REPLY" ...
  std::optional<Address> organizer;
  std::vector<Address> attendees;
  std::string summary, location, start;
  std::string description;    ///< also one of Message::texts, as part "2!description"
  std::string participation;  ///< PARTSTAT of the only attendee: the answer of a REPLY, upper case

  bool operator==(const Calendar&) const = default;
};

/// What the envelope part of a journal report says about the message inside it.
struct JournalReport {
  std::optional<Address> sender, on_behalf_of;
  std::string message_id;
  std::vector<Address> to, cc, bcc;
  std::vector<Address> recipients;  ///< of the envelope, whose field the report does not know

  bool operator==(const JournalReport&) const = default;
};

/// One message as its raw bytes say it. A plain value: no GMime object lives in it. Built once, then only read.
/// What cannot be parsed is empty, with a Note that says why.
struct Message {
  std::string format = "eml";  ///< "eml", later "msg", ...
  std::string part;            ///< where in its carrier it was attached ("2"); empty for a message of its own
  std::uint64_t size = 0;
  std::string sha256;  ///< of its raw bytes
  std::vector<HeaderField> headers;
  std::uint64_t header_length = 0;         ///< bytes up to and including the blank line
  std::optional<std::string> signed_body;  ///< the raw bytes behind a header that has a DKIM-Signature; none for msg and tnef

  std::string message_id;         ///< with angle brackets, or empty
  std::string subject;            ///< decoded
  std::string message_class;      ///< MAPI; empty for eml
  std::optional<Stamp> date;      ///< Date field (the first)
  std::optional<Stamp> submit;    ///< MAPI client submit time; none for eml
  std::optional<Stamp> delivery;  ///< MAPI delivery time; none for eml
  std::vector<Address> from, reply_to, to, cc, bcc;
  std::vector<Address> contacts;  ///< MAPI: the e-mail addresses of a contact; none for mail
  std::optional<Address> sender;
  std::optional<Address> sent_representing;  ///< MAPI; none for eml
  std::string return_path;                   ///< without angle brackets, or empty

  // What MAPI keeps beside the header (MS-OXOMSG section 2.2.1, MS-OXPROPS); empty for eml.
  std::string in_reply_to;   ///< PidTagInReplyToId, as written
  std::string references;    ///< PidTagInternetReferences, as written
  std::string thread_topic;  ///< PidTagConversationTopic
  std::string thread_index;  ///< PidTagConversationIndex, raw bytes

  std::string content_type;  ///< of the whole message, lower case, e.g. "multipart/report"
  std::string report_type;   ///< the report-type parameter of multipart/report, lower case
  std::string
      report_action;  ///< lower case: of a delivery report the Action (the worst of several), of a receipt the disposition
  std::vector<Calendar> calendars;
  std::optional<JournalReport> journal;  ///< it is a journal report: an envelope around messages.front()
  std::vector<Part> parts;
  std::vector<Text> texts;  ///< in MIME order; alternatives both
  std::vector<Attachment> attachments;
  std::vector<Message> messages;  ///< attached message/rfc822, to Limits::nested_depth
  std::vector<Note> notes;

  /// The first field of that name (ASCII case-insensitive), or nullptr.
  [[nodiscard]] const HeaderField* field(std::string_view name) const;
};

}  // namespace threadline::message
