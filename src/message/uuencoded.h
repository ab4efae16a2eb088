// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace threadline::message {

/// A file between the words of a text, as Outlook and Unix mailers attached it before MIME.
struct UuencodedFile {
  std::size_t begin = 0, end = 0;  ///< in the text: from "begin 644 name" to behind the line "end"
  std::string name;                ///< as written
  std::string bytes;
  bool is_whole = true;  ///< false: the text ends before the file does
};

/// The uuencoded files of a text, in order, at most `most`: a line "begin MODE NAME" with three or four octal digits, lines whose
/// first character tells exactly how many follow, an empty one, "end". Words that only look like the first line are no file, nor
/// is one that breaks off. Linear. Source: POSIX.1-2017, uuencode; encoders that write a blank for "`", leave out blanks at the
/// end of a line or add a check character to it are read.
[[nodiscard]] std::vector<UuencodedFile> find_uuencoded(std::string_view text, std::size_t most);

}  // namespace threadline::message
