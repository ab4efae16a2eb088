// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "archive/archive.h"

namespace threadline::archive {

/// Bytes behind a descriptor, as a file.
class Described {
 public:
  explicit Described(const std::string& bytes) : descriptor_(::memfd_create("test", MFD_CLOEXEC)) {
    EXPECT_EQ(::write(descriptor_, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  }
  ~Described() { ::close(descriptor_); }
  Described(const Described&) = delete;
  Described& operator=(const Described&) = delete;
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

/// Keeps what it hears: one line a member, "name=bytes" and its notes' codes; long bytes as their number.
class Heard final : public Receiver {
 public:
  bool begin(const Member& member) override {
    name_ = member.name;
    bytes_.clear();
    return members_++ < most_members;
  }
  bool bytes(std::string_view more) override {
    bytes_ += more;
    return true;
  }
  void discard() override { bytes_.clear(); }
  bool end(std::vector<Note> notes) override {
    last_bytes = bytes_;
    lines += name_ + "=" + (bytes_.size() < 40 ? bytes_ : std::to_string(bytes_.size()));
    add_codes(notes);
    return true;
  }
  /// The lines, and one for the notes about the whole.
  std::string with(const std::vector<Note>& whole) {
    if (!whole.empty()) {
      lines += "whole";
      add_codes(whole);
      whole_text = whole.front().text;
    }
    return lines;
  }

  std::string lines;
  std::string last_bytes;
  std::string whole_text;
  std::size_t most_members = 1'000'000;

 private:
  void add_codes(const std::vector<Note>& notes) {
    for (const auto& note : notes) lines += " " + note.code;
    lines += "\n";
  }

  std::string name_;
  std::string bytes_;
  std::size_t members_ = 0;
};

inline std::string heard_from(const std::string& bytes, const Settings& settings = {}) {
  const Described file(bytes);
  Heard heard;
  const auto notes = read_archive(file.descriptor(), settings, heard);
  return heard.with(notes);
}

}  // namespace threadline::archive
