// SPDX-License-Identifier: Apache-2.0
// The thread of a session that reads, judges and brings into the case.
#include <algorithm>
#include <chrono>
#include <exception>
#include <iterator>

#include "apps/cli/custody.h"
#include "apps/serve/session.h"
#include "apps/serve/verdict.h"
#include "text/zone.h"
#include "timeline/rows.h"

namespace threadline::apps::serve {
namespace {

namespace journal = timeline::journal;
using Clock = std::chrono::steady_clock;
using State = ReceivedFile::State;

constexpr std::size_t kRemarksOfFile = 5;  ///< told of one file
constexpr std::size_t kFirstShown = 10;    ///< messages before rows are shown while reading goes on
constexpr auto kFirstWait = std::chrono::milliseconds(400);
constexpr auto kGathering = std::chrono::milliseconds(120);  ///< without another file
constexpr auto kQuiet = std::chrono::milliseconds(300);      ///< without another file, before what was read comes into the case
constexpr auto kLongestGathering = std::chrono::milliseconds(600);

}  // namespace

/// The files that one reading reads, by their paths.
struct Session::Batch {
  Places by_path;
  std::vector<std::size_t> files;
  std::uint64_t base = 0;  ///< place of its first item in the evidence
};

void Session::work() {
  while (true) {
    std::vector<std::size_t> waiting;
    {
      std::unique_lock lock(mutex_);
      const auto has_work = [&] {
        return stopping_ || std::ranges::any_of(files_, [](const ReceivedFile& file) { return file.state == State::waiting; });
      };
      if (!has_work()) {
        reading_ = false;
        ++version_;
        changed_.notify_all();
      }
      changed_.wait(lock, has_work);
      await_more(lock);
      if (stopping_) return;
      for (std::size_t i = 0; i < files_.size(); ++i) {
        if (files_[i].state != State::waiting) continue;
        files_[i].state = State::reading;
        files_[i].changed = ++version_;
        waiting.push_back(i);
      }
      if (!reading_) {
        last_shown_ = Clock::now();
        trouble_.clear();
      }
      reading_ = true;
      changed_.notify_all();
    }
    try {
      read_batch(waiting);
    } catch (const std::exception& problem) {  // a bug of ours, or no memory: it costs these files, and the page goes on
      give_up(problem.what());
    }
  }
}

void Session::give_up(const std::string& why) {
  const std::scoped_lock lock(mutex_);
  trouble_ = "internal error: " + why;
  for (ReceivedFile& file : files_) {
    if (file.state != State::reading) continue;
    file.state = State::refused;
    file.changed = ++version_;
  }
  read_.clear();
  changed_.notify_all();
}

/// Files that are dropped together are read, and come into the case, together: waits for more while they keep coming.
void Session::await_more(std::unique_lock<std::mutex>& lock) {
  const auto latest = Clock::now() + kLongestGathering;
  std::size_t before = 0;
  while (before < files_.size() && !stopping_ && Clock::now() < latest) {
    before = files_.size();
    changed_.wait_for(lock, kGathering, [&] { return stopping_ || files_.size() > before; });
  }
}

void Session::read_batch(const std::vector<std::size_t>& files) {
  Batch batch;
  batch.files = files;
  batch.base = next_order_;
  std::vector<std::string> paths;
  {
    const std::scoped_lock lock(mutex_);
    for (const std::size_t file : files) {
      batch.by_path.emplace(files_[file].path, file);
      paths.push_back(files_[file].path);
    }
  }
  const auto read = reader_.read(
      paths,
      {.on_item = [&](const evidence::Item& item) { hear_item(batch, item); },
       .on_facts = [&](std::vector<facts::Facts>&& all) { hear_facts(batch, std::move(all)); },
       .on_remark = [&](std::uint64_t order, timeline::EvidenceRemark&& remark) { hear_remark(batch, order, std::move(remark)); },
       .on_log = [&](const std::string& path) { hear_log(batch, path); }},
      [this] { return is_stopped(); });
  if (!is_stopped()) end_batch(batch, read);
}

/// The file that a source lies in: its path is the longest one that the source begins with.
ReceivedFile* Session::file_of(const Places& places, const std::string& source) {
  auto found = places.upper_bound(source);
  while (found != places.begin()) {
    --found;
    if (source.starts_with(found->first)) return &files_[found->second];
  }
  return nullptr;
}

/// People know the file by the name that it was dropped with.
void Session::name_as_received(const Places& places, std::string& source) {
  const ReceivedFile* file = file_of(places, source);
  if (file != nullptr) source = file->name + source.substr(file->path.size());
}

void Session::hear_item(const Batch&, const evidence::Item& item) {
  if (!item.bytes.empty()) sources_.hold(item.sha256, item.bytes);
  ++next_order_;
  const std::scoped_lock lock(mutex_);
  ++items_;
}

void Session::hear_facts(Batch& batch, std::vector<facts::Facts>&& all) {
  {
    const std::scoped_lock lock(mutex_);
    for (facts::Facts& one : all) {
      one.input_order += batch.base;
      ReceivedFile* file = file_of(batch.by_path, one.source);
      if (file == nullptr) continue;
      for (std::string& source : one.sources) {
        if (source.starts_with(file->path)) source = file->name + source.substr(file->path.size());
      }
      one.source = file->name + one.source.substr(file->path.size());
      ++file->messages;
      file->changed = ++version_;
    }
    changed_.notify_all();
  }
  for (facts::Facts& one : all) messages_.push_back(std::make_shared<facts::Facts>(std::move(one)));
  show_provisional();
}

void Session::hear_remark(const Batch& batch, std::uint64_t order, timeline::EvidenceRemark&& remark) {
  {
    const std::scoped_lock lock(mutex_);
    if (ReceivedFile* file = file_of(batch.by_path, remark.source)) {
      remark.source = file->name + remark.source.substr(file->path.size());
      if (file->remarks.size() < kRemarksOfFile) file->remarks.push_back(remark);
      file->changed = ++version_;
    }
  }
  remarks_.emplace_back(order + batch.base, std::move(remark));
}

void Session::hear_log(const Batch& batch, const std::string& path) {
  if (std::ranges::find(log_paths_, path) == log_paths_.end()) log_paths_.push_back(path);
  const std::scoped_lock lock(mutex_);
  if (ReceivedFile* file = file_of(batch.by_path, path)) {
    file->is_log = true;
    file->changed = ++version_;
  }
}

/// Says of each file what became of it once all that is waiting was read: what is dropped together is judged and imported once.
void Session::end_batch(const Batch& batch, const Result<void>& read) {
  read_.insert(read_.end(), batch.files.begin(), batch.files.end());
  const auto has_more = [&] {
    return stopping_ || std::ranges::any_of(files_, [](const ReceivedFile& file) { return file.state == State::waiting; });
  };
  {
    const std::scoped_lock lock(mutex_);
    if (!read) trouble_ = to_line(read.error());
    if (has_more()) return;
  }
  if (judging_ < kQuiet) show_provisional(true);  // the story at once; the journal when no more comes
  {
    std::unique_lock lock(mutex_);
    if (changed_.wait_for(lock, kQuiet, has_more)) return;
  }
  settle();
}

/// Judges all that was received, brings it into the case and shows it.
void Session::settle() {
  auto run = judged(Logs::read_anew);
  std::string trouble = run ? std::string() : to_line(run.error());
  if (run) {
    logged_ = run->logged;
    const auto shared = std::make_shared<const pipeline::Run>(std::move(*run));
    if (const auto done = import(*shared, read_); !done) trouble = to_line(done.error());
    publish(shared, false);
  }
  const std::scoped_lock lock(mutex_);
  if (!trouble.empty()) trouble_ = trouble;
  for (const std::size_t index : read_) {
    ReceivedFile& file = files_[index];
    file.state =
        file.messages > 0 || file.records > 0 || (file.remarks.empty() && trouble_.empty()) ? State::done : State::refused;
    file.changed = ++version_;
  }
  read_.clear();
  shown_ = messages_.size();
  changed_.notify_all();
}

/// Logs are read for what all mails make them be read for: anew when more mails came.
Result<pipeline::Run> Session::judged(Logs logs) const {
  pipeline::Gathered gathered;
  gathered.messages = messages_;
  gathered.remarks = remarks_;
  if (logs == Logs::read_anew) gathered.log_paths = log_paths_;
  auto run = pipeline::judge(std::move(gathered), settings_.run);
  if (run && logs == Logs::as_read) {
    run->logged = logged_;
    run->remarks.insert(run->remarks.end(), log_remarks_.begin(), log_remarks_.end());
  }
  return run;
}

/// Reads the logs in a process of its own, and says of each file what it held. One that dies is an unreadable log, no more.
Result<pipeline::GatheredLogs> Session::gather_logs(const std::vector<std::string>& paths, const logs::Wanted& wanted) {
  auto gathered = reader_.read_logs(paths, wanted, [this] { return is_stopped(); });
  if (!gathered && is_stopped()) return gathered;
  if (!gathered) {
    pipeline::GatheredLogs lost;
    for (const std::string& path : paths)
      lost.remarks.push_back({"evidence_unreadable", Severity::medium, path, {}, {}, {{"worker_crashed", {}, {}}}, {}});
    gathered = std::move(lost);
  }
  const std::scoped_lock lock(mutex_);
  Places places;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    if (!files_[i].is_log) continue;
    places.emplace(files_[i].path, i);
    files_[i].records = 0;
    files_[i].changed = ++version_;
  }
  for (auto& remark : gathered->remarks) {
    ReceivedFile* file = file_of(places, remark.source);
    const Value* records = remark.evidence.find("records");
    if (file != nullptr && records != nullptr && records->integer() != nullptr)
      file->records += static_cast<std::uint64_t>(*records->integer());
    name_as_received(places, remark.source);
    if (file != nullptr && remark.severity != Severity::info && file->remarks.size() < kRemarksOfFile)
      file->remarks.push_back(remark);
  }
  for (logs::Event& event : gathered->kept) name_as_received(places, event.source);
  for (logs::Activity& activity : gathered->activities) {
    for (logs::Event& event : activity.firsts) name_as_received(places, event.source);
  }
  log_remarks_ = gathered->remarks;
  return gathered;
}

