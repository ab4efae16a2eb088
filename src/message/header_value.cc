// SPDX-License-Identifier: Apache-2.0
#include "message/header_value.h"

#include <algorithm>
#include <iterator>

#include "base/ascii.h"
#include "message/transfer.h"
#include "text/base64.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::message {
namespace {

bool is_line_end(char c) { return c == '\r' || c == '\n'; }

std::string_view without_space_at_ends(std::string_view value) {
  while (!value.empty() && is_space(value.front())) value.remove_prefix(1);
  while (!value.empty() && is_space(value.back())) value.remove_suffix(1);
  return value;
}

std::string on_one_line(std::string_view raw) {
  std::string line;
  line.reserve(raw.size());
  while (!raw.empty()) {
    const auto end = static_cast<std::size_t>(std::ranges::find_if(raw, is_line_end) - raw.begin());
    line.append(raw.substr(0, end));
    raw.remove_prefix(end);
    if (raw.empty()) break;
    raw.remove_prefix(std::min(raw.find_first_not_of(" \t\r\n"), raw.size()));
    line.push_back(' ');
  }
  return line;
}

void show_nul(std::string& value) {
  for (auto at = value.find('\0'); at != std::string::npos; at = value.find('\0', at)) value.replace(at, 1, "\xEF\xBF\xBD");
}

/// The Q encoding of RFC 2047 section 4.2.
std::string decode_q(std::string_view content) {
  std::string bytes;
  for (std::size_t at = 0; at < content.size(); ++at) {
    const int byte = content[at] == '=' ? hex_byte(content, at + 1) : -1;
    bytes += byte >= 0 ? static_cast<char>(byte) : content[at] == '_' ? ' ' : content[at];
    if (byte >= 0) at += 2;
  }
  return bytes;
}

struct Word {
  std::string_view charset;
  std::string bytes;
  std::size_t length = 0;  ///< in the value; 0: no encoded word
};

constexpr std::size_t kWordCharset = 80;
constexpr std::size_t kWordContent = 1'024;  ///< RFC 2047 allows 75 for the whole word; real ones are longer

/// The encoded word that begins at the start of `rest` ("=?").
Word word_at(std::string_view rest) {
  const auto mark = rest.substr(2, kWordCharset).find('?');
  if (mark == std::string_view::npos || mark == 0 || rest.size() < mark + 5 || rest[mark + 4] != '?') return {};
  const char encoding = static_cast<char>(rest[mark + 3] | 0x20);
  const auto begin = mark + 5;
  const auto length = rest.substr(begin, kWordContent).find("?=");
  if (length == std::string_view::npos || (encoding != 'q' && encoding != 'b')) return {};
  const auto content = rest.substr(begin, length);
  const auto charset = rest.substr(2, mark);
  return {.charset = charset.substr(0, std::min(charset.find('*'), charset.size())),  // "*language", RFC 2231 section 5
          .bytes = encoding == 'q' ? decode_q(content) : decode_transfer(content, TransferEncoding::base64),
          .length = begin + length + 2};
}

/// Encoded words to text. Words of one charset that stand side by side are decoded together: encoders cut characters in two.
class WordReader {
 public:
  explicit WordReader(std::string_view value) : rest_(value) {}

  std::string read() {
    while (!rest_.empty()) {
      const auto start = std::min(rest_.find("=?"), rest_.size());
      const auto gap = rest_.substr(0, start);
      const auto word = start < rest_.size() ? word_at(rest_.substr(start)) : Word{};
      if (word.length > 0) {
        take_word(gap, word);
        rest_.remove_prefix(start + word.length);
      } else {
        take_text(rest_.substr(0, std::min(start + 2, rest_.size())));
      }
    }
    flush();
    return std::move(text_);
  }

 private:
  void take_word(std::string_view gap, const Word& word) {
    const bool adjacent = after_word_ && std::ranges::all_of(gap, is_space);
    if (!adjacent || word.charset != charset_) flush();
    if (!adjacent) text_ += gap;
    charset_ = word.charset;
    pending_ += word.bytes;
    after_word_ = true;
  }

