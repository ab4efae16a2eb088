// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "logs/conclusions.h"

// Records of invented logs, and what is concluded from them.
namespace threadline::logs {

inline constexpr const char* kOwner = "p@firm.example";

/// "2018-04-11T09:06:00".
[[nodiscard]] std::string day_time(int day, int hour, int minute);

/// A sign-in of the Entra log. `more` members begin with a comma.
[[nodiscard]] std::string login(const std::string& when, const std::string& ip, const std::string& country, int error = 0,
                                const std::string& user = kOwner, const std::string& more = "");

/// A record of the unified audit log.
[[nodiscard]] std::string audit(const std::string& when, const std::string& operation, const std::string& members,
                                const std::string& user = kOwner);

/// Ten office days from home.
[[nodiscard]] std::string baseline(const std::string& ip = "192.0.2.7", const std::string& more = "");

/// Mails of a case that these ids name.
[[nodiscard]] Ground ground_with(const std::vector<std::string>& ids);

[[nodiscard]] Story story_of(const std::string& log, const Ground& ground = {});

/// "code severity", sorted.
[[nodiscard]] std::vector<std::string> claims_of(const Story& story);

}  // namespace threadline::logs
