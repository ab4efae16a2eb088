// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/file_bytes.h"

namespace threadline::evidence {

/// Takes the next line of bytes in memory, without its end: LF, also after CR.
std::string_view take_line(std::string_view& rest);
/// Takes the next line, without its end: LF, CR LF or a lone CR.
std::string_view take_any_line(std::string_view& rest);

/// A line, or a piece of one that is longer than Limits::mbox_line_bytes.
struct Piece {
  std::string_view bytes;  ///< with its line end; valid until the next call
  std::uint64_t offset = 0;
  bool begins_line = true;

  /// The bytes without their line end.
  [[nodiscard]] std::string_view text() const;
  [[nodiscard]] bool is_blank() const { return text().empty(); }
};

/// The lines of a file through one buffer, whatever the file's size. Lines end with LF or CR LF; in a file whose first 64 KiB
/// hold CR and no LF (as programs of the classic Mac OS wrote) with CR.
class Lines {
 public:
  /// `begin`: the offset of the first line.
  Lines(FileBytes& file, std::uint64_t most, std::uint64_t begin);

  [[nodiscard]] std::optional<Piece> next();
  /// The line that `next` would give, without its line end. Invalidates the piece given before.
  [[nodiscard]] std::string_view peek();
  [[nodiscard]] char line_end() const { return line_end_; }

 private:
  [[nodiscard]] std::size_t line_length();
  bool grow();

  FileBytes& file_;
  std::uint64_t most_;
  std::string buffer_;
  std::uint64_t base_;  ///< the file offset of buffer_[0]
  std::size_t at_ = 0;
  bool begins_line_ = true;
  char line_end_ = '\n';
};

}  // namespace threadline::evidence
