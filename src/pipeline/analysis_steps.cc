// SPDX-License-Identifier: Apache-2.0
#include "pipeline/analysis_steps.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "evidence/place.h"
#include "findings/spoofed_sender.h"

namespace threadline::pipeline {
namespace {

bool is_only_limit(const std::vector<Note>& notes) {
  return !notes.empty() && std::ranges::all_of(notes, [](const Note& note) { return note_kind(note.code) == NoteKind::limit; });
}

}  // namespace

ItemSettings item_settings(const RunSettings& settings) {
  return {.facts = {.trusted_relays = settings.policy.trusted_relays,
                    .keep_headers = settings.keep_headers,
                    .dkim_keys = settings.dkim_keys,
                    .limits = settings.limits,
                    .geography = settings.geography},
          .ocr = settings.ocr,
          .passwords = settings.passwords};
}

bool holds_nothing(const Note& note) {
  return note.code == "export_report" || note.code == "no_messages" || note.code.starts_with("own_");
}

timeline::EvidenceRemark unreadable(std::string source, std::string sha256, std::vector<Note> notes) {
  const bool is_limit = is_only_limit(notes);
  const bool is_message = std::ranges::none_of(notes, [](const Note& note) {
    return note.code == "not_a_message" || note.code == "damaged_members" || holds_nothing(note);
  });
  timeline::EvidenceRemark remark;
  remark.code = is_limit ? "evidence_limit" : "evidence_unreadable";
  remark.severity = is_limit ? Severity::low : is_message ? Severity::medium : Severity::info;
  if (sha256.empty()) remark.place = evidence::place_of(source);
  remark.source = std::move(source);
  remark.sha256 = std::move(sha256);
  remark.notes = std::move(notes);
  return remark;
}

timeline::EvidenceRemark lost_remark(Outcome&& outcome) {
  const std::string which = outcome.lost == "limit" ? "frame_bytes" : "";
  return unreadable(std::move(outcome.source), std::move(outcome.sha256), {{outcome.lost, which, {}}});
}

Instant known_at_or_last(const facts::Facts& facts) {
  return facts.dates.known_at.value_or(Instant{std::numeric_limits<std::int64_t>::max(), 0});
}

namespace {

constexpr Instant kNever{std::numeric_limits<std::int64_t>::max(), 0};

/// The latest instant at which an outsider brought it, kNever where his mail has none; nothing where no outsider did.
std::optional<Instant> brought_at(const facts::Facts& attached, const policy::Sides& sides, const Spoofs& spoofs) {
  std::optional<Instant> latest;
  for (std::size_t level = 0; level < attached.carried_by.size(); ++level) {
    const facts::Carrying& carrier = attached.carried_by[level];
    if (carrier.sender.empty() || (sides.is_own(carrier.sender) && !spoofs.hold(attached, level))) continue;
    const Instant at = carrier.known_at.value_or(kNever);
    if (!latest || latest->seconds < at.seconds) latest = at;
  }
  return latest;
}

}  // namespace

void Spoofs::add(const facts::Facts& carrier, const policy::Sides& sides) {
  const bool is_own = !carrier.from.empty() && sides.is_own(carrier.from.front().address);
  const bool is_spoof = is_own && findings::spoof_of(carrier, policy::Side(policy::kOwnSide), sides).has_value();
  carriers_.try_emplace(carrier.sha256, Carrier{carrier.carrier, is_spoof});
}

bool Spoofs::hold(const facts::Facts& attached, std::size_t level) const {
  auto carrier = carriers_.find(attached.carrier);
  for (std::size_t at = attached.carried_by.size(); at-- > level + 1 && carrier != carriers_.end();)
    carrier = carriers_.find(carrier->second.within);
  return carrier != carriers_.end() && carrier->second.is_spoof;
}

bool is_to_be_held_back(const facts::Facts& attached, const policy::Sides& sides, const Spoofs& spoofs) {
  const auto brought = brought_at(attached, sides, spoofs);
  return brought && attached.dates.known_at && attached.dates.known_at->seconds < brought->seconds;
}

void hold_back(facts::Facts& attached, const policy::Sides& sides, const Spoofs& spoofs) {
  if (!is_to_be_held_back(attached, sides, spoofs)) return;
  const auto brought = brought_at(attached, sides, spoofs);
  attached.dates.known_at = brought->seconds == kNever.seconds ? std::nullopt : brought;
  attached.dates.basis = facts::TimeBasis::quoted;
}

void put_in_order(Messages& messages) {
  std::ranges::sort(messages, [](const auto& left, const auto& right) {
    const auto key = [](const facts::Facts& f) {
      return std::tuple(known_at_or_last(f).seconds, std::string_view(f.sha256), std::string_view(f.source));
    };
    return key(*left) < key(*right);
  });
}

}  // namespace threadline::pipeline
