// SPDX-License-Identifier: Apache-2.0
#include "message/mapi.h"

#include <algorithm>

namespace threadline::message {

const MapiProperty* MapiProperties::find(std::uint16_t id) const {
  const auto found = std::ranges::find(list, id, &MapiProperty::id);
  return found == list.end() ? nullptr : &*found;
}

std::uint16_t id_of_name(const MapiObject& object, std::string_view guid, std::uint32_t number) {
  const auto found =
      std::ranges::find_if(object.names, [&](const auto& one) { return one.second.number == number && one.second.guid == guid; });
  return found == object.names.end() ? std::uint16_t{0} : found->first;
}

}  // namespace threadline::message
