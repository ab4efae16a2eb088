// SPDX-License-Identifier: Apache-2.0
#include "pipeline/live.h"

#include <algorithm>
#include <deque>
#include <exception>
#include <unordered_map>
#include <utility>

#include "findings/detector.h"
#include "memory/side_names.h"
#include "pipeline/analysis_steps.h"
#include "pipeline/duplicates.h"
#include "pipeline/own_side.h"
#include "pipeline/pool.h"

namespace threadline::pipeline {
namespace {

struct Waiting {
  std::optional<findings::Direction> session;
  Instant arrived;
};

/// The gateway itself is the trusted border: what it takes in cannot be known earlier.
Messages messages_of(Outcome&& outcome, const Instant& arrived, const policy::Sides& sides) {
  Messages messages;
  Spoofs spoofs;
  for (auto& facts : outcome.facts) {
    spoofs.add(facts, sides);
    if (facts.carrier.empty()) {
      facts.dates.known_at = arrived;
      facts.dates.basis = facts::TimeBasis::border;
    }
    if (!facts.carrier.empty()) {
      facts.carried_by.front().known_at = arrived;
      hold_back(facts, sides, spoofs);
    }
    messages.push_back(std::make_shared<facts::Facts>(std::move(facts)));
  }
  put_in_order(messages);
  return messages;
}

}  // namespace

struct Live::State {
  State(findings::Detectors prepared, const policy::Policy& in_force)
      : detectors(std::move(prepared)), policy(in_force), sides(in_force), plain(memory::without_parties(in_force)) {}

  findings::Detectors detectors;
  policy::Policy policy;
  policy::Sides sides;
  policy::Sides plain;  ///< names sides without any policy, for the memory
  std::shared_ptr<memory::Store> memory;
  Done done;
  std::unordered_map<std::uint64_t, Waiting> waiting;
  std::deque<Outcome> read;   ///< to be judged
  std::size_t most_read = 1;  ///< no reader gets another one while so many are
  std::unique_ptr<Pool> pool;

  void finish(Outcome&& outcome);
  void judge(std::uint64_t ticket, const Messages& messages, const Waiting& how);
  std::optional<memory::Learnt> judge_by(memory::Store& by, const Messages& messages, const Waiting& how, Run& run) const;
};

/// Fills the run; what is to be learnt of the message itself. What it carries is learnt at once, since it speaks about it.
std::optional<memory::Learnt> Live::State::judge_by(memory::Store& by, const Messages& messages, const Waiting& how,
                                                    Run& run) const {
  std::optional<memory::Learnt> own;
  for (const auto& facts : messages) {
    const std::string content = content_of(*facts);
    by.as_of_now(content);
    auto judgement = detectors.judge(facts, by, how.session);
    judgement.learnt.known_at = known_at_or_last(*facts);
    judgement.learnt.content = content;
    judgement.learnt.taking_part = plain_sides_of(*facts, plain);
    run.judged.push_back({facts,
                          judgement.context.direction,
                          std::move(judgement.findings),
                          std::move(judgement.context.presented),
                          std::move(judgement.context.notes),
                          {}});
    if (facts->kind == facts::MessageKind::journal_report) continue;
    if (facts->carrier.empty()) {
      own = std::move(judgement.learnt);
    } else {
      by.learn(std::move(judgement.learnt));
    }
  }
  return own;
}

void Live::State::judge(std::uint64_t ticket, const Messages& messages, const Waiting& how) {
  Run run;
  std::optional<memory::Learnt> own;
  if (memory != nullptr) {
    own = judge_by(*memory, messages, how, run);
    if (!memory->commit()) {  // what it answered since the last message is not to be used
      memory.reset();
      run = {};
      run.memory_failed = true;
    }
  }
  if (memory == nullptr) {
    const auto alone = memory::in_memory();
    alone->take_sides(policy);
    judge_by(*alone, messages, how, run);
  }
  if (!done(ticket, std::move(run)) || memory == nullptr || !own) return;
  memory->learn(*std::move(own));
  if (!memory->commit()) memory.reset();
}

void Live::State::finish(Outcome&& outcome) {
  const std::uint64_t ticket = outcome.order;
  const auto how = waiting.extract(ticket);
  if (how.empty()) return;
  Run run;
  try {
    if (outcome.lost.empty()) return judge(ticket, messages_of(std::move(outcome), how.mapped().arrived, sides), how.mapped());
    run.remarks.push_back(lost_remark(std::move(outcome)));
  } catch (const std::exception& error) {
    run.remarks.push_back(unreadable({}, {}, {{"worker_crashed", error.what(), {}}}));
  }
  run.unreadable = true;
  static_cast<void>(done(ticket, std::move(run)));
}

Live::Live(std::unique_ptr<State> state) : state_(std::move(state)) {}

Live::~Live() = default;

Result<std::unique_ptr<Live>> Live::start(const RunSettings& settings, Done done) {
  auto ground = std::make_shared<findings::Ground>(settings.policy);
  ground->direction = settings.direction;
  auto detectors = findings::Detectors::prepare(ground);
  if (!detectors) return tl::unexpected(detectors.error());
  auto state = std::make_unique<State>(*std::move(detectors), settings.policy);
  state->done = std::move(done);
  state->most_read = std::max(settings.jobs, 1U);
  State* const self = state.get();
  auto pool = Pool::start(settings.jobs, item_settings(settings), settings.fault,
                          [self](Outcome&& outcome) { self->read.push_back(std::move(outcome)); });
  if (!pool) return tl::unexpected(pool.error());
  state->pool = *std::move(pool);
  std::unique_ptr<Live> live(new Live(std::move(state)));
  live->use_memory(settings.memory);
  return live;
}

void Live::use_memory(std::shared_ptr<memory::Store> memory) {
  if (memory != nullptr) memory->take_sides(state_->policy);
  state_->memory = std::move(memory);
}

const memory::Store* Live::memory() const { return state_->memory.get(); }

bool Live::has_room() const { return state_->read.size() < state_->most_read && state_->pool->has_room(); }

Result<void> Live::submit(Arrival&& arrival) {
  state_->waiting[arrival.ticket] = {arrival.session, arrival.arrived};
  return state_->pool->submit(arrival.ticket, arrival.item);
}

Result<bool> Live::turn(std::span<pollfd> others, int most_ms) { return state_->pool->turn(others, most_ms); }

std::optional<std::uint64_t> Live::next() const {
  return state_->read.empty() ? std::nullopt : std::optional(state_->read.front().order);
}

void Live::judge_next() {
  Outcome outcome = std::move(state_->read.front());
  state_->read.pop_front();
  state_->finish(std::move(outcome));
}

}  // namespace threadline::pipeline
