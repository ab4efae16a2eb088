// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/sentence.h"

#include <algorithm>
#include <array>

#include "facts/bank/spoken.h"

namespace threadline::facts {
namespace {

std::size_t distance_of(const Sentence::Hit& one, const Sentence::Hit& other) {
  return one.at > other.at ? one.at - other.at : other.at - one.at;
}

/// Words that take their meaning from a neighbour: "bank charges", "customer account", "order number", "relev\u00e9 de compte".
struct Binding {
  std::uint64_t by, bound;
  std::size_t within;
};
constexpr Binding kBindings[] = {
    {kTopic, kBank | kChange, 2}, {kTopic, kBank, 3},    {kCustomer, kAccount, 1}, {kOrder, kDetails, 2},
    {kStatement, kAccount, 2},    {kIdiom, kAccount, 2}, {kPay, kBank, 1}};
constexpr std::uint64_t kBound = kBank | kChange | kAccount | kDetails;  ///< all that they, or a store, take away

/// "Banque de donn\u00e9es", "banca dati", "data bank": a store of something. English puts the word before, the others behind.
bool is_store(const Sentence::Hit& bank, const Sentence::Hit& stock) {
  if ((bank.meaning.classes & kBank) == 0 || (stock.meaning.classes & kStock) == 0) return false;
  if ((stock.meaning.languages & kEn) != 0 && stock.at + 1 == bank.at) return true;
  return bank.at + ((stock.meaning.languages & kIt) != 0 ? 1 : 2) == stock.at;
}

void bind_neighbours(Sentence& sentence) {
  const auto may_bind = [&](const Binding& binding) { return sentence.has(binding.by) && sentence.has(binding.bound); };
  if (!sentence.has(kStock) && std::ranges::none_of(kBindings, may_bind)) return;
  for (auto& one : sentence.hits) {
    if ((one.meaning.classes & kBound) == 0) continue;
    std::uint64_t lost = 0;
    for (const auto& other : sentence.hits) {
      const auto distance = distance_of(one, other);
      if (distance == 0) continue;
      for (const Binding& binding : kBindings) {
        if (distance <= binding.within && (other.meaning.classes & binding.by) != 0) lost |= binding.bound;
      }
      if (is_store(one, other)) lost |= kBank;
    }
    one.meaning.classes &= ~lost;
  }
}

constexpr std::size_t kFar = 1'000;  ///< words

/// How far the nearest word of `wanted` in the clause is; a large number where there is none.
std::size_t reach_of(const Sentence& sentence, const Sentence::Hit& from, std::uint64_t wanted) {
  std::size_t nearest = kFar;
  for (const auto& other : sentence.hits) {
    if (&other != &from && other.clause == from.clause && (other.meaning.classes & wanted) != 0)
      nearest = std::min(nearest, distance_of(from, other));
  }
  return nearest;
}

/// "Invoice" in "the account on the invoice" and in "invoice account" belongs to the noun.
bool is_of_noun(const Sentence& sentence, const Sentence::Hit& document) {
  return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& noun) {
    if ((noun.meaning.classes & (kNouns | kDetails)) == 0 || noun.clause != document.clause) return false;
    return noun.at < document.at ? document.at - noun.at <= 5 : noun.at == document.at + 1;
  });
}

/// "This invoice replaces the former one": the former is no account.
void forget_old(Sentence& sentence, std::size_t clause) {
  for (auto& hit : sentence.hits) {
    if (hit.clause == clause) hit.meaning.classes &= ~std::uint64_t{kOld};
  }
}

