// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "facts/conversation/header_fields.h"
#include "facts/conversation/introduction.h"
#include "facts/conversation/tokens.h"
#include "facts/conversation/written_date.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kDateBytes = 60;     ///< of a line that is a date
constexpr std::size_t kPersonBytes = 400;  ///< of a line that is a person
constexpr std::size_t kSentByBytes = 200;  ///< of "Sent by: X"
constexpr std::size_t kBlankLines = 3;     ///< between two parts of the block
constexpr std::size_t kBlockLines = 40;    ///< of one block
/// Folded: who sent it for the sender, above the date; whom to answer, below it. Source: Notes' mail template, its languages.
constexpr std::array<std::string_view, 7> kSentBy = {"sent by",    "envoye par",     "gesendet von", "enviado por",
                                                     "inviato da", "verzonden door", "skickat av"};
constexpr std::array<std::string_view, 7> kRespond = {"please respond to",  "veuillez repondre a",   "bitte antwort an",
                                                      "bitte antworten an", "por favor, responda a", "rispondere a",
                                                      "antwoord a.u.b. aan"};
constexpr std::array<std::string_view, 5> kSenderLabels = {"De", "From", "Von", "Da", "Van"};  ///< which the block leaves out

/// What Notes prints in that block.
bool is_of_block(const std::vector<LabelUse>* uses) {
  constexpr std::array kFields = {QuoteField::to, QuoteField::cc, QuoteField::subject};
  return uses != nullptr &&
         std::ranges::any_of(*uses, [&](const LabelUse& use) { return std::ranges::find(kFields, use.field) != kFields.end(); });
}

/// The lines behind a sender and a date: "Pour", a colon, a tab or a line's end, whom.
class StackedFields {
 public:
  std::vector<HeaderField> fields;
  std::size_t last;  ///< line of the block

  StackedFields(const ReadText& body, const std::vector<Line>& lines, std::size_t first)
      : last(first), body_(body), lines_(lines), most_(std::min(lines.size(), first + kBlockLines)), depth_(lines[first].depth) {}

  /// The next line with words, few blank ones before it; nothing at another depth or the block's bound.
  [[nodiscard]] std::optional<std::size_t> next_filled(std::size_t at) const {
    const std::size_t bound = std::min(most_, at + 2 + kBlankLines);
    for (std::size_t next = at + 1; next < bound; ++next) {
      if (lines_[next].depth != depth_) return std::nullopt;
      if (!lines_[next].blank) return next;
    }
    return std::nullopt;
  }

  void read() {
    for (auto at = next_filled(last); at && take(*at); at = next_filled(last)) {
    }
  }

 private:
  struct Label {
    const std::vector<LabelUse>* uses = nullptr;  ///< nullptr: the line has none of this block
    std::string_view value;
  };

  [[nodiscard]] Label label_at(std::size_t at) const {
    const Line& line = lines_[at];
    const std::string_view words = words_of(body_, line);
    const std::size_t tab = std::min(words.find('\t'), words.size());
    Label label = {.uses = line.label, .value = std::string_view(body_.text).substr(line.value, line.end - line.value)};
    if (label.uses == nullptr) label = {.uses = uses_of(words.substr(0, tab)), .value = words.substr(tab)};
    return is_of_block(label.uses) ? label : Label{};
  }

  /// A label with its value, if it is one of those and the first of its name.
  bool take(std::size_t at) {
    const Label label = label_at(at);
    if (label.uses == nullptr || is_among(fields, label.uses)) return false;
    std::string value(trimmed_line(label.value));
    last = at;
    if (value.empty()) take_lines(at + 1, value);
    fields.push_back({label.uses, std::move(value)});
    return true;
  }

  void take_lines(std::size_t at, std::string& value) {
    for (; at < most_ && !lines_[at].blank && lines_[at].depth == depth_ && label_at(at).uses == nullptr; ++at) {
      value.append(value.empty() ? "" : " ").append(words_of(body_, lines_[at]));
      last = at;
    }
  }

  const ReadText& body_;
  const std::vector<Line>& lines_;
  std::size_t most_;
  std::uint32_t depth_;
};

template <std::size_t Count>
bool begins_with_any(std::string_view words, const std::array<std::string_view, Count>& begins) {
  if (words.size() > kSentByBytes || says_number(words)) return false;
  const std::string folded = text::fold(words);
  return std::ranges::any_of(begins, [&](std::string_view begin) { return folded.starts_with(begin); });
}

/// "Ann Lee <ann@firm.example>", or the address alone: no account.
bool is_person(std::string_view words) {
  const bool alone = words.find_first_of(" \t:") == std::string_view::npos;
  const bool is_short = (words.ends_with('>') || alone) && words.size() <= kPersonBytes;
  return is_short && words.find('@') != std::string_view::npos && !says_number(words);
}

/// How many of the fields have a label in the language in which `sender` is the sender's.
std::size_t agreeing(const std::vector<HeaderField>& fields, std::string_view sender) {
  std::size_t most = 0;
  for (const LabelUse& own : *uses_of(sender)) {
    const auto agrees = [&](const HeaderField& field) {
      return std::ranges::any_of(*field.uses, [&](const LabelUse& use) { return use.language == own.language; });
    };
    if (own.field == QuoteField::from) most = std::max(most, static_cast<std::size_t>(std::ranges::count_if(fields, agrees)));
  }
  return most;
}

/// Nothing but a date with its time.
bool is_date(std::string_view words) {
  if (words.size() > kDateBytes || words.find_first_of("0123456789") == std::string_view::npos) return false;
  const auto date = find_date(words, {});
  return date && date->has_time && date->begin == 0 && date->end == words.size();
}

}  // namespace

std::optional<Introduction> stacked_block_at(const ReadText& body, const std::vector<Line>& lines, std::size_t at,
                                             int carrier_offset_minutes) {
  const std::string_view sender = words_of(body, lines[at]);
  if (lines[at].label != nullptr || !is_person(sender)) return std::nullopt;
  StackedFields stacked(body, lines, at);
  const auto words_at = [&](std::optional<std::size_t> line) { return line ? words_of(body, lines[*line]) : std::string_view(); };
  auto dated = stacked.next_filled(at);
  if (begins_with_any(words_at(dated), kSentBy)) dated = stacked.next_filled(*dated);
  if (!dated || !is_date(words_at(dated))) return std::nullopt;
  stacked.last = *dated;
  if (const auto respond = stacked.next_filled(*dated); begins_with_any(words_at(respond), kRespond)) {
    const auto whom = stacked.next_filled(*respond);
    stacked.last = is_person(words_at(whom)) ? *whom : *respond;
  }
  stacked.read();
  const auto in_language = [&](std::string_view label) { return agreeing(stacked.fields, label); };
  std::vector<HeaderField> fields = stacked.fields;
  fields.push_back({uses_of(*std::ranges::max_element(kSenderLabels, {}, in_language)), std::string(sender)});
  fields.push_back({uses_of("Date"), std::string(words_at(dated))});
  auto introduction = read_fields(fields, false, carrier_offset_minutes);
  if (!introduction || introduction->to.empty() || introduction->subject.empty() || introduction->from.address.empty())
    return std::nullopt;
  introduction->first = at;
  introduction->last = stacked.last;
  return introduction;
}

}  // namespace threadline::facts
