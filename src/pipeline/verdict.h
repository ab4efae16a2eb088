// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/column.h"
#include "base/scratch_file.h"
#include "findings/context.h"
#include "findings/finding.h"
#include "pipeline/missing.h"

namespace threadline::pipeline {

/// What was concluded about one message, without its facts.
struct Verdict {
  findings::Direction direction = findings::Direction::unknown;
  std::vector<findings::Finding> findings;
  std::vector<findings::Presented> presented;
  std::vector<Note> notes;                                      ///< limits that the judgement reached
  std::vector<std::shared_ptr<const facts::Facts>> remembered;  ///< originals that the memory knows, parallel to the quoted ones
};

/// What the whole run says of it.
struct Sequel {
  std::vector<std::uint32_t> originals;  ///< by rank, parallel to the quoted ones; kNone
  std::vector<MissingSearch::Claim> claims;
};

/// As bytes, and back. Errors of decoding: nothing.
[[nodiscard]] std::string encode(const Verdict& verdict);
[[nodiscard]] std::string encode(const Sequel& sequel);
[[nodiscard]] bool decode(std::string_view bytes, Verdict& verdict);
[[nodiscard]] bool decode(std::string_view bytes, Sequel& sequel);

/// A row of such conclusions, by rank: in memory, or in a file without a name.
/// Threads: one that adds; when nothing is added any more, at() is for any number of them.
template <class T>
class Conclusions {
 public:
  /// `folder`: of the file; empty: in memory.
  explicit Conclusions(const std::string& folder) {
    if (!folder.empty()) file_.emplace(folder);
  }
  void add(T&& conclusion) {
    if (!file_) return in_memory_.push_back(std::make_shared<const T>(std::move(conclusion)));
    begins_.push_back(file_->append(encode(conclusion)));
  }
  [[nodiscard]] std::shared_ptr<const T> at(std::size_t rank) const {
    if (!file_) return in_memory_[rank];
    auto conclusion = std::make_shared<T>();
    const std::uint64_t begin = begins_[rank];
    std::uint64_t end = 0;
    {
      const std::lock_guard lock(mutex_);
      file_->flush();
      end = rank + 1 < begins_.size() ? begins_[rank + 1] : file_->size();
    }
    if (begin == end) return conclusion;
    const auto bytes = file_->read_flushed(begin, end - begin);
    if (bytes && decode(*bytes, *conclusion)) return conclusion;
    const std::lock_guard lock(mutex_);
    file_->fail({"what was concluded cannot be read again", {}, {}});
    return conclusion;
  }
  [[nodiscard]] std::optional<Error> failure() const { return file_ ? file_->failure() : std::nullopt; }

 private:
  std::vector<std::shared_ptr<const T>> in_memory_;
  mutable std::mutex mutex_;  ///< of the file
  mutable std::optional<ScratchFile> file_;
  Column<std::uint64_t> begins_;  ///< in the file; each ends where the next begins
};

}  // namespace threadline::pipeline
