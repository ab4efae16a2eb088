// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "apps/cli/options.h"
#include "apps/cli/progress.h"
#include "base/result.h"
#include "memory/fact_store.h"
#include "pipeline/judgement.h"
#include "timeline/row_cut.h"

namespace threadline::apps {

/// What judge reads instead of evidence: the facts that the shards of extract kept.
struct KeptOptions {
  bool is_asked = false;    ///< judge, not scan
  bool incomplete = false;  ///< although shards have not come to their end
  bool learns = false;      ///< the store's memory is started from and added to, as by scan --memory
  bool drops = false;       ///< facts go when the rows are written
  std::string shard;        ///< "3/8" as typed, or empty
  timeline::RowCut cut;     ///< the rows that are written
};

void add_kept_options(CLI::App& command, KeptOptions& options);

/// Reads the shard as typed. Errors: it is none, or what is asked with it would be done once by each shard.
[[nodiscard]] Result<void> take_shard(KeptOptions& options, bool has_case);

/// The store with the facts, or why not. `status`: the exit status of an error (usage, temporary, the store cannot be used).
[[nodiscard]] Result<std::unique_ptr<memory::FactStore>> open_kept(const std::string& url, const KeptOptions& options,
                                                                   int& status);

/// Judges what it keeps. `status` as above.
[[nodiscard]] Result<std::unique_ptr<pipeline::Judgement>> judged_kept(memory::FactStore& store, const EvidenceOptions& evidence,
                                                                       pipeline::RunSettings settings, Progress& progress,
                                                                       int& status);

}  // namespace threadline::apps
