// SPDX-License-Identifier: Apache-2.0
#include "message/text_part.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/utf8.h"
#include "message/special_part.h"
#include "message/transfer.h"
#include "text/fold.h"

namespace threadline::message {
namespace {

constexpr auto kCut = "text_bytes: the rest of the text is left out";

/// Characters have up to four bytes; one more than the bound shows that there is more.
std::uint64_t most_bytes(const Limits& limits) { return 4 * (limits.text_bytes + 1); }

/// Never in the middle of a character.
void cut_text(std::string& content, std::uint64_t most) { content.resize(character_at(content, most)); }

/// A label of UTF-16. Source: WHATWG Encoding Standard, section 4.2.
bool names_utf16(std::string_view name) {
  constexpr std::array<std::string_view, 5> kOthers = {"unicode", "unicodefeff", "csunicode", "ucs-2", "iso-10646-ucs-2"};
  return name.starts_with("utf-16") || std::ranges::find(kOthers, name) != kOthers.end();
}

}  // namespace

text::Decoded decode_text(std::string_view bytes, std::string_view charset, const std::string& part, const Limits& limits,
                          NoteList& notes) {
  auto decoded = text::decode(bytes.substr(0, most_bytes(limits)), charset);
  if (decoded.guessed && !charset.empty()) {
    notes.add("charset_guessed", fmt::format("{} for {}", decoded.charset, charset), part);
  } else if (decoded.guessed && decoded.charset != "utf-8" && decoded.charset != "us-ascii") {
    notes.add("charset_guessed", decoded.charset, part);
  }
  if (bytes.size() > most_bytes(limits)) notes.add("limit", kCut, part);
  if (decoded.replaced > 0) notes.add("charset_replaced", fmt::format("{} ({})", decoded.charset, decoded.replaced), part);
  return decoded;
}

void add_text(Text text, const Limits& limits, NoteList& notes, Message& into) {
  text.content = with_unix_lines(std::move(text.content));
  if (text.content.size() > limits.text_bytes) {
    cut_text(text.content, limits.text_bytes);
    notes.add("limit", kCut, text.part);
  }
  const auto special = special_text(text.content);
  if (!special.note.empty()) notes.add(special.note, "PGP inline", text.part);
  into.texts.push_back(std::move(text));
}

std::string html_meta_charset(std::string_view html) {
  const auto head = text::ascii_lower(html.substr(0, 1'024));
  const auto meta = head.find("<meta");
  const auto at = meta == std::string::npos ? meta : head.find("charset=", meta);
  if (at == std::string::npos) return {};
  auto name = std::string_view(head).substr(at + 8);
  while (!name.empty() && (name.front() == '"' || name.front() == '\'' || name.front() == ' ')) name.remove_prefix(1);
  name = name.substr(0, name.find_first_of("\"' ;/>"));
  return names_utf16(name) ? "utf-8" : std::string(name);
}

}  // namespace threadline::message
