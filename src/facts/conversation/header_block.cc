// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <initializer_list>

#include "facts/conversation/header_fields.h"
#include "facts/conversation/introduction.h"
#include "facts/conversation/quote_words.h"
#include "facts/conversation/tokens.h"
#include "facts/conversation/written_date.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kBlockLines = 60;      ///< lines of one header block, long lists of recipients included
constexpr std::size_t kValueBytes = 65'536;  ///< of one field
constexpr std::size_t kWrapColumn = 68;      ///< clients wrap behind it
constexpr std::size_t kWrappedLines = 8;     ///< of one value, looked at ahead
constexpr std::size_t kBareBytes = 120;      ///< of a line whose label has no colon

struct Collected {
  std::vector<HeaderField> fields;
  std::size_t last = 0;
  bool spaced = true;  ///< a blank line between all of them
};

/// How many stars open the line: a client that writes bold labels puts them before the label and behind its colon.
std::size_t stars_before(std::string_view words) { return std::min(words.find_first_not_of('*'), words.size()); }

/// "*Label: *value", "**Label:** value", "*Label: **bold value*"; stars of the value's own stay.
std::string value_of(const ReadText& body, const Line& line) {
  std::string_view value = trimmed_line(std::string_view(body.text).substr(line.value, line.end - line.value));
  const std::size_t of_label = stars_before(words_of(body, line));
  const std::size_t closing = std::min(of_label, stars_before(value));
  if (closing == 0) return std::string(value);
  value = trimmed_line(value.substr(closing));
  if (value.size() > 2 && value.starts_with('*') && value.ends_with('*')) value = value.substr(1, value.size() - 2);
  std::string plain(value);
  const std::string mark(of_label, '*');  // "<x@firm.example>**On Behalf Of** y"
  for (std::size_t at = plain.find(mark); of_label > 1 && at != plain.npos; at = plain.find(mark, at))
    plain.replace(at, of_label, " ");
  return plain;
}

std::size_t next_filled(const std::vector<Line>& lines, std::size_t at) {
  std::size_t next = at + 1;
  while (next < lines.size() && next < at + 4 && lines[next].blank) ++next;
  return next;
}

bool is_label_at(const std::vector<Line>& lines, std::size_t at, std::uint32_t depth) {
  return at < lines.size() && lines[at].depth == depth && lines[at].label != nullptr;
}

bool is_list(const HeaderField& field) {
  return std::ranges::any_of(*field.uses,
                             [](const LabelUse& use) { return use.field == QuoteField::to || use.field == QuoteField::cc; });
}

/// Whether a line is so long that the first word of the next did not fit.
bool is_full(const ReadText& body, const Line& line, const Line& next) {
  const std::string_view words = words_of(body, next);
  return line.end - line.begin + 1 + std::min(words.find(' '), words.size()) > kWrapColumn;
}

/// Whether from that line on only wrapped lines stand before a label, a blank line, the end or another depth.
bool is_wrapped_rest(const ReadText& body, const std::vector<Line>& lines, std::size_t at) {
  for (std::size_t line = at; line < at + kWrappedLines; ++line) {
    if (line >= lines.size() || lines[line].blank || lines[line].depth != lines[at].depth || lines[line].label != nullptr)
      return line > at;
    if (!is_full(body, lines[line - 1], lines[line])) return false;
  }
  return false;
}

/// A list of persons whose last one lacks the address that the others have.
bool is_cut_person(std::string_view value) {
  const std::size_t cut = value.find_last_of(";,");
  const std::size_t open = value.rfind('<'), close = value.rfind('>');
  if (open != std::string_view::npos && (close == std::string_view::npos || close < open)) return true;
  return cut != std::string_view::npos && value.find('@') < cut && value.find('@', cut) == std::string_view::npos;
}

/// A line drawn across the page, without words.
bool is_rule(std::string_view words) {
  return is_dashed(words) && words.find_first_not_of("-_=* \u2010\u2014\u2500") == std::string_view::npos;
}

