// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>

#include "findings/context.h"
#include "findings/level_subjects.h"
#include "text/base_subject.h"
#include "text/domain.h"
#include "text/fold.h"
#include "text/mailbox.h"

namespace threadline::findings {
namespace {

constexpr std::int64_t kMinute = 60, kHour = 3'600;
constexpr std::int64_t kWidestShift = 26 * kHour;  ///< from UTC-12 to UTC+14
constexpr std::size_t kWordsCompared = 2'000;

constexpr bool is_word_byte(char letter) {
  const auto byte = static_cast<unsigned char>(letter);
  return byte >= 0x80 || (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
}

/// Of each byte of a word what is hashed, in lower case; 0 for all others.
constexpr auto kLowered = [] {
  std::array<unsigned char, 256> lowered{};
  for (std::size_t byte = 0; byte < lowered.size(); ++byte) {
    if (is_word_byte(static_cast<char>(byte)))
      lowered[byte] = static_cast<unsigned char>(byte | (byte >= 'A' && byte <= 'Z' ? 0x20U : 0U));
  }
  return lowered;
}();

/// The same for two texts in evidence: hashed while they are read (FNV-1a of each word in lower case).
std::vector<std::uint64_t> words_of(std::string_view text) {
  constexpr std::uint64_t kBasis = 0xcbf29ce484222325U, kPrime = 0x100000001b3U;
  std::vector<std::uint64_t> words;
  for (std::size_t at = 0; at < text.size() && words.size() < kWordsCompared; ++at) {
    std::uint64_t hash = kBasis;
    const std::size_t begin = at;
    for (; at < text.size(); ++at) {
      const unsigned char byte = kLowered[static_cast<unsigned char>(text[at])];
      if (byte == 0) break;
      hash = (hash ^ byte) * kPrime;
    }
    if (at > begin) words.push_back(hash);
  }
  return words;
}

/// A message that may be the original: in evidence, or known to the memory, which may have no more of its words than hashes.
struct Candidate {
  const facts::Facts& facts;
  const memory::KeptText* text = nullptr;
  SpokenWords* spoken = nullptr;  ///< of the block that is held against such hashes
};

struct Overlap {
  std::size_t words = 0;
  double share = 0;  ///< of the quoted words that stand in the original
};

/// The sorted hashes of texts of late: a quoted text is held against all that its author wrote, and those against many quotes.
/// Limits: 256 texts of 16 KiB at most; the others are read each time.
class LateTexts {
 public:
  const std::vector<std::uint64_t>& words(std::string_view text) {
    Kept& kept = kept_[(std::hash<const void*>{}(text.data()) * kOdd >> kShift) % kTexts];
    if (kept.text == text && !text.empty()) return kept.words;
    kept.words = words_of(text);
    std::ranges::sort(kept.words);
    kept.text = text.size() <= kMostBytes ? text : std::string_view();
    return kept.words;
  }

 private:
  static constexpr std::size_t kTexts = 256, kMostBytes = 16'384, kShift = 40;
  static constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15U;  ///< Fibonacci hashing: 2^64 by the golden ratio
  struct Kept {
    std::string text;
    std::vector<std::uint64_t> words;
  };
  std::array<Kept, kTexts> kept_;
};

/// How many of the quoted words, each as often as it is said, the original has. Both are sorted.
template <class Hash>
std::size_t shared_words(const std::vector<Hash>& quoted, const std::vector<Hash>& original) {
  std::size_t shared = 0;
  for (auto here = quoted.begin(), there = original.begin(); here != quoted.end() && there != original.end();) {
    if (*there < *here) {
      ++there;
      continue;
    }
    shared += *here++ == *there ? 1U : 0U;
  }
  return shared;
}

Overlap overlap_of(const facts::QuotedBlock& block, const Candidate& candidate) {
  std::size_t count = 0;
  std::size_t shared = 0;
  if (candidate.text == nullptr) {
    thread_local LateTexts quotes, originals;
    const auto& quoted = quotes.words(block.text);
    count = quoted.size();
    shared = shared_words(quoted, originals.words(candidate.facts.conversation.new_text));
  } else {
    SpokenWords& quoted = *candidate.spoken;
    if (!quoted) quoted = spoken_words(block.text, *candidate.text->hash);
    count = quoted->size();
    shared = shared_words(*quoted, candidate.text->spoken);
  }
  return count == 0 ? Overlap{0, 1} : Overlap{count, static_cast<double>(shared) / static_cast<double>(count)};
}

enum class SameSender { no, imitated, by_name, yes };

bool same_address(const message::Address& quoted, const facts::Facts& candidate) {
  return !candidate.from.empty() && quoted.address.find('@') != std::string::npos &&
         text::equal_ascii_nocase(quoted.address, candidate.from.front().address);
}

SameSender same_sender(const message::Address& quoted, const facts::Facts& candidate) {
  if (candidate.from.empty()) return SameSender::no;
  if (same_address(quoted, candidate)) return SameSender::yes;
  const message::Address& from = candidate.from.front();
  const bool has_address = quoted.address.find('@') != std::string::npos;
  const bool same_name =
      !quoted.name.empty() && text::name_key(text::common_name(quoted.name)) == text::name_key(text::common_name(from.name));
  if (!has_address) return same_name ? SameSender::by_name : SameSender::no;
  const bool same_local =
      text::equal_ascii_nocase(text::local_part_of_address(quoted.address), text::local_part_of_address(from.address));
  return same_name || same_local ? SameSender::imitated : SameSender::no;
}

enum class SameDate { no, unknown, shifted, yes };

SameDate same_date(const facts::QuotedBlock& block, const facts::Facts& candidate) {
  if (!block.date || !candidate.dates.header) return SameDate::unknown;
  const std::int64_t apart = std::abs(block.date->at.seconds - candidate.dates.header->at.seconds);
  if (apart <= kMinute) return SameDate::yes;
  const std::int64_t rest = apart % kHour;
  return apart <= kWidestShift && (rest <= kMinute || rest >= kHour - kMinute) ? SameDate::shifted : SameDate::no;
}

bool has_subject(const Candidate& from, std::string_view base) {
  if (from.text != nullptr) return from.text->hash->of(text::fold(base)) == from.text->subject;
  const std::string& own = from.facts.base_subject;
  return base == own || text::fold(base) == text::fold(own);
}

bool same_subject(const facts::QuotedBlock& block, const facts::Facts& carrier, const Candidate& from) {
  return std::ranges::any_of(subjects_of(block, carrier), [&](const std::string& base) { return has_subject(from, base); });
}

/// What stands before an account in a subject, with and without the words that label it: the last one, two and three.
void add_before_account(std::string_view base, const facts::Facts& carrier, std::vector<std::string>& subjects) {
  constexpr std::string_view kMarks = " \t-:;,|/(";
  constexpr int kLabelWords = 3;
  for (const facts::Account& account : carrier.accounts) {
    const std::size_t at = account.span.part == "header" ? base.find(account.as_written) : base.npos;
    if (at == base.npos || account.as_written.empty()) continue;
    std::string_view before = base.substr(0, at);
    for (int word = 0; word <= kLabelWords; ++word) {
      before = before.substr(0, before.find_last_not_of(kMarks) + 1);
      if (before.empty()) return;
      subjects.emplace_back(before);
      before = before.substr(0, before.find_last_of(' ') + 1);
    }
    return;
  }
}

/// What an unnamed copy must share with its original, the less the more surely it is of the conversation.
struct Least {
  std::size_t words;
  double pairs;
};
constexpr Least least_of(Kinship kinship) {
  if (kinship == Kinship::place) return {5, 0.7};
  return kinship == Kinship::thread ? Least{8, 0.85} : Least{12, 0.9};
}

/// The same where a store before version 4 kept single words alone: they must be those of the message whose id stands at the
/// level's place.
double score_by_words(const facts::QuotedBlock& block, const Candidate& candidate) {
  constexpr std::size_t kLeastWords = 8;
  constexpr double kLeastShare = 0.8;
  const Overlap overlap = overlap_of(block, candidate);
  return overlap.words < kLeastWords || overlap.share < kLeastShare ? 0 : 0.6 * overlap.share;
}

/// How much of its words a copy without the right date must share: the less, the more surely it is of the conversation.
double share_without_date(SameDate date, Kinship kinship) {
  if (kinship == Kinship::subject) return 0.9;
  if (kinship == Kinship::thread) return date == SameDate::unknown ? 0.7 : 0.8;
  return date == SameDate::unknown ? 0.5 : 0.7;
}

/// The level's place in References, its minute and its sender's name or local part name the message: of a few words ("IBAN: ...")
/// the alteration itself may leave none.
double score_of_sender(SameSender sender, SameDate date, const Overlap& overlap, Kinship kinship) {
  if (date == SameDate::no || date == SameDate::unknown) {
    const bool is_other = sender == SameSender::imitated && (kinship != Kinship::place || overlap.share < 0.8);
    const bool is_it = !is_other && overlap.words >= 8 && overlap.share >= share_without_date(date, kinship);
    return is_it ? 0.6 * overlap.share : 0;
  }
  const bool is_named = date == SameDate::yes && kinship == Kinship::place;
  if (sender == SameSender::imitated && !is_named) return overlap.words >= 5 && overlap.share >= 0.7 ? 0.7 * overlap.share : 0;
  const bool is_exact = date == SameDate::yes && sender == SameSender::yes;
  if (!is_exact && !is_named && overlap.share < 0.5) return 0;
  if (is_exact && !is_named && overlap.share < 0.3 && overlap.words >= 8) return 0;
  return (is_exact ? 0.85 : 0.75) + 0.1 * overlap.share;
}

double score_of(const facts::QuotedBlock& block, const facts::Facts& carrier, const Candidate& from, Kinship kinship) {
  const facts::Facts& candidate = from.facts;
  if (is_unnamed(block)) return from.text != nullptr && kinship == Kinship::place ? score_by_words(block, from) : 0;
  const SameDate date = same_date(block, candidate);
  if (date == SameDate::no && !same_address(block.from, candidate)) return 0;
  const SameSender sender = same_sender(block.from, candidate);
  if (sender == SameSender::no) return 0;
  if (kinship == Kinship::subject && !same_subject(block, carrier, from)) return 0;
  const double score = score_of_sender(sender, date, overlap_of(block, from), kinship);
  return score > 0 && kinship == Kinship::place ? score + 0.05 : score;
}

/// "Invoice 12 - reminder", "Invoice 12 (second sending)": what stands before the last mark, and the one before it.
void add_before_marks(std::string_view base, std::vector<std::string>& subjects) {
  constexpr int kMarks = 2;
  for (int mark = 0; mark < kMarks; ++mark) {
    const std::size_t dash = base.rfind(" - "), bracket = base.rfind(" (");
    if (dash == base.npos && bracket == base.npos) return;
    base = base.substr(0, dash == base.npos || (bracket != base.npos && bracket > dash) ? bracket : dash);
    if (!base.empty()) subjects.emplace_back(base);
  }
}

}  // namespace

std::vector<std::string> subjects_of(const facts::QuotedBlock& block, const facts::Facts& carrier) {
  if (!block.subject.empty()) return {text::read_subject(block.subject).base};
  const std::string& base = carrier.base_subject;
  std::vector<std::string> subjects{base};
  if (const std::string_view untagged = text::behind_tags(base); untagged != base) subjects.emplace_back(untagged);
  add_before_account(base, carrier, subjects);
  add_before_marks(base, subjects);
  return subjects;
}

/// Hashes of the words of a text, at most kWordsCompared, as the store made them that keeps no more.
std::vector<std::uint32_t> spoken_words(std::string_view text, const memory::KeyedHash& hash) {
  std::vector<std::uint32_t> words;
  for (std::size_t at = 0; at < text.size() && words.size() < kWordsCompared;) {
    std::size_t end = at;
    while (end < text.size() && is_word_byte(text[end])) ++end;
    if (end > at) words.push_back(hash.of_word(text::ascii_lower(text.substr(at, end - at))));
    at = end + 1;
  }
  std::ranges::sort(words);
  return words;
}

std::vector<std::uint32_t> kept_spoken_words(std::string_view text, const memory::KeyedHash& hash) {
  auto words = spoken_words(text, hash);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

Kinship kinship_of(const facts::QuotedBlock& block, const facts::Facts& carrier, const facts::Facts& candidate,
                   bool same_thread) {
  if (!same_thread || candidate.message_id.empty()) return same_thread ? Kinship::thread : Kinship::subject;
  const auto& references = carrier.thread.references;
  const auto level = static_cast<std::size_t>(std::max(block.level, 1));
  const bool in_references = level <= references.size() && references[references.size() - level] == candidate.message_id;
  const bool is_parent = level == 1 && carrier.thread.in_reply_to == candidate.message_id;
  return in_references || is_parent ? Kinship::place : Kinship::thread;
}

double share_said(const facts::QuotedBlock& block, const memory::Record& by) {
  SpokenWords spoken;
  return overlap_of(block, {*by.facts, by.text.get(), &spoken}).share;
}

bool is_unnamed(const facts::QuotedBlock& block) { return block.from.name.empty() && block.from.address.empty(); }

double unnamed_score(const WordPairs& block, const WordPairs& candidate, Kinship kinship) {
  const Least least = least_of(kinship);
  if (block.words < least.words) return 0;
  const Likeness shared = likeness(block, candidate);
  if (shared.pairs < least.pairs) return 0;
  const bool is_equal = shared.pairs == 1 && shared.numbers == 1;
  return 0.55 * shared.pairs + 0.1 * shared.numbers + (is_equal ? 0.1 : 0) + (kinship == Kinship::place ? 0.05 : 0);
}

const WordPairs& CandidateWords::of(const facts::Facts& candidate) {
  constexpr std::size_t kKept = 2'000;
  if (made_.size() >= kKept) made_.clear();
  const auto [place, is_new] = made_.try_emplace(&candidate);
  if (is_new) place->second = word_pairs(candidate.conversation.new_text);
  return place->second;
}

double original_score(const facts::QuotedBlock& block, const facts::Facts& carrier, const facts::Facts& candidate,
                      Kinship kinship) {
  return score_of(block, carrier, {candidate}, kinship);
}

double original_score(const facts::QuotedBlock& block, const facts::Facts& carrier, const memory::Record& candidate,
                      Kinship kinship, SpokenWords& spoken) {
  return score_of(block, carrier, {*candidate.facts, candidate.text.get(), &spoken}, kinship);
}

}  // namespace threadline::findings
