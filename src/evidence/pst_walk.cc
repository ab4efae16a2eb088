// SPDX-License-Identifier: Apache-2.0
#include "evidence/pst_walk.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <new>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "evidence/pst_frame.h"
#include "evidence/pst_item.h"
#include "evidence/pst_library.h"
#include "evidence/tnef_writer.h"
#include "text/charset.h"

namespace threadline::evidence {
namespace {

/// The lower five bits of an identifier say what it is of. Source: MS-PST section 2.2.2.1.
enum NodeType : std::uint32_t { kFolder = 0x02, kSearchFolder = 0x03, kMessage = 0x04 };
constexpr std::uint32_t kNodeTypeBits = 0x1F;

std::uint32_t node_type(std::uint32_t identifier) { return identifier & kNodeTypeBits; }

std::uint32_t identifier_of(PffItem* item) {
  std::uint32_t identifier = 0;
  return libpff_item_get_identifier(item, &identifier, nullptr) == 1 ? identifier : 0;
}

/// As a name stands in a source: what separates there, and control characters, are percent-encoded as in a URL.
std::string in_source(std::string_view name) {
  std::string written;
  for (const char c : name) {
    const bool plain =
        static_cast<unsigned char>(c) >= 0x20 && c != 0x7F && std::string_view("/!#%").find(c) == std::string_view::npos;
    if (plain) {
      written += c;
    } else {
      written += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return written;
}

std::string folder_name(PffItem* folder) {
  constexpr std::size_t kLongest = 4'096;
  std::size_t size = 0;
  if (libpff_folder_get_utf8_name_size(folder, &size, nullptr) != 1 || size == 0 || size > kLongest) return {};
  std::string name(size, '\0');
  if (libpff_folder_get_utf8_name(folder, reinterpret_cast<std::uint8_t*>(name.data()), size, nullptr) != 1) return {};
  return in_source(text::valid_utf8(name.c_str()));
}

/// proc(5), statm: pages of the program, then resident ones.
std::uint64_t resident_bytes() {
  std::uint64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages >> pages;
  return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

Note damaged(const PffProblem& problem) { return {"damaged_store", problem.text(), {}}; }

class Walk {
 public:
  Walk(const Limits& limits, const PstProgress& before, const PstHook& hook, const SendFrame& send)
      : limits_(limits), before_(before), given_(before.given), hook_(hook), send_(send) {}

  void store(const std::string& path) {
    step_ = count_++;
    if (hook_) hook_(step_);
    PffFile file;
    PffProblem problem;
    PffOwnedItem root;
    if (libpff_file_initialize(file.put(), problem.put()) != 1 ||
        libpff_file_open(file.get(), path.c_str(), LIBPFF_OPEN_READ, problem.put()) != 1 ||
        libpff_file_get_root_folder(file.get(), root.put(), problem.put()) != 1) {
      return lost("", damaged(problem));
    }
    say({.kind = PstWord::Kind::begin, .step = step_, .identifier = 0, .where = {}, .bytes = {}, .notes = {}});
    folder(root.get(), "", 0);
    orphans(file.get());
    recovered(file.get());
    if (begins("", 0) && libpff_file_is_corrupted(file.get(), nullptr) == 1) {
      lost("", {"damaged_store", "the store's own indexes are damaged; items may be missing", {}});
    }
  }

 private:
  /// Counts the step and says that it begins. False: it is not to be done (it ended a child, or nobody listens any more).
  bool begins(const std::string& where, std::uint32_t identifier) {
    step_ = count_++;
    if (stopped_ || before_.deadly.contains(step_)) return false;
    say({.kind = PstWord::Kind::begin, .step = step_, .identifier = identifier, .where = where, .bytes = {}, .notes = {}});
    if (hook_) hook_(step_);
    return !stopped_;
  }
  /// As above; also false where the step's item is given already.
  bool item_begins(const std::string& where) {
    if (count_ >= before_.next) return begins(where, 0);
    ++count_;
    return false;
  }

  void say(const PstWord& word) { stopped_ = stopped_ || !send_(frame_of(word)); }
  /// In a later run nothing is said twice.
  void lost(const std::string& where, Note note) {
    if (step_ < before_.next) return;
    say({.kind = PstWord::Kind::lost, .step = step_, .identifier = 0, .where = where, .bytes = {}, .notes = {std::move(note)}});
  }

  void folder(PffItem* one, const std::string& path, std::uint32_t depth) {
    if (depth > limits_.pst_folder_depth) return lost(path, {"limit", "pst_folder_depth: the folder is not read", {}});
    const auto identifier = identifier_of(one);
    if (walked_.has(identifier)) return;
    walked_.add(identifier);
    messages_in(one, path);
    // Search folders hold what others hold: the others say where an item is kept.
    subfolders(one, path, depth, false);
    subfolders(one, path, depth, true);
  }

  void messages_in(PffItem* folder, const std::string& path) {
    PffProblem problem;
    int count = 0;
    if (libpff_folder_get_number_of_sub_messages(folder, &count, problem.put()) != 1) {
      return lost(path, damaged(problem));
    }
    for (int i = 0; i < count && !stopped_; ++i) {
      if (!item_begins(path)) continue;
      PffOwnedItem item;
      if (libpff_folder_get_sub_message(folder, i, item.put(), problem.put()) == 1) {
        give(item.get(), path, {});
      } else {
        lost(path, damaged(problem));
      }
    }
  }

  void subfolders(PffItem* folder_, const std::string& path, std::uint32_t depth, bool searches) {
    PffProblem problem;
    int count = 0;
    if (!begins(path, 0)) return;
    if (libpff_folder_get_number_of_sub_folders(folder_, &count, problem.put()) != 1) {
      if (!searches) lost(path, damaged(problem));
      return;
    }
    for (int i = 0; i < count && !stopped_; ++i) {
      if (!begins(path, 0)) continue;
      PffOwnedItem sub;
      if (libpff_folder_get_sub_folder(folder_, i, sub.put(), problem.put()) != 1) {
        if (!searches) lost(path, damaged(problem));
        continue;
      }
      if ((node_type(identifier_of(sub.get())) == kSearchFolder) != searches) continue;
      const auto name = folder_name(sub.get());
      folder(sub.get(), path.empty() ? name : path + "/" + name, depth + 1);
    }
  }

  void give(PffItem* item, const std::string& path, const std::vector<Note>& marks) {
    const auto identifier = identifier_of(item);
    if (identifier != 0 && given_.has(identifier)) return;
    const auto where = fmt::format("{}#{}", path, identifier);
    say({.kind = PstWord::Kind::begin, .step = step_, .identifier = identifier, .where = where, .bytes = {}, .notes = {}});
    auto read = read_pst_item(item, limits_);
    PstWord word{
        .kind = PstWord::Kind::lost, .step = step_, .identifier = identifier, .where = where, .bytes = {}, .notes = marks};
    std::ranges::move(read.notes, std::back_inserter(word.notes));
    if (!read.is_lost) {
      given_.add(identifier);
      auto written = write_tnef(read.object, limits_);
      word.kind = PstWord::Kind::item;
      word.bytes = std::move(written.bytes);
      std::ranges::move(written.notes, std::back_inserter(word.notes));
    }
    say(word);
    make_room();
  }

  /// libpff keeps some of what it has read. Where that is much, this child ends as one without memory does, and a fresh one goes
  /// on.
  void make_room() {
    constexpr std::uint64_t kItems = 256;
    if (++items_ % kItems == 0 && resident_bytes() > limits_.worker_bytes / 4) throw std::bad_alloc();
  }

  void orphans(libpff_file_t* file) {
    PffProblem problem;
    int count = 0;
    if (!begins("", 0)) return;
    if (libpff_file_get_number_of_orphan_items(file, &count, problem.put()) != 1) {
      return lost("", damaged(problem));
    }
    for (int i = 0; i < count && !stopped_; ++i) {
      if (!begins("", 0)) continue;
      PffOwnedItem item;
      if (libpff_file_get_orphan_item_by_index(file, i, item.put(), problem.put()) == 1) stray(item.get(), "orphan_item");
    }
  }

  void recovered(libpff_file_t* file) {
    constexpr std::uint8_t kUnallocatedSpace = 0;
    PffProblem problem;
    int count = 0;
    if (!begins("", 0)) return;
    if (libpff_file_recover_items(file, kUnallocatedSpace, problem.put()) != 1 ||
        libpff_file_get_number_of_recovered_items(file, &count, problem.put()) != 1) {
      return lost("", {"damaged_store", "deleted items are not looked for: " + problem.text(), {}});
    }
    for (int i = 0; i < count && !stopped_; ++i) {
      if (!begins("", 0)) continue;
      PffOwnedItem item;
      if (libpff_file_get_recovered_item_by_index(file, i, item.put(), problem.put()) == 1) stray(item.get(), "recovered_item");
    }
  }

  /// An item of no folder. What is no message by its identifier (a table, a folder's own node) is no evidence by itself.
  void stray(PffItem* item, std::string_view mark) {
    if (step_ < before_.next || node_type(identifier_of(item)) != kMessage) return;
    give(item, "", {{std::string(mark), {}, {}}});
  }

  const Limits& limits_;
  const PstProgress& before_;
  PstIdentifiers given_;
  PstIdentifiers walked_;
  const PstHook& hook_;
  const SendFrame& send_;
  std::uint64_t count_ = 0;
  std::uint64_t step_ = 0;
  std::uint64_t items_ = 0;
  bool stopped_ = false;
};

}  // namespace

bool PstIdentifiers::has(std::uint32_t identifier) const {
  const auto page = pages_.find(identifier / kPage);
  return page != pages_.end() && page->second[identifier % kPage];
}

void PstIdentifiers::add(std::uint32_t identifier) { pages_[identifier / kPage].set(identifier % kPage); }

void walk_pst(const std::string& path, const Limits& limits, const PstProgress& before, const PstHook& hook,
              const SendFrame& send) {
  Walk(limits, before, hook, send).store(path);
}

}  // namespace threadline::evidence
