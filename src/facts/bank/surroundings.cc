// SPDX-License-Identifier: Apache-2.0
// What stands around an account: its holder, whether the writer pays from it or is paid on it, a BIC beside it.
#include <algorithm>

#include "facts/bank/scan.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kLinesAround = 6;       ///< lines before and after an account in which a holder is looked for
constexpr std::size_t kLineBytes = 300;       ///< of one line that are looked at
constexpr std::size_t kHolderBytes = 120;
constexpr std::size_t kRoleBefore = 260, kRoleAfter = 160;
constexpr std::size_t kBicBytes = 300;        ///< between an account and the BIC that belongs to it

/// Labels of a holder, folded (text::fold); the longer ones first where one begins another.
constexpr std::string_view kHolderLabels[] = {
    "titulaire du compte", "titulaire", "nom du titulaire", "nom du beneficiaire", "beneficiaire", "a l'ordre de", "ordre", "au nom de", "intitule du compte",
    "nom du compte", "account holder's name", "account holder", "account name", "name of account", "account owner", "holder", "beneficiary name",
    "beneficiary's name", "name of beneficiary", "beneficiary", "payee", "payee name", "kontoinhaber", "kontoinhaberin", "empfanger", "begunstigter", "inhaber",
    "intestatario del conto", "intestatario", "intestato a", "intestazione", "beneficiario", "titular de la cuenta", "titular da conta", "titular",
    "a nombre de", "em nome de", "rekeninghouder", "ten name van", "t.n.v.", "begunstigde", "tenaamstelling"};

/// Stems that say the account pays; and those that say it is paid. Folded.
constexpr std::string_view kPaying[] = {
    "debite de notre compte", "debite sur notre compte", "notre compte debiteur", "compte debiteur", "compte a debiter", "virement emis depuis", "emis depuis notre",
    "depuis notre compte", "de notre compte", "a partir de notre compte", "compte emetteur", "compte du donneur d'ordre", "donneur d'ordre", "preleve sur votre compte", "preleve sur le compte",
    "prelevement sur votre compte", "prelevement sur le compte", "mandat de prelevement", "mandat sepa", "prelevement sepa", "votre compte sera debite", "from our account", "paid from", "payment from", "debit account", "account to debit", "account debited",
    "ordering account", "ordering customer", "debited from", "transferred from", "sent from our", "originator account", "direct debit mandate", "we will debit", "von unserem konto", "belastetes konto", "auftraggeberkonto",
    "auftraggeber", "lastschriftmandat", "abgebucht", "belasten", "desde nuestra cuenta", "cuenta ordenante", "cuenta de cargo", "ordenante", "cargo en su cuenta", "dal nostro conto", "conto ordinante", "ordinante", "conto di addebito", "da nossa conta",
    "conta ordenante", "van onze rekening", "opdrachtgever", "afgeschreven van"};
constexpr std::string_view kReceiving[] = {
    "merci de regler", "merci de virer", "merci d'effectuer", "regler sur", "reglement sur", "reglement par virement", "a regler", "paiement sur", "virement sur", "virer sur", "nos coordonnees bancaires", "notre rib",
    "nouveau rib", "nouvel iban", "notre iban", "notre nouveau compte", "notre compte bancaire", "a virer", "coordonnees bancaires", "beneficiaire", "titulaire", "payable a", "a l'ordre de", "payable to", "pay to", "please pay", "please remit", "remit to",
    "payment to", "transfer to", "wire to", "our bank details", "our new account", "our account details", "bank details", "banking details", "beneficiary", "payee", "account name", "payment details", "remittance", "bitte uberweisen", "uberweisung auf",
    "unsere bankverbindung", "neue bankverbindung", "bankverbindung", "unser konto", "kontoinhaber", "empfanger", "zahlbar", "transferir a", "ingresar en", "pago en", "nuestra cuenta", "datos bancarios", "titular", "beneficiario", "nueva cuenta",
    "bonifico su", "bonifico a", "coordinate bancarie", "nostro iban", "nostro conto", "intestatario", "intestato", "pagamento su", "pagar para", "dados bancarios", "nossa conta", "nova conta",
    "overmaken", "over te maken", "onze rekening", "bankgegevens", "ten name van", "t.n.v.", "rekeninghouder", "begunstigde"};

std::size_t line_begin(std::string_view text, std::size_t at) {
  const auto end = text.rfind('\n', at == 0 ? 0 : at - 1);
  return end == text.npos || at == 0 ? 0 : end + 1;
}

std::string_view line_at(std::string_view text, std::size_t begin) {
  const auto end = std::min(text.find('\n', begin), text.size());
  return text.substr(begin, std::min(end - begin, kLineBytes));
}

/// A line without quote marks and blanks at its ends.
std::string_view bare(std::string_view line) {
  while (!line.empty() && (line.front() == '>' || line.front() == ' ' || line.front() == '\t' || line.front() == '|' || line.front() == '*')) line.remove_prefix(1);
  return text::trimmed(line);
}

/// The length of the holder's label that begins the line, 0 when none does. Accents and case count for nothing, hence glyph by glyph.
std::size_t label_bytes(std::string_view line) {
  for (const auto label : kHolderLabels) {
    std::size_t at = 0, matched = 0;
    while (matched < label.size() && at < line.size()) {
      const auto end = glyph_at(line, at).end;
      const auto folded = text::fold(line.substr(at, end - at));
      const std::string_view piece = folded.empty() ? std::string_view(" ") : std::string_view(folded);
      const auto wanted = label.substr(matched, piece.size());
      if (piece != wanted && !(piece == "\u2019" && label[matched] == '\'')) break;
      matched += piece == "\u2019" ? 1 : piece.size();
      at = end;
    }
    if (matched == label.size() && (at == line.size() || !glyph_at(line, at).is_letter())) return at;
  }
  return 0;
}

