// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "apps/serve/held_sources.h"
#include "apps/serve/reader.h"
#include "apps/serve/snapshot.h"
#include "timeline/journal/import.h"
#include "timeline/journal/record.h"

namespace threadline::apps::serve {

/// A file that was dropped or named, and what became of it.
struct ReceivedFile {
  enum class State { waiting, reading, done, refused, known };
  std::uint64_t id = 0;
  std::string name;  ///< as the browser told it, one line, no path upwards
  std::string path;  ///< where its bytes are
  std::uint64_t size = 0;
  std::string sha256;
  State state = State::waiting;
  bool is_kept = false;                           ///< the case knew it before this session
  bool is_log = false;                            ///< or holds some
  std::uint64_t messages = 0, records = 0;        ///< records of logs
  std::vector<timeline::EvidenceRemark> remarks;  ///< of what could not be read in it (the first few)
  std::uint64_t changed = 0;                      ///< version of the last change
};

/// What a session works with.
struct SessionSettings {
  pipeline::RunSettings run;
  std::string folder;            ///< of the case
  std::string temporary_folder;  ///< for what is being received
  std::string by;                ///< who works: into the journal
  std::string zone;              ///< IANA name in which new rows show time, or empty
  std::string language;          ///< "fr", "en", or empty: the browser's
  bool is_temporary = false;     ///< the folder goes when the program ends
  timeline::journal::Versions versions;
  std::string policy_path, policy_sha256;
  std::function<std::string()> now;  ///< RFC 3339 in UTC
};

/// One case with the evidence of this session: what is received is read in the background, judged together with all before it,
/// and brought into the case. Requests read snapshots. Threads: any.
class Session {
 public:
  /// Errors: the folder holds no case. `reader` must outlive it.
  [[nodiscard]] static Result<std::unique_ptr<Session>> open(SessionSettings settings, const Reader& reader);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Gives the next piece of an upload; empty at its end. Errors: it was cut short.
  using Pieces = std::function<bool(const std::function<bool(std::string_view)>&)>;
  /// Receives one file. Errors: a limit (uploads, uploads_bytes), the disk, an upload that was cut short.
  /// `written`: when the file was last written, where it came from (the year of a log whose times have none).
  [[nodiscard]] Result<ReceivedFile> receive(const std::string& name, const Pieces& pieces,
                                             std::optional<std::chrono::sys_seconds> written = {});
  /// A file or folder of this machine, named on the command line: read where it is.
  void add_path(const std::string& path);

