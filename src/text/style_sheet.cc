// SPDX-License-Identifier: Apache-2.0
#include "text/style_sheet.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <tuple>
#include <utility>

#include "base/kept_answers.h"
#include "text/fold.h"

namespace threadline::text {
namespace {

constexpr auto kNowhere = std::string_view::npos;
constexpr std::string_view kBlanks = " \t\r\n\f;";  // between rules
constexpr std::uint32_t kBlockDepth = 8;            // of "@media" in "@media"
constexpr std::size_t kLongestPrelude = 2'000;      // a longer selector or query is not read
constexpr std::size_t kLongestName = 100;
constexpr std::size_t kCompounds = 8;                // of one selector
constexpr std::ptrdiff_t kMostKept = 200;            // selectors of a page whose rules are kept: some 60 KB
constexpr double kNarrowest = 320, kWidest = 1'920;  // pixels of a window

/// The first of `stops` outside of strings, or the end.
std::size_t find_outside(std::string_view css, std::size_t at, std::string_view stops) {
  while (at < css.size()) {
    if (stops.find(css[at]) != kNowhere) return at;
    if (css[at] == '"' || css[at] == '\'')
      at = css_string_end(css, at);
    else
      at += css[at] == '\\' ? 2U : 1U;
  }
  return css.size();
}

/// From behind a "{" to its "}", or the end.
std::size_t block_end(std::string_view css, std::size_t at) {
  for (std::uint32_t depth = 1;; ++at) {
    at = find_outside(css, at, "{}");
    if (at >= css.size()) return css.size();
    if (css[at] == '{')
      ++depth;
    else if (--depth == 0)
      return at;
  }
}

/// The comma behind the first selector of a list, or the end. Those in brackets are a selector's own: ":not(.a, .b)".
std::size_t selector_end(std::string_view list) {
  std::size_t at = find_outside(list, 0, ",()[]");
  for (std::size_t depth = 0; at < list.size(); at = find_outside(list, at + 1, ",()[]")) {
    if (list[at] == ',' && depth == 0) return at;
    if (list[at] == '(' || list[at] == '[')
      ++depth;
    else if (list[at] != ',' && depth > 0)
      --depth;
  }
  return at;
}

bool has_word(std::string_view text, std::string_view word) { return text.find(word) != kNowhere; }

/// The pixels behind "max-width:" and the like; nothing where it does not stand there.
std::optional<double> pixels_behind(std::string_view query, std::string_view name) {
  const std::size_t found = query.find(name);
  if (found == kNowhere) return std::nullopt;
  const std::size_t number = query.find_first_of(".0123456789", found + name.size());
  if (number == kNowhere) return std::nullopt;
  const double value = css_number(query.substr(number, 12)).value_or(0);
  return has_word(query.substr(number, 16), "em") ? value * 16 : value;
}

/// Whether a window that somebody reads mail in may be so wide.
bool is_a_width(std::string_view query) {
  const double most =
      std::min(pixels_behind(query, "max-width").value_or(kWidest), pixels_behind(query, "max-device-width").value_or(kWidest));
  const double least = std::max(pixels_behind(query, "min-width").value_or(kNarrowest),
                                pixels_behind(query, "min-device-width").value_or(kNarrowest));
  return most >= kNarrowest && least <= kWidest && least <= most;
}

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || static_cast<unsigned char>(c) >= 0x80;
  });
}

bool has_class(std::string_view classes, std::string_view name) {
  while (!classes.empty()) {
    const std::size_t end = std::min(classes.find(' '), classes.size());
    if (classes.substr(0, end) == name) return true;
    classes.remove_prefix(std::min(end + 1, classes.size()));
  }
  return false;
}

/// What hides is not heard of, and colours are not known: the rule may be in force or not.
void keep_what_shows(Style& style) {
  for (Declarations* each : {&style.plain, &style.important}) {
    each->given &= ~each->on;
    each->on = 0;
    for (Paint* paint : {&each->colour, &each->background, &each->fill}) {
      if (paint->kind != Paint::Kind::not_given) *paint = {.kind = Paint::Kind::unknown};
    }
  }
}

bool gives_background(const Declarations& declarations) {
  return declarations.is_on(Css::picture) || declarations.background.kind == Paint::Kind::known ||
         declarations.background.kind == Paint::Kind::unknown;
}

/// The dark colours of Outlook on the web, and what a pointer changes: not how a mail looks.
bool is_passing(std::string_view selector) {
  return std::ranges::any_of(std::to_array<std::string_view>({"ogsc", "ogsb", ":hover", ":active", ":focus", ":visited"}),
                             [&](std::string_view mark) { return has_word(selector, mark); });
}

