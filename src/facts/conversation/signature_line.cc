// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/signature_line.h"

#include <algorithm>
#include <array>
#include <vector>

#include "facts/conversation/tokens.h"
#include "text/fold.h"
#include "text/pattern.h"
#include "text/phrases.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kFooterWords = 16, kFooterBytes = 200;
constexpr auto kNowhere = std::string_view::npos;

enum class Footer { lead, end, whole, phone, client, get };
struct FooterWords {
  Footer kind;
  std::string words;
};

const std::vector<FooterWords>& footers() {
#define THREADLINE_FOOTER(kind, language, words) {Footer::kind, plain_words(words)},
  static const std::vector<FooterWords> table = {
#include "facts/conversation/mobile_footers.def"
  };
#undef THREADLINE_FOOTER
  return table;
}

struct Closing {
  std::string words;
  int more;  ///< words that may follow
};

const std::vector<Closing>& closings() {
#define THREADLINE_CLOSING(language, words, more) {plain_words(words), more},
  static const std::vector<Closing> table = {
#include "facts/conversation/closings.def"
  };
#undef THREADLINE_CLOSING
  return table;
}

enum class Disclaimer { phrase, stem, notice, linked };
struct DisclaimerWords {
  Disclaimer kind;
  std::string words;
};

const std::vector<DisclaimerWords>& disclaimers() {
#define THREADLINE_DISCLAIMER(kind, language, words) {Disclaimer::kind, plain_words(words)},
  static const std::vector<DisclaimerWords> table = {
#include "facts/conversation/disclaimers.def"
  };
#undef THREADLINE_DISCLAIMER
  return table;
}

/// A telephone number: international, national with a leading zero, North American, or behind a label.
constexpr std::string_view kTelephone =
    R"(\+\d[\d\s.()/-]{6,}\d|(?:^|[^\d.,])\(?0\d{1,4}\)?[\s./-]*\d[\d\s./-]{5,}\d|(?:^|\D)\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}\b)"
    R"(|(?:\b(?:t[e\x{e9}]l|phone|mob|m\x{f3}v|fax|cell|gsm|handy|direct|fixe|fijo)|\x{7535}\x{8bdd}|\x{96fb}\x{8a71}|\x{c804}\x{d654}))"
    R"([^\s\d]{0,12}[\s.:]*[+(]?\d[\d\s.()/-]{4,}\d|\b[tmfp][.:]\s*[+(]?\d[\d\s.()/-]{4,}\d)";

/// All of the table in one pass over the text: indices into disclaimers().
std::vector<std::size_t> disclaimers_in(std::string_view words) {
  static const text::Phrases phrases([] {
    std::vector<std::string_view> all;
    for (const DisclaimerWords& one : disclaimers()) all.push_back(one.words);
    return all;
  }());
  return phrases.matches(words);
}

bool is_ascii_word(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/// The place behind whole words in a text, or nowhere; letters of scripts without spaces have no border.
std::size_t end_of_words(std::string_view text, std::string_view words, std::size_t from) {
  for (std::size_t at = text.find(words, from); at != kNowhere; at = text.find(words, at + 1)) {
    if (at == 0 || !is_ascii_word(text[at - 1]) || !is_ascii_word(words.front())) return at + words.size();
  }
  return kNowhere;
}

bool begins_with_words(std::string_view text, std::string_view words) {
  return text.starts_with(words) &&
         (text.size() == words.size() || !is_ascii_word(text[words.size()]) || !is_ascii_word(words.back()));
}

bool names_a_device(std::string_view words) {
  return std::ranges::any_of(footers(), [&](const FooterWords& one) {
    return (one.kind == Footer::phone || one.kind == Footer::client) && end_of_words(words, one.words, 0) != kNowhere;
  });
}

bool names_outlook_for_phones(std::string_view words) {
  return words.find("outlook") != kNowhere && (words.find("ios") != kNowhere || words.find("android") != kNowhere);
}

/// Whether the words are that footer; "get Outlook" only where names_outlook_for_phones.
bool is_footer_by(const FooterWords& footer, std::string_view words) {
  switch (footer.kind) {
    case Footer::whole: return begins_with_words(words, footer.words);
    case Footer::lead: return begins_with_words(words, footer.words) && names_a_device(words.substr(footer.words.size()));
    case Footer::end: return words.ends_with(footer.words) && names_a_device(words.substr(0, words.size() - footer.words.size()));
    case Footer::get: return end_of_words(words, footer.words, 0) != kNowhere;
    case Footer::phone:
    case Footer::client: return false;
  }
  return false;
}

/// What stands between the ends of a link, with the marks around it: "<https://...>", "(http://...)", "[mailto:...]".
std::string without_links(std::string_view line) {
  static const text::Pattern link(R"([<(\[]*(?:https?://|mailto:|www\.)[^\s>)\]]*[>)\]]*)", text::Pattern::Case::insensitive);
  std::string kept;
  std::size_t from = 0;
  while (const auto match = link.find(line, from)) {
    const std::string_view found = match->front();
    const auto at = static_cast<std::size_t>(found.data() - line.data());
    kept.append(line.substr(from, at - from)).append(" ");
    from = at + found.size();
  }
  return kept.append(line.substr(from));
}

/// The length of the mark at that place: ASCII other than letters and digits, General Punctuation, full-width and Latin-1 marks.
std::size_t mark_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  if (byte(at) < 0x80) return is_ascii_word(text[at]) ? 0 : 1;
  if (byte(at) == 0xC2) return 2;
  if (byte(at) == 0xE2 && (byte(at + 1) == 0x80 || byte(at + 1) == 0x81)) return 3;
  if (byte(at) == 0xE3 && byte(at + 1) == 0x80 && byte(at + 2) <= 0x82) return 3;
  return 0;
}

