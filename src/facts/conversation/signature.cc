// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/signature.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/kept_answers.h"
#include "facts/conversation/signature_line.h"
#include "facts/conversation/tokens.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kMostLines = 80, kMostBytes = 32'768;
constexpr std::size_t kMostBelowDelimiter = 25;  ///< filled lines
constexpr std::size_t kMostBelowRuler = 3;       ///< filled lines without any contact
constexpr std::size_t kMostContactLines = 14;    ///< filled lines between a closing or name and the end
constexpr std::size_t kContactLineBytes = 160;
constexpr std::size_t kWrappedBytes = 55;    ///< a line as long as that may have been wrapped: its sentence goes on
constexpr std::size_t kMostLinkedLines = 8;  ///< of a list's footer

/// The last lines of a text, with what they are.
class Ending {
 public:
  explicit Ending(std::string_view text) : text_(text) {
    for (std::size_t end = text.size(); lines_.size() < kMostLines && text.size() - end < kMostBytes;) {
      const std::size_t newline = end == 0 ? std::string_view::npos : text.rfind('\n', end - 1);
      const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
      if (text.size() - begin <= kMostBytes || lines_.empty()) lines_.push_back({begin, text.substr(begin, end - begin), {}});
      if (newline == std::string_view::npos || text.size() - begin > kMostBytes) break;
      end = newline;
    }
    std::ranges::reverse(lines_);
    for (Line& line : lines_) line.text = trimmed_line(line.text.substr(0, kMostBytes));
  }

  [[nodiscard]] Signature signature(std::string_view writer) {
    std::size_t end = end_of_filled(lines_.size());
    const std::size_t footers = above_footers(end);
    std::size_t begin = above_delimiters(footers);
    if (begin == footers) begin = above_contacts(footers, writer);
    begin = above_empty(begin);
    if (begin >= end) return {};
    Signature found{std::string(trimmed_line(text_.substr(lines_[begin].begin))), false};
    for (std::size_t at = begin; at < end; ++at)
      found.mobile = found.mobile || (is_footer(lines_[at]) && is_phone_footer(lines_[at].words()));
    return found;
  }

 private:
  struct Line {
    std::size_t begin = 0;
    std::string_view text;
    mutable std::optional<std::string> plain{};

    /// Of the few lines near the end that are looked at.
    [[nodiscard]] const std::string& words() const {
      if (!plain) plain = plain_words(text);
      return *plain;
    }
  };

  /// "Sent from my cell, excuse typos" is one; in "Sent from my desk, which is not a phone" the device comes too late.
  static bool is_footer(const Line& line) {
    if (!is_program_footer(line.words())) return false;
    const std::size_t comma = line.text.find(',');
    return comma == std::string_view::npos || is_program_footer(plain_words(line.text.substr(0, comma)));
  }

  /// Behind the last filled line before `end`.
  [[nodiscard]] std::size_t end_of_filled(std::size_t end) const {
    while (end > 0 && lines_[end - 1].text.empty()) --end;
    return end;
  }
  [[nodiscard]] std::size_t begin_of_paragraph(std::size_t end) const {
    while (end > 0 && !lines_[end - 1].text.empty()) --end;
    return end;
  }
  [[nodiscard]] std::size_t filled(std::size_t begin, std::size_t end) const {
    return static_cast<std::size_t>(std::count_if(lines_.begin() + static_cast<std::ptrdiff_t>(begin),
                                                  lines_.begin() + static_cast<std::ptrdiff_t>(end),
                                                  [](const Line& line) { return !line.text.empty(); }));
  }
  [[nodiscard]] bool any_contact(std::size_t begin, std::size_t end) const {
    return std::any_of(lines_.begin() + static_cast<std::ptrdiff_t>(begin), lines_.begin() + static_cast<std::ptrdiff_t>(end),
                       [](const Line& line) { return is_contact(line.text); });
  }

  /// Where the footers begin that programs, companies and lists put at the end; `end` where there is none.
  [[nodiscard]] std::size_t above_footers(std::size_t end) const {
    std::size_t begin = end;
    for (std::size_t bottom = end; bottom > 0;) {
      const std::size_t top = begin_of_paragraph(bottom);
      const std::size_t found = std::min(program_footers_in(top, bottom), disclaimer_begin(top, bottom));
      if (found < bottom) {
        begin = found;
      } else if (!is_picture(top, bottom) && !is_line_between(top, bottom, begin < end)) {
        break;
      }
      bottom = end_of_filled(std::min(found, found < bottom ? found : top));
    }
    const std::size_t above = end_of_filled(begin);
    return begin < end && above > 0 && is_ruler(lines_[above - 1].text) ? above - 1 : begin;
  }

