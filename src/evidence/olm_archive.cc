// SPDX-License-Identifier: Apache-2.0
#include "evidence/olm_archive.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "archive/confined.h"
#include "evidence/content.h"
#include "evidence/olm_message.h"
#include "evidence/spool.h"
#include "evidence/store_files.h"

namespace threadline::evidence {
namespace {

constexpr std::string_view kCategories = "Categories.xml";  ///< the colours of categories

/// Where a member's bytes stand among all that were gathered.
struct Place {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  std::vector<Note> notes;
};

class OlmReader final : public archive::Receiver {
 public:
  OlmReader(const std::string& source, std::uint32_t depth, Reading& reading)
      : source_(source),
        depth_(depth),
        reading_(reading),
        spool_(reading.limits.archive_memory_bytes, reading.settings.spool_folder) {}

  bool begin(const archive::Member& member) override {
    name_ = member.name;
    begin_ = spool_.size();
    void_ = 0;
    return true;
  }

  bool bytes(std::string_view more) override {
    if (spool_.problem().empty()) static_cast<void>(spool_.append(more));
    return true;
  }

  void discard() override { void_ = spool_.size() - begin_; }

  bool end(std::vector<Note> notes) override {
    const auto begin = begin_ + void_;
    std::string name = name_;  // a zip may hold several members of one name
    if (const auto again = ++named_[name_]; again > 1) name += "#" + std::to_string(again);
    while (places_.contains(name)) name += "#";
    places_.emplace(std::move(name), Place{begin, spool_.size() - begin, std::move(notes)});
    return true;
  }

  void give_messages() {
    if (!spool_.problem().empty()) reading_.give_lost(source_, "olm", "io_error", spool_.problem());
    auto content = spool_.take();
    std::set<std::string, std::less<>> attached;
    const OlmMember member = [&](const std::string& name) -> std::optional<std::string> {
      const auto place = places_.find(name);
      if (place == places_.end()) return std::nullopt;
      attached.insert(name);
      return content.read_at(place->second.offset, std::min(place->second.length, reading_.limits.message_bytes));
    };
    for (auto& [name, place] : places_) {
      if (reading_.summary.stopped) return;
      if (name.ends_with(".xml") && name != kCategories) give_document(name, *member(name), std::move(place.notes), member);
    }
    for (auto& [name, place] : places_) {
      if (name != kCategories && !attached.contains(name)) give_other(name, place, content);
    }
  }

  [[nodiscard]] bool has_members() const { return !places_.empty(); }

 private:
  void give_document(const std::string& name, std::string_view xml, std::vector<Note> notes, const OlmMember& member) {
    auto items = olm_messages(xml, member, reading_.limits);
    if (items.empty()) {
      if (notes.empty()) notes.push_back({"not_a_message", "olm", {}});
      items.push_back({.source = {}, .format = "olm", .bytes = {}, .sha256 = {}, .notes = {}});
    }
    for (auto& item : items) {
      item.source = source_ + "!" + name;
      item.notes.insert(item.notes.begin(), notes.begin(), notes.end());
      if (!reading_.give(std::move(item))) return;
    }
  }

  /// A member that no message has: what it is in any other archive.
  void give_other(const std::string& name, Place& place, FileBytes& content) {
    if (reading_.summary.stopped || is_store_file(std::string_view(name).substr(name.find_last_of('/') + 1))) return;
    auto bytes = FileBytes::in_memory(content.read_at(place.offset, std::min(place.length, reading_.limits.message_bytes)));
    if (place.length > reading_.limits.message_bytes) place.notes.push_back(message_bytes_note());
    reading_.member_notes = std::move(place.notes);
    const std::string source = source_ + "!" + name;
    if (bytes.size() > 0 || reading_.member_notes.empty()) read_content(source, bytes, depth_ + 1, reading_);
    auto notes = std::exchange(reading_.member_notes, {});
    if (!notes.empty()) reading_.give({.source = source, .format = "", .bytes = {}, .sha256 = {}, .notes = std::move(notes)});
  }

  const std::string& source_;
  std::uint32_t depth_;
  Reading& reading_;
  Spool spool_;
  std::string name_;
  std::uint64_t begin_ = 0;
  std::uint64_t void_ = 0;  ///< bytes of the member that were given in vain
  std::map<std::string, Place> places_;
  std::map<std::string, std::uint64_t> named_;  ///< members of that name
};

}  // namespace

void read_olm(const std::string& source, FileBytes& bytes, std::uint32_t depth, Reading& reading) {
  if (depth >= reading.limits.archive_depth) {
    reading.give_lost(source, "olm", "limit", "archive_depth: the archive is not read");
    return;
  }
  const int descriptor = bytes.descriptor();
  if (descriptor < 0) {
    reading.give_lost(source, "olm", "io_error", bytes.problem());
    return;
  }
  archive::Allowance own(reading.limits, bytes.size());
  auto& allowance = reading.allowance ? *reading.allowance : own;
  OlmReader olm(source, depth, reading);
  auto notes = archive::read_confined(descriptor, {reading.limits, reading.settings.passwords, {}}, allowance, olm);
  olm.give_messages();
  if (notes.empty() && !olm.has_members()) notes.push_back({"empty", "", {}});
  if (!notes.empty()) reading.give({.source = source, .format = "olm", .bytes = {}, .sha256 = {}, .notes = std::move(notes)});
}

}  // namespace threadline::evidence
