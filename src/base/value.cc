// SPDX-License-Identifier: Apache-2.0
#include "base/value.h"

#include <algorithm>

namespace threadline::inline base {

const Value* Value::find(std::string_view key) const {
  const Object* members = object();
  if (members == nullptr) return nullptr;
  const auto found = std::ranges::find(*members, key, &Object::value_type::first);
  return found == members->end() ? nullptr : &found->second;
}

std::string Value::text_at(std::string_view key) const {
  const Value* member = find(key);
  return member == nullptr || member->text() == nullptr ? std::string() : *member->text();
}

Value& Value::set(std::string key, Value value) {
  if (object() == nullptr) data_ = Object{};
  auto& members = std::get<Object>(data_);
  const auto found = std::ranges::find(members, key, &Object::value_type::first);
  if (found == members.end()) {
    members.emplace_back(std::move(key), std::move(value));
  } else {
    found->second = std::move(value);
  }
  return *this;
}

}  // namespace threadline::inline base
