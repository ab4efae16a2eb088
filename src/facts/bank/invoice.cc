// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/invoice.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "text/fold.h"

namespace threadline::facts {
namespace {

enum class Meaning { invoice, mark, between, prefix, currency };

struct Word {
  std::string_view text;
  Meaning meaning;
};

constexpr auto kWords = std::to_array<Word>({
#define THREADLINE_INVOICE_WORD(word, meaning) {word, Meaning::meaning},
#include "facts/bank/invoice_words.def"
#undef THREADLINE_INVOICE_WORD
});

constexpr std::size_t kWord = 24;           ///< bytes of a word
constexpr std::size_t kNumber = 32;         ///< bytes of an invoice's number
constexpr std::size_t kMarks = 4;           ///< words and signs between "invoice" and its number
constexpr std::size_t kSigns = 4;           ///< blanks and signs in a row
constexpr std::size_t kFewest = 3;          ///< letters and digits of a number
constexpr std::size_t kPrefixDigits = 4;    ///< digits behind "INV", "RE" without another word
constexpr std::size_t kLongestLetters = 6;  ///< letters in a row inside a number

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_letter(char c) { return is_ascii_letter(c) || static_cast<unsigned char>(c) >= 0x80U; }
bool is_joint(char c) { return c == '-' || c == '/' || c == '_' || c == '.'; }

/// Bytes of the sign of "n\u00b0" or "n\u00ba" at `at`, or 0.
std::size_t degree_at(std::string_view text, std::size_t at) {
  if (text[at] != '\xC2') return 0;
  const std::string_view rest = text.substr(at);
  return rest.starts_with("\u00b0") || rest.starts_with("\u00ba") ? 2 : 0;
}

std::size_t end_of_word(std::string_view text, std::size_t at) {
  while (at < text.size() && is_letter(text[at]) && degree_at(text, at) == 0) ++at;
  return at;
}

constexpr std::size_t kLetters = 26, kMeanings = 5;

/// For each meaning and first letter the lengths of its words, a bit each: nearly no word of a mail has one of these.
constexpr auto kLengths = [] {
  std::array<std::array<std::uint32_t, kLetters>, kMeanings> lengths{};
  for (const Word& word : kWords) {
    if (word.text[0] < 'a' || word.text[0] > 'z') continue;
    lengths[static_cast<std::size_t>(word.meaning)][static_cast<std::size_t>(word.text[0] - 'a')] |= 1U << word.text.size();
  }
  return lengths;
}();

bool may_be_known(std::string_view ascii_word, Meaning meaning) {
  const auto letter = static_cast<std::size_t>((ascii_word[0] | 0x20) - 'a');
  return (kLengths[static_cast<std::size_t>(meaning)][letter] >> ascii_word.size() & 1U) != 0;
}

/// Of a word that is not all ASCII, and has another length when it is folded.
bool may_begin(char first, Meaning meaning) {
  return !is_ascii_letter(first) ||
         kLengths[static_cast<std::size_t>(meaning)][static_cast<std::size_t>((first | 0x20) - 'a')] != 0;
}

bool has_meaning(std::string_view word, Meaning meaning) {
  if (word.empty() || word.size() > kWord) return false;
  const bool is_ascii = std::ranges::all_of(word, is_ascii_letter);
  if (is_ascii ? !may_be_known(word, meaning) : !may_begin(word[0], meaning)) return false;
  const std::string folded = is_ascii ? text::ascii_lower(word) : text::fold(word);
  for (auto found = std::ranges::lower_bound(kWords, folded, {}, &Word::text); found != kWords.end() && found->text == folded;
       ++found) {
    if (found->meaning == meaning) return true;
  }
  return false;
}

/// Whether a word neither announces nor begins an invoice's number, as nearly every word of a mail: the cheap look.
bool is_plain(std::string_view word) {
  return std::ranges::all_of(word, is_ascii_letter) &&
         (word.size() > kWord || (!may_be_known(word, Meaning::prefix) && !may_be_known(word, Meaning::invoice)));
}

/// A number's letters and digits, with the joints between them.
std::string_view token_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end - at <= kNumber) {
    const bool is_inner =
        end > at && is_joint(text[end]) && end + 1 < text.size() && (is_digit(text[end + 1]) || is_ascii_letter(text[end + 1]));
    if (!is_digit(text[end]) && !is_ascii_letter(text[end]) && !is_inner) break;
    ++end;
  }
  return text.substr(at, end - at);
}

