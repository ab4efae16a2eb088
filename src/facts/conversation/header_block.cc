// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <map>

#include "facts/conversation/introduction.h"
#include "facts/conversation/quote_words.h"
#include "facts/conversation/tokens.h"
#include "facts/conversation/written_date.h"
#include "text/fold.h"
#include "text/mailbox.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kLabelBytes = 64;      ///< a label and its colon stand within the first bytes of a line
constexpr std::size_t kBlockLines = 60;      ///< lines of one header block, long lists of recipients included
constexpr std::size_t kValueBytes = 65'536;  ///< of one field

/// "Label: value" as one line says it; `uses` are all meanings of the label.
struct LabelLine {
  const std::vector<LabelUse>* uses = nullptr;
  std::string value;
};

std::string_view without_stars(std::string_view text) {
  text = trimmed_line(text);
  while (!text.empty() && (text.front() == '*' || text.front() == '_')) text = trimmed_line(text.substr(1));
  while (!text.empty() && (text.back() == '*' || text.back() == '_')) text = trimmed_line(text.substr(0, text.size() - 1));
  return text;
}

struct Colon {
  std::size_t at = std::string_view::npos;
  std::size_t length = 1;
};

Colon find_colon(std::string_view text) {
  const std::string_view head = text.substr(0, kLabelBytes);
  const std::size_t ascii = head.find(':');
  const std::size_t wide = head.find("\uff1a");
  if (wide < ascii) return {wide, 3};
  return {ascii, 1};
}

std::optional<LabelLine> read_label(const ReadText& body, const Line& line) {
  if (line.label == nullptr) return std::nullopt;
  std::string_view value = trimmed_line(std::string_view(body.text).substr(line.value, line.end - line.value));
  if (value.starts_with('*')) value = trimmed_line(value.substr(1));
  return LabelLine{line.label, std::string(value)};
}

struct Collected {
  std::vector<LabelLine> fields;
  std::size_t last = 0;
};

bool is_seen(const Collected& block, const std::vector<LabelUse>* uses) {
  return std::ranges::any_of(block.fields, [&](const LabelLine& field) { return field.uses == uses; });
}

std::size_t next_filled(const std::vector<Line>& lines, std::size_t at) {
  std::size_t next = at + 1;
  while (next < lines.size() && next < at + 4 && lines[next].blank) ++next;
  return next;
}

bool is_label_at(const std::vector<Line>& lines, std::size_t at, std::uint32_t depth) {
  return at < lines.size() && lines[at].depth == depth && lines[at].label != nullptr;
}

/// Whether a line that is no label goes on with the value before it.
bool is_continuation(const ReadText& body, const std::vector<Line>& lines, std::size_t at, const std::string& value) {
  const Line& line = lines[at];
  if (value.empty() || value.ends_with(';') || value.ends_with(',')) return true;
  const char first = line.body < line.end ? body.text[line.body] : 'x';
  const bool indented = (first == ' ' || first == '\t') && !body.html;
  const bool addresses = value.find('@') != std::string::npos && words_of(body, line).find('@') != std::string_view::npos;
  return (indented && addresses) || is_label_at(lines, at + 1, line.depth);
}

void append(std::string& value, std::string_view words) {
  if (value.size() + words.size() > kValueBytes) return;
  if (!value.empty()) value += ' ';
  value += words;
}

Collected collect(const ReadText& body, const std::vector<Line>& lines, std::size_t at) {
  Collected block;
  const std::uint32_t depth = lines[at].depth;
  for (std::size_t line = at; line < std::min(lines.size(), at + kBlockLines); ++line) {
    if (lines[line].blank) {
      const std::size_t next = next_filled(lines, line);
      if (block.fields.size() >= 4 || !is_label_at(lines, next, depth)) break;
      line = next;
    }
    if (lines[line].depth != depth) break;
    const std::string_view words = words_of(body, lines[line]);
    auto label = read_label(body, lines[line]);
    if (label && is_seen(block, label->uses)) break;
    if (label)
      block.fields.push_back(std::move(*label));
    else if (!block.fields.empty() && is_continuation(body, lines, line, block.fields.back().value))
      append(block.fields.back().value, words);
    else
      break;
    block.last = line;
  }
  return block;
}

bool is_sender_field(QuoteField field) { return field == QuoteField::from || field == QuoteField::sender; }

