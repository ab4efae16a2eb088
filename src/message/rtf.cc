// SPDX-License-Identifier: Apache-2.0
#include "message/rtf.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "message/rtf_fonts.h"
#include "message/rtf_look.h"
#include "message/rtf_text.h"
#include "message/rtf_tokens.h"
#include "message/rtf_words.h"
#include "text/charset.h"

namespace threadline::message {
namespace {

constexpr std::string_view kRtfBegin = "{\\rtf";
constexpr int kTokensOfHeader = 10;          // within which \fromhtml or \fromtext stands (MS-OXRTFEX section 2.2.3.1)
constexpr std::uint64_t kHiddenBytes = 200;  // of hidden text that a note shows
constexpr char32_t kNoBreakSpace = 0x00A0;
constexpr char32_t kNoBreakHyphen = 0x2011;
constexpr char32_t kSoftHyphen = 0x00AD;

/// What a group of RTF inherits and its end restores.
struct Group {
  bool is_skipped = false;
  bool is_font_table = false;
  bool is_html_tag = false;
  bool is_html_rtf = false;
  bool is_hidden = false;
  bool is_deleted = false;
  bool is_aside = false;
  bool is_colour_table = false;
  RtfLook look = {};
  std::int32_t font = -1;  ///< -1: the default font
  std::int32_t unicode_skip = 1;
};

class Reader {
 public:
  Reader(std::string_view rtf, const Limits& limits)
      : tokens_(rtf),
        limits_(limits),
        text_(limits.text_bytes),
        aside_(limits.text_bytes),
        hidden_(limits.text_bytes),
        colours_(rtf) {
    const auto begin = rtf.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos || !rtf.substr(begin).starts_with(kRtfBegin)) note("no RTF header");
  }

  RtfContent read() {
    while (!text_.is_over()) {
      const RtfToken token = tokens_.next();
      if (token.kind == RtfTokenKind::end) break;
      ++count_;
      take(token);
    }
    finish();
    return std::move(result_);
  }

 private:
  void note(std::string text) { result_.notes.push_back({"malformed_rtf", std::move(text), {}}); }
  [[nodiscard]] bool is_html() const { return result_.form == RtfForm::from_html; }

  void take(const RtfToken& token) {
    const bool is_starred = std::exchange(is_starred_, false);
    if (token.kind == RtfTokenKind::open) return open();
    if (token.kind == RtfTokenKind::close) return close();
    if (too_deep_ > 0) return pass_over(token);
    if (to_skip_ > 0) return skip(token);
    if (token.kind == RtfTokenKind::word) return word(token, is_starred);
    if (token.kind == RtfTokenKind::symbol) return symbol(token.text.front());
    has_text_ = true;
    if (token.kind == RtfTokenKind::text) return show(token.text);
    const char byte = static_cast<char>(static_cast<unsigned char>(token.value));
    show({&byte, 1});
  }

  void open() {
    to_skip_ = 0;
    if (too_deep_ > 0 || groups_.size() >= limits_.rtf_depth) {
      if (too_deep_++ == 0 && !std::exchange(was_too_deep_, true))
        result_.notes.push_back({"limit", "rtf_depth: what is nested deeper is left out", {}});
      return;
    }
    groups_.push_back(group_);
  }

  void close() {
    to_skip_ = 0;
    if (too_deep_ > 0) {
      --too_deep_;
    } else if (!groups_.empty()) {
      if (group_.is_aside && !groups_.back().is_aside) aside_.add_code_point('\n');
      group_ = groups_.back();
      groups_.pop_back();
    } else if (!std::exchange(has_extra_end_, true)) {
      note("a group ends that has not begun");
    }
  }

  /// Of what is too deep only the bytes of \bin matter: braces in them are none.
  void pass_over(const RtfToken& token) {
    if (token.kind == RtfTokenKind::word && token.text == "bin") binary(token);
  }

  /// The replacement behind \u: bytes and characters, a control word or symbol counts one. Source: RTF 1.9.1, \ucN.
  void skip(const RtfToken& token) {
    if (token.kind != RtfTokenKind::text) {
      --to_skip_;
      return pass_over(token);
    }
    const auto length = std::min(static_cast<std::size_t>(to_skip_), token.text.size());
    to_skip_ -= static_cast<std::int32_t>(length);
    if (length < token.text.size()) show(token.text.substr(length));
  }

