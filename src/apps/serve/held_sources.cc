// SPDX-License-Identifier: Apache-2.0
#include "apps/serve/held_sources.h"

#include <unistd.h>

#include "base/scratch_file.h"

namespace threadline::apps::serve {

HeldSources::HeldSources(const std::string& folder, std::uint64_t most_bytes)
    : file_(open_nameless(folder)), most_bytes_(most_bytes) {}

void HeldSources::hold(const std::string& sha256, std::string_view bytes) {
  const std::scoped_lock lock(mutex_);
  if (!file_.is_open() || places_.contains(sha256) || bytes.size() > most_bytes_ - end_) return;
  const Place place{end_, bytes.size()};
  while (!bytes.empty()) {
    const ssize_t put = pwrite(file_.number(), bytes.data(), bytes.size(), static_cast<off_t>(end_));
    if (put <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(put));
    end_ += static_cast<std::uint64_t>(put);
  }
  places_.emplace(sha256, place);
}

std::optional<std::string> HeldSources::bytes_of(const std::string& sha256) const {
  Place place;
  {
    const std::scoped_lock lock(mutex_);
    const auto found = places_.find(sha256);
    if (found == places_.end()) return std::nullopt;
    place = found->second;
  }
  std::string bytes(place.length, '\0');
  std::size_t at = 0;
  while (at < bytes.size()) {
    const ssize_t got = pread(file_.number(), bytes.data() + at, bytes.size() - at, static_cast<off_t>(place.offset + at));
    if (got <= 0) return std::nullopt;
    at += static_cast<std::size_t>(got);
  }
  return bytes;
}

}  // namespace threadline::apps::serve