/// Whether a line that is no label goes on with the value before it. A label behind it that the block has begins another block;
/// what is drawn across the page ends one.
bool is_continuation(const ReadText& body, const std::vector<Line>& lines, std::size_t at, const Collected& block) {
  const Line& line = lines[at];
  const HeaderField& field = block.fields.back();
  const std::string& value = field.value;
  const std::string_view words = words_of(body, line);
  if (is_rule(words) || separator_at(body, lines, at)) return false;
  if (value.empty() || value.ends_with(';') || value.ends_with(',')) return true;
  const bool has_address = words.find('@') != std::string_view::npos;
  if (is_list(field) && has_address && is_cut_person(value)) return true;
  const char first = line.body < line.end ? body.text[line.body] : 'x';
  const bool indented = (first == ' ' || first == '\t') && !body.html;
  if (indented && has_address && value.find('@') != std::string::npos) return true;
  const bool goes_on = is_label_at(lines, at + 1, line.depth) && !is_among(block.fields, lines[at + 1].label);
  return goes_on || is_wrapped_rest(body, lines, at);
}

void append(std::string& value, std::string_view words) {
  if (value.size() + words.size() > kValueBytes) return;
  if (!value.empty()) value += ' ';
  value += words;
}

bool may_be(const std::vector<LabelUse>* label, std::initializer_list<QuoteField> fields) {
  return std::ranges::any_of(*label, [&](const LabelUse& use) { return std::ranges::count(fields, use.field) > 0; });
}

/// Whether two labels may name the same of the fields that a block has once.
bool is_same_field(const std::vector<LabelUse>* one, const std::vector<LabelUse>* other) {
  static constexpr std::array kOnce = {QuoteField::from, QuoteField::to, QuoteField::cc, QuoteField::subject, QuoteField::date};
  if (may_be(one, {QuoteField::sender}) && may_be(other, {QuoteField::from})) return true;
  return std::ranges::any_of(kOnce, [&](QuoteField field) { return may_be(one, {field}) && may_be(other, {field}); });
}

/// Whether the block has a sender, and the label may name another. Right behind the first, who has an address, he is the one who
/// sent it for him ("De :", "De la part de :").
bool is_second_sender(const Collected& block, const std::vector<LabelUse>* label) {
  const auto sender =
      std::ranges::find_if(block.fields, [](const HeaderField& field) { return may_be(field.uses, {QuoteField::from}); });
  if (sender == block.fields.end() || !may_be(label, {QuoteField::from})) return false;
  return sender + 1 != block.fields.end() || sender->value.find('@') == std::string::npos;
}

/// Takes the line into the block; false when it is not of it.
bool take_line(const ReadText& body, const std::vector<Line>& lines, std::size_t at, Collected& block) {
  const Line& line = lines[at];
  if (line.label != nullptr) {
    if (is_among(block.fields, line.label) || is_second_sender(block, line.label)) return false;
    block.fields.push_back({line.label, value_of(body, line)});
  } else {
    if (block.fields.empty() || !is_continuation(body, lines, at, block)) return false;
    append(block.fields.back().value, words_of(body, line));
  }
  block.last = at;
  return true;
}

Collected collect(const ReadText& body, const std::vector<Line>& lines, std::size_t at) {
  Collected block;
  const std::uint32_t depth = lines[at].depth;
  for (std::size_t line = at; line < std::min(lines.size(), at + kBlockLines); ++line) {
    if (lines[line].blank) {
      const std::size_t next = next_filled(lines, line);
      if ((block.fields.size() >= 4 && !block.spaced) || !is_label_at(lines, next, depth)) break;
      line = next;
    } else if (!block.fields.empty()) {
      block.spaced = false;
    }
    if (lines[line].depth != depth || !take_line(body, lines, line, block)) break;
  }
  return block;
}

/// The first line behind `at` whose label is one, the sender's where `sends`; `last` + 1 where the block has none.
std::size_t label_behind(const std::vector<Line>& lines, std::size_t at, std::size_t last, bool sends) {
  for (++at; at <= last; ++at) {
    if (lines[at].label != nullptr && (!sends || may_be(lines[at].label, {QuoteField::from}))) break;
  }
  return at;
}

