// SPDX-License-Identifier: Apache-2.0
#include "archive/archive.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <utility>

#include "archive/gzip_content.h"
#include "archive/opened.h"
#include "archive/tar_damage.h"

namespace threadline::archive {
namespace {

constexpr std::array<char, 64U << 10U> kZeros{};

bool is_tar(::archive* opened) { return (archive_format(opened) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR; }

bool is_raw(::archive* opened) { return archive_format(opened) == ARCHIVE_FORMAT_RAW; }

/// A tar ends with blocks of zeros (POSIX.1 pax, "ustar Interchange Format"); libarchive says nothing where they are missing.
bool has_end_of_tar(::archive* opened) { return archive_filter_bytes(opened, 0) > archive_read_header_position(opened); }

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
    gzip_ = is_gzip(descriptor_) ? std::make_unique<GzipContent>(descriptor_) : nullptr;
    const Opened opened = gzip_ ? open_gzip(*gzip_) : open_archive(descriptor_, opening_);
    if (!opened) {
      note({"worker_memory", "", {}});
      return std::nullopt;
    }
    if (compressions(opened.get()) > static_cast<int>(settings_.limits.archive_depth)) {
      note({"limit", "archive_depth: compressed too many times, not read", {}});
      return std::nullopt;
    }
    const auto next = read_members(opened.get(), first);
    if (gzip_ && !stopped_) end_gzip();
    return next;
  }

  std::optional<std::uint64_t> read_members(::archive* opened, std::uint64_t first) {
    std::uint32_t refused = 0;
    std::optional<std::uint64_t> damaged;  ///< where headers of a tar that cannot be read begin
    for (std::uint64_t index = 0; !stopped_; ++index) {
      archive_entry* entry = nullptr;
      const int status = archive_read_next_header(opened, &entry);
      if (status == ARCHIVE_RETRY && is_tar(opened)) {  // one for each block up to the next header that can be read
        if (!damaged) damaged = header_position(opened);
        continue;
      }
      if (damaged) read_damaged(*std::exchange(damaged, std::nullopt), header_position(opened));
      if (stopped_) break;
      if (status == ARCHIVE_EOF) return end_archive(opened);
      if (status == ARCHIVE_FATAL || refused > settings_.limits.archive_restarts) return give_up(opened, index);
      if (status < ARCHIVE_WARN) {
        note(failure_note(opened));
        ++refused;
        continue;
      }
      if (is_raw(opened) && compressions(opened) == 0) {
        note({"malformed_container", "not the compressed file that it begins as", {}});
        return std::nullopt;
      }
      const Member member = described(opened, entry);
      if (index < first || !is_to_read(index, entry, member)) continue;
      if (const auto next = read_member(opened, entry, index, member)) return next;
    }
    return std::nullopt;
  }

  [[nodiscard]] int compressions(::archive* opened) const { return archive_filter_count(opened) - 1 + (gzip_ ? 1 : 0); }

  [[nodiscard]] std::uint64_t header_position(::archive* opened) const {
    return opening_.begin + static_cast<std::uint64_t>(std::max<la_int64_t>(archive_read_header_position(opened), 0));
  }

  /// The current member as the archive describes it; the one content of a gzip file as its header does.
  Member described(::archive* opened, archive_entry* entry) const {
    Member member = member_of(opened, entry);
    if (!gzip_ || !is_raw(opened) || archive_filter_count(opened) != 1) return member;
    member.name = gzip_->name();
    member.written = gzip_->written();
    return member;
  }

  std::optional<std::uint64_t> end_archive(::archive* opened) {
    if (is_tar(opened) && !has_end_of_tar(opened)) note({"truncated", "tar: the end is missing", {}});
    if (is_zip(opened) && (opening_.by_local_headers || !has_directory_of_zip(descriptor_)))
      note({"truncated", "zip: the directory at the end is missing or damaged", {}});
    return std::nullopt;
  }

  /// What stands behind a tar is unpacked, as far as that is nothing: its checksum follows.
  void end_gzip() {
    std::uint64_t left = settings_.limits.archive_small_bytes;
    for (auto more = gzip_->next(); !more.empty() && more.size() <= left; more = gzip_->next()) left -= more.size();
    if (auto problem = gzip_->take_problem()) note(std::move(*problem));
  }

  /// Gives the members of a tar whose headers from `begin` on cannot be read.
  void read_damaged(std::uint64_t begin, std::uint64_t end) {
    if (is_at_hand(begin, end) && ++damages_ <= settings_.limits.archive_restarts) {
      DamagedTar damaged({.descriptor = descriptor_, .is_gzip = gzip_ != nullptr, .begin = begin, .end = end});
      while (const auto member = damaged.next()) {
        if (!settings_.wanted || member->name.empty() || settings_.wanted(member->name)) give_damaged(damaged, *member);
        if (stopped_) return;
      }
      return;
    }
    note({"damaged_content", "tar: the headers of members are damaged, they are lost", {}});
  }

