// SPDX-License-Identifier: Apache-2.0
#include "apps/gateway/message_failure.h"

#include <algorithm>

namespace threadline::gateway {
namespace {

constexpr std::uint64_t kMessageBytes = 64U << 20U;

Failure failure_in(const std::vector<Note>& notes) {
  return std::ranges::any_of(notes, [](const Note& note) { return note_kind(note.code) == NoteKind::limit; }) ? Failure::limit
                                                                                                              : Failure::none;
}

/// A message that was lost as a whole.
Failure failure_in(const std::vector<timeline::EvidenceRemark>& remarks) {
  for (const timeline::EvidenceRemark& remark : remarks) {
    for (const Note& note : remark.notes) return failure_of(note.code);
  }
  return Failure::internal;
}

/// Of whatever of the message a limit cut short: itself, its quoted history, its route.
Failure failure_of_reading(const timeline::Judged& judged) {
  const facts::Facts& facts = *judged.facts;
  return std::max({failure_in(facts.notes), failure_in(facts.conversation.notes), failure_in(facts.route.notes),
                   failure_in(facts.thread.notes), failure_in(judged.notes)});
}

bool is_carried(const timeline::Judged& judged) { return !judged.facts->carrier.empty(); }

}  // namespace

Failure failure_of(std::string_view note_code) {
  const bool is_limit = note_code == "worker_timeout" || note_code == "worker_memory" || note_kind(note_code) == NoteKind::limit;
  return is_limit ? Failure::limit : Failure::internal;
}

Message message_of(const pipeline::Run& run) {
  Message message;
  const auto outer = std::ranges::find_if_not(run.judged, is_carried);
  if (outer == run.judged.end()) {
    message.failure = failure_in(run.remarks);
    return message;
  }
  message.direction = outer->direction;
  message.failure = run.memory_failed ? Failure::memory : failure_of_reading(*outer);
  const bool is_envelope = outer->facts->kind == facts::MessageKind::journal_report;
  const bool with_carried = is_envelope || message.direction == findings::Direction::inbound;
  for (const timeline::Judged& judged : run.judged) {
    if (is_carried(judged) && !with_carried) continue;
    message.findings.insert(message.findings.end(), judged.findings.begin(), judged.findings.end());
  }
  return message;
}

void take_limits(const policy::Gateway& policy, Limits& limits) {
  limits.message_bytes = policy.max_message_bytes.value_or(kMessageBytes);
  if (!policy.budget_ms) return;
  constexpr std::uint64_t kMost = 3'600'000;
  limits.budget_ms = static_cast<std::uint32_t>(std::clamp<std::uint64_t>(*policy.budget_ms, 1, kMost));
  limits.programs_ms = std::min(limits.programs_ms, limits.budget_ms / 2);
  limits.program_ms = std::min(limits.program_ms, limits.programs_ms);
}

}  // namespace threadline::gateway
