// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "logs/conclusions.h"

namespace threadline::logs {

/// The judging of one run's logs: what each step sees and adds to. Steps run in the order of conclude().
class Judging {
 public:
  Judging(Story& told, std::vector<Activity>& done, const Ground& on);

  /// Adds a claim about the event; raises what is suspected of its account, address and session.
  void claim(Claim claim);
  /// The worst that was claimed of that account from that address, or in that session.
  [[nodiscard]] Severity suspicion(const std::string& actor, const std::string& ip, const std::string& session) const;
  /// The index of the event in the story; one that was only remembered by an activity is added.
  [[nodiscard]] std::size_t shown(const Event& event);
  /// The country of the event's address: as its log states it, as another log states it of the address, or by --mmdb.
  [[nodiscard]] std::string country_of(const Event& event) const;
  /// Where the event's address is: as its log states it, else by --mmdb. Nothing where no city is known.
  [[nodiscard]] std::optional<Location> location_of(const Event& event) const;
  /// Whether the address is of the own side, or of the account's own domain where no own side is known.
  [[nodiscard]] bool is_inside(const std::string& address, const std::string& account) const;

  Story& story;
  std::vector<Activity>& activities;
  const Ground& ground;

 private:
  std::unordered_map<std::string, Severity> suspected_;
  std::unordered_map<std::string, std::size_t> by_record_;
  std::unordered_map<std::string, std::string> countries_;  ///< by address
};

/// First sign-in from a place after a baseline; passwords tried, then a sign-in.
void judge_logins(Judging& judging);
/// Rules, forwarding, delegations, exports, consents, authentication.
void judge_settings(Judging& judging);
/// Many deletions within an hour.
void judge_deletions(Judging& judging);
/// Mails of the case that were opened or exposed; by whom, from where.
void judge_reads(Judging& judging);
/// Mails that servers carried: absent from the mailboxes, delivered to others.
void judge_carried(Judging& judging);
/// Raises the claims of sessions in which worse was done: the same sign-in is ordinary alone and is not before a hiding rule.
void judge_sessions(Judging& judging);

}  // namespace threadline::logs
