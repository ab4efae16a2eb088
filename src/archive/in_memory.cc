// SPDX-License-Identifier: Apache-2.0
#include "archive/in_memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

namespace threadline::archive {
namespace {

/// A file of memory with those bytes, closed with this.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : descriptor_(memfd_create("archive", MFD_CLOEXEC)) {
    while (descriptor_ >= 0 && !bytes.empty()) {
      const auto written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    is_whole_ = descriptor_ >= 0;
  }
  ~MemoryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  [[nodiscard]] bool is_whole() const { return is_whole_; }
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
  bool is_whole_ = false;
};

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
  const MemoryFile file(bytes);
  if (!file.is_whole()) return {{"io_error", std::string("memory file: ") + std::strerror(errno), {}}};
  Bounded bounded(allowance, receiver);
  auto notes = read_archive(file.descriptor(), settings, bounded);
  if (!bounded.reached().empty()) notes.push_back({"limit", bounded.reached() + ": the rest of the archive is left out", {}});
  return notes;
}

}  // namespace threadline::archive