  /// Where text goes: into the content, beside it, among what is hidden, or nowhere.
  RtfText* destination() {
    if (group_.is_skipped || group_.is_font_table || group_.is_colour_table) return nullptr;
    if (group_.is_aside && result_.form != RtfForm::native) return nullptr;
    if (is_html()) return group_.is_html_rtf ? nullptr : &text_;
    if (result_.form == RtfForm::from_text) return &text_;
    if (group_.is_deleted) return nullptr;
    if (group_.is_hidden) return &hidden_;
    return group_.is_aside ? &aside_ : &text_;
  }

  /// Where text goes, whose look is noted.
  RtfText* open_destination() {
    RtfText* to = destination();
    if (to == &text_ && result_.form == RtfForm::native) note_look(colours_.hiding(group_.look));
    return to;
  }

  void note_look(text::Hiding hiding) {
    if (hiding == unseen_) return;
    text_.flush();
    end_unseen();
    if (hiding != text::Hiding::none) result_.unseen.push_back({text_.content().size(), text_.content().size(), hiding});
    unseen_ = hiding;
  }

  void end_unseen() {
    if (std::exchange(unseen_, text::Hiding::none) != text::Hiding::none) result_.unseen.back().end = text_.content().size();
  }

  void show(std::string_view bytes) {
    if (group_.is_colour_table) return colours_.read(bytes);
    RtfText* to = open_destination();
    if (to == nullptr) return;
    if (bytes == "\r") bytes = "\n";
    to->add_bytes(bytes, group_.is_html_tag ? fonts_.document_page() : fonts_.page_of(font()));
  }

  /// A character that a word or symbol stands for. One of ASCII joins the bytes around it: it may end a double byte.
  void show_character(char32_t code_point) {
    RtfText* to = open_destination();
    if (to == nullptr) return;
    const char byte = static_cast<char>(code_point);
    if (code_point < 0x80)
      show({&byte, 1});
    else
      to->add_code_point(code_point);
  }

  [[nodiscard]] std::int32_t font() const { return group_.font < 0 ? fonts_.default_font() : group_.font; }

  void symbol(char c) {
    switch (c) {
      case '*': is_starred_ = true; return;
      case '\\':
      case '{':
      case '}':
      case '\t': return show_character(static_cast<unsigned char>(c));
      case '\r':
      case '\n': return show_character('\n');
      case '~': return show_character(kNoBreakSpace);
      case '_': return show_character(is_html() ? kSoftHyphen : kNoBreakHyphen);
      case '-': return show_character(kSoftHyphen);
      default: return;
    }
  }

  void word(const RtfToken& token, bool is_starred) {
    const RtfWord* row = rtf_word(token.text);
    const bool is_unknown = row == nullptr || !is_destination(row->action);
    if (is_starred && is_unknown) group_.is_skipped = true;
    if (row == nullptr || (is_starred && is_unknown)) return;
    if (row->action < RtfAction::ansi_page)
      shape(*row);
    else if (row->action < RtfAction::from_html)
      character_set(*row, token);
    else if (row->action < RtfAction::colour_table)
      state(row->action, token);
    else
      look(row->action, token);
  }

  void look(RtfAction action, const RtfToken& token) {
    switch (action) {
      case RtfAction::colour_table: group_.is_colour_table = true; return;
      case RtfAction::red:
      case RtfAction::green:
      case RtfAction::blue:
        if (group_.is_colour_table) colours_.set(action, token.value);
        return;
      default: return group_.look.take(action, token.value);
    }
  }

  void shape(const RtfWord& row) {
    switch (row.action) {
      case RtfAction::layout:
        if (!is_html()) show_character(row.value);
        return;
      case RtfAction::row: return end_row(row.value);
      case RtfAction::skipped: group_.is_skipped = true; return;
      case RtfAction::bullet:
        if (result_.form != RtfForm::native) group_.is_skipped = true;
        return;
      case RtfAction::aside: group_.is_aside = true; return;
      case RtfAction::shown: return;
      default: return show_character(row.value);
    }
  }

  void end_row(char32_t value) {
    if (is_html()) return;
    RtfText* to = destination();
    if (to != nullptr && to->ends_with('\t')) to->drop_last();
    show_character(value);
  }

