// SPDX-License-Identifier: Apache-2.0
#include "findings/change_context.h"

#include <algorithm>
#include <array>

#include "findings/holder.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

constexpr std::int64_t kJustAfter = 60LL * 24 * 3'600;
constexpr std::size_t kBicParty = 4;  ///< letters of a BIC that name the institution (ISO 9362)

struct Institution {
  std::string_view code, name;
};
constexpr auto kByBic = std::to_array<Institution>({
#define THREADLINE_INSTITUTION(bic, name) {bic, name},
#define THREADLINE_INSTITUTION_CODE(code, name)
#include "findings/payment_institutions.def"
#undef THREADLINE_INSTITUTION
#undef THREADLINE_INSTITUTION_CODE
});
constexpr auto kByCode = std::to_array<Institution>({
#define THREADLINE_INSTITUTION(bic, name)
#define THREADLINE_INSTITUTION_CODE(code, name) {code, name},
#include "findings/payment_institutions.def"
#undef THREADLINE_INSTITUTION
#undef THREADLINE_INSTITUTION_CODE
});

template <std::size_t N>
std::string_view name_in(const std::array<Institution, N>& table, std::string_view code) {
  const auto found = std::ranges::find(table, code, &Institution::code);
  return found == table.end() ? std::string_view{} : found->name;
}

/// The accounts after, and those before, as the questions below ask them.
struct Comparison {
  const AccountChange& change;
  const Case& it;

  template <class Question>
  [[nodiscard]] bool any_after(Question question) const {
    return std::ranges::any_of(change.after, [&](const Presented& one) { return question(it.facts.accounts[one.account]); });
  }
  template <class Question>
  [[nodiscard]] bool any_before(Question question) const {
    return std::ranges::any_of(change.before.accounts,
                               [&](const memory::KnownAccount& known) { return question(known.account); });
  }
};

bool is_other_country(const Comparison& comparison) {
  return comparison.any_after([&](const facts::Account& after) {
    return !after.country.empty() && !comparison.change.before.accounts.empty() &&
           !comparison.any_before([&](const facts::Account& before) { return before.country == after.country; });
  });
}

bool is_other_bank(const Comparison& comparison) {
  const auto bank_of = [](const facts::Account& account) { return account.country + account.bank_code; };
  return comparison.any_after([&](const facts::Account& after) {
    const bool is_told =
        !after.bank_code.empty() && comparison.any_before([](const auto& before) { return !before.bank_code.empty(); });
    return is_told && !comparison.any_before([&](const facts::Account& before) { return bank_of(before) == bank_of(after); });
  });
}

bool is_other_holder(const Comparison& comparison) {
  const auto& from = comparison.it.facts.from;
  const std::string_view person = from.empty() ? std::string_view{} : std::string_view(from.front().name);
  return comparison.any_after([&](const facts::Account& after) {
    if (holder_fit(after.holder, comparison.change.side, person, comparison.it.ground) != HolderFit::other) return false;
    return !comparison.any_before([&](const facts::Account& before) { return is_same_holder(before.holder, after.holder); });
  });
}

/// An account before came later than another one (the policy's has no time: a message that shows it is no change), or one was in
/// doubt, within the last 60 days.
bool is_second_change(const Comparison& comparison) {
  const auto now = comparison.it.facts.dates.known_at;
  if (!now) return false;
  const auto is_recent = [&](Instant since) { return since != Instant{} && now->seconds - since.seconds <= kJustAfter; };
  const auto doubted = comparison.it.memory.disputed_accounts_of(comparison.change.side);
  const auto is_another = [&](const memory::KnownAccount& known) {
    return is_recent(known.since) &&
           !comparison.any_after([&](const auto& after) { return is_one_account(known.account, after); });
  };
  if (std::ranges::any_of(doubted, is_another)) return true;
  auto before = comparison.change.before.accounts;
  std::erase_if(before, [](const memory::KnownAccount& known) { return known.account.masked; });
  if (before.size() < 2) return false;
  const auto [first, last] = std::ranges::minmax_element(before, {}, [](const auto& known) { return known.since.seconds; });
  return first->since.seconds < last->since.seconds && !is_one_account(first->account, last->account) && is_recent(last->since);
}

bool is_in_attachment_only(const Comparison& comparison) {
  const auto stands_in_body = [&](const facts::Account& after) {
    return std::ranges::any_of(comparison.it.facts.accounts, [&](const facts::Account& other) {
      return other.where == "body" && comparison.it.context.says(other.block) && is_one_account(other, after);
    });
  };
  return comparison.any_after([&](const facts::Account& after) { return after.where == "attachment" && !stands_in_body(after); });
}