std::vector<Row> Session::rows_of(const pipeline::Run& run, Language language) const {
  timeline::RowSettings rows;
  rows.language = language;
  if (!settings_.zone.empty()) {
    if (auto zone = text::Zone::named(settings_.zone)) rows.zone.emplace(std::move(*zone));
  }
  return timeline::rows_of(run.judged, run.remarks, rows, run.logged);
}

Result<void> Session::import(const pipeline::Run& run, const std::vector<std::size_t>& files) {
  const std::vector<Row> french = rows_of(run, Language::fr), english = rows_of(run, Language::en);
  journal::Import import;
  std::vector<ReceivedFile> fresh;
  {
    const std::scoped_lock lock(mutex_);
    for (const std::size_t index : files) {
      if (!files_[index].is_kept) fresh.push_back(files_[index]);
    }
  }
  for (const ReceivedFile& file : fresh) {
    if (file.sha256.empty())
      std::ranges::move(files_as_received({file.path}, {}), std::back_inserter(import.evidence));
    else
      import.evidence.push_back({file.name, file.size, file.sha256, {}, 0});
  }
  for (const Row& row : english) imported_.insert(row.id);
  if (fresh.empty()) return {};
  import.read_again = brought_;
  for (const auto& file : import.evidence) brought_.push_back(file.sha256);
  import.custody.method = "threadline serve";
  import.policy_path = settings_.policy_path;
  import.policy_sha256 = settings_.policy_sha256;
  import.own_domains = settings_.run.policy.own.domains;
  import.own_domains.insert(import.own_domains.end(), run.own_domains.begin(), run.own_domains.end());
  import.versions = settings_.versions;
  import.messages = run.judged.size();
  import.french = &french;
  import.english = &english;
  journal::describe_messages(import, run.judged);
  const std::scoped_lock lock(journal_);
  return journal::import_rows(settings_.folder, import, stamp()).map([](const journal::Imported&) {});
}

