// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "facts/conversation/header_fields.h"
#include "facts/conversation/introduction.h"
#include "facts/conversation/tokens.h"
#include "facts/conversation/written_date.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kDateBytes = 60;                                                         ///< of a line that is a date
constexpr std::size_t kBlankLines = 3;                                                         ///< between two parts of the block
constexpr std::size_t kBlockLines = 40;                                                        ///< of one block
constexpr std::array<std::string_view, 5> kSenderLabels = {"De", "From", "Von", "Da", "Van"};  ///< which the block leaves out

bool is_any_of(const std::vector<LabelUse>* uses, std::initializer_list<QuoteField> fields) {
  return uses != nullptr &&
         std::ranges::any_of(*uses, [&](const LabelUse& use) { return std::ranges::count(fields, use.field) > 0; });
}

/// The lines behind a sender and a date: "Pour", a tab or a line's end, whom.
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
  /// A label with its value, if it is one of those and the first of its name.
  bool take(std::size_t at) {
    const std::string_view words = words_of(body_, lines_[at]);
    const std::size_t tab = std::min(words.find('\t'), words.size());
    const auto* uses = uses_of(words.substr(0, tab));
    if (!is_any_of(uses, {QuoteField::to, QuoteField::cc, QuoteField::subject}) || is_among(fields, uses)) return false;
    std::string value(trimmed_line(words.substr(tab)));
    last = at;
    if (tab == words.size()) take_lines(at + 1, value);
    fields.push_back({uses, std::move(value)});
    return true;
  }

  void take_lines(std::size_t at, std::string& value) {
    for (; at < most_ && !lines_[at].blank && lines_[at].depth == depth_; ++at) {
      const std::string_view words = words_of(body_, lines_[at]);
      if (is_any_of(uses_of(words.substr(0, words.find('\t'))), {QuoteField::to, QuoteField::cc, QuoteField::subject})) return;
      value.append(value.empty() ? "" : " ").append(words);
      last = at;
    }
  }

  const ReadText& body_;
  const std::vector<Line>& lines_;
  std::size_t most_;
  std::uint32_t depth_;
};

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
  if (lines[at].label != nullptr || !sender.ends_with('>') || sender.find('@') == std::string_view::npos) return std::nullopt;
  StackedFields stacked(body, lines, at);
  const auto dated = stacked.next_filled(at);
  if (!dated || !is_date(words_of(body, lines[*dated]))) return std::nullopt;
  stacked.last = *dated;
  stacked.read();
  for (const std::string_view label : kSenderLabels) {
    std::vector<HeaderField> fields = stacked.fields;
    fields.push_back({uses_of(label), std::string(sender)});
    fields.push_back({uses_of("Date"), std::string(words_of(body, lines[*dated]))});
    auto introduction = read_fields(fields, false, carrier_offset_minutes);
    if (!introduction || introduction->to.empty() || introduction->subject.empty() || introduction->from.address.empty())
      continue;
    introduction->first = at;
    introduction->last = stacked.last;
    return introduction;
  }
  return std::nullopt;
}

}  // namespace threadline::facts
