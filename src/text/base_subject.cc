// SPDX-License-Identifier: Apache-2.0
#include "text/base_subject.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "text/charset.h"
#include "text/fold.h"

namespace threadline::text {
namespace {

enum class Prefix { reply, forward };

struct PrefixWord {
  std::string word;
  Prefix kind;
};

/// The table, folded as subjects are (fold also touches letters that only some alphabets have).
const std::vector<PrefixWord>& prefix_words() {
#define THREADLINE_SUBJECT_PREFIX(word, kind) {fold(word), Prefix::kind},
#define THREADLINE_SUBJECT_PREFIX_AS_WRITTEN(word, kind)
  static const std::vector<PrefixWord> words = {
#include "text/subject_prefixes.def"
  };
#undef THREADLINE_SUBJECT_PREFIX
#undef THREADLINE_SUBJECT_PREFIX_AS_WRITTEN
  return words;
}

/// Prefixes that are also words: compared letter by letter.
const std::vector<PrefixWord>& exact_prefixes() {
#define THREADLINE_SUBJECT_PREFIX(word, kind)
#define THREADLINE_SUBJECT_PREFIX_AS_WRITTEN(word, kind) {word, Prefix::kind},
  static const std::vector<PrefixWord> words = {
#include "text/subject_prefixes.def"
  };
#undef THREADLINE_SUBJECT_PREFIX
#undef THREADLINE_SUBJECT_PREFIX_AS_WRITTEN
  return words;
}

/// What gateways put before a subject of a mail from outside, or of one they suspect; folded words alone. Other tags are a
/// list's.
constexpr std::array kBanners = std::to_array<std::string_view>({
    "external",
    "ext",
    "external email",
    "external mail",
    "external sender",
    "external message",
    "ext email",
    "ext mail",
    "externe",
    "extern",
    "externer absender",
    "externe e mail",
    "extern e mail",
    "externo",
    "correo externo",
    "esterno",
    "email esterna",
    "expediteur externe",
    "mail externe",
    "courriel externe",
    "message externe",
    "origine externe",
    "zewnetrzny",
    "outside",
    "outsider",
    "caution",
    "caution external",
    "caution external email",
    "warning",
    "warning external",
    "warning external email",
    "spam",
    "spam suspect",
    "suspected spam",
    "possible spam",
    "probable spam",
    "likely spam",
    "spam probable",
    "spam suspected",
    "junk",
    "bulk",
    "suspect",
    "suspicious",
    "phishing",
    "suspected phishing",
    "possible phishing",
    "phishing suspect",
    "virus",
    "unverified",
    "unverified sender",
    "marketing",
    "newsletter",
    "graymail",
    "secure",
    "encrypt",
    "encrypted",
    "non verifie",
});

constexpr std::size_t kLongestPrefix = 64;  // bytes before the colon
constexpr std::size_t kLongestTag = 64;     // bytes in brackets
constexpr auto kNowhere = std::string_view::npos;

std::string words_of(std::string_view text) {
  std::string words;
  const std::string folded = fold(text);
  for (const char c : folded) {
    const bool is_word = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    if (is_word)
      words += c;
    else if (!words.empty() && words.back() != ' ')
      words += ' ';
  }
  while (!words.empty() && words.back() == ' ') words.pop_back();
  return words;
}

bool is_banner(std::string_view text) { return std::ranges::find(kBanners, std::string_view(words_of(text))) != kBanners.end(); }

/// The length of a colon (ASCII, full width, small) at that place, or 0.
std::size_t colon_length(std::string_view text, std::size_t at) {
  if (text[at] == ':') return 1;
  const std::string_view rest = text.substr(at);
  return rest.starts_with("\uff1a") || rest.starts_with("\ufe55") || rest.starts_with("\ufe13") ? 3 : 0;
}

/// "re[2]", "re(3)", "re^4" and "re2" without the count; digits alone count only behind "re" ("VB6" is a product), and are two at
/// most
/// ("RE2020" is a French building rule).
std::string_view without_count(std::string_view word) {
  constexpr std::string_view kDigits = "0123456789";
  constexpr std::size_t kLongestCounted = 4;
  const bool is_counted = word.size() <= kLongestCounted && equal_ascii_nocase(word.substr(0, 2), "re");
  if (is_counted && word.find_first_not_of(kDigits, 2) == kNowhere) return word.substr(0, 2);
  const std::size_t end = word.find_first_of("[(^*");
  if (end == kNowhere || end == 0) return word;
  const bool is_count = word.find_first_not_of("0123456789])", end + 1) == kNowhere;
  return is_count ? trimmed(word.substr(0, end)) : word;
}

std::string_view bare(std::string_view word) {
  word = without_count(word);
  while (!word.empty() && word.back() == '.') word.remove_suffix(1);
  return word;
}

std::optional<Prefix> kind_in(const std::vector<PrefixWord>& words, std::string_view word) {
  const auto found = std::ranges::find(words, word, &PrefixWord::word);
  if (found == words.end()) return std::nullopt;
  return found->kind;
}

std::optional<Prefix> prefix_of(std::string_view written) {
  const std::string folded = fold(written);
  if (const auto kind = kind_in(prefix_words(), bare(folded))) return kind;
  return kind_in(exact_prefixes(), bare(trimmed(written)));
}

/// Takes prefixes and tags from the front of a subject, one after the other.
class SubjectReader {
 public:
  explicit SubjectReader(std::string_view subject) : rest_(trimmed(subject)) {}

