// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "evidence/evidence.h"
#include "evidence/file_bytes.h"
#include "facts/facts.h"
#include "findings/context.h"
#include "logs/mapping.h"
#include "memory/memory.h"
#include "pipeline/gathered_logs.h"
#include "pipeline/shelf.h"
#include "policy/policy.h"
#include "text/zone.h"
#include "timeline/judged.h"
#include "timeline/logged.h"
#include "timeline/row_cut.h"

namespace threadline::pipeline {

/// How far a run has come after its reading.
struct Advance {
  std::string_view step;                    ///< "judged", then "compared"
  std::uint64_t done = 0, of = 0;           ///< messages
  std::array<std::uint64_t, 5> findings{};  ///< so far, by severity
};

/// How a run is done.
struct RunSettings {
  policy::Policy policy;  ///< with what the command line adds
  std::optional<findings::Direction> direction;
  bool infer_own_side = true;  ///< scan and explain
  bool keep_headers = false;   ///< explain
  unsigned jobs = 0;           ///< worker processes; 0: in this process
  bool ocr = false;            ///< pictures and scanned pages are read for text
  Limits limits;
  std::vector<std::string> passwords;                 ///< of encrypted members of archives
  facts::DkimKeys dkim_keys;                          ///< selector records that the analyst collected
  std::shared_ptr<const facts::Geography> geography;  ///< databases of the analyst's, or nullptr
  logs::Mappings log_mappings;                        ///< how logs that threadline does not know are read
  std::shared_ptr<const text::Zone> log_zone;         ///< of mail logs whose times have none; else the policy's, else UTC
  bool every_log_record = false;                      ///< --events all: a row for each record of a log
  timeline::RowCut cut;                               ///< of one shard of a judge: findings are counted of its rows alone
  std::string spool_folder = "/tmp";                  ///< for long members of archives, in files without a name
  std::vector<std::string> own_files;                 ///< evidence::Settings::own_files
  ShelfSettings shelf;                                ///< where facts lie between reading and judging; its folder is spool_folder
  /// Called now and then while reading: items and bytes done.
  std::function<void(std::uint64_t items, std::uint64_t bytes)> progress;
  /// Called now and then after the reading; empty: nobody asks.
  std::function<void(const Advance& advance)> advanced;
  /// What a mail server's session told of the one message that is read, where its file does not.
  std::optional<evidence::Envelope> envelope;
  /// What a test does to the reader of an item (see worker.h); empty outside tests.
  std::function<void(const evidence::Item&)> fault;
  /// Asked between items; true stops the reading, what was read is still judged.
  std::function<bool()> interrupted;
  /// What earlier runs learnt, and what this one adds to; nullptr: this run starts from nothing and keeps nothing.
  std::shared_ptr<memory::Store> memory;
  /// Who reads the logs; empty: this process and its workers. A program with threads gives it to one without.
  LogGathering gather_logs;
};

/// Adds the selector records of a file's content (facts/transport/dkim_key.h). Errors: a line that is none.
[[nodiscard]] Result<void> add_dkim_keys(std::string_view content, const std::string& path, RunSettings& settings);

/// Adds a mapping of a log (logs/mapping.h). Errors: one that is wrong.
[[nodiscard]] Result<void> add_log_mapping(std::string_view json, const std::string& path, RunSettings& settings);

/// What reading the evidence came to, before any judgement.
struct Gathered {
  std::vector<std::shared_ptr<facts::Facts>> messages;
  std::vector<std::pair<std::uint64_t, timeline::EvidenceRemark>> remarks;  ///< with their place in the evidence
  std::vector<std::string> log_paths;                                       ///< files that are logs or hold some
  bool interrupted = false;
};

/// Who hears of the evidence while it is read. `order` is the item's place in the evidence; facts and remarks come in any order.
struct Reading {
  std::function<void(std::uint64_t order, const evidence::Item& item)> on_item;  ///< or empty
  std::function<void(std::vector<facts::Facts>&& facts)> on_facts;               ///< of one item, input_order set
  std::function<void(std::uint64_t order, timeline::EvidenceRemark&& remark)> on_remark;
  std::vector<std::string>* log_paths =
      nullptr;  ///< logs among the files are passed over and named here; nullptr: no file is one
  std::function<void(Outcome&& outcome)> on_outcome = {};  ///< in place of on_facts: with the facts as bytes
  std::function<bool(std::uint64_t order, const evidence::Item& item)> is_known = {};  ///< true: its facts are there already
  // Of one who reads a part of the evidence (shards.h); or empty.
  std::function<bool(const std::string& source, evidence::FileBytes& bytes)> passes_over = {};  ///< a file or member is another's
  std::function<void(const std::string& path)> on_log = {};  ///< a log was passed over; called for each of its members
  /// The order of an item; nothing: it is passed over, and nobody else hears of it.
  std::function<std::optional<std::uint64_t>(const evidence::Item& item)> place_of = {};
};

/// What a run came to.
struct Run {
  std::vector<timeline::Judged> judged;  ///< by known_at, then sha256: the order of judgement
  std::vector<timeline::EvidenceRemark> remarks;
  std::vector<timeline::Logged> logged;  ///< what the logs beside the mails tell, by time
  std::vector<std::string> own_domains;  ///< inferred, where the policy gave none
  bool unreadable = false;               ///< some evidence was lost (exit status 3)
  bool interrupted = false;
  bool memory_failed = false;  ///< a gateway's: judged without the memory, which could not be read
};

/// The first half of analyse: reads the evidence below the paths and makes facts of each message (in workers).
/// Answers whether it was interrupted. Errors: as analyse.
[[nodiscard]] Result<bool> gather(const std::vector<std::string>& paths, const RunSettings& settings, const Reading& reading);
/// The second half: orders by known_at, and judges; then reads the logs. The facts are not changed: they may be judged again
/// together with others.
/// Threads: any. Errors: as analyse.
[[nodiscard]] Result<Run> judge(Gathered gathered, const RunSettings& settings);

/// Reads the evidence below the paths, makes facts of each message (in workers), orders by known_at, and judges. Then reads the
/// logs that lie beside them (log_reading.h).
/// Errors: a path that does not exist; workers that cannot be started; a memory that could not be read or written (its commit()
/// answers the same error).
[[nodiscard]] Result<Run> analyse(const std::vector<std::string>& paths, const RunSettings& settings);

}  // namespace threadline::pipeline
