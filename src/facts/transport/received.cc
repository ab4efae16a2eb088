// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <span>

#include "facts/transport/hop.h"
#include "facts/transport/received_comment.h"
#include "facts/transport/received_words.h"
#include "text/fold.h"
#include "text/mail_date.h"

namespace threadline::facts {
namespace {

enum class Clause { from, by, via, with, id, for_whom, tls, envelope_from, none };

struct Keyword {
  std::string_view word;
  Clause clause;
};
/// RFC 5321 section 4.4; `tls` is Exim's, `envelope-from` outside of a comment Haraka's.
constexpr Keyword kKeywords[] = {
    {"from", Clause::from}, {"by", Clause::by},        {"via", Clause::via}, {"with", Clause::with},
    {"id", Clause::id},     {"for", Clause::for_whom}, {"tls", Clause::tls}, {"envelope-from", Clause::envelope_from}};

/// Protocol words that are whole by themselves (RFC 3848, RFC 8314 registry, and what MTAs write).
constexpr std::string_view kProtocols[] = {"smtp",  "esmtp",  "esmtpa",   "esmtps",    "esmtpsa",   "lmtp",       "lmtpa",
                                           "lmtps", "lmtpsa", "utf8smtp", "utf8smtpa", "utf8smtps", "utf8smtpsa", "smtps",
                                           "smtpa", "smtpsa", "asmtp",    "local",     "http",      "https",      "httprest",
                                           "mapi",  "qmqp",   "uucp",     "imap",      "pop3",      "mms",        "bsmtp"};

Clause clause_of(const Word& word) {
  if (!word.is_text() || word.text.size() > 13) return Clause::none;
  for (const Keyword& keyword : kKeywords) {
    if (text::equal_ascii_nocase(word.text, keyword.word)) return keyword.clause;
  }
  return Clause::none;
}

bool is_protocol(std::string_view word) {
  return std::any_of(std::begin(kProtocols), std::end(kProtocols),
                     [&](std::string_view known) { return text::equal_ascii_nocase(word, known); });
}

using Words = std::span<const Word>;

/// The clauses of one value: the words from each first keyword to the next keyword.
struct Clauses {
  std::array<Words, static_cast<std::size_t>(Clause::none)> of;
  Words lead;  ///< before the first keyword

