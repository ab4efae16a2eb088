// SPDX-License-Identifier: Apache-2.0
#include "text/words_in_tag.h"

#include <algorithm>
#include <array>
#include <string>

#include "text/fold.h"
#include "text/html_entities.h"

namespace threadline::text {
namespace {

/// Fewer digits than the shortest account has are not worth reading: the names of logos stay out.
bool has_digits_of_account(std::string_view value) {
  constexpr std::ptrdiff_t kFewest = 8;
  return std::ranges::count_if(value, [](char c) { return c >= '0' && c <= '9'; }) >= kFewest;
}

/// "cid:image002.jpg@01D5...", "IMG_20260301.png": a file's name, which mailers write where nobody described the picture.
bool names_file(std::string_view alternative) {
  constexpr std::array<std::string_view, 7> kEndings = {".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"};
  const std::string lowered = ascii_lower(trimmed(alternative));
  return lowered.starts_with("cid:") || lowered.find("://") != lowered.npos ||
         std::ranges::any_of(kEndings, [&](std::string_view ending) { return lowered.ends_with(ending); });
}

/// Types of <input> whose value stands in the page. Source: WHATWG HTML, section 4.10.5.1.
bool is_shown_field(std::string_view type) {
  constexpr std::array<std::string_view, 10> kShown = {"",       "button", "email", "number", "reset",
                                                       "search", "submit", "tel",   "text",   "url"};
  return std::ranges::find(kShown, ascii_lower(attribute_text(type))) != kShown.end();
}

}  // namespace

std::string_view shown_in_tag(const HtmlToken& tag) {
  const auto& attributes = tag.attributes;
  std::string_view shown;
  if (tag.name == "img" && !names_file(attributes.alt)) shown = attributes.alt;
  if (tag.name == "input" && is_shown_field(attributes.type)) shown = attributes.value;
  return has_digits_of_account(shown) ? shown : std::string_view();
}

}  // namespace threadline::text
