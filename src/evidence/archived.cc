// SPDX-License-Identifier: Apache-2.0
#include "evidence/archived.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "archive/confined.h"
#include "evidence/content.h"
#include "evidence/spool.h"
#include "evidence/store_files.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::evidence {
namespace {

/// Endings of files that are one compressed content; lower case.
constexpr auto kCompressedEndings = std::to_array<std::string_view>({".gz", ".bz2", ".xz", ".zst"});

constexpr std::int64_t kFirstTime = 347'241'600;     ///< 2 January 1981: a zip that keeps no time says 1 January 1980
constexpr std::int64_t kLastTime = 253'402'300'799;  ///< the end of the year 9999

/// The time that an archive states, where it can be one.
bool is_time(const std::optional<std::int64_t>& written) { return written && *written >= kFirstTime && *written <= kLastTime; }

/// What the one content of a compressed file is called where the format keeps no name: the file's name without its ending.
std::string name_inside(std::string_view source) {
  auto name = source.substr(source.find_last_of("/!") + 1);
  for (const auto ending : kCompressedEndings) {
    if (text::ascii_lower(name).ends_with(ending)) name.remove_suffix(ending.size());
  }
  return std::string(name);
}

/// A name as text: UTF-8 where it is, else code page 437. Source: APPNOTE.TXT, appendix D.
std::string name_text(std::string_view name) {
  return text::is_valid_utf8(name) ? std::string(name) : text::decode(name, "ibm437").text;
}

bool is_wanted(std::string_view name) {
  if (name.starts_with("__MACOSX/") || name.find("/__MACOSX/") != std::string_view::npos) return false;
  const auto own = name.substr(name.find_last_of("/\\") + 1);
  return !own.empty() && !is_store_file(own);
}

class Members final : public archive::Receiver {
 public:
  Members(const std::string& source, std::optional<std::int64_t> written, std::uint32_t depth, Reading& reading)
      : source_(source),
        written_(written),
        depth_(depth),
        reading_(reading),
        spool_(reading.limits.archive_memory_bytes, reading.settings.spool_folder) {}

  bool begin(const archive::Member& member) override {
    member_source_ = source_ + "!" + (member.name.empty() ? name_inside(source_) : name_text(member.name));
    const bool is_stated = is_time(member.written) && (!written_ || *member.written < *written_);
    member_written_ = is_stated ? member.written : written_;  // nothing is written after what holds it
    has_members_ = true;
    return true;
  }

  bool bytes(std::string_view more) override {
    if (spool_.problem().empty()) static_cast<void>(spool_.append(more));
    return true;
  }

  void discard() override { spool_.clear(); }

  bool end(std::vector<Note> notes) override {
    if (!spool_.problem().empty()) notes.push_back({"io_error", spool_.problem(), {}});
    auto content = spool_.take();
    content.set_written(member_written_);
    const bool is_damaged = std::ranges::any_of(notes, is_damage);
    reading_.member_notes = std::move(notes);
    if (content.size() > 0 || reading_.member_notes.empty()) read_content(member_source_, content, depth_ + 1, reading_);
    if (is_damaged && reading_.member_notes.empty()) add_damaged(member_source_);  // its message has the notes
    give_notes(member_source_, "", std::exchange(reading_.member_notes, {}), reading_);
    return !reading_.summary.stopped;
  }

  [[nodiscard]] bool has_members() const { return has_members_; }
  /// Says which members were given in part: the archive's own row, for who does not look at each message.
  void note_damaged(std::vector<Note>& notes) const {
    if (damaged_ > 0) notes.push_back({"damaged_members", damaged_names_ + (damaged_ > kNamed ? " ..." : ""), {}});
  }

  static void give_notes(const std::string& source, std::string_view format, std::vector<Note> notes, Reading& reading) {
    if (notes.empty()) return;
    reading.give({.source = source, .format = std::string(format), .bytes = {}, .sha256 = {}, .notes = std::move(notes)});
  }

 private:
  static constexpr std::uint64_t kNamed = 5;

  static bool is_damage(const Note& note) { return note.code == "damaged_content" || note.code == "truncated"; }

  void add_damaged(std::string_view member) {
    if (++damaged_ > kNamed) return;
    damaged_names_ += (damaged_names_.empty() ? "" : ", ") + std::string(member.substr(source_.size() + 1));
  }

  const std::string& source_;
  std::optional<std::int64_t> written_, member_written_;  ///< of the archive, of the member
  std::uint32_t depth_;
  Reading& reading_;
  Spool spool_;
  std::string member_source_;
  bool has_members_ = false;
  std::uint64_t damaged_ = 0;  ///< members that were given in part
  std::string damaged_names_;  ///< of the first kNamed of them
};

}  // namespace

void read_archived(const std::string& source, std::string_view format, FileBytes& bytes, std::uint32_t depth, Reading& reading) {
  if (depth >= reading.limits.archive_depth) {
    reading.give_lost(source, format, "limit", "archive_depth: the archive is not read");
    return;
  }
  const int descriptor = bytes.descriptor();
  if (descriptor < 0) {
    reading.give_lost(source, format, "io_error", bytes.problem());
    return;
  }
  const bool is_outermost = !reading.allowance;
  if (is_outermost) reading.allowance.emplace(reading.limits, bytes.size());
  Members members(source, bytes.written(), depth, reading);
  auto notes =
      archive::read_confined(descriptor, {reading.limits, reading.settings.passwords, is_wanted}, *reading.allowance, members);
  if (notes.empty() && !members.has_members()) notes.push_back({"empty", "", {}});
  if (notes.empty()) members.note_damaged(notes);
  Members::give_notes(source, format, std::move(notes), reading);
  if (is_outermost) reading.allowance.reset();
}

}  // namespace threadline::evidence
