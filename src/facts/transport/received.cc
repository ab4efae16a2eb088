// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <vector>

#include "facts/transport/hop.h"
#include "facts/transport/received_comment.h"
#include "facts/transport/received_shape.h"
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
/// RFC 5321 section 4.4; `tls` is Exim's, `envelope-from` outside of a comment Haraka's, "whith" 263.net's.
constexpr Keyword kKeywords[] = {
    {"from", Clause::from}, {"by", Clause::by},        {"via", Clause::via}, {"with", Clause::with},
    {"id", Clause::id},     {"for", Clause::for_whom}, {"tls", Clause::tls}, {"envelope-from", Clause::envelope_from},
    {"whith", Clause::with}};

/// Protocol words that are whole by themselves, whatever follows (RFC 3848 and the IANA registry of mail transmission types, and
/// what MTAs write). Any other words are a product's name.
constexpr std::string_view kProtocols[] = {
    "smtp",      "esmtp",     "esmtpa",     "esmtps",   "esmtpsa",   "lmtp",      "lmtpa",      "lmtps", "lmtpsa", "utf8smtp",
    "utf8smtpa", "utf8smtps", "utf8smtpsa", "utf8lmtp", "utf8lmtpa", "utf8lmtps", "utf8lmtpsa", "smtps", "smtpa",  "smtpsa",
    "asmtp",     "bizsmtp",   "local",      "http",     "https",     "httprest",  "mapi",       "qmqp",  "qmtp",   "uucp",
    "imap",      "imaps",     "pop3",       "pop3s",    "mms",       "bsmtp",     "nnfmp",      "fqdp"};

Clause clause_of(const Word& word) {
  if (!word.is_text() || word.text.size() < 2 || word.text.size() > 13) return Clause::none;
  switch (word.text.front()) {
    case 'f':
    case 'F':
    case 'b':
    case 'B':
    case 'v':
    case 'V':
    case 'w':
    case 'W':
    case 'i':
    case 'I':
    case 't':
    case 'T':
    case 'e':
    case 'E': break;
    default: return Clause::none;
  }
  for (const Keyword& keyword : kKeywords) {
    if (word.text.size() == keyword.word.size() && (word.text.front() | 0x20) == keyword.word.front() &&
        text::equal_ascii_nocase(word.text, keyword.word))
      return keyword.clause;
  }
  return Clause::none;
}