  /// What gzip packs is unpacked once more for that.
  bool is_at_hand(std::uint64_t begin, std::uint64_t end) {
    if (!gzip_) return !is_compressed(descriptor_);
    unpacked_again_ += end;
    return end - begin <= settings_.limits.archive_memory_bytes && unpacked_again_ <= settings_.limits.archive_small_bytes;
  }

  void give_damaged(DamagedTar& damaged, const Member& member) {
    stopped_ = !receiver_.begin(member);
    for (auto more = damaged.bytes(); !stopped_ && !more.empty(); more = damaged.bytes()) stopped_ = !receiver_.bytes(more);
    if (!stopped_) stopped_ = !receiver_.end({{"damaged_content", "tar: the header of the member is damaged", {}}});
  }

  /// The next header cannot be read. A zip without a usable directory is begun again by its local headers.
  std::optional<std::uint64_t> give_up(::archive* opened, std::uint64_t index) {
    if (index == 0 && is_zip(opened) && !opening_.by_local_headers) {
      opening_.by_local_headers = true;
      return 0;
    }
    if (index == 0 && opening_.begin == 0 && !gzip_ && begin_behind_damage()) return 0;
    note(failure_note(opened));
    return std::nullopt;
  }

  /// A tar whose first header is damaged looks like no tar to libarchive: it is begun behind what that header describes.
  bool begin_behind_damage() {
    const auto next = first_good_header(descriptor_);
    if (!next || *next == 0) return false;
    read_damaged(0, *next);
    opening_.begin = *next;
    return !stopped_;
  }

  /// Notes about the whole are of the first pass; later ones meet the same.
  void note(Note one) {
    if (is_first_password_ && std::ranges::find(notes_, one) == notes_.end()) notes_.push_back(std::move(one));
  }

  bool is_to_read(std::uint64_t index, archive_entry* entry, const Member& member) const {
    if (archive_entry_filetype(entry) == AE_IFDIR) return false;
    if (!is_first_password_ && !std::ranges::binary_search(wrong_, index)) return false;
    return !settings_.wanted || member.name.empty() || settings_.wanted(member.name);
  }

  /// Answers the number to begin again at, where libarchive can read no further, but a new reader may.
  std::optional<std::uint64_t> read_member(::archive* opened, archive_entry* entry, std::uint64_t index, const Member& member) {
    stopped_ = !receiver_.begin(member);
    if (stopped_) return std::nullopt;
    std::vector<Note> notes;
    int status = ARCHIVE_OK;
    if (is_plain_file(entry, notes)) status = read_bytes(opened, notes);
    if (stopped_) return std::nullopt;
    if (gzip_ && is_raw(opened)) add_problem(notes);
    if (!notes.empty() && archive_entry_is_data_encrypted(entry) != 0 && is_zip(opened) && !is_last_password_) {
      still_wrong_.push_back(index);
      receiver_.discard();
    } else {
      if (archive_entry_is_data_encrypted(entry) != 0 && is_zip(opened)) doubt_the_password(notes);
      stopped_ = !receiver_.end(std::move(notes));
    }
    return status == ARCHIVE_FATAL && is_zip(opened) ? std::optional(index + 1) : std::nullopt;
  }

  void add_problem(std::vector<Note>& notes) {
    if (auto problem = gzip_->take_problem()) notes.push_back(std::move(*problem));
  }

  /// One wrong password in 256 passes ZipCrypto's check (APPNOTE.TXT 6.1.6: one byte) and then looks like damage.
  static void doubt_the_password(std::vector<Note>& notes) {
    for (auto& note : notes) {
      if (note.code == "damaged_content")
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
      if (status != ARCHIVE_OK) notes.push_back(damage_note(opened));
      if (status < ARCHIVE_WARN) return status;
      fill_to(static_cast<std::uint64_t>(std::max<la_int64_t>(offset, 0)), given);
      if (size > 0) stopped_ = stopped_ || !receiver_.bytes({static_cast<const char*>(block), size});
      given += size;
      if (status == ARCHIVE_WARN && size == 0) return status;
    }
    return ARCHIVE_OK;
  }

  /// What cannot be read of a member is lost, whatever is wrong with it.
  static Note damage_note(::archive* opened) {
    Note note = failure_note(opened);
    if (note.code == "malformed_container") note.code = "damaged_content";
    return note;
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
  std::unique_ptr<GzipContent> gzip_;       ///< of this pass, where the file is one
  std::uint64_t unpacked_again_ = 0;        ///< bytes of its content
  std::uint32_t damages_ = 0;               ///< runs of headers of a tar that cannot be read
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
