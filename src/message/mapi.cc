// SPDX-License-Identifier: Apache-2.0
#include "message/mapi.h"

#include <algorithm>

namespace threadline::message {

const MapiProperty* MapiProperties::find(std::uint16_t id) const {
  const auto found = std::ranges::find(list, id, &MapiProperty::id);
  return found == list.end() ? nullptr : &*found;
}

}  // namespace threadline::message
