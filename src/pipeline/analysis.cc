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
#include "memory/side_names.h"
#include "pipeline/analysis_steps.h"
#include "pipeline/duplicates.h"
#include "pipeline/item_facts.h"
#include "pipeline/log_reading.h"
#include "pipeline/missing.h"
#include "pipeline/originals.h"
#include "pipeline/own_side.h"
#include "pipeline/pool.h"

namespace threadline::pipeline {
namespace {

evidence::Settings evidence_settings(const RunSettings& settings) {
  return {settings.limits, settings.passwords, settings.spool_folder};
}

bool is_loss(const timeline::EvidenceRemark& remark) { return !std::ranges::all_of(remark.notes, holds_nothing); }

void tell(const Reading& reading, Outcome&& outcome) {
  if (!outcome.lost.empty()) {
    return reading.on_remark(outcome.order, lost_remark(std::move(outcome)));
  }
  for (auto& facts : outcome.facts) facts.input_order = outcome.order;
  reading.on_facts(std::move(outcome.facts));
}

/// A file of another's is passed over; of the others, logs are `taken` as in a whole reading.
evidence::Taken taken_in_part(const Reading& reading, evidence::Taken taken) {
  return [&reading, taken = std::move(taken)](const std::string& source, std::string_view head, evidence::FileBytes& bytes) {
    if (reading.passes_over(source, bytes)) return true;
    if (!taken || !taken(source, head, bytes)) return false;
    if (reading.on_log && !reading.log_paths->empty()) reading.on_log(reading.log_paths->back());
    return true;
  };
}

/// What items are read with in this process.
struct Here {
  ItemSettings settings;
  std::unique_ptr<documents::Programs> programs;
};

/// `--jobs 0`: a bug of ours or no memory costs the message, as in a worker.
Outcome read_here(std::uint64_t order, const evidence::Item& item, const Here& here, const Fault& fault) {
  Outcome outcome{.order = order, .facts = {}, .batch = {}, .source = item.source, .sha256 = item.sha256, .lost = {}};
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

/// The originals of quoted messages that the memory knows, for messages that another run read.
std::vector<std::shared_ptr<const facts::Facts>> remembered_originals(const findings::Context& context) {
  std::vector<std::shared_ptr<const facts::Facts>> originals;
  for (const memory::Record* record : context.quoted_originals) originals.push_back(record == nullptr ? nullptr : record->facts);
  return originals;
}

/// Judges one message after another, and teaches the memory each.
class Judging {
 public:
  Judging(const RunSettings& settings, const policy::Policy& policy, findings::Detectors detectors)
      : settings_(settings),
        detectors_(std::move(detectors)),
        plain_(memory::without_parties(policy)),
        memory_(settings.memory ? settings.memory : memory::in_memory()) {
    memory_->take_sides(policy);
  }

  timeline::Judged judge(const std::shared_ptr<facts::Facts>& facts) {
    const Instant known_at = known_at_or_last(*facts);
    const std::string content = settings_.memory ? content_of(*facts) : std::string{};
    memory_->as_of({known_at, facts->sha256, content});
    auto judgement = detectors_.judge(facts, *memory_);
    timeline::Judged judged{
        facts, judgement.context.direction, std::move(judgement.findings), std::move(judgement.context.presented), {}};
    if (settings_.memory) judged.originals = remembered_originals(judgement.context);
    judgement.learnt.known_at = known_at;
    judgement.learnt.content = content;
    if (settings_.memory) judgement.learnt.taking_part = plain_sides_of(*facts, plain_);
    if (facts->kind != facts::MessageKind::journal_report) memory_->learn(std::move(judgement.learnt));
    return judged;
  }

  [[nodiscard]] Result<void> commit() { return memory_->commit(); }

 private:
  const RunSettings& settings_;
  findings::Detectors detectors_;
  policy::Sides plain_;
  std::shared_ptr<memory::Store> memory_;
};

Result<std::vector<timeline::Judged>> judge_all(const Messages& messages, const RunSettings& settings,
                                                const policy::Policy& policy) {
  auto ground = std::make_shared<findings::Ground>(policy);
  ground->direction = settings.direction;
  auto detectors = findings::Detectors::prepare(ground);
  if (!detectors) return tl::unexpected(detectors.error());
  Judging judging(settings, policy, *std::move(detectors));
  std::vector<timeline::Judged> judged;
  judged.reserve(messages.size());
  for (const auto& facts : messages) judged.push_back(judging.judge(facts));
  if (const auto kept = judging.commit(); !kept) return tl::unexpected(kept.error());
  return judged;
}

/// What the memory knows of messages that this run does not read again.
EarlierMessages earlier_messages(const Messages& messages, const RunSettings& settings) {
  if (!settings.memory) return {};
  EarlierMessages earlier{settings.memory->sides_taking_part(), settings.memory->messages()};
  const policy::Sides plain(memory::without_parties(settings.policy));
  for (const auto& message : messages) {
    if (message->kind == facts::MessageKind::journal_report || !settings.memory->holds(content_of(*message))) continue;
    --earlier.messages;
    for (const policy::Side& side : plain_sides_of(*message, plain)) {
      const auto count = std::ranges::find(earlier.sides, side, &memory::SideCount::side);
      if (count != earlier.sides.end() && count->messages > 0) --count->messages;
    }
  }
  return earlier;
}

bool names_no_own_side(const policy::Policy& policy) { return policy.own.domains.empty() && policy.own.addresses.empty(); }

}  // namespace

Result<void> add_dkim_keys(std::string_view content, const std::string& path, RunSettings& settings) {
  auto keys = facts::read_dkim_keys(content, path);
  if (!keys) return tl::unexpected(keys.error());
  settings.dkim_keys.merge(*keys);
  return {};
}

Result<void> add_log_mapping(std::string_view json, const std::string& path, RunSettings& settings) {
  auto mapping = logs::read_mapping(json, path, settings.limits);
  if (!mapping) return tl::unexpected(mapping.error());
  settings.log_mappings.push_back(std::move(*mapping));
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
  auto how = reading.log_paths != nullptr ? settings_for_mails(settings, *reading.log_paths) : evidence_settings(settings);
  if (reading.passes_over) how.taken = taken_in_part(reading, std::move(how.taken));
  const auto summary = evidence::read_evidence(paths, how, [&](evidence::Item&& item) {
    bytes += item.bytes.size();
    if (settings.envelope && !item.envelope) item.envelope = settings.envelope;
    const auto place = reading.place_of ? reading.place_of(item) : order;
    if (place && reading.on_item) reading.on_item(*place, item);
    if (!place) {
      // another's
    } else if (item.bytes.empty()) {
      reading.on_remark(*place, unreadable(std::move(item.source), std::move(item.sha256), std::move(item.notes)));
    } else if (pool) {
      working = pool->submit(*place, item);
    } else {
      tell(reading, read_here(*place, item, here, settings.fault));
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
    if (const auto inferred = infer_own_side(messages, policy, earlier_messages(messages, settings))) {
      adopt_own_side(policy, inferred->side);
      run.own_domains = policy.own.domains;
      run.remarks.push_back(own_side_remark(*inferred));
    }
  }
  auto judged = judge_all(messages, settings, policy);
  if (!judged) return tl::unexpected(judged.error());
  run.judged = std::move(*judged);
  find_originals(run.judged);
  if (settings.memory) settings.memory->as_of_now({});
  find_missing(run.judged, policy, settings.memory.get());
  if (run.interrupted || gathered.log_paths.empty()) return run;
  if (auto read = read_logs(gathered.log_paths, settings, policy, run); !read) return tl::unexpected(read.error());
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
                               timeline::EvidenceRemark&& remark) { gathered.remarks.emplace_back(order, std::move(remark)); },
              .log_paths = &gathered.log_paths});
  if (!read) return tl::unexpected(read.error());
  gathered.interrupted = *read;
  return judge(std::move(gathered), settings);
}

}  // namespace threadline::pipeline
