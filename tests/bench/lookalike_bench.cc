// SPDX-License-Identifier: Apache-2.0
// How fast a stream of domains is compared with references: a million candidates against 10,000 and 100,000, one thread, with a
// plain hash look-up of the same names in the same run. Names are words of five languages put together, one in a hundred a
// lookalike.
#include <benchmark/benchmark.h>

#include <array>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "text/resemblance.h"

namespace {

using threadline::text::References;

constexpr std::size_t kCandidates = 1'000'000;
constexpr unsigned kSeed = 6;

constexpr std::string_view kWords[] = {
    "atelier",     "boulangerie", "garage",   "menuiserie",  "transport", "maison",  "jardin",   "lumiere", "moulin",
    "clinique",    "pharma",      "conseil",  "voyages",     "hotel",     "cuisine", "montagne", "rivage",  "northern",
    "bright",      "harbour",     "consult",  "builders",    "logist",    "medical", "foods",    "paper",   "steel",
    "crystal",     "garden",      "school",   "travel",      "design",    "energy",  "water",    "window",  "software",
    "haus",        "technik",     "werk",     "maschinen",   "bau",       "kraft",   "licht",    "stahl",   "garten",
    "schule",      "reisen",      "backerei", "verlag",      "druck",     "casa",    "fabrica",  "textil",  "cocina",
    "muebles",     "viajes",      "clinica",  "energia",     "jardines",  "seguros", "officina", "mobili",  "cantina",
    "pasticceria", "ceramica",    "viaggi",   "costruzioni", "tessuti",   "vini",    "luce",     "martin",  "dubois",
    "lefevre",     "moreau",      "garnier",  "smith",       "wilson",    "taylor",  "schmidt",  "wagner",  "becker",
    "garcia",      "romero",      "delgado",  "rossi",       "bianchi",   "ferrari", "novak",    "jansen",  "peeters",
    "alpha",       "delta",       "omega",    "nova",        "vista",     "terra",   "aqua",     "prima",   "optima",
    "unita"};
constexpr std::string_view kSuffixes[] = {"com", "com", "com", "com", "fr",    "fr",     "de", "de",   "net",
                                          "org", "it",  "es",  "be",  "co.uk", "com.br", "io", "shop", "eu"};

/// Names as firms register them: words of the list, coined words and family names (made of syllables: some are frequent, most are
/// seen once), alone, together or with a hyphen, a number now and then.
class Names {
 public:
  explicit Names(unsigned seed) : random_(seed) {}

  std::string next() {
    std::string name = below(10) < 2 ? std::string(listed()) : coined();
    const std::size_t shape = below(20);
    if (shape < 12) name += (shape < 3 ? "-" : "") + (below(10) < 6 ? std::string(listed()) : coined());
    if (shape == 19) name += std::to_string(1 + below(99));
    if (below(100) == 0) name.replace(below(name.size()), 1, "\u00e9");
    return name + "." + std::string(kSuffixes[below(std::size(kSuffixes))]);
  }

  /// A lookalike of a name: a letter doubled, left out, or a keyword added.
  std::string like(std::string name) {
    const std::size_t at = below(name.find('.'));
    switch (below(3)) {
      case 0: return name.insert(at, 1, name[at]);
      case 1: return name.erase(at, 1);
      default: return name.insert(name.find('.'), "-factures");
    }
  }

  std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_); }

 private:
  std::string_view listed() { return kWords[below(std::size(kWords))]; }
  std::string coined() {
    constexpr std::string_view kOnsets[] = {"b", "c", "ch", "d", "f", "g",  "gr", "h",  "j", "k", "l", "m",
                                            "n", "p", "pr", "r", "s", "st", "t",  "tr", "v", "w", "z"};
    constexpr std::string_view kRhymes[] = {"a",  "e",  "i",  "o",  "u",  "ou", "ai", "an", "en",
                                            "in", "on", "er", "ar", "el", "is", "os", "ax", "ek"};
    std::string text;
    for (std::size_t count = 2 + below(2) + below(2); count > 0; --count)
      (text += kOnsets[below(std::size(kOnsets))]) += kRhymes[below(std::size(kRhymes))];
    return text;
  }

  std::mt19937 random_;
};

std::vector<std::string> references_of(std::size_t count) {
  Names names(kSeed);
  std::unordered_set<std::string> made;
  while (made.size() < count) made.insert(names.next());
  return {made.begin(), made.end()};
}

std::vector<std::string> candidates_of(const std::vector<std::string>& references) {
  Names names(kSeed + 1);
  std::vector<std::string> candidates;
  while (candidates.size() < kCandidates)
    candidates.push_back(names.below(100) == 0 ? names.like(references[names.below(references.size())]) : names.next());
  return candidates;
}

void hash_lookup(benchmark::State& state) {
  const auto references = references_of(static_cast<std::size_t>(state.range(0)));
  const auto candidates = candidates_of(references);
  const std::unordered_set<std::string> known(references.begin(), references.end());
  for (auto _ : state) {
    std::size_t found = 0;
    for (const std::string& candidate : candidates) found += known.contains(candidate) ? 1U : 0U;
    benchmark::DoNotOptimize(found);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(candidates.size()));
}

void lookalikes(benchmark::State& state) {
  const auto references = references_of(static_cast<std::size_t>(state.range(0)));
  const auto candidates = candidates_of(references);
  const References known(references);
  std::size_t named = 0;
  for (auto _ : state) {
    named = 0;
    for (const std::string& candidate : candidates) named += known.best(candidate) ? 1U : 0U;
    benchmark::DoNotOptimize(named);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(candidates.size()));
  state.counters["index_MB"] = static_cast<double>(known.bytes()) / 1e6;
  state.counters["named"] = static_cast<double>(named);
}

void building(benchmark::State& state) {
  const auto references = references_of(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(References(references).size());
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(references.size()));
}

BENCHMARK(hash_lookup)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(lookalikes)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(building)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
