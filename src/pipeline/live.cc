// SPDX-License-Identifier: Apache-2.0
#include "pipeline/live.h"

#include <exception>
#include <unordered_map>
#include <utility>

#include "findings/detector.h"
#include "pipeline/analysis_steps.h"
#include "pipeline/pool.h"

namespace threadline::pipeline {
namespace {

struct Waiting {
  std::optional<findings::Direction> session;
  Instant arrived;
};

/// The gateway itself is the trusted border: what it takes in cannot be known earlier.
Messages messages_of(Outcome&& outcome, const Instant& arrived) {
  Messages messages;
  for (auto& facts : outcome.facts) {
    if (facts.carrier.empty()) {
      facts.dates.known_at = arrived;
      facts.dates.basis = facts::TimeBasis::border;
    }
    messages.push_back(std::make_shared<facts::Facts>(std::move(facts)));
  }
  put_in_order(messages);
  return messages;
}

/// A message that is carried again (a server that tries again, a colleague who attaches it) is learnt once.
bool is_known(const memory::View& memory, const facts::Facts& facts) {
  const memory::Record* record = facts.message_id.empty() ? nullptr : memory.by_message_id(facts.message_id);
  return record != nullptr && record->facts->sha256 == facts.sha256;
}

}  // namespace

struct Live::State {
  explicit State(findings::Detectors prepared) : detectors(std::move(prepared)) {}

  findings::Detectors detectors;
  memory::Store* store = nullptr;
  Done done;
  std::unordered_map<std::uint64_t, Waiting> waiting;
  std::unique_ptr<Pool> pool;

  void finish(Outcome&& outcome);
  void judge(std::uint64_t ticket, Messages messages, const Waiting& how);
};

void Live::State::judge(std::uint64_t ticket, Messages messages, const Waiting& how) {
  const auto alone = store == nullptr ? memory::in_memory() : nullptr;
  memory::Store& memory = store == nullptr ? *alone : *store;
  Run run;
  std::optional<memory::Learnt> own;
  for (const auto& facts : messages) {
    auto judgement = detectors.judge(facts, memory, how.session);
    judgement.learnt.known_at = known_at_or_last(*facts);
    run.judged.push_back(
        {facts, judgement.context.direction, std::move(judgement.findings), std::move(judgement.context.presented), {}});
    if (facts->kind == facts::MessageKind::journal_report) continue;
    if (facts->carrier.empty()) {
      own = std::move(judgement.learnt);
    } else if (!is_known(memory, *facts)) {
      memory.learn(std::move(judgement.learnt));
    }
  }
  if (done(ticket, std::move(run)) && own && store != nullptr) memory.learn(*std::move(own));
}

void Live::State::finish(Outcome&& outcome) {
  const std::uint64_t ticket = outcome.order;
  const auto how = waiting.extract(ticket);
  if (how.empty()) return;
  Run run;
  try {
    if (outcome.lost.empty()) return judge(ticket, messages_of(std::move(outcome), how.mapped().arrived), how.mapped());
    run.remarks.push_back(lost_remark(std::move(outcome)));
  } catch (const std::exception& error) {
    run.remarks.push_back(unreadable({}, {}, {{"worker_crashed", error.what(), {}}}));
  }
  run.unreadable = true;
  static_cast<void>(done(ticket, std::move(run)));
}

Live::Live(std::unique_ptr<State> state) : state_(std::move(state)) {}

Live::~Live() = default;

Result<std::unique_ptr<Live>> Live::start(const RunSettings& settings, memory::Store* store, Done done) {
  auto ground = std::make_shared<findings::Ground>(settings.policy);
  ground->direction = settings.direction;
  auto detectors = findings::Detectors::prepare(ground);
  if (!detectors) return tl::unexpected(detectors.error());
  auto state = std::make_unique<State>(*std::move(detectors));
  state->store = store;
  state->done = std::move(done);
  State* const self = state.get();
  auto pool = Pool::start(settings.jobs, item_settings(settings), settings.fault,
                          [self](Outcome&& outcome) { self->finish(std::move(outcome)); });
  if (!pool) return tl::unexpected(pool.error());
  state->pool = *std::move(pool);
  return std::unique_ptr<Live>(new Live(std::move(state)));
}

bool Live::has_room() const { return state_->pool->has_room(); }

Result<void> Live::submit(Arrival&& arrival) {
  state_->waiting[arrival.ticket] = {arrival.session, arrival.arrived};
  return state_->pool->submit(arrival.ticket, arrival.item);
}

Result<void> Live::turn(std::span<pollfd> others, int most_ms) { return state_->pool->turn(others, most_ms); }

}  // namespace threadline::pipeline
