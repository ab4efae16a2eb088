// SPDX-License-Identifier: Apache-2.0
// Reading accounts out of text, against a search for one byte over the same buffer in the same run (see "ratio").
#include <benchmark/benchmark.h>

#include <ctime>
#include <random>
#include <string>
#include <string_view>

#include "facts/bank/account.h"
#include "facts/bank/invoice.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kBytes = 4'000'000;

/// What mails hold; '#' is a random digit, '%' a hex digit, '~' one of base64's.
constexpr std::string_view kFrench =
    "Bonjour Madame,\n\nSuite \u00e0 notre \u00e9change t\u00e9l\u00e9phonique de ce matin, je vous confirme que la livraison "
    "est "
    "pr\u00e9vue le ## mars 2024\nentre 8h et 12h \u00e0 votre agence de Lyon. Vous trouverez ci-joint la facture FA-2024-### "
    "d'un "
    "montant de # ###,## EUR.\nMerci de bien vouloir en accuser r\u00e9ception et de nous retourner le bon sign\u00e9.\n\n"
    "Bien cordialement,\nAnne Exemple\nT\u00e9l. +33 # ## ## ## ##\n\n";
constexpr std::string_view kEnglish =
    "Hi Bob,\n\nThanks for your call this morning. As discussed, the delivery is scheduled for March ## between 8 and 12 at "
    "your\n"
    "Bristol branch. Please find attached invoice INV-2024-#### over GBP #,###.##. Could you confirm that your colleagues have\n"
    "received the signed contract, and let me know whether anything is missing? The swift answer is much appreciated.\n\n"
    "Kind regards,\nAnn Example\nPhone +44 ## #### ####\n\n";
constexpr std::string_view kTable =
    "#####\tREF-#####\t##/##/2024\t## ###,##\t#### #### ####\t###\nFR ##### DE-#####\t#########\t##,##\t#####\n";
constexpr std::string_view kBase64 = "~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n";
constexpr std::string_view kHexDump = "000000%0: %%%% %%%% %%%% %%%% %%%% %%%% %%%% %%%%  ................\n";
constexpr std::string_view kMarkup =
    "<tr><td style=\"padding:##px ##px;color:#3a3a3a;width:###px\"><p style=\"margin:0;line-height:1.5\">Bonjour, merci de votre "
    "commande n&deg; ########.</p></td></tr>\n";
constexpr std::string_view kAccounts =
    "Merci de r\u00e9gler sur le compte IBAN : FR76 3000 6000 0112 3456 7890 189 - BIC : AGRIFRPP, "
    "Titulaire : Exemple SARL, facture ####.\n";

std::string filled(std::string_view form) {
  constexpr std::string_view kSymbols = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+/";
  std::mt19937 random(9);
  std::string text;
  text.reserve(kBytes + form.size());
  while (text.size() < kBytes) {
    for (const char c : form) {
      const auto next = static_cast<std::size_t>(random());
      text += c == '#' ? kSymbols[next % 10] : c == '%' ? kSymbols[next % 16] : c == '~' ? kSymbols[next % 64] : c;
    }
  }
  return text;
}

/// The bare work: every line end by memchr.
std::size_t byte_scan(std::string_view text) {
  std::size_t hits = 0;
  for (std::size_t at = 0; (at = text.find('\n', at)) != text.npos; ++at) ++hits;
  return hits;
}

/// Of the processor: another program's share of the core is nobody's cost.
double seconds_now() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double seconds_of_byte_scan(const std::string& text) {
  constexpr int kRounds = 50;
  const double begin = seconds_now();
  for (int i = 0; i < kRounds; ++i) benchmark::DoNotOptimize(byte_scan(text));
  return (seconds_now() - begin) / kRounds;
}

void scan_accounts(benchmark::State& state, std::string_view form) {
  const auto text = filled(form);
  Limits limits;
  limits.accounts = kBytes;
  const double bare = seconds_of_byte_scan(text);
  const double begin = seconds_now();
  for (auto _ : state) benchmark::DoNotOptimize(find_accounts(text, limits));
  const double each = (seconds_now() - begin) / static_cast<double>(state.iterations());
  state.SetBytesProcessed(static_cast<std::int64_t>(text.size()) * state.iterations());
  state.counters["ratio"] = each / bare;
}

void scan_requests(benchmark::State& state, std::string_view form) {
  ReadText body;
  body.text = filled(form);
  std::vector<Note> notes;
  for (auto _ : state) benchmark::DoNotOptimize(read_requests(body, {}, {}, notes));
  state.SetBytesProcessed(static_cast<std::int64_t>(body.text.size()) * state.iterations());
}

void scan_invoices(benchmark::State& state, std::string_view form) {
  ReadText body;
  body.text = filled(form);
  std::vector<Note> notes;
  const Conversation conversation;
  const InvoicePlaces places{.body = body, .conversation = conversation, .subject = {}, .attachments = {}};
  for (auto _ : state) benchmark::DoNotOptimize(read_invoices(places, {}, notes));
  state.SetBytesProcessed(static_cast<std::int64_t>(body.text.size()) * state.iterations());
}

}  // namespace
}  // namespace threadline::facts

namespace threadline::facts {
BENCHMARK_CAPTURE(scan_accounts, french, kFrench);
BENCHMARK_CAPTURE(scan_accounts, english, kEnglish);
BENCHMARK_CAPTURE(scan_accounts, table_of_numbers, kTable);
BENCHMARK_CAPTURE(scan_accounts, base64, kBase64);
BENCHMARK_CAPTURE(scan_accounts, hex_dump, kHexDump);
BENCHMARK_CAPTURE(scan_accounts, markup, kMarkup);
BENCHMARK_CAPTURE(scan_accounts, an_account_a_line, kAccounts);
BENCHMARK_CAPTURE(scan_requests, french, kFrench);
BENCHMARK_CAPTURE(scan_requests, english, kEnglish);
BENCHMARK_CAPTURE(scan_invoices, french, kFrench);
BENCHMARK_CAPTURE(scan_invoices, english, kEnglish);
}  // namespace threadline::facts

BENCHMARK_MAIN();
