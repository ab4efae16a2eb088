// SPDX-License-Identifier: Apache-2.0
#include "evidence/pst.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/confined_child.h"
#include "base/little_endian.h"
#include "evidence/pst_frame.h"

namespace threadline::evidence {
namespace {

/// What the header says. Source: MS-PST section 2.2.2.6.
struct Header {
  std::string format = "pst";
  bool is_wip = false;          ///< encrypted by Windows Information Protection
  std::uint64_t file_size = 0;  ///< that the store has by its own account; 0: not known
};

Header header_of(std::string_view head) {
  constexpr std::uint64_t kFirstUnicode = 20;  // 14 and 15 are ANSI, 23 and more are Unicode
  constexpr std::uint64_t kWip = 0x10;
  Header header;
  if (head.substr(std::min<std::size_t>(8, head.size())).starts_with("SO")) header.format = "ost";
  const bool unicode = number_at<std::uint16_t>(head, 10).value_or(0) >= kFirstUnicode;
  header.is_wip = number_at<std::uint8_t>(head, unicode ? 513 : 461).value_or(0) == kWip;
  header.file_size = unicode ? number_at<std::uint64_t>(head, 184).value_or(0) : number_at<std::uint32_t>(head, 168).value_or(0);
  return header;
}

/// What one child has said.
struct Heard {
  PstWord last;  ///< without its bytes
  std::uint64_t items = 0;
  bool is_open = false;
};

class StoreReading {
 public:
  StoreReading(const std::string& source, FileBytes& file, Reading& reading, const PstHook& hook)
      : source_(source), file_(file), reading_(reading), hook_(hook) {}

  void run() {
    constexpr std::uint64_t kHeaderBytes = 564;
    header_ = header_of(file_.read_at(0, kHeaderBytes));
    if (header_.is_wip) return lost("", "encrypted", "by Windows Information Protection");
    const int descriptor = file_.descriptor();
    if (descriptor < 0) return lost("", "io_error", file_.problem());
    if (header_.file_size > file_.size()) {
      lost("", "truncated", fmt::format("the store had {} bytes, {} are there", header_.file_size, file_.size()));
    }
    children(descriptor);
  }

 private:
  void children(int descriptor) {
    for (std::uint32_t restarts = 0; !reading_.summary.stopped; ++restarts) {
      heard_ = {};
      const auto why = one_child(descriptor);
      if (why.empty() || reading_.summary.stopped || !goes_on(why)) return;
      if (restarts == reading_.limits.pst_restarts) return lost("", "limit", "pst_restarts: the rest of the store is not read");
    }
  }

  /// Prepares the next child: behind the step that ended this one, which is lost; before it where it was but the last of many
  /// that filled the memory. False: the store cannot be opened.
  bool goes_on(const std::string& why) {
    const auto step = heard_.last.step;
    const bool is_done = heard_.last.kind != PstWord::Kind::begin;
    const bool had_company = heard_.items > 0 && why == "worker_memory";
    if (!is_done && !had_company) {
      lost(heard_.last.where, why, {});
      if (!heard_.is_open) return false;
      progress_.deadly.insert(step);
    }
    progress_.next = std::max(progress_.next, is_done || !had_company ? step + 1 : step);
    return true;
  }

  std::string one_child(int descriptor) {
    const auto& limits = reading_.limits;
    const auto mebibytes = std::min<std::uint64_t>(file_.size() >> 20U, 1U << 20U) + 1;
    const auto opening = limits.container_silence_ms + mebibytes * limits.pst_open_ms_per_mib;
    const ChildBounds bounds{.memory_bytes = limits.worker_bytes,
                             .silence_ms = limits.container_silence_ms,
                             .opening_ms = static_cast<std::uint32_t>(std::min<std::uint64_t>(opening, INT32_MAX)),
                             .frame_bytes = limits.frame_bytes};
    const auto path = fmt::format("/proc/self/fd/{}", descriptor);
    return run_confined(
        bounds, descriptor, [&](const SendFrame& send) { walk_pst(path, limits, progress_, hook_, send); },
        [this](std::string_view frame) { return hear(word_of(frame)); });
  }

  bool hear(PstWord word) {
    heard_.is_open = true;
    const auto kind = word.kind;
    Item item{.source = named(word.where),
              .format = header_.format,
              .bytes = std::exchange(word.bytes, {}),
              .sha256 = {},
              .notes = std::exchange(word.notes, {})};
    heard_.last = std::move(word);
    if (kind == PstWord::Kind::begin) return true;
    if (kind == PstWord::Kind::item) progress_.given.add(heard_.last.identifier);
    ++heard_.items;
    return reading_.give(std::move(item));
  }

  void lost(const std::string& where, std::string_view code, std::string text) {
    reading_.give_lost(named(where), header_.format, code, std::move(text));
  }

  [[nodiscard]] std::string named(const std::string& where) const { return where.empty() ? source_ : source_ + "!" + where; }

  const std::string& source_;
  FileBytes& file_;
  Reading& reading_;
  const PstHook& hook_;
  Header header_;
  PstProgress progress_;
  Heard heard_;  ///< of the child that runs
};

}  // namespace

void read_pst(const std::string& source, FileBytes& file, Reading& reading, const PstHook& hook) {
  StoreReading(source, file, reading, hook).run();
}

}  // namespace threadline::evidence
