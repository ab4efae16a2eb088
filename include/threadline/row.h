// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace threadline {

/// One row of the timeline (docs/row.schema.json). Times are RFC 3339 text; empty optionals are null.
struct Row {
  std::string id;
  std::uint64_t row = 0;
  std::string kind;  ///< "message", "quoted", "finding", "hop", "evidence", ...
  std::optional<std::string> about;
  std::optional<std::string> time, known_at;
  std::string time_basis = "none";
  std::string zone, zone_basis, time_text;  ///< empty: absent
  std::string source;
  std::vector<std::string> sources;
  std::string source_label;  ///< custody: shown in the Source column instead of the path; empty: none
  std::string sha256;
  std::optional<std::string> message_id;
  std::string actor, action, comment;
  std::string code, severity;  ///< empty: absent
  std::optional<double> confidence;
  std::string evidence_json;  ///< a JSON object as text; empty: absent
  std::vector<std::string> attack;
};

}  // namespace threadline
