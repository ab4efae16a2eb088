// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
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
/// Limit: html_style_rules.
class StyleRules {
 public:
  explicit StyleRules(std::uint64_t most) : most_(most) {}

  /// The content of one more <style>, which is for `media`.
  void add(std::string_view css, std::string_view media);

 private:
  friend class StyleSheet;

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

  std::uint64_t most_;
  std::vector<Rule> rules_;
  std::vector<Style> styles_;
  TextMap<std::vector<std::uint32_t>> keys_;  // "#id", ".class", "tag", "*": the rules that end in it
  TextSet outer_tags_;
  bool has_unread_background_ = false, has_too_many_rules_ = false;
};

/// The content of a <style> element, and what it is for.
struct StyleText {
  std::string_view css;
  std::string media;
};

/// The rules of those elements, in their order. A firm's mails, and a client's, have the same ones: the last are kept.
[[nodiscard]] std::shared_ptr<const StyleRules> rules_of(const std::vector<StyleText>& styles, const Limits& limits);

/// What the rules say of the elements of one page. Limit: html_style_matches.
class StyleSheet {
 public:
  StyleSheet(std::shared_ptr<const StyleRules> rules, const Limits& limits)
      : rules_(std::move(rules)), most_matches_(limits.html_style_matches) {}

  [[nodiscard]] bool is_empty() const { return rules_->rules_.empty(); }
  /// A rule that is not read may give a background: what a class or id looks like is then not known.
  [[nodiscard]] bool has_unread_background() const { return rules_->has_unread_background_ || has_unread_matches_; }
  [[nodiscard]] bool names_outer(std::string_view tag) const { return rules_->outer_tags_.contains(tag); }
  /// The limits reached.
  [[nodiscard]] bool has_too_many_rules() const { return rules_->has_too_many_rules_; }
  [[nodiscard]] bool has_too_many_matches() const { return matches_ > most_matches_; }

  /// What the rules say of that element inside of those, the outermost first.
  [[nodiscard]] Style match(const StyledElement& element, const std::vector<StyledElement>& outer);

 private:
  [[nodiscard]] bool fits(const StyleRules::Compound& compound, const StyledElement& element);
  [[nodiscard]] bool fits(const StyleRules::Rule& rule, const StyledElement& element, const std::vector<StyledElement>& outer);
  void gather(const StyledElement& element);

  std::shared_ptr<const StyleRules> rules_;
  std::uint64_t most_matches_;
  std::vector<std::uint32_t> found_;  // of one element
  std::uint64_t matches_ = 0;
  bool has_unread_matches_ = false;
};

}  // namespace threadline::text