/// Whether more lines from `first` on say what its label says than there are messages: the labels up to `last`, and those right
/// behind, as blocks of messages without words stand (GMX writes the date first, twice of two).
bool is_repeated(const std::vector<Line>& lines, std::size_t first, std::size_t last) {
  std::size_t same = 0, messages = 0;
  for (std::size_t at = first; at < std::min(lines.size(), first + kBlockLines); ++at) {
    if (lines[at].blank) continue;
    if (lines[at].depth != lines[first].depth || (lines[at].label == nullptr && at > last)) break;
    if (lines[at].label == nullptr) continue;
    same += at == first || is_same_field(lines[first].label, lines[at].label) ? 1U : 0U;
    messages += may_be(lines[at].label, {QuoteField::from}) ? 1U : 0U;
  }
  return same > messages;
}

/// Whether what begins at line `at` is the block of a message without the label at `first`: with its date, and what that label
/// says once more or all that a client writes. No block begins with a copy's recipients or what is attached, but `below_rule`
/// (Hotmail: "<hr>To: ...", Notes: "-----X wrote: -----" and "To: ...").
bool stands_alone(const ReadText& body, const std::vector<Line>& lines, std::size_t first, std::size_t at, bool below_rule) {
  const Collected block = collect(body, lines, at);
  const std::vector<LabelUse>* label = lines[first].label;
  const auto introduction = read_fields(block.fields, false, 0);
  if (!introduction || (!introduction->date && introduction->date_text.empty())) return false;
  if (std::ranges::any_of(block.fields, [&](const HeaderField& field) { return is_same_field(label, field.uses); }))
    return is_repeated(lines, first, block.last);
  if (below_rule) return false;
  if (!may_be(label, {QuoteField::from, QuoteField::sender, QuoteField::to, QuoteField::subject, QuoteField::date})) return true;
  if (!may_be(lines[at].label, {QuoteField::from})) return false;
  return !introduction->subject.empty() || introduction->is_sent || lines[at].is_ruled;
}

/// Whether somebody or something says right above a block that it begins there: the markup that holds it, the attribution above
/// (Notes: "-----X wrote: -----", then "To:"), or its depth.
bool is_begun(const ReadText& body, const std::vector<Line>& lines, std::size_t at) {
  std::size_t above = at;
  while (above > 0 && lines[above - 1].blank) --above;
  if (lines[at].opened_end > 0 || above == 0) return lines[at].opened_end > 0;
  return lines[above - 1].depth < lines[at].depth || attribution_at(body, lines, above - 1, 0, 0).has_value();
}

/// Whether a line is drawn across the page right above.
bool is_below_rule(const ReadText& body, const std::vector<Line>& lines, std::size_t at) {
  if (lines[at].is_ruled) return true;
  std::size_t above = at;
  while (above > 0 && lines[above - 1].blank) --above;
  return above > 0 && is_dashed(words_of(body, lines[above - 1]));
}

/// Whether the label at `at` is the last line of a letter ("Subject: payment to ...") that ends right above the block. A
/// heuristic: clients that begin with the sender, as most do, write all there is to say behind him, and none says a thing twice.
bool is_above_block(const ReadText& body, const std::vector<Line>& lines, std::size_t at, std::size_t last) {
  if (may_be(lines[at].label, {QuoteField::from})) return false;
  const std::size_t next = label_behind(lines, at, last, false), sender = label_behind(lines, at, last, true);
  const bool below_rule = is_below_rule(body, lines, at);
  const bool is_above = (next <= last && stands_alone(body, lines, at, next, below_rule)) ||
                        (sender <= last && sender != next && stands_alone(body, lines, at, sender, below_rule));
  return is_above && !is_begun(body, lines, at);
}

