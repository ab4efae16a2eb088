// SPDX-License-Identifier: Apache-2.0
#include "logs/conclusions.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "logs/judging.h"
#include "logs/names.h"
#include "logs/queue.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::logs {
namespace {

std::string key_of(std::string_view kind, const std::string& actor, const std::string& what) {
  return std::string(kind) + '\n' + text::ascii_lower(actor) + '\n' + what;
}

std::string record_key(const Event& event) { return event.sha256 + '\n' + event.identity; }

bool is_before(const Event& one, const Event& other) {
  const auto key = [](const Event& event) {
    const std::int64_t at = event.time ? event.time->at.seconds : std::numeric_limits<std::int64_t>::max();
    return std::tuple(at, std::string_view(event.sha256), event.line);
  };
  return key(one) < key(other);
}

bool is_earlier(const Activity& one, const Activity& other) {
  return std::tie(one.first.seconds, one.actor, one.ip, one.session, one.family, one.hour) <
         std::tie(other.first.seconds, other.actor, other.ip, other.session, other.family, other.hour);
}

using ByActor = std::unordered_map<std::string, std::vector<const Activity*>>;

/// The last sign-in of that account before the event, in its session or from its address, within a day.
const Event* sign_in_before(const ByActor& by_actor, const Event& event) {
  constexpr std::int64_t kDay = 86'400;
  const auto own = by_actor.find(text::ascii_lower(event.actor));
  if (own == by_actor.end()) return nullptr;
  const Event* nearest = nullptr;
  for (const Activity* activity : own->second) {
    const Event* login = activity->first_of(Act::login);
    const bool same =
        (!event.session.empty() && activity->session == event.session) || (!event.ip.empty() && activity->ip == event.ip);
    const std::int64_t ago = event.time->at.seconds - login->time->at.seconds;
    if (same && ago >= 0 && ago <= kDay) nearest = login;
  }
  return nearest;
}

/// Telling events are preceded by the sign-in of their session: it is shown, too.
void show_sign_ins(Judging& judging) {
  ByActor by_actor;
  for (const Activity& activity : judging.activities) {
    if (activity.first_of(Act::login) != nullptr) by_actor[activity.actor].push_back(&activity);
  }
  const std::size_t count = judging.story.events.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Event& event = judging.story.events[i];
    if (weight_of(event.act) != Weight::telling && event.act != Act::mail_read) continue;
    if (!event.time || event.actor.empty()) continue;
    if (const Event* login = sign_in_before(by_actor, event)) static_cast<void>(judging.shown(*login));
  }
}

/// Claims point at events by index: the order by time moves both.
void sort_story(Story& story) {
  std::vector<std::size_t> order(story.events.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order,
                           [&](std::size_t one, std::size_t other) { return is_before(story.events[one], story.events[other]); });
  std::vector<Event> events;
  std::vector<std::size_t> place(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    place[order[i]] = i;
    events.push_back(std::move(story.events[order[i]]));
  }
  story.events = std::move(events);
  for (Claim& claim : story.claims) claim.event = place[claim.event];
  std::ranges::stable_sort(story.claims, {}, &Claim::event);
}

}  // namespace

Judging::Judging(Story& told, std::vector<Activity>& done, const Ground& on) : story(told), activities(done), ground(on) {
  for (const Activity& activity : activities) {
    if (!activity.country.empty()) countries_.emplace(activity.ip, activity.country);
  }
}

void Judging::claim(Claim claim) {
  const Event& event = story.events[claim.event];
  for (const auto& key : {key_of("ip", event.actor, event.ip), key_of("session", event.actor, event.session)}) {
    if (key.ends_with('\n')) continue;
    Severity& worst = suspected_.try_emplace(key, Severity::info).first->second;
    worst = std::max(worst, claim.severity);
  }
  story.claims.push_back(std::move(claim));
}

Severity Judging::suspicion(const std::string& actor, const std::string& ip, const std::string& session) const {
  Severity worst = Severity::info;
  for (const auto& key : {key_of("ip", actor, ip), key_of("session", actor, session)}) {
    const auto found = suspected_.find(key);
    if (found != suspected_.end() && !key.ends_with('\n')) worst = std::max(worst, found->second);
  }
  return worst;
}

std::size_t Judging::shown(const Event& event) {
  if (by_record_.empty()) {
    for (std::size_t i = 0; i < story.events.size(); ++i) by_record_.emplace(record_key(story.events[i]), i);
  }
  const auto [place, is_new] = by_record_.try_emplace(record_key(event), story.events.size());
  if (is_new) story.events.push_back(event);
  return place->second;
}

std::string Judging::country_of(const Event& event) const {
  if (!event.country.empty() || event.ip.empty()) return event.country;
  const auto stated = countries_.find(event.ip);
  if (stated != countries_.end()) return stated->second;
  return ground.country_of ? ground.country_of(event.ip) : std::string();
}

std::optional<Location> Judging::location_of(const Event& event) const {
  if (event.location || event.ip.empty() || !ground.location_of) return event.location;
  return ground.location_of(event.ip);
}

bool Judging::is_inside(const std::string& address, const std::string& account) const {
  if (ground.is_own) return ground.is_own(address);
  if (ground.is_shared && ground.is_shared(address)) return false;
  const std::string domain = text::registrable_domain(text::domain_of_address(address));
  return !domain.empty() && domain == text::registrable_domain(text::domain_of_address(account));
}

std::vector<const KnownMail*> known_mails(const Event& event, const Ground& ground) {
  std::vector<const KnownMail*> found;
  const auto add = [&](const std::string& key) {
    auto mail = ground.mails.find(key);
    if (mail == ground.mails.end() || mail->second.is_named) {
      const auto other = ground.other_ids.find(key);
      if (other != ground.other_ids.end()) mail = ground.mails.find(other->second);
    }
    if (mail != ground.mails.end() && std::ranges::find(found, &mail->second) == found.end()) found.push_back(&mail->second);
  };
  for (const MailRef& mail : event.mails) add(mail_key(mail.id));
  const auto network = ground.network_ids.find(event.network_message_id);
  if (network != ground.network_ids.end() && !event.network_message_id.empty()) add(network->second);
  return found;
}

Story conclude(std::vector<Event> kept, std::vector<Activity> activities, const Ground& ground) {
  Story story;
  story.events = joined_queues(std::move(kept), ground.wanted);
  std::ranges::sort(activities, is_earlier);
  Judging judging(story, activities, ground);
  judge_settings(judging);
  judge_deletions(judging);
  judge_logins(judging);
  judge_sessions(judging);
  judge_reads(judging);
  judge_carried(judging);
  show_sign_ins(judging);
  sort_story(story);
  return story;
}

}  // namespace threadline::logs
