// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "facts/conversation/header_fields.h"
#include "facts/conversation/introduction.h"
#include "facts/conversation/quote_words.h"
#include "facts/conversation/tokens.h"
#include "facts/conversation/written_date.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kGluedBytes = 4'096;
constexpr std::string_view kMarks = "-_=:*~ ";  ///< what decorates a separator

bool is_mark_at(std::string_view text, std::size_t at) {
  return kMarks.find(text[at]) != std::string_view::npos || text.substr(at).starts_with("\u2010") ||
         text.substr(at).starts_with("\u2500") || text.substr(at).starts_with("\u2014");
}

std::size_t length_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]) < 0x80 ? 1 : 3; }

/// The words between the decoration.
std::string_view inner_words(std::string_view words) {
  std::size_t begin = 0;
  while (begin < words.size() && is_mark_at(words, begin)) begin += length_at(words, begin);
  std::string_view inner = words.substr(std::min(begin, words.size()));
  while (!inner.empty()) {
    const std::size_t last =
        inner.size() >= 3 && static_cast<unsigned char>(inner.back()) >= 0x80 ? inner.size() - 3 : inner.size() - 1;
    if (!is_mark_at(inner, last)) break;
    inner = inner.substr(0, last);
  }
  return trimmed_line(inner);
}

/// Whether a quoted message follows: a label, an attribution or deeper words. Without dashes a separator is only believed then.
bool is_followed(const ReadText& body, const std::vector<Line>& lines, std::size_t at) {
  std::size_t next = at + 1;
  while (next < lines.size() && next < at + 5 && lines[next].blank) ++next;
  if (next >= lines.size() || lines[next].blank) return false;
  const std::string_view words = words_of(body, lines[next]);
  return lines[next].label != nullptr || lines[next].depth > lines[at].depth || words.ends_with(':');
}

/// "Original in two languages --- Original Message" with one blank for the dashes, as the table has it.
std::string without_dashes(std::string_view words) {
  std::string plain;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const bool dash = words.substr(at).starts_with("--") || (at > 0 && words[at] == '-' && words[at - 1] == '-');
    plain += dash ? ' ' : words[at];
  }
  return plain;
}

/// "x@firm.example", "<x@firm.example>".
bool is_address(std::string_view word) {
  const std::size_t at = word.find('@');
  return at != std::string_view::npos && at > 0 && word.find('.', at) != std::string_view::npos &&
         word.find('@', at + 1) == std::string_view::npos;
}

/// The digits of words that are neither a mail address ("12345678@firm.example") nor a name of Notes ("A123456/FIRM").
std::size_t digits_in(std::string_view words) {
  constexpr std::size_t kMostOfName = 7;
  std::size_t digits = 0;
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    const std::string_view word = words.substr(at, end - at);
    const auto count = static_cast<std::size_t>(std::ranges::count_if(word, is_digit));
    const bool is_name = is_address(word) || (word.find('/') != std::string_view::npos && count <= kMostOfName);
    if (!is_name) digits += count;
    at = end + 1;
  }
  return digits;
}

/// What the words say, alone or before a name ("Forwarded by Ann Lee/Firm on 5 April", "Forwarded message from x@y").
std::optional<SeparatorKind> kind_of(std::string_view words, bool dashed) {
  const std::string folded = text::fold(without_dashes(words));
  if (const auto kind = separator_kind(folded)) return kind;
  if (!dashed) return std::nullopt;
  std::string_view head = folded;
  for (std::size_t cut = head.rfind(' '); cut != std::string_view::npos && cut > 0; cut = head.rfind(' ')) {
    head = head.substr(0, cut);
    const bool names = head.find(' ') != std::string_view::npos && folded.find_first_of("@/0123456789") != std::string::npos;
    const auto kind = names ? separator_kind(head) : std::nullopt;
    if (kind) return says_number(std::string_view(folded).substr(head.size())) ? std::nullopt : kind;
  }
  return std::nullopt;
}

QuoteForm form_of(SeparatorKind kind) { return kind == SeparatorKind::forward ? QuoteForm::forward : QuoteForm::header_block; }

/// A label of `language` that ends right before the colon at `colon`; empty when none. The longest wins.
std::string_view label_before(std::string_view text, std::size_t colon, std::string_view language) {
  const std::string_view head = trimmed_line(text.substr(0, colon));
  std::string_view best;
  for (const LabelUse& use : labels_of(language)) {
    if (head.ends_with(use.written) && use.written.size() > best.size()) best = use.written;
  }
  return best.empty() ? best : head.substr(head.size() - best.size());
}

