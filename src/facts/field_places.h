// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "facts/facts.h"

namespace threadline::facts {

/// The places of the fields of field_places.def that the message has, in the order of that table.
[[nodiscard]] std::vector<FieldPlace> read_field_places(const message::Message& message);

}  // namespace threadline::facts
