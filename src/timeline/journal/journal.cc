// SPDX-License-Identifier: Apache-2.0
#include "timeline/journal/journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>

#include "base/pipe.h"
#include "base/sha256.h"
#include "timeline/journal/entry.h"
#include "timeline/journal/fault.h"
#include "timeline/journal/files.h"

namespace threadline::timeline::journal {
namespace {

constexpr std::size_t kBlock = 1U << 20U;
constexpr mode_t kMode = 0666;

/// Errors: as read(2) says.
Result<std::size_t> read_at(int descriptor, char* to, std::size_t size, std::uint64_t offset, const std::string& path) {
  while (true) {
    const ssize_t got = ::pread(descriptor, to, size, static_cast<off_t>(offset));
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) return tl::unexpected(failure("cannot be read", path));
  }
}

/// The bytes behind the last line end before `end`: a torn line, or with `end` at a line end the last whole one.
Result<std::string> tail_before(int descriptor, std::uint64_t end, const std::string& path) {
  std::string tail;
  std::uint64_t at = end;
  while (at > 0) {
    const std::size_t size = std::min<std::uint64_t>(kBlock, at);
    std::string block(size, '\0');
    const auto got = read_at(descriptor, block.data(), size, at - size, path);
    if (!got) return tl::unexpected(got.error());
    const std::size_t line_end = block.rfind('\n');
    if (line_end != std::string::npos) return block.substr(line_end + 1) + tail;
    tail.insert(0, block);
    at -= size;
  }
  return tail;
}

/// What the end of a canonical line says: `,"prev":"...","seq":N,"type":"...","v":1}`. No text before it can hold that: a quote
/// in a text is escaped.
struct LineEnd {
  std::string_view prev;
  std::uint64_t seq = 0;
};

std::optional<LineEnd> end_of(std::string_view line) {
  constexpr std::string_view kPrev = ",\"prev\":\"";
  constexpr std::string_view kSeq = "\",\"seq\":";
  constexpr std::size_t kDigits = 64;
  const std::size_t at = line.rfind(kPrev);
  if (at == std::string_view::npos || !line.starts_with('{') || !line.ends_with(",\"v\":1}")) return std::nullopt;
  const std::string_view rest = line.substr(at + kPrev.size());
  if (rest.size() < kDigits || !rest.substr(kDigits).starts_with(kSeq)) return std::nullopt;
  LineEnd end{rest.substr(0, kDigits), 0};
  const char* number = rest.data() + kDigits + kSeq.size();
  const auto [stop, error] = std::from_chars(number, rest.data() + rest.size(), end.seq);
  return error == std::errc() && *stop == ',' ? std::optional(end) : std::nullopt;
}

/// The head of a chain that nothing speaks against, told by hashes and the ends of lines alone: some ten times as fast as reading
/// the entries. Nothing where a line is odd: then they are read.
std::optional<Head> head_at_a_glance(const std::string& path) {
  Head head{0, std::string(kNoHash)};
  bool is_whole = true;
  const auto read = for_each_line(path, [&](const Line& line) {
    const auto end = end_of(line.text);
    is_whole = end && end->seq == head.seq + 1 && end->prev == head.hash;
    if (is_whole) head = {end->seq, hash_of(line.text)};
    return is_whole;
  });
  return read && is_whole ? std::optional(head) : std::nullopt;
}

bool lock(int descriptor) {
  while (::flock(descriptor, LOCK_EX) != 0) {
    if (errno != EINTR) return false;
  }
  return true;
}

}  // namespace

std::string journal_path(const std::string& folder) { return folder + "/journal.jsonl"; }

Result<void> for_each_line(const std::string& path, const std::function<bool(const Line&)>& visit) {
  const Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!descriptor.is_open()) return tl::unexpected(failure("cannot be read", path));
  std::string held;
  std::string block(kBlock, '\0');
  std::uint64_t start = 0;  // of `held` in the file
  while (true) {
    const auto got = read_at(descriptor.number(), block.data(), kBlock, start + held.size(), path);
    if (!got) return tl::unexpected(got.error());
    if (*got == 0) break;
    const std::size_t searched = held.size();
    held.append(block, 0, *got);
    std::size_t begin = 0;
    for (std::size_t end = held.find('\n', searched); end != std::string::npos; end = held.find('\n', begin)) {
      if (!visit({std::string_view(held).substr(begin, end - begin), start + begin, false})) return {};
      begin = end + 1;
    }
    held.erase(0, begin);
    start += begin;
  }
  if (!held.empty()) visit({held, start, true});
  return {};
}

struct Appender::State {
  State(Descriptor&& file, std::string where) : journal(std::move(file)), folder(std::move(where)) {}

  Descriptor journal;
  std::string folder;
  Head head{0, std::string(kNoHash)};
  Head flushed = head;
  std::uint64_t size = 0;     ///< of the file, at the last flush
  std::uint64_t written = 0;  ///< beyond it
  std::string waiting;        ///< lines that are not written yet

  [[nodiscard]] std::string path() const { return journal_path(folder); }

  /// The file as it was at the last flush: nobody sees half of what was added.
  Error give_up(const std::string& what) {
    Error error = failure(what, path());
    if (::ftruncate(journal.number(), static_cast<off_t>(size)) == 0) ::fsync(journal.number());
    head = flushed;
    waiting.clear();
    written = 0;
    return error;
  }

  Result<void> write_waiting() {
    if (!write_exactly(journal.number(), waiting)) return tl::unexpected(give_up("the journal cannot be written"));
    written += waiting.size();
    waiting.clear();
    return {};
  }