  void character_set(const RtfWord& row, const RtfToken& token) {
    switch (row.action) {
      case RtfAction::ansi_page: return fonts_.set_document_page(static_cast<std::int32_t>(row.value));
      case RtfAction::code_page: return fonts_.set_document_page(token.value);
      case RtfAction::font_table: group_.is_font_table = true; return;
      case RtfAction::font:
        if (group_.is_font_table) return fonts_.begin(token.value);
        group_.font = token.value;
        return;
      case RtfAction::font_charset: return fonts_.set_charset(token.value);
      case RtfAction::font_code_page: return fonts_.set_code_page(token.value);
      case RtfAction::default_font: return fonts_.set_default_font(token.value);
      case RtfAction::unicode_skip: group_.unicode_skip = std::max(token.value, 0); return;
      default: return unicode(token.value);
    }
  }

  void unicode(std::int32_t unit) {
    has_text_ = true;
    to_skip_ = group_.unicode_skip;
    if (RtfText* to = open_destination()) to->add_code_unit(unit);
  }

  void state(RtfAction action, const RtfToken& token) {
    const bool is_on = !token.has_value || token.value != 0;
    switch (action) {
      case RtfAction::from_html: return set_form(RtfForm::from_html);
      case RtfAction::from_text: return set_form(RtfForm::from_text);
      case RtfAction::html_tag: (is_html() ? group_.is_html_tag : group_.is_skipped) = true; return;
      case RtfAction::html_rtf: group_.is_html_rtf = is_on; return;
      case RtfAction::hidden: group_.is_hidden = is_on; return;
      case RtfAction::deleted: group_.is_deleted = is_on; return;
      case RtfAction::plain:
        group_.is_hidden = group_.is_deleted = false;
        group_.look.take_plain();
        group_.font = -1;
        return;
      default: return binary(token);
    }
  }

  /// Source: MS-OXRTFEX section 2.2.3.1: among the first ten tokens and before any text.
  void set_form(RtfForm form) {
    if (result_.form == RtfForm::native && groups_.size() == 1 && count_ <= kTokensOfHeader && !has_text_) result_.form = form;
  }

  void binary(const RtfToken& token) {
    if (token.value > 0 && !tokens_.skip(static_cast<std::uint32_t>(token.value))) note("binary bytes go beyond the end");
  }

  void finish() {
    text_.flush();
    end_unseen();
    if (text_.is_over()) {
      result_.notes.push_back({"limit", "text_bytes: the rest of the text is left out", {}});
    } else if (!groups_.empty()) {
      note(fmt::format("cut short: {} groups are open at the end", groups_.size() + too_deep_));
    }
    finish_beside();
    std::ranges::move(text_.notes(), std::back_inserter(result_.notes));
    result_.content = text_.take_content();
  }

  /// What is hidden, and what stands beside the body.
  void finish_beside() {
    hidden_.flush();
    aside_.flush();
    const auto is_shown = [](char c) { return static_cast<unsigned char>(c) > ' '; };
    if (std::ranges::any_of(hidden_.content(), is_shown)) {
      result_.notes.push_back({"hidden_text", text::valid_utf8(hidden_.content().substr(0, kHiddenBytes)), {}});
      result_.hidden = hidden_.take_content();
    }
    if (std::ranges::any_of(aside_.content(), is_shown)) result_.aside = aside_.take_content();
    if (aside_.is_over() || hidden_.is_over())
      result_.notes.push_back({"limit", "text_bytes: the rest of headers, comments or hidden text is left out", {}});
  }

  RtfTokens tokens_;
  const Limits& limits_;
  RtfText text_, aside_, hidden_;
  RtfColours colours_;
  text::Hiding unseen_ = text::Hiding::none;  ///< of what is being shown
  RtfFonts fonts_;
  Group group_;
  std::vector<Group> groups_;
  RtfContent result_;
  int count_ = 0;
  std::int32_t to_skip_ = 0;
  std::uint64_t too_deep_ = 0;
  bool was_too_deep_ = false;
  bool has_extra_end_ = false;
  bool has_text_ = false;
  bool is_starred_ = false;
};

}  // namespace

RtfContent read_rtf(std::string_view rtf, const Limits& limits) { return Reader(rtf, limits).read(); }

}  // namespace threadline::message