/// "Updated invoice", "facture modifi\u00e9e", "this invoice replaces invoice 117": the paper changes. "I replace Ann, please pay
/// to ...": a person does. "Revised invoice with the correct account" tells of both.
void bind_documents(Sentence& sentence) {
  if (!sentence.has(kDocument | kReplace) || is_near(sentence, kCorrect, kNouns, 3)) return;
  for (auto& one : sentence.hits) {
    if ((one.meaning.classes & (kChange | kFresh)) == 0) continue;
    const std::size_t noun = reach_of(sentence, one, kNouns | kDetails);
    const bool is_of_document = std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& other) {
      const bool is_document = (other.meaning.classes & kDocument) != 0 && other.clause == one.clause;
      return is_document && distance_of(one, other) <= 2 && distance_of(one, other) < noun && !is_of_noun(sentence, other);
    });
    const bool is_of_person = (one.meaning.classes & kReplace) != 0 && noun > 8;
    if (!is_of_document && !is_of_person) continue;
    if ((one.meaning.classes & kReplace) != 0) forget_old(sentence, one.clause);
    one.meaning.classes &= ~(kChange | kFresh);
  }
}

/// "Your payment came from another account": an account that money has left. "From now on our account", "[il] vient de changer
/// de banque" are none.
bool is_source(const Sentence& sentence, const Sentence::Hit& noun, std::uint8_t languages) {
  const auto is_other_phrase = [](std::uint64_t classes) {
    return (classes & (kFuture | kSoon | kAppointed)) != 0 || ((classes & kChange) != 0 && (classes & kFresh) == 0);
  };
  const auto is_broken = [&](const Sentence::Hit& source) {
    return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& hit) {
      return hit.at > source.at && hit.at < noun.at && is_other_phrase(hit.meaning.classes);
    });
  };
  return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& source) {
    const bool leads = (source.meaning.classes & kSource) != 0 && source.at < noun.at && noun.at - source.at <= 4;
    return leads && (source.meaning.languages & languages) != 0 && !is_broken(source);
  });
}

/// Takes the meaning from accounts that a payment came from, where somebody tells of one. "Van" and "da" are "of" as well: beside
/// a payment only.
void free_sources(Sentence& sentence) {
  if (!sentence.has(kSource)) return;
  const bool has_come = sentence.has(kArrived | kReceived) || is_near(sentence, kYours, kPay, 2);
  const bool is_of_payment = has_come && sentence.has(kPay | kMoney);
  if (!is_of_payment && sentence.has(kAsk | kUse | kHere | kFuture | kInstead | kClosed)) return;
  const std::uint8_t languages = is_of_payment ? 0xffU : kFr | kEn | kDe | kEs;
  std::vector<bool> is_left;
  for (const auto& hit : sentence.hits)
    is_left.push_back((hit.meaning.classes & kNouns) != 0 && is_source(sentence, hit, languages));
  for (std::size_t i = 0; i < is_left.size(); ++i) {
    if (is_left[i]) sentence.hits[i].meaning.classes &= ~kNouns;
  }
}

/// Where the clause of that word begins.
std::size_t clause_begin(const Sentence& sentence, const Sentence::Hit& hit) {
  std::size_t begin = 0;
  for (const std::size_t one : sentence.clause_begins) begin = one < hit.at ? std::max(begin, one) : begin;
  return begin;
}

