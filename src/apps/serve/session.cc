// SPDX-License-Identifier: Apache-2.0
#include "apps/serve/session.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "apps/serve/verdict.h"
#include "base/descriptor.h"
#include "base/pipe.h"
#include "base/sha256.h"
#include "timeline/journal/action_row.h"
#include "timeline/rows.h"
#include "timeline/sentences.h"
#include "timeline/visible.h"

namespace threadline::apps::serve {
namespace {

namespace fs = std::filesystem;
namespace journal = timeline::journal;
using Json = nlohmann::ordered_json;
using State = ReceivedFile::State;

constexpr std::size_t kLongestName = 400;      ///< code points of a file's name
constexpr std::size_t kFilesInAnswer = 2'000;  ///< files of one answer about progress

std::string_view name_of(State state) {
  switch (state) {
    case State::waiting: return "waiting";
    case State::reading: return "reading";
    case State::done: return "done";
    case State::refused: return "refused";
    case State::known: return "known";
  }
  return "";
}

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

Error disk(const std::string& path) { return {std::string("could not be written: ") + std::strerror(errno), path, {}}; }

Error too_much(std::string_view limit) {
  return {"limit", {}, std::string(limit)};  // the edge makes words of it
}

Json json_of(const ReceivedFile& file, Language language) {
  Json one{{"id", file.id},
           {"name", file.name},
           {"size", file.size},
           {"sha256", file.sha256},
           {"state", name_of(file.state)},
           {"messages", file.messages},
           {"log", file.is_log},
           {"records", file.records}};
  one["remarks"] = Json::array();
  for (const auto& remark : file.remarks) one["remarks"].push_back(timeline::sentence_of(remark, language));
  return one;
}

/// A file that is being received; it goes with this unless it was kept.
struct Incoming {
  explicit Incoming(const std::string& folder) : path(folder + "/incoming-XXXXXX"), file(mkostemp(path.data(), O_CLOEXEC)) {}
  Incoming(const Incoming&) = delete;
  Incoming& operator=(const Incoming&) = delete;
  ~Incoming() {
    if (file < 0) return;
    close(file);
    unlink(path.c_str());
  }
  bool add(std::string_view piece) {
    digest.add(piece);
    size += piece.size();
    return write_exactly(file, piece);
  }

  void set_time(std::chrono::sys_seconds at) const {
    const timespec time{at.time_since_epoch().count(), 0};
    const std::array<timespec, 2> times{time, time};
    futimens(file, times.data());  // where it fails the file is dated now
  }

