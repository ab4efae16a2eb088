// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/signed_content.h"

namespace threadline::message {

/// How the content of a leaf of that media type is read.
enum class PartKind {
  plain,       ///< body text
  html,        ///< body text, markup
  message,     ///< a message of its own
  attachment,  ///< kept as bytes: its digest
};

/// The kind of a lower-case media type. Unknown text types are plain text (RFC 2046 section 4.1.4) unless a table says that
/// people do not read them as a letter (calendars, cards, tables).
[[nodiscard]] PartKind part_kind(std::string_view type);

/// What is special about a part: a word for Attachment::note, and the Note it is worth (empty: none).
struct Special {
  std::string_view word;
  std::string_view note;
};

/// By media type, the smime-type parameter (RFC 8551 section 3.2.2) and the file name.
[[nodiscard]] Special special_part(std::string_view type, std::string_view smime_type, std::string_view file_name);

/// Whether a part is a CMS object by its type or its name (RFC 8551 section 3.2.1): clear signatures (.p7s) are none.
[[nodiscard]] bool is_cms_part(std::string_view type, std::string_view file_name);
/// What the bytes of a CMS object say it is; where they do not, what it was declared as.
[[nodiscard]] Special special_cms(const CmsObject& object, const Special& declared);

/// Whether bytes begin as a MIME entity does: a blank line, or fields with a Content-Type among them.
[[nodiscard]] bool looks_like_entity(std::string_view bytes);

/// What a text says about itself: PGP armour (RFC 9580 section 6.2) that encrypts or signs inline.
[[nodiscard]] Special special_text(std::string_view text);

/// Whether bytes that are declared otherwise begin as a message does: two well-known fields within the first lines, one of them
/// From, Date, Received, Message-ID or Subject.
[[nodiscard]] bool looks_like_message(std::string_view bytes);

/// Whether a file of that name may hold mail: it has no ending, or one of mail's. A text or page that only begins as a message or
/// a mailbox does ("invoice.txt") is a document of whoever sent it.
[[nodiscard]] bool may_be_mail_by_name(std::string_view file_name);

/// Whether an attached file is a message that its sender's program calls another file: it begins as one, and its type is that of
/// any file.
[[nodiscard]] bool is_message_file(std::string_view type, std::string_view file_name, std::string_view bytes);

/// Whether bytes are an Outlook .msg: a compound file with the stream names of MS-OXMSG section 2.1.3. Other compound files
/// (Word, Excel, installers) are none; a heuristic that one naming such a stream in its text deceives.
[[nodiscard]] bool is_outlook_message(std::string_view bytes);

}  // namespace threadline::message
