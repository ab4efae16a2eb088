// SPDX-License-Identifier: Apache-2.0
#include "pipeline/analysis.h"

#include <algorithm>
#include <exception>
#include <limits>
#include <new>
#include <tuple>
#include <utility>

#include "findings/detector.h"
#include "memory/memory.h"
#include "pipeline/duplicates.h"
#include "pipeline/item_facts.h"
#include "pipeline/missing.h"
#include "pipeline/originals.h"
#include "pipeline/own_side.h"
#include "pipeline/pool.h"

namespace threadline::pipeline {
namespace {

using Messages = std::vector<std::shared_ptr<facts::Facts>>;

ItemSettings item_settings(const RunSettings& settings) {
  return {.facts = {.trusted_relays = settings.policy.trusted_relays,
                    .keep_headers = settings.keep_headers,
                    .dkim_keys = settings.dkim_keys,
                    .limits = settings.limits,
                    .geography = settings.geography},
          .ocr = settings.ocr,
          .passwords = settings.passwords};
}

evidence::Settings evidence_settings(const RunSettings& settings) {
  return {settings.limits, settings.passwords, settings.spool_folder};
}

bool is_only_limit(const std::vector<Note>& notes) {
  return !notes.empty() && std::ranges::all_of(notes, [](const Note& note) { return note_kind(note.code) == NoteKind::limit; });
}

/// A report that an export tool wrote about its messages, an empty mailbox: no evidence that was lost.
bool holds_nothing(const Note& note) { return note.code == "export_report" || note.code == "no_messages"; }

/// A whole message is lost (medium), what is beyond a limit (low), or a file that may never have been a message (info).
timeline::EvidenceRemark unreadable(std::string source, std::string sha256, std::vector<Note> notes) {
  const bool is_limit = is_only_limit(notes);
  const bool is_message =
      std::ranges::none_of(notes, [](const Note& note) { return note.code == "not_a_message" || holds_nothing(note); });
  timeline::EvidenceRemark remark;
  remark.code = is_limit ? "evidence_limit" : "evidence_unreadable";
  remark.severity = is_limit ? Severity::low : is_message ? Severity::medium : Severity::info;
  remark.source = std::move(source);
  remark.sha256 = std::move(sha256);
  remark.notes = std::move(notes);
  return remark;
}

bool is_loss(const timeline::EvidenceRemark& remark) { return !std::ranges::all_of(remark.notes, holds_nothing); }

void tell(const Reading& reading, Outcome&& outcome) {
  if (!outcome.lost.empty()) {
    const std::string which = outcome.lost == "limit" ? "frame_bytes" : "";
    return reading.on_remark(outcome.order,
                             unreadable(std::move(outcome.source), std::move(outcome.sha256), {{outcome.lost, which, {}}}));
  }
  for (auto& facts : outcome.facts) facts.input_order = outcome.order;
  reading.on_facts(std::move(outcome.facts));
}

/// What items are read with in this process.
struct Here {
  ItemSettings settings;
  std::unique_ptr<documents::Programs> programs;
};

/// `--jobs 0`: a bug of ours or no memory costs the message, as in a worker.
Outcome read_here(std::uint64_t order, const evidence::Item& item, const Here& here, const Fault& fault) {
  Outcome outcome{order, {}, item.source, item.sha256, {}};
  try {
    if (fault) fault(item);
    outcome.facts = read_item(item, here.settings, here.programs.get());
  } catch (const std::bad_alloc&) {
    outcome.lost = "worker_memory";
  } catch (const std::exception&) {
    outcome.lost = "worker_crashed";
  }
  return outcome;
}

Instant known_at_or_last(const facts::Facts& facts) {
  return facts.dates.known_at.value_or(Instant{std::numeric_limits<std::int64_t>::max(), 0});
}

/// The order of judgement: by known_at, then sha256 (findings.md, "known at"); then source, for equal bytes without an id.
void put_in_order(Messages& messages) {
  std::ranges::sort(messages, [](const auto& left, const auto& right) {
    const auto key = [](const facts::Facts& f) {
      return std::tuple(known_at_or_last(f).seconds, std::string_view(f.sha256), std::string_view(f.source));
    };
    return key(*left) < key(*right);
  });
}

Result<std::vector<timeline::Judged>> judge_all(const Messages& messages, const RunSettings& settings,
                                                const policy::Policy& policy) {
  auto ground = std::make_shared<findings::Ground>(policy);
  ground->direction = settings.direction;
  const auto detectors = findings::Detectors::prepare(ground);
  if (!detectors) return tl::unexpected(detectors.error());
  const auto memory = memory::in_memory();
  std::vector<timeline::Judged> judged;
  judged.reserve(messages.size());
  for (const auto& facts : messages) {
    auto judgement = detectors->judge(facts, *memory);
    judgement.learnt.known_at = known_at_or_last(*facts);
    if (facts->kind != facts::MessageKind::journal_report) memory->learn(std::move(judgement.learnt));
    judged.push_back(
        {facts, judgement.context.direction, std::move(judgement.findings), std::move(judgement.context.presented), {}});
  }
  return judged;
}

bool names_no_own_side(const policy::Policy& policy) { return policy.own.domains.empty() && policy.own.addresses.empty(); }

}  // namespace

Result<void> add_dkim_keys(std::string_view content, const std::string& path, RunSettings& settings) {
  auto keys = facts::read_dkim_keys(content, path);
  if (!keys) return tl::unexpected(keys.error());
  settings.dkim_keys.merge(*keys);
  return {};
}

Result<bool> gather(const std::vector<std::string>& paths, const RunSettings& settings, const Reading& reading) {
  std::unique_ptr<Pool> pool;
  if (settings.jobs > 0) {
    auto started =
        Pool::start(settings.jobs, item_settings(settings), settings.fault, [&](Outcome&& o) { tell(reading, std::move(o)); });
    if (!started) return tl::unexpected(started.error());
    pool = std::move(*started);
  }
  const Here here{item_settings(settings), documents::programs_here(settings.limits)};
  std::uint64_t order = 0;
  std::uint64_t bytes = 0;
  bool interrupted = false;
  Result<void> working;
  const auto summary = evidence::read_evidence(paths, evidence_settings(settings), [&](evidence::Item&& item) {
    bytes += item.bytes.size();
    if (reading.on_item) reading.on_item(order, item);
    if (item.bytes.empty()) {
      reading.on_remark(order, unreadable(std::move(item.source), std::move(item.sha256), std::move(item.notes)));
    } else if (pool) {
      working = pool->submit(order, item);
    } else {
      tell(reading, read_here(order, item, here, settings.fault));
    }
    ++order;
    if (settings.progress) settings.progress(order, bytes);
    interrupted = settings.interrupted && settings.interrupted();
    return working.has_value() && !interrupted;
  });
  if (!summary) return tl::unexpected(summary.error());
  if (working && pool) working = pool->drain();
  if (!working) return tl::unexpected(working.error());
  return interrupted;
}

Result<Run> judge(Gathered gathered, const RunSettings& settings) {
  Run run;
  run.interrupted = gathered.interrupted;
  std::ranges::stable_sort(gathered.remarks, {}, &decltype(gathered.remarks)::value_type::first);
  for (auto& [order, remark] : gathered.remarks) run.remarks.push_back(std::move(remark));
  run.unreadable = std::ranges::any_of(run.remarks, is_loss);

  Messages messages = merge_duplicates(std::move(gathered.messages));
  put_in_order(messages);
  policy::Policy policy = settings.policy;
  if (settings.infer_own_side && names_no_own_side(policy)) {
    if (const auto inferred = infer_own_side(messages, policy)) {
      adopt_own_side(policy, inferred->side);
      run.own_domains = policy.own.domains;
      run.remarks.push_back(own_side_remark(*inferred));
    }
  }
  auto judged = judge_all(messages, settings, policy);
  if (!judged) return tl::unexpected(judged.error());
  run.judged = std::move(*judged);
  find_originals(run.judged);
  find_missing(run.judged, policy);
  return run;
}

Result<Run> analyse(const std::vector<std::string>& paths, const RunSettings& settings) {
  Gathered gathered;
  const auto read =
      gather(paths, settings,
             {.on_item = {},
              .on_facts =
                  [&](std::vector<facts::Facts>&& all) {
                    for (auto& facts : all) gathered.messages.push_back(std::make_shared<facts::Facts>(std::move(facts)));
                  },
              .on_remark = [&](std::uint64_t order,
                               timeline::EvidenceRemark&& remark) { gathered.remarks.emplace_back(order, std::move(remark)); }});
  if (!read) return tl::unexpected(read.error());
  gathered.interrupted = *read;
  return judge(std::move(gathered), settings);
}

}  // namespace threadline::pipeline
