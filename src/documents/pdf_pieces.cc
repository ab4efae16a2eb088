// SPDX-License-Identifier: Apache-2.0
#include "documents/pdf_pieces.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/utf8.h"
#include "text/charset.h"

namespace threadline::documents {
namespace {

/// The number that `text` begins with, which it loses with the colon behind it; 0 where it is none.
std::uint64_t number_before_colon(std::string_view& text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(std::min(text.find(':'), text.size() - std::min<std::size_t>(text.size(), 1)));
  text.remove_prefix(std::min<std::size_t>(text.size(), 1));
  return number;
}

constexpr std::size_t kMarkBytes = 4;  ///< of a letter beyond U+FFFF in UTF-8

/// The letter of four bytes that stands there, or 0.
std::uint32_t long_letter(std::string_view text, std::size_t at) {
  constexpr unsigned char kFour = 0xF0;
  if ((static_cast<unsigned char>(text[at]) & 0xF8U) != kFour || at + kMarkBytes > text.size()) return 0;
  std::uint32_t letter = static_cast<unsigned char>(text[at]) & 0x07U;
  for (std::size_t i = 1; i < kMarkBytes; ++i) letter = letter << 6U | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  return letter;
}

void add_hidden(DocumentText& to, std::uint32_t mark) {
  const bool is_colour = mark < pdf_mark(PdfHiding::size);
  const auto why = is_colour ? text::Hiding::same_colour : text::Hiding::zero_size;
  const std::uint64_t begin = to.content.size();
  append_utf8(to.content, mark % kLettersOfPdfMark);
  const bool goes_on = !to.hidden.empty() && to.hidden.back().end == begin && to.hidden.back().why == why;
  if (goes_on) {
    to.hidden.back().end = to.content.size();
  } else {
    to.hidden.push_back({begin, to.content.size(), why});
  }
}

/// Stretches with nothing but blanks between them as one each.
std::vector<text::HiddenRange> joined(const DocumentText& page) {
  std::vector<text::HiddenRange> runs;
  for (const text::HiddenRange& range : page.hidden) {
    const auto from = runs.empty() ? 0 : runs.back().end;
    const bool goes_on = !runs.empty() && page.content.find_first_not_of(' ', from) >= range.begin;
    if (goes_on) {
      runs.back().end = range.end;
    } else {
      runs.push_back(range);
    }
  }
  return runs;
}

/// Hides in a page what another view of it hides, where that is as long as an account and stands there once.
void hide_long_ones(const DocumentText& page, std::string_view plain, DocumentText& text) {
  constexpr std::size_t kLong = 8, kMost = 16, kSearched = 256, kPage = 1U << 16U;
  if (plain.size() > kPage) return;
  const auto begin = static_cast<std::uint64_t>(plain.data() - text.content.data());
  std::size_t searched = 0;
  for (const text::HiddenRange& run : joined(page)) {
    const auto words = std::string_view(page.content).substr(run.begin, run.end - run.begin);
    if (words.size() < kLong || ++searched > kMost) continue;
    const auto first = words.substr(0, kSearched);
    const auto at = plain.find(first);
    if (at == std::string_view::npos || plain.find(first, at + 1) != std::string_view::npos) continue;
    if (!plain.substr(at).starts_with(words)) continue;
    text.hidden.push_back({begin + at, begin + at + words.size(), run.why});
  }
}

/// Lines of what each element holds of its own.
class FormWords final : public text::XmlReceiver {
 public:
  bool begin(std::string_view /*name*/, const text::XmlAttributes& /*attributes*/) override {
    end_line();
    return true;
  }
  void text(std::string_view words) override { words_ += words; }
  void end(std::string_view /*name*/) override { end_line(); }
  std::string take() { return std::move(words_); }

 private:
  void end_line() {
    if (!words_.empty() && words_.back() != '\n') words_ += '\n';
  }

  std::string words_;
};

}  // namespace

std::vector<ReadPiece> read_pieces(std::string_view behind) {
  std::vector<ReadPiece> pieces;
  while (!behind.empty()) {
    const auto kind = static_cast<PdfPiece>(number_before_colon(behind));
    const auto page = static_cast<std::uint32_t>(number_before_colon(behind));
    const auto length = static_cast<std::size_t>(number_before_colon(behind));
    pieces.push_back({kind, page, behind.substr(0, length)});
    behind.remove_prefix(std::min(length, behind.size()));
  }
  return pieces;
}

DocumentText unmarked(std::string_view marked) {
  DocumentText text;
  for (std::size_t at = 0; at < marked.size();) {
    const std::uint32_t letter = long_letter(marked, at);
    if (letter >= kFirstPdfMark) {
      add_hidden(text, letter);
      at += kMarkBytes;
    } else {
      text.content += marked[at++];
    }
  }
  return text;
}

std::vector<std::string_view> pages_of(std::string_view text) {
  std::vector<std::string_view> pages;
  while (!text.empty()) {
    const auto end = std::min(text.find('\f'), text.size());
    pages.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pages;
}

bool hide_in_page(const DocumentText& page, std::string_view plain, DocumentText& text) {
  std::string_view content = page.content;
  if (content.ends_with('\f')) content.remove_suffix(1);
  if (content != plain) {
    if (!plain.empty()) hide_long_ones(page, plain, text);
    return false;
  }
  const auto begin = static_cast<std::uint64_t>(plain.data() - text.content.data());
  for (const text::HiddenRange& range : page.hidden) text.hidden.push_back({range.begin + begin, range.end + begin, range.why});
  return true;
}

std::string words_of_form(std::string_view xml, const text::XmlBounds& bounds, std::vector<Note>& notes) {
  FormWords words;
  for (Note& note : text::walk_xml(xml, bounds, words)) notes.push_back(std::move(note));
  return text::valid_utf8(words.take());
}

}  // namespace threadline::documents
