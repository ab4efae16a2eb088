// SPDX-License-Identifier: Apache-2.0
#include "findings/word_comparison.h"

#include <algorithm>
#include <span>
#include <unordered_map>
#include <unordered_set>

#include "findings/currency.h"
#include "findings/same_word.h"
#include "findings/spelling.h"
#include "text/same_words.h"

namespace threadline::findings {
namespace {

std::unordered_set<std::string_view> keys_of(const std::vector<HistoryWord>& words) {
  std::unordered_set<std::string_view> keys;
  for (const HistoryWord& word : words) keys.insert(word.identity());
  return keys;
}

/// Two places at which both texts say the same.
struct Match {
  std::size_t copy = 0, source = 0;
};

/// The keys that a text has once, and where.
std::unordered_map<std::string_view, std::size_t> unique_places(const std::vector<HistoryWord>& words) {
  constexpr std::size_t kTwice = static_cast<std::size_t>(-1);
  std::unordered_map<std::string_view, std::size_t> places;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const auto [place, is_new] = places.try_emplace(words[at].identity(), at);
    if (!is_new) place->second = kTwice;
  }
  std::erase_if(places, [](const auto& entry) { return entry.second == kTwice; });
  return places;
}

/// The longest run of matches in which both places grow. Source: patience sorting (Fredman 1975), as in patience diff.
std::vector<Match> longest_growing(const std::vector<Match>& matches) {
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::vector<std::size_t> tops, before(matches.size(), kNone);
  for (std::size_t at = 0; at < matches.size(); ++at) {
    const auto pile =
        std::ranges::lower_bound(tops, matches[at].source, {}, [&](std::size_t top) { return matches[top].source; });
    if (pile != tops.begin()) before[at] = *(pile - 1);
    if (pile == tops.end())
      tops.push_back(at);
    else
      *pile = at;
  }
  std::vector<Match> run;
  for (std::size_t at = tops.empty() ? kNone : tops.back(); at != kNone; at = before[at]) run.push_back(matches[at]);
  std::ranges::reverse(run);
  return run;
}

enum class Anchors { all, plain };  ///< whether a word that counts may be one

/// Words that both texts have once, in one order.
std::vector<Match> anchors_of(const std::vector<HistoryWord>& copy, const std::vector<HistoryWord>& source, Anchors which) {
  const auto here = unique_places(copy);
  const auto there = unique_places(source);
  std::vector<Match> matches;
  for (std::size_t at = 0; at < copy.size(); ++at) {
    if (!here.contains(copy[at].identity()) || (which == Anchors::plain && copy[at].kind != WordKind::plain)) continue;
    if (const auto place = there.find(copy[at].identity()); place != there.end()) matches.push_back({at, place->second});
  }
  return longest_growing(matches);
}

/// What stands between two places of agreement: words [copy.first, copy.second) in whose stead the original has
/// [source.first, source.second).
struct Gap {
  std::pair<std::size_t, std::size_t> copy, source;
  bool begins_text = false, ends_text = false;
};

std::vector<Gap> gaps_between(const std::vector<Match>& anchors, std::size_t copy_size, std::size_t source_size) {
  std::vector<Gap> gaps;
  Match from;
  for (const Match& anchor : anchors) {
    gaps.push_back({.copy = {from.copy, anchor.copy}, .source = {from.source, anchor.source}, .begins_text = gaps.empty()});
    from = {anchor.copy + 1, anchor.source + 1};
  }
  gaps.push_back({.copy = {from.copy, copy_size}, .source = {from.source, source_size}, .ends_text = true});
  return gaps;
}

/// The whole of the one is the whole of the other, and each amount is written in the same way: the common case.
bool is_same(const std::vector<HistoryWord>& copy, const std::vector<HistoryWord>& source) {
  return std::ranges::equal(copy, source, [](const HistoryWord& left, const HistoryWord& right) {
    return left.identity() == right.identity() && (left.kind != WordKind::amount || left.written == right.written);
  });
}

/// The text of a copy, and how the words of what it is compared with were hashed. Read only where a difference was found.
class CopyText {
 public:
  CopyText(std::string_view text, const memory::KeyedHash* hash) : text_(text), hash_(hash) {}

  [[nodiscard]] const memory::KeyedHash* hash() const { return hash_; }

