// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "logs/judging.h"
#include "logs/names.h"

namespace threadline::logs {
namespace {

constexpr std::int64_t kHour = 3'600;
constexpr std::int64_t kDay = 86'400;
constexpr std::size_t kBaselineHours = 5;    ///< hours with sign-ins before a place can be new
constexpr std::size_t kBaselineDays = 3;     ///< different days of them
constexpr std::int64_t kFlight = 2 * kHour;  ///< two countries within it: no airport is that quick
constexpr std::size_t kGuesses = 10;         ///< failures within two hours: more than a person mistypes
constexpr std::size_t kSprayed = 5;          ///< accounts that one address fails on

/// Where an account signed in before.
struct Habits {
  std::map<std::string, std::int64_t> countries, networks;  ///< and when first
  std::set<std::int64_t> days;
  std::size_t hours = 0;
  const Activity* last = nullptr;
  std::string last_country;

  [[nodiscard]] bool is_baseline() const { return hours >= kBaselineHours && days.size() >= kBaselineDays; }
  [[nodiscard]] bool knows_network(const std::string& network, std::int64_t at) const {
    const auto found = networks.find(network);
    return found != networks.end() && found->second + kDay <= at;
  }
};

std::string joined(const std::map<std::string, std::int64_t>& names) {
  std::string text;
  for (const auto& [name, first] : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// Failures by address and hour: of each account.
using Failures = std::map<std::pair<std::string, std::int64_t>, std::map<std::string, std::size_t>>;

Failures failures_in(const std::vector<Activity>& activities) {
  Failures failures;
  for (const Activity& activity : activities) {
    if (!activity.failed.empty() && !activity.ip.empty())
      failures[{activity.ip, activity.hour}][activity.actor] += activity.failed.size();
  }
  return failures;
}

struct Guessing {
  std::size_t on_account = 0, in_all = 0, accounts = 0;
};

Guessing guessing_before(const Failures& failures, const Activity& login) {
  Guessing guessing;
  std::set<std::string> accounts;
  for (const std::int64_t hour : {login.hour - 1, login.hour}) {
    const auto found = failures.find({login.ip, hour});
    if (found == failures.end()) continue;
    for (const auto& [account, count] : found->second) {
      accounts.insert(account);
      guessing.in_all += count;
      if (account == login.actor) guessing.on_account += count;
    }
  }
  guessing.accounts = accounts.size();
  return guessing;
}

void judge_guessing(Judging& judging, const Activity& activity, const Failures& failures, const Habits& habits) {
  const Guessing guessing = guessing_before(failures, activity);
  const bool sprayed = guessing.accounts >= kSprayed && guessing.in_all >= kGuesses;
  // A telephone that still has the old password fails for hours from where its owner always is.
  const bool at_home = habits.knows_network(network_of(activity.ip), activity.first_of(Act::login)->time->at.seconds);
  if ((guessing.on_account < kGuesses && !sprayed) || at_home) return;
  Claim claim{.code = "login_bruteforce_then_success",
              .severity = Severity::high,
              .confidence = 0.8,
              .subject = activity.actor + " " + activity.ip,
              .evidence = {},
              .attack = {sprayed ? "T1110.003" : "T1110.001", "T1078"},
              .event = judging.shown(*activity.first_of(Act::login))};
  claim.evidence.set("account", activity.actor).set("ip", activity.ip);
  claim.evidence.set("failures", static_cast<std::int64_t>(sprayed ? guessing.in_all : guessing.on_account));
  if (sprayed) claim.evidence.set("accounts", static_cast<std::int64_t>(guessing.accounts));
  judging.claim(std::move(claim));
}

/// Two countries within less than a flight, and not both at once for long: roaming and VPN look so, too (hence never above
/// medium alone).
bool is_too_quick(const Activity& activity, const std::string& country, const Habits& habits) {
  if (habits.last == nullptr || habits.last_country.empty() || country.empty() || habits.last_country == country) return false;
  return activity.first.seconds - habits.last->last.seconds < kFlight;
}

void judge_place(Judging& judging, const Activity& activity, const Habits& habits, const std::string& country) {
  const std::string network = network_of(activity.ip);
  const bool new_country = !country.empty() && !habits.countries.empty() && !habits.countries.contains(country);
  const bool new_network = country.empty() && !network.empty() && !is_inner_ip(activity.ip) && !habits.networks.contains(network);
  if (!habits.is_baseline() || (!new_country && !new_network)) return;
  const bool quick = new_country && is_too_quick(activity, country, habits);
  Claim claim{.code = "login_new_place",
              .severity = quick         ? Severity::medium
                          : new_country ? Severity::low
                                        : Severity::info,
              .confidence = quick ? 0.7 : 0.5,
              .subject = activity.actor + " " + (new_country ? country : network),
              .evidence = {},
              .attack = {"T1078"},
              .event = judging.shown(*activity.first_of(Act::login))};
  claim.evidence.set("account", activity.actor).set("ip", activity.ip).set("place", new_country ? country : network);
  claim.evidence.set("before", joined(new_country ? habits.countries : habits.networks)).set("network", network);
  claim.evidence.set("client", activity.client).set("session", activity.session);
  if (quick) claim.evidence.set("travel", "faster_than_a_plane");
  judging.claim(std::move(claim));
}

void learn(Habits& habits, const Activity& activity, const std::string& country) {
  const std::int64_t at = activity.first_of(Act::login)->time->at.seconds;
  if (!country.empty()) habits.countries.emplace(country, at);
  if (const auto network = network_of(activity.ip); !network.empty()) habits.networks.emplace(network, at);
  habits.days.insert(at / kDay);
  ++habits.hours;
  habits.last = &activity;
  habits.last_country = country;
}

}  // namespace

void judge_logins(Judging& judging) {
  const Failures failures = failures_in(judging.activities);
  std::unordered_map<std::string, Habits> habits;
  for (const Activity& activity : judging.activities) {
    if (activity.first_of(Act::login) == nullptr) continue;
    Habits& own = habits[activity.actor];
    const std::string country = judging.country_of(*activity.first_of(Act::login));
    judge_guessing(judging, activity, failures, own);
    judge_place(judging, activity, own, country);
    learn(own, activity, country);
  }
}

}  // namespace threadline::logs
