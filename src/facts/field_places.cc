// SPDX-License-Identifier: Apache-2.0
#include "facts/field_places.h"

#include <algorithm>
#include <array>

namespace threadline::facts {
namespace {

constexpr auto kNames = std::to_array<std::string_view>({
#define THREADLINE_FIELD_PLACE(name) name,
#include "facts/field_places.def"
#undef THREADLINE_FIELD_PLACE
});

}  // namespace

std::vector<FieldPlace> read_field_places(const message::Message& message) {
  std::vector<FieldPlace> places;
  for (const std::string_view name : kNames) {
    const message::HeaderField* field = message.field(name);
    if (field == nullptr) continue;
    const std::uint64_t length = field->raw_offset - field->offset + field->raw.size();
    places.push_back({std::string(name), Span{"header", field->offset, length}});
  }
  return places;
}

Span place_of(const Facts& facts, std::string_view name) {
  const auto found = std::ranges::find(facts.field_places, name, &FieldPlace::name);
  return found == facts.field_places.end() ? Span{.part = "header"} : found->span;
}

}  // namespace threadline::facts