  std::string path;
  int file;
  Sha256 digest;
  std::uint64_t size = 0;
};

std::string digest_of(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return {};
  Sha256 digest;
  std::string block(65'536, '\0');
  ssize_t got = 0;
  while ((got = ::read(file.number(), block.data(), block.size())) > 0) digest.add({block.data(), static_cast<std::size_t>(got)});
  return got < 0 ? std::string() : digest.hex();
}

}  // namespace

Session::Session(SessionSettings settings, const Reader& reader)
    : settings_(std::move(settings)),
      reader_(reader),
      sources_(settings_.temporary_folder, settings_.run.limits.held_source_bytes),
      is_temporary_(settings_.is_temporary) {
  settings_.run.gather_logs = [this](const std::vector<std::string>& paths, const logs::Wanted& wanted) {
    return gather_logs(paths, wanted);
  };
}

Result<std::unique_ptr<Session>> Session::open(SessionSettings settings, const Reader& reader) {
  std::unique_ptr<Session> session(new Session(std::move(settings), reader));
  if (const auto taken = session->take_kept_evidence(); !taken) return tl::unexpected(taken.error());
  session->publish(nullptr, false);
  session->worker_ = std::jthread([one = session.get()] { one->work(); });
  return session;
}

Session::~Session() {
  stop();
  if (worker_.joinable()) worker_.join();
}

void Session::stop() {
  const std::scoped_lock lock(mutex_);
  stopping_ = true;
  changed_.notify_all();
}

bool Session::is_stopped() const {
  const std::scoped_lock lock(mutex_);
  return stopping_;
}

journal::Stamp Session::stamp() const { return {settings_.now(), settings_.by}; }

/// Evidence that the case has, in its folder or where it was read: it is judged together with what comes.
Result<void> Session::take_kept_evidence() {
  const auto known = journal::Case::read(settings_.folder, settings_.temporary_folder);
  if (!known) return tl::unexpected(known.error());
  for (const auto& file : known->exhibit(Language::en).evidence) {
    if (file.sha256.empty() || !digests_.insert(file.sha256).second) continue;
    ReceivedFile kept;
    kept.name = file.path;
    kept.size = file.size;
    kept.sha256 = file.sha256;
    kept.is_kept = true;
    kept.path = settings_.folder + "/evidence/" + file.sha256;
    std::error_code error;
    if (!fs::exists(kept.path, error)) kept.path = digest_of(file.path) == file.sha256 ? file.path : std::string();
    if (kept.path.empty()) continue;
    kept.id = files_.size() + 1;
    files_.push_back(std::move(kept));
  }
  return {};
}

Result<ReceivedFile> Session::receive(const std::string& name, const Pieces& pieces,
                                      std::optional<std::chrono::sys_seconds> written) {
  {
    const std::scoped_lock lock(mutex_);
    if (files_.size() >= settings_.run.limits.uploads) return tl::unexpected(too_much("uploads"));
    if (received_bytes_ >= settings_.run.limits.uploads_bytes) return tl::unexpected(too_much("uploads_bytes"));
  }
  Incoming incoming(settings_.temporary_folder);
  if (incoming.file < 0) return tl::unexpected(disk(incoming.path));
  bool is_written = true;
  const bool is_whole = pieces([&](std::string_view piece) { return is_written = incoming.add(piece); });
  if (!is_written) return tl::unexpected(disk(incoming.path));
  if (!is_whole) return tl::unexpected(Error{"the upload was cut short", {}, {}});
  if (written) incoming.set_time(*written);
  ReceivedFile file;
  file.name = timeline::one_line(timeline::visible(name), kLongestName);
  file.size = incoming.size;
  file.sha256 = incoming.digest.hex();
  bool is_known = false;
  {
    const std::scoped_lock lock(mutex_);
    is_known = !digests_.insert(file.sha256).second;
  }
  if (is_known) {
    file.state = State::known;
  } else {
    const std::scoped_lock lock(journal_);  // the case may be moving to another folder
    const auto kept = journal::keep_file(settings_.folder, incoming.path);
    if (!kept) return tl::unexpected(kept.error());
    file.path = settings_.folder + "/evidence/" + file.sha256;
  }
  const std::scoped_lock lock(mutex_);
  received_bytes_ += file.size;
  file.id = files_.size() + 1;
  file.changed = ++version_;
  files_.push_back(file);
  changed_.notify_all();
  return file;
}

void Session::add_path(const std::string& path) {
  std::error_code error;
  ReceivedFile file;
  file.name = path;
  file.path = path;
  file.size = fs::is_regular_file(path, error) ? fs::file_size(path, error) : 0;
  if (fs::is_regular_file(path, error)) file.sha256 = digest_of(path);
  const std::scoped_lock lock(mutex_);
  file.id = files_.size() + 1;
  file.changed = ++version_;
  files_.push_back(std::move(file));
  changed_.notify_all();
}

Result<void> Session::keep_in(const std::string& folder) {
  const std::scoped_lock writing(journal_);
  std::error_code error;
  if (fs::exists(folder, error)) return tl::unexpected(Error{"is there already", folder, "name a folder that does not exist"});
  if (!fs::create_directory(folder, error)) return tl::unexpected(Error{"could not be made: " + error.message(), folder, {}});
  fs::copy(settings_.folder, folder, fs::copy_options::recursive, error);
  if (error) return tl::unexpected(Error{"could not be written: " + error.message(), folder, {}});
  const std::scoped_lock lock(mutex_);
  settings_.folder = folder;
  is_temporary_ = false;
  changed_.notify_all();
  return {};
}

std::string Session::folder() const {
  const std::scoped_lock lock(mutex_);
  return settings_.folder;
}

bool Session::is_temporary() const {
  const std::scoped_lock lock(mutex_);
  return is_temporary_;
}

std::string Session::file_json(std::uint64_t id, Language language, State& state) const {
  const std::scoped_lock lock(mutex_);
  if (id == 0 || id > files_.size()) return {};
  state = files_[id - 1].state;
  return dumped(json_of(files_[id - 1], language));
}

Result<void> Session::export_case(const std::function<Result<void>(const timeline::Exhibit&)>& write, Language language) {
  const std::scoped_lock lock(journal_);
  const auto known = journal::Case::read(settings_.folder, settings_.temporary_folder);
  if (!known) return tl::unexpected(known.error());
  return write(known->exhibit(language));
}

std::shared_ptr<const Snapshot> Session::snapshot() const {
  const std::scoped_lock lock(mutex_);
  return snapshot_;
}

Result<std::string> Session::message_json(const std::string& id, Language language) const {
  const auto shown = snapshot();
  const auto found = shown->messages.find(id);
  if (found == shown->messages.end()) return tl::unexpected(Error{"no such message", {}, {}});
  const timeline::Judged& judged = *found->second;
  Json answer = Json::object();
  answer["id"] = id;
  answer["message"] = Json::parse(timeline::explain_json(judged, shown->family, language), nullptr, false);
  Json sentences = Json::array();
  for (const auto& finding : judged.findings)
    sentences.push_back(
        {{"title", timeline::title_of(finding.code, language)}, {"sentence", timeline::sentence_of(finding, language)}});
  answer["sentences"] = std::move(sentences);
  std::string outermost = judged.facts->sha256;
  auto bytes = sources_.bytes_of(outermost);
  std::unordered_map<std::string_view, const facts::Facts*> by_digest;
  if (!bytes) {
    for (const auto& one : shown->run->judged) by_digest.emplace(one.facts->sha256, one.facts.get());
  }
  const facts::Facts* at = judged.facts.get();
  for (std::uint32_t depth = 0; !bytes && !at->carrier.empty() && depth <= settings_.run.limits.nested_depth; ++depth) {
    bytes = sources_.bytes_of(at->carrier);
    const auto carrier = by_digest.find(at->carrier);
    if (carrier == by_digest.end()) break;
    at = carrier->second;
  }
  answer["shown"] = nullptr;
  if (bytes) {
    const auto view = reader_.view(*bytes, judged.facts->sha256);
    if (view) answer["shown"] = Json::parse(*view, nullptr, false);
    if (!view) answer["trouble"] = view.error().what;
  }
  return dumped(answer);
}

Result<journal::Head> Session::record(const Write& write, std::uint64_t row, const Mark& mark) {
  const std::scoped_lock lock(journal_);
  const journal::Stamp now = stamp();
  const auto written = write(now);
  if (!written) return written;
  auto made = std::make_shared<Snapshot>(*snapshot());
  made->head = std::to_string(written->seq) + " " + written->hash;
  timeline::Remark remark{written->seq, now.at, now.by, {}, {}};
  journal::set_shown_time(remark, settings_.zone);
  for (const Language language : {Language::fr, Language::en}) {
    mark_row(made->timeline[at(language)], row, remark, mark);
    mark_row(made->actions[at(language)], row, remark, mark);
    if (auto entry = journal::last_written(settings_.folder, language)) {
      const bool is_event = entry->row.kind == "log";
      add_row((is_event ? made->timeline : made->actions)[at(language)], std::move(*entry));
    }
    made->verdict[at(language)] = verdict_json(exhibit_of(*made, language));
  }
  show(std::move(made));
  return written;
}

void Session::show(std::shared_ptr<Snapshot> made) {
  const std::scoped_lock lock(mutex_);
  made->version = ++version_;
  snapshot_ = std::move(made);
  changed_.notify_all();
}

Result<journal::Head> Session::strike(std::uint64_t row, const std::string& why) {
  return record([&](const journal::Stamp& now) { return journal::strike_row(settings_.folder, row, why, now); }, row,
                [&](ShownRow& shown, timeline::Remark remark) {
                  remark.text = why;
                  shown.struck = std::move(remark);
                });
}

Result<journal::Head> Session::note(std::uint64_t row, const std::string& text) {
  return record([&](const journal::Stamp& now) { return journal::note_row(settings_.folder, row, text, now); }, row,
                [&](ShownRow& shown, timeline::Remark remark) {
                  remark.text = text;
                  shown.notes.push_back(std::move(remark));
                });
}

Result<journal::Head> Session::qualify(std::uint64_t row, const std::string& as, const std::string& why) {
  return record(
      [&](const journal::Stamp& now) {
        return journal::qualify_row(settings_.folder, row, {0, {}, {}, as, why}, now);
      },
      row,
      [&](ShownRow& shown, timeline::Remark remark) {
        remark.as = as;
        remark.text = why;
        shown.qualified = std::move(remark);
      });
}

Result<journal::Head> Session::act(const journal::Written& written) {
  return record([&](const journal::Stamp& now) { return journal::write_row(settings_.folder, written, now); }, 0, nullptr);
}

std::string Session::progress_after(std::uint64_t& version, unsigned milliseconds, Language language) const {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::milliseconds(milliseconds), [&] { return stopping_ || version_ > version; });
  std::uint64_t waiting = 0;
  std::vector<const ReceivedFile*> news;
  for (const ReceivedFile& file : files_) {
    waiting += file.state == State::waiting || file.state == State::reading ? 1 : 0;
    if (file.changed > version) news.push_back(&file);
  }
  std::ranges::sort(news, {}, &ReceivedFile::changed);
  version = version_;
  if (news.size() > kFilesInAnswer) {
    news.resize(kFilesInAnswer);
    version = news.back()->changed;
  }
  Json files = Json::array();
  for (const ReceivedFile* file : news) files.push_back(json_of(*file, language));
  const std::uint64_t rows = snapshot_ ? snapshot_->timeline[at(language)].rows.size() : 0;
  return dumped({{"version", version},
                 {"snapshot", snapshot_ ? snapshot_->version : 0},
                 {"reading", reading_},
                 {"provisional", snapshot_ && snapshot_->is_provisional},
                 {"items", items_},
                 {"rows", rows},
                 {"files_waiting", waiting},
                 {"files_received", files_.size()},
                 {"trouble", trouble_},
                 {"files", std::move(files)}});
}

}  // namespace threadline::apps::serve
