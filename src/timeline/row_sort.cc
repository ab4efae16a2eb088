// SPDX-License-Identifier: Apache-2.0
#include "timeline/row_sort.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <queue>
#include <tuple>
#include <type_traits>
#include <utility>

#include "text/charset.h"
#include "timeline/json.h"

namespace threadline::timeline {
namespace {

constexpr std::uint64_t kReadTogether = 16U << 20U;  ///< bytes of all runs that are in memory while they are merged
constexpr std::uint64_t kLeastRead = 16U << 10U;     ///< bytes of one run

/// A source as a reader of jsonl has it, also where a file's name is no UTF-8: who joins outputs sorts by what stands in them.
std::string shown_source(const std::string& source) {
  return text::is_valid_utf8(source) ? source : Json::parse(dumped(Json(source))).get<std::string>();
}

/// Below 0: before; 0: the same. By bytes, which in UTF-8 is by code points.
int compare_sources(const std::string& one, const std::string& other) {
  if (one == other) return 0;
  if (text::is_valid_utf8(one) && text::is_valid_utf8(other)) return one.compare(other);
  return shown_source(one).compare(shown_source(other));
}

bool is_before(const Draft& one, const Draft& other) {
  if (one.known_at.has_value() != other.known_at.has_value()) return one.known_at.has_value();
  if (one.known_at && *one.known_at != *other.known_at) return *one.known_at < *other.known_at;
  const int sources = compare_sources(one.row.source, other.row.source);
  return sources != 0 ? sources < 0 : one.row.id < other.row.id;
}

/// Walks over the fields of a row and its place, the same way to write and to read them; host byte order.
template <class Io>
void walk(Io& io, Draft& draft) {
  Row& row = draft.row;
  io(draft.known_at);
  for (std::string* text :
       {&row.id, &row.kind, &row.time_basis, &row.zone, &row.zone_basis, &row.time_text, &row.source, &row.source_label,
        &row.sha256, &row.actor, &row.action, &row.comment, &row.code, &row.severity, &row.evidence_json})
    io(*text);
  for (auto* text : {&row.about, &row.time, &row.known_at, &row.message_id}) io(*text);
  io(row.confidence);
  io(row.sources);
  io(row.attack);
}

struct Writer {
  std::string bytes;

  template <class T>
  requires std::is_arithmetic_v<T>
  void operator()(T value) { bytes.append(reinterpret_cast<const char*>(&value), sizeof value); }
  void operator()(const Instant& at) { (*this)(at.seconds), (*this)(at.offset_minutes); }
  void operator()(const std::string& text) {
    (*this)(static_cast<std::uint32_t>(text.size()));
    bytes += text;
  }
  template <class T>
  void operator()(const std::optional<T>& value) {
    (*this)(value.has_value());
    if (value) (*this)(*value);
  }
  void operator()(const std::vector<std::string>& list) {
    (*this)(static_cast<std::uint32_t>(list.size()));
    for (const std::string& one : list) (*this)(one);
  }
};

/// Reads what a Writer of this process wrote; stops at the end of the bytes.
struct Reader {
  std::string_view rest;

  std::string_view take(std::size_t count) {
    const auto taken = rest.substr(0, count);
    rest.remove_prefix(taken.size());
    return taken;
  }
  template <class T>
  requires std::is_arithmetic_v<T>
  void operator()(T& value) {
    const auto taken = take(sizeof value);
    if (taken.size() == sizeof value) std::memcpy(&value, taken.data(), sizeof value);
  }
  void operator()(Instant& at) { (*this)(at.seconds), (*this)(at.offset_minutes); }
  void operator()(std::string& text) {
    std::uint32_t length = 0;
    (*this)(length);
    text = take(length);
  }
  template <class T>
  void operator()(std::optional<T>& value) {
    bool is_there = false;
    (*this)(is_there);
    if (is_there) (*this)(value.emplace());
  }
  void operator()(std::vector<std::string>& list) {
    std::uint32_t count = 0;
    (*this)(count);
    for (std::uint32_t at = 0; at < count && !rest.empty(); ++at) (*this)(list.emplace_back());
  }
};

std::uint64_t hash_of_id(const std::string& id) { return short_hash(id); }

}  // namespace

std::uint64_t bytes_of(const Row& row) {
  std::uint64_t bytes = sizeof(Draft) + 256 + row.comment.size() + row.evidence_json.size() + row.action.size();
  for (const std::string& source : row.sources) bytes += sizeof source + source.size();
  return bytes;
}

/// One run, read piece by piece.
class RowSort::RunReader {
 public:
  RunReader(ScratchFile& file, Run run, std::uint64_t piece) : file_(file), run_(run), piece_(piece) { next(); }
  [[nodiscard]] bool is_done() const { return is_done_; }
  Draft draft;

