// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/attribution_form.h"

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "facts/conversation/quote_words.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kSlotTokens = 40;
constexpr std::size_t kFormTokens = 40;
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

enum class Slot { fixed, author, date, anything };

struct Element {
  Slot slot = Slot::fixed;
  std::string word;    ///< of a fixed one, folded
  bool glued = false;  ///< it stands at the end of the slot before it, without a blank
};

/// One row of the table, cut into its elements.
struct Form {
  std::string_view language;
  std::vector<Element> elements;
  std::string_view verb;
  std::size_t fixed = 0;  ///< bytes of its fixed words: a longer form says more
  bool dated = false;
  bool has_id = false;  ///< of the message, whose digits are no date
};

Slot slot_of(char digit) { return digit == '1' ? Slot::author : digit == '2' ? Slot::date : Slot::anything; }

/// Adds the fixed words of a stretch between slots.
void add_fixed(Form& form, std::string_view text, bool behind_slot) {
  for (const Token& token : tokens_of(text, kFormTokens)) {
    if (token.kind != TokenKind::word) continue;
    if (token.text.size() > form.verb.size()) form.verb = token.text;
    form.fixed += token.folded.size();
    form.elements.push_back({Slot::fixed, token.folded, behind_slot && token.begin == 0});
  }
}

Form form_of(const AttributionRow& row) {
  Form form{.language = row.language, .elements = {}, .verb = {}};
  const std::string_view text = row.written;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t mark = text.find('#', at);
    add_fixed(form, text.substr(at, mark == std::string_view::npos ? mark : mark - at), at > 0);
    if (mark == std::string_view::npos || mark + 1 >= text.size()) break;
    form.elements.push_back({slot_of(text[mark + 1]), {}, false});
    form.dated |= text[mark + 1] == '2';
    form.has_id |= text[mark + 1] == '0';
    at = mark + 2;
  }
  return form;
}

/// The forms under the folded word by which they are looked up: their longest.
using Forms = std::unordered_map<std::string, std::vector<Form>>;

Forms make_forms() {
  Forms forms;
  for (const AttributionRow& row : attribution_rows()) {
    Form form = form_of(row);
    const auto key = std::ranges::max_element(form.elements, {},
                                              [](const Element& element) { return element.glued ? 0 : element.word.size(); });
    if (key != form.elements.end() && !key->word.empty()) forms[key->word].push_back(std::move(form));
  }
  return forms;
}

const Forms& forms() {
  static const Forms made = make_forms();
  return made;
}

/// Fits one form to the tokens.
class Fitting {
 public:
  /// `read`: a grammar read the date, so that its words are known.
  Fitting(const Form& form, const std::vector<Token>& tokens, TokenRange date, bool read)
      : form_(form), tokens_(tokens), date_(date), read_(read) {}

  bool fits(std::size_t element, std::size_t at) {
    if (element == form_.elements.size()) return skip_marks(at) == tokens_.size();
    const Element& next = form_.elements[element];
    return next.slot == Slot::fixed ? fits_word(next, element, at) : fits_slot(next.slot, element, at);
  }
  TokenRange author, date_slot;
  std::size_t suffix = 0;

 private:
  [[nodiscard]] std::size_t skip_marks(std::size_t at) const {
    while (at < tokens_.size() && tokens_[at].kind == TokenKind::mark) ++at;
    return at;
  }

  bool fits_word(const Element& next, std::size_t element, std::size_t at) {
    const std::size_t word = skip_marks(at);
    if (word < tokens_.size() && tokens_[word].folded == next.word) return fits(element + 1, word + 1);
    if (!next.glued || at == 0) return false;
    const bool ends = tokens_[at - 1].folded.size() > next.word.size() && tokens_[at - 1].folded.ends_with(next.word);
    if (!ends || !fits(element + 1, at)) return false;
    if (form_.elements[element - 1].slot == Slot::author) suffix = next.word.size();
    return true;
  }

  bool fits_slot(Slot slot, std::size_t element, std::size_t at) {
    const bool last = element + 1 == form_.elements.size();
    const std::size_t begin = slot == Slot::date ? at : skip_opening(at);
    const std::size_t most = std::min(tokens_.size(), begin + kSlotTokens);
    for (std::size_t end = last ? tokens_.size() : begin + 1; end <= most; ++end) {
      if (!may_end(slot, element, begin, end) || !fits(element + 1, end)) continue;
      if (slot == Slot::author) author = {begin, end};
      if (slot == Slot::date) date_slot = {begin, end};
      return true;
    }
    return false;
  }

  /// Commas and dashes between slots are nobody's; what opens a name ("<", a quotation mark) is its own.
  [[nodiscard]] std::size_t skip_opening(std::size_t at) const {
    while (at < tokens_.size() &&
           (tokens_[at].text == "," || tokens_[at].text == ":" || tokens_[at].text == "\uff0c" || tokens_[at].text == "\u3001" ||
            tokens_[at].text == "." || tokens_[at].text == ")" || tokens_[at].text == "-"))
      ++at;
    return at;
  }