bool is_disputed_again(const Comparison& comparison) {
  return comparison.any_after(
      [&](const facts::Account& after) { return comparison.it.memory.is_disputed_account(memory::account_key(after)); });
}

bool is_of_another_side(const Comparison& comparison) {
  return comparison.any_after([&](const facts::Account& after) {
    const auto known = comparison.it.memory.accounts_with_key(memory::account_key(after));
    return std::ranges::any_of(known, [&](const memory::KnownAccount& one) { return one.side != comparison.change.side; });
  });
}

bool is_at_institution(const Comparison& comparison) {
  return comparison.any_after([](const facts::Account& after) { return !institution_of(after).empty(); });
}

/// The domains whose DKIM signatures the message carries.
std::vector<std::string> signing_domains(const facts::Facts& facts) {
  std::vector<std::string> domains;
  for (const facts::Dkim& signature : facts.route.dkim) domains.push_back(text::registrable_domain(signature.domain));
  for (const facts::AuthResult& result : facts.route.auth) {
    if (!facts::is_of_border(result) || result.method != "dkim" || result.result != "pass") continue;
    for (const auto& [name, value] : result.properties) {
      if (name == "header.d") domains.push_back(text::registrable_domain(value));
    }
  }
  return domains;
}

bool differ_in_signature(const facts::Facts& before, const facts::Facts& after) {
  const auto ours = signing_domains(before), theirs = signing_domains(after);
  if (ours.empty() || theirs.empty()) return false;
  return std::ranges::none_of(theirs, [&](const auto& one) { return std::ranges::find(ours, one) != ours.end(); });
}

/// Who handed the message over at the border, or to the first server where no border is known.
const facts::Peer* peer_of(const facts::Route& route) {
  if (route.hops.empty()) return nullptr;
  const bool has_border = route.border >= 0 && static_cast<std::size_t>(route.border) < route.hops.size();
  return &route.hops[has_border ? static_cast<std::size_t>(route.border) : 0].from;
}

bool differ_in_network(const facts::Facts& before, const facts::Facts& after) {
  const facts::Peer *one = peer_of(before.route), *other = peer_of(after.route);
  if (one == nullptr || other == nullptr || (!one->ip.empty() && one->ip == other->ip)) return false;
  const auto organisation = [](const facts::Peer& peer) {
    return text::registrable_domain(peer.name.empty() ? peer.helo : peer.name);
  };
  const std::string left = organisation(*one), right = organisation(*other);
  return !left.empty() && !right.empty() && left != right;
}

bool differ_in_client(const facts::Facts& before, const facts::Facts& after) {
  if (before.mobile || after.mobile || before.client.empty() || after.client.empty()) return false;
  const auto family = [](const std::string& client) { return text::ascii_lower(client.substr(0, client.find_first_of(" /"))); };
  return family(before.client) != family(after.client);
}

bool differ_in_zone(const facts::Facts& before, const facts::Facts& after) {
  constexpr std::int32_t kSummerTime = 60;
  if (!before.dates.header || !after.dates.header) return false;
  const auto apart = before.dates.header->at.offset_minutes - after.dates.header->at.offset_minutes;
  return apart > kSummerTime || apart < -kSummerTime;
}

struct Question {
  std::string_view name;
  bool (*holds)(const Comparison& comparison);
};
constexpr Question kQuestions[] = {{"other_country", is_other_country},        {"other_bank", is_other_bank},
                                   {"payment_institution", is_at_institution}, {"other_holder", is_other_holder},
                                   {"second_change", is_second_change},        {"attachment_only", is_in_attachment_only},
                                   {"disputed_account", is_disputed_again},    {"of_another_side", is_of_another_side}};

}  // namespace

std::string_view institution_of(const facts::Account& account) {
  if (const auto name = name_in(kByCode, account.country + account.bank_code); !name.empty()) return name;
  if (account.bic.size() >= kBicParty) return name_in(kByBic, std::string_view(account.bic).substr(0, kBicParty));
  return account.bank_code.size() == kBicParty ? name_in(kByBic, account.bank_code) : std::string_view{};
}

std::vector<std::string> context_of(const AccountChange& change, const Case& it) {
  std::vector<std::string> names;
  const Comparison comparison{change, it};
  for (const auto& [name, holds] : kQuestions) {
    if (holds(comparison)) names.emplace_back(name);
  }
  return names;
}

bool is_same_route(const facts::Facts& before, const facts::Facts& after) {
  if (differ_in_signature(before, after) || differ_in_network(before, after)) return false;
  return !(differ_in_client(before, after) && differ_in_zone(before, after));
}

}  // namespace threadline::findings
