// SPDX-License-Identifier: Apache-2.0
#include "facts/transport/received_comment.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "facts/transport/received_words.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

/// A few characters, as a loop: find() would call memchr for each byte of the comment.
constexpr bool is_one_of(char c, std::string_view any) {
  for (const char one : any) {
    if (c == one) return true;
  }
  return false;
}

/// `start` is in lower case.
bool starts_with_nocase(std::string_view text, std::string_view start) {
  if (text.size() < start.size()) return false;
  for (std::size_t i = 0; i < start.size(); ++i) {
    if (to_lower(text[i]) != start[i]) return false;
  }
  return true;
}

std::string_view after_spaces(std::string_view text) {
  std::size_t begin = 0;
  while (begin < text.size() && is_space(text[begin])) ++begin;
  return text.substr(begin);
}

/// The word at the start of `text`, after white space, to white space or one of `stops`.
std::string_view first_word(std::string_view text, std::string_view stops) {
  text = after_spaces(text);
  std::size_t end = 0;
  while (end < text.size() && !is_space(text[end]) && !is_one_of(text[end], stops)) ++end;
  return text.substr(0, end);
}

enum class Says { helo, tls, cipher, words_tls, words_cipher, list_tls, envelope_from, user, user_after_mechanism };

struct Label {
  std::string_view label;  ///< lower case; what it says follows
  Says says;
  bool at_start = false;  ///< only at the start of the comment
};
/// Source: what the MTAs write. HELO: Exim, qmail, CommuniGate, ZMailer. TLS: Sendmail and Gmail and Exchange (version=,
/// cipher=), Postfix (using ... with cipher), Courier and IMSS (TLS: list, SSL: list), MailMarshal (using TLS: list), ZMailer
/// (TLS-CIPHER). Envelope: Exim, PowerMTA, ecelerity, Aliyun (mailfrom:). Users: Postfix, SquirrelMail and MDaemon and Kerio,
/// CommuniGate, Courier, Exim, Sun, Sendmail (user=, with its mechanism), qpsmtpd.
constexpr std::array kLabels = std::to_array<Label>({
    {"helo=", Says::helo},
    {"ehlo=", Says::helo},
    {"helo ", Says::helo},
    {"ehlo ", Says::helo},
    {"version=", Says::tls},
    {"cipher=", Says::cipher},
    {"using ", Says::words_tls, true},
    {"cipher ", Says::words_cipher},
    {"tls: ", Says::list_tls},
    {"ssl: ", Says::list_tls},
    {"tls-cipher: ", Says::cipher},
    {"envelope-from ", Says::envelope_from},
    {"envelope-from=", Says::envelope_from},
    {"envelope-sender ", Says::envelope_from},
    {"envelope-sender=", Says::envelope_from},
    {"mailfrom:", Says::envelope_from},
    {"return-path: ", Says::envelope_from},
    {"return-path ", Says::envelope_from},
    {"authenticated sender: ", Says::user, true},
    {"authenticated user ", Says::user},
    {"authenticated user: ", Says::user, true},
    {"authenticated as ", Says::user},
    {"authenticated as: ", Says::user},
    {"authenticated id: ", Says::user},
    {"authenticated: ", Says::user, true},
    {"account ", Says::user, true},
    {"auth: ", Says::user_after_mechanism, true},
    {"auth_user=", Says::user},
    {"smtp.auth=", Says::user},
    {"smtp-auth username ", Says::user},
    {"smtp-auth: ", Says::user},
    {"user=", Says::user},
});
constexpr auto kFirstLetters = [] {
  std::array<bool, 256> letters{};
  for (const Label& label : kLabels) letters[static_cast<unsigned char>(label.label.front())] = true;
  return letters;
}();

/// "TLS1_2", "TLSv1.3", "SSLv3", "TLSv1/SSLv3", "TLS-1.0", not "TLS_AES_256_GCM_SHA384".
bool is_version(std::string_view word) {
  const bool has_name = starts_with_nocase(word, "tls") || starts_with_nocase(word, "ssl");
  return has_name && word.size() <= 12 && (word.size() == 3 || (word[3] != '_' && word[3] != ':'));
}

void set_once(std::string_view& to, std::string_view from) {
  if (to.empty()) to = from;
}

/// Whether a word may be a cipher suite's name: "AES256-SHA", "TLS_AES_256_GCM_SHA384", not "NOT", "SSL".
bool is_cipher(std::string_view word) { return word.find_first_of("-_") != std::string_view::npos; }

/// "TLSv1/SSLv3,128bits,AES128-SHA" after "TLS: ", or "TLSv1.2, AES256-SHA".
void read_list(std::string_view rest, Remark& remark) {
  constexpr std::size_t kLongest = 200;
  rest = rest.substr(0, kLongest);
  const std::size_t comma = rest.find(',');
  set_once(remark.tls, rest.substr(0, comma));
  if (comma == std::string_view::npos) return;
  const std::size_t bits = rest.find("bits,", comma);
  const std::string_view cipher = first_word(rest.substr(bits == std::string_view::npos ? comma + 1 : bits + 5), ",;)");
  if (is_cipher(cipher)) set_once(remark.cipher, cipher);
}

