// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/note.h"

namespace threadline::archive {

/// The content of a gzip file, its members one behind the other, to the last byte before a cut or a damage. libarchive's own
/// filter gives nothing of the last 64 KiB before one, which is a whole message, and compares no checksum (3.6.2).
/// Source: RFC 1952.
class GzipContent {
 public:
  explicit GzipContent(int descriptor);
  ~GzipContent();
  GzipContent(const GzipContent&) = delete;
  GzipContent& operator=(const GzipContent&) = delete;

  /// The next bytes, valid until the next call; empty: that was all.
  [[nodiscard]] std::string_view next();
  /// The name that the first member stores, or empty; known behind the first `next`.
  [[nodiscard]] std::string name() const;
  /// Seconds since 1970, where the first member states a time; known behind the first `next`.
  [[nodiscard]] std::optional<std::int64_t> written() const;
  /// Why the content ends early or is not what was packed, once; known behind the last `next`.
  /// Notes: truncated, damaged_content, worker_memory.
  [[nodiscard]] std::optional<Note> take_problem();

 private:
  struct Inflating;

  void step();
  void begin_member();
  bool fill();
  void fail(std::string_view code, std::string text);

  int descriptor_;
  std::uint64_t offset_ = 0;  ///< in the file, of what `fill` reads next
  bool ended_ = false;
  bool between_members_ = false;
  std::optional<Note> problem_;
  std::unique_ptr<Inflating> inflating_;
};

}  // namespace threadline::archive
