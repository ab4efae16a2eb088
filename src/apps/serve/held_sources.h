// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/descriptor.h"

namespace threadline::apps::serve {

/// Raw messages as read, by their SHA-256, so that they can be shown: in a file without a name, which ends with the program.
/// Threads: any.
class HeldSources {
 public:
  /// Where the folder takes no file, nothing is held.
  HeldSources(const std::string& folder, std::uint64_t most_bytes);

  /// Limits: held_source_bytes; what is beyond is not held.
  void hold(const std::string& sha256, std::string_view bytes);
  [[nodiscard]] std::optional<std::string> bytes_of(const std::string& sha256) const;

 private:
  struct Place {
    std::uint64_t offset = 0, length = 0;
  };
  Descriptor file_;
  std::uint64_t most_bytes_, end_ = 0;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Place> places_;
};

}  // namespace threadline::apps::serve
