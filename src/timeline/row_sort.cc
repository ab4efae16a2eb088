// SPDX-License-Identifier: Apache-2.0
#include "timeline/row_sort.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <queue>
#include <tuple>
#include <utility>

#include "base/bytes_form.h"
#include "base/pipe.h"
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

/// The fields of a row and its place.
struct DraftFields {
  static void of(auto& form, Is<Row> auto& it) {
    form(it.id, it.kind, it.time_basis, it.zone, it.zone_basis, it.time_text, it.source, it.source_label, it.sha256, it.actor);
    form(it.action, it.comment, it.code, it.severity, it.evidence_json, it.about, it.time, it.known_at, it.message_id);
    form(it.confidence, it.sources, it.attack);
  }
  static void of(auto& form, Is<Draft> auto& it) { form(it.known_at, it.row); }
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
    BytesReader<DraftFields> reader(std::string_view(piece_bytes_).substr(at_ + sizeof length, length));
    reader(draft);
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
    const std::string bytes = packed<DraftFields>(draft);
    const auto length = static_cast<std::uint32_t>(bytes.size());
    file_.append(threadline::bytes_of(length));
    file_.append(bytes);
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
