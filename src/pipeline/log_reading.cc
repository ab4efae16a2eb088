// SPDX-License-Identifier: Apache-2.0
#include "pipeline/log_reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/sha256.h"
#include "evidence/file_bytes.h"
#include "evidence/place.h"
#include "logs/chunks.h"
#include "pipeline/log_case.h"
#include "pipeline/log_wire.h"
#include "pipeline/pool.h"

namespace threadline::pipeline {
namespace {

/// What one log came to.
struct LogFile {
  std::string source;
  logs::Layout layout;
  std::map<std::string_view, std::uint64_t> acts;
  std::uint64_t records = 0, repeated = 0, undecodable = 0, undated = 0, assumed = 0;
  std::vector<logs::Undecodable> shown;
  std::vector<std::string> lost;    ///< note codes of pieces that no worker could read
  std::vector<std::string> copies;  ///< sources of the same bytes, which are read once
  bool unmatched = false;           ///< more records than are remembered for telling repeated ones
};

/// The file itself: a source without what stands inside it.
std::string outer_path(const std::string& source) { return source.substr(0, source.find('!')); }

/// When the file or member was last written: the year that syslog lacks. Its date is evidence, and marked as assumed.
std::optional<Instant> written_at(const evidence::FileBytes& bytes) {
  const auto written = bytes.written();
  return written ? std::optional(Instant{*written, 0}) : std::nullopt;
}

/// Of all bytes, through one buffer.
std::string digest_of(evidence::FileBytes& bytes) {
  constexpr std::uint64_t kPiece = 1U << 20U;
  Sha256 digest;
  for (std::uint64_t at = 0; at < bytes.size(); at += kPiece) digest.add(bytes.read_at(at, kPiece));
  return digest.hex();
}

/// A set of digests in one table: eight bytes each, where a standard set takes forty.
class Digests {
 public:
  /// Whether the digest was not there before.
  bool add(std::uint64_t digest) {
    if ((count_ + 1) * 2 > slots_.size()) grow();
    std::uint64_t& slot = slot_of(digest);
    if (slot != 0) return false;
    slot = digest;
    ++count_;
    return true;
  }
  [[nodiscard]] bool has(std::uint64_t digest) { return !slots_.empty() && slot_of(digest) != 0; }
  [[nodiscard]] std::size_t size() const { return count_; }

