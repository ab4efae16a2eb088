// SPDX-License-Identifier: Apache-2.0
#include "pipeline/analysis.h"

#include <algorithm>
#include <exception>
#include <limits>
#include <new>
#include <utility>

#include "pipeline/analysis_steps.h"
#include "pipeline/item_facts.h"
#include "pipeline/judgement.h"
#include "pipeline/log_reading.h"
#include "pipeline/outlines.h"
#include "pipeline/pool.h"

namespace threadline::pipeline {
namespace {

/// Whether nothing but the file of a message is there: cut so that no property of it is left (MS-OXMSG section 2.4).
bool is_without_message(const std::vector<facts::Facts>& facts) {
  const auto says_so = [](const Note& note) { return note.code == "no_message" && note.span.part.empty(); };
  return facts.size() == 1 && facts.front().from.empty() && facts.front().message_id.empty() && facts.front().body_text.empty() &&
         std::ranges::any_of(facts.front().notes, says_so);
}

void tell(const Reading& reading, Outcome&& outcome) {
  if (!outcome.lost.empty()) {
    return reading.on_remark(outcome.order, lost_remark(std::move(outcome)));
  }
  if (is_without_message(outcome.facts)) {
    auto notes = std::move(outcome.facts.front().notes);
    std::erase_if(notes, [](const Note& note) { return note.code == "no_transport_headers"; });  // of a message that is there
    return reading.on_remark(outcome.order, unreadable(std::move(outcome.source), std::move(outcome.sha256), std::move(notes)));
  }
  for (auto& facts : outcome.facts) facts.input_order = outcome.order;
  if (reading.on_outcome) return reading.on_outcome(std::move(outcome));
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
  Outcome outcome{
      .order = order, .facts = {}, .encoded = {}, .batch = {}, .source = item.source, .sha256 = item.sha256, .lost = {}};
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
  how.interrupted = settings.interrupted;
  const auto summary = evidence::read_evidence(paths, how, [&](evidence::Item&& item) {
    bytes += item.bytes.size();
    if (settings.envelope && !item.envelope) item.envelope = settings.envelope;
    const auto place = reading.place_of ? reading.place_of(item) : order;
    if (place && reading.on_item) reading.on_item(*place, item);
    if (!place) {
      // another's
    } else if (item.bytes.empty()) {
      reading.on_remark(*place, unreadable(std::move(item.source), std::move(item.sha256), std::move(item.notes)));
    } else if (reading.is_known && reading.is_known(*place, item)) {
      // read before
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
  return interrupted || (summary->stopped && settings.interrupted && settings.interrupted());
}

Result<Run> judge(Gathered gathered, const RunSettings& settings) {
  auto opened = Shelf::open({.memory_bytes = std::numeric_limits<std::uint64_t>::max()});
  if (!opened) return tl::unexpected(opened.error());
  Shelved shelved(std::move(*opened));
  shelved.take_sides(settings);
  for (auto& facts : gathered.messages) shelved.shelf.put_in_memory(std::move(facts));
  shelved.remarks = std::move(gathered.remarks);
  shelved.log_paths = std::move(gathered.log_paths);
  shelved.interrupted = gathered.interrupted;
  const auto judgement = judge_shelved(std::move(shelved), settings);
  if (!judgement) return tl::unexpected(judgement.error());
  return run_of(**judgement);
}

Result<Run> analyse(const std::vector<std::string>& paths, const RunSettings& settings) {
  auto read = read_onto_shelf(paths, settings);
  if (!read) return tl::unexpected(read.error());
  const auto judgement = judge_shelved(std::move(*read), settings);
  if (!judgement) return tl::unexpected(judgement.error());
  Run run = run_of(**judgement);
  if (const auto whole = (*judgement)->checked(); !whole) return tl::unexpected(whole.error());
  return run;
}

}  // namespace threadline::pipeline
