// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/marked_introductions.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "facts/conversation/tokens.h"
#include "facts/conversation/written_date.h"
#include "text/mailbox.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kAttributionLines = 4;  ///< over which one wraps
constexpr std::size_t kAttributionBytes = 700;
constexpr std::size_t kBlockLines = 12;  ///< of a header block without known labels
constexpr std::size_t kLabelBytes = 40;
constexpr std::size_t kHeadLines = 3;  ///< filled lines of a container among which its introduction begins

/// The filled lines of a body, and which of them introductions take.
class FilledLines {
 public:
  FilledLines(const std::vector<Line>& lines, const std::vector<Introduction>& introductions)
      : lines_(lines), introductions_(introductions) {
    for (std::size_t line = 0; line < lines.size(); ++line) {
      if (!lines[line].blank) filled_.push_back(line);
    }
  }

  [[nodiscard]] std::size_t size() const { return filled_.size(); }
  [[nodiscard]] std::size_t line(std::size_t filled) const { return filled_[filled]; }
  [[nodiscard]] const Line& operator[](std::size_t filled) const { return lines_[filled_[filled]]; }

  /// The first filled line that begins at a place of the text or behind it.
  [[nodiscard]] std::size_t from_place(std::size_t place) const {
    const auto found = std::ranges::lower_bound(filled_, place, {}, [&](std::size_t line) { return lines_[line].begin; });
    return static_cast<std::size_t>(found - filled_.begin());
  }
  [[nodiscard]] std::size_t from_line(std::size_t line) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(filled_, line) - filled_.begin());
  }

  /// Whether an introduction takes a line of [first, last].
  [[nodiscard]] bool is_taken(std::size_t first, std::size_t last) const {
    const auto found = std::ranges::lower_bound(introductions_, first, {}, &Introduction::last);
    return found != introductions_.end() && found->first <= last;
  }
  /// Whether one ends right before a filled line, or begins among it and those behind it, before `end`.
  [[nodiscard]] bool is_introduced(std::size_t filled, std::size_t end) const {
    if (filled > 0 && is_taken(line(filled - 1), line(filled - 1)) && !is_taken_on(filled)) return true;
    const std::size_t last = std::min({filled + kHeadLines, end, filled_.size()});
    return last > filled && is_taken(line(filled), line(last - 1));
  }

 private:
  /// Whether one introduction takes this filled line and the one before it.
  [[nodiscard]] bool is_taken_on(std::size_t filled) const {
    const auto found = std::ranges::lower_bound(introductions_, line(filled), {}, &Introduction::last);
    return found != introductions_.end() && found->first < line(filled);
  }

  const std::vector<Line>& lines_;
  const std::vector<Introduction>& introductions_;
  std::vector<std::size_t> filled_;
};

/// With a colon, or with the dashes of Zoho and Notes.
bool ends_like_attribution(std::string_view words) {
  return words.ends_with(':') || words.ends_with("\uff1a") || words.ends_with("\u17d6") || words.ends_with("--");
}

/// "Zitat von Max <max@firm.example>:", in whatever language.
bool ends_with_author(std::string_view words) {
  if (!words.ends_with(':')) return false;
  words = trimmed_line(words.substr(0, words.size() - 1));
  const bool is_closed = words.ends_with('>') || words.ends_with(')');
  if (is_closed) words.remove_suffix(1);
  const std::size_t begin = words.find_last_of(" \t<(") + 1;
  const std::size_t at = words.find('@', begin);
  return at != std::string_view::npos && at > begin && words.find('.', at) != std::string_view::npos;
}

/// The lines of [begin, last] that end at the filled line `last` without a blank one between them.
std::size_t first_of_paragraph(const FilledLines& filled, std::size_t begin, std::size_t last) {
  std::size_t first = last;
  while (first > begin && last - first + 1 < kAttributionLines && filled.line(first - 1) + 1 == filled.line(first)) --first;
  return first;
}

/// Whether what follows the filled line `last` is quoted: deeper, in a container of its own, or in the same one.
bool is_before_quote(const FilledLines& filled, std::size_t last, std::size_t text_end) {
  if (last + 1 >= filled.size()) return false;
  const Line& next = filled[last + 1];
  if (next.depth > filled[last].depth || next.opened_end > 0) return true;
  return next.container_end < text_end && next.container_end == filled[last].container_end;
}