/// Rows of what was read so far, while reading goes on: soon for the first ones, then each time that there are half as many more.
void Session::show_provisional(bool at_once) {
  const bool is_enough = messages_.size() >= kFirstShown && messages_.size() >= shown_ + shown_ / 2;
  const auto wait = shown_ == 0 ? Clock::duration(kFirstWait) : 4 * judging_ + kFirstWait;
  if (messages_.size() == shown_ || (!at_once && (!is_enough || Clock::now() - last_shown_ < wait))) return;
  const auto begin = Clock::now();
  if (auto run = judged(Logs::as_read)) publish(std::make_shared<const pipeline::Run>(std::move(*run)), true);
  shown_ = messages_.size();
  last_shown_ = Clock::now();
  judging_ = last_shown_ - begin;
}

void Session::publish(std::shared_ptr<const pipeline::Run> run, bool is_provisional) {
  const std::scoped_lock writing(journal_);
  const auto known = journal::Case::read(settings_.folder, settings_.temporary_folder);
  if (!known) return;
  auto made = std::make_shared<Snapshot>();
  made->is_provisional = is_provisional;
  made->title = known->opening().title;
  made->zone = settings_.zone;
  made->head = std::to_string(known->head().seq) + " " + known->head().hash;
  made->run = run;
  made->own_domains = settings_.run.policy.own.domains;
  std::unordered_set<std::string> gone;
  for (const Language language : {Language::fr, Language::en}) {
    std::vector<Row> rows = run ? rows_of(*run, language) : std::vector<Row>();
    if (language == Language::fr) {
      gone = imported_;
      for (const Row& row : rows) gone.erase(row.id);
    }
    const timeline::Exhibit exhibit = known->exhibit(language);
    if (known->fault()) made->fault[at(language)] = journal::sentence_of(*known->fault(), language);
    made->timeline[at(language)] = listed(exhibit, Tab::timeline, gone);
    made->actions[at(language)] = listed(exhibit, Tab::actions, {});
    if (is_provisional) add_unnumbered(made->timeline[at(language)], std::move(rows));
    made->verdict[at(language)] = verdict_json(exhibit_of(*made, language));
  }
  if (run) {
    if (made->own_domains.empty()) made->own_domains = run->own_domains;
    made->family = timeline::family_of(run->judged);
    for (const auto& judged : run->judged) made->messages.emplace(timeline::message_row_id(*judged.facts), &judged);
  }
  show(std::move(made));
}

}  // namespace threadline::apps::serve
