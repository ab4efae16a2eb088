// SPDX-License-Identifier: Apache-2.0
#include "facts/field_places.h"

#include <algorithm>
#include <array>

#include "text/fold.h"

namespace threadline::facts {
namespace {

enum class Content { people, one };
struct Quoted {
  std::string_view name;
  Content content;
};
constexpr auto kQuoted = std::to_array<Quoted>({
#define THREADLINE_FIELD_PLACE(name, content) {name, Content::content},
#include "facts/field_places.def"
#undef THREADLINE_FIELD_PLACE
});

/// The field that the message's facts were read from: a field that stands twice gives the people of both, else the first counts.
const message::HeaderField* source_of(const message::Message& message, const Quoted& quoted) {
  if (quoted.content == Content::people) {
    for (const message::HeaderField& field : message.headers) {
      if (text::equal_ascii_nocase(field.name, quoted.name) && field.value.find('@') != std::string::npos) return &field;
    }
  }
  return message.field(quoted.name);
}

}  // namespace

std::vector<FieldPlace> read_field_places(const message::Message& message) {
  std::vector<FieldPlace> places;
  for (const Quoted& quoted : kQuoted) {
    const message::HeaderField* field = source_of(message, quoted);
    if (field == nullptr) continue;
    const std::uint64_t length = field->raw_offset - field->offset + field->raw.size();
    places.push_back({std::string(quoted.name), Span{"header", field->offset, length}});
  }
  return places;
}

Span place_of(const Facts& facts, std::string_view name) {
  const auto found = std::ranges::find(facts.field_places, name, &FieldPlace::name);
  return found == facts.field_places.end() ? Span{.part = "header"} : found->span;
}

}  // namespace threadline::facts