/// The fields of a glued line in one language.
std::vector<HeaderField> glued_fields(std::string_view rest, std::string_view language) {
  std::vector<HeaderField> fields;
  std::size_t value_begin = 0;
  for (std::size_t colon = rest.find(':'); colon != std::string_view::npos; colon = rest.find(':', colon + 1)) {
    const std::string_view label = label_before(rest, colon, language);
    const auto* uses = label.empty() ? nullptr : uses_of(label);
    if (uses == nullptr || is_among(fields, uses)) continue;
    const auto begin = static_cast<std::size_t>(label.data() - rest.data());
    if (!fields.empty()) fields.back().value = std::string(trimmed_line(rest.substr(value_begin, begin - value_begin)));
    fields.push_back({uses, {}});
    value_begin = colon + 1;
  }
  if (!fields.empty()) fields.back().value = std::string(trimmed_line(rest.substr(value_begin)));
  return fields;
}

/// The reading of a glued line with most fields.
std::optional<Introduction> read_glued(std::string_view rest, bool announced, std::size_t least, int offset) {
  const Colon colon = find_colon(rest);
  const auto* first = colon.at == std::string_view::npos ? nullptr : uses_of(rest.substr(0, colon.at));
  if (first == nullptr) return std::nullopt;
  std::optional<Introduction> best;
  std::size_t most = least - 1;
  for (const LabelUse& use : *first) {
    const std::vector<HeaderField> fields = glued_fields(rest, use.language);
    if (fields.size() <= most) continue;
    if (auto introduction = read_fields(fields, announced, offset)) best = std::move(introduction), most = fields.size();
  }
  return best;
}

}  // namespace

bool says_number(std::string_view words) {
  constexpr std::size_t kMostDigits = 5;  // of a name
  if (digits_in(words) <= kMostDigits) return false;
  const auto date = find_date(words, {});
  const auto digits = [](std::string_view part) { return static_cast<std::size_t>(std::ranges::count_if(part, is_digit)); };
  const std::size_t of_date = date ? digits(words.substr(date->begin, date->end - date->begin)) : 0;
  return digits_in(words) > kMostDigits + of_date;
}

bool is_dashed(std::string_view words) {
  if (words.starts_with('*')) words.remove_prefix(1);
  static constexpr std::array<std::string_view, 6> kBegins{"--", "__", "==", "\u2010\u2010", "\u2500\u2500", "\u2014\u2014"};
  return std::ranges::any_of(kBegins, [&](std::string_view begin) { return words.starts_with(begin); });
}

std::optional<Introduction> glued_block_at(const ReadText& body, const std::vector<Line>& lines, std::size_t at, Above above,
                                           int carrier_offset_minutes) {
  const std::string_view words = words_of(body, lines[at]);
  if (words.size() > kGluedBytes) return std::nullopt;
  if (!words.starts_with("--")) {
    const bool several = lines[at].label != nullptr && words.find('@') != std::string_view::npos;
    const std::size_t least = above == Above::nothing ? 4 : 2;
    auto found = several ? read_glued(words, above == Above::separator, least, carrier_offset_minutes) : std::nullopt;
    if (found) found->first = found->last = at;
    return found;
  }
  const std::size_t name = words.find_first_not_of("- ");
  const std::size_t dashes = name == std::string_view::npos ? name : words.find("--", name);
  const auto kind = dashes == std::string_view::npos ? std::nullopt : kind_of(words.substr(name, dashes - name), true);
  const std::size_t rest = kind ? words.find_first_not_of("- ", dashes) : std::string_view::npos;
  if (rest == std::string_view::npos) return std::nullopt;
  auto found = read_glued(words.substr(rest), true, 2, carrier_offset_minutes);
  if (!found) return std::nullopt;
  found->first = found->last = at;
  found->form = form_of(*kind);
  return found;
}

std::optional<Introduction> separator_at(const ReadText& body, const std::vector<Line>& lines, std::size_t at) {
  const std::string_view words = words_of(body, lines[at]);
  if (words.size() > 200 || words.size() < 6) return std::nullopt;
  const bool dashed = is_dashed(words);
  if (!dashed && !words.ends_with(':') && !words.ends_with("\uff1a") && !words.ends_with("\u00ae")) return std::nullopt;
  const std::string_view inner = inner_words(words);
  const auto kind = inner.empty() ? std::nullopt : kind_of(inner, dashed);
  if (!kind || (!dashed && *kind == SeparatorKind::original && !is_followed(body, lines, at))) return std::nullopt;
  Introduction introduction;
  introduction.first = introduction.last = at;
  introduction.form = form_of(*kind);
  introduction.separator_only = true;
  return introduction;
}

}  // namespace threadline::facts
