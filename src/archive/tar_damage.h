// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "archive/archive.h"

namespace threadline::archive {

/// Part of a tar: half-open, in bytes of the tar.
struct TarStretch {
  int descriptor = -1;
  bool is_gzip = false;  ///< the tar is what the gzip file behind the descriptor holds: the stretch is kept in memory
  std::uint64_t begin = 0, end = 0;
};

/// Of a tar whose first header is damaged, but for its magic: the offset of the first header with a right checksum, or of the
/// zeros at its end. Nothing: the file is no such tar.
[[nodiscard]] std::optional<std::uint64_t> first_good_header(int descriptor);

/// The members of a stretch of a tar that begins with a header whose checksum is wrong and ends before the next good one, or with
/// the tar: libarchive passes over them. A member is as long as its header says where a header or the end stands behind that,
/// else all that is left; its name is the header's where that is printable.
/// Source: POSIX.1 pax, "ustar Interchange Format".
class DamagedTar {
 public:
  explicit DamagedTar(const TarStretch& stretch);

  /// The next member that holds bytes; nothing: that was all.
  [[nodiscard]] std::optional<Member> next();
  /// More of the member's bytes, valid until the next call; empty: it ends.
  [[nodiscard]] std::string_view bytes();

 private:
  [[nodiscard]] std::string block_at(std::uint64_t offset, std::uint64_t size) const;
  [[nodiscard]] std::uint64_t length_of(std::string_view header) const;

  TarStretch stretch_;
  std::string unpacked_;               ///< the stretch, of a gzip file
  std::uint64_t at_;                   ///< the next header
  std::uint64_t given_ = 0, end_ = 0;  ///< of the member's bytes
  std::string block_;
};

}  // namespace threadline::archive