/// A user as the comment shows it; "<none>" (ZMailer) is nobody.
std::string_view user_in(std::string_view rest) {
  const std::string_view user = bare(first_word(rest, ",;)"));
  return user == "none" ? std::string_view{} : user;
}

void read_label(const Label& label, std::string_view rest, bool in_words, Remark& remark) {
  switch (label.says) {
    case Says::helo:
      remark.says_helo = true;
      return set_once(remark.helo, first_word(rest, label.label.back() == '=' ? " ,)\"" : "\""));
    case Says::tls: return set_once(remark.tls, first_word(rest, ",;)"));
    case Says::cipher:
      if (!rest.empty() && rest.front() == '"') rest.remove_prefix(1);
      if (rest.starts_with('<')) return;
      return set_once(remark.cipher, first_word(rest, ",;)\""));
    case Says::words_tls:
      if (const std::string_view word = first_word(rest, ",;)"); is_version(word)) set_once(remark.tls, word);
      return;
    case Says::words_cipher:
      if (in_words) set_once(remark.cipher, first_word(rest, ",;)"));
      return;
    case Says::list_tls: return read_list(rest, remark);
    case Says::envelope_from: return set_once(remark.envelope_from, bare(first_word(rest, ",;)")));
    case Says::user: return set_once(remark.auth_user, user_in(rest));
    case Says::user_after_mechanism: {
      const std::string_view mechanism = first_word(rest, ",;)");
      rest.remove_prefix(static_cast<std::size_t>(mechanism.data() + mechanism.size() - rest.data()));
      if (rest.starts_with(' ')) set_once(remark.auth_user, user_in(rest));
      return;
    }
  }
}

/// All labels that stand at the start of a word. Whether one that says nothing of the peer's address begins the comment.
bool read_labels(std::string_view comment, Remark& remark) {
  bool is_of_session = false;
  const bool in_words = starts_with_nocase(comment, "using ");
  for (std::size_t at = 0; at < comment.size(); ++at) {
    if (!kFirstLetters[static_cast<unsigned char>(to_lower(comment[at]))]) continue;
    if (at > 0 && !is_one_of(comment[at - 1], " \t(,;\"")) continue;
    const std::string_view here = comment.substr(at);
    for (const Label& label : kLabels) {
      if ((label.at_start && at != 0) || !starts_with_nocase(here, label.label)) continue;
      read_label(label, here.substr(label.label.size()), in_words, remark);
      if (at == 0) is_of_session = true;
      break;
    }
  }
  return is_of_session;
}

std::string_view known_name(std::string_view name) {
  if (!name.empty() && name.back() == '.') name.remove_suffix(1);
  return starts_with_nocase(name, "unknown") && name.size() == 7 ? std::string_view{} : name;
}

/// A host name with nothing else in it: "mail.example", not "Postfix," or "from" or "8.6.12".
bool is_host(std::string_view word) {
  if (word.find('.') == std::string_view::npos && !text::equal_ascii_nocase(word, "localhost")) return false;
  bool has_letter = false;
  for (const char c : word) {
    const bool is_letter = to_lower(c) >= 'a' && to_lower(c) <= 'z';
    if (!is_letter && !is_digit(c) && !is_one_of(c, ".-_")) return false;
    has_letter = has_letter || is_letter;
  }
  return has_letter;
}

/// "ident@host" without its ident.
std::string_view without_ident(std::string_view word) {
  const std::size_t at = word.rfind('@');
  return at == std::string_view::npos ? word : word.substr(at + 1);
}

/// PMDF quotes an ident with spaces in it: "\"port 1025\"@host".
std::string_view after_quoted_ident(std::string_view comment) {
  if (!comment.starts_with('"')) return comment;
  const std::size_t end = comment.find("\"@", 1);
  return end == std::string_view::npos ? comment : comment.substr(end + 2);
}