/// "In connection with the audit of our financial statements, please confirm the balance of our account": a letter of auditors'
/// (ISA 505), and no account under audit: "our account is under audit, kindly confirm the balance" is one.
void free_confirmations(Sentence& sentence) {
  constexpr std::size_t kLeader = 4, kTo = 2;
  constexpr auto kAddresses = packed_words("a", "agli", "ai", "an", "aos", "aux", "to");
  constexpr auto kAudit = packed_words("audit");
  constexpr auto kAuditors = packed_words("auditeur", "auditor", "auditore", "auditori", "auditors", "revisore");
  constexpr auto kOnOccasion = packed_words("cadre", "conducti", "connecti", "course", "framewor", "part");
  constexpr auto kBalances =
      packed_words("balance", "balances", "releve", "saldi", "saldo", "saldos", "solde", "soldes", "statemen");
  constexpr auto kConfirms = packed_words("bestatig", "bevestig", "confirm", "confirma", "confirme", "confirmi", "conferma",
                                          "confermi", "send", "envoyer");
  const Spoken spoken = sentence.spoken;
  const auto is_pretext = [&](std::size_t at) { return !stands(spoken, back(at, kLeader), at, kOnOccasion); };
  if (sentence.has(kDeny) || !stands(spoken, kBalances) || !stands(spoken, kConfirms) || any_place(spoken, kAudit, is_pretext))
    return;
  if (sentence.has(kPay | kUse | kHere | kInstead | kFuture | kFresh | kNoMore | kOld)) return;
  for (auto& hit : sentence.hits) {
    const auto at = hit.at - 1;
    const bool is_to_auditors = is_one_of(spoken[at], kAuditors) && stands(spoken, back(at, kTo), at, kAddresses) &&
                                stands(spoken, clause_begin(sentence, hit), at, kConfirms);
    if (is_one_of(spoken[at], kAudit) || is_to_auditors) hit.meaning.classes &= ~std::uint64_t{kClosed};
  }
}

/// "We transferred it from our account": the same word as for an account that moves, and no move of it.
void bind_transfers(Sentence& sentence) {
  if (!sentence.has(kSource) || sentence.has(kFresh | kOld | kNoMore)) return;
  const bool has_left = std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& noun) {
    return (noun.meaning.classes & kNouns) != 0 && std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& source) {
             return (source.meaning.classes & kSource) != 0 && source.at < noun.at && noun.at - source.at <= 2;
           });
  });
  if (!has_left) return;
  for (auto& hit : sentence.hits) {
    if ((hit.meaning.classes & kPay) != 0) hit.meaning.classes &= ~std::uint64_t{kChange};
  }
}

/// "bank" beside "details" makes a strong noun of both; "our account number" and "direct deposit" too.
void join_nouns(Sentence& sentence) {
  for (auto& one : sentence.hits) {
    const auto is_beside = [&](std::uint64_t wanted, std::size_t within) {
      return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& other) {
        const auto distance = distance_of(one, other);
        return distance > 0 && distance <= within && (other.meaning.classes & wanted) != 0;
      });
    };
    if ((one.meaning.classes & kDetails) != 0 && is_beside(kBank | kAccount, 3)) one.meaning.classes |= kStrong;
    if ((one.meaning.classes & kDetails) != 0 && is_beside(kPay, 2)) one.meaning.classes |= kStrong;
    if ((one.meaning.classes & kDeposit) != 0 && is_beside(kDirect, 1)) one.meaning.classes |= kSalaryAccount;
    if ((one.meaning.classes & kSalaryAccount) != 0) one.meaning.classes |= kSalary | kAccount;
    sentence.classes |= one.meaning.classes;
  }
}

/// A word that the sentence's own language knows means what it means there ("pas" is "not", and no Dutch change); of other words
/// the meaning in any language is kept, but for what silences.
void keep_meanings_of(std::size_t language, Sentence& sentence) {
  sentence.classes = 0;
  for (auto& hit : sentence.hits) {
    const auto own = hit.meaning.in[language];
    hit.meaning.classes = own != 0 ? own : hit.meaning.classes & ~kSilencers;
    sentence.classes |= hit.meaning.classes;
  }
}

void sum_classes(Sentence& sentence) {
  sentence.classes = 0;
  for (const auto& hit : sentence.hits) sentence.classes |= hit.meaning.classes;
}

}  // namespace

bool is_near(const Sentence& sentence, std::uint64_t left, std::uint64_t right, std::size_t within) {
  for (const auto& one : sentence.hits) {
    if ((one.meaning.classes & left) == 0) continue;
    for (const auto& other : sentence.hits) {
      const auto distance = one.at > other.at ? one.at - other.at : other.at - one.at;
      if (&one != &other && distance <= within && (other.meaning.classes & right) != 0) return true;
    }
  }
  return false;
}