  void take_text(std::string_view text) {
    flush();
    text_ += text;
    after_word_ = false;
    rest_.remove_prefix(text.size());
  }

  void flush() {
    if (!pending_.empty()) text_ += text::decode(pending_, charset_).text;
    pending_.clear();
  }

  std::string_view rest_;
  std::string text_;
  std::string pending_;
  std::string_view charset_;
  bool after_word_ = false;
};

/// Encoded words that stand side by side.
struct WordRun {
  std::size_t length = 0;
  bool padding_is_inside = false;  ///< one that is not the last ends with the padding of base64
  bool is_utf8 = true;             ///< each says so
  bool holds_marks = false;        ///< what parts an address list stands in one as it is, which RFC 2047 section 5 (3) forbids
};

bool holds_list_marks(std::string_view word) { return word.find_first_of("<>()[],;:@\"\\") != std::string_view::npos; }

WordRun run_at(std::string_view rest) {
  WordRun run;
  bool is_padded = false;
  for (std::size_t at = 0; at < rest.size() && rest.substr(at).starts_with("=?");) {
    const Word word = word_at(rest.substr(at));
    if (word.length == 0) break;
    run.padding_is_inside = run.padding_is_inside || is_padded;
    run.is_utf8 = run.is_utf8 && text::equal_ascii_nocase(word.charset, "utf-8");
    run.holds_marks = run.holds_marks || holds_list_marks(rest.substr(at, word.length));
    run.length = at + word.length;
    is_padded = rest[run.length - 3] == '=';
    at = std::min(rest.find_first_not_of(" \t\r\n", run.length), rest.size());
  }
  return run;
}

}  // namespace

std::string unfolded(std::string_view raw, std::string_view charset_hint) {
  raw = without_space_at_ends(raw);
  auto value = raw.find('\n') == std::string_view::npos ? std::string(raw) : on_one_line(raw);
  if (!std::ranges::all_of(value, [](char c) { return static_cast<unsigned char>(c) < 0x80; }) && !text::is_valid_utf8(value)) {
    value = text::decode(value, charset_hint).text;
  }
  if (value.find('\0') != std::string::npos) show_nul(value);
  return value;
}

std::string decoded_words(std::string value) {
  if (value.find("=?") == std::string::npos) return value;
  auto text = WordReader(value).read();
  if (text.find('\0') != std::string::npos) show_nul(text);
  return std::ranges::none_of(text, is_line_end) ? text : on_one_line(text);
}

std::string with_joined_words(const std::string& value) {
  std::string joined;
  std::string_view rest = value;
  for (auto start = rest.find("=?"); start != std::string_view::npos; start = rest.find("=?")) {
    joined += rest.substr(0, start);
    rest.remove_prefix(start);
    const WordRun run = run_at(rest);
    const auto length = std::max<std::size_t>(run.length, 2);
    if (run.length > 0 && (run.padding_is_inside || run.holds_marks || !run.is_utf8)) {
      joined += "=?utf-8?B?" + text::encode_base64(WordReader(rest.substr(0, run.length)).read(), "") + "?=";
    } else {
      joined += rest.substr(0, length);
    }
    rest.remove_prefix(length);
  }
  return joined.append(rest);
}

std::string message_id_of(std::string_view value) {
  const auto open = value.find('<');
  auto close = value.find('>', open == std::string_view::npos ? 0 : open);
  std::string_view token = without_space_at_ends(value);
  if (open != std::string_view::npos)
    token = value.substr(open + 1, (close == std::string_view::npos ? value.size() : close) - open - 1);
  std::string id;
  std::ranges::copy_if(token, std::back_inserter(id), [](char c) { return !is_space(c); });
  return id.empty() ? id : "<" + id + ">";
}

std::string path_of(std::string_view value) {
  const auto id = message_id_of(value);
  return id.size() < 2 ? std::string() : id.substr(1, id.size() - 2);
}

}  // namespace threadline::message
