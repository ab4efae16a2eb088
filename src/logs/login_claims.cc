// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "logs/client_family.h"
#include "logs/judging.h"
#include "logs/names.h"
#include "logs/travel.h"

namespace threadline::logs {
namespace {

constexpr std::int64_t kHour = 3'600;
constexpr std::int64_t kDay = 86'400;
constexpr std::size_t kBaselineHours = 5;    ///< hours with sign-ins before a place can be new
constexpr std::size_t kBaselineDays = 3;     ///< different days of them
constexpr std::int64_t kFlight = 2 * kHour;  ///< two countries within it: no airport is that quick
constexpr std::size_t kSettled = 3;          ///< networks, clients of an account to which one more is news
constexpr std::size_t kGuesses = 10;         ///< failures within two hours: more than a person mistypes
constexpr std::size_t kSprayed = 5;          ///< accounts that one address fails on

/// The clients of one account in logs of one format: another log names the same client in other words.
struct Clients {
  std::set<std::string> families;
  std::set<std::int64_t> hours;
};

/// Where a session was seen, and with what.
struct SessionPlaces {
  std::set<std::string> countries, networks;
  std::map<Format, std::set<std::string>> families;
};

/// Where and how an account signed in before.
struct Habits {
  std::map<std::string, std::int64_t> countries, networks;  ///< and when first
  std::map<Format, Clients> clients;
  std::map<std::string, SessionPlaces> sessions;
  std::set<std::int64_t> days, hours;
  std::set<std::string> guessed_from;  ///< addresses, told once
  const Activity* last = nullptr;
  std::string last_country;
  std::optional<Location> last_location;