  /// Its words [begin, end), one of them the one that counts.
  [[nodiscard]] Inserted inserted(std::pair<std::size_t, std::size_t> words, std::size_t counting) {
    if (places_.empty()) places_ = word_places(text_);
    if (words.second > places_.size()) return {};
    return {places_[words.first].begin, places_[words.second - 1].end, places_[counting].begin};
  }

  /// Whether its words [begin, end) are those of the source but for white space. At the end of a text either may be cut off.
  [[nodiscard]] bool is_spelled(std::pair<std::size_t, std::size_t> words, std::span<const HistoryWord> source, bool ends_text) {
    if (words.first == words.second || source.empty()) return false;
    if (places_.empty()) places_ = word_places(text_);
    if (words.second > places_.size()) return false;
    const std::size_t begin = places_[words.first].begin;
    Spelling spelling(text_.substr(begin, places_[words.second - 1].end - begin), hash_);
    for (const HistoryWord& word : source) {
      if (!spelling.take(word)) return ends_text && spelling.is_at_end();
    }
    return ends_text || spelling.is_at_end();
  }

 private:
  std::string_view text_;
  const memory::KeyedHash* hash_;
  std::vector<WordPlace> places_;
};

/// Compares gap by gap.
class Comparison {
 public:
  Comparison(const std::vector<HistoryWord>& copy, const std::vector<HistoryWord>& source, CopyText text)
      : copy_(copy),
        source_(source),
        copy_keys_(keys_of(copy)),
        source_keys_(keys_of(source)),
        text_(std::move(text)),
        currencies_(text_.hash()) {}

  std::vector<Replaced> take() {
    find_exchanged();
    const std::vector<Match> anchors = anchors_of(copy_, source_, Anchors::all);
    const std::vector<Gap> gaps = gaps_between(anchors, copy_.size(), source_.size());
    for (std::size_t at = 0; at < anchors.size(); ++at) {
      compare(gaps[at]);
      compare_currency(anchors[at].copy, anchors[at].source);
      ++agreed_;
    }
    if (!anchors.empty()) compare(gaps.back());
    if (!is_close()) std::erase_if(replaced_, [](const Replaced& one) { return one.inserted.has_value(); });
    const bool is_cut_alone = !replaced_.empty() && text_.is_spelled({0, copy_.size()}, source_, true);
    return is_cut_alone ? std::vector<Replaced>{} : std::move(replaced_);
  }

 private:
  static constexpr std::size_t kGapWords = 200;  ///< a longer gap is another text, not a replaced word
  static constexpr std::size_t kEdgeWords = 3;   ///< from the agreement, where the gap reaches the text's begin or end

  /// What only the white space of a gap makes different is no difference.
  void compare(const Gap& gap) {
    const std::size_t before = replaced_.size();
    compare_words(gap);
    const auto source = std::span(source_).subspan(gap.source.first, gap.source.second - gap.source.first);
    if (replaced_.size() > before && text_.is_spelled(gap.copy, source, gap.ends_text)) replaced_.resize(before);
  }

  void compare_words(Gap gap) {
    trim(gap);
    if (is_one_for_one(gap)) return pair_up({&copy_[gap.copy.first]}, {&source_[gap.source.first]});
    find_inserted(gap);
    if (gap.begins_text) keep_last(gap);
    if (gap.ends_text) keep_first(gap);
    if (gap.copy.second - gap.copy.first > kGapWords || gap.source.second - gap.source.first > kGapWords) return;
    for (const WordKind kind : {WordKind::amount, WordKind::phone, WordKind::address, WordKind::link, WordKind::date})
      pair_up(only_in(copy_, gap.copy, kind, source_keys_), only_in(source_, gap.source, kind, copy_keys_));
  }

  /// What agrees at both ends; only the currency of an amount may be another.
  void trim(Gap& gap) {
    while (has_words(gap) && copy_[gap.copy.first].identity() == source_[gap.source.first].identity())
      compare_currency(gap.copy.first++, gap.source.first++), ++agreed_;
    while (has_words(gap) && copy_[gap.copy.second - 1].identity() == source_[gap.source.second - 1].identity())
      compare_currency(--gap.copy.second, --gap.source.second), ++agreed_;
  }

  /// A word that the original has nowhere, alone in the place of one of its kind, be that also elsewhere in the copy: a telephone
  /// number that the signature repeats.
  [[nodiscard]] bool is_one_for_one(const Gap& gap) const {
    if (gap.copy.second - gap.copy.first != 1 || gap.source.second - gap.source.first != 1) return false;
    const HistoryWord &here = copy_[gap.copy.first], &there = source_[gap.source.first];
    return here.kind != WordKind::plain && here.kind == there.kind && !source_keys_.contains(here.identity());
  }

