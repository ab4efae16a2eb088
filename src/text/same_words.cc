// SPDX-License-Identifier: Apache-2.0
#include "text/same_words.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace threadline::text {
namespace {

bool is_white(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

constexpr std::string_view kNoBreakSpace = "\u00A0";

/// A cheap look before white_length.
bool may_be_white(char c) { return static_cast<unsigned char>(c) <= ' ' || c == kNoBreakSpace[0]; }

/// How many bytes at the begin are equal.
std::size_t common_length(std::string_view left, std::string_view right) {
  constexpr std::size_t kBlock = 16;
  const std::size_t most = std::min(left.size(), right.size());
  std::size_t length = 0;
  while (length + kBlock <= most && std::memcmp(left.data() + length, right.data() + length, kBlock) == 0) length += kBlock;
  while (length < most && left[length] == right[length]) ++length;
  return length;
}

/// Where the white space begins that ends right before `end` or within the character there, or `end`; no further back than
/// `least`.
std::size_t white_before(std::string_view text, std::size_t least, std::size_t end) {
  if (end > least && text[end - 1] == kNoBreakSpace[0]) --end;
  while (end > least) {
    if (is_white(text[end - 1]))
      --end;
    else if (end >= least + kNoBreakSpace.size() && text.substr(0, end).ends_with(kNoBreakSpace))
      end -= kNoBreakSpace.size();
    else
      break;
  }
  return end;
}

/// Bytes of white space at `at`, or 0.
std::size_t white_length(std::string_view text, std::size_t at) {
  if (is_white(text[at])) return 1;
  return text[at] == kNoBreakSpace[0] && text.substr(at, 2) == kNoBreakSpace ? 2 : 0;
}

/// The white space at a place: a no-break space alone binds two words, beside a blank it is an empty paragraph's.
struct White {
  std::size_t end = 0;
  bool parts_words = false, ends_line = false;
};

White white_at(std::string_view text, std::size_t at) {
  White white{.end = at};
  while (white.end < text.size()) {
    const std::size_t length = white_length(text, white.end);
    if (length == 0) break;
    white.parts_words = white.parts_words || length == 1;
    white.ends_line = white.ends_line || text[white.end] == '\n';
    white.end += length;
  }
  return white;
}

std::string_view without_white_ends(std::string_view text) {
  text.remove_prefix(white_at(text, 0).end);
  while (!text.empty() && (is_white(text.back()) || text.ends_with(kNoBreakSpace)))
    text.remove_suffix(is_white(text.back()) ? 1 : kNoBreakSpace.size());
  return text;
}

}  // namespace

bool is_same_words(std::string_view left, std::string_view right, LineEnds ends) {
  left = without_white_ends(left), right = without_white_ends(right);
  std::size_t i = 0, j = 0;
  while (i < left.size() && j < right.size()) {
    const std::size_t equal = common_length(left.substr(i), right.substr(j));
    if (i + equal == left.size() && j + equal == right.size()) return true;
    const std::size_t words = white_before(left, i, i + equal) - i;
    i += words, j += words;
    if (i == left.size() || j == right.size()) break;
    if (!may_be_white(left[i]) && !may_be_white(right[j])) return false;
    const White here = white_at(left, i), there = white_at(right, j);
    if (!here.parts_words || !there.parts_words) {
      if (left[i++] != right[j++]) return false;
      continue;
    }
    i = here.end, j = there.end;
    const bool is_bound = ends == LineEnds::only_before_letters && !is_ascii_letter(left[i]);
    if (is_bound && here.ends_line != there.ends_line) return false;
  }
  return i == left.size() && j == right.size();
}

bool begins_with_text(std::string_view text, std::string_view words) {
  text.remove_prefix(white_at(text, 0).end), words.remove_prefix(white_at(words, 0).end);
  if (!text.starts_with(words)) return false;
  return words.empty() || text.size() == words.size() || is_white(text[words.size()]);
}

}  // namespace threadline::text
