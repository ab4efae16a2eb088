// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "message/mapi_message.h"

// Objects by hand, and a message's parts on one line.
namespace threadline::message {

inline MapiObject object_of(std::vector<MapiProperty> properties) {
  MapiObject object;
  object.properties.list = std::move(properties);
  return object;
}

inline MapiProperties row(std::vector<MapiProperty> properties) { return {.list = std::move(properties)}; }

inline Message read(const MapiObject& object, const Limits& limits = {}) {
  Message message;
  (void)read_mapi_object(object, limits, message);
  return message;
}

inline Message read(std::vector<MapiProperty> properties) { return read(object_of(std::move(properties))); }

inline bool has_note(const Message& message, std::string_view code, std::string_view text = {}) {
  return std::ranges::any_of(message.notes,
                             [&](const Note& note) { return note.code == code && note.text.find(text) != note.text.npos; });
}

inline std::string shown(const Address& person) { return person.name + "<" + person.address + ">"; }
inline std::string shown(const std::vector<Address>& people) {
  std::string all;
  for (const auto& person : people) all += (all.empty() ? "" : " ") + shown(person);
  return all;
}
inline std::string shown(const std::optional<Address>& person) { return person ? shown(*person) : "(none)"; }
inline std::string shown(const std::optional<Stamp>& stamp) { return stamp ? rfc3339(stamp->at) : "(none)"; }
inline std::string shown(const std::vector<Text>& texts) {
  std::string all;
  for (const auto& text : texts)
    all += fmt::format("{}{}{}:{}[{}]", all.empty() ? "" : " ", text.part, text.attached ? "+" : "", text.html ? "html" : "text",
                       text.content);
  return all;
}

}  // namespace threadline::message
