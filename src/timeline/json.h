// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "base/instant.h"
#include "base/note.h"
#include "base/span.h"
#include "base/value.h"
#include "findings/finding.h"

// Included by .cc files of this folder alone: nlohmann_json is no part of any interface (DESIGN).
namespace threadline::timeline {

using Json = nlohmann::ordered_json;

[[nodiscard]] Json to_json(const Value& value);
[[nodiscard]] Json to_json(const Span& span);
[[nodiscard]] Json to_json(const Note& note);
/// A finding's evidence with `because` (row.schema.json).
[[nodiscard]] Json evidence_of(const findings::Finding& finding);
/// An empty text is null.
[[nodiscard]] Json text_or_null(const std::string& text);
/// The text of that member; empty where it is none.
template <class AnyJson>
[[nodiscard]] std::string text_at(const AnyJson& object, std::string_view key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  return found == object.end() || !found->is_string() ? std::string() : found->template get<std::string>();
}
/// On one line; illegal UTF-8 becomes U+FFFD.
[[nodiscard]] std::string dumped(const Json& json);

}  // namespace threadline::timeline
