// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "message/message.h"

namespace threadline::facts {

/// One way to read an exported body: as it stands, or with a known damage of exports undone.
struct BodyReading {
  std::string name;  ///< "as is", "bare LF restored", "bare LF restored, list footer cut" ...
  std::string_view body;
  bool white_space = false;  ///< differs from the one before in white space alone: the same in relaxed form
};

/// Gives the readings of a body one after the other, the plainest first, until `visit` has seen enough (false).
/// Tried: as is; bare LF as CR LF; doubled CR as one; then, each alone on top of these: the text behind a mailing list's
/// separator cut, mbox ">From " undone or redone, an empty line at the start added or removed, "-- " that lost its blank, white
/// space at line ends, dot stuffing, base64 in other line lengths, the transfer encoding of a single part, a footer as last
/// part, the first part of a list's wrapper. A reading that changes nothing is not given.
void each_body_reading(std::string_view body, const message::Message& message,
                       const std::function<bool(const BodyReading&)>& visit);

}  // namespace threadline::facts