  void next() {
    std::uint32_t length = 0;
    if (!has(sizeof length)) return end();
    std::memcpy(&length, piece_bytes_.data() + at_, sizeof length);
    if (!has(sizeof length + length)) return end();
    draft = {};
    Reader reader{std::string_view(piece_bytes_).substr(at_ + sizeof length, length)};
    walk(reader, draft);
    at_ += sizeof length + length;
  }

 private:
  bool has(std::uint64_t count) {
    if (piece_bytes_.size() - at_ >= count) return true;
    piece_bytes_.erase(0, at_);
    at_ = 0;
    const std::uint64_t more = std::min(run_.end - run_.at, std::max(piece_, count - piece_bytes_.size()));
    piece_bytes_ += file_.read(run_.at, more);
    run_.at += more;
    return piece_bytes_.size() >= count;
  }
  void end() {
    is_done_ = true;
    piece_bytes_ = {};
  }

  ScratchFile& file_;
  Run run_;
  std::uint64_t piece_;
  std::string piece_bytes_;
  std::size_t at_ = 0;
  bool is_done_ = false;
};

void RowSort::set_id(Draft& draft) {
  if (draft.row.id.empty()) draft.row.id = row_id(draft.identity);
  for (int again = 2; !used_.add({hash_of_id(draft.row.id)}); ++again) {
    Identity other = draft.identity;
    other.subject += "#" + std::to_string(again);
    draft.row.id = row_id(other);
  }
}

void RowSort::add(Draft&& draft) {
  set_id(draft);
  draft.identity = {};
  bytes_ += bytes_of(draft.row);
  drafts_.push_back(std::move(draft));
  if (bytes_ > settings_.memory_bytes) spill();
}

void RowSort::spill() {
  std::ranges::sort(drafts_, is_before);
  Run run{file_.size(), 0};
  for (Draft& draft : drafts_) {
    Writer writer;
    walk(writer, draft);
    const auto length = static_cast<std::uint32_t>(writer.bytes.size());
    file_.append({reinterpret_cast<const char*>(&length), sizeof length});
    file_.append(writer.bytes);
  }
  run.end = file_.size();
  runs_.push_back(run);
  drafts_.clear();
  bytes_ = 0;
}

Result<void> RowSort::each(const std::function<bool(Row&&)>& take) {
  if (!runs_.empty()) return merge(take);
  std::ranges::sort(drafts_, is_before);
  std::uint64_t number = 0;
  for (Draft& draft : drafts_) {
    draft.row.row = ++number;
    if (!take(std::move(draft.row))) break;
  }
  drafts_ = {};
  return {};
}

Result<void> RowSort::merge(const std::function<bool(Row&&)>& take) {
  if (!drafts_.empty()) spill();
  drafts_ = {};
  used_ = {};
  file_.flush();
  std::vector<std::unique_ptr<RunReader>> runs;
  const auto later = [&](std::size_t one, std::size_t other) { return is_before(runs[other]->draft, runs[one]->draft); };
  std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(later)> next(later);
  const std::uint64_t piece = std::max(kLeastRead, kReadTogether / runs_.size());
  for (const Run& run : runs_) runs.push_back(std::make_unique<RunReader>(file_, run, piece));
  for (std::size_t at = 0; at < runs.size(); ++at) {
    if (!runs[at]->is_done()) next.push(at);
  }
  for (std::uint64_t number = 1; !next.empty() && !file_.failure(); ++number) {
    const std::size_t at = next.top();
    next.pop();
    runs[at]->draft.row.row = number;
    if (!take(std::move(runs[at]->draft.row))) break;
    runs[at]->next();
    if (!runs[at]->is_done()) next.push(at);
  }
  if (file_.failure()) return tl::unexpected(*file_.failure());
  return {};
}

}  // namespace threadline::timeline