  [[nodiscard]] SubjectParts read() {
    while (!rest_.empty() && (take_prefix() || take_wrapped_forward() || take_tag() || take_marked_banner()))
      rest_ = trimmed(rest_);
    take_forward_trailer();
    SubjectParts parts;
    parts.base = rest_.empty() ? tags_ : tags_ + (tags_.empty() ? "" : " ") + std::string(rest_);
    parts.is_reply = outermost_ == Prefix::reply;
    parts.is_forward = outermost_ == Prefix::forward;
    return parts;
  }

 private:
  void note(Prefix kind) {
    if (!outermost_) outermost_ = kind;
  }

  bool take_prefix() {
    const std::size_t end = std::min(rest_.size(), kLongestPrefix);
    for (std::size_t at = 1; at < end; ++at) {
      const std::size_t length = colon_length(rest_, at);
      if (length == 0) continue;
      if (at == 1 && !tags_.empty()) return false;  // "[stat] R: a": a list's subject, not an Italian reply
      const auto kind = prefix_of(rest_.substr(0, at));
      if (!kind && !is_banner_word(rest_.substr(0, at))) return false;
      if (kind) note(*kind);
      rest_.remove_prefix(at + length);
      return true;
    }
    return false;
  }

  /// "EXTERNAL: Invoice"; one word that only a gateway writes there ("Warning:" may be the sender's own).
  static bool is_banner_word(std::string_view word) {
    const std::string words = words_of(word);
    return words == "external" || words == "ext" || words == "externe" || words == "extern" || words == "spam";
  }

  /// RFC 5256, section 2.1: "[Fwd: subject]".
  bool take_wrapped_forward() {
    if (!rest_.starts_with('[') || !rest_.ends_with(']') || !equal_ascii_nocase(rest_.substr(1, 3), "fwd")) return false;
    if (rest_.substr(4, 1) != ":") return false;
    note(Prefix::forward);
    rest_ = rest_.substr(5, rest_.size() - 6);
    return true;
  }

  /// "[EXTERNAL]" goes; "[list]" waits before the base, so that "Re: [list] x" and "[list] Re: x" have one base.
  bool take_tag() {
    constexpr std::string_view kOpen = "[({<";
    constexpr std::string_view kClose = "])}>";
    const std::size_t kind = kOpen.find(rest_.front());
    if (kind == kNowhere) return false;
    const std::size_t end = rest_.substr(0, kLongestTag).find(kClose[kind]);
    if (end == kNowhere) return false;
    const std::string_view content = rest_.substr(1, end - 1);
    if (!is_banner(content)) {
      if (kind != 0 || trimmed(content).empty() || trimmed(rest_.substr(end + 1)).empty()) return false;
      keep_tag(rest_.substr(0, end + 1));
    }
    rest_.remove_prefix(end + 1);
    return true;
  }

  void keep_tag(std::string_view tag) {
    if (tags_.size() > kLongestTag || tags_.find(tag) != kNowhere) return;
    tags_ += (tags_.empty() ? "" : " ") + std::string(tag);
  }

  /// "***SPAM***", "*EXT*", "--External--".
  bool take_marked_banner() {
    const char mark = rest_.front();
    if (mark != '*' && mark != '-' && mark != '!' && mark != '#') return false;
    const std::size_t begin = rest_.find_first_not_of(mark);
    if (begin == kNowhere) return false;
    const std::size_t end = rest_.substr(0, kLongestTag).find(mark, begin);
    if (end == kNowhere || !is_banner(rest_.substr(begin, end - begin))) return false;
    rest_.remove_prefix(std::min(rest_.find_first_not_of(mark, end), rest_.size()));
    return true;
  }

  /// RFC 5256, section 2.1, subj-trailer: "subject (fwd)".
  void take_forward_trailer() {
    constexpr std::string_view kTrailer = "(fwd)";
    while (rest_.size() > kTrailer.size() && equal_ascii_nocase(rest_.substr(rest_.size() - kTrailer.size()), kTrailer)) {
      note(Prefix::forward);
      rest_ = trimmed(rest_.substr(0, rest_.size() - kTrailer.size()));
    }
  }

  std::string_view rest_;
  std::string tags_;
  std::optional<Prefix> outermost_;
};

}  // namespace

SubjectParts read_subject(std::string_view subject) { return SubjectReader(subject).read(); }

std::string_view behind_tags(std::string_view base) {
  while (base.starts_with('[')) {
    const std::size_t end = base.find(']');
    const std::string_view rest = end == kNowhere ? std::string_view{} : trimmed(base.substr(end + 1));
    if (rest.empty()) break;
    base = rest;
  }
  return base;
}

}  // namespace threadline::text
