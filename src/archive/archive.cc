// SPDX-License-Identifier: Apache-2.0
#include "archive/archive.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "archive/opened.h"

namespace threadline::archive {
namespace {

constexpr std::array<char, 64U << 10U> kZeros{};

bool is_tar(::archive* opened) { return (archive_format(opened) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR; }

/// No compression was recognised although the file begins like a compressed one: libarchive would give the file itself.
bool is_uncompressed_content(::archive* opened) {
  return archive_format(opened) == ARCHIVE_FORMAT_RAW && archive_filter_count(opened) == 1;
}

bool is_zip(::archive* opened) { return (archive_format(opened) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP; }

/// One reading of an archive: passes over it, one a password, and again behind a member that broke the reader.
class Passes {
 public:
  Passes(int descriptor, const Settings& settings, Receiver& receiver)
      : descriptor_(descriptor), settings_(settings), receiver_(receiver) {}

  std::vector<Note> read() {
    const auto tries = std::max<std::size_t>(settings_.passwords.size(), 1);
    for (std::size_t i = 0; i < tries && !stopped_; ++i) {
      opening_.password = i < settings_.passwords.size() ? settings_.passwords[i] : "";
      is_last_password_ = i + 1 == tries;
      wrong_ = std::exchange(still_wrong_, {});
      if (i > 0 && wrong_.empty()) break;
      is_first_password_ = i == 0;
      pass_with_restarts();
    }
    return std::move(notes_);
  }

 private:
  /// One pass; where a broken member ends libarchive's reading of a zip, again from behind it.
  void pass_with_restarts() {
    std::uint64_t first = 0;
    for (std::uint32_t restarts = 0; !stopped_; ++restarts) {
      const auto broken = pass(first);
      if (!broken) return;
      if (restarts == settings_.limits.archive_restarts) {
        notes_.push_back({"limit", "archive_restarts: too many broken members, the rest of the archive is left out", {}});
        return;
      }
      first = *broken;
    }
  }

  /// Reads members from the one numbered `first` on. Answers the number to begin again at, where that makes sense.
  std::optional<std::uint64_t> pass(std::uint64_t first) {
    const Opened opened = open_archive(descriptor_, opening_);
    if (!opened) {
      note({"worker_memory", "", {}});
      return std::nullopt;
    }
    if (archive_filter_count(opened.get()) - 1 > static_cast<int>(settings_.limits.archive_depth)) {
      note({"limit", "archive_depth: compressed too many times, not read", {}});
      return std::nullopt;
    }
    std::uint32_t refused = 0;
    for (std::uint64_t index = 0; !stopped_; ++index) {
      archive_entry* entry = nullptr;
      const int status = archive_read_next_header(opened.get(), &entry);
      if (status == ARCHIVE_EOF) return std::nullopt;
      if (status == ARCHIVE_FATAL || refused > settings_.limits.archive_restarts) return give_up(opened.get(), index);
      if (status < ARCHIVE_WARN) {
        note(failure_note(opened.get()));
        ++refused;
        continue;
      }
      if (is_uncompressed_content(opened.get())) {
        note({"malformed_container", "not the compressed file that it begins as", {}});
        return std::nullopt;
      }
      if (index < first || !is_to_read(index, entry)) continue;
      if (const auto next = read_member(opened.get(), entry, index)) return next;
    }
    return std::nullopt;
  }

  /// The next header cannot be read. A zip without a usable directory is begun again by its local headers, a broken gzip as
  /// broken_gzip.h says.
  std::optional<std::uint64_t> give_up(::archive* opened, std::uint64_t index) {
    if (index == 0 && is_zip(opened) && !opening_.by_local_headers && !opening_.gzip_as_zip) {
      opening_.by_local_headers = true;
      return 0;
    }
    if (index == 0 && may_be_read_as_zip(opened)) {
      opening_.gzip_as_zip = true;
      return 0;
    }
    if (!opening_.gzip_as_zip || index == 0) note(failure_note(opened));
    return std::nullopt;
  }

  [[nodiscard]] bool may_be_read_as_zip(::archive* opened) const {
    return !opening_.gzip_as_zip && !is_tar(opened) && is_gzip(descriptor_);
  }

  /// Notes about the whole are of the first pass; later ones meet the same.
  void note(Note one) {
    if (is_first_password_ && std::ranges::find(notes_, one) == notes_.end()) notes_.push_back(std::move(one));
  }

  bool is_to_read(std::uint64_t index, archive_entry* entry) const {
    if (archive_entry_filetype(entry) == AE_IFDIR) return false;
    if (!is_first_password_ && !std::ranges::binary_search(wrong_, index)) return false;
    const char* name = archive_entry_pathname(entry);
    return !settings_.wanted || settings_.wanted(name == nullptr ? "" : name);
  }

  /// Answers the number to begin again at, where libarchive can read no further, but a new reader may.
  std::optional<std::uint64_t> read_member(::archive* opened, archive_entry* entry, std::uint64_t index) {
    stopped_ = !receiver_.begin(member_of(opened, entry));
    if (stopped_) return std::nullopt;
    std::vector<Note> notes;
    int status = ARCHIVE_OK;
    if (is_plain_file(entry, notes)) status = read_bytes(opened, notes);
    if (stopped_) return std::nullopt;
    if (status == ARCHIVE_FATAL && may_be_read_as_zip(opened)) {
      receiver_.discard();
      opening_.gzip_as_zip = true;
      return index;
    }
    if (!notes.empty() && archive_entry_is_data_encrypted(entry) != 0 && is_zip(opened) && !is_last_password_) {
      still_wrong_.push_back(index);
      receiver_.discard();
    } else {
      if (archive_entry_is_data_encrypted(entry) != 0 && is_zip(opened)) doubt_the_password(notes);
      stopped_ = !receiver_.end(std::move(notes));
    }
    const bool has_others = is_zip(opened) && !opening_.gzip_as_zip;
    return status == ARCHIVE_FATAL && has_others ? std::optional(index + 1) : std::nullopt;
  }

  /// One wrong password in 256 passes ZipCrypto's check (APPNOTE.TXT 6.1.6: one byte) and then looks like damage.
  static void doubt_the_password(std::vector<Note>& notes) {
    for (auto& note : notes) {
      if (note.code == "malformed_container")
        note = {"encrypted", "no password given opens it, or it is damaged: " + note.text, note.span};
    }
  }

  static bool is_plain_file(archive_entry* entry, std::vector<Note>& notes) {
    if (archive_entry_hardlink(entry) == nullptr && archive_entry_filetype(entry) != AE_IFLNK) return true;
    notes.push_back({"io_error", "a link to another file is not followed", {}});
    return false;
  }

  /// Gives the bytes of the current member; what libarchive says of them becomes notes.
  int read_bytes(::archive* opened, std::vector<Note>& notes) {
    std::uint64_t given = 0;
    while (!stopped_) {
      const void* block = nullptr;
      std::size_t size = 0;
      la_int64_t offset = 0;
      const int status = archive_read_data_block(opened, &block, &size, &offset);
      if (status == ARCHIVE_EOF) return status;
      if (status != ARCHIVE_OK) notes.push_back(failure_note(opened));
      if (status < ARCHIVE_WARN) return status;
      fill_to(static_cast<std::uint64_t>(std::max<la_int64_t>(offset, 0)), given);
      if (size > 0) stopped_ = stopped_ || !receiver_.bytes({static_cast<const char*>(block), size});
      given += size;
      if (status == ARCHIVE_WARN && size == 0) return status;
    }
    return ARCHIVE_OK;
  }

  /// A hole of a sparse file holds zeros.
  void fill_to(std::uint64_t offset, std::uint64_t& given) {
    while (given < offset && !stopped_) {
      const auto count = std::min<std::uint64_t>(kZeros.size(), offset - given);
      stopped_ = !receiver_.bytes({kZeros.data(), static_cast<std::size_t>(count)});
      given += count;
    }
  }

  int descriptor_;
  const Settings& settings_;
  Receiver& receiver_;
  Opening opening_;
  bool is_first_password_ = true;
  bool is_last_password_ = true;
  bool stopped_ = false;
  std::vector<std::uint64_t> wrong_;        ///< numbers of members that the last password did not open, ascending
  std::vector<std::uint64_t> still_wrong_;  ///< and those that this one does not
  std::vector<Note> notes_;
};

}  // namespace

std::vector<Note> read_archive(int descriptor, const Settings& settings, Receiver& receiver) {
  const Utf8Locale utf8;
  return Passes(descriptor, settings, receiver).read();
}

}  // namespace threadline::archive