/// The first bracketed address among the first words, or a bare one that begins ("(ecelerity 2.2.3.46)" is a version), and the
/// name before it ("mx.example [192.0.2.1]", "mx.example[192.0.2.1]").
void read_name_and_address(std::string_view comment, Remark& remark) {
  constexpr int kWords = 4;
  std::string_view before, rest = after_spaces(after_quoted_ident(comment));
  int count = 0;
  for (; count < kWords && !rest.empty() && rest.front() != '('; ++count) {
    const std::string_view whole = first_word(rest, "(,");
    rest = after_spaces(rest.substr(whole.size()));
    if (rest.starts_with(',')) rest = after_spaces(rest.substr(1));
    const std::string_view word = without_ident(whole);
    const std::size_t bracket = word.find('[');
    const std::string_view literal = bracket == std::string_view::npos ? word : word.substr(bracket);
    if (bracket != std::string_view::npos && word.substr(0, bracket).find('=') != std::string_view::npos) break;  // "helo=[...]"
    if (bracket != std::string_view::npos && bracket > 0) before = word.substr(0, bracket);
    if (const std::string_view ip = ip_address(literal); !ip.empty() && (count == 0 || literal.front() == '[')) {
      remark.ip = ip;
      if (is_host(before)) remark.name = known_name(before);
      const bool has_ident = count == 0 && literal.size() == word.size() && word.size() < whole.size();  // as qmail writes it
      if (has_ident && !whole.starts_with("IDENT:")) remark.ident = whole.substr(0, whole.size() - word.size() - 1);
      return;
    }
    before = word;
  }
  const bool is_named = count == 1 || (count == 2 && starts_with_nocase(comment, "actually "));  // PP writes "(actually host)"
  if (is_named && rest.empty() && is_host(before)) remark.name = known_name(before);
}

/// CommuniGate: "account x [192.0.2.1] verified", "account x HELO [10.0.0.2]": what stands behind the account, without the HELO.
std::string_view behind_account(std::string_view comment, const Remark& remark) {
  if (!starts_with_nocase(comment, "account ") || remark.auth_user.empty()) return {};
  comment.remove_prefix(static_cast<std::size_t>(remark.auth_user.data() + remark.auth_user.size() - comment.data()));
  return comment.substr(0, remark.says_helo ? comment.find("HELO ") : comment.size());
}

/// Yahoo: "user@192.0.2.1 with login".
void read_login(std::string_view comment, Remark& remark) {
  constexpr std::string_view kWith = " with ";
  const std::size_t with = comment.find(kWith);
  if (with == std::string_view::npos || remark.ip.empty()) return;
  const std::string_view method = comment.substr(with + kWith.size()), peer = comment.substr(0, with);
  const std::size_t at = peer.rfind('@');
  if (at != std::string_view::npos && (method == "login" || method == "plain" || method == "xymcookie"))
    set_once(remark.auth_user, peer.substr(0, at));
}

/// "TLSv1.3:TLS_AES_256_GCM_SHA384:256" (Exim), the same after "Cipher " (Exim 3), "TLS" (Exchange 2010), "X encrypted"
/// (qpsmtpd).
void read_unlabelled_tls(std::string_view comment, Remark& remark) {
  constexpr std::string_view kEncrypted = " encrypted", kCipher = "cipher ", kTlsCipher = "tls_cipher ";
  if (starts_with_nocase(comment, kCipher)) comment.remove_prefix(kCipher.size());
  if (starts_with_nocase(comment, kTlsCipher)) comment.remove_prefix(kTlsCipher.size());
  const std::size_t space = comment.find(' ');
  if (space != std::string_view::npos) {
    const std::string_view word = comment.substr(0, space);
    if (comment.substr(space) == kEncrypted && is_cipher(word)) set_once(remark.cipher, word);
    return;
  }
  const std::size_t colon = comment.find(':');
  const std::string_view version = comment.substr(0, colon);
  if (!is_version(version)) return;
  set_once(remark.tls, version);
  if (colon != std::string_view::npos) set_once(remark.cipher, first_word(comment.substr(colon + 1), ":"));
}

}  // namespace

Remark read_remark(std::string_view comment) {
  Remark remark;
  const bool is_of_session = read_labels(comment, remark);
  if (!is_of_session) read_name_and_address(comment, remark);
  read_name_and_address(behind_account(comment, remark), remark);
  read_login(comment, remark);
  read_unlabelled_tls(comment, remark);
  return remark;
}

std::string tls_version(std::string_view written) {
  while (!written.empty() && written.back() == ' ') written.remove_suffix(1);
  if (const std::size_t slash = written.find('\\'); slash != std::string_view::npos)
    written.remove_prefix(slash + 1);  // "TLS\Tls12" (SmarterMail)
  const bool tls = starts_with_nocase(written, "tls");
  if (!tls && !starts_with_nocase(written, "ssl")) return std::string(written);
  std::string_view rest = written.substr(3);
  while (!rest.empty() && is_one_of(rest.front(), "vV -")) rest.remove_prefix(1);
  std::string number(rest);
  std::replace(number.begin(), number.end(), '_', '.');
  const bool plain = !number.empty() && std::all_of(number.begin(), number.end(), [](char c) { return is_digit(c) || c == '.'; });
  if (!plain) return std::string(written);
  if (tls && number == "1") number = "1.0";
  if (number.size() == 2 && number.front() == '1') number.insert(1, ".");
  return (tls ? "TLS" : "SSL") + number;
}

}  // namespace threadline::facts
