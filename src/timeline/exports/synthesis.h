// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "timeline/shown.h"

namespace threadline::timeline {

/// One message that findings of high or more speak of.
struct Point {
  std::uint64_t row = 0;  ///< of the most severe finding
  int rank = 0;           ///< its severity
  std::string told_by;    ///< its code
  std::string time_key;   ///< known_at: their order
  std::string time, actor, sentence;
  std::vector<std::string> codes;
};

/// A value of the evidence, and the row that it stands in.
struct Sighting {
  std::uint64_t row = 0;
  std::string first, second;  ///< an actor; a domain and its reference; accounts before and after
};

/// What a case or a run comes to: facts with their rows. Struck rows and rows that a person called legitimate are only counted.
struct Synthesis {
  std::uint64_t messages = 0, quoted = 0, findings = 0, undated = 0, struck = 0, gone = 0, legitimate = 0, plain = 0,
                personal = 0, actions = 0;
  std::array<std::uint64_t, 5> by_severity{};  ///< info, low, medium, high, critical
  std::vector<Point> points;                   ///< the most severe ones, in the order of time
  std::uint64_t more_points = 0;
  std::vector<Sighting> actors, accounts, domains;
  std::vector<ShownRow> payments;
  std::string opened, opened_zone;  ///< time of the first action that is recorded, and the zone in which it is shown
};

/// A title and lines, as they stand in a tab, a page or a report: values of the evidence in them are not yet made visible.
struct Section {
  std::string title;
  std::vector<std::string> lines;
};

/// Without `include_private` no account is named that stands in a mail marked personal.
[[nodiscard]] Synthesis synthesis_of(const Exhibit& exhibit, bool include_private = true);
/// The sections of the first tab: what happened in ten lines, who, which accounts, which domains, what to do now, the case.
[[nodiscard]] std::vector<Section> sections_of(const Synthesis& synthesis, const Exhibit& exhibit);
/// What to do now, most urgent first.
[[nodiscard]] std::vector<std::string> todo_of(const Synthesis& synthesis, Language language);

/// 0 info ... 4 critical; -1 for none.
[[nodiscard]] int severity_rank(const std::string& severity);
/// "05/04/2018 11:45 CEST"; empty without a time.
[[nodiscard]] std::string moment_of(const Row& row, Language language);
/// The same, and that it is undated where it is.
[[nodiscard]] std::string told_moment_of(const Row& row, Language language);

}  // namespace threadline::timeline
