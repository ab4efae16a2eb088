// SPDX-License-Identifier: Apache-2.0
// Any bytes as an archive: members come one after the other, each ends once, and nothing is given outside of one.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "archive/archive.h"

namespace {

using threadline::Note;
using threadline::archive::Member;

constexpr std::uint64_t kMostBytes = 4U << 20U;
constexpr int kMostMembers = 2'000;

void require(bool holds) {
  if (!holds) std::abort();
}

class Checked final : public threadline::archive::Receiver {
 public:
  bool begin(const Member& /*member*/) override {
    require(!is_open_ && !is_stopped_);
    is_open_ = true;
    return go(++members_ < kMostMembers);
  }
  bool bytes(std::string_view more) override {
    require(is_open_ && !is_stopped_);
    bytes_ += more.size();
    return go(bytes_ < kMostBytes);
  }
  void discard() override {
    require(is_open_);
    is_open_ = false;
  }
  bool end(std::vector<Note> notes) override {
    require(is_open_ && !is_stopped_);
    for (const auto& note : notes) require(!note.code.empty());
    is_open_ = false;
    return true;
  }

 private:
  bool go(bool on) {
    is_stopped_ = !on;
    return on;
  }

  bool is_open_ = false;
  bool is_stopped_ = false;
  int members_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const int file = memfd_create("fuzz", MFD_CLOEXEC);
  if (file < 0 || write(file, bytes, size) != static_cast<ssize_t>(size)) return 0;
  Checked receiver;
  threadline::archive::Settings settings;
  settings.passwords = {"wrong", "right"};
  static_cast<void>(threadline::archive::read_archive(file, settings, receiver));
  close(file);
  return 0;
}
