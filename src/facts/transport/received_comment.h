// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace threadline::facts {

/// What one comment of a Received field says. Peer: "rdns. [192.0.2.1]:25 \"EHLO x\"", "HELO x", "port=1 helo=x", "192.0.2.1",
/// "Not Verified[192.0.2.1]". Session: "version=TLS1_2, cipher=X", "using TLSv1.2 with cipher X", "TLS1.3:X:256",
/// "AUTH: LOGIN x, TLS: 1.0,256bits,X", "X encrypted", "envelope-from <x>", "Authenticated sender: x". Views into the comment.
struct Remark {
  std::string_view helo, name, ip;
  std::string_view tls, cipher, envelope_from, auth_user;
  std::string_view ident;  ///< before the last "@" of "ann@192.0.2.1": RFC 1413's word, or (qmail) the user who logged in
  bool says_helo = false;  ///< also an empty one: "(HELO )"
};
[[nodiscard]] Remark read_remark(std::string_view comment);

/// "TLS1_2", "TLSv1.2", "TLS 1.2" as "TLS1.2"; "TLSv1" as "TLS1.0"; "SSLv3" as "SSL3"; anything else as written.
[[nodiscard]] std::string tls_version(std::string_view written);

}  // namespace threadline::facts
