// SPDX-License-Identifier: Apache-2.0
#include "text/html.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "base/text_map.h"
#include "text/charset.h"
#include "text/fold.h"
#include "text/html_entities.h"
#include "text/html_style.h"
#include "text/html_tokens.h"
#include "text/html_tree.h"
#include "text/html_writer.h"
#include "text/style_sheet.h"
#include "text/words_in_tag.h"

namespace threadline::text {
namespace {

/// What an element means for the text. Source: WHATWG HTML, section 15.3 (rendering), and 13.1.2 (kinds of elements).
enum class Role { plain, block, row, cell, table, line_break, rule, empty, skipped_raw, shown_raw, frame };

struct TagRole {
  std::string_view name;
  Role role;
  bool is_kept = false;  // in HtmlText::elements, whatever its attributes
};
constexpr std::array kRoles = std::to_array<TagRole>({
    {"a", Role::plain, true},
    {"address", Role::block},
    {"area", Role::empty},
    {"article", Role::block},
    {"aside", Role::block},
    {"base", Role::empty},
    {"basefont", Role::empty},
    {"bgsound", Role::empty},
    {"blockquote", Role::block, true},
    {"body", Role::frame},
    {"br", Role::line_break},
    {"caption", Role::block},
    {"center", Role::block},
    {"col", Role::empty},
    {"dd", Role::block},
    {"details", Role::block},
    {"dir", Role::block},
    {"div", Role::block, true},
    {"dl", Role::block},
    {"dt", Role::block},
    {"embed", Role::empty},
    {"fieldset", Role::block},
    {"figcaption", Role::block},
    {"figure", Role::block},
    {"footer", Role::block},
    {"form", Role::block},
    {"frame", Role::empty},
    {"frameset", Role::frame},
    {"h1", Role::block},
    {"h2", Role::block},
    {"h3", Role::block},
    {"h4", Role::block},
    {"h5", Role::block},
    {"h6", Role::block},
    {"head", Role::frame},
    {"header", Role::block},
    {"hr", Role::rule, true},
    {"html", Role::frame},
    {"iframe", Role::skipped_raw},
    {"img", Role::empty},
    {"input", Role::empty},
    {"keygen", Role::empty},
    {"legend", Role::block},
    {"li", Role::block, true},
    {"link", Role::empty},
    {"main", Role::block},
    {"menu", Role::block},
    {"meta", Role::empty},
    {"nav", Role::block},
    {"noembed", Role::skipped_raw},
    {"noframes", Role::frame},
    {"ol", Role::block, true},
    {"option", Role::block},
    {"p", Role::block, true},
    {"param", Role::empty},
    {"pre", Role::block, true},
    {"script", Role::skipped_raw},
    {"section", Role::block},
    {"source", Role::empty},
    {"spacer", Role::empty},
    {"style", Role::skipped_raw},
    {"summary", Role::block},
    {"table", Role::table, true},
    {"td", Role::cell, true},
    {"template", Role::skipped_raw},
    {"textarea", Role::shown_raw},
    {"th", Role::cell, true},
    {"title", Role::shown_raw},
    {"tr", Role::row, true},
    {"track", Role::empty},
    {"ul", Role::block, true},
    {"wbr", Role::empty},
    {"xml", Role::skipped_raw},
    {"xmp", Role::shown_raw},
});
static_assert(std::ranges::is_sorted(kRoles, {}, &TagRole::name));

constexpr TagRole kPlain = {"", Role::plain};

const TagRole& role_of(std::string_view name) {
  const auto* found = std::ranges::lower_bound(kRoles, name, {}, &TagRole::name);
  return found != kRoles.end() && found->name == name ? *found : kPlain;
}

/// Names with a prefix ("o:p", "v:shape", "st1:place") are Office's own, and mean nothing for the text.
bool is_html_name(std::string_view name) {
  return std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

/// Every byte that is no UTF-8 one "?", so that all offsets stay. The source is decoded text: this is not expected to happen.
std::string with_question_marks(std::string_view source) {
  std::string result(source);
  for (std::size_t at = 0; at < source.size();) {
    const CodePoint point = code_point_at(source, at);
    if (point.length == 1 && static_cast<unsigned char>(source[at]) >= 0x80) result[at] = '?';
    at += point.length;
  }
  return result;
}

/// The elements whose content is no markup. Whether a tag of that name needs its end: else the rest of the page is its content.
bool must_end(std::string_view name) { return name != "script" && name != "style"; }

bool is_raw(Role role) { return role == Role::skipped_raw || role == Role::shown_raw; }

/// Behind the last "<style" of the source; 0 where there is none.
std::size_t last_style_end(std::string_view source) {
  constexpr std::string_view kStyle = "<style";
  for (std::size_t at = source.rfind('<'); at != std::string_view::npos && at != 0; at = source.rfind('<', at - 1)) {
    if (equal_ascii_nocase(source.substr(at, kStyle.size()), kStyle)) return at + kStyle.size();
  }
  return equal_ascii_nocase(source.substr(0, kStyle.size()), kStyle) ? kStyle.size() : 0;
}

/// A sheet may stand behind what it speaks of: all are read first.
std::vector<StyleText> styles_in(std::string_view source, const Limits& limits) {
  std::vector<StyleText> styles;
  const std::size_t last = last_style_end(source);
  HtmlTokenizer tokens(source, limits.html_attributes);
  HtmlToken token, content;
  for (std::size_t at = 0; at < last && tokens.next(token); at = token.end) {
    if (token.kind != HtmlToken::Kind::start || !is_raw(role_of(token.name).role)) continue;
    if (!tokens.take_raw(token.name, must_end(token.name), content)) continue;
    if (token.name != "style") continue;
    styles.push_back({source.substr(content.begin, content.end - content.begin), attribute_text(token.attributes.media)});
  }
  return styles;
}

class HtmlReader final : HtmlTree::Listener {
 public:
  HtmlReader(std::string_view source, const Limits& limits)
      : source_(source),
        limits_(limits),
        tokens_(source, limits.html_attributes),
        tree_(*this),
        writer_(source, result_),
        sheet_(rules_of(styles_in(source, limits), limits), limits) {}

  [[nodiscard]] HtmlText read() {
    while (tokens_.next(token_)) {
      if (token_.has_too_many_attributes) note_limit("html_attributes", limits_.html_attributes, noted_attributes_);
      switch (token_.kind) {
        case HtmlToken::Kind::text: write(token_); break;
        case HtmlToken::Kind::start: read_start(); break;
        case HtmlToken::Kind::end: read_end(); break;
      }
    }
    token_.begin = token_.end = source_.size();
    while (!open_.empty()) close_top();
    bool is_noted = false, is_noted_too = false;
    if (sheet_.has_too_many_rules()) note_limit("html_style_rules", limits_.html_style_rules, is_noted);
    if (sheet_.has_too_many_matches()) note_limit("html_style_matches", limits_.html_style_matches, is_noted_too);
    return std::move(result_);
  }

 private:
  static constexpr std::size_t kFrames = 8;  // <html>, <body>, and those of a page in the page

  struct Open {
    const TagRole* role;
    std::uint32_t* count;  // in open_counts_
    std::int32_t element;  // in result_.elements, or -1
    std::int32_t parent;   // the enclosing element of those inside, or -1
    Look look;
  };

  [[nodiscard]] const Look& look() const { return open_.empty() ? page_ : open_.back().look; }

  void write(const HtmlToken& text) {
    writer_.write(text.begin, text.end, {look().keeps_space, look().hiding(), look().is_reversed});
  }

  void note_limit(std::string_view name, std::uint64_t limit, bool& is_noted) {
    if (std::exchange(is_noted, true)) return;
    const std::string text = std::string(name) + " " + std::to_string(limit);
    result_.notes.push_back({"limit", text, {.part = {}, .offset = token_.begin, .length = token_.end - token_.begin}});
  }

  [[nodiscard]] const StyleFacts& style_of(std::string_view attribute) {
    static const StyleFacts kNone;
    if (attribute.empty()) return kNone;
    const auto known = styles_.find(attribute);
    return known != styles_.end() ? known->second : styles_.emplace(attribute, read_style(attribute)).first->second;
  }

  [[nodiscard]] Look current_look() {
    const StyleFacts& own = style_of(token_.attributes.style);
    const Surroundings around{.has_unread_rules = sheet_.has_unread_background(), .is_bdo = token_.name == "bdo"};
    if (sheet_.is_empty()) return look_of(look(), token_.attributes, own.all, around);
    return look_of(look(), token_.attributes, cascade(sheet_.match(styled_token(), path_), own.own), around);
  }

  [[nodiscard]] StyledElement styled_token() const {
    constexpr std::size_t kLongest = 1'000;
    const auto name_of = [](std::string_view value) {
      return value.empty() ? std::string() : readable_css(attribute_text(value.substr(0, kLongest)));
    };
    return {token_.name, name_of(token_.attributes.id), name_of(token_.attributes.cls)};
  }

  void read_start() {
    const TagRole& role = role_of(token_.name);
    switch (role.role) {
      case Role::empty: return read_empty();
      case Role::line_break: return writer_.break_line(token_.begin);
      case Role::rule: return read_rule();
      case Role::frame: return read_frame();
      case Role::skipped_raw:
      case Role::shown_raw: return read_raw(role.role);
      default: break;
    }
    if (!is_html_name(token_.name) || passes_by(role)) return;
    if (open_.size() >= limits_.html_depth) note_limit("html_depth", limits_.html_depth, is_flat_);
    if (is_flat_) return read_flat(role);
    is_waiting_ = true;
    tree_.open(token_.name);
    is_waiting_ = false;
  }

  /// An inline element that changes nothing ("<b>", a span with a font) does not go into the tree; its end tag finds it in
  /// `passed_`.
  bool passes_by(const TagRole& role) {
    if (role.role != Role::plain || is_kept(role) || is_open(token_.name) || sheet_.names_outer(token_.name) ||
        current_look() != look())
      return false;
    const auto passed = passed_.find(token_.name);
    if (passed == passed_.end())
      passed_.emplace(token_.name, 1);
    else
      ++passed->second;
    return true;
  }

  [[nodiscard]] bool is_open(std::string_view name) const {
    const auto count = open_counts_.find(name);
    return count != open_counts_.end() && count->second > 0;
  }

  bool ends_passed() {
    const auto passed = passed_.find(token_.name);
    if (passed == passed_.end() || passed->second == 0) return false;
    --passed->second;
    return true;
  }

  /// Beyond the depth limit tags only break lines.
  void read_flat(const TagRole& role) {
    if (role.role != Role::plain) writer_.end_line(token_.begin);
  }

  [[nodiscard]] std::size_t place_of(std::string_view value) const {
    return static_cast<std::size_t>(value.data() - source_.data());
  }

  /// What clients show in place of a picture that is blocked, and in a field: read where it has the digits of an account.
  void read_empty() {
    const std::string_view shown = shown_in_tag(token_);
    if (shown.empty()) return;
    const auto& inside = current_look();
    writer_.write_in_tag(place_of(shown), place_of(shown) + shown.size(), token_, {false, inside.hiding(), inside.is_reversed});
  }

  void read_rule() {
    writer_.end_line(token_.begin);
    const std::int32_t element = add_element();
    if (element < 0) return;
    writer_.close(static_cast<std::size_t>(element));
    result_.elements.back().source_end = token_.end;
  }

  /// <html>, <body>: their colours are the page's.
  void read_frame() {
    writer_.end_line(token_.begin);
    if (!open_.empty()) return;
    page_ = current_look();
    if (!sheet_.is_empty() && path_.size() < kFrames) path_.push_back(styled_token());
  }

  void read_raw(Role role) {
    const std::string name = token_.name;
    const bool is_block = name != "textarea" || role == Role::skipped_raw;
    HtmlToken content;
    if (!tokens_.take_raw(name, must_end(name), content)) return;
    if (role == Role::skipped_raw) return;
    if (is_block) writer_.end_line(token_.begin);
    writer_.write(content.begin, content.end, {name != "title", look().hiding(), look().is_reversed});
    if (is_block) writer_.end_line(content.end);
  }

  void read_end() {
    const TagRole& role = role_of(token_.name);
    if (role.role == Role::line_break) return writer_.break_line(token_.begin);
    if (role.role == Role::frame) return writer_.end_line(token_.begin);
    if (role.role == Role::empty || role.role == Role::rule || role.role == Role::skipped_raw || role.role == Role::shown_raw)
      return;
    if (!is_html_name(token_.name)) return;
    if (is_flat_) return read_flat(role);
    const auto count = open_counts_.find(token_.name);
    if (count == open_counts_.end() || count->second == 0) {
      if (!ends_passed()) note_unmatched();
      return;
    }
    const bool is_top = open_.back().count == &count->second;
    if (unmatched_ > limits_.html_unmatched_ends && !is_top) return;
    const std::size_t before = open_.size();
    tree_.close(token_.name);
    if (open_.size() == before) note_unmatched();
  }

  void note_unmatched() {
    if (++unmatched_ > limits_.html_unmatched_ends)
      note_limit("html_unmatched_ends", limits_.html_unmatched_ends, noted_unmatched_);
  }

  [[nodiscard]] bool is_kept(const TagRole& role) {
    if (role.is_kept) return true;
    return !token_.attributes.id.empty() || !token_.attributes.cls.empty() || style_of(token_.attributes.style).own.has_border;
  }

  /// Its place; -1 beyond the limit.
  std::int32_t add_element() {
    const HtmlAttributes& attributes = token_.attributes;
    if (result_.elements.size() >= limits_.html_elements) {
      note_limit("html_elements", limits_.html_elements, noted_elements_);
      return -1;
    }
    const auto index = static_cast<std::int32_t>(result_.elements.size());
    result_.elements.push_back({.tag = token_.name,
                                .id = attribute_text(attributes.id),
                                .cls = attribute_text(attributes.cls),
                                .style = style_of(attributes.style).normal,
                                .type = attribute_text(attributes.type),
                                .href = attribute_text(attributes.href),
                                .name = attribute_text(attributes.name),
                                .text_begin = 0,
                                .text_end = 0,
                                .source_begin = token_.begin,
                                .source_end = token_.end,
                                .parent = open_.empty() ? -1 : open_.back().parent});
    writer_.open(static_cast<std::size_t>(index));
    return index;
  }

  void on_open(std::string_view name) noexcept override {
    const bool is_token = is_waiting_ && name == token_.name;  // else an element that libxml2 supplies
    const TagRole& role = role_of(name);
    break_before(role.role);
    Look inside = is_token ? current_look() : look();
    if (name == "pre" || name == "listing" || name == "plaintext") inside.keeps_space = true;
    auto count = open_counts_.find(name);
    if (count == open_counts_.end()) count = open_counts_.emplace(name, 0).first;
    ++count->second;
    const std::int32_t element = is_token && is_kept(role) ? add_element() : -1;
    const std::int32_t outer = open_.empty() ? -1 : open_.back().parent;
    open_.push_back({&role, &count->second, element, element >= 0 ? element : outer, inside});
    if (!sheet_.is_empty()) path_.push_back(is_token ? styled_token() : StyledElement{std::string(name), {}, {}});
    if (is_token) is_waiting_ = false;
  }

  void on_close(std::string_view) noexcept override {
    if (!open_.empty()) close_top();
  }

  void break_before(Role role) {
    if (role == Role::cell) {
      if (!cells_.empty() && cells_.back()++ > 0) return writer_.next_cell(token_.begin);
      return writer_.end_line(token_.begin);
    }
    if (role != Role::plain) writer_.end_line(token_.begin);
    if (role == Role::row) writer_.begin_row();
    if (role == Role::row || role == Role::table) cells_.push_back(0);
  }

  void break_after(Role role) {
    if (role == Role::row || role == Role::table) {
      if (!cells_.empty()) cells_.pop_back();
      return writer_.end_row(token_.begin);
    }
    if (role != Role::plain && role != Role::cell) writer_.end_line(token_.begin);
  }

  void close_top() {
    const Open closed = open_.back();
    open_.pop_back();
    if (!sheet_.is_empty()) path_.pop_back();
    --*closed.count;
    if (closed.element >= 0) {
      writer_.close(static_cast<std::size_t>(closed.element));
      const bool is_its_end =
          token_.kind == HtmlToken::Kind::end && token_.name == result_.elements[static_cast<std::size_t>(closed.element)].tag;
      result_.elements[static_cast<std::size_t>(closed.element)].source_end = is_its_end ? token_.end : token_.begin;
    }
    break_after(closed.role->role);
  }

  std::string_view source_;
  const Limits& limits_;
  HtmlText result_;
  HtmlTokenizer tokens_;
  HtmlToken token_;
  HtmlTree tree_;
  HtmlWriter writer_;
  StyleSheet sheet_;
  std::vector<StyledElement> path_;  // the frames and open elements, where there is a sheet
  std::vector<Open> open_;
  std::vector<std::uint32_t> cells_;  // of each open row
  TextMap<std::uint32_t> open_counts_;
  TextMap<std::uint32_t> passed_;  // open inline elements that are not in the tree
  TextMap<StyleFacts> styles_;
  Look page_;
  std::uint32_t unmatched_ = 0;
  bool is_waiting_ = false, is_flat_ = false, noted_attributes_ = false, noted_unmatched_ = false, noted_elements_ = false;
};

}  // namespace

std::uint64_t source_offset(const std::vector<Run>& runs, std::uint64_t text_offset) {
  const auto behind = std::ranges::upper_bound(runs, text_offset, {}, &Run::text_begin);
  if (behind == runs.begin()) return text_offset;
  const Run& run = *(behind - 1);
  return run.verbatim ? run.source_begin + (text_offset - run.text_begin) : run.source_begin;
}

HtmlText read_html(std::string_view source, const Limits& limits) {
  if (is_valid_utf8(source)) return HtmlReader(source, limits).read();
  const std::string repaired = with_question_marks(source);
  return HtmlReader(repaired, limits).read();
}

}  // namespace threadline::text