bool is_protocol(std::string_view word) {
  return std::any_of(std::begin(kProtocols), std::end(kProtocols), [&](std::string_view known) {
    return word.size() == known.size() && text::equal_ascii_nocase(word, known);
  });
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

/// "over TLS secured channel" (Microsoft SMTPSVC) is no cipher's clause.
bool follows_over(Words words, std::size_t at) { return at > 0 && words[at - 1].text == "over"; }

Clauses split_clauses(Words words) {
  Clauses clauses;
  std::array<bool, static_cast<std::size_t>(Clause::none)> seen{};
  std::size_t begin = 0;
  Clause current = Clause::none;
  const auto close = [&](std::size_t end) {
    const Words body = words.subspan(begin, end - begin);
    if (current == Clause::none) {
      if (begin == 0) clauses.lead = body;
    } else if (current == Clause::from && seen[static_cast<std::size_t>(current)]) {
      const bool is_mailbox = !body.empty() && body.front().is_text() && body.front().text.find('@') != std::string_view::npos;
      auto& sender = clauses.of[static_cast<std::size_t>(Clause::envelope_from)];
      if (is_mailbox && sender.empty()) sender = body;  // XMail: "for <b@other.example> from <a@firm.example>"
    } else if (!seen[static_cast<std::size_t>(current)]) {
      clauses.of[static_cast<std::size_t>(current)] = body;
      seen[static_cast<std::size_t>(current)] = true;
    }
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Clause clause = clause_of(words[i]);
    if (clause == Clause::none || is_value_of_from(words, i) || follows_over(words, i)) continue;
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

std::string_view without_comma(std::string_view word) {
  return word.size() > 1 && word.back() == ',' ? word.substr(0, word.size() - 1) : word;
}

bool is_word(const Word& word, std::string_view text) { return word.is_text() && text::equal_ascii_nocase(word.text, text); }

/// Words that go on about the session behind a host's name: "by EXCHANGE over TLS secured channel" (Microsoft SMTPSVC), "from
/// 1234 named unknown" (Gmail's API).
bool ends_host(const Word& word) { return !word.is_text() || is_word(word, "over") || is_word(word, "named"); }

/// A host name or address; several words without any dot are one made-up name ("mail pickup service"), but of two before a
/// literal the first is the host ("from pc jean [192.0.2.1]", NetMail).
std::string_view host_text(std::string_view value, Words words) {
  const std::string_view first = without_comma(first_text(words));
  if (first.find_first_of(".[:@") != std::string_view::npos) return first;
  const auto end =
      std::find_if(words.begin(), words.end(), [](const Word& word) { return ends_host(word) || word.text.front() == '['; });
  const auto count = static_cast<std::size_t>(end - words.begin());
  if (count < 2 || (end != words.end() && end->is_text() && end->text.front() == '[')) return first;
  return leading_text(value, words.first(count));
}

/// One protocol word, or a product's name of several words ("Microsoft SMTP Server"); qpsmtpd puts its cipher before it.
std::string_view protocol_text(std::string_view value, Words words) {
  while (words.size() > 1 && words.front().is_comment()) words = words.subspan(1);
  const std::string_view first = first_text(words);
  return is_protocol(first) ? first : leading_text(value, words);
}

/// The first recipient, without its marks.
std::string_view recipient_text(std::string_view value, Words words) {
  const std::string_view first = without_comma(first_text(words));
  const bool is_phrase = first.starts_with('<') && first.find('>') == std::string_view::npos;  // "<multiple recipients>" (Gmail)
  if (is_phrase || first.find_first_of("<@") == std::string_view::npos) return bare(leading_text(value, words));
  const std::size_t next = first.find(">,");  // "<a@firm.example>,<b@firm.example>"
  return bare(next == std::string_view::npos ? first : first.substr(0, next + 1));
}

/// Addresses that stand as words of their own: "from mail.example [192.0.2.1]", "from x (EHLO y) [192.0.2.1]".
std::string_view address_word(Words words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (!words[i].is_text()) continue;
    const std::string_view ip = ip_address(words[i].text);
    if (!ip.empty() && (words[i].text.front() == '[' || is_ipv4(words[i].text))) return ip;
  }
  return {};
}

/// What all comments of the clause say of the peer, first come first served.
Remark peer_remarks(Words words, std::span<const Remark> remarks) {
  Remark all;
  for (const Word& word : words) {
    if (!word.is_comment()) continue;
    const Remark& one = remarks[word.comment];
    if (all.helo.empty()) all.helo = one.helo;
    all.says_helo = all.says_helo || one.says_helo;
    if (all.ip.empty()) all.ip = one.ip;
    if (all.name.empty()) all.name = one.name;
  }
  return all;
}

/// Obtuse smtpd: "from host(192.0.2.1), claiming to be "x"".
std::string_view claimed_helo(Words words) {
  for (std::size_t i = 0; i + 3 < words.size(); ++i) {
    if (is_word(words[i], "claiming") && is_word(words[i + 1], "to") && is_word(words[i + 2], "be") && words[i + 3].is_text())
      return bare(words[i + 3].text);
  }
  return {};
}

std::string_view without_dot(std::string_view name) {
  return name.size() > 1 && name.back() == '.' ? name.substr(0, name.size() - 1) : name;
}

/// smap and Obtuse smtpd look the peer up and write "host(192.0.2.1)", without a space: the first word is its reverse name.
bool is_looked_up(Words words) {
  return words.size() > 1 && words[1].is_comment() && words[0].end == words[1].begin && !words[1].text.empty() &&
         is_ipv4(words[1].text.substr(0, words[1].text.find(',')));
}

/// "host[192.0.2.1]": takes the address off the word.
std::string_view split_literal(std::string_view& word) {
  const std::size_t bracket = word.find('[');
  if (bracket == std::string_view::npos || bracket == 0) return {};
  const std::string_view ip = ip_address(word.substr(bracket));
  if (!ip.empty()) word = word.substr(0, bracket);
  return ip;
}

/// Who the peer is. The first word is what it said (HELO), unless something else says that; then it is its name (qmail, Exim,
/// vger). An address alone is the address. A mailbox (AOL) is the envelope's sender too.
void read_from(std::string_view value, Words words, std::span<const Remark> remarks, Hop& hop) {
  if (words.empty()) return;
  Remark said = peer_remarks(words, remarks);
  if (said.helo.empty()) said.helo = claimed_helo(words);
  std::string_view first = host_text(value, words), ip = said.ip.empty() ? address_word(words) : said.ip;
  if (ip.empty()) ip = split_literal(first);
  const std::string_view literal = ip_address(first);
  const bool is_address = !literal.empty() && ip.empty();
  const bool is_name = said.says_helo || !said.helo.empty() || is_looked_up(words);
  if (is_address) ip = literal;
  if (ip.empty() && said.helo.empty() && first.find('@') != std::string_view::npos) hop.envelope_from = bare(first);
  if (is_name && literal.empty() && said.name.empty() && !text::equal_ascii_nocase(first, "unknown"))
    said.name = without_dot(first);
  if (!is_name && !is_address) said.helo = first;
  hop.from.helo = said.helo;
  hop.from.name = said.name;
  hop.from.ip = ip;
}

/// Norton's gateway puts the peer into a comment before the first keyword: "(from host [192.0.2.1]) by ...".
void read_lead(Words lead, Hop& hop) {
  constexpr std::string_view kFrom = "from ";
  if (lead.empty() || !lead.front().is_comment() || !lead.front().text.starts_with(kFrom)) return;
  const std::string_view rest = lead.front().text.substr(kFrom.size());
  const std::size_t space = rest.find(" [");
  if (space == std::string_view::npos) return;
  const std::string_view ip = ip_address(rest.substr(space + 1));
  if (ip.empty()) return;
  hop.from.ip = ip;
  hop.from.helo = rest.substr(0, space);
}

void read_by(std::string_view value, Words words, std::span<const Remark> remarks, Hop& hop) {
  hop.by = host_text(value, words);
  const std::string_view word = address_word(words);
  hop.ip_by = word.empty() ? peer_remarks(words, remarks).ip : word;
}

/// A word with which a date begins: "Mon,", "2025-06-17", "17" before a month.
bool may_start_date(Words words, std::size_t at) {
  constexpr std::string_view kDays = "sun mon tue wed thu fri sat ", kMonths = "jan feb mar apr may jun jul aug sep oct nov dec ";
  const std::string_view word = words[at].text;
  const auto is_in = [](std::string_view names, std::string_view name) {
    return name.size() >= 3 && names.find(text::ascii_lower(name.substr(0, 3)) + " ") % 4 == 0;
  };
  if (word.size() == 10 && word[4] == '-' && word[7] == '-') return true;
  if (word.size() <= 2 && word.front() >= '0' && word.front() <= '9')
    return at + 1 < words.size() && words[at + 1].is_text() && words[at + 1].text.size() == 3 &&
           is_in(kMonths, words[at + 1].text);
  return (word.size() == 3 || (word.size() == 4 && word[3] == ',')) && is_in(kDays, word);
}

/// A date that no ";" introduces (SendGrid's Go form); returns the words before it. Heuristic; tries a few places only.
Words read_trailing_date(std::string_view value, Words words, Hop& hop) {
  constexpr int kTries = 4;
  int tries = 0;
  for (std::size_t i = 0; i < words.size() && tries < kTries; ++i) {
    if (!words[i].is_text() || !may_start_date(words, i)) continue;
    hop.time = text::read_mail_date(value.substr(words[i].begin));
    if (hop.time) return words.first(i);
    ++tries;
  }
  return words;
}

/// The words of a date: up to a keyword that follows it (Courier's "; date id ...") or the next ";".
Words date_words(Words after) {
  std::size_t count = 0;
  while (count < after.size() && after[count].kind != Word::Kind::semicolon && clause_of(after[count]) == Clause::none) ++count;
  return after.first(count);
}

/// Reads the date after the last top-level ";" that has one. Returns how many words stand before that ";"; all without a date.
std::size_t read_date(std::string_view value, Words words, Hop& hop) {
  constexpr int kTries = 8;
  int tries = 0;
  for (std::size_t i = words.size(); i-- > 0 && tries < kTries;) {
    if (words[i].kind != Word::Kind::semicolon) continue;
    ++tries;
    const Words date = date_words(words.subspan(i + 1));
    if (date.empty()) continue;
    hop.time = text::read_mail_date(value.substr(date.front().begin, date.back().end - date.front().begin));
    if (hop.time) return i;
  }
  return words.size();
}

void fill_clauses(std::string_view value, const Clauses& clauses, std::span<const Remark> remarks, Hop& hop) {
  if (hop.from == Peer{}) read_from(value, clauses[Clause::from], remarks, hop);
  if (hop.by.empty()) read_by(value, clauses[Clause::by], remarks, hop);
  if (hop.via.empty()) hop.via = protocol_text(value, clauses[Clause::via]);
  if (hop.with.empty()) hop.with = protocol_text(value, clauses[Clause::with]);
  if (hop.id.empty()) hop.id = without_comma(first_text(clauses[Clause::id]));
  if (hop.for_whom.empty()) hop.for_whom = recipient_text(value, clauses[Clause::for_whom]);
  if (hop.envelope_from.empty()) hop.envelope_from = bare(first_text(clauses[Clause::envelope_from]));
}

/// What comments say wherever they stand; what is already there stays.
void fill_remarks(std::span<const Remark> remarks, Hop& hop) {
  for (const Remark& remark : remarks) {
    if (!remark.tls.empty() && (hop.tls.empty() || hop.tls == "TLS")) hop.tls = tls_version(remark.tls);
    if (hop.cipher.empty()) hop.cipher = remark.cipher;
    if (hop.envelope_from.empty()) hop.envelope_from = remark.envelope_from;
    if (hop.auth_user.empty()) hop.auth_user = remark.auth_user;
  }
  if (!hop.auth_user.empty() || !is_authenticated_protocol(hop.with)) return;
  for (const Remark& remark : remarks) {  // qmail: "(HELO pc) (ann@firm.example@192.0.2.1) by mx with ESMTPA"
    if (hop.auth_user.empty()) hop.auth_user = remark.ident;
  }
}

/// What stands outside of comments: Exim's "tls TLS_AES_256_GCM_SHA384", IronPort's "with ESMTP/TLS/ECDHE-RSA", qmail-ldap's
/// "with ECDHE-RSA encrypted SMTP".
void fill_cipher(const Clauses& clauses, Hop& hop) {
  constexpr std::string_view kTls = "/TLS/", kEncrypted = " encrypted ";
  if (hop.cipher.empty()) hop.cipher = first_text(clauses[Clause::tls]);
  if (const std::size_t tls = hop.with.find(kTls); tls != std::string::npos && hop.cipher.empty()) {
    hop.cipher = hop.with.substr(tls + kTls.size());
    if (hop.tls.empty()) hop.tls = "TLS";
  }
  if (const std::size_t end = hop.with.find(kEncrypted); end != std::string::npos && hop.cipher.empty())
    hop.cipher = hop.with.substr(0, end);
}

/// GMX and web.de: "by mrweb001.server.lan (via HTTP)".
void fill_commented_via(Words words, Hop& hop) {
  constexpr std::string_view kVia = "via ";
  for (const Word& word : words) {
    if (!hop.via.empty() || !word.is_comment() || word.text.size() <= kVia.size()) continue;
    const std::string_view said = word.text.substr(kVia.size());
    if (text::equal_ascii_nocase(word.text.substr(0, kVia.size()), kVia) && is_protocol(said)) hop.via = said;
  }
}

/// Exim writes the reverse name that it verified first, and "helo=" only where the peer said another: "host ([ip])" is both.
/// Source: the Exim specification, $sender_rcvhost.
void fill_verified_name(Hop& hop) {
  if (hop.shape != "exim" || !hop.from.name.empty() || hop.from.helo.empty() || hop.from.ip.empty()) return;
  const bool is_first = text::trimmed(hop.raw).starts_with("from " + hop.from.helo);
  if (is_first && ip_address(hop.from.helo).empty()) hop.from.name = hop.from.helo;
}

/// Strato's server writes what the client called itself, and nothing of where it was: "from [192.0.2.1] by smtp.strato.de
/// (RZmta".
void fill_claimed_literal(Hop& hop) {
  if (hop.shape != "strato" || !hop.from.helo.empty() || hop.from.ip.empty()) return;
  const std::string ip = std::exchange(hop.from.ip, {});
  const std::size_t at = hop.raw.find(ip), open = hop.raw.rfind('[', at), close = hop.raw.find(']', at);
  const bool is_literal = at != std::string::npos && open != std::string::npos && close != std::string::npos;
  hop.from.helo = is_literal ? hop.raw.substr(open, close + 1 - open) : ip;
}

/// Microsoft SMTPSVC's "over TLS secured channel", OpenSMTPD's "auth=yes user=jean", webmail's "as user jean", SGI's sendmail's
/// "mail_from (a@firm.example)" behind the date, "for<b@own.example>" without a blank.
void fill_session(Words words, Hop& hop) {
  constexpr std::string_view kUser = "user=", kFor = "for<";
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i].is_text()) continue;
    const bool has_next = i + 1 < words.size();
    switch (words[i].text.front()) {
      case 'o':
        if (has_next && hop.tls.empty() && is_word(words[i], "over") && is_word(words[i + 1], "tls")) hop.tls = "TLS";
        break;
      case 'f':
        if (hop.for_whom.empty() && words[i].text.starts_with(kFor)) hop.for_whom = bare(words[i].text.substr(kFor.size() - 1));
        break;
      case 'u':
        if (hop.auth_user.empty() && words[i].text.starts_with(kUser)) hop.auth_user = words[i].text.substr(kUser.size());
        break;
      case 'a':
        if (i + 2 < words.size() && hop.auth_user.empty() && is_word(words[i], "as") && is_word(words[i + 1], "user"))
          hop.auth_user = words[i + 2].text;
        break;
      case 'm':
        if (has_next && hop.envelope_from.empty() && is_word(words[i], "mail_from") && words[i + 1].is_comment())
          hop.envelope_from = words[i + 1].text;
        break;
      default: break;
    }
  }
}