void take(Style& to, const Style& later) {
  to.plain.take(later.plain);
  to.important.take(later.important);
}

}  // namespace

void StyleRules::add(std::string_view css, std::string_view media) {
  const std::string text = css_without_comments(css);
  const Reach reach = reach_of(readable_css(media));
  for (std::size_t at = 0; at < text.size();) {
    read_rules(text, at, reach, 0);
    ++at;  // a "}" too many
  }
}

/// Source: Media Queries Level 4. "not" and features of other kinds than width are not understood, and never hold.
StyleRules::Reach StyleRules::reach_of(std::string_view media) {
  Reach reach = trimmed(media).empty() ? Reach::always : Reach::never;
  while (!media.empty()) {
    const std::size_t end = std::min(media.find(','), media.size());
    std::string_view query = trimmed(media.substr(0, end));
    media.remove_prefix(std::min(end + 1, media.size()));
    if (query.starts_with("only ")) query = trimmed(query.substr(5));
    if (query == "all" || query == "screen") return Reach::always;
    const bool is_screen = query.starts_with("screen") || query.starts_with("all") || query.starts_with('(');
    const bool is_window = has_word(query, "width") || has_word(query, "device-pixel-ratio") || has_word(query, "orientation");
    if (is_screen && is_window && !has_word(query, "prefers-") && is_a_width(query)) reach = Reach::shows;
  }
  return reach;
}

/// Up to the "}" that ends the block, or the end.
void StyleRules::read_rules(std::string_view css, std::size_t& at, Reach reach, std::uint32_t depth) {
  while (at < css.size() && css[at] != '}') {
    if (kBlanks.find(css[at]) != kNowhere) {
      ++at;
    } else if (css[at] == '@') {
      read_at_rule(css, at, reach, depth);
    } else {
      const std::size_t brace = find_outside(css, at, "{}");
      if (brace >= css.size() || css[brace] == '}') {
        at = brace;
        return;
      }
      const std::size_t end = block_end(css, brace + 1);
      if (reach != Reach::never)
        add_rule(css.substr(at, brace - at), css.substr(std::min(brace + 1, end), end - std::min(brace + 1, end)), reach);
      at = std::min(end + 1, css.size());
    }
  }
}

void StyleRules::read_at_rule(std::string_view css, std::size_t& at, Reach reach, std::uint32_t depth) {
  const std::size_t begin = at;
  at = find_outside(css, at, "{};");
  if (at >= css.size() || css[at] == '}') return;
  const std::string_view prelude = css.substr(begin, std::min(at - begin, kLongestPrelude));
  if (css[at++] == ';') return;
  if (!prelude.starts_with("@media") || depth >= kBlockDepth) {
    at = std::min(block_end(css, at) + 1, css.size());
    return;
  }
  read_rules(css, at, std::max(reach, reach_of(readable_css(prelude.substr(6)))), depth + 1);
  at = std::min(at + 1, css.size());
}

void StyleRules::add_rule(std::string_view selector_list, std::string_view declarations, Reach reach) {
  Style style = read_declarations(readable_css(declarations));
  const bool is_background = gives_background(style.plain) || gives_background(style.important);
  if (reach == Reach::shows) keep_what_shows(style);
  if (style.plain.is_empty() && style.important.is_empty()) return;
  const std::string list = readable_css(selector_list);
  std::string_view selectors = list;
  bool is_used = false;
  while (!selectors.empty()) {
    const std::size_t end = selector_end(selectors);
    Rule rule{.compounds = {}, .weight = 0, .style = static_cast<std::uint32_t>(styles_.size()), .reach = reach};
    const std::string_view selector = trimmed(selectors.substr(0, end));
    selectors.remove_prefix(std::min(end + 1, selectors.size()));
    if (!read_selector(selector, rule)) {
      has_unread_background_ |= is_background && !is_passing(selector);
      continue;
    }
    if (rules_.size() >= most_) {
      has_too_many_rules_ = has_unread_background_ = true;
      break;
    }
    file(std::move(rule));
    is_used = true;
  }
  if (is_used) styles_.push_back(style);
}

