// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace threadline::inline base {

/// A time-stamp request (RFC 3161, DER) for a SHA-256 digest of 64 hexadecimal digits, asking for the authority's certificate.
/// The same digest gives the same request: it has no nonce. Nothing is sent.
/// Errors: no such digest.
[[nodiscard]] Result<std::string> timestamp_request(std::string_view digest);

/// What an authority's answer says.
struct TimestampAnswer {
  std::string digest;  ///< that it is about, 64 hexadecimal digits
  std::string time;    ///< RFC 3339 in UTC
  std::string serial;  ///< hexadecimal
  std::string policy;  ///< object identifier
};

/// Reads a time-stamp response (RFC 3161, DER). The signature is not checked: that needs the authority's certificates
/// (openssl ts -verify).
/// Errors: no response; one that refuses; one that is not about a SHA-256 digest.
[[nodiscard]] Result<TimestampAnswer> read_timestamp_answer(std::string_view bytes);

}  // namespace threadline::inline base