bool is_near_in_clause(const Sentence& sentence, std::uint64_t left, std::uint64_t right, std::size_t within) {
  return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& one) {
    return (one.meaning.classes & left) != 0 && reach_of(sentence, one, right) <= within;
  });
}

bool is_ahead(const Sentence& sentence, std::uint64_t left, std::uint64_t right, std::size_t within) {
  return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& one) {
    return (one.meaning.classes & left) != 0 && std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& other) {
             return (other.meaning.classes & right) != 0 && other.clause == one.clause && other.at > one.at &&
                    other.at - one.at <= within;
           });
  });
}

bool is_bank_changed(const Sentence& sentence) {
  constexpr std::size_t kBefore = 4, kFreshBefore = 3, kFreshBehind = 1;
  const auto is_of = [](const Sentence::Hit& bank, const Sentence::Hit& change) {
    const bool leads = change.at < bank.at;
    const auto distance = distance_of(bank, change);
    if ((change.meaning.classes & kChange) != 0 && distance <= kBefore && (leads || !change.has_object)) return true;
    return (change.meaning.classes & kFresh) != 0 && distance <= (leads ? kFreshBefore : kFreshBehind);
  };
  return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& bank) {
    return (bank.meaning.classes & kBank) != 0 && std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& change) {
             return &change != &bank && is_of(bank, change);
           });
  });
}

bool has_hit(const Sentence& sentence, std::size_t begin, std::size_t end, std::uint64_t wanted) {
  return std::ranges::any_of(sentence.hits, [&](const Sentence::Hit& hit) {
    return hit.at > begin && hit.at <= end && (hit.meaning.classes & wanted) != 0;
  });
}

bool is_led_by(const Sentence& sentence, std::uint64_t left, std::uint64_t right) {
  return std::ranges::adjacent_find(sentence.hits, [&](const Sentence::Hit& one, const Sentence::Hit& other) {
           return one.at + 1 == other.at && (one.meaning.classes & left) != 0 && (other.meaning.classes & right) != 0;
         }) != sentence.hits.end();
}

bool presses_before(const Sentence& sentence, std::uint32_t left, std::uint32_t right, std::size_t within) {
  if (!sentence.presses(left) || !sentence.presses(right)) return false;
  return std::ranges::any_of(sentence.pressing, [&](const Sentence::Press& one) {
    return (one.classes & left) != 0 && std::ranges::any_of(sentence.pressing, [&](const Sentence::Press& other) {
             return other.at > one.at && other.at - one.at <= within && (other.classes & right) != 0 &&
                    (other.languages & one.languages) != 0;
           });
  });
}

bool presses_beside(const Sentence& sentence, std::uint32_t left, std::uint32_t right, std::size_t within) {
  return presses_before(sentence, left, right, within) || presses_before(sentence, right, left, within);
}

std::size_t language_of(const Sentence& sentence) {
  std::array<int, std::size(kLanguages)> votes{};
  for (const auto& hit : sentence.hits) {
    const int weight = (hit.meaning.languages & (hit.meaning.languages - 1)) == 0 ? 3 : 1;
    for (std::size_t i = 0; i < votes.size(); ++i) votes[i] += ((hit.meaning.languages >> i) & 1U) != 0 ? weight : 0;
  }
  return static_cast<std::size_t>(std::ranges::max_element(votes) - votes.begin());
}

void read_neighbours(Sentence& sentence, std::size_t language) {
  keep_meanings_of(language, sentence);
  bind_neighbours(sentence);
  bind_documents(sentence);
  bind_transfers(sentence);
  free_confirmations(sentence);
  free_sources(sentence);
  sum_classes(sentence);
  join_nouns(sentence);
}

void Sentence::forget() {
  hits.clear();
  pressing.clear();
  spoken.clear();
  clause_begins.clear();
  classes = 0;
  pressure = 0;
  words = clauses = quotation_marks = quoted_from = quoted_to = 0;
  question = if_you = is_elliptic = has_digits = has_clock = false;
}

}  // namespace threadline::facts
