// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

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

std::string value_of(const ReadText& body, const Line& line) {
  std::string_view value = trimmed_line(std::string_view(body.text).substr(line.value, line.end - line.value));
  if (value.starts_with('*')) {  // "*Label: *value", "*Label: **bold value*"
    value = trimmed_line(value.substr(1));
    if (value.size() > 2 && value.starts_with('*') && value.ends_with('*')) value = value.substr(1, value.size() - 2);
  }
  return std::string(value);
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

/// Whether a line that is no label goes on with the value before it. A label behind it that the block has begins another block.
bool is_continuation(const ReadText& body, const std::vector<Line>& lines, std::size_t at, const Collected& block) {
  const Line& line = lines[at];
  const HeaderField& field = block.fields.back();
  const std::string& value = field.value;
  if (value.empty() || value.ends_with(';') || value.ends_with(',')) return true;
  const std::string_view words = words_of(body, line);
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

/// Takes the line into the block; false when it is not of it.
bool take_line(const ReadText& body, const std::vector<Line>& lines, std::size_t at, Collected& block) {
  const Line& line = lines[at];
  if (line.label != nullptr) {
    if (is_among(block.fields, line.label)) return false;
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

/// A field of a mail that no client prints for people ("Return-Path: <x@y>", "X-Mailer: y").
bool is_raw_field(std::string_view words) {
  const std::size_t colon = words.find(':');
  if (colon == std::string_view::npos || colon < 2 || colon > 40) return false;
  const std::string_view name = words.substr(0, colon);
  if (name == "Received") return true;
  return name.find('-') != std::string_view::npos &&
         std::ranges::all_of(name, [](char c) { return c == '-' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

/// Header fields pasted into a letter: a raw field stands right before or behind them.
bool is_pasted(const ReadText& body, const std::vector<Line>& lines, std::size_t first, std::size_t last) {
  const auto raw = [&](std::size_t at) { return lines[at].label == nullptr && is_raw_field(words_of(body, lines[at])); };
  return (first > 0 && raw(first - 1)) || (last + 1 < lines.size() && raw(last + 1));
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
}

std::optional<Introduction> header_block_at(const ReadText& body, const std::vector<Line>& lines, std::size_t at, bool announced,
                                            int carrier_offset_minutes) {
  if (lines[at].label == nullptr) return std::nullopt;
  const Collected block = collect(body, lines, at);
  auto introduction = read_fields(block.fields, announced, carrier_offset_minutes);
  if (!introduction || (!announced && is_pasted(body, lines, at, block.last))) return std::nullopt;
  const bool named = !introduction->from.name.empty() || !introduction->from.address.empty();
  if (!named && at > 0 && !lines[at - 1].blank) return std::nullopt;
  introduction->first = at;
  introduction->last = block.last;
  return introduction;
}

}  // namespace threadline::facts