/// "Label: value" in whatever language; nothing for a sentence.
std::string_view value_of_label(std::string_view words) {
  const std::string_view head = words.substr(0, kLabelBytes);
  const std::size_t ascii = head.find(':'), wide = head.find("\uff1a");
  const std::size_t colon = std::min(ascii, wide);
  if (colon == std::string_view::npos || colon == 0) return {};
  if (head.substr(0, colon).find_first_of("@0123456789.") != std::string_view::npos) return {};
  return trimmed_line(words.substr(colon + (wide < ascii ? 3 : 1)));
}

/// "To:", "Cc:" name no sender.
bool is_label_of_recipient(const Line& line) {
  return line.label != nullptr && std::ranges::all_of(*line.label, [](const LabelUse& use) {
           return use.field == QuoteField::to || use.field == QuoteField::cc;
         });
}

/// Lines of labels that no table has, the first with an address and one with a date. Source: all clients of Microsoft begin with
/// the sender.
std::optional<Introduction> block_by_shape(const ReadText& body, const FilledLines& filled, std::size_t first, int offset) {
  Introduction found;
  std::size_t last = first;
  for (; last < std::min(filled.size(), first + kBlockLines) && filled[last].depth == filled[first].depth; ++last) {
    const std::string_view value = value_of_label(words_of(body, filled[last]));
    if (value.empty() || value.size() > kAttributionBytes) break;
    if (last == first) {
      const text::Mailbox sender = text::read_mailbox(value);
      if (sender.address.find('@') == std::string::npos || is_label_of_recipient(filled[first])) return std::nullopt;
      found.from = {sender.name, sender.address};
    } else if (const auto date = find_date(value, {}); date && !found.date) {
      found.date_text = std::string(value);
      found.date = stamp_of(*date, value, offset);
    }
  }
  if (last < first + 3 || !found.date) return std::nullopt;
  found.first = filled.line(first);
  found.last = filled.line(last - 1);
  return found;
}

/// Looks for the introduction that one mark promises.
class Finder {
 public:
  Finder(const ReadText& body, const std::vector<Line>& lines, const std::vector<Introduction>& known, int offset)
      : body_(body), lines_(lines), filled_(lines, known), offset_(offset) {}

  std::optional<Introduction> attribution(const HtmlMark& mark) const {
    const std::size_t begin = filled_.from_place(mark.begin), end = filled_.from_place(mark.end);
    return end == begin ? std::nullopt : paragraph(begin, end - 1);
  }

  std::optional<Introduction> headers(const HtmlMark& mark) const {
    const std::size_t first = filled_.from_place(mark.begin);
    if (first >= filled_.size() || filled_.is_taken(filled_.line(first), filled_.line(first))) return std::nullopt;
    return block_by_shape(body_, filled_, first, offset_);
  }

  /// The line right before a blockquote, where its end is an address.
  std::optional<Introduction> author(const HtmlMark& cited) const {
    const std::size_t begin = filled_.from_place(cited.begin);
    if (begin == 0 || begin >= filled_.size() || filled_[begin - 1].depth >= filled_[begin].depth) return std::nullopt;
    if (!ends_with_author(words_of(body_, filled_[begin - 1]))) return std::nullopt;
    return paragraph(begin - 1, begin - 1);
  }

  /// The line between the begin of a container and the blockquote in it.
  std::optional<Introduction> between(const HtmlMark& container, const HtmlMark& cited) const {
    const std::size_t begin = filled_.from_place(container.begin), end = filled_.from_place(cited.begin);
    if (end <= begin || end - begin > kAttributionLines || !ends_like_attribution(words_of(body_, filled_[end - 1])))
      return std::nullopt;
    return paragraph(begin, end - 1);
  }

 private:
  std::optional<Introduction> paragraph(std::size_t begin, std::size_t last) const {
    const std::size_t first = first_of_paragraph(filled_, begin, last);
    if (filled_.is_taken(filled_.line(first), filled_.line(last)) || !is_before_quote(filled_, last, body_.text.size()))
      return std::nullopt;
    return marked_attribution(body_, lines_, filled_.line(first), filled_.line(last), offset_);
  }

  const ReadText& body_;
  const std::vector<Line>& lines_;
  FilledLines filled_;
  int offset_;
};

/// The first blockquote that quotes among the marks behind `container`, which are in it.
const HtmlMark* cited_in(const std::vector<HtmlMark>& marks, std::size_t container) {
  const std::size_t next = container + 1;
  for (std::size_t index = next; index < std::min(marks.size(), next + kHeadLines); ++index) {
    if (marks[index].begin >= marks[container].end) break;
    if (marks[index].deepens) return &marks[index];
  }
  return nullptr;
}