/// "2-2-4" of "05/04/2018"; empty where letters stand in it.
std::string shape_of(std::string_view token) {
  std::string shape;
  std::size_t group = 0;
  for (const char c : token) {
    if (is_ascii_letter(c)) return {};
    if (is_digit(c)) {
      ++group;
    } else {
      shape += std::to_string(group) + "-";
      group = 0;
    }
  }
  return shape + std::to_string(group);
}

bool is_year(std::string_view digits) { return digits.size() == 4 && (digits.starts_with("19") || digits.starts_with("20")); }

/// A date, a month, a year, or an amount written with points.
bool is_date_or_amount(std::string_view token, bool is_marked) {
  const std::string shape = shape_of(token);
  constexpr auto kDates = std::to_array<std::string_view>({"2-2-4", "4-2-2", "1-1-4", "1-2-4", "2-1-4", "2-2-2"});
  if (std::ranges::find(kDates, shape) != kDates.end()) return true;
  if (is_marked || shape.empty()) return false;
  if (shape == "4") return is_year(token);
  if (shape == "2-4") return is_year(token.substr(3));
  if (shape == "4-2") return is_year(token.substr(0, 4)) && token.substr(5) <= "12";
  return token.find('.') != std::string_view::npos && (shape.ends_with("-3") || shape.ends_with("-2"));
}

bool is_number(std::string_view token, bool is_marked) {
  const auto digits = static_cast<std::size_t>(std::ranges::count_if(token, is_digit));
  const auto letters = static_cast<std::size_t>(std::ranges::count_if(token, is_ascii_letter));
  if (token.size() > kNumber || digits == 0 || digits + letters < kFewest) return false;
  std::size_t row = 0, longest = 0;
  for (const char c : token) {
    row = is_ascii_letter(c) ? row + 1 : 0;
    longest = std::max(longest, row);
  }
  return longest <= kLongestLetters && !is_date_or_amount(token, is_marked);
}

/// "1200 EUR", "1200,50", "20 %" count something.
bool counts_something(std::string_view text, std::size_t end) {
  if (end + 1 < text.size() && text[end] == ',' && is_digit(text[end + 1])) return true;
  while (end < text.size() && text[end] == ' ') ++end;
  const std::string_view rest = text.substr(end);
  if (rest.starts_with('%') || rest.starts_with('$') || rest.starts_with("\u20ac") || rest.starts_with("\u00a3")) return true;
  return has_meaning(rest.substr(0, std::min(end_of_word(rest, 0), kWord + 1)), Meaning::currency);
}

/// Where the number behind a word for an invoice begins, and whether "no." or ":" announces it.
struct Announced {
  std::size_t at = 0;
  bool is_marked = false;
};

Announced announced_at(std::string_view text, std::size_t at) {
  Announced place{at, false};
  for (std::size_t step = 0; step < kMarks; ++step) {
    for (std::size_t signs = 0; place.at < text.size() && signs < kSigns; ++signs) {
      const std::size_t degree = degree_at(text, place.at);
      if (degree == 0 && std::string_view(" .:#-_(\t").find(text[place.at]) == std::string_view::npos) break;
      place.is_marked = place.is_marked || text[place.at] == ':' || text[place.at] == '#';
      place.at += std::max<std::size_t>(degree, 1);
    }
    const std::size_t end = std::min(end_of_word(text, place.at), place.at + kWord + 1);
    const std::string_view word = text.substr(place.at, end - place.at);
    const bool is_mark = has_meaning(word, Meaning::mark) && (end >= text.size() || !is_digit(text[end]) || word.size() > 1);
    if (!is_mark && !has_meaning(word, Meaning::between)) break;
    place.is_marked = place.is_marked || is_mark;
    place.at = end;
  }
  return place;
}

