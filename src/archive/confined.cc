// SPDX-License-Identifier: Apache-2.0
#include "archive/confined.h"

#include <iterator>
#include <string>
#include <utility>

#include "archive/frames.h"
#include "base/confined_child.h"

namespace threadline::archive {
namespace {

constexpr std::size_t kMostBytes = 1U << 20U;  ///< of a member in one frame

/// In the child: writes what it receives to the pipe.
class Sender final : public Receiver {
 public:
  explicit Sender(const SendFrame& send) : send_(send) {}
  bool begin(const Member& member) override { return send_(begin_frame(member)); }
  bool bytes(std::string_view more) override {
    for (; !more.empty(); more.remove_prefix(std::min(more.size(), kMostBytes))) {
      frame_.assign(1, static_cast<char>(FrameKind::bytes));
      frame_ += more.substr(0, kMostBytes);
      if (!send_(frame_)) return false;
    }
    return true;
  }
  void discard() override { send_(std::string(1, static_cast<char>(FrameKind::discard))); }
  bool end(std::vector<Note> notes) override { return send_(notes_frame(FrameKind::end, notes)); }

 private:
  const SendFrame& send_;
  std::string frame_;
};

/// In the parent: hands frames to the receiver within the allowance.
class Listener {
 public:
  Listener(Allowance& allowance, Receiver& receiver) : allowance_(allowance), receiver_(receiver) {}

  /// False: the child is to be ended.
  bool hear(std::string_view frame) {
    if (frame.empty()) return fail();
    switch (static_cast<FrameKind>(frame.front())) {
      case FrameKind::begin: return begin(frame);
      case FrameKind::bytes: return bytes(frame.substr(1));
      case FrameKind::discard:
        is_open_ = false;
        receiver_.discard();
        return true;
      case FrameKind::end: return end(frame);
      case FrameKind::archive: return take_notes(frame);
    }
    return fail();
  }

  /// Ends what is open where the child broke off, and answers the notes about the whole.
  std::vector<Note> finish(const std::string& why) {
    const std::string code = failed_ ? "worker_crashed" : why;
    if (!code.empty()) {
      const Note broken{code, "the rest of the archive is lost", {}};
      notes_.push_back(broken);
      if (is_open_) receiver_.end({broken});
    }
    return std::move(notes_);
  }

 private:
  bool begin(std::string_view frame) {
    const auto member = member_in(frame);
    if (!member || is_open_) return fail();
    if (const auto limit = allowance_.take_member(); !limit.empty()) return beyond(limit);
    is_open_ = receiver_.begin(*member);
    return is_open_;
  }

  bool bytes(std::string_view more) {
    if (!is_open_) return fail();
    if (const auto limit = allowance_.take_bytes(more.size()); !limit.empty()) return beyond(limit);
    return receiver_.bytes(more);
  }

  bool end(std::string_view frame) {
    auto notes = notes_in(frame);
    if (!notes || !is_open_) return fail();
    is_open_ = false;
    return receiver_.end(std::move(*notes));
  }

  bool take_notes(std::string_view frame) {
    auto notes = notes_in(frame);
    if (!notes) return fail();
    notes_.insert(notes_.end(), std::make_move_iterator(notes->begin()), std::make_move_iterator(notes->end()));
    return true;
  }

  bool beyond(std::string_view limit) {
    notes_.push_back({"limit", std::string(limit) + ": the rest of the archive is left out", {}});
    if (is_open_) receiver_.end({{"limit", std::string(limit) + ": the rest of the member is left out", {}}});
    is_open_ = false;
    return false;
  }

  bool fail() {
    failed_ = true;
    return false;
  }

  Allowance& allowance_;
  Receiver& receiver_;
  std::vector<Note> notes_;
  bool is_open_ = false;
  bool failed_ = false;
};

}  // namespace

std::vector<Note> read_confined(int descriptor, const Settings& settings, Allowance& allowance, Receiver& receiver) {
  Listener listener(allowance, receiver);
  const ChildBounds bounds{.memory_bytes = settings.limits.worker_bytes,
                           .silence_ms = settings.limits.container_silence_ms,
                           .frame_bytes = kFrameBytes};
  const auto child = [&](const SendFrame& send) {
    Sender sender(send);
    const auto notes = read_archive(descriptor, settings, sender);
    send(notes_frame(FrameKind::archive, notes));
  };
  const auto why = run_confined(bounds, descriptor, child, [&](std::string_view frame) { return listener.hear(frame); });
  return listener.finish(why);
}

}  // namespace threadline::archive
