// SPDX-License-Identifier: Apache-2.0
#include "base/external_sort.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <queue>
#include <utility>

#include "base/pipe.h"
#include "base/scratch_file.h"

namespace threadline::inline base {
namespace {

constexpr std::size_t kLength = sizeof(std::uint32_t);
constexpr std::size_t kLeastBlock = 4'096, kBlocks = std::size_t{4} << 20U;  ///< bytes read at once: of one run, of all
constexpr std::uint64_t kFlip = std::uint64_t{1} << 63U;                     ///< puts negative numbers first

Error disk_error(const std::string& what, const std::string& folder) {
  return {what + ": " + std::strerror(errno), folder, "is there room in it? TMPDIR names another folder"};
}

void add_record(std::string& bytes, std::string_view record) {
  const auto length = static_cast<std::uint32_t>(record.size());
  char head[kLength];
  std::memcpy(head, &length, kLength);
  bytes.append(head, kLength).append(record);
}

}  // namespace

/// One run while it is read.
class ExternalSort::Cursor {
 public:
  Cursor(int file, Run run, std::size_t block, std::size_t number) : file_(file), run_(run), block_(block), number_(number) {}

  /// Goes to the next record; false at the end, and after a failure.
  bool next() {
    at_ += taken_;
    taken_ = 0;
    if (!holds(kLength)) return false;
    std::uint32_t length = 0;
    std::memcpy(&length, bytes_.data() + at_, kLength);
    if (!holds(kLength + length)) return false;
    taken_ = kLength + length;
    return true;
  }
  [[nodiscard]] std::string_view record() const { return std::string_view(bytes_).substr(at_ + kLength, taken_ - kLength); }
  [[nodiscard]] std::size_t number() const { return number_; }
  [[nodiscard]] bool has_failed() const { return has_failed_; }

 private:
  /// Reads until that many bytes are there from the current one on.
  bool holds(std::size_t count) {
    while (bytes_.size() - at_ < count) {
      if (run_.begin == run_.end) return false;
      bytes_.erase(0, std::exchange(at_, 0));
      const std::size_t before = bytes_.size();
      bytes_.resize(before + static_cast<std::size_t>(std::min<std::uint64_t>(block_, run_.end - run_.begin)));
      const ssize_t got = ::pread(file_, bytes_.data() + before, bytes_.size() - before, static_cast<off_t>(run_.begin));
      bytes_.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return has_failed_ = true, false;
      run_.begin += static_cast<std::uint64_t>(got);
    }
    return true;
  }

  int file_;
  Run run_;
  std::size_t block_, number_;
  std::string bytes_;
  std::size_t at_ = 0, taken_ = 0;
  bool has_failed_ = false;
};

ExternalSort::ExternalSort(std::string folder, std::size_t run_bytes) : folder_(std::move(folder)), run_bytes_(run_bytes) {}

std::string_view ExternalSort::record_at(std::size_t place) const {
  std::uint32_t length = 0;
  std::memcpy(&length, held_.data() + place, kLength);
  return std::string_view(held_).substr(place + kLength, length);
}

void ExternalSort::add(std::string_view record) {
  if (!failure_) return;
  places_.push_back(held_.size());
  add_record(held_, record);
  if (held_.size() >= run_bytes_) write_run();
}

void ExternalSort::sort_held() {
  std::ranges::stable_sort(places_, {}, [this](std::size_t place) { return record_at(place); });
}

void ExternalSort::write_run() {
  if (!file_.is_open()) file_ = open_nameless(folder_);
  if (!file_.is_open()) failure_ = tl::unexpected(disk_error("no file can be made", folder_));
  if (!failure_) return;
  sort_held();
  std::string sorted;
  sorted.reserve(held_.size());
  for (const std::size_t place : places_) add_record(sorted, record_at(place));
  if (!write_exactly(file_.number(), sorted)) {
    failure_ = tl::unexpected(disk_error("cannot be written", folder_));
    return;
  }
  runs_.push_back({written_, written_ + sorted.size()});
  written_ += sorted.size();
  held_.clear();
  places_.clear();
}

Result<void> ExternalSort::finish() {
  if (failure_ && !runs_.empty() && !places_.empty()) write_run();
  if (!failure_) return failure_;
  if (runs_.empty()) return sort_held(), Result<void>{};
  std::string().swap(held_);
  std::vector<std::size_t>().swap(places_);
  return {};
}

Result<void> ExternalSort::each(const std::function<bool(std::string_view)>& sink) const {
  if (!failure_) return failure_;
  for (const std::size_t place : places_) {
    if (!sink(record_at(place))) return {};
  }
  std::vector<std::unique_ptr<Cursor>> cursors;
  const auto is_behind = [](const Cursor* one, const Cursor* other) {
    const int order = one->record().compare(other->record());
    return order > 0 || (order == 0 && one->number() > other->number());
  };
  std::priority_queue<Cursor*, std::vector<Cursor*>, decltype(is_behind)> heads(is_behind);
  const auto advance = [&](Cursor* cursor) {
    if (cursor->next()) heads.push(cursor);
    return !cursor->has_failed();
  };
  const std::size_t block = std::max(kLeastBlock, kBlocks / std::max<std::size_t>(runs_.size(), 1));
  bool is_read = true;
  for (const Run& run : runs_) {
    cursors.push_back(std::make_unique<Cursor>(file_.number(), run, block, cursors.size()));
    is_read = is_read && advance(cursors.back().get());
  }
  while (is_read && !heads.empty()) {
    Cursor* const first = heads.top();
    heads.pop();
    if (!sink(first->record())) return {};
    is_read = advance(first);
  }
  if (is_read) return {};
  return tl::unexpected(disk_error("what was put aside cannot be read", folder_));
}

void add_ordered(std::string& key, std::int64_t number) {
  const std::uint64_t bits = static_cast<std::uint64_t>(number) ^ kFlip;
  for (unsigned shift = 64; shift > 0; shift -= 8) key += static_cast<char>(bits >> (shift - 8) & 0xFFU);
}

std::int64_t take_ordered(std::string_view& bytes) {
  std::uint64_t bits = 0;
  for (const char byte : bytes.substr(0, sizeof bits)) bits = bits << 8U | static_cast<unsigned char>(byte);
  bytes.remove_prefix(sizeof bits);
  return static_cast<std::int64_t>(bits ^ kFlip);
}

}  // namespace threadline::inline base