bool may_begin_label(std::string_view line) {
  constexpr std::string_view kFirst = "abehiknoprt\xC3";
  return !line.empty() && kFirst.find(static_cast<char>(line[0] >= 'A' && line[0] <= 'Z' ? line[0] + 32 : line[0])) != kFirst.npos;
}

std::string_view cut(std::string_view value) {
  value = value.substr(0, std::min({value.find('\t'), value.find(" - "), value.find(" | "), value.size(), kHolderBytes}));
  while (!value.empty() && (static_cast<unsigned char>(value.back()) & 0x80U) != 0 && !glyph_before(value, value.size()).end) value.remove_suffix(1);
  for (const auto* word : {"IBAN", "BIC", "RIB"}) {
    const auto at = value.find(word);
    if (at != value.npos && at > 0) value = value.substr(0, at);
  }
  while (!value.empty() && (value.back() == ',' || value.back() == ';' || value.back() == ' ')) value.remove_suffix(1);
  return value;
}

/// The holder that a line names, with the line after it where the value stands there.
std::string_view holder_of(std::string_view line, std::string_view next) {
  line = bare(line);
  if (!may_begin_label(line)) return {};
  const auto label = label_bytes(line);
  if (label == 0) return {};
  auto rest = line.substr(label);
  const auto colon = rest.find_first_of(":\t");
  if (colon != rest.npos && colon < 24) {
    rest = bare(rest.substr(colon + 1));
  } else {
    rest = bare(rest);
    if (!rest.empty() && !glyph_at(rest, 0).is_letter()) rest = {};
  }
  if (rest.empty() && line.size() < 40) rest = bare(next);
  return cut(rest);
}

/// The nearest line around that names a holder.
std::string_view holder_around(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t up = line_begin(text, begin), down = text.find('\n', end);
  const auto own = line_at(text, up);
  const auto own_label = holder_of(own, {});
  if (!own_label.empty() && own_label.find_first_of("0123456789") == own_label.npos) return own_label;
  for (std::size_t i = 0; i < kLinesAround; ++i) {
    if (up > 0) {
      const auto next = line_at(text, up);
      up = line_begin(text, up - 1);
      if (const auto holder = holder_of(line_at(text, up), next); !holder.empty()) return holder;
    }
    if (down != text.npos) {
      const auto begin_of = down + 1;
      down = text.find('\n', begin_of);
      const auto next = down == text.npos ? std::string_view() : line_at(text, down + 1);
      if (const auto holder = holder_of(line_at(text, begin_of), next); !holder.empty()) return holder;
    }
  }
  return {};
}

std::size_t stepped(std::string_view text, std::size_t at) {
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
  return at;
}

/// The last place where one of the stems stands, npos when none.
template <std::size_t N>
std::size_t last_of(std::string_view folded, const std::string_view (&stems)[N]) {
  std::size_t best = folded.npos;
  for (const auto stem : stems) {
    const auto at = folded.rfind(stem);
    if (at != folded.npos && (best == folded.npos || at + stem.size() > best)) best = at + stem.size();
  }
  return best;
}

AccountRole role_in(std::string_view folded) {
  const auto paying = last_of(folded, kPaying), receiving = last_of(folded, kReceiving);
  if (paying == folded.npos && receiving == folded.npos) return AccountRole::unknown;
  if (paying == folded.npos) return AccountRole::receiving;
  return receiving == folded.npos || paying >= receiving ? AccountRole::paying : AccountRole::receiving;
}

/// The words before the account count first (the nearest win), then those after it.
AccountRole role_around(std::string_view text, std::size_t begin, std::size_t end, std::size_t previous_end) {
  const auto from = stepped(text, std::max(previous_end, begin > kRoleBefore ? begin - kRoleBefore : 0));
  const auto role = role_in(text::fold(text.substr(from, begin - from)));
  if (role != AccountRole::unknown) return role;
  const auto after = std::min(text.size(), end + kRoleAfter);
  return role_in(text::fold(text.substr(end, stepped(text, after) - end)));
}

void take_bic(std::vector<Account>& accounts) {
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    if (accounts[i].kind != "bic") continue;
    const auto near = [&](const Account& other) {
      const auto gap = other.span.offset < accounts[i].span.offset ? accounts[i].span.offset - other.span.offset - other.span.length
                                                                   : other.span.offset - accounts[i].span.offset;
      return other.kind != "bic" && gap < kBicBytes;
    };
    if (i > 0 && near(accounts[i - 1])) {
      accounts[i - 1].bic = accounts[i].value;
      accounts[i].kind.clear();
    } else if (i + 1 < accounts.size() && near(accounts[i + 1])) {
      accounts[i + 1].bic = accounts[i].value;
      accounts[i].kind.clear();
    }
  }
  std::erase_if(accounts, [](const Account& account) { return account.kind.empty(); });
}

}  // namespace

void read_surroundings(std::string_view text, std::vector<Account>& accounts) {
  take_bic(accounts);
  std::size_t previous_end = 0;
  for (auto& account : accounts) {
    const auto begin = account.span.offset, end = begin + account.span.length;
    account.holder = holder_around(text, begin, end);
    account.role = role_around(text, begin, end, std::min<std::size_t>(previous_end, begin));
    previous_end = end;
  }
}

}  // namespace threadline::facts
