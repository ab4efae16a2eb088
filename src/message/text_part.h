// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/limits.h"
#include "message/message.h"
#include "message/note_list.h"
#include "text/charset.h"

namespace threadline::message {

/// Decodes at most what Limits::text_bytes may need of a text's bytes; a guess and illegal bytes are notes.
[[nodiscard]] text::Decoded decode_text(std::string_view bytes, std::string_view charset, const std::string& part,
                                        const Limits& limits, NoteList& notes);

/// Adds a text with UTF-8 content to the message: line ends as \n, cut at Limits::text_bytes, PGP armour noted.
void add_text(Text text, const Limits& limits, NoteList& notes, Message& into);

/// The charset that an HTML document's own meta element states, lower case, or empty (WHATWG HTML section 13.2.3.2: the first
/// 1024 bytes, and UTF-16 is UTF-8, for its meta element could not be read).
[[nodiscard]] std::string html_meta_charset(std::string_view html);

}  // namespace threadline::message
