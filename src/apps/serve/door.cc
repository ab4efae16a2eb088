// SPDX-License-Identifier: Apache-2.0
#include "apps/serve/door.h"

#include <fmt/format.h>
#include <sys/random.h>

#include <array>
#include <stdexcept>

namespace threadline::apps::serve {

bool is_equal_in_constant_time(std::string_view one, std::string_view other) {
  if (one.size() != other.size() || one.empty()) return false;
  volatile unsigned char difference = 0;
  for (std::size_t i = 0; i < one.size(); ++i)
    difference = static_cast<unsigned char>(difference | static_cast<unsigned char>(one[i] ^ other[i]));
  return difference == 0;
}

std::string new_token() {
  std::array<unsigned char, 32> bytes{};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    throw std::runtime_error("the kernel gives no random bytes");
  std::string token;
  for (const unsigned char byte : bytes) token += fmt::format("{:02x}", byte);
  return token;
}

bool Door::is_own_host(std::string_view host) const {
  return host == fmt::format("127.0.0.1:{}", port_) || host == fmt::format("localhost:{}", port_);
}

int Door::refusal(const Asked& asked) const {
  if (!is_own_host(asked.host)) return 421;
  if (asked.method != "GET" && asked.method != "HEAD" && asked.method != "POST") return 405;
  if (asked.origin && *asked.origin != "http://" + asked.host) return 403;
  const bool is_navigation =
      asked.method == "GET" && asked.path == "/" && asked.fetch_mode == "navigate" && asked.fetch_dest == "document";
  const bool is_own_fetch = asked.fetch_site.empty() || asked.fetch_site == "same-origin" || asked.fetch_site == "none";
  if (!is_own_fetch && !is_navigation) return 403;
  const bool is_api = asked.path.starts_with("/api/");
  if (is_api && !is_equal_in_constant_time(asked.token, token_)) return 401;
  return 0;
}

}  // namespace threadline::apps::serve
