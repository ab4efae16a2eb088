// SPDX-License-Identifier: Apache-2.0
#include "message/uuencoded.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace threadline::message {
namespace {

constexpr std::string_view kBegin = "begin ";
constexpr std::size_t kName = 255;    ///< bytes of a file's name
constexpr std::size_t kGroup = 4;     ///< characters that hold three bytes
constexpr std::size_t kCheckSum = 1;  ///< one character behind the data, as some encoders write

/// A line without its end, and where the next one begins.
struct TextLine {
  std::string_view words;
  std::size_t next = 0;
};

TextLine line_at(std::string_view text, std::size_t at) {
  const std::size_t end = std::min(text.find('\n', at), text.size());
  TextLine line{.words = text.substr(at, end - at), .next = std::min(end + 1, text.size())};
  if (line.words.ends_with('\r')) line.words.remove_suffix(1);
  return line;
}

std::string_view without_blanks_behind(std::string_view words) { return words.substr(0, words.find_last_not_of(" \t") + 1); }

/// The name of "begin 644 name"; nothing where the line is none.
std::optional<std::string_view> name_of_begin(std::string_view words) {
  if (!words.starts_with(kBegin)) return std::nullopt;
  words.remove_prefix(kBegin.size());
  const std::size_t digits = std::min(words.find_first_not_of("01234567"), words.size());
  if ((digits != 3 && digits != 4) || digits == words.size() || words[digits] != ' ') return std::nullopt;
  const std::string_view name = without_blanks_behind(words.substr(digits + 1));
  if (name.empty() || name.size() > kName) return std::nullopt;
  return name;
}

bool is_sixbit(char c) { return c >= ' ' && c <= '`'; }
unsigned sixbit(char c) { return (static_cast<unsigned char>(c) - 32U) & 63U; }

/// Adds the bytes of a line of data; false where it is none.
bool add_line(std::string_view words, std::string& bytes) {
  if (words.empty() || !std::ranges::all_of(words, is_sixbit)) return false;
  const std::size_t count = sixbit(words.front()), full = (count + 2) / 3 * kGroup;
  words.remove_prefix(1);
  if (count == 0 || words.size() > full + kCheckSum) return false;
  if (words.size() + kGroup <= full) return false;  // more than blanks of the last group are missing
  std::string padded(words.substr(0, full));
  padded.resize(full, ' ');
  const std::size_t end = bytes.size() + count;
  for (std::size_t at = 0; at < full; at += kGroup) {
    const unsigned group =
        sixbit(padded[at]) << 18U | sixbit(padded[at + 1]) << 12U | sixbit(padded[at + 2]) << 6U | sixbit(padded[at + 3]);
    for (const unsigned shift : {16U, 8U, 0U}) bytes += static_cast<char>(group >> shift & 0xFFU);
  }
  bytes.resize(end);
  return true;
}

/// "`", " " or nothing: the line before "end".
bool is_last(std::string_view words) { return words == "`" || without_blanks_behind(words).empty(); }

/// Reads the lines behind "begin" into `file`; false where they are no file.
bool read_lines(std::string_view text, std::size_t at, UuencodedFile& file) {
  while (at < text.size()) {
    const TextLine line = line_at(text, at);
    if (without_blanks_behind(line.words) == "end") {
      file.end = line.next;
      return true;
    }
    const bool is_cut = line.next == text.size() && !text.ends_with('\n');
    if (!is_cut && !add_line(line.words, file.bytes) && !is_last(line.words)) return false;
    at = line.next;
  }
  file.end = text.size();
  file.is_whole = false;
  return !file.bytes.empty();
}

}  // namespace

std::vector<UuencodedFile> find_uuencoded(std::string_view text, std::size_t most) {
  std::vector<UuencodedFile> files;
  for (std::size_t at = 0; at < text.size() && files.size() < most;) {
    const TextLine line = line_at(text, at);
    const auto name = name_of_begin(line.words);
    UuencodedFile file{.begin = at, .end = 0, .name = std::string(name.value_or(std::string_view())), .bytes = {}};
    const bool is_file = name && read_lines(text, line.next, file);
    at = is_file ? file.end : line.next;
    if (is_file) files.push_back(std::move(file));
  }
  return files;
}

}  // namespace threadline::message