  [[nodiscard]] bool is_baseline() const { return hours.size() >= kBaselineHours && days.size() >= kBaselineDays; }
  [[nodiscard]] bool knows_network(const std::string& network, std::int64_t at) const {
    const auto found = networks.find(network);
    return found != networks.end() && found->second + kDay <= at;
  }
};

/// What a sign-in is, or another use of a session, as habits are compared with it.
struct SignIn {
  const Activity& activity;
  const Event& event;
  std::string country, network, family;
  std::optional<Location> location;
};

SignIn sign_in_of(const Judging& judging, const Activity& activity, const Event& event) {
  SignIn login{.activity = activity,
               .event = event,
               .country = judging.country_of(event),
               .network = is_inner_ip(event.ip) ? std::string() : network_of(event.ip),
               .family = client_family(event.client),
               .location = judging.location_of(event)};
  return login;
}

std::string joined(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
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

void judge_guessing(Judging& judging, const Activity& activity, const Failures& failures, Habits& habits) {
  const Guessing guessing = guessing_before(failures, activity);
  const bool sprayed = guessing.accounts >= kSprayed && guessing.in_all >= kGuesses;
  // A telephone that still has the old password fails for hours from where its owner always is.
  const bool at_home = habits.knows_network(network_of(activity.ip), activity.first_of(Act::login)->time->at.seconds);
  if ((guessing.on_account < kGuesses && !sprayed) || at_home || !habits.guessed_from.insert(activity.ip).second) return;
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

/// What of a sign-in is new to its account.
struct News {
  bool country = false, network = false, client = false, session = false;
  bool legacy = false;  ///< the client needs no second factor
  bool quick = false;   ///< nobody travels that fast from where the account was last

  [[nodiscard]] bool any() const { return country || network || client || session; }
};

/// By coordinates where both places have them, else two countries within less than a flight. Roaming and VPN look so, too (hence
/// never above medium alone).
bool is_too_quick(const SignIn& login, const Habits& habits) {
  if (habits.last == nullptr) return false;
  const std::int64_t passed = login.activity.first.seconds - habits.last->last.seconds;
  if (login.location && habits.last_location) return is_faster_than_a_plane(*habits.last_location, *login.location, passed);
  if (habits.last_country.empty() || login.country.empty() || habits.last_country == login.country) return false;
  return passed < kFlight;
}

bool is_new(const std::string& what, const auto& known) { return !what.empty() && !known.empty() && !known.contains(what); }

/// A session belongs to one browser: it goes on elsewhere with another one, or in another country, where its cookie was taken.
bool is_taken_session(const SignIn& login, const Habits& habits) {
  const auto found = habits.sessions.find(login.activity.session);
  if (login.activity.session.empty() || login.network.empty() || found == habits.sessions.end()) return false;
  const SessionPlaces& places = found->second;
  if (!is_new(login.network, places.networks)) return false;
  const auto clients = places.families.find(login.event.format);
  const bool other_client =
      !login.family.empty() && clients != places.families.end() &&
      std::ranges::none_of(clients->second, [&](const auto& known) { return is_same_client(known, login.family); });
  return other_client || is_new(login.country, places.countries);
}

News news_in(const SignIn& login, const Habits& habits) {
  News news;
  if (!habits.is_baseline()) return news;
  news.country = is_new(login.country, habits.countries);
  const bool is_settled = login.country.empty() || habits.networks.size() <= kSettled;
  news.network = is_settled && is_new(login.network, habits.networks);
  const auto clients = habits.clients.find(login.event.format);
  if (clients != habits.clients.end() && clients->second.hours.size() >= kBaselineHours) {
    const bool is_new_client = is_new(login.family, clients->second.families);
    news.legacy = is_new_client && is_legacy_client(login.event.client);
    news.client = news.legacy || (is_new_client && clients->second.families.size() <= kSettled);
  }
  news.session = is_taken_session(login, habits);
  news.quick = news.country && is_too_quick(login, habits);
  return news;
}

Severity severity_of(const News& news) {
  if (news.quick || (news.legacy && (news.country || news.network))) return Severity::medium;
  const bool is_odd = news.country || news.legacy || news.session || (news.network && news.client);
  return is_odd ? Severity::low : Severity::info;
}

/// Of what is no more than a row, only people of the case are told, where there is a case: everybody buys a telephone some day.
bool is_told(const Judging& judging, const SignIn& login, const News& news) {
  if (!news.any()) return false;
  const auto& people = judging.ground.wanted.people;
  return severity_of(news) > Severity::info || login.country.empty() || people.empty() ||
         people.contains(account_key(login.activity.actor));
}

template <class Known>
std::set<std::string> names_of(const Known& known) {
  std::set<std::string> names;
  for (const auto& [name, first] : known) names.insert(name);
  return names;
}

/// The place, the network or the client: what the account's sign-ins were never from; and from what they were.
void set_place(Claim& claim, const SignIn& login, const News& news, const Habits& habits) {
  std::string place = login.event.client;
  std::set<std::string> before;
  if (news.country) {
    place = login.country;
    before = names_of(habits.countries);
  } else if (news.network || !news.client) {
    place = login.network;
    before = names_of(habits.networks);
  } else if (const auto clients = habits.clients.find(login.event.format); clients != habits.clients.end()) {
    before = clients->second.families;
  }
  claim.subject = login.activity.actor + " " + place;
  claim.evidence.set("account", login.activity.actor).set("ip", login.activity.ip).set("place", place);
  claim.evidence.set("before", joined(before)).set("network", login.network);
}

Value::List names_of(const News& news) {
  Value::List names;
  if (news.country) names.emplace_back("country");
  if (news.network) names.emplace_back("network");
  if (news.client) names.emplace_back(news.legacy ? "legacy_client" : "client");
  if (news.session) names.emplace_back("session");
  return names;
}

void claim_place(Judging& judging, const SignIn& login, const News& news, const Habits& habits) {
  Claim claim{.code = "login_new_place",
              .severity = severity_of(news),
              .confidence = news.quick ? 0.7 : 0.5,
              .subject = {},
              .evidence = {},
              .attack = {"T1078"},
              .event = judging.shown(login.event)};
  set_place(claim, login, news, habits);
  claim.evidence.set("client", login.event.client).set("session", login.activity.session).set("news", names_of(news));
  if (news.quick) claim.evidence.set("travel", "faster_than_a_plane");
  if (news.quick && login.location && habits.last_location)
    claim.evidence.set("distance_km", static_cast<std::int64_t>(distance_km(*habits.last_location, *login.location)));
  judging.claim(std::move(claim));
}

void judge_place(Judging& judging, const SignIn& login, const Habits& habits) {
  const News news = news_in(login, habits);
  if (is_told(judging, login, news)) claim_place(judging, login, news, habits);
}

/// A session that goes on elsewhere, by what was done in it: who has its cookie need not sign in. Not from a network where the
/// account signed in before: programs share a session, and people carry their computers home.
void judge_use(Judging& judging, const SignIn& use, const Habits& habits) {
  if (!habits.is_baseline() || !is_new(use.network, habits.networks) || !is_taken_session(use, habits)) return;
  News news;
  news.session = true;
  news.network = true;
  claim_place(judging, use, news, habits);
}

void learn_session(Habits& habits, const SignIn& login) {
  if (login.activity.session.empty()) return;
  SessionPlaces& places = habits.sessions[login.activity.session];
  if (!login.country.empty()) places.countries.insert(login.country);
  if (!login.network.empty()) places.networks.insert(login.network);
  if (!login.family.empty()) places.families[login.event.format].insert(login.family);
}

void learn(Habits& habits, const SignIn& login) {
  const std::int64_t at = login.event.time->at.seconds;
  if (!login.country.empty()) habits.countries.emplace(login.country, at);
  if (!login.network.empty()) habits.networks.emplace(login.network, at);
  if (!login.family.empty()) {
    Clients& clients = habits.clients[login.event.format];
    clients.families.insert(login.family);
    clients.hours.insert(login.activity.hour);
  }
  learn_session(habits, login);
  habits.days.insert(at / kDay);
  habits.hours.insert(login.activity.hour);
  habits.last = &login.activity;
  habits.last_country = login.country;
  habits.last_location = login.location;
}

}  // namespace

void judge_logins(Judging& judging) {
  const Failures failures = failures_in(judging.activities);
  std::unordered_map<std::string, Habits> habits;
  for (const Activity& activity : judging.activities) {
    Habits& own = habits[activity.actor];
    if (activity.hour == Activity::kUse && !activity.firsts.empty()) {
      const SignIn use = sign_in_of(judging, activity, activity.firsts.front());
      judge_use(judging, use, own);
      learn_session(own, use);
      continue;
    }
    const Event* event = activity.first_of(Act::login);
    if (event == nullptr) continue;
    const SignIn login = sign_in_of(judging, activity, *event);
    judge_guessing(judging, activity, failures, own);
    judge_place(judging, login, own);
    learn(own, login);
  }
}

}  // namespace threadline::logs