/// Reads every comment once; each comment's word says which remark is its own.
std::vector<Remark> remarks_of(std::vector<Word>& words) {
  std::vector<Remark> remarks;
  remarks.reserve(8);
  for (Word& word : words) {
    if (!word.is_comment()) continue;
    word.comment = remarks.size();
    remarks.push_back(read_remark(word.text));
  }
  return remarks;
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
  std::vector<Word> all = split_words(value);
  const std::vector<Remark> remarks = remarks_of(all);
  const Words words(all);
  const std::size_t semicolon = read_date(value, words, hop);
  const Words after = semicolon < words.size() ? words.subspan(semicolon + 1) : Words{};
  const Words before = hop.time ? words.first(semicolon) : read_trailing_date(value, words, hop);
  const Clauses clauses = split_clauses(before);
  fill_clauses(value, clauses, remarks, hop);
  if (hop.from == Peer{}) read_lead(clauses.lead, hop);
  if (date_words(after).size() < after.size()) fill_clauses(value, split_clauses(after), remarks, hop);
  fill_remarks(remarks, hop);
  fill_cipher(clauses, hop);
  fill_session(words, hop);
  fill_commented_via(words, hop);
  hop.shape = received_shape(value);
  fill_verified_name(hop);
  fill_claimed_literal(hop);
  return hop;
}

}  // namespace threadline::facts