/// "td.a .b#c": false where it is none of the kinds that are read.
bool StyleRules::read_selector(std::string_view selector, Rule& rule) {
  if (selector.empty() || selector.size() > kLongestPrelude) return false;
  while (!selector.empty()) {
    const std::size_t end = std::min(selector.find(' '), selector.size());
    std::string_view word = selector.substr(0, end);
    selector = trimmed(selector.substr(end));
    if (rule.compounds.size() == kCompounds) return false;
    Compound compound;
    const std::size_t tag_end = std::min(word.find_first_of(".#"), word.size());
    if (const std::string_view tag = word.substr(0, tag_end); tag != "*" && !tag.empty()) {
      if (!is_name(tag)) return false;
      compound.tag = tag;
      ++rule.weight;
    }
    for (word.remove_prefix(tag_end); !word.empty();) {
      const std::size_t next = std::min(word.find_first_of(".#", 1), word.size());
      const std::string_view name = word.substr(1, next - 1);
      if (!is_name(name)) return false;
      if (word[0] == '#') {
        compound.id = name;
        rule.weight += 1U << 20U;
      } else {
        compound.classes.emplace_back(name);
        rule.weight += 1U << 10U;
      }
      word.remove_prefix(next);
    }
    rule.compounds.push_back(std::move(compound));
  }
  return true;
}

void StyleRules::file(Rule rule) {
  const Compound& last = rule.compounds.back();
  std::string key = last.tag.empty() ? "*" : last.tag;
  if (!last.classes.empty()) key = "." + last.classes.front();
  if (!last.id.empty()) key = "#" + last.id;
  keys_[key].push_back(static_cast<std::uint32_t>(rules_.size()));
  for (std::size_t i = 0; i + 1 < rule.compounds.size(); ++i) outer_tags_.insert(rule.compounds[i].tag);
  rules_.push_back(std::move(rule));
}

std::shared_ptr<const StyleRules> rules_of(const std::vector<StyleText>& styles, const Limits& limits) {
  std::string key = std::to_string(limits.html_style_rules);
  for (const StyleText& style : styles) {  // with lengths: the bytes of one sheet are never those of two
    for (const std::string_view part : {std::string_view(style.media), style.css})
      key.append(" ").append(std::to_string(part.size())).append(":").append(part);
  }
  const auto read = [&] {
    StyleRules rules(limits.html_style_rules);
    for (const StyleText& style : styles) rules.add(style.css, style.media);
    return std::make_shared<const StyleRules>(std::move(rules));
  };
  if (std::ranges::count(key, '{') + std::ranges::count(key, ',') > kMostKept) return read();
  thread_local KeptAnswers<std::shared_ptr<const StyleRules>> kept;
  return kept.of(key, read);
}

bool StyleSheet::fits(const StyleRules::Compound& compound, const StyledElement& element) {
  matches_ += 1 + element.cls.size() / 64;
  if (!compound.tag.empty() && compound.tag != element.tag) return false;
  if (!compound.id.empty() && compound.id != element.id) return false;
  return std::ranges::all_of(compound.classes, [&](const std::string& name) { return has_class(element.cls, name); });
}

bool StyleSheet::fits(const StyleRules::Rule& rule, const StyledElement& element, const std::vector<StyledElement>& outer) {
  if (has_too_many_matches() || !fits(rule.compounds.back(), element)) return false;
  std::size_t left = rule.compounds.size() - 1;
  for (std::size_t at = outer.size(); left > 0 && at > 0 && !has_too_many_matches(); --at) {
    if (fits(rule.compounds[left - 1], outer[at - 1])) --left;
  }
  return left == 0;
}

/// The rules that may be about the element.
void StyleSheet::gather(const StyledElement& element) {
  found_.clear();
  const auto take_key = [&](const std::string& key) {
    const auto known = rules_->keys_.find(key);
    const bool is_known = known != rules_->keys_.end();
    matches_ += 1 + (is_known ? known->second.size() : 0);
    if (is_known && !has_too_many_matches()) found_.insert(found_.end(), known->second.begin(), known->second.end());
  };
  take_key("*");
  take_key(element.tag);
  if (!element.id.empty()) take_key("#" + element.id);
  for (std::size_t at = 0; at < element.cls.size() && !has_too_many_matches();) {
    const std::size_t end = std::min(element.cls.find(' ', at), element.cls.size());
    if (end > at) take_key("." + element.cls.substr(at, end - at));
    at = end + 1;
  }
}

Style StyleSheet::match(const StyledElement& element, const std::vector<StyledElement>& outer) {
  Style style;
  if (is_empty() || has_too_many_matches()) return style;
  gather(element);
  if (has_too_many_matches()) return style;
  const auto& rules = rules_->rules_;
  std::ranges::sort(found_, {}, [&](std::uint32_t at) { return std::tuple(rules[at].reach, rules[at].weight, at); });
  for (const std::uint32_t at : found_) {
    if (fits(rules[at], element, outer)) take(style, rules_->styles_[rules[at].style]);
  }
  if (has_too_many_matches()) has_unread_matches_ = true;
  return style;
}

}  // namespace threadline::text
