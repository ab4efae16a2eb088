// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "timeline/words.h"

namespace threadline::timeline {

/// Text that a page shows as it is: visible, nothing of it markup.
[[nodiscard]] std::string html_text(std::string_view text);

/// Writes the tags of a page. Texts go through `html_text`; classes and tags are ours.
class Markup {
 public:
  Markup(std::ostream& out, Language language) : out_(out), language_(language) {}

  [[nodiscard]] Language language() const { return language_; }
  [[nodiscard]] std::string word(std::string_view key) const { return std::string(words(key, language_)); }

  /// As it is: a tag, never anything of the evidence.
  void tag(std::string_view markup) { out_ << markup; }
  void text(std::string_view text) { out_ << html_text(text); }
  /// <tag class="...">text</tag>
  void element(std::string_view name, std::string_view text, std::string_view css_class = {});
  /// The beginning of a table with these titles; `end_table` ends it.
  void begin_table(const std::vector<std::string_view>& title_keys, std::string_view css_class = {});
  void end_table() { out_ << "</tbody></table>\n"; }
  /// A row of cells, each with its column's title for screens that are too narrow for columns.
  void record(const std::vector<std::string>& cells);
  /// A table without titles: a name and its value a row; nothing for an empty value.
  void named(std::string_view name, std::string_view value);

 private:
  std::ostream& out_;
  Language language_;
  std::vector<std::string> titles_;  ///< of the table
};

}  // namespace threadline::timeline
