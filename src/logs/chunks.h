// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "logs/layout.h"

namespace threadline::logs {

/// Up to `length` bytes of a log from `offset` on; empty at its end.
using ReadAt = std::function<std::string(std::uint64_t offset, std::uint64_t length)>;

/// A piece of a log: whole records, as UTF-8.
struct Chunk {
  std::string bytes;
  std::uint64_t first_line = 1;
  bool broken = false;  ///< no whole record: one longer than Limits::log_record_bytes, or the rest behind an open quote
};

/// Where records end in a text, byte by byte; remembers where it was.
class RecordEnds {
 public:
  explicit RecordEnds(const Layout& layout) : cut_(layout.cut), key_("\n" + layout.first_key) {}

  /// Goes on to the end of the next record at or after `from`; the offset behind it (with its line end), or npos.
  [[nodiscard]] std::size_t next(std::string_view text, std::size_t from);
  /// Forgets open quotes and brackets.
  void reset();

 private:
  [[nodiscard]] std::size_t next_json(std::string_view text, std::size_t from);
  [[nodiscard]] std::size_t next_row(std::string_view text, std::size_t from);
  [[nodiscard]] std::size_t next_block(std::string_view text, std::size_t from) const;

  Cut cut_;
  std::string key_;  ///< before a record of a list: the end of a line, and the first name
  int depth_ = 0;
  bool quoted_ = false, escaped_ = false;
};

/// Cuts a log into chunks of whole records, one buffer whatever its size.
/// Limits: log_record_bytes.
class Chunks {
 public:
  Chunks(ReadAt read, const Layout& layout, const Limits& limits);

  /// The next chunk of about `kChunk` bytes; nothing at the end.
  [[nodiscard]] std::optional<Chunk> next();

  static constexpr std::size_t kChunk = 2U << 20U;

 private:
  bool grow();
  [[nodiscard]] Chunk taken(std::size_t length, bool broken);
  [[nodiscard]] std::size_t broken_length() const;

  ReadAt read_;
  Cut cut_;
  Encoding encoding_;
  bool carriage_returns_;
  std::uint64_t record_bytes_, skip_;
  std::uint64_t offset_ = 0, line_;
  std::string buffer_;
  RecordEnds ends_;
  std::size_t scanned_ = 0, whole_ = 0;  ///< of the buffer: gone through; up to the last record's end
};

}  // namespace threadline::logs