  /// Puts a torn line aside. Answers the JSON of the entry that says so; empty: the file ends whole.
  Result<std::string> set_torn_aside() {
    const off_t end = ::lseek(journal.number(), 0, SEEK_END);
    if (end < 0) return tl::unexpected(failure("cannot be read", path()));
    const auto torn = tail_before(journal.number(), static_cast<std::uint64_t>(end), path());
    if (!torn) return tl::unexpected(torn.error());
    size = static_cast<std::uint64_t>(end) - torn->size();
    if (torn->empty()) return std::string();
    const std::string digest = sha256_hex(*torn);
    const std::string name = "torn/" + digest + ".bin";
    if (const auto kept = file_away(folder + "/" + name, *torn); !kept) return tl::unexpected(kept.error());
    if (::ftruncate(journal.number(), static_cast<off_t>(size)) != 0)
      return tl::unexpected(failure("the torn line cannot be taken out", path()));
    return canonical({{"bytes", torn->size()}, {"file", name}, {"sha256", digest}});
  }

  /// Walks the chain to its head. A last line that is no entry has the number of its line.
  Result<Faults> find_head() {
    Faults faults;
    if (const auto whole = head_at_a_glance(path())) {
      head = flushed = *whole;
      return faults;
    }
    Chain chain(Strictness::members);
    std::uint64_t lines = 0;
    const auto read = for_each_line(path(), [&](const Line& line) {
      ++lines;
      const Step step = chain.follow(line);
      faults.hear(step);
      head = {step.entry ? step.entry->seq : lines, hash_of(line.text)};
      return true;
    });
    if (!read) return tl::unexpected(read.error());
    flushed = head;
    return faults;
  }
};

Appender::Appender(std::unique_ptr<State> state) : state_(std::move(state)) {}
Appender::Appender(Appender&&) noexcept = default;
Appender::~Appender() = default;

const Head& Appender::head() const { return state_->head; }

Result<Appender> Appender::open(const std::string& folder, const Stamp& stamp) {
  const std::string path = journal_path(folder);
  Descriptor descriptor(::open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC));
  if (!descriptor.is_open()) {
    Error error = failure("cannot be opened", path);
    if (errno == ENOENT) error = {"there is no case here", folder, "threadline case init DIR makes one"};
    return tl::unexpected(error);
  }
  if (!lock(descriptor.number())) return tl::unexpected(failure("cannot be locked", path));
  auto state = std::make_unique<State>(std::move(descriptor), folder);
  const auto torn = state->set_torn_aside();
  if (!torn) return tl::unexpected(torn.error());
  const auto faults = state->find_head();
  if (!faults) return tl::unexpected(faults.error());
  const Fault* unknown = faults->unknown();
  if (unknown != nullptr && !stamp.despite_broken_chain)
    return tl::unexpected(
        Error{sentence_of(*unknown, Language::en), path,
              "nothing was written; keep a copy of the folder as it is, case verify says more; to write all the "
              "same, and record that in the journal: --despite-broken-chain"});
  Appender appender(std::move(state));
  if (const auto said = appender.say_what_was_found(*torn, *faults, stamp); !said) return tl::unexpected(said.error());
  return appender;
}

Result<void> Appender::say_what_was_found(const std::string& torn, const Faults& faults, const Stamp& stamp) {
  const Head before = head();
  if (!torn.empty()) {
    if (const auto said = add("torn", torn, stamp); !said) return tl::unexpected(said.error());
  }
  for (const Fault& fault : faults.all()) {
    if (faults.known_since(fault) != 0) continue;
    if (const auto said = add("broken", canonical(broken_body(fault)), stamp); !said) return tl::unexpected(said.error());
  }
  return head().seq == before.seq ? Result<void>{} : flush();
}

Result<Appender> Appender::create(const std::string& folder) {
  if (const auto made = make_folder(folder); !made) return tl::unexpected(made.error());
  const std::string path = journal_path(folder);
  Descriptor descriptor(::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC, kMode));
  if (!descriptor.is_open()) {
    Error error = failure("cannot be made", path);
    if (errno == EEXIST) error = {"there is a case already", folder, "a case is never begun anew"};
    return tl::unexpected(error);
  }
  if (!lock(descriptor.number())) return tl::unexpected(failure("cannot be locked", path));
  sync_folder(folder);
  sync_folder(folder + "/..");
  return Appender(std::make_unique<State>(std::move(descriptor), folder));
}

Result<std::uint64_t> Appender::add(std::string_view type, std::string_view body_json, const Stamp& stamp) {
  Entry entry{state_->head.seq + 1, std::string(type), stamp.at, stamp.by, state_->head.hash, {}};
  entry.body = Sorted::parse(body_json, nullptr, false);
  if (!entry.body.is_object()) entry.body = Sorted::object();
  const std::string line = line_of(entry);
  state_->waiting += line;
  state_->waiting += '\n';
  state_->head = {entry.seq, hash_of(line)};
  if (state_->waiting.size() < kBlock) return entry.seq;
  if (const auto written = state_->write_waiting(); !written) return tl::unexpected(written.error());
  return entry.seq;
}

Result<void> Appender::flush() {
  if (auto written = state_->write_waiting(); !written) return written;
  if (::fsync(state_->journal.number()) != 0) return tl::unexpected(state_->give_up("the journal cannot be written"));
  state_->size += state_->written;
  state_->written = 0;
  state_->flushed = state_->head;
  return {};
}

}  // namespace threadline::timeline::journal
