// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace threadline::apps::serve {

/// What a request says of where it comes from; empty: it does not say.
struct Asked {
  std::string method, path, host, token;
  std::optional<std::string> origin;
  std::string fetch_site, fetch_mode, fetch_dest;
};

/// Who may come in: the browser is full of other pages, and any of them can send requests to this machine.
class Door {
 public:
  Door(std::uint16_t port, std::string token) : port_(port), token_(std::move(token)) {}

  /// 0, or the status that refuses the request: 421 another Host (DNS rebinding), 403 another Origin or a fetch of another site,
  /// 405 a method other than GET, HEAD and POST, 401 below /api/ without the token.
  [[nodiscard]] int refusal(const Asked& asked) const;
  [[nodiscard]] const std::string& token() const { return token_; }

 private:
  [[nodiscard]] bool is_own_host(std::string_view host) const;

  std::uint16_t port_;
  std::string token_;
};

/// Compares in a time that does not depend on where they differ.
[[nodiscard]] bool is_equal_in_constant_time(std::string_view one, std::string_view other);
/// 256 bits of the kernel's, in hexadecimal digits.
[[nodiscard]] std::string new_token();

}  // namespace threadline::apps::serve