/// The number behind the word for an invoice that ends at `end`, or nothing.
std::string_view announced(std::string_view text, std::size_t end) {
  const Announced place = announced_at(text, end);
  const std::string_view token = token_at(text, place.at);
  return is_number(token, place.is_marked) && !counts_something(text, place.at + token.size()) ? token : std::string_view{};
}

/// A number with the beginning that programs give it: "INV-4711"; two letters are one in capitals only.
std::string_view prefixed_at(std::string_view text, std::size_t at, std::string_view word) {
  if (!has_meaning(word, Meaning::prefix)) return {};
  if (word.size() < 3 && std::ranges::any_of(word, [](char c) { return c >= 'a' && c <= 'z'; })) return {};
  const std::string_view token = token_at(text, at);
  const auto digits = static_cast<std::size_t>(std::ranges::count_if(token, is_digit));
  return digits >= kPrefixDigits && is_number(token, true) ? token : std::string_view{};
}

/// Finds numbers in one text and tells where each ends.
template <class Found>
void scan(std::string_view text, const Found& found) {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_letter(text[at])) {
      ++at;
      continue;
    }
    const std::size_t end = std::max(end_of_word(text, at), at + 1);
    const std::string_view word = text.substr(at, end - at);
    if (is_plain(word)) {
      at = end;
      continue;
    }
    const bool is_inside = at > 0 && is_digit(text[at - 1]);
    std::string_view token = is_inside ? std::string_view{} : prefixed_at(text, at, word);
    if (token.empty() && !is_inside && has_meaning(word, Meaning::invoice)) token = announced(text, end);
    if (!token.empty()) found(token);
    at = token.empty() ? end : static_cast<std::size_t>(token.data() + token.size() - text.data());
  }
}

class Reader {
 public:
  Reader(const InvoicePlaces& places, const Limits& limits, std::vector<Note>& notes)
      : places_(places), limits_(limits), notes_(notes) {}

  std::vector<Invoice> read() {
    const Span subject{.part = "header"};
    scan(places_.subject, [&](std::string_view token) { keep(token, -1, "subject", subject); });
    const std::string_view body = places_.body.text;
    if (places_.conversation.segments.empty()) read_stretch(0, body.size(), -1);
    for (const Segment& segment : places_.conversation.segments) {
      if (!segment.introduction) read_stretch(segment.begin, std::min<std::size_t>(segment.end, body.size()), segment.block);
    }
    for (const message::Attachment& attachment : places_.attachments) {
      const std::string_view name = std::string_view(attachment.name).substr(0, attachment.name.rfind('.'));
      scan(name, [&](std::string_view token) { keep(token, -1, "attachment", Span{.part = attachment.part}); });
    }
    return std::move(invoices_);
  }

 private:
  void read_stretch(std::size_t begin, std::size_t end, std::int32_t block) {
    if (begin >= end) return;
    const std::string_view text = std::string_view(places_.body.text).substr(begin, end - begin);
    scan(text, [&](std::string_view token) {
      const auto at = begin + static_cast<std::size_t>(token.data() - text.data());
      keep(token, block, "body", places_.body.span_of(at, at + token.size()));
    });
  }

  void keep(std::string_view token, std::int32_t block, std::string_view where, Span span) {
    if (invoices_.size() >= limits_.invoices) {
      if (!is_noted_) notes_.push_back({"limit", "invoices", std::move(span)});
      is_noted_ = true;
      return;
    }
    std::string number;
    for (const char c : token) {
      if (!is_joint(c)) number += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    invoices_.push_back({std::move(number), std::string(token), block, std::string(where), std::move(span)});
  }

  const InvoicePlaces& places_;
  const Limits& limits_;
  std::vector<Note>& notes_;
  std::vector<Invoice> invoices_;
  bool is_noted_ = false;
};

}  // namespace

std::vector<Invoice> read_invoices(const InvoicePlaces& places, const Limits& limits, std::vector<Note>& notes) {
  return Reader(places, limits, notes).read();
}

}  // namespace threadline::facts
