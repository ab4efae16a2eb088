// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

#include "facts/transport/hop.h"

namespace threadline::facts {

inline void put(std::string& line, std::string_view label, std::string_view value) {
  if (value.empty()) return;
  if (!line.empty()) line += ' ';
  line.append(label).append("{").append(value).append("}");
}

/// One canonical line of what was read.
inline std::string line_of(const Hop& hop) {
  std::string line;
  put(line, "helo", hop.from.helo);
  put(line, "name", hop.from.name);
  put(line, "ip", hop.from.ip);
  put(line, "by", hop.by);
  put(line, "ip_by", hop.ip_by);
  put(line, "via", hop.via);
  put(line, "with", hop.with);
  put(line, "tls", hop.tls);
  put(line, "cipher", hop.cipher);
  put(line, "id", hop.id);
  put(line, "for", hop.for_whom);
  put(line, "env", hop.envelope_from);
  put(line, "auth", hop.auth_user);
  put(line, "time", hop.time ? rfc3339(hop.time->at) : "");
  put(line, "shape", hop.shape);
  return line;
}

/// An exact-size heap copy, so that a sanitizer sees one byte too far.
inline Hop read_exact(std::string_view value) {
  const std::unique_ptr<char[]> copy(new char[value.size()]);
  std::copy(value.begin(), value.end(), copy.get());
  return read_received({copy.get(), value.size()});
}

}  // namespace threadline::facts
