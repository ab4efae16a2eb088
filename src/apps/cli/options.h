// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "apps/cli/input.h"
#include "base/result.h"
#include "pipeline/analysis.h"
#include "text/zone.h"
#include "timeline/words.h"

namespace threadline::apps {

/// Options that scan and explain share, as written on the command line.
struct EvidenceOptions {
  std::vector<std::string> paths;
  std::vector<std::string> own_domains;
  std::string policy, direction = "auto", language, output, password_file, dkim_keys;
  std::optional<unsigned> jobs;
  bool quiet = false, verbose = false;
  std::vector<std::string> log_mappings;
  std::string log_zone;
  std::vector<std::string> mmdb;
  bool wants_ocr = false;
};

void add_evidence_options(CLI::App& command, EvidenceOptions& options);
/// Of them, those that a judgement depends on and no path: what check has.
void add_policy_options(CLI::App& command, EvidenceOptions& options);
/// How logs are read.
void add_log_options(CLI::App& command, EvidenceOptions& options);

/// The settings of a run. Errors: a policy or a file of DKIM keys that cannot be read or is wrong, a password file
/// that cannot be read.
[[nodiscard]] Result<pipeline::RunSettings> run_settings(const EvidenceOptions& options);

/// Whether some address is on the own side: domains that are shared by many organisations make none.
[[nodiscard]] bool names_own_side(const policy::Policy& policy);

[[nodiscard]] timeline::Language language_of(const EvidenceOptions& options);

/// A policy from its file; what has no effect in it is told on standard error and counted in `doubts` (where wanted).
/// Errors: it cannot be read or is wrong.
[[nodiscard]] Result<policy::Policy> read_policy_file(const std::string& path, std::size_t* doubts = nullptr);

/// Of an option that takes a domain: refuses what no mail can bear.
[[nodiscard]] CLI::Validator is_domain();

}  // namespace threadline::apps
