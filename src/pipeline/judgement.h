// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/analysis.h"
#include "pipeline/own_side.h"
#include "pipeline/shelf.h"
#include "timeline/judged_list.h"

namespace threadline::pipeline {

/// What reading the evidence came to, with the facts on a shelf.
struct Shelved {
  explicit Shelved(Shelf facts) : shelf(std::move(facts)) {}
  /// Before anything is put onto the shelf: notes which sides take part, where the own side is to be inferred.
  void take_sides(const RunSettings& settings);
  Shelf shelf;
  std::shared_ptr<SideTally> sides = {};                                         ///< where the own side is to be inferred
  std::vector<std::pair<std::uint64_t, timeline::EvidenceRemark>> remarks = {};  ///< with their place in the evidence
  std::vector<std::string> log_paths = {};
  bool interrupted = false;
};

/// The judged messages of a run, one after another from where they lie: what a run of any size came to.
class Judgement : public timeline::JudgedList {
 public:
  std::vector<timeline::EvidenceRemark> remarks;
  std::vector<timeline::Logged> logged;
  std::vector<std::string> own_domains;
  bool unreadable = false, interrupted = false;
  bool is_whole = true;  ///< false: judging was interrupted, and nothing is to be made of it
  unsigned threads = 0;  ///< that may go over it at once: with several jobs, what needs no order is done beside
  std::array<std::uint64_t, 5> findings{};  ///< how many, by severity; of one shard, of its rows

  /// Where the facts of originals are taken from.
  struct Originals {
    std::function<std::shared_ptr<const facts::Facts>(std::uint32_t rank)> of_run;  ///< of a message of this run
    /// Of one that the memory knows, in the form that it keeps.
    std::function<std::shared_ptr<const facts::Facts>(const std::shared_ptr<const facts::Facts>& kept)> remembered;
  };
  /// Judged::originals of a message; what is shown of it says only whether there are any.
  [[nodiscard]] virtual std::vector<std::shared_ptr<const facts::Facts>> originals(std::size_t rank,
                                                                                   const Originals& from) const = 0;
  /// Where the facts lie failed since: what was answered is not to be used.
  [[nodiscard]] virtual Result<void> checked() const = 0;
  /// The run has ended: what was kept for going on with it goes.
  virtual void finish() = 0;
};

/// Reads the evidence onto a shelf. Errors: as gather; the shelf cannot be opened or written.
[[nodiscard]] Result<Shelved> read_onto_shelf(const std::vector<std::string>& paths, const RunSettings& settings);

/// Orders and judges what lies on a shelf, in one way wherever it lies: memory grows by some hundred bytes a message when it is a
/// file. Errors: as analyse.
[[nodiscard]] Result<std::unique_ptr<Judgement>> judge_shelved(Shelved&& shelved, const RunSettings& settings);

}  // namespace threadline::pipeline
