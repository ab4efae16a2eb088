// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/descriptor.h"
#include "base/result.h"

namespace threadline::inline base {

/// A file that no name leads to, for its owner alone, so that nothing is left behind whatever ends this process. Errors: it is
/// not open, and errno.
[[nodiscard]] Descriptor open_nameless(const std::string& folder);

/// A file for what a run keeps while it lasts, readable by its owner alone: appended to, and read anywhere.
/// Errors: the first one stays in failure(), and nothing is written or read after it.
class ScratchFile {
 public:
  /// A file in that folder that no name leads to: nothing is left behind, whatever ends this process. Made when it is needed.
  explicit ScratchFile(std::string folder) : folder_(std::move(folder)) {}
  /// A file of that name, opened or made.
  [[nodiscard]] static ScratchFile named(const std::string& path);
  ~ScratchFile();
  ScratchFile(ScratchFile&& other) noexcept = default;
  ScratchFile& operator=(ScratchFile&&) = delete;

  /// Answers where the bytes begin.
  std::uint64_t append(std::string_view bytes);
  /// Hands to the kernel what is still in this process: then a killed process loses nothing of it.
  void flush();
  /// Fewer than `length` bytes at the end of the file only.
  [[nodiscard]] std::string read(std::uint64_t offset, std::uint64_t length);
  /// The same of what was flushed. Threads: any number at once. Errors: nothing, and errno.
  [[nodiscard]] std::optional<std::string> read_flushed(std::uint64_t offset, std::uint64_t length) const;
  [[nodiscard]] std::uint64_t size() const { return written_ + waiting_.size(); }
  /// Takes a file with a name for this process alone. Answers false where another has it.
  [[nodiscard]] bool lock();
  /// Cuts off what stands behind that place.
  void cut(std::uint64_t size);
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }
  void fail(Error error);

 private:
  void write(std::string_view bytes);
  [[nodiscard]] std::string place() const { return path_.empty() ? folder_ : path_; }

  std::string folder_, path_;
  Descriptor descriptor_;
  std::string waiting_;
  std::uint64_t written_ = 0;
  std::optional<Error> failure_;
};

}  // namespace threadline::inline base