  /// What closes a name stands with it.
  [[nodiscard]] bool closes(std::size_t at) const {
    static constexpr std::array<std::string_view, 8> kClosing{">", "]", ")", "\"", "'", "\u00bb", "\u201d", "\u201c"};
    return at < tokens_.size() && std::ranges::find(kClosing, tokens_[at].text) != kClosing.end();
  }

  /// A slot of a date holds the date, no other does; where two slots touch, the date's edge parts them.
  [[nodiscard]] bool may_end(Slot slot, std::size_t element, std::size_t begin, std::size_t end) const {
    if (slot == Slot::author && closes(end)) return false;
    if (slot == Slot::anything) return is_whole(begin, end);
    if (!form_.dated) return true;
    const bool touches = element + 1 < form_.elements.size() && form_.elements[element + 1].slot != Slot::fixed;
    if (slot == Slot::date)
      return begin <= date_.first && end >= date_.last && (!touches || end == date_.last) && !has_words_before_date(begin);
    if (begin < date_.last && end > date_.first) return false;
    return !touches || end == date_.first;
  }

  /// Whether an id that begins with "<" ends in the slot: what stands in it is nobody's address.
  [[nodiscard]] bool is_whole(std::size_t begin, std::size_t end) const {
    const auto from = tokens_.begin() + static_cast<std::ptrdiff_t>(begin);
    return begin >= end || from->text != "<" ||
           std::any_of(from, tokens_.begin() + static_cast<std::ptrdiff_t>(end),
                       [](const Token& token) { return token.text == ">"; });
  }

  /// Whether words stand in a date's slot that belong neither to the date nor to attributions.
  [[nodiscard]] bool has_words_before_date(std::size_t begin) const {
    for (std::size_t at = begin; read_ && at < date_.first; ++at)
      if (tokens_[at].kind == TokenKind::word && !is_connector(tokens_[at].folded)) return true;
    return false;
  }

  const Form& form_;
  const std::vector<Token>& tokens_;
  TokenRange date_;
  bool read_;
};

/// Whether a slot holds more than fixed words of other forms.
bool names_someone(const std::vector<Token>& tokens, TokenRange author) {
  const auto begin = tokens.begin() + static_cast<std::ptrdiff_t>(author.first);
  return std::any_of(begin, begin + static_cast<std::ptrdiff_t>(author.last - author.first),
                     [](const Token& token) { return token.kind == TokenKind::word && !is_connector(token.folded); });
}

/// From the first number to the last, where there are at least a day, an hour and a minute; else empty.
TokenRange numbers_in(const std::vector<Token>& tokens) {
  constexpr std::size_t kLeast = 3;
  std::size_t first = tokens.size(), last = 0, count = 0;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (tokens[at].kind != TokenKind::number) continue;
    first = std::min(first, at);
    last = at + 1;
    ++count;
  }
  return count >= kLeast ? TokenRange{first, last} : TokenRange{};
}

/// The form with most fixed words, dated or not; of several that of the language more often written. `with_id`: of those with a
/// message's id.
std::optional<AttributionForm> best_form(const std::vector<Token>& tokens, TokenRange date, bool read, bool with_id = false) {
  std::optional<AttributionForm> best;
  std::pair<std::size_t, std::size_t> most{0, kNone};  // fixed bytes, then the language more often written
  const bool dated = date.last > date.first;
  for (const Token& token : tokens) {
    if (token.kind != TokenKind::word) continue;
    const auto found = forms().find(token.folded);
    if (found == forms().end()) continue;
    for (const Form& form : found->second) {
      const std::size_t rank = rank_of(form.language);
      const bool better = form.fixed > most.first || (form.fixed == most.first && rank < most.second);
      if (form.dated != dated || !better || (with_id && !form.has_id)) continue;
      Fitting fitting(form, tokens, date, read);
      if (!fitting.fits(0, 0) || !names_someone(tokens, fitting.author)) continue;
      best = AttributionForm{form.language, fitting.author, fitting.date_slot, fitting.suffix, form.verb};
      most = {form.fixed, rank};
    }
  }
  return best;
}

}  // namespace

std::optional<AttributionForm> attribution_form(const std::vector<Token>& tokens, TokenRange date) {
  const bool read = date.last > date.first;
  if (read) return best_form(tokens, date, true);
  auto form = best_form(tokens, {}, false, true);
  return form ? form : best_form(tokens, numbers_in(tokens), false);
}

bool begins_form(std::string_view folded) {
  static const std::set<std::string, std::less<>> words = [] {
    std::set<std::string, std::less<>> first;
    for (const auto& [key, same] : forms()) {
      for (const Form& form : same) {
        if (form.dated && form.elements.front().slot == Slot::fixed) first.insert(form.elements.front().word);
      }
    }
    return first;
  }();
  return words.contains(folded);
}

}  // namespace threadline::facts
