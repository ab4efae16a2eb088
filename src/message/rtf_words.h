// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace threadline::message {

/// What a control word of RTF does to the text.
enum class RtfAction {
  character,       ///< stands for the code point `value`
  layout,          ///< the same, but of a native document alone
  row,             ///< ends a row of a table
  skipped,         ///< a destination that is no text of the body
  shown,           ///< a destination that is
  aside,           ///< a destination whose text stands beside the body: a header, a footer, a comment
  bullet,          ///< a destination with the number or bullet of a list's paragraph
  ansi_page,       ///< the document's code page is `value`
  code_page,       ///< the document's code page is the number
  font_table,      ///< a destination
  font,            ///< chooses a font; in the font table: begins one
  font_charset,    ///< of the font that the table is at
  font_code_page,  ///< the same, as a code page
  default_font,
  unicode,       ///< a UTF-16 code unit, then a replacement for old readers
  unicode_skip,  ///< how many characters that replacement has
  from_html,
  from_text,
  html_tag,  ///< a destination with HTML (MS-OXRTFEX section 2.1.3.1.4)
  html_rtf,  ///< what follows is no part of the HTML (section 2.1.3.1.3)
  hidden,
  deleted,
  plain,         ///< the default format of characters
  binary,        ///< bytes follow
  colour_table,  ///< a destination
  red,           ///< of the colour that the table is at
  green,
  blue,
  ink,               ///< the colour of characters, by its number
  ground,            ///< what is behind characters
  paragraph_ground,  ///< behind a paragraph
  size,              ///< of characters, in half points
  paragraph,         ///< the default format of paragraphs
  in_table,
  box  ///< a destination that is text in a shape
};

struct RtfWord {
  std::string_view name;
  RtfAction action;
  char32_t value;
};

/// The row of rtf_words.def, or nullptr: a word that does not change the text.
[[nodiscard]] const RtfWord* rtf_word(std::string_view name);

/// Whether a reader that knows the word may read its destination though it is starred.
[[nodiscard]] bool is_destination(RtfAction action);

}  // namespace threadline::message
