// SPDX-License-Identifier: Apache-2.0
#include "documents/unpacking.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "archive/in_memory.h"
#include "text/charset.h"

namespace threadline::documents {
namespace {

/// One archive takes at most half of what is left to the message: a bomb leaves something to the archives behind it.
Limits limits_of(const Reading& reading) {
  Limits limits = reading.limits;
  const auto most = limits.document_archive_bytes;
  limits.archive_bytes = std::min(limits.archive_bytes, (most - std::min(most, reading.unpacked_bytes) + 1) / 2);
  limits.archive_members = std::min<std::uint64_t>(limits.archive_members, limits.document_members);
  return limits;
}

/// The limits of an attached archive by the names that they have for documents.
Note with_own_name(Note note) {
  constexpr std::string_view kBytes = "archive_bytes", kMembers = "archive_members";
  if (note.code == "limit" && note.text.starts_with(kBytes)) note.text.replace(0, kBytes.size(), "document_archive_bytes");
  if (note.code == "limit" && note.text.starts_with(kMembers)) note.text.replace(0, kMembers.size(), "document_members");
  return note;
}

/// Collects a member and hands it on when it is whole.
class Collector final : public archive::Receiver {
 public:
  Collector(const Wanted& wanted, Reading& reading) : wanted_(wanted), reading_(reading) {}

  bool begin(const archive::Member& member) override {
    member_ = {text::valid_utf8(member.name), {}, {}};
    is_long_ = false;
    return static_cast<bool>(wanted_.into);
  }
  bool bytes(std::string_view more) override {
    reading_.unpacked_bytes += more.size();
    is_long_ = is_long_ || member_.bytes.size() + more.size() > reading_.limits.document_bytes;
    if (!is_long_) member_.bytes += more;
    return true;
  }
  void discard() override { member_.bytes.clear(); }
  bool end(std::vector<Note> notes) override {
    for (Note& note : notes) member_.notes.push_back(with_own_name(std::move(note)));
    if (is_long_) member_.notes.push_back({"limit", "document_bytes: its beginning is read", {}});
    wanted_.into(std::move(member_));
    return true;
  }

 private:
  const Wanted& wanted_;
  Reading& reading_;
  UnpackedMember member_;
  bool is_long_ = false;
};

/// The reading's outermost archive while this lives, where no other is. Its members may be half of the documents that are left.
class Outermost {
 public:
  Outermost(std::uint64_t packed, Reading& reading) : reading_(reading) {
    if (reading.unpacking != nullptr) return;
    reading.unpacking = &own_.emplace(reading, packed);
    const std::size_t read = std::min<std::size_t>(reading.documents.size(), reading.limits.documents);
    reading.most_documents = read + (reading.limits.documents - read + 1) / 2;
  }
  ~Outermost() {
    if (!own_) return;
    reading_.unpacking = nullptr;
    reading_.most_documents.reset();
  }
  Outermost(const Outermost&) = delete;
  Outermost& operator=(const Outermost&) = delete;

 private:
  Reading& reading_;
  std::optional<Unpacking> own_;
};

/// One archive whose members become documents.
class AttachedArchive {
 public:
  AttachedArchive(const NamedBytes& file, Reading& reading) : file_(file), reading_(reading), own_(reading.documents.size()) {
    reading_.documents.push_back(document_of(file, "archive"));
  }

  void read() {
    if (reading_.depth >= reading_.limits.document_depth) return note("", {"limit", "document_depth: not read", {}});
    const Outermost outermost(file_.bytes.size(), reading_);
    ++reading_.depth;
    const Wanted all{.member = {}, .into = [this](UnpackedMember member) { take(std::move(member)); }};
    auto notes = unpack(file_.bytes, all, reading_);
    if (notes.empty() && seen_.empty()) notes.push_back({"malformed_document", "an archive without a member", {}});
    for (Note& one : notes) note("", std::move(one));
    --reading_.depth;
  }

 private:
  void take(UnpackedMember member) {
    const std::string name = distinct(member.name.empty() ? content_name() : member.name);
    for (Note& one : member.notes) note(name, std::move(one));
    const std::string part = inside(file_.part, name);
    const std::string full_name = inside(file_.name, name);
    if (!member.bytes.empty()) read_document({part, full_name, member.bytes}, reading_);
  }

  /// Of the content of a compressed file that keeps no name: its own without the last extension.
  [[nodiscard]] std::string content_name() const {
    const auto outer = file_.name.substr(file_.name.rfind('!') + 1);
    return std::string(outer.substr(0, outer.rfind('.')));
  }

  /// The second member of one name is "name#2".
  std::string distinct(const std::string& name) {
    const auto count = ++seen_[name];
    return count == 1 ? name : name + "#" + std::to_string(count);
  }

  void note(const std::string& member, Note one) {
    auto& notes = reading_.documents[own_].notes;
    if (notes.size() >= reading_.limits.message_notes) return;
    if (!member.empty()) one.text = member + ": " + one.text;
    one.span.part = file_.part;
    notes.push_back(std::move(one));
  }

  const NamedBytes& file_;
  Reading& reading_;
  std::size_t own_;
  std::map<std::string, std::uint32_t> seen_;
};

}  // namespace

Unpacking::Unpacking(const Reading& reading, std::uint64_t packed) : allowance_(limits_of(reading), packed) {}

std::vector<Note> unpack(std::string_view bytes, const Wanted& wanted, Reading& reading) {
  const Outermost outermost(bytes.size(), reading);
  Collector collector(wanted, reading);
  const archive::Settings settings{.limits = reading.limits, .passwords = reading.passwords, .wanted = wanted.member};
  std::vector<Note> notes;
  for (Note& note : archive::read_in_memory(bytes, settings, reading.unpacking->allowance(), collector))
    notes.push_back(with_own_name(std::move(note)));
  return notes;
}

void read_attached_archive(const NamedBytes& file, Reading& reading) { AttachedArchive(file, reading).read(); }

}  // namespace threadline::documents