/// What the fields of a mail begin with that no client prints for people ("Return-Path: <x@y>", "X-Mailer: y"). "E-mail:" is
/// none. Source: IANA, "Permanent Message Header Field Names".
constexpr std::array<std::string_view, 15> kRawFields = {"ARC-",     "Accept-",    "Authentication-", "Auto-",   "Content-",
                                                         "DKIM-",    "Delivered-", "Envelope-",       "List-",   "MIME-",
                                                         "Received", "Return-P",   "Thread-",         "User-Ag", "X-"};

bool is_raw_field(std::string_view words) {
  const bool known = std::ranges::any_of(kRawFields, [&](std::string_view begin) { return words.starts_with(begin); });
  const std::string_view name = words.substr(0, words.find(':'));
  return known && name.size() < words.size() && name.find(' ') == std::string_view::npos;
}

/// Header fields pasted into a letter: a raw field stands right before or behind them, and the date has its zone as in a mail's
/// header (most clients that reply write none). So nobody takes a client's block away by a line above it.
bool is_pasted(const ReadText& body, const std::vector<Line>& lines, const Introduction& block) {
  if (block.is_sent || (block.date && block.date->basis == ZoneBasis::assumed)) return false;
  const auto raw = [&](std::size_t at) { return lines[at].label == nullptr && is_raw_field(words_of(body, lines[at])); };
  return (block.first > 0 && raw(block.first - 1)) || (block.last + 1 < lines.size() && raw(block.last + 1));
}

/// Reads "Message du 05/04/18 10:37", a label without colon: nothing but a date stands behind it and a label follows.
void mark_bare_label(const ReadText& body, const Line& next, Line& line) {
  if (line.blank || line.label != nullptr || next.label == nullptr || next.depth != line.depth) return;
  const std::string_view words = words_of(body, line);
  if (words.size() > kBareBytes) return;
  for (const std::string_view bare : bare_labels()) {
    if (!text::equal_ascii_nocase(words.substr(0, bare.size()), bare)) continue;
    const std::string_view value = trimmed_line(words.substr(bare.size()));
    const auto date = find_date(value, {});
    if (!date || date->begin != 0 || date->end != value.size()) continue;
    line.label = uses_of(bare);
    line.value = place_of(static_cast<std::size_t>(value.data() - body.text.data()));
    return;
  }
}

/// Reads a label without colon that has a cell of its own in the table of a block, some of whose labels have one (HCL Verse,
/// Notes: "Von:" and "An").
void mark_cell_label(const ReadText& body, std::vector<Line>& lines, std::size_t at) {
  Line& line = lines[at];
  if (line.blank || line.label != nullptr) return;
  if (!(at > 0 && is_label_at(lines, at - 1, line.depth)) && !is_label_at(lines, at + 1, line.depth)) return;
  const std::string_view words = words_of(body, line);
  const std::size_t tab = words.find('\t');
  if (tab == std::string_view::npos) return;
  line.label = uses_of(words.substr(0, tab));
  if (line.label != nullptr) line.value = place_of(static_cast<std::size_t>(words.data() - body.text.data()) + tab + 1);
}

/// A label at the start of a line that has no colon, and what stands behind it.
struct PlainLabel {
  const std::vector<LabelUse>* uses = nullptr;
  std::string_view value;
  std::size_t line = 0;

  [[nodiscard]] bool may_be(QuoteField field) const {
    return uses != nullptr && std::ranges::any_of(*uses, [&](const LabelUse& use) { return use.field == field; });
  }
};

PlainLabel plain_label_of(std::string_view words) {
  constexpr int kLabelWords = 3;
  std::size_t end = 0;
  for (int word = 0; word < kLabelWords && end < words.size(); ++word) {
    end = std::min(words.find(' ', end == 0 ? 0 : end + 1), words.size());
    if (const auto* uses = uses_of(words.substr(0, end))) return {.uses = uses, .value = trimmed_line(words.substr(end))};
  }
  return {};
}

/// "To "Ann Miller"" and "<ann@firm.example>" on the next line: a program of plain text wrapped the persons of the label before.
bool is_wrapped_person(const PlainLabel& before, std::string_view words) {
  return before.value.ends_with(',') || words.find('@', words.find('<')) != std::string_view::npos;
}