/// The language in which most labels have a meaning, one of them the sender's.
std::string_view language_of(const Collected& block) {
  std::map<std::string_view, int> votes;
  for (const LabelLine& field : block.fields) {
    std::map<std::string_view, bool> said;
    for (const LabelUse& use : *field.uses) said[use.language] |= is_sender_field(use.field);
    for (const auto& [language, sends] : said) votes[language] += sends ? 101 : 1;
  }
  std::string_view best;
  int most = 0;
  for (const auto& [language, count] : votes) {
    const int score = count >= 100 ? 100 + count % 100 : 0;
    if (score > most || (score == most && language == "en")) most = score, best = language;
  }
  return most >= 100 ? best : std::string_view{};
}

std::optional<QuoteField> meaning(const LabelLine& line, std::string_view language) {
  std::optional<QuoteField> fallback, english;
  for (const LabelUse& use : *line.uses) {
    if (use.language == language && (!fallback || use.field == QuoteField::from)) fallback = use.field;
    if (use.language == "en" && !english) english = use.field;
  }
  return fallback ? fallback : english;
}

message::Address address_of(const text::Mailbox& mailbox) { return {mailbox.name, mailbox.address}; }

std::vector<message::Address> addresses_of(std::string_view value) {
  std::vector<message::Address> addresses;
  for (const text::Mailbox& mailbox : text::read_mailboxes(value)) {
    if (!mailbox.name.empty() || !mailbox.address.empty()) addresses.push_back(address_of(mailbox));
  }
  return addresses;
}

/// "X on behalf of Y" in the languages of Outlook. Source: Outlook's header blocks.
void set_from(std::string_view value, Introduction& introduction) {
  static constexpr std::array<std::string_view, 7> kOnBehalf{
      " on behalf of ", " au nom de ", " im Auftrag von ", " en nombre de ", " per conto di ", " namens ", " em nome de "};
  for (const std::string_view words : kOnBehalf) {
    const std::size_t found = value.find(words);
    if (found == std::string_view::npos) continue;
    introduction.on_behalf_of = address_of(text::read_mailbox(value.substr(found + words.size())));
    value = value.substr(0, found);
    break;
  }
  introduction.from = address_of(text::read_mailbox(value));
}

void set_field(QuoteField field, const std::string& value, std::string_view language, int offset, Introduction& introduction) {
  switch (field) {
    case QuoteField::from: set_from(value, introduction); break;
    case QuoteField::sender:
      if (introduction.from.name.empty() && introduction.from.address.empty()) set_from(value, introduction);
      break;
    case QuoteField::to: introduction.to = addresses_of(value); break;
    case QuoteField::cc: introduction.cc = addresses_of(value); break;
    case QuoteField::subject: introduction.subject = value; break;
    case QuoteField::reply_to: break;
    case QuoteField::date:
      introduction.date_text = value;
      if (const auto date = find_date(value, language)) introduction.date = stamp_of(*date, value, offset);
      break;
  }
}

std::optional<Introduction> introduction_of(const Collected& block, int offset) {
  const std::string_view language = language_of(block);
  if (language.empty()) return std::nullopt;
  Introduction introduction;
  int fields = 0;
  bool sends = false, dated = false;
  for (const LabelLine& line : block.fields) {
    const auto field = meaning(line, language);
    if (!field) continue;
    set_field(*field, line.value, language, offset, introduction);
    sends |= is_sender_field(*field);
    dated |= *field == QuoteField::date;
    fields += *field == QuoteField::reply_to ? 0 : 1;
  }
  const bool named = !introduction.from.name.empty() || !introduction.from.address.empty();
  const bool sure = fields >= 3 || introduction.from.address.find('@') != std::string::npos || introduction.date;
  if (!sends || !named || fields < 2 || !sure) return std::nullopt;
  return introduction;
}

/// A label of `language` that ends right before the colon at `colon`; empty when none. The longest wins.
std::string_view label_before(std::string_view text, std::size_t colon, std::string_view language) {
  std::string_view head = trimmed_line(text.substr(0, colon));
  std::string_view best;
  for (const LabelUse& use : labels_of(language)) {
    if (head.ends_with(use.written) && use.written.size() > best.size()) best = use.written;
  }
  return best.empty() ? best : head.substr(head.size() - best.size());
}