  /// The topmost of the programs' footers that end a paragraph; one line between two of them may be something else.
  [[nodiscard]] std::size_t program_footers_in(std::size_t top, std::size_t bottom) const {
    std::size_t begin = bottom;
    for (std::size_t at = bottom; at > top && begin - at < 2; --at) {
      if (is_footer(lines_[at - 1])) begin = at - 1;
    }
    return begin;
  }

  /// A line alone above footers (`below`) and below a program's may be something else, as one within their paragraph may.
  [[nodiscard]] bool is_line_between(std::size_t top, std::size_t bottom, bool below) const {
    const std::size_t above = end_of_filled(top);
    return below && bottom - top == 1 && above > 0 && is_footer(lines_[above - 1]);
  }

  /// The delimiters and rulers right above `end` behind a blank line, which say nothing; else `end`.
  [[nodiscard]] std::size_t above_empty(std::size_t end) const {
    std::size_t begin = end;
    for (std::size_t at = end; at > 0; --at) {
      const std::string_view line = lines_[at - 1].text;
      if (!line.empty() && !is_delimiter(line) && !is_ruler(line)) break;
      if (!line.empty() && at > 1 && lines_[at - 2].text.empty()) begin = at - 1;
    }
    return begin;
  }

  /// Where in a paragraph a disclaimer or a list's footer begins: its telling words, and the wrapped lines before them.
  [[nodiscard]] std::size_t disclaimer_begin(std::size_t top, std::size_t bottom) const {
    std::string words;
    std::vector<std::size_t> ends;
    bool linked = false;
    for (std::size_t at = top; at < bottom; ++at) {
      words += lines_[at].words() + ' ';
      ends.push_back(words.size());
      linked = linked || (bottom - top <= kMostLinkedLines && has_link(lines_[at].text));
    }
    const auto place = disclaimer_in(words, linked);
    if (!place) return bottom;
    std::size_t begin = top + static_cast<std::size_t>(std::ranges::upper_bound(ends, *place) - ends.begin());
    while (begin > top && lines_[begin - 1].text.size() >= kWrappedBytes) --begin;
    while (begin > top && (is_ruler(lines_[begin - 1].text) || is_delimiter(lines_[begin - 1].text))) --begin;
    return begin;
  }

  /// "[image: logo]", "[cid:...]", a ruler: says nothing, and may stand between footers.
  [[nodiscard]] bool is_picture(std::size_t top, std::size_t bottom) const {
    return std::all_of(lines_.begin() + static_cast<std::ptrdiff_t>(top), lines_.begin() + static_cast<std::ptrdiff_t>(bottom),
                       [](const Line& line) {
                         return is_ruler(line.text) || is_delimiter(line.text) ||
                                (line.text.starts_with('[') && line.text.ends_with(']'));
                       });
  }

  /// The delimiter that begins the signature, if one stands above `end` with few enough lines below; else `end`.
  [[nodiscard]] std::size_t above_delimiters(std::size_t end) const {
    std::size_t begin = end;
    bool in_code = false;
    for (std::size_t at = end; at > 0 && filled(at, begin) <= kMostBelowDelimiter; --at) {
      const std::string_view line = lines_[at - 1].text;
      if (line.starts_with("```")) in_code = !in_code;
      if (in_code || at == lines_.size()) continue;
      if (is_delimiter(line) || is_ruler_of_signature(line, at, begin)) {
        if (begin != end && !is_contact_block(at, begin)) break;
        begin = at - 1;
      }
    }
    return begin;
  }

  /// A ruler also divides tables and sections: below it must stand contact lines only, or below underscores a line or two.
  [[nodiscard]] bool is_ruler_of_signature(std::string_view line, std::size_t begin, std::size_t end) const {
    if (!is_ruler(line)) return false;
    return is_contact_block(begin, end) || (line.front() == '_' && filled(begin, end) <= kMostBelowRuler);
  }

