// SPDX-License-Identifier: Apache-2.0
#include "facts/transport/dkim_tags.h"

#include <algorithm>
#include <iterator>

#include "base/ascii.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

std::string_view without_ends(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

std::vector<Tag> read_tags(std::string_view list) {
  std::vector<Tag> tags;
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find(';', at), list.size());
    const std::string_view one = list.substr(at, end - at);
    if (const std::size_t equal = one.find('='); equal != std::string_view::npos) {
      tags.push_back({without_ends(one.substr(0, equal)), without_ends(one.substr(equal + 1)), at + equal + 1, end});
    }
    at = end + 1;
  }
  return tags;
}

std::optional<std::string_view> tag_value(const std::vector<Tag>& tags, std::string_view name) {
  const auto found = std::ranges::find(tags, name, &Tag::name);
  return found == tags.end() ? std::nullopt : std::optional(found->value);
}

std::string_view doubled_tag(const std::vector<Tag>& tags) {
  std::vector<std::string_view> names;
  names.reserve(tags.size());
  std::ranges::transform(tags, std::back_inserter(names), &Tag::name);
  std::ranges::sort(names);
  const auto twice = std::ranges::adjacent_find(names);
  return twice == names.end() ? std::string_view{} : *twice;
}

std::string without_blanks(std::string_view value) {
  std::string text;
  text.reserve(value.size());
  std::ranges::remove_copy_if(value, std::back_inserter(text), is_space);
  return text;
}

std::vector<std::string> colon_items(std::string_view value) {
  std::vector<std::string> items;
  while (!value.empty()) {
    const std::size_t end = std::min(value.find(':'), value.size());
    if (std::string item = text::ascii_lower(without_blanks(value.substr(0, end))); !item.empty())
      items.push_back(std::move(item));
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  return items;
}

}  // namespace threadline::facts