  /// The same number in both texts is another amount in another currency.
  void compare_currency(std::size_t quoted, std::size_t original) {
    const HistoryWord &here = copy_[quoted], &there = source_[original];
    if (here.kind != WordKind::amount || there.kind != WordKind::amount) return;
    const Currencies one = currencies_.of(copy_, quoted), other = currencies_.of(source_, original);
    if (one == 0 || other == 0 || (one & other) != 0) return;
    replaced_.push_back({WordKind::amount, AmountCurrencies::said(here, one), AmountCurrencies::said(there, other), {}});
  }

  /// Two words of one kind that stand in each other's place, each alone of its kind between plain words that both texts have
  /// once.
  void find_exchanged() {
    std::unordered_map<std::string_view, const HistoryWord*> instead;  // by what stands there in the copy
    std::vector<std::pair<const HistoryWord*, const HistoryWord*>> pairs;
    for (const Gap& gap : gaps_between(anchors_of(copy_, source_, Anchors::plain), copy_.size(), source_.size())) {
      for (const WordKind kind : {WordKind::amount, WordKind::phone, WordKind::address}) {
        const HistoryWord *here = only_one(copy_, gap.copy, kind), *there = only_one(source_, gap.source, kind);
        if (here == nullptr || there == nullptr || here->identity() == there->identity()) continue;
        instead.emplace(here->identity(), there);
        pairs.emplace_back(here, there);
      }
    }
    for (const auto& [here, there] : pairs) {
      const auto back = instead.find(there->identity());
      if (back != instead.end() && back->second->identity() == here->identity())
        replaced_.push_back({here->kind, here->written, there->written, {}});
    }
  }

  /// Amounts, telephone numbers and addresses in words that were put between two words of the original, or in the place of a few
  /// of them: more than it lost.
  void find_inserted(const Gap& gap) {
    constexpr std::size_t kMostWords = 40, kMostLost = 10;
    const bool is_at_edge = (gap.begins_text && gap.copy.first == 0) || (gap.ends_text && gap.copy.second == copy_.size());
    if (is_at_edge || gap.copy.second - gap.copy.first > kMostWords) return;
    const auto amounts = added(gap, WordKind::amount), phones = added(gap, WordKind::phone),
               addresses = added(gap, WordKind::address);
    if ((amounts.empty() && phones.empty() && addresses.empty()) || lost_words(gap) > kMostLost) return;
    for (const std::size_t at : amounts) {
      const Currencies currencies = currencies_.of(copy_, at);
      if (currencies == 0) continue;
      replaced_.push_back({WordKind::amount, AmountCurrencies::said(copy_[at], currencies), {}, text_.inserted(gap.copy, at)});
    }
    for (const std::size_t at : phones) {
      if (!has_phone(copy_[at])) add_inserted(gap, at);
    }
    for (const std::size_t at : addresses) add_inserted(gap, at);
  }

  void add_inserted(const Gap& gap, std::size_t at) {
    replaced_.push_back({copy_[at].kind, copy_[at].written, {}, text_.inserted(gap.copy, at)});
  }

  /// Whether the original has that telephone number, also as a number that was not read as one. Of such a word a store keeps a
  /// hash.
  [[nodiscard]] bool has_phone(const HistoryWord& phone) const {
    if (std::ranges::any_of(source_, [&](const HistoryWord& word) { return is_same_phone(phone, word); })) return true;
    const memory::KeyedHash* hash = text_.hash();
    return std::ranges::any_of(phone_spellings(phone), [&](const std::string& digits) {
      return source_keys_.contains(hash == nullptr ? digits : memory::word_hash(*hash, digits));
    });
  }

  /// The words of one kind that the gap has alone, without as many as stand in the place of another.
  [[nodiscard]] std::vector<std::size_t> added(const Gap& gap, WordKind kind) const {
    std::vector<std::size_t> words;
    for (std::size_t at = gap.copy.first; at < gap.copy.second; ++at) {
      if (copy_[at].kind == kind && !source_keys_.contains(copy_[at].identity())) words.push_back(at);
    }
    const std::size_t replaced = words.empty() ? 0 : only_in(source_, gap.source, kind, copy_keys_).size();
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(std::min(replaced, words.size())));
    return words;
  }

