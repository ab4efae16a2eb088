// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace threadline::timeline {

/// Which rows one of several outputs of a run holds: of `of` shards the `number`th, from 1 on. Every row is in exactly one of
/// them, whatever their number: that which the SHA-256 says whose bytes it rests on, of a message or a log's record.
/// So all that is said of one message (its findings, hops, what is odd in its bytes, and each quoted message of which it is the
/// first to show a copy) is in one shard, and so are rows whose identities are equal, which the order of a run tells apart: an
/// id is the same in all shards as in the whole run.
/// What has no SHA-256 (a file that could not be opened) goes by its source up to "#": equal identities go on with "#2".
struct RowCut {
  std::uint32_t number = 1, of = 1;

  [[nodiscard]] bool is_whole() const { return of <= 1; }
  [[nodiscard]] bool holds(const std::string& sha256, const std::string& source) const;
};

}  // namespace threadline::timeline