  [[nodiscard]] Words operator[](Clause clause) const { return of[static_cast<std::size_t>(clause)]; }
};

/// A keyword straight after `from` and before a comment is what the peer called itself ("from by (host [192.0.2.1]) by mx").
bool is_value_of_from(Words words, std::size_t at) {
  return at > 0 && clause_of(words[at - 1]) == Clause::from && at + 1 < words.size() && words[at + 1].is_comment();
}

Clauses split_clauses(Words words) {
  Clauses clauses;
  std::array<bool, static_cast<std::size_t>(Clause::none)> seen{};
  std::size_t begin = 0;
  Clause current = Clause::none;
  const auto close = [&](std::size_t end) {
    const Words body = words.subspan(begin, end - begin);
    if (current == Clause::none) {
      if (begin == 0) clauses.lead = body;
    } else if (!seen[static_cast<std::size_t>(current)]) {
      clauses.of[static_cast<std::size_t>(current)] = body;
      seen[static_cast<std::size_t>(current)] = true;
    }
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Clause clause = clause_of(words[i]);
    if (clause == Clause::none || is_value_of_from(words, i)) continue;
    close(i);
    begin = i + 1;
    current = clause;
  }
  close(words.size());
  return clauses;
}

/// The text words at the start of a clause, as one stretch of the value.
std::string_view leading_text(std::string_view value, Words words) {
  std::size_t count = 0;
  while (count < words.size() && words[count].is_text()) ++count;
  return count == 0 ? std::string_view{} : value.substr(words.front().begin, words[count - 1].end - words.front().begin);
}

std::string_view first_text(Words words) {
  return !words.empty() && words.front().is_text() ? words.front().text : std::string_view{};
}

/// A host name or address; several words without any dot are one made-up name ("mail pickup service").
std::string_view host_text(std::string_view value, Words words) {
  const std::string_view first = first_text(words);
  if (first.find_first_of(".[:@") != std::string_view::npos) return first;
  const auto literal = std::find_if(words.begin(), words.end(), [](const Word& word) { return word.text.starts_with('['); });
  return leading_text(value, words.first(static_cast<std::size_t>(literal - words.begin())));
}

/// One protocol word, or a product's name of several words ("Microsoft SMTP Server").
std::string_view protocol_text(std::string_view value, Words words) {
  const std::string_view first = first_text(words);
  return is_protocol(first) ? first : leading_text(value, words);
}

std::string_view recipient_text(std::string_view value, Words words) {
  const std::string_view first = first_text(words);
  if (first.find_first_of("<@") != std::string_view::npos) return bare(first);
  return leading_text(value, words);
}

/// Addresses that stand as words of their own: "from mail.example [192.0.2.1]".
std::string_view address_word(Words words) {
  for (std::size_t i = 1; i < words.size() && words[i].is_text(); ++i) {
    if (words[i].text.front() == '[') return ip_address(words[i].text);
  }
  return {};
}

/// What all comments of the clause say of the peer, first come first served.
PeerComment peer_comments(Words words) {
  PeerComment all;
  for (const Word& word : words) {
    if (!word.is_comment()) continue;
    const PeerComment one = read_peer_comment(word.text);
    if (all.helo.empty()) all.helo = one.helo;
    if (all.ip.empty()) all.ip = one.ip;
    if (all.name.empty()) all.name = one.name;
  }
  return all;
}

/// Who the peer is. The first word is what it said (HELO), unless a comment says that; then it is its name (qmail, Exim, vger).
/// An address alone is the address.
void read_from(std::string_view value, Words words, Hop& hop) {
  const PeerComment said = peer_comments(words);
  const std::string_view first = host_text(value, words);
  hop.from.ip = said.ip.empty() ? address_word(words) : said.ip;
  hop.from.name = said.name;
  hop.from.helo = said.helo;
  if (first.empty()) return;
  const std::string_view literal = ip_address(first);
  if (!literal.empty() && hop.from.ip.empty()) {
    hop.from.ip = literal;
  } else if (said.helo.empty()) {
    const bool is_mailbox = literal.empty() && first.find('@') != std::string_view::npos && hop.from.ip.empty();
    (is_mailbox ? hop.envelope_from : hop.from.helo) = is_mailbox ? bare(first) : first;
  } else if (literal.empty() && hop.from.name.empty() && !text::equal_ascii_nocase(first, "unknown")) {
    hop.from.name = first.substr(0, first.size() - (first.back() == '.' ? 1 : 0));
  }
}

void read_by(std::string_view value, Words words, Hop& hop) {
  hop.by = host_text(value, words);
  const std::string_view word = address_word(words);
  hop.ip_by = word.empty() ? peer_comments(words).ip : word;
}

/// A word with which a date begins: "Mon,", "2025-06-17", "17".
bool may_start_date(std::string_view word) {
  constexpr std::string_view kDays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  const std::string start = text::ascii_lower(word.substr(0, 3));
  if (std::any_of(std::begin(kDays), std::end(kDays), [&](std::string_view day) { return start == day; }))
    return word.size() <= 4;
  return word.size() == 10 && word[4] == '-' && word[7] == '-';
}

/// A date that no ";" introduces (SendGrid's Go form). Heuristic; tries a few places only.
std::optional<Stamp> trailing_date(std::string_view value, Words words) {
  constexpr int kTries = 4;
  int tries = 0;
  for (const Word& word : words) {
    if (!word.is_text() || !may_start_date(word.text)) continue;
    if (auto stamp = text::read_mail_date(value.substr(word.begin))) return stamp;
    if (++tries == kTries) break;
  }
  return std::nullopt;
}

/// The date's text: after the last ";", up to a keyword that follows it (Courier's "; date id ...").
std::string_view date_text(std::string_view value, Words after) {
  std::size_t count = 0;
  while (count < after.size() && clause_of(after[count]) == Clause::none) ++count;
  if (count == 0) return {};
  return value.substr(after.front().begin, after[count - 1].end - after.front().begin);
}

void fill_clauses(std::string_view value, const Clauses& clauses, Hop& hop) {
  if (hop.from == Peer{}) read_from(value, clauses[Clause::from], hop);
  if (hop.by.empty()) read_by(value, clauses[Clause::by], hop);
  if (hop.via.empty()) hop.via = protocol_text(value, clauses[Clause::via]);
  if (hop.with.empty()) hop.with = protocol_text(value, clauses[Clause::with]);
  if (hop.id.empty()) hop.id = first_text(clauses[Clause::id]);
  if (hop.for_whom.empty()) hop.for_whom = recipient_text(value, clauses[Clause::for_whom]);
  if (hop.envelope_from.empty()) hop.envelope_from = bare(first_text(clauses[Clause::envelope_from]));
}

/// Exim: "with esmtps (TLS1.2) tls TLS_AES_256_GCM_SHA384".
void fill_session(Words words, const Clauses& clauses, Hop& hop) {
  for (const Word& word : words) {
    if (word.is_comment()) read_session_comment(word.text, hop);
  }
  if (hop.cipher.empty()) hop.cipher = first_text(clauses[Clause::tls]);
}

}  // namespace

std::string_view name_of(Link link) {
  constexpr std::string_view kNames[] = {"unknown", "name", "address", "organisation", "none"};
  return kNames[static_cast<std::size_t>(link)];
}

Hop read_received(std::string_view value) {
  value = value.substr(0, Limits{}.received_bytes);
  Hop hop;
  hop.raw = value;
  const std::vector<Word> all = split_words(value);
  const auto last = std::find_if(all.rbegin(), all.rend(), [](const Word& word) { return word.kind == Word::Kind::semicolon; });
  const auto after = static_cast<std::size_t>(last == all.rend() ? 0 : all.rend() - last);
  const Words words(all);
  const Words before = after == 0 ? words : words.first(after - 1);
  const Clauses clauses = split_clauses(before);
  fill_clauses(value, clauses, hop);
  if (after != 0) {
    hop.time = text::read_mail_date(date_text(value, words.subspan(after)));
    fill_clauses(value, split_clauses(words.subspan(after)), hop);
  }
  if (!hop.time) hop.time = trailing_date(value, before);
  fill_session(words, clauses, hop);
  hop.shape = received_shape(value);
  return hop;
}

}  // namespace threadline::facts
