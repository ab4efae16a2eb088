// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/note.h"
#include "text/html.h"

namespace threadline::message {

/// What an RTF document holds.
enum class RtfForm {
  from_html,  ///< \fromhtml1: the HTML that it encapsulates (MS-OXRTFEX section 2.1.3.1)
  from_text,  ///< \fromtext: the plain text that it encapsulates
  native      ///< a document of its own: its text as a person reads it
};

struct RtfContent {
  RtfForm form = RtfForm::native;
  std::string content;      ///< UTF-8; line ends are \n; HTML where the form is from_html
  std::string aside = {};   ///< of a native document: what its headers, footers and comments say, each in lines of its own
  std::string hidden = {};  ///< of a native document: its text that is formatted as hidden
  std::vector<text::HiddenRange> unseen =
      {};                   ///< stretches of a native document's content that have the ground's colour or no size
  std::vector<Note> notes;  ///< charset_replaced, hidden_text (its beginning), limit, malformed_rtf
};

/// Never fails; linear in its input. De-encapsulates HTML or text, or renders a native document's text (fields: their result;
/// pictures, style and font tables and deleted text left out; paragraphs, lines, tabs, table cells and bullets as text).
/// Limits: rtf_depth (groups), text_bytes (of each text). Source: MS-OXRTFEX; RTF 1.9.1.
[[nodiscard]] RtfContent read_rtf(std::string_view rtf, const Limits& limits);

}  // namespace threadline::message