/// The labels without colon on the lines from `first` on, wrapped ones whole.
std::vector<PlainLabel> plain_labels_from(const ReadText& body, const std::vector<Line>& lines, std::size_t first) {
  constexpr std::size_t kLines = 16;
  std::vector<PlainLabel> labels;
  for (std::size_t at = first; at < std::min(lines.size(), first + kLines); ++at) {
    const Line& line = lines[at];
    if (line.blank || line.label != nullptr || line.depth != lines[first].depth) break;
    const std::string_view words = words_of(body, line);
    PlainLabel label = plain_label_of(words);
    label.line = at;
    if (label.uses != nullptr) {
      labels.push_back(label);
      continue;
    }
    if (labels.empty() || !is_wrapped_person(labels.back(), words)) break;
    std::string_view& value = labels.back().value;
    value = {value.data(), static_cast<std::size_t>(words.data() + words.size() - value.data())};
  }
  return labels;
}

/// A sender with his address, then at least two labels more, one of them with nothing but a date.
bool is_plain_block(const std::vector<PlainLabel>& labels) {
  if (labels.size() < 3 || !labels.front().may_be(QuoteField::from)) return false;
  if (labels.front().value.find('@') == std::string_view::npos) return false;
  return std::ranges::any_of(labels, [](const PlainLabel& label) {
    const auto date = label.may_be(QuoteField::date) ? find_date(label.value, {}) : std::nullopt;
    return date && date->begin == 0 && date->end == label.value.size();
  });
}

/// Reads the block of eM Client, whose labels have no colon, behind its separator.
void mark_plain_labels(const ReadText& body, std::vector<Line>& lines, std::size_t separator) {
  const std::size_t first = next_filled(lines, separator);
  if (first >= lines.size() || lines[first].depth != lines[separator].depth) return;
  const std::vector<PlainLabel> labels = plain_labels_from(body, lines, first);
  if (!is_plain_block(labels) || !separator_at(body, lines, separator)) return;
  for (const PlainLabel& label : labels) {
    Line& line = lines[label.line];
    line.label = label.uses;
    line.value = label.value.empty() ? line.end : place_of(static_cast<std::size_t>(label.value.data() - body.text.data()));
  }
}

}  // namespace

void mark_labels(const ReadText& body, std::vector<Line>& lines) {
  for (Line& line : lines) {
    if (line.blank) continue;
    const std::string_view words = words_of(body, line);
    const Colon colon = find_colon(words);
    if (colon.at == std::string_view::npos || colon.at == 0) continue;
    line.label = uses_of(words.substr(0, colon.at));
    line.value = place_of(static_cast<std::size_t>(words.data() - body.text.data()) + colon.at + colon.length);
  }
  for (std::size_t at = 0; at + 1 < lines.size(); ++at) {
    mark_bare_label(body, lines[at + 1], lines[at]);
    if (!lines[at].blank && words_of(body, lines[at]).starts_with("--")) mark_plain_labels(body, lines, at);
  }
  for (std::size_t at = 0; at < lines.size(); ++at) mark_cell_label(body, lines, at);
}

std::optional<Introduction> header_block_at(const ReadText& body, const std::vector<Line>& lines, std::size_t at, bool announced,
                                            int carrier_offset_minutes) {
  if (lines[at].label == nullptr) return std::nullopt;
  const Collected block = collect(body, lines, at);
  auto introduction = read_fields(block.fields, announced, carrier_offset_minutes);
  if (!introduction) return std::nullopt;
  introduction->first = at;
  introduction->last = block.last;
  if (!announced && (is_pasted(body, lines, *introduction) || is_above_block(body, lines, at, block.last))) return std::nullopt;
  const bool named = !introduction->from.name.empty() || !introduction->from.address.empty();
  if (!named && at > 0 && !lines[at - 1].blank) return std::nullopt;
  return introduction;
}

}  // namespace threadline::facts
