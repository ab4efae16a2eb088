// SPDX-License-Identifier: Apache-2.0
// Which accounts of the new text its words call the reader's, a payer's or a swindler's. What a swindler may write as well is
// read as one whole: a sentence of the table, the account once in the message, and no other word of money to be paid in it. Even
// then the account is told, at most as medium.
#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "findings/account_match.h"
#include "findings/context_steps.h"
#include "findings/holder.h"
#include "findings/requests.h"
#include "text/fold.h"
#include "text/pattern.h"

namespace threadline::findings {
namespace {

constexpr std::size_t kReadBytes = 6'000;  ///< of the new text; a longer mail excuses nothing

enum class Who { reader, warning, sender, form };
struct Sentence {
  Who who;
  std::string_view words;
};
constexpr Sentence kSentences[] = {
#define THREADLINE_OF_OTHERS(who, language, sentence) {Who::who, sentence},
#include "findings/of_others.def"
};
constexpr std::string_view kAsks[] = {
#define THREADLINE_ASKS(language, words) words,
#include "findings/of_others.def"
};
constexpr std::string_view kBetween[] = {
#define THREADLINE_BETWEEN(language, words) words,
#include "findings/of_others.def"
};
constexpr std::string_view kNoName[] = {
#define THREADLINE_NO_NAME(language, words) words,
#include "findings/of_others.def"
};

constexpr std::string_view kGap = "((?: (?:[a-z0-9\\x{20AC}\\x{A3}$/'-]|[.,][0-9])+){0,9})";
constexpr std::string_view kName = "((?: [a-z0-9&.'-]+){0,4})";
constexpr std::string_view kEnd = "(?: ?\\))? ?(?:[.!?|]|$)";

bool is_question(std::string_view sentence) { return sentence.ends_with("\\?"); }

std::string expression_of_row(std::string_view words) {
  std::string expression;
  for (const char byte : words) {
    if (byte == '~') {
      expression += kGap;
    } else if (byte == '@') {
      expression += kName;
    } else {
      expression += byte;
    }
  }
  return expression + std::string(is_question(words) ? "(?: |$)" : kEnd);
}

/// All sentences of one kind, from the begin of a sentence, or behind a greeting (group 1), to the end of one. Every group is
/// what a writer chose himself.
text::Pattern sentences_of(Who who) {
  std::string expression;
  for (const Sentence& row : kSentences) {
    if (row.who == who) expression += (expression.empty() ? "" : "|") + expression_of_row(row.words);
  }
  return text::Pattern("(?:^([a-z.' -]{0,40},)|^|[.!?|]) ?(?:" + expression + ")");
}

std::optional<text::Pattern::Match> sentence_in(Who who, std::string_view written) {
  static const std::array<text::Pattern, 4> patterns{sentences_of(Who::reader), sentences_of(Who::warning),
                                                     sentences_of(Who::sender), sentences_of(Who::form)};
  return patterns[static_cast<std::size_t>(who)].find(written);
}

bool asks(std::string_view written) {
  static const text::Pattern words = [] {
    std::string expression = "%";
    for (const std::string_view stems : kAsks) expression += "|(?:^|[^a-z0-9])(?:" + std::string(stems) + ")";
    return text::Pattern(expression);
  }();
  return words.is_in(written);
}

/// Calls `see` with each word between blanks.
void each_word(std::string_view words, auto see) {
  for (std::size_t at = 0; at < words.size();) {
    const auto end = std::min(words.find(' ', at), words.size());
    if (end > at) see(words.substr(at, end - at));
    at = end + 1;
  }
}

template <std::size_t N>
std::set<std::string_view> words_of(const std::string_view (&rows)[N]) {
  std::set<std::string_view> words;
  for (const std::string_view row : rows) each_word(row, [&](std::string_view word) { words.insert(word); });
  return words;
}

/// Amounts, days and the like: nothing on which a payment could hang.
bool is_gap(std::string_view words) {
  static const std::set<std::string_view> between = words_of(kBetween);
  static const text::Pattern number("(?:\\x{20AC}|\\x{A3}|\\$)?[0-9][0-9.,/-]*(?:\\x{20AC}|\\x{A3}|\\$)?");
  bool is_it = true;
  each_word(words, [&](std::string_view word) { is_it = is_it && (between.contains(word) || number.full(word)); });
  return is_it;
}

bool is_name(std::string_view words) {
  static const std::set<std::string_view> none = words_of(kNoName);
  bool is_it = true;
  each_word(words, [&](std::string_view word) { is_it = is_it && !none.contains(word); });
  return is_it;
}

bool names_amount(std::string_view written) {
  static const text::Pattern amount(
      "(?:eur|usd|gbp|chf|\\x{20AC}|\\x{A3}|\\$) ?[0-9]|[0-9] ?(?:eur|usd|gbp|chf|\\x{20AC}|\\x{A3}|\\$)");
  return amount.is_in(written);
}

/// No letter that only looks like one that is read here: a word in such letters is seen by people alone.
bool is_plain(std::string_view written) {
  static const text::Pattern odd(
      "[^\\x{00}-\\x{7F}\\x{A0}-\\x{BF}\\x{DF}\\x{E6}\\x{F8}\\x{153}\\x{2010}-\\x{2026}\\x{20AC}\\x{2122}]");
  return !odd.is_in(written);
}

/// Folded and in one line; an empty line is "|", U+2019 an apostrophe, what opens a Spanish question nothing.
std::string in_one_line(std::string_view raw) {
  std::string text;
  for (std::size_t at = 0; at < raw.size();) {
    const auto end = std::min(raw.find('\n', at), raw.size());
    const std::string line = text::fold(raw.substr(at, end - at));
    if (!text.empty()) text += ' ';
    text += line.empty() ? "|" : line;
    at = end + 1;
  }
  constexpr std::array<std::array<std::string_view, 2>, 3> kPlain{{{"\xE2\x80\x99", "'"}, {"\xC2\xBF", ""}, {"\xC2\xA1", ""}}};
  for (const auto& [mark, plain] : kPlain) {
    for (auto at = text.find(mark); at != text.npos; at = text.find(mark, at)) text.replace(at, mark.size(), plain);
  }
  return text;
}

/// The text in one line, with "#" for an account that it writes once; empty: it does not.
std::string with_mark(std::string_view text, std::string_view account) {
  const auto at = account.empty() ? text.npos : text.find(account);
  if (at == text.npos || text.find(account, at + 1) != text.npos) return {};
  std::string before(text.substr(0, at)), behind(text.substr(at + account.size()));
  std::ranges::replace(before, '#', ' ');
  std::ranges::replace(behind, '#', ' ');
  return in_one_line(before + "#" + behind);
}

/// A form of ours that names the firm of somebody whom we write to.
bool names_recipient(const Setting& setting, std::string_view firm) {
  const auto fits = [&](const policy::Side& side) { return holder_fit(firm, side, {}, setting.ground) == HolderFit::side; };
  if (holder_fit(firm, policy::Side(policy::kOwnSide), {}, setting.ground) != HolderFit::other) return false;
  return std::ranges::any_of(setting.facts.to,
                             [&](const message::Address& person) { return fits(setting.ground.sides.side_of(person.address)); });
}

/// What a writer put into a sentence of that kind is what may stand there.
bool may_stand(const Setting& setting, Who who, std::string_view words) {
  if (who == Who::sender) return is_name(words);
  return who == Who::form ? names_recipient(setting, words) : is_gap(words);
}

/// Whether the message moves or asks for payments, but for what the sentence itself says.
bool requests_beside(const Setting& setting, std::string_view sentence, const facts::Account& account) {
  return std::ranges::any_of(setting.facts.requests, [&](const facts::Request& request) {
    const bool is_of_money = request.kind == "bank_change" || request.kind == "redirect" || request.kind == "payment";
    if (request.block >= 0 || !is_of_money) return false;
    const std::string marked = with_mark(request.text, account.as_written);
    const std::string said = marked.empty() ? in_one_line(request.text) : marked;
    return said.empty() || !request.attachment.empty() || sentence.find(said) == sentence.npos;
  });
}

/// Whether one sentence of that kind holds the account, and nothing around it asks for money.
bool is_said(const Setting& setting, Who who, const std::string& written, const facts::Account& account) {
  const auto found = sentence_in(who, written);
  if (!found || (*found)[0].find('#') == std::string_view::npos || asks((*found)[1])) return false;
  const auto begin = static_cast<std::size_t>((*found)[0].data() - written.data());
  const std::string around = written.substr(0, begin) + " | " + written.substr(begin + (*found)[0].size());
  if (asks(around) || names_amount(around) || requests_beside(setting, (*found)[0], account)) return false;
  return std::all_of(found->begin() + 2, found->end(), [&](std::string_view words) {
    return words.data() == nullptr || words.empty() || may_stand(setting, who, words);
  });
}

/// The only place of the account in what the sender says, seen by everybody.
bool stands_once(const Setting& setting, const Context& context, const facts::Account& account) {
  if (account.where != "body" || !account.hidden_how.empty() || account.masked) return false;
  return std::ranges::count_if(setting.facts.accounts, [&](const facts::Account& other) {
           return context.says(other.block) && is_one_account(other, account);
         }) == 1;
}

bool is_alone(const Setting& setting, const Context& context) {
  return std::ranges::count_if(setting.facts.accounts, [&](const facts::Account& other) { return context.says(other.block); }) ==
         1;
}

/// A Subject of its own says what it likes; one that it answers is the conversation's.
bool asks_in_subject(const Setting& setting, const Context& context) {
  const std::string base = text::fold(setting.facts.base_subject);
  if (std::ranges::any_of(context.ancestors, [&](const memory::Record* record) { return record->has_subject(base); }))
    return false;
  return asks(in_one_line(setting.facts.subject));
}

/// By what messages showed, it is the writer's, or that of an outsider who is not the reader.
bool is_known(const Setting& setting, const Presented& presented, const std::string& key) {
  return std::ranges::any_of(setting.memory.accounts_with_key(key), [&](const memory::KnownAccount& known) {
    const bool is_outsiders = known.side != policy::kOwnSide && presented.side != policy::kOwnSide;
    return known.side == presented.side || is_outsiders;
  });
}

/// A file that is no picture says more, the other body something else, or a history that nobody else knows asks for money.
bool says_more(const Setting& setting, const Context& context) {
  const facts::Facts& facts = setting.facts;
  const auto differs = [](const Note& note) { return note.code == "bodies_differ"; };
  const auto speaks = [](const message::Attachment& file) {
    return !file.type.starts_with("image/") && file.note != "signature";
  };
  if (!facts.documents.empty() || std::ranges::any_of(facts.attachments, speaks)) return true;
  if (std::ranges::any_of(facts.notes, differs)) return true;
  for (std::size_t block = 0; block < facts.conversation.quoted.size(); ++block) {
    const bool is_known = block < context.quoted_originals.size() && context.quoted_originals[block] != nullptr;
    if (!is_known && asks(in_one_line(facts.conversation.quoted[block].text))) return true;
  }
  return false;
}

/// Whose mail excuses nothing: one that is long, in which something else may ask, or that is not whose it says.
bool is_beyond_excuse(const Setting& setting, const Context& context) {
  if (setting.facts.conversation.new_text.size() > kReadBytes || is_about_salary(setting.facts)) return true;
  if (asks_in_subject(setting, context) || says_more(setting, context)) return true;
  return context.sender_side == policy::kOwnSide && !is_insider(setting, context);
}

bool is_of_others(const Setting& setting, const Context& context, const Presented& presented) {
  const facts::Account& account = setting.facts.accounts[presented.account];
  if (presented.block >= 0 || presented.paying || presented.by_stand_in || !stands_once(setting, context, account)) return false;
  const std::string key = memory::account_key(account);
  if (setting.memory.is_disputed_account(key) || is_known(setting, presented, key)) return false;
  const std::string written = with_mark(setting.facts.conversation.new_text, account.as_written);
  const auto is = [&](Who who) { return is_said(setting, who, written, account); };
  if (written.empty() || !is_plain(written)) return false;
  if (is(Who::reader) || (is_alone(setting, context) && is(Who::warning))) return true;
  return context.sender_side == policy::kOwnSide && (is(Who::sender) || is(Who::form));
}

}  // namespace

void read_of_others(const Setting& setting, Context& context) {
  constexpr std::ptrdiff_t kMost = 3;  ///< accounts of a mail whose words are read
  const auto is_new_text = [](const Presented& presented) { return presented.block < 0; };
  const auto many = std::ranges::count_if(context.presented, is_new_text);
  if (many == 0 || many > kMost || is_beyond_excuse(setting, context)) return;
  for (Presented& presented : context.presented) presented.of_others = is_of_others(setting, context, presented);
}

}  // namespace threadline::findings
