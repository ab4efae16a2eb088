// SPDX-License-Identifier: Apache-2.0
#include "timeline/row_cut.h"

#include "base/sha256.h"
#include "base/short_hash.h"

namespace threadline::timeline {

bool RowCut::holds(const std::string& sha256, const std::string& source) const {
  if (is_whole()) return true;
  constexpr std::size_t kBytes = 8;
  const ShortDigest digest = digest_of_hex(sha256.empty() ? sha256_hex(source.substr(0, source.find('#'))) : sha256);
  std::uint64_t drawn = 0;
  for (std::size_t at = 0; at < kBytes; ++at) drawn = drawn << 8U | digest[at];
  return drawn % of == number - 1;
}

}  // namespace threadline::timeline