  [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const;
  /// explain's JSON of a message and what is shown of its source. Errors: no such message in this session; its reading failed.
  [[nodiscard]] Result<std::string> message_json(const std::string& id, Language language) const;

  /// Each adds one entry to the journal and shows it. Errors: as timeline::journal.
  [[nodiscard]] Result<timeline::journal::Head> strike(std::uint64_t row, const std::string& why);
  [[nodiscard]] Result<timeline::journal::Head> note(std::uint64_t row, const std::string& text);
  [[nodiscard]] Result<timeline::journal::Head> qualify(std::uint64_t row, const std::string& as, const std::string& why);
  [[nodiscard]] Result<timeline::journal::Head> act(const timeline::journal::Written& written);

  /// Progress as JSON once something is newer than `version`, or after `milliseconds`: docs/openapi.json, Progress. `version`
  /// becomes that up to which all is told: files that changed beyond kFilesInAnswer are told by the next answer.
  [[nodiscard]] std::string progress_after(std::uint64_t& version, unsigned milliseconds, Language language) const;
  /// One received file as JSON, and its state; empty where there is none of that number.
  [[nodiscard]] std::string file_json(std::uint64_t id, Language language, ReceivedFile::State& state) const;
  /// Hands the case as it is now to a writer, while nobody else writes. Errors: as the writer; the journal cannot be read.
  [[nodiscard]] Result<void> export_case(const std::function<Result<void>(const timeline::Exhibit&)>& write, Language language);
  /// Copies the case to a new folder and works on there. Errors: it is there already, or cannot be written.
  [[nodiscard]] Result<void> keep_in(const std::string& folder);
  [[nodiscard]] std::string folder() const;
  /// The case goes when the program ends.
  [[nodiscard]] bool is_temporary() const;
  [[nodiscard]] const SessionSettings& settings() const { return settings_; }
  /// Ends the reading and wakes who waits for progress.
  void stop();
  [[nodiscard]] bool is_stopped() const;

 private:
  struct Batch;
  Session(SessionSettings settings, const Reader& reader);
  [[nodiscard]] Result<void> take_kept_evidence();
  [[nodiscard]] timeline::journal::Stamp stamp() const;
  void work();
  void await_more(std::unique_lock<std::mutex>& lock);
  void read_batch(const std::vector<std::size_t>& files);
  void hear_item(const Batch& batch, const evidence::Item& item);
  void hear_facts(Batch& batch, std::vector<facts::Facts>&& facts);
  void hear_remark(const Batch& batch, std::uint64_t order, timeline::EvidenceRemark&& remark);
  void hear_log(const Batch& batch, const std::string& path);
  [[nodiscard]] Result<pipeline::GatheredLogs> gather_logs(const std::vector<std::string>& paths, const logs::Wanted& wanted);
  void give_up(const std::string& why);
  void end_batch(const Batch& batch, const Result<void>& read);
  void settle();
  enum class Logs { read_anew, as_read };
  [[nodiscard]] Result<pipeline::Run> judged(Logs logs) const;
  [[nodiscard]] std::vector<Row> rows_of(const pipeline::Run& run, Language language) const;
  [[nodiscard]] Result<void> import(const pipeline::Run& run, const std::vector<std::size_t>& files);
  void publish(std::shared_ptr<const pipeline::Run> run, bool is_provisional);
  void show_provisional(bool at_once = false);
  using Write = std::function<Result<timeline::journal::Head>(const timeline::journal::Stamp&)>;
  using Mark = std::function<void(ShownRow&, timeline::Remark)>;
  /// Writes an entry, then shows what it says of that row (0: of none) without a replay of the journal.
  [[nodiscard]] Result<timeline::journal::Head> record(const Write& write, std::uint64_t row, const Mark& mark);
  void show(std::shared_ptr<Snapshot> made);
  using Places = std::map<std::string, std::size_t>;  ///< of files, by path
  [[nodiscard]] ReceivedFile* file_of(const Places& places, const std::string& source);
  void name_as_received(const Places& places, std::string& source);

  SessionSettings settings_;
  const Reader& reader_;
  HeldSources sources_;

  mutable std::mutex mutex_;  ///< of what stands from here to the blank line
  mutable std::condition_variable changed_;
  std::vector<ReceivedFile> files_;
  std::unordered_set<std::string> digests_;
  std::uint64_t received_bytes_ = 0, items_ = 0, version_ = 1;
  std::shared_ptr<const Snapshot> snapshot_;
  bool is_temporary_, stopping_ = false, reading_ = false;
  std::string trouble_;  ///< why the last batch did not come into the case

  // of the working thread alone
  std::vector<std::shared_ptr<facts::Facts>> messages_;
  std::vector<std::pair<std::uint64_t, timeline::EvidenceRemark>> remarks_;
  std::vector<std::string> log_paths_;                 ///< files that are logs or hold some
  std::vector<timeline::EvidenceRemark> log_remarks_;  ///< what they came to when they were last read
  std::vector<timeline::Logged> logged_;
  std::uint64_t next_order_ = 0;
  std::vector<std::size_t> read_;  ///< files whose messages are not in the case yet
  std::size_t shown_ = 0;          ///< messages when rows were last shown
  std::chrono::steady_clock::time_point last_shown_{};
  std::chrono::steady_clock::duration judging_{};
  std::unordered_set<std::string> imported_;  ///< ids of rows that this session brought into the case
  std::vector<std::string> brought_;          ///< digests of the files that it brought; all are judged together

  std::mutex journal_;  ///< one writer, and one reader that shows what was written
  std::jthread worker_;
};

}  // namespace threadline::apps::serve
