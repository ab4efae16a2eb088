// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "text/from_line.h"

namespace threadline::evidence {

/// What a file is, told by its first bytes.
enum class ContentKind {
  message,
  mbox,
  mmdf,
  emlx,
  archive,
  olm,
  pst,
  postfix_queue,
  postcat,
  exim_header,
  exim_data,
  sendmail_queue,
  bsmtp,
  pasted_base64,
  store_file,  ///< what a mail program or desktop keeps beside messages: passed over
  not_read_yet,
  not_a_message,
};

struct Content {
  ContentKind kind = ContentKind::not_a_message;
  std::string_view format;  ///< Item::format: "eml", "mbox", "emlx", "msg", "zip" ...
  std::string_view hint;    ///< not_read_yet: the way out
};

/// Units: `head` holds the first 64 KiB or the whole file. `name` decides only between odd text that is a message (".eml") and
/// text that is none: a heuristic that takes a headerless letter for a message when somebody named it so. A compound file that is
/// "ole" by its head may still be a "msg" by the whole: its directory stands anywhere.
[[nodiscard]] Content content_of(std::string_view head, std::string_view name);

/// Whether the first line of text, behind empty lines and a byte order mark, has the form of a header field.
[[nodiscard]] bool begins_with_field(std::string_view head);
using text::is_from_line;
/// Whether the line is a "From " line without a date ("From ", "From -"), as some exports write it.
[[nodiscard]] bool is_bare_from_line(std::string_view line);
/// Whether the line has the form of a header field; `known`: and its name is one that begins messages.
[[nodiscard]] bool is_field_line(std::string_view line, bool known);

}  // namespace threadline::evidence
