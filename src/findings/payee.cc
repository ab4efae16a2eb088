// SPDX-License-Identifier: Apache-2.0
#include "findings/payee.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "findings/account_words.h"
#include "text/fold.h"
#include "text/pattern.h"

namespace threadline::findings {
namespace {

constexpr auto kNoNames = std::to_array<std::string_view>({
#define THREADLINE_NO_NAME(word) #word,
#include "findings/payee_no_names.def"
});
constexpr auto kWriters = std::to_array<std::string_view>({
#define THREADLINE_WRITERS(word) #word,
#include "findings/payee_no_names.def"
});
constexpr auto kBankNames = std::to_array<std::string_view>({
#define THREADLINE_BANK_NAME(letters) #letters,
#include "findings/payee_no_names.def"
});

/// Words with capitals, and small ones between them; U+2019 is an apostrophe.
constexpr std::string_view kName =
    "([A-Z\\x{C0}-\\x{DE}][^\\s,;:()|/\"]*(?: "
    "(?:[A-Z\\x{C0}-\\x{DE}][^\\s,;:()|/\"]*|&|et|und|and|y|de|du|des|la|von|van|der|di|da)"
    ")*)";

/// What may stand before a name: an article, and who that is to the writer.
constexpr std::string_view kLead =
    " (?:(?i:the|la|le|les|die|den|el|il|de|het) "
    ")?(?:l['\\x{2019}])?(?:(?i:company|firma?|supplier|vendor|customer|client|cliente|employee|"
    "colleague|landlord|tenant|seller|contractor|school|soci[e\\x{E9}]t[e\\x{E9}]|entreprise|fournisseur|salari\\x{E9}e?|coll\\x{"
    "E8}gue|"
    "locataire|propri\\x{E9}taire|bailleur|vendeur|artisan|\\x{E9}cole|association|proveedor|empleado|fornitore|dipendente|"
    "leverancier|"
    "klant|fornecedor) )?";

/// Verbs and nouns of paying; German ones apart, since every noun there has a capital and may stand behind them.
constexpr std::string_view kPay =
    "(?:^|[^a-zA-Z])(?i:pay|paying|payments?|transfers?|wire|send|remit|settle|reimburse|refund|standing "
    "order|paye[rz]|virer|virez|"
    "virements?|verse[rz]|r[e\\x{E9}]gle[rz]|rembourse[rz]|paiements?|r[e\\x{E8}]glements?|transferir|transfiera|transfira|"
    "pagar|pague|abonar|abone|pagare|paghi|versare|bonificare|bonifico|overmaken|betalen|betaal)";
/// The verbs of them: what follows a noun ("Payment Information") is nobody.
constexpr std::string_view kPayVerb =
    "(?:^|[^a-zA-Z])(?i:pay|paying|wire|send|remit|settle|reimburse|refund|paye[rz]|virer|virez|verse[rz]|r[e\\x{E9}]gle[rz]|"
    "rembourse[rz]|transferir|transfiera|transfira|pagar|pague|abonar|abone|pagare|paghi|versare|bonificare|overmaken|betalen|"
    "betaal)";
constexpr std::string_view kGermanPay =
    "(?:^|[^a-zA-Z])(?i:(?:\\x{FC}|ue?)berweisen|(?:\\x{DC}|Ue?)berweisung|zahlen|zahlung|bezahlen|erstatten|dauerauftrag)";
constexpr std::string_view kTo =
    " (?i:to|\\x{E0}|a|au|aux|an|aan|vers|au profit de|en faveur de|zugunsten von|a favor de|a favore di|in favou?r of|ten "
    "gunste van|"
    "beneficiary|payee|b[e\\x{E9}]n[e\\x{E9}]ficiaire|empf(?:\\x{E4}|ae)nger|beneficiario|begunstigde|(?:invoices?|bills?|"
    "factures?|"
    "rechnung|facturas?|fattura|fatture|faturas?|factuur) (?:of|from|de|du|von|der|van|di|da|do)):?";

constexpr std::string_view kGap = "([^;!?]*?)", kRest = "([^;!]*)$";
constexpr std::size_t kGapBytes = 70;

/// No more than one sentence: "1.250" and "inv. 88" do not end it, and ". IBAN:" goes on with what was said.
bool is_one_sentence(std::string_view text) {
  if (text.size() > kGapBytes) return false;
  for (std::size_t at = text.find(". "); at != text.npos; at = text.find(". ", at + 1)) {
    const std::string_view next = text.substr(at + 2);
    const bool is_label = next.starts_with("IBAN") || next.starts_with("RIB") || next.starts_with("BIC");
    if (!is_label && !next.empty() && next.front() >= 'A' && next.front() <= 'Z') return false;
  }
  return true;
}

std::vector<std::string> folded_words(std::string_view name) {
  std::vector<std::string> words(1);
  for (const char letter : text::fold(name)) {
    const bool is_word =
        (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || static_cast<unsigned char>(letter) >= 0x80;
    if (is_word) {
      words.back() += letter;
    } else if (letter != '.' && !words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

bool is_of_bank(std::string_view word) {
  constexpr std::size_t kWhole = 4;  // letters of a name that is compared as it is
  const auto is_it = [&](std::string_view letters) {
    return letters.size() <= kWhole ? word == letters : word.starts_with(letters);
  };
  return word.ends_with("bank") || std::ranges::any_of(kBankNames, is_it);
}

/// The words with capitals that name somebody; none where one of them is the writer's own, or a bank's.
std::string name_in(std::string_view written) {
  std::string name;
  const auto is_capital = [](char letter) {
    return (letter >= 'A' && letter <= 'Z') || static_cast<unsigned char>(letter) >= 0x80;
  };
  for (std::size_t at = 0; at < written.size();) {
    const std::size_t end = std::min(written.find(' ', at), written.size());
    for (const std::string& word : folded_words(written.substr(at, end - at))) {
      if (std::ranges::find(kWriters, word) != kWriters.end() || is_of_bank(word)) return {};
      const bool is_letters = std::ranges::any_of(word, [](char letter) { return letter > '9'; });
      if (!is_capital(written[at]) || !is_letters || word.size() < 2) continue;
      if (std::ranges::find(kNoNames, word) != kNoNames.end()) continue;
      name += (name.empty() ? "" : " ") + word;
    }
    at = end + 1;
  }
  return name;
}

/// One line with single blanks.
std::string in_one_line(std::string_view text) {
  std::string line;
  for (const char byte : text) {
    const bool is_blank = byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r';
    if (!is_blank) {
      line += byte;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  return line;
}

/// The name in the group before the last, which is what stands between it and the account; where another group leads to it,
/// nobody does something else there: "thanks for the payment, I passed it on to Karl".
std::string found_name(const text::Pattern& pattern, std::string_view text) {
  static const text::Pattern somebody(
      "(?:^|[^a-zA-Z])(?i:i|we|he|she|they|je|j|nous|il|elle|ils|elles|on|ich|wir|yo|io|ik|wij|eu)[^a-zA-Z]");
  for (auto found = pattern.find(text); found;) {
    const text::Pattern::Match& groups = *found;
    const bool is_led = groups.size() > 3;
    const bool is_apart = is_led && (!is_one_sentence(groups[1]) || somebody.is_in(groups[1]));
    if (!is_apart && is_one_sentence(groups.back())) return name_in(groups[groups.size() - 2]);
    found = pattern.find(text, static_cast<std::size_t>(groups.front().data() - text.data()) + 1);
  }
  return {};
}

bool has_several_words(std::string_view name) { return name.find(' ') != name.npos; }

}  // namespace

std::string payee_named(const facts::Facts& facts, const facts::Account& account) {
  const AccountWords words = words_around(facts, account);
  if (!words.is_written) return {};
  static const text::Pattern to(text::expression_of({kPay, kGap, kTo, kLead, kName, kRest}));
  static const text::Pattern whom(text::expression_of({kPayVerb, kLead, kName, kRest}));
  static const text::Pattern german(text::expression_of({kGermanPay, kGap, kTo, kLead, kName, kRest}));
  static const text::Pattern german_end(text::expression_of({kTo, kLead, kName, "[^.;!?]*", kGermanPay, kRest}));
  static const text::Pattern line(text::expression_of(
      {"(?:^|\\n)[\\s>*-]*(?i:name|nom|nombre|nome|naam|payee|beneficiary|b[e\\x{E9}]n[e\\x{E9}]ficiaire|empf(?:\\x{E4}|ae)"
       "nger|beneficiario|begunstigde|supplier|fournisseur|lieferant|employee|salari\\x{E9}e?) ?[:\\t] *",
       kName, "[ \\t\\r]*\\n((?:[^\\n]+\\n)?(?:[^\\n]+\\n)?[^\\n]*)$"}));
  const std::string sentence = in_one_line(words.before);
  for (const text::Pattern* pattern : {&to, &whom}) {
    if (std::string name = found_name(*pattern, sentence); !name.empty()) return name;
  }
  for (const text::Pattern* pattern : {&german, &german_end}) {
    if (std::string name = found_name(*pattern, sentence); has_several_words(name)) return name;
  }
  return found_name(line, words.before);
}

std::string payee_in_row(const facts::Facts& facts, const facts::Account& account) {
  const AccountWords words = words_around(facts, account);
  static const text::Pattern row(text::expression_of(
      {"(?:^|\\n)[\\s>*.)0-9\\x{2022}\\x{2013}-]*", kName, "([ \\t,:;|(\\x{2013}-]*(?i:(?:iban|rib)[ :]*)?)$"}));
  static const text::Pattern amount("^[ \\t,:;|)\\x{2013}-]*(?i:EUR|USD|GBP|CHF|\\x{20AC}|\\x{A3}|\\$)?[ \\t]*[0-9]");
  if (!words.is_written || !amount.is_in(words.behind.substr(0, words.behind.find('\n')))) return {};
  return found_name(row, words.before);
}

bool is_claimed_for_writer(const facts::Facts& facts, const facts::Account& account) {
  static const text::Pattern claim(
      "(?:^|([a-z]+)[^a-z0-9]+)(?:our|my|notre|nos|mon|mes|unsere?[mnrs]?|meine?[mnrs]?|nuestr[ao]s?|nostr[aeio]|noss[ao]s?|onze|"
      "ons|mijn)(?: [a-z-]+){0,2} (?:accounts?|invoices?|bills?|fees?|deposit|rent|bank details|iban|comptes?|factures?|rib|"
      "coordonnees|honoraires|acompte|loyer|subsidiary|affiliate|parent|partner|factor|agent|treasury|filiale|partenaire|groupe|"
      "group|holding|konto|bankverbindung|rechnung|tochter[a-z]*|cuenta|factura|conto|fattura|conta|fatura|rekening|factuur)\\b");
  static const text::Pattern source("^(?:from|depuis|debit|debiting|debitez|von|vom|desde|da|van|vanaf|dal)$");
  const std::string before = text::fold(words_around(facts, account).before);
  const auto* const end = before.data() + before.size();
  for (auto found = claim.find(before); found;
       found = claim.find(before, static_cast<std::size_t>((*found)[0].end() - before.data()))) {
    if ((*found)[1].data() == nullptr || !source.is_in((*found)[1])) return true;
    if ((*found)[0].end() == end) break;
  }
  return false;
}

}  // namespace threadline::findings
