// SPDX-License-Identifier: Apache-2.0
#include "message/transfer.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <array>
#include <utility>

#include "text/base64.h"
#include "text/fold.h"

namespace threadline::message {
namespace {

struct NamedEncoding {
  std::string_view name;
  TransferEncoding encoding;
};

constexpr auto kEncodings = std::to_array<NamedEncoding>({
    {"", TransferEncoding::identity},
    {"7bit", TransferEncoding::identity},
    {"8bit", TransferEncoding::identity},
    {"binary", TransferEncoding::identity},
    {"7-bit", TransferEncoding::identity},
    {"8-bit", TransferEncoding::identity},
    {"7bits", TransferEncoding::identity},
    {"8bits", TransferEncoding::identity},
    {"none", TransferEncoding::identity},
    {"base64", TransferEncoding::base64},
    {"base-64", TransferEncoding::base64},
    {"quoted-printable", TransferEncoding::quoted_printable},
    {"quotedprintable", TransferEncoding::quoted_printable},
    {"uuencode", TransferEncoding::uuencode},
    {"x-uuencode", TransferEncoding::uuencode},
    {"x-uue", TransferEncoding::uuencode},
});

std::string run(std::string_view content, GMimeContentEncoding encoding, int state) {
  GMimeEncoding decoder;
  g_mime_encoding_init_decode(&decoder, encoding);
  decoder.state |= state;
  std::string decoded(g_mime_encoding_outlen(&decoder, content.size()) + 8, '\0');
  auto length = g_mime_encoding_step(&decoder, content.data(), content.size(), decoded.data());
  length += g_mime_encoding_flush(&decoder, content.data(), 0, decoded.data() + length);
  decoded.resize(length);
  return decoded;
}

constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kSpaces = " \t\r\n";

bool is_line_end(std::string_view content, std::size_t at) {
  return at >= content.size() || content[at] == '\n' || content[at] == '\r';
}

/// "=  CR LF" is a soft line break that transport padded; decoders take "= " for an "=" of the text.
std::string without_padded_breaks(std::string_view content) {
  std::string kept;
  kept.reserve(content.size());
  for (std::size_t at = 0; at < content.size();) {
    const auto behind = std::min(content.find('=', at), content.size() - 1) + 1;
    kept += content.substr(at, behind - at);
    const auto end = content[behind - 1] == '=' ? content.find_first_not_of(kBlanks, behind) : behind;
    at = is_line_end(content, end) ? std::min(end, content.size()) : behind;
  }
  return kept;
}

/// What base64 holds. Where its padding is missing, GMime leaves out the last one or two bytes: they are added.
std::string decode_base64(std::string_view content) {
  constexpr std::size_t kGroup = 4;
  std::string bytes = run(content, GMIME_CONTENT_ENCODING_BASE64, 0);
  const auto last_written = content.find_last_not_of(" \t\r\n");
  if (last_written == std::string_view::npos || content[last_written] == '=') return bytes;
  const auto characters = static_cast<std::size_t>(std::ranges::count_if(content, text::is_base64_character));
  if (bytes.size() != characters / kGroup * 3) return bytes;
  std::string last;
  for (std::size_t at = content.size(); last.size() < characters % kGroup; --at) {
    if (text::is_base64_character(content[at - 1])) last.insert(last.begin(), content[at - 1]);
  }
  return bytes + text::decode_base64(last);
}

/// Base64 with blanks and padding, and nothing else.
bool is_base64(std::string_view content) {
  return std::ranges::all_of(
      content, [](char c) { return text::is_base64_character(c) || c == '=' || kSpaces.find(c) != std::string_view::npos; });
}

/// Comments may nest and stand anywhere (RFC 2045 section 3, RFC 5322 section 3.2.2); one that nothing closes takes the rest.
std::string without_comments(std::string_view value) {
  std::string kept;
  std::size_t depth = 0;
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char c = value[at];
    if (c == '(') ++depth;
    if (depth == 0) kept += c;
    if (depth > 0 && c == '\\') ++at;
    if (depth > 0 && c == ')') --depth;
  }
  return kept;
}

/// The lines after "begin 644 name".
std::string_view after_begin(std::string_view content) {
  const auto begin = content.starts_with("begin ") ? 0 : content.find("\nbegin ");
  if (begin == std::string_view::npos) return {};
  const auto line_end = content.find('\n', begin + 1);
  return line_end == std::string_view::npos ? std::string_view() : content.substr(line_end + 1);
}

}  // namespace

TransferEncoding transfer_encoding_named(std::string_view name) {
  const std::string bare = without_comments(name);
  std::string key = text::ascii_lower(std::string_view(bare).substr(0, bare.find(';')));
  std::erase_if(key, [](char c) { return c == '"' || kSpaces.find(c) != std::string_view::npos; });
  const auto* found = std::ranges::find(kEncodings, std::string_view(key), &NamedEncoding::name);
  return found == kEncodings.end() ? TransferEncoding::unknown : found->encoding;
}

std::string decode_transfer(std::string_view content, TransferEncoding encoding) {
  switch (encoding) {
    case TransferEncoding::base64: return decode_base64(content);
    case TransferEncoding::quoted_printable:
      return run(without_padded_breaks(content), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE, 0);
    case TransferEncoding::uuencode:
      return run(after_begin(content), GMIME_CONTENT_ENCODING_UUENCODE, GMIME_UUDECODE_STATE_BEGIN);
    case TransferEncoding::identity:
    case TransferEncoding::unknown: break;
  }
  return std::string(content);
}

Base64Body decode_base64_body(std::string_view content) {
  Base64Body body;
  for (bool is_first = true;; is_first = false) {
    const auto padding = std::min(content.find('='), content.size());
    const auto end = std::min(content.find_first_not_of("= \t\r\n", padding), content.size());
    body.bytes += decode_base64(content.substr(0, end));
    content.remove_prefix(end);
    if (content.empty()) return body;
    if (is_first && !is_base64(content)) {
      body.behind = content;
      return body;
    }
    body.goes_on = true;
  }
}

std::string with_unix_lines(std::string text) {
  auto at = text.find('\r');
  if (at == std::string::npos) return text;
  auto to = at;
  while (at < text.size()) {
    if (text[at] != '\r') {
      text[to++] = text[at++];
      continue;
    }
    const auto after = std::min(text.find_first_not_of('\r', at), text.size());
    const bool line_end = after < text.size() && text[after] == '\n';
    for (auto lone = line_end ? after - 1 : at; lone < after; ++lone) text[to++] = '\n';
    at = line_end ? after + 1 : after;
  }
  text.resize(to);
  return text;
}

}  // namespace threadline::message
