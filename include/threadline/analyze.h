// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "threadline/row.h"

namespace threadline {

/// How evidence is analysed and rows are shown; the defaults are those of `threadline scan` without flags, in this process.
struct AnalyzeOptions {
  std::vector<std::string> own_domains = {};  ///< the organisation under investigation; empty: inferred, and said in a row
  std::string policy_json = {};               ///< docs/policy.schema.json, or empty
  std::string language = "en";                ///< "en" or "fr"
  std::string time_zone = {};                 ///< IANA name; empty: the policy's, else each message's own offset
  unsigned jobs = 0;  ///< worker processes; 0: in this process. Above 0 the caller has one thread only (it forks)
};

/// The timeline of the messages below the paths (files and folders, docs/cli.md), in the contract's order.
/// Errors: one line that names the file and the way out: a path that does not exist, a wrong policy, zone or language.
/// Messages that cannot be read are rows, never errors.
[[nodiscard]] tl::expected<std::vector<Row>, std::string> analyze(const std::vector<std::string>& paths,
                                                                  const AnalyzeOptions& options);

}  // namespace threadline
