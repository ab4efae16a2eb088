// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/allowance.h"
#include "documents/reading.h"

namespace threadline::documents {

/// What an archive attached to a message, with all archives inside it, may still unpack to.
/// Limits: document_archive_bytes, document_members, archive_ratio with archive_small_bytes.
class Unpacking {
 public:
  Unpacking(const Reading& reading, std::uint64_t packed);

  [[nodiscard]] archive::Allowance& allowance() { return allowance_; }

 private:
  archive::Allowance allowance_;
};

/// A member of an archive, whole or as far as it could be read.
struct UnpackedMember {
  std::string name;  ///< valid UTF-8; never a path that is used
  std::string bytes;
  std::vector<Note> notes;  ///< why it is not whole
};

struct Wanted {
  std::function<bool(std::string_view name)> member;     ///< which ones are unpacked; empty: all
  std::function<void(UnpackedMember member)> into = {};  ///< gets each one of them, in its order; empty: the first one ends it
};

/// Unpacks an archive (of the formats of archive/archive.h) in memory. Answers notes about the whole.
/// Limits: those of Unpacking, document_bytes.
[[nodiscard]] std::vector<Note> unpack(std::string_view bytes, const Wanted& wanted, Reading& reading);

/// An attached archive: a document of kind "archive" with notes, then each member as a document of its own, in archives too.
/// Limits: those of `unpack`, document_depth, message_notes.
void read_attached_archive(const NamedBytes& file, Reading& reading);

}  // namespace threadline::documents
