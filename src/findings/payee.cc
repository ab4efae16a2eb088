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
    "(\\p{Lu}[\\p{L}\\p{N}.&'\\x{2019}-]*(?: "
    "(?:\\p{Lu}[\\p{L}\\p{N}.&'\\x{2019}-]*|&|et|und|and|y|de|du|des|la|von|van|der|di|da)"
    ")*)";

/// Verbs and nouns of paying; German ones apart, since every noun there has a capital and may stand behind them.
constexpr std::string_view kPay =
    "(?:^|[^\\p{L}])(?i:pay|paying|payments?|transfers?|wire|send|remit|settle|reimburse|refund|paye[rz]|virer|virez|"
    "virements?|verse[rz]|r[e\\x{E9}]gle[rz]|rembourse[rz]|paiements?|r[e\\x{E8}]glements?|transferir|transfiera|transfira|"
    "pagar|pague|abonar|abone|pagare|paghi|versare|bonificare|bonifico|overmaken|betalen|betaal)";
constexpr std::string_view kGermanPay =
    "(?:^|[^\\p{L}])(?i:(?:\\x{FC}|ue?)berweisen|(?:\\x{DC}|Ue?)berweisung|zahlen|zahlung|bezahlen|erstatten)";
constexpr std::string_view kTo =
    " (?i:to|\\x{E0}|a|au|aux|an|aan|au profit de|en faveur de|zugunsten von|a favor de|a favore di|in favou?r of|ten gunste van|"
    "beneficiary|payee|b[e\\x{E9}]n[e\\x{E9}]ficiaire|empf(?:\\x{E4}|ae)nger|beneficiario|begunstigde):?(?: "
    "(?i:the|la|le|les|die|"
    "den|el|il|de|het))?(?: (?i:soci[e\\x{E9}]t[e\\x{E9}]|entreprise|company|firma?))? ";

/// Within the sentence: "1.250" and "inv. 88" do not end it.
constexpr std::string_view kAfterPay = "((?:[^.;!?]|[.] ?[\\p{Ll}\\p{N}]){0,70}?)";
constexpr std::string_view kBeforeAccount = "(?:[^.;!]|[.] ?[\\p{Ll}\\p{N}]|[.] (?:IBAN|RIB|BIC)){0,70}$";

std::string joined(std::initializer_list<std::string_view> pieces) {
  std::string all;
  for (const auto piece : pieces) all += piece;
  return all;
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

/// The words that name somebody; none where they begin as the writer's own, or are a bank's.
std::string name_in(std::string_view written) {
  std::string name;
  for (const std::string& word : folded_words(written)) {
    if (std::ranges::find(kWriters, word) != kWriters.end() || is_of_bank(word)) return {};
    const bool is_letters = std::ranges::any_of(word, [](char letter) { return letter > '9'; });
    if (!is_letters || word.size() < 2 || std::ranges::find(kNoNames, word) != kNoNames.end()) continue;
    if (!name.empty()) name += ' ';
    name += word;
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

/// The name that the last group holds; none where the one before it holds somebody who does something else: "thanks for the
/// payment, I passed it on to Karl".
std::string found_name(const text::Pattern& pattern, std::string_view text) {
  static const text::Pattern somebody(
      "(?:^|[^\\p{L}])(?i:i|we|he|she|they|je|j|nous|il|elle|ils|elles|on|ich|wir|yo|io|ik|wij|eu)[^\\p{L}]");
  const auto found = pattern.find(text);
  if (!found || (found->size() > 2 && somebody.is_in((*found)[1]))) return {};
  return name_in(found->back());
}

bool has_several_words(std::string_view name) { return name.find(' ') != name.npos; }

}  // namespace

std::string payee_named(const facts::Facts& facts, const facts::Account& account) {
  const AccountWords words = words_around(facts, account);
  if (!words.is_written) return {};
  static const text::Pattern to(joined({kPay, kAfterPay, kTo, kName, kBeforeAccount}));
  static const text::Pattern whom(
      joined({kPay, "(?: (?i:the|la|le|les|el|il|de|het|a|al))?(?: (?i:soci[e\\x{E9}]t[e\\x{E9}]|entreprise|company|firma?))? ",
              kName, kBeforeAccount}));
  static const text::Pattern german(joined({kGermanPay, kAfterPay, kTo, kName, kBeforeAccount}));
  static const text::Pattern german_end(joined({kTo, kName, "[^.;!?]{0,30}", kGermanPay, kBeforeAccount}));
  static const text::Pattern line(joined(
      {"(?:^|\\n)[\\s>*-]*(?i:name|nom|nombre|nome|naam|payee|beneficiary|b[e\\x{E9}]n[e\\x{E9}]ficiaire|empf(?:\\x{E4}|ae)"
       "nger|beneficiario|begunstigde|supplier|fournisseur|lieferant|employee|salari\\x{E9}e?) ?[:\\t] *",
       kName, "[ \\t\\r]*\\n(?:[^\\n]{1,60}\\n){0,2}[^\\n]{0,40}$"}));
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
  static const text::Pattern row(
      joined({"(?:^|\\n)[\\s>*.)0-9\\x{2022}\\x{2013}-]*", kName, "[ \\t,:;|(\\x{2013}-]*(?i:(?:iban|rib)[ :]*)?$"}));
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
