// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/note.h"

namespace threadline::archive {

/// A member as the archive describes it.
struct Member {
  std::string name;  ///< bytes as stored, mostly UTF-8; text only, never a path. Empty: the format keeps none
  std::optional<std::uint64_t> stated_size;  ///< a claim: nothing is allocated from it
  std::optional<std::int64_t> written = {};  ///< seconds since 1970 of its last change, as the archive states it
};

/// Where members go, in the order of the archive.
class Receiver {
 public:
  Receiver() = default;
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;
  virtual ~Receiver() = default;
  /// A member begins. False: the reading stops.
  virtual bool begin(const Member& member) = 0;
  /// More of its bytes. False: the reading stops.
  virtual bool bytes(std::string_view more) = 0;
  /// What was given of this member is void (a wrong password); it comes again.
  virtual void discard() = 0;
  /// The member ends; `notes` say what of it could not be read. False: the reading stops.
  virtual bool end(std::vector<Note> notes) = 0;
};

struct Settings {
  Limits limits;
  std::vector<std::string> passwords;                 ///< of encrypted members, tried in this order
  std::function<bool(std::string_view name)> wanted;  ///< members it denies are skipped; empty: all are wanted
};

/// Gives the members of a zip, 7z or tar, or of a gzip, bzip2, xz or zstd file (a tar in it, else its one content), read from the
/// descriptor's beginning. Folders are left out. What is damaged costs what it holds: a broken member of a zip is a note and the
/// next ones are read; a zip without its directory is read by its local headers; a member of a tar whose header is damaged is
/// given as far as tar_damage.h can; a broken 7z ends there. Members that need another password come after the others. Answers
/// notes about the archive as a whole; a member's own go to `end`.
/// Notes: encrypted (zip: ZipCrypto and AES are tried with the passwords; 7z is not decrypted), format_not_supported (a method),
/// truncated, damaged_content (a checksum too), malformed_container, worker_memory, limit, io_error (a link).
/// Limits: archive_depth (compressions around one content), archive_restarts; of a tar in a gzip file archive_memory_bytes
/// (members with damaged headers), archive_small_bytes (what is unpacked again for them; what stands behind the tar's end). How
/// much is given is the receiver's to bound. Source: APPNOTE.TXT (zip), 7zFormat.txt, POSIX.1 pax, RFC 1952, RFC 8878, as
/// libarchive reads them; gzip by zlib. Threads: any; it sets no global state.
[[nodiscard]] std::vector<Note> read_archive(int descriptor, const Settings& settings, Receiver& receiver);

}  // namespace threadline::archive
