// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/text_map.h"
#include "text/css_declarations.h"

namespace threadline::text {

/// An element as selectors see it: lower case, entities decoded, white space as blanks.
struct StyledElement {
  std::string tag, id, cls;
};

/// The rules of a page's <style> elements, as far as they may hide text. Source: CSS 2.2 chapter 5 (type, class and id selectors,
/// "*", lists, descendants) and chapter 6 (specificity, order). What no mail client agrees on is not read: other combinators,
/// attributes, pseudo-classes. Rules for a width that a screen may have are only heard where they show something.
/// Names are compared without case, as pages without a doctype have them.
/// Limits: html_style_rules, html_style_matches.
class StyleSheet {
 public:
  explicit StyleSheet(const Limits& limits) : limits_(limits) {}

  /// The content of one more <style>, which is for `media`.
  void add(std::string_view css, std::string_view media);

  [[nodiscard]] bool is_empty() const { return rules_.empty(); }
  /// A rule that is not read may give a background: what a class or id looks like is then not known.
  [[nodiscard]] bool has_unread_background() const { return has_unread_background_; }
  [[nodiscard]] bool names_outer(std::string_view tag) const { return outer_tags_.contains(tag); }
  /// The limits reached.
  [[nodiscard]] bool has_too_many_rules() const { return has_too_many_rules_; }
  [[nodiscard]] bool has_too_many_matches() const { return matches_ > limits_.html_style_matches; }

  /// What the rules say of that element inside of those, the outermost first.
  [[nodiscard]] Style match(const StyledElement& element, const std::vector<StyledElement>& outer);

 private:
  /// Whether a block of rules counts: always, where it shows something ("@media (max-width:600px)"), or never.
  enum class Reach : std::uint8_t { always, shows, never };

  struct Compound {
    std::string tag, id;
    std::vector<std::string> classes;
  };
  struct Rule {
    std::vector<Compound> compounds;  // outermost first, the last is the element's
    std::uint32_t weight = 0;         // its specificity
    std::uint32_t style = 0;          // in styles_
    Reach reach = Reach::always;
  };

  [[nodiscard]] static Reach reach_of(std::string_view media);
  [[nodiscard]] static bool read_selector(std::string_view selector, Rule& rule);
  void read_rules(std::string_view css, std::size_t& at, Reach reach, std::uint32_t depth);
  void read_at_rule(std::string_view css, std::size_t& at, Reach reach, std::uint32_t depth);
  void add_rule(std::string_view selector_list, std::string_view declarations, Reach reach);
  void file(Rule rule);
  [[nodiscard]] bool fits(const Compound& compound, const StyledElement& element);
  [[nodiscard]] bool fits(const Rule& rule, const StyledElement& element, const std::vector<StyledElement>& outer);
  void gather(const StyledElement& element);

  const Limits& limits_;
  std::vector<Rule> rules_;
  std::vector<Style> styles_;
  TextMap<std::vector<std::uint32_t>> keys_;  // "#id", ".class", "tag", "*": the rules that end in it
  TextSet outer_tags_;
  std::vector<std::uint32_t> found_;  // of one element
  std::uint64_t matches_ = 0;
  bool has_unread_background_ = false, has_too_many_rules_ = false;
};

}  // namespace threadline::text