std::optional<Introduction> find_for(const Finder& finder, const std::vector<HtmlMark>& marks, std::size_t index) {
  switch (marks[index].kind) {
    case MarkKind::attribution: return finder.attribution(marks[index]);
    case MarkKind::headers:
    case MarkKind::divider: return finder.headers(marks[index]);
    case MarkKind::container: {
      const HtmlMark* cited = cited_in(marks, index);
      return cited == nullptr ? std::nullopt : finder.between(marks[index], *cited);
    }
    case MarkKind::cited:
    case MarkKind::cited_inside: return finder.author(marks[index]);
    default: return std::nullopt;
  }
}

/// Both in their order; of two that overlap the first stays.
void merge(std::vector<Introduction> found, std::vector<Introduction>& introductions) {
  std::ranges::sort(found, {}, &Introduction::first);
  std::vector<Introduction> all;
  all.reserve(introductions.size() + found.size());
  std::ranges::merge(
      std::make_move_iterator(introductions.begin()), std::make_move_iterator(introductions.end()),
      std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()), std::back_inserter(all), {},
      [](const Introduction& one) { return one.first; }, [](const Introduction& one) { return one.first; });
  introductions.clear();
  for (Introduction& one : all) {
    if (introductions.empty() || introductions.back().last < one.first) introductions.push_back(std::move(one));
  }
}

/// Whether a mark's lines are quoted deeper than those around it.
class Decision {
 public:
  Decision(const std::vector<Line>& lines, const std::vector<Introduction>& introductions)
      : filled_(lines, introductions), first_(introductions.empty() ? lines.size() : introductions.front().first) {}

  [[nodiscard]] bool deepens(const HtmlMark& mark, bool begins_cited) {
    const std::size_t begin = filled_.from_place(mark.begin), end = filled_.from_place(mark.end);
    if (begin >= end) return mark.deepens;
    switch (mark.kind) {
      case MarkKind::cited: return true;
      case MarkKind::cited_perhaps: return filled_.is_introduced(begin, end) || (!is_all(begin, end) && !is_above_first(begin));
      case MarkKind::cited_inside: return filled_.is_introduced(begin, end) || (has_first() && !is_above_first(begin));
      case MarkKind::container:
        if (mark.end <= promoted_end_ || begins_cited || filled_.is_introduced(begin, end) || is_all(begin, end)) return false;
        promoted_end_ = mark.end;
        return true;
      case MarkKind::rest: return !filled_.is_introduced(begin, end);
      default: return false;
    }
  }

 private:
  [[nodiscard]] bool has_first() const { return first_ < filled_.line(filled_.size() - 1); }
  [[nodiscard]] bool is_above_first(std::size_t begin) const { return has_first() && filled_.line(begin) < first_; }
  [[nodiscard]] bool is_all(std::size_t begin, std::size_t end) const { return begin == 0 && end == filled_.size(); }

  FilledLines filled_;
  std::size_t first_;             // line of the first introduction
  std::size_t promoted_end_ = 0;  // of the last container that deepens: those in it do not
};

}  // namespace

void add_marked_introductions(const ReadText& body, const std::vector<Line>& lines, const std::vector<HtmlMark>& marks,
                              int carrier_offset_minutes, std::vector<Introduction>& introductions) {
  if (marks.empty()) return;
  const Finder finder(body, lines, introductions, carrier_offset_minutes);
  std::vector<Introduction> found;
  for (std::size_t index = 0; index < marks.size(); ++index) {
    auto introduction = find_for(finder, marks, index);
    if (!introduction) continue;
    introduction->style =
        std::string(name_of(introduction->form)) + (introduction->style.empty() ? "" : " ") + introduction->style;
    found.push_back(std::move(*introduction));
  }
  if (!found.empty()) merge(std::move(found), introductions);
}

bool settle(const std::vector<Line>& lines, const std::vector<Introduction>& introductions, std::vector<HtmlMark>& marks) {
  if (marks.empty()) return false;
  Decision decision(lines, introductions);
  bool is_changed = false;
  for (std::size_t index = 0; index < marks.size(); ++index) {
    const HtmlMark* cited = marks[index].kind == MarkKind::container ? cited_in(marks, index) : nullptr;
    const bool begins_cited = cited != nullptr && cited->begin == marks[index].begin;
    const bool deepens = decision.deepens(marks[index], begins_cited);
    is_changed |= std::exchange(marks[index].deepens, deepens) != deepens;
  }
  return is_changed;
}

}  // namespace threadline::facts
