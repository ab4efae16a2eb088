// SPDX-License-Identifier: Apache-2.0
#include "apps/gateway/verdict_header.h"

#include "base/sha256.h"

namespace threadline::gateway {
namespace {

constexpr std::string_view kOwn = "x-threadline";

}  // namespace

bool is_own_field(std::string_view name) {
  while (!name.empty() && (name.front() == ' ' || name.front() == '\t')) name.remove_prefix(1);
  if (name.size() < kOwn.size()) return false;
  for (std::size_t at = 0; at < kOwn.size(); ++at) {
    const char c = name[at];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != kOwn[at]) return false;
  }
  return true;
}

std::string verdict_header(const VerdictLine& line, std::string_view key) {
  std::string text = "v=1; verdict=" + std::string(name_of(line.action));
  if (line.severity) text += "; severity=" + std::string(threadline::name_of(*line.severity));
  text += "; id=" + line.id + "; t=" + std::to_string(line.time);
  return text + "; mac=" + hmac_sha256_hex(key, text + "\n" + line.message_id);
}

}  // namespace threadline::gateway