/// The fields of a glued line in one language.
Collected collect_glued(std::string_view rest, std::string_view language) {
  Collected block;
  std::size_t value_begin = 0;
  for (std::size_t colon = rest.find(':'); colon != std::string_view::npos; colon = rest.find(':', colon + 1)) {
    const std::string_view label = label_before(rest, colon, language);
    if (label.empty()) continue;
    const auto begin = static_cast<std::size_t>(label.data() - rest.data());
    const auto* uses = label_uses(text::fold(label));
    if (uses == nullptr || is_seen(block, uses)) continue;
    if (!block.fields.empty())
      block.fields.back().value = std::string(trimmed_line(rest.substr(value_begin, begin - value_begin)));
    block.fields.push_back({uses, {}});
    value_begin = colon + 1;
  }
  if (!block.fields.empty()) block.fields.back().value = std::string(trimmed_line(rest.substr(value_begin)));
  return block;
}

}  // namespace

void mark_labels(const ReadText& body, std::vector<Line>& lines) {
  for (Line& line : lines) {
    const std::string_view words = words_of(body, line);
    const Colon colon = find_colon(words);
    if (colon.at == std::string_view::npos || colon.at == 0) continue;
    line.label = label_uses(text::fold(without_stars(words.substr(0, colon.at))));
    line.value = static_cast<std::size_t>(words.data() - body.text.data()) + colon.at + colon.length;
  }
}

std::optional<Introduction> header_block_at(const ReadText& body, const std::vector<Line>& lines, std::size_t at,
                                            int carrier_offset_minutes) {
  if (lines[at].label == nullptr) return std::nullopt;
  const Collected block = collect(body, lines, at);
  if (block.fields.size() < 2) return std::nullopt;
  auto introduction = introduction_of(block, carrier_offset_minutes);
  if (!introduction) return std::nullopt;
  introduction->first = at;
  introduction->last = block.last;
  return introduction;
}

std::optional<Introduction> glued_block_at(const ReadText& body, const std::vector<Line>& lines, std::size_t at,
                                           int carrier_offset_minutes) {
  const std::string_view words = words_of(body, lines[at]);
  if (!words.starts_with("--") || words.size() > 4'096) return std::nullopt;
  const std::size_t name = words.find_first_not_of("- ");
  const std::size_t dashes = name == std::string_view::npos ? name : words.find("--", name);
  if (dashes == std::string_view::npos) return std::nullopt;
  const auto kind = separator_kind(text::fold(words.substr(name, dashes - name)));
  const std::size_t rest_begin = words.find_first_not_of("- ", dashes);
  if (!kind || rest_begin == std::string_view::npos) return std::nullopt;
  const std::string_view rest = words.substr(rest_begin);
  const Colon colon = find_colon(rest);
  const auto* first =
      colon.at == std::string_view::npos ? nullptr : label_uses(text::fold(without_stars(rest.substr(0, colon.at))));
  if (first == nullptr) return std::nullopt;
  std::optional<Introduction> best;
  std::size_t most = 1;
  for (const LabelUse& use : *first) {
    const Collected block = collect_glued(rest, use.language);
    if (block.fields.size() <= most) continue;
    if (auto introduction = introduction_of(block, carrier_offset_minutes))
      best = std::move(introduction), most = block.fields.size();
  }
  if (!best) return std::nullopt;
  best->first = best->last = at;
  best->form = *kind == SeparatorKind::forward ? QuoteForm::forward : QuoteForm::header_block;
  return best;
}

std::optional<Introduction> separator_at(const ReadText& body, const std::vector<Line>& lines, std::size_t at) {
  const std::string_view words = words_of(body, lines[at]);
  if (words.size() > 160 || words.size() < 6) return std::nullopt;
  const bool dashed =
      words.starts_with("--") || words.starts_with("__") || words.starts_with("==") || words.starts_with("\u2010\u2010");
  if (!dashed && !words.ends_with(':') && !words.ends_with("\uff1a") && !words.ends_with("\u00ae")) return std::nullopt;
  std::string folded = text::fold(words);
  const auto is_decoration = [](char c) { return c == '-' || c == '_' || c == '=' || c == ':' || c == ' ' || c == '*'; };
  while (!folded.empty() && is_decoration(folded.back())) folded.pop_back();
  folded.erase(0, static_cast<std::size_t>(std::ranges::find_if_not(folded, is_decoration) - folded.begin()));
  while (folded.starts_with("\u2010")) folded.erase(0, 3);
  while (folded.ends_with("\u2010")) folded.erase(folded.size() - 3);
  const auto kind = separator_kind(trimmed_line(folded));
  if (!kind) return std::nullopt;
  Introduction introduction;
  introduction.first = introduction.last = at;
  introduction.form = *kind == SeparatorKind::forward ? QuoteForm::forward : QuoteForm::header_block;
  introduction.separator_only = true;
  return introduction;
}

}  // namespace threadline::facts