 private:
  std::uint64_t& slot_of(std::uint64_t digest) {
    std::size_t at = digest & (slots_.size() - 1);
    while (slots_[at] != 0 && slots_[at] != digest) at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
  }
  void grow() {
    std::vector<std::uint64_t> before(std::max<std::size_t>(slots_.size() * 2, 1'024));
    before.swap(slots_);
    for (const std::uint64_t digest : before) {
      if (digest != 0) slot_of(digest) = digest;
    }
  }

  std::vector<std::uint64_t> slots_;
  std::size_t count_ = 0;
};

/// Takes the pieces of all logs in order and merges what they hold.
class Merger {
 public:
  Merger(const RunSettings& settings, bool counts) : settings_(settings), counts_(counts) {}

  /// Nothing where a file of the same bytes was added before: this one is its copy.
  std::optional<std::size_t> add_file(const std::string& source, const logs::Layout& layout, const std::string& digest) {
    const auto [known, is_new] = of_digest_.emplace(digest, files_.size());
    if (!is_new) {
      files_[known->second].copies.push_back(source);
      return std::nullopt;
    }
    files_.push_back({.source = source, .layout = layout, .acts = {}, .shown = {}, .lost = {}, .copies = {}});
    return files_.size() - 1;
  }

  /// Called in any order; `order` from 0 without gaps.
  void take(std::uint64_t order, std::size_t file, Outcome&& outcome) {
    waiting_.emplace(order, std::pair{file, std::move(outcome)});
    for (auto next = waiting_.find(next_); next != waiting_.end(); next = waiting_.find(next_)) {
      merge(files_[next->second.first], std::move(next->second.second));
      waiting_.erase(next);
      ++next_;
    }
  }

  std::vector<LogFile> files_;
  std::vector<logs::Event> kept;
  std::vector<logs::Activity> activities;
  bool over_events = false, over_activities = false;

 private:
  void merge(LogFile& file, Outcome&& outcome) {
    auto batch = outcome.lost.empty() ? decode_batch(outcome.batch) : std::nullopt;
    if (!batch) {
      file.lost.push_back(outcome.lost.empty() ? "worker_crashed" : outcome.lost);
      return;
    }
    for (const logs::Counted& record : batch->records) count(file, record);
    for (logs::Event& event : batch->kept) keep(file, std::move(event));
    for (logs::Activity& activity : batch->activities) add(file, std::move(activity));
    file.undecodable += batch->undecodable;
    file.undated += batch->undated;
    file.assumed += batch->assumed;
    for (auto& one : batch->shown) {
      if (file.shown.size() < settings_.limits.log_undecodable) file.shown.push_back(std::move(one));
    }
  }

  void count(LogFile& file, const logs::Counted& record) {
    ++file.records;
    if (record.digest != 0) {
      const bool is_full = seen_.size() >= settings_.limits.log_events;
      file.unmatched = file.unmatched || is_full;
      if (is_full ? seen_.has(record.digest) : !seen_.add(record.digest)) {
        ++file.repeated;
        return;
      }
    }
    ++file.acts[logs::name_of(record.act)];
  }

  void keep(const LogFile& file, logs::Event&& event) {
    if (!event.identity.empty() && !identities_.insert(event.identity).second) return;
    if (kept.size() >= settings_.limits.log_events) {
      over_events = true;
      return;
    }
    event.source = file.source;
    kept.push_back(std::move(event));
  }

  void add(const LogFile& file, logs::Activity&& activity) {
    if (!counts_) return;
    for (logs::Event& event : activity.firsts) event.source = file.source;
    const std::string key =
        fmt::format("{}\n{}\n{}\n{}\n{}", activity.actor, activity.ip, activity.session, activity.family, activity.hour);
    const auto place = places_.find(key);
    if (place != places_.end()) return activities[place->second].merge(std::move(activity));
    const std::uint64_t most = settings_.limits.log_activities;
    const bool is_use = activity.hour == logs::Activity::kUse;  // sign-ins of other people are not crowded out
    if (activities.size() >= most || (is_use && activities.size() >= most / 2)) {
      over_activities = true;
      return;
    }
    places_.emplace(key, activities.size());
    activities.push_back(std::move(activity));
  }

  const RunSettings& settings_;
  bool counts_;
  std::map<std::string, std::size_t> of_digest_;
  std::map<std::uint64_t, std::pair<std::size_t, Outcome>> waiting_;
  std::uint64_t next_ = 0;
  Digests seen_;
  std::unordered_set<std::string> identities_;
  std::unordered_map<std::string, std::size_t> places_;
};

/// Whose logs are read again: a mail server writes a line for each step. A gateway's own line says all of its mail.
bool is_mail_server(logs::Format format) {
  return format == logs::Format::postfix || format == logs::Format::exim || format == logs::Format::rspamd;
}

/// One reading of the logs.
class Pass {
 public:
  Pass(const RunSettings& settings, std::shared_ptr<const logs::Settings> how, Merger& merger)
      : settings_(settings), how_(std::move(how)), merger_(merger) {}

  Result<void> read(const std::vector<std::string>& paths, bool queues_only) {
    if (auto started = start(); !started) return started;
    evidence::Settings evidence = evidence_settings(settings_);
    evidence.taken = [&](const std::string& source, std::string_view head, evidence::FileBytes& bytes) {
      auto layout = logs::layout_of(head, how_->mappings);
      if (!layout) return false;
      if (!queues_only || (layout->cut == logs::Cut::lines && is_mail_server(layout->format)))
        read_log(source, std::move(*layout), bytes);
      return true;
    };
    // What is no log was read as mail before.
    const auto done =
        evidence::read_evidence(paths, evidence, [&](evidence::Item&&) { return working_.has_value() && !interrupted_; });
    if (!done) return tl::unexpected(done.error());
    if (working_ && pool_) working_ = pool_->drain();
    return working_;
  }

  [[nodiscard]] bool is_interrupted() const { return interrupted_; }

 private:
  Result<void> start() {
    if (settings_.jobs == 0) {
      reader_ = std::make_unique<logs::Reader>(how_);
      return {};
    }
    ItemSettings items;
    items.facts.limits = settings_.limits;
    items.logs = how_;
    auto pool = Pool::start(settings_.jobs, std::move(items), settings_.fault,
                            [&](Outcome&& outcome) { done(outcome.order, std::move(outcome)); });
    if (!pool) return tl::unexpected(pool.error());
    pool_ = std::move(*pool);
    return {};
  }

  void done(std::uint64_t order, Outcome&& outcome) {
    const auto file = file_of_.find(order);
    const std::size_t index = file->second;
    file_of_.erase(file);
    merger_.take(order, index, std::move(outcome));
  }

  void read_log(const std::string& source, logs::Layout layout, evidence::FileBytes& bytes) {
    layout.clock.written = written_at(bytes);
    const auto file = merger_.add_file(source, layout, digest_of(bytes));
    if (!file) return;
    logs::Chunks chunks([&](std::uint64_t offset, std::uint64_t length) { return bytes.read_at(offset, length); }, layout,
                        settings_.limits);
    while (working_ && !interrupted_) {
      auto chunk = chunks.next();
      if (!chunk) return;
      submit(*file, source, *chunk, layout);
      interrupted_ = settings_.interrupted && settings_.interrupted();
    }
  }

  void submit(std::size_t file, const std::string& source, const logs::Chunk& chunk, const logs::Layout& layout) {
    const std::uint64_t order = order_++;
    file_of_.emplace(order, file);
    bytes_ += chunk.bytes.size();
    if (settings_.progress) settings_.progress(order_, bytes_);
    evidence::Item item{
        .source = source, .format = std::string(kLogItem), .bytes = encode_log_chunk(chunk, layout), .sha256 = {}, .notes = {}};
    if (pool_) {
      working_ = pool_->submit(order, item);
      return;
    }
    Outcome outcome{.order = order, .facts = {}, .encoded = {}, .batch = {}, .source = source, .sha256 = {}, .lost = {}};
    try {
      if (settings_.fault) settings_.fault(item);
      outcome.batch = read_log_item(item.bytes, *how_, *reader_);
    } catch (const std::bad_alloc&) {
      outcome.lost = "worker_memory";
    } catch (const std::exception&) {
      outcome.lost = "worker_crashed";
    }
    done(order, std::move(outcome));
  }

  const RunSettings& settings_;
  std::shared_ptr<const logs::Settings> how_;
  Merger& merger_;
  std::unique_ptr<Pool> pool_;
  std::unique_ptr<logs::Reader> reader_;
  std::unordered_map<std::uint64_t, std::size_t> file_of_;
  std::uint64_t order_ = 0, bytes_ = 0;
  Result<void> working_;
  bool interrupted_ = false;
};

std::string acts_line(const LogFile& file) {
  std::vector<std::pair<std::string_view, std::uint64_t>> acts(file.acts.begin(), file.acts.end());
  std::ranges::stable_sort(acts, [](const auto& one, const auto& other) { return one.second > other.second; });
  std::string line;
  for (const auto& [act, count] : acts) line += fmt::format("{}{} {}", line.empty() ? "" : ", ", act, count);
  return line;
}

/// An info row for each log: what it is, and what it holds.
timeline::EvidenceRemark summary_of(const LogFile& file, const logs::Mappings& mappings) {
  timeline::EvidenceRemark remark;
  remark.code = "log_read";
  remark.source = file.source;
  const bool is_mapped = file.layout.mapping >= 0;
  remark.evidence.set("format", is_mapped ? mappings[static_cast<std::size_t>(file.layout.mapping)]->name
                                          : std::string(logs::title_of(file.layout.format)));
  remark.evidence.set("records", static_cast<std::int64_t>(file.records));
  if (file.repeated > 0) remark.evidence.set("repeated", static_cast<std::int64_t>(file.repeated));
  if (file.undecodable > 0) remark.evidence.set("undecodable", static_cast<std::int64_t>(file.undecodable));
  if (!file.copies.empty()) remark.evidence.set("copies", Value::List(file.copies.begin(), file.copies.end()));
  remark.evidence.set("acts", acts_line(file));
  Value counts;
  for (const auto& [act, count] : file.acts) counts.set(std::string(act), static_cast<std::int64_t>(count));
  remark.evidence.set("by_act", std::move(counts));
  if (file.undated > 0) remark.notes.push_back({"log_undated", std::to_string(file.undated), {}});
  if (file.assumed > 0) remark.notes.push_back({"log_assumed", std::to_string(file.assumed), {}});
  return remark;
}

timeline::EvidenceRemark undecodable_of(const LogFile& file) {
  timeline::EvidenceRemark remark;
  remark.code = "evidence_malformed";
  remark.source = file.source;
  remark.severity = Severity::low;
  for (const auto& one : file.shown) remark.notes.push_back({one.code, fmt::format("{}: {}", one.line, one.text), {}});
  remark.evidence.set("undecodable", static_cast<std::int64_t>(file.undecodable));
  return remark;
}

timeline::EvidenceRemark limit_of(const std::string& source, std::string limit) {
  timeline::EvidenceRemark remark;
  remark.code = "evidence_limit";
  remark.source = source;
  remark.severity = Severity::low;
  remark.notes.push_back({"limit", std::move(limit), {}});
  return remark;
}

void add_remarks(const Merger& merger, const RunSettings& settings, GatheredLogs& gathered) {
  const std::size_t before = gathered.remarks.size();
  for (const LogFile& file : merger.files_) {
    gathered.remarks.push_back(summary_of(file, settings.log_mappings));
    if (file.undecodable > 0) gathered.remarks.push_back(undecodable_of(file));
    if (file.unmatched) gathered.remarks.push_back(limit_of(file.source, "log_events: repeated records beyond are not told"));
    for (const std::string& lost : file.lost) {
      timeline::EvidenceRemark remark;
      remark.code = "evidence_unreadable";
      remark.severity = Severity::medium;
      remark.source = file.source;
      remark.notes.push_back({lost, "", {}});
      gathered.remarks.push_back(std::move(remark));
      gathered.unreadable = true;
    }
  }
  const std::string first = merger.files_.empty() ? std::string() : merger.files_.front().source;
  if (merger.over_events) gathered.remarks.push_back(limit_of(first, "log_events: further events have no row"));
  if (merger.over_activities) gathered.remarks.push_back(limit_of(first, "log_activities: further sign-ins are not compared"));
  for (std::size_t at = before; at < gathered.remarks.size(); ++at)
    gathered.remarks[at].place = evidence::place_of(gathered.remarks[at].source);
}

bool is_queued(const logs::Event& event) { return is_mail_server(event.format) && !event.queue_id.empty(); }

/// The lines of the queue ids that the first reading found, all of them.
Result<void> read_queues(const std::vector<std::string>& paths, const RunSettings& settings, const logs::Settings& how,
                         Merger& first) {
  auto again = std::make_shared<logs::Settings>(how);
  again->wanted = {};
  for (const logs::Event& event : first.kept) {
    if (is_queued(event) && again->wanted.queue_ids.size() < settings.limits.log_queue_ids)
      again->wanted.queue_ids.insert(event.queue_id);
  }
  if (again->wanted.queue_ids.empty()) return {};
  std::erase_if(first.kept, is_queued);
  Merger second(settings, false);
  Pass pass(settings, again, second);
  if (auto read = pass.read(paths, true); !read) return read;
  std::ranges::copy_if(second.kept, std::back_inserter(first.kept), is_queued);
  return {};
}

}  // namespace

evidence::Settings evidence_settings(const RunSettings& settings) {
  evidence::Settings evidence{settings.limits, settings.passwords, settings.spool_folder};
  evidence.own_files = settings.own_files;
  return evidence;
}

evidence::Settings settings_for_mails(const RunSettings& settings, std::vector<std::string>& log_paths) {
  evidence::Settings mails = evidence_settings(settings);
  mails.taken = [&](const std::string& source, std::string_view head, evidence::FileBytes&) {
    if (!logs::layout_of(head, settings.log_mappings)) return false;
    if (log_paths.empty() || log_paths.back() != outer_path(source)) log_paths.push_back(outer_path(source));
    return true;
  };
  return mails;
}

Result<GatheredLogs> gather_logs(const std::vector<std::string>& paths, const RunSettings& settings, const logs::Wanted& wanted) {
  auto how = std::make_shared<logs::Settings>();
  how->limits = settings.limits;
  how->wanted = wanted;
  how->mappings = settings.log_mappings;
  if (settings.log_zone) how->zone = settings.log_zone;
  Merger merger(settings, true);
  Pass pass(settings, how, merger);
  if (auto read = pass.read(paths, false); !read) return tl::unexpected(read.error());
  GatheredLogs gathered;
  gathered.interrupted = pass.is_interrupted();
  if (!settings.every_log_record && !gathered.interrupted) {
    if (auto read = read_queues(paths, settings, *how, merger); !read) return tl::unexpected(read.error());
  }
  add_remarks(merger, settings, gathered);
  gathered.kept = std::move(merger.kept);
  gathered.activities = std::move(merger.activities);
  return gathered;
}

Result<void> read_logs(const std::vector<std::string>& paths, const RunSettings& settings, const policy::Policy& policy,
                       Run& run) {
  const logs::Ground ground = log_ground(run.judged, settings, policy);
  auto read = settings.gather_logs ? settings.gather_logs(paths, ground.wanted) : gather_logs(paths, settings, ground.wanted);
  if (!read) return tl::unexpected(read.error());
  run.interrupted = run.interrupted || read->interrupted;
  run.unreadable = run.unreadable || read->unreadable;
  std::ranges::move(read->remarks, std::back_inserter(run.remarks));
  run.logged = logged_of(logs::conclude(std::move(read->kept), std::move(read->activities), ground), ground, policy);
  return {};
}

}  // namespace threadline::pipeline