/// Footers by their first byte, or their last where a text ends in them: nearly no line of a mail begins or ends like one.
class FootersByByte {
 public:
  FootersByByte() {
    for (const FooterWords& one : footers()) {
      if (one.kind == Footer::whole || one.kind == Footer::lead) begun_[byte(one.words.front())].push_back(&one);
      if (one.kind == Footer::end) ended_[byte(one.words.back())].push_back(&one);
      if (one.kind == Footer::get) get_.push_back(&one);
    }
  }
  [[nodiscard]] bool any(std::string_view words) const {
    const auto is_it = [&](const FooterWords* one) { return is_footer_by(*one, words); };
    return std::ranges::any_of(begun_[byte(words.front())], is_it) || std::ranges::any_of(ended_[byte(words.back())], is_it) ||
           (names_outlook_for_phones(words) && std::ranges::any_of(get_, is_it));
  }

 private:
  static std::size_t byte(char c) { return static_cast<unsigned char>(c); }
  std::array<std::vector<const FooterWords*>, 256> begun_, ended_;
  std::vector<const FooterWords*> get_;
};

const std::vector<const Closing*>& closings_begun_by(char first) {
  static const auto table = [] {
    std::array<std::vector<const Closing*>, 256> by_byte;
    for (const Closing& one : closings()) by_byte[static_cast<unsigned char>(one.words.front())].push_back(&one);
    return by_byte;
  }();
  return table[static_cast<unsigned char>(first)];
}

}  // namespace

std::string plain_words(std::string_view line) {
  const std::string folded =
      text::fold(line.find("://") == kNowhere && line.find("www.") == kNowhere ? line : without_links(line));
  std::string words;
  words.reserve(folded.size());
  for (std::size_t at = 0; at < folded.size();) {
    if (const std::size_t mark = mark_length(folded, at); mark != 0) {
      if (!words.empty() && words.back() != ' ') words += ' ';
      at += mark;
    } else {
      words += folded[at++];
    }
    if (words.ends_with("e mail") && (words.size() == 6 || words[words.size() - 7] == ' ')) words.erase(words.size() - 5, 1);
  }
  if (!words.empty() && words.back() == ' ') words.pop_back();
  return words;
}

bool is_program_footer(std::string_view words) {
  if (words.empty() || words.size() > kFooterBytes || std::ranges::count(words, ' ') >= static_cast<int>(kFooterWords))
    return false;
  static const FootersByByte table;
  return table.any(words);
}

bool is_phone_footer(std::string_view words) {
  constexpr std::size_t kStem = 5;  // "puhelimestani", "smartphonem"; "tel" is no begin of "telekom"
  return std::ranges::any_of(footers(), [&](const FooterWords& one) {
    if (one.kind != Footer::phone) return false;
    for (std::size_t end = end_of_words(words, one.words, 0); end != kNowhere; end = end_of_words(words, one.words, end)) {
      if (one.words.size() >= kStem || end == words.size() || !is_ascii_word(words[end])) return true;
    }
    return false;
  });
}

bool is_closing(std::string_view words) {
  constexpr std::size_t kMostBytes = 120;
  if (words.empty() || words.size() > kMostBytes) return false;
  return std::ranges::any_of(closings_begun_by(words.front()), [&](const Closing* closing) {
    if (words == closing->words) return true;
    if (closing->more == 0 || !begins_with_words(words, closing->words)) return false;
    return std::ranges::count(words.substr(closing->words.size()), ' ') <= closing->more;
  });
}

std::optional<std::size_t> disclaimer_in(std::string_view words, bool linked) {
  std::size_t first = kNowhere, phrase = kNowhere;
  bool stem = false;
  for (const std::size_t index : disclaimers_in(words)) {
    const DisclaimerWords& one = disclaimers()[index];
    const std::size_t end = end_of_words(words, one.words, 0);
    if (one.kind == Disclaimer::stem) stem = true;
    if (end == kNowhere || one.kind == Disclaimer::stem || (one.kind == Disclaimer::linked && !linked)) continue;
    std::size_t& earliest = one.kind == Disclaimer::phrase ? phrase : first;
    earliest = std::min(earliest, end - one.words.size());
  }
  if (stem) first = std::min(first, phrase);
  if (first == kNowhere) return std::nullopt;
  return first;
}

bool has_link(std::string_view line) {
  static const text::Pattern link(R"(https?://|\bwww\.\w|[\w.+-]+@[\w-]+\.\w)", text::Pattern::Case::insensitive);
  return link.is_in(line);
}

bool is_contact(std::string_view line) {
  static const text::Pattern telephone(kTelephone, text::Pattern::Case::insensitive);
  return has_link(line) || telephone.is_in(line);
}

bool is_ruler(std::string_view line) {
  line = trimmed_line(line);
  if (line.empty() || std::string_view("-_*=~#+").find(line.front()) == kNowhere) return false;
  const char mark = line.front();
  return std::ranges::count(line, mark) >= 3 && std::ranges::all_of(line, [&](char c) { return c == mark || c == ' '; });
}

bool is_delimiter(std::string_view line) {
  constexpr std::array kDelimiters =
      std::to_array<std::string_view>({"--", "__", "\u2014", "\u2013", "- --", "\u2014\u2014", "\u1427"});
  return std::ranges::find(kDelimiters, trimmed_line(line)) != kDelimiters.end();
}

}  // namespace threadline::facts
