// SPDX-License-Identifier: Apache-2.0
#include "archive/in_memory.h"

#include <sys/mman.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "base/descriptor.h"
#include "base/pipe.h"

namespace threadline::archive {
namespace {

/// Hands on what the allowance allows.
class Bounded final : public Receiver {
 public:
  Bounded(Allowance& allowance, Receiver& receiver) : allowance_(allowance), receiver_(receiver) {}

  bool begin(const Member& member) override {
    if (const auto limit = allowance_.take_member(); !limit.empty()) return beyond(limit, false);
    return receiver_.begin(member);
  }
  bool bytes(std::string_view more) override {
    if (const auto limit = allowance_.take_bytes(more.size()); !limit.empty()) return beyond(limit, true);
    return receiver_.bytes(more);
  }
  void discard() override { receiver_.discard(); }
  bool end(std::vector<Note> notes) override { return receiver_.end(std::move(notes)); }

  /// The limit that the archive went beyond, or empty.
  [[nodiscard]] const std::string& reached() const { return reached_; }

 private:
  bool beyond(std::string_view limit, bool is_open) {
    reached_ = limit;
    if (is_open) receiver_.end({{"limit", reached_ + ": the rest of the member is left out", {}}});
    return false;
  }

  Allowance& allowance_;
  Receiver& receiver_;
  std::string reached_;
};

}  // namespace

std::vector<Note> read_in_memory(std::string_view bytes, const Settings& settings, Allowance& allowance, Receiver& receiver) {
  const Descriptor file(memfd_create("archive", MFD_CLOEXEC));
  if (!file.is_open() || !write_exactly(file.number(), bytes))
    return {{"io_error", std::string("memory file: ") + std::strerror(errno), {}}};
  Bounded bounded(allowance, receiver);
  auto notes = read_archive(file.number(), settings, bounded);
  if (!bounded.reached().empty()) notes.push_back({"limit", bounded.reached() + ": the rest of the archive is left out", {}});
  return notes;
}

}  // namespace threadline::archive
