// SPDX-License-Identifier: Apache-2.0
#include "documents/fixed_page.h"

namespace threadline::documents {

bool FixedPage::begin(std::string_view name, const text::XmlAttributes& attributes) {
  if (name != "Glyphs") return !to_.is_full();
  constexpr std::string_view kEscape = "{}";  // before letters that begin with a brace
  std::string_view words = attributes.value("UnicodeString");
  if (words.starts_with(kEscape)) words.remove_prefix(kEscape.size());
  const std::string_view height = attributes.value("OriginY");
  const bool goes_on = !height_.empty() && height == height_;
  if (!goes_on && !height_.empty()) to_.end_paragraph();
  if (!goes_on) to_.begin_paragraph();
  if (goes_on) to_.add(" ");
  to_.add(words);
  height_ = height.empty() ? "none" : height;
  return false;
}

void FixedPage::end(std::string_view name) {
  if (name != "FixedPage" || height_.empty()) return;
  to_.end_paragraph();
  height_.clear();
}

}  // namespace threadline::documents