  [[nodiscard]] std::size_t lost_words(const Gap& gap) const {
    std::unordered_set<std::string_view> here;
    for (std::size_t at = gap.copy.first; at < gap.copy.second; ++at) here.insert(copy_[at].identity());
    const auto source = std::span(source_).subspan(gap.source.first, gap.source.second - gap.source.first);
    return static_cast<std::size_t>(
        std::ranges::count_if(source, [&](const HistoryWord& word) { return !here.contains(word.identity()); }));
  }

  /// Whether the copy is so much like the original that what it has more was put in: else another form of the text was quoted.
  [[nodiscard]] bool is_close() const {
    constexpr std::ptrdiff_t kMost = 3;
    const auto inserted = std::ranges::count_if(replaced_, [](const Replaced& one) { return one.inserted.has_value(); });
    return inserted <= kMost && agreed_ * 10 >= copy_.size() * 7;
  }

  static bool has_words(const Gap& gap) { return gap.copy.first < gap.copy.second && gap.source.first < gap.source.second; }

  /// A banner before and a footer behind are no replacement: only what stands right beside the agreement is compared.
  static void keep_first(Gap& gap) {
    gap.copy.second = std::min(gap.copy.second, gap.copy.first + kEdgeWords);
    gap.source.second = std::min(gap.source.second, gap.source.first + kEdgeWords);
  }
  static void keep_last(Gap& gap) {
    gap.copy.first = std::max(gap.copy.first, gap.copy.second - std::min(gap.copy.second, kEdgeWords));
    gap.source.first = std::max(gap.source.first, gap.source.second - std::min(gap.source.second, kEdgeWords));
  }

  static std::vector<const HistoryWord*> only_in(const std::vector<HistoryWord>& words, std::pair<std::size_t, std::size_t> range,
                                                 WordKind kind, const std::unordered_set<std::string_view>& other_keys) {
    std::vector<const HistoryWord*> found;
    for (std::size_t at = range.first; at < range.second; ++at) {
      if (words[at].kind == kind && !other_keys.contains(words[at].identity())) found.push_back(&words[at]);
    }
    return found;
  }

  /// The word of that kind; nullptr where there is none or more than one.
  static const HistoryWord* only_one(const std::vector<HistoryWord>& words, std::pair<std::size_t, std::size_t> range,
                                     WordKind kind) {
    const auto in_range = std::span(words).subspan(range.first, range.second - range.first);
    const auto found = std::ranges::find(in_range, kind, &HistoryWord::kind);
    if (found == in_range.end() || std::ranges::count(in_range, kind, &HistoryWord::kind) != 1) return nullptr;
    return &*found;
  }

  void pair_up(const std::vector<const HistoryWord*>& quoted, const std::vector<const HistoryWord*>& original) {
    for (std::size_t at = 0; at < std::min(quoted.size(), original.size()); ++at) {
      const bool is_same = is_same_link(*quoted[at], *original[at]) || is_same_phone(*quoted[at], *original[at]) ||
                           is_same_day(*quoted[at], *original[at]);
      if (!is_same) replaced_.push_back({quoted[at]->kind, quoted[at]->written, original[at]->written, {}});
    }
  }

  const std::vector<HistoryWord>&copy_, &source_;
  const std::unordered_set<std::string_view> copy_keys_, source_keys_;
  CopyText text_;
  AmountCurrencies currencies_;
  std::size_t agreed_ = 0;  ///< words
  std::vector<Replaced> replaced_;
};

}  // namespace

std::vector<Replaced> replaced_words(std::string_view quoted, std::string_view original) {
  if (text::is_same_words(quoted, original, text::LineEnds::only_before_letters)) return {};
  const auto copy = history_words(quoted), source = history_words(original);
  return Comparison(copy, source, {quoted, nullptr}).take();
}

std::vector<Replaced> replaced_words(std::string_view quoted, const memory::Record& original) {
  if (original.text == nullptr) return replaced_words(quoted, original.facts->conversation.new_text);
  return replaced_words(quoted, kept_words(quoted, *original.text->hash), *original.text);
}

std::vector<Replaced> replaced_words(std::string_view quoted, const std::vector<HistoryWord>& words,
                                     const memory::KeptText& original) {
  if (is_same(words, original.words)) return {};
  return Comparison(words, original.words, {quoted, original.hash}).take();
}

}  // namespace threadline::findings
