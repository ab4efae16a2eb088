// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace threadline::facts {

/// One tag of a tag-list (RFC 6376 section 3.2), white space around name and value removed.
struct Tag {
  std::string_view name, value;
  std::size_t begin = 0, end = 0;  ///< of everything between "=" and ";", in the list
};

/// The tags of a list, in their order, duplicates too; what has no "=" is left out.
[[nodiscard]] std::vector<Tag> read_tags(std::string_view list);
/// The value of the first tag of that name (names are case-sensitive); nothing without it.
[[nodiscard]] std::optional<std::string_view> tag_value(const std::vector<Tag>& tags, std::string_view name);
/// The name of a tag that stands twice, which makes the whole list invalid (section 3.2), or empty.
[[nodiscard]] std::string_view doubled_tag(const std::vector<Tag>& tags);
/// Without white space anywhere: base64 and names may be folded.
[[nodiscard]] std::string without_blanks(std::string_view value);
/// The items between colons, lower case, without white space; an empty value has none.
[[nodiscard]] std::vector<std::string> colon_items(std::string_view value);

}  // namespace threadline::facts