  /// Short lines, one of them a contact, none a sentence.
  [[nodiscard]] bool is_contact_block(std::size_t begin, std::size_t end) const {
    if (filled(begin, end) > kMostContactLines || !any_contact(begin, end)) return false;
    std::size_t sentences = 0;
    for (std::size_t at = begin; at < end; ++at) {
      const std::string_view line = lines_[at].text;
      if (line.size() > kContactLineBytes || is_closing(lines_[at].words()) || is_postscript(lines_[at].words())) return false;
      if (is_sentence(line, lines_[at].words())) ++sentences;
    }
    return sentences == 0 || (sentences == 1 && filled(begin, end) >= 4);
  }

  static bool is_postscript(std::string_view words) { return words.starts_with("ps ") || words.starts_with("p s "); }

  static bool is_sentence(std::string_view line, std::string_view words) {
    constexpr std::ptrdiff_t kFewWords = 6;
    return std::ranges::count(words, ' ') >= kFewWords && !is_contact(line) &&
           (line.ends_with('.') || line.ends_with('!') || line.ends_with('?') || line.ends_with(':'));
  }

  /// The closing or the writer's own name that only contact lines follow down to `end`; else `end`.
  [[nodiscard]] std::size_t above_contacts(std::size_t end, std::string_view writer) const {
    std::size_t found = end;
    const std::string name = text::name_key(writer);
    for (std::size_t at = end; at > 0 && filled(at, end) <= kMostContactLines; --at) {
      const Line& line = lines_[at - 1];
      if (is_closing(line.words())) return is_contact_block(at, end) ? at - 1 : found;
      if (is_writer(line.text, name) && is_contact_block(at, end)) found = at - 1;
      if (is_dashed_name(at - 1, name, end)) return std::min(found, at - 1);
    }
    return found;
  }

  /// Whether the words are that name by its key. ASCII with more or fewer letters cannot be.
  static bool is_name(std::string_view words, std::string_view name) {
    const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    const auto is_counted = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto letters = static_cast<std::size_t>(std::ranges::count_if(words, is_counted));
    const auto blanks = static_cast<std::size_t>(std::ranges::count(name, ' '));
    if (letters + blanks != name.size() && std::ranges::all_of(words, is_ascii)) return false;
    return text::name_key(words) == name;
  }

  /// The line is the writer's name, alone or with a title behind it.
  static bool is_writer(std::string_view line, std::string_view name) {
    if (name.find(' ') == std::string_view::npos || line.size() > kContactLineBytes / 2) return false;
    const auto mark = std::ranges::find_if(line, [](char c) { return c == ',' || c == '|' || c == '/' || c == '('; });
    const std::string_view before_mark(line.begin(), mark);
    return is_name(line, name) || (before_mark.size() < line.size() && is_name(before_mark, name));
  }

  /// "-Jane Doe" alone between blank lines, right above footers or the end, where a footer follows or the writer is called so.
  [[nodiscard]] bool is_dashed_name(std::size_t at, std::string_view name, std::size_t end) const {
    std::string_view line = lines_[at].text;
    const bool dashed =
        line.starts_with('-') || line.starts_with('~') || line.starts_with("\u2014") || line.starts_with("\u2013");
    if (!dashed || line.size() > kContactLineBytes / 4 || end_of_filled(end) != at + 1 ||
        (at > 0 && !lines_[at - 1].text.empty()))
      return false;
    const std::string_view words = lines_[at].words();
    if (words.empty() || std::ranges::count(words, ' ') > 2 || is_ruler(line)) return false;
    return end < end_of_filled(lines_.size()) ||
           (" " + std::string(name) + " ").find(" " + std::string(words) + " ") != std::string::npos || is_name(words, name);
  }

  std::string_view text_;
  std::vector<Line> lines_;
};

/// A signature is the end of a text: of two the longer begins first.
void keep_longer(const std::string& found, std::string& signature) {
  if (found.size() > signature.size()) signature = found;
}

}  // namespace

Signature find_signature(std::string_view text, std::string_view writer) {
  if (text.size() > KeptAnswers<Signature>::kMostBytes) return Ending(text).signature(writer);
  thread_local KeptAnswers<Signature> kept;
  std::string question = std::to_string(writer.size()) + ':';
  question.append(writer).append(text);
  return kept.of(question, [&] { return Ending(text).signature(writer); });
}

void find_signatures(Conversation& conversation, std::string_view writer) {
  const Signature own = find_signature(conversation.new_text, writer);
  keep_longer(own.text, conversation.signature);
  conversation.mobile = own.mobile;
  for (QuotedBlock& block : conversation.quoted) keep_longer(find_signature(block.text, block.from.name).text, block.signature);
}

}  // namespace threadline::facts
