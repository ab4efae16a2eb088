// SPDX-License-Identifier: Apache-2.0
#include "text/allowed_html.h"

#include <algorithm>
#include <array>
#include <vector>

#include "text/fold.h"
#include "text/html_entities.h"
#include "text/html_tokens.h"

namespace threadline::text {
namespace {

using Names = std::vector<std::string_view>;

#define THREADLINE_ELEMENT(name) name,
const Names kElements{
#include "text/allowed_html.def"
};
#undef THREADLINE_ELEMENT
#define THREADLINE_ATTRIBUTE(name) name,
const Names kAttributes{
#include "text/allowed_html.def"
};
#undef THREADLINE_ATTRIBUTE
#define THREADLINE_PROPERTY(name) name,
const Names kProperties{
#include "text/allowed_html.def"
};
#undef THREADLINE_PROPERTY
#define THREADLINE_DROPPED(name) name,
const Names kDropped{
#include "text/allowed_html.def"
};
#undef THREADLINE_DROPPED

constexpr std::array<std::string_view, 3> kVoid{"br", "col", "hr"};
constexpr std::array<std::string_view, 5> kFunctions{"rgb", "rgba", "hsl", "hsla", ""};
constexpr std::string_view kSpaces = " \t\r\n\f";
constexpr std::size_t kLongestTitle = 2'000;  ///< bytes of a link's target

bool is_in(const auto& names, std::string_view name) { return std::ranges::find(names, name) != std::end(names); }

/// Appends text so that it can be neither markup nor the end of an attribute. "&" stays: a reference is text again.
void append_escaped(std::string& to, std::string_view text) {
  for (const char c : text) {
    if (c == '<') {
      to += "&lt;";
    } else if (c == '>') {
      to += "&gt;";
    } else if (c == '"') {
      to += "&quot;";
    } else if (c == '\'') {
      to += "&#39;";
    } else if (c != '\0') {
      to += c;
    }
  }
}

/// The same for text that is decoded already.
std::string escaped(std::string_view text) {
  std::string to;
  for (const char c : text) {
    if (c == '&')
      to += "&amp;";
    else
      append_escaped(to, std::string_view(&c, 1));
  }
  return to;
}

struct Attribute {
  std::string name, value;  ///< lower case; decoded
};

/// The attributes of a start tag, from "<" to ">": as HtmlTokenizer cuts them.
std::vector<Attribute> attributes_of(std::string_view tag, std::uint32_t limit) {
  std::vector<Attribute> found;
  std::size_t at = tag.find_first_of(" \t\r\n\f/>", 1);
  while (at < tag.size() && found.size() < limit) {
    at = tag.find_first_not_of(" \t\r\n\f/", at);
    if (at == std::string_view::npos || tag[at] == '>') break;
    const std::size_t end = std::min(tag.find_first_of(" \t\r\n\f/>=", at + 1), tag.size());
    Attribute one{ascii_lower(tag.substr(at, end - at)), {}};
    at = std::min(tag.find_first_not_of(kSpaces, end), tag.size());
    if (at < tag.size() && tag[at] == '=') {
      at = std::min(tag.find_first_not_of(kSpaces, at + 1), tag.size());
      const bool is_quoted = at < tag.size() && (tag[at] == '"' || tag[at] == '\'');
      const std::size_t begin = at + (is_quoted ? 1 : 0);
      const std::size_t stop =
          std::min(is_quoted ? tag.find(tag[at], begin) : tag.find_first_of(" \t\r\n\f>", begin), tag.size());
      one.value = attribute_text(tag.substr(std::min(begin, tag.size()), stop - std::min(begin, stop)));
      at = stop + (is_quoted ? 1 : 0);
    } else {
      at = end;
    }
    found.push_back(std::move(one));
  }
  return found;
}

std::string_view value_of(const std::vector<Attribute>& attributes, std::string_view name) {
  const auto found = std::ranges::find(attributes, name, &Attribute::name);
  return found == attributes.end() ? std::string_view() : std::string_view(found->value);
}

std::string_view trimmed_css(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kSpaces);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpaces) - begin + 1);
}

/// Letters, digits and the punctuation of plain values; before "(" one of the functions of colours.
bool is_plain_value(std::string_view value) {
  constexpr std::string_view kMarks = " \t\r\n#%.,-+!'\"()";
  std::size_t word = 0;
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char c = value[at];
    const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    if (!is_word && kMarks.find(c) == std::string_view::npos) return false;
    if (c == '(' && (word == at || !is_in(kFunctions, ascii_lower(value.substr(word, at - word))))) return false;
    if (!is_word) word = at + 1;
  }
  return true;
}

/// Writes tags and text; what is open is closed at the end.
class Writing {
 public:
  Writing(std::string_view source, const Limits& limits) : source_(source), limits_(limits) {}

  AllowedHtml written() {
    HtmlTokenizer tokens(source_, limits_.html_attributes);
    HtmlToken token;
    while (tokens.next(token)) {
      if (made_.html.size() > limits_.view_bytes) {
        made_.left_out.is_cut = true;
        break;
      }
      take(tokens, token);
    }
    while (!open_.empty()) close_last();
    return std::move(made_);
  }

 private:
  void take(HtmlTokenizer& tokens, HtmlToken& token) {
    if (token.kind == HtmlToken::Kind::text)
      return append_escaped(made_.html, source_.substr(token.begin, token.end - token.begin));
    if (token.kind == HtmlToken::Kind::end) return close(token.name == "a" ? "span" : token.name);
    if (is_in(kDropped, token.name)) {
      HtmlToken content;
      const bool must_end = token.name == "title" || token.name == "textarea" || token.name == "noscript";
      (void)tokens.take_raw(token.name, must_end, content);
      ++made_.left_out.elements;
      return;
    }
    start(token);
  }

  void start(const HtmlToken& token) {
    const auto attributes = attributes_of(source_.substr(token.begin, token.end - token.begin), limits_.html_attributes);
    if (token.name == "img" || token.name == "image") return picture(attributes);
    const bool is_link = token.name == "a";
    if (!is_link && !is_in(kElements, token.name)) {
      if (token.name != "html" && token.name != "body" && token.name != "head") ++made_.left_out.elements;
      return;
    }
    if (open_.size() >= limits_.html_depth) {
      made_.left_out.is_cut = true;
      return;
    }
    const std::string name = is_link ? "span" : token.name;
    made_.html += "<" + name;
    add_attributes(attributes);
    if (const std::string_view target = value_of(attributes, "href"); is_link && !target.empty()) {
      ++made_.left_out.links;
      made_.html += " title=\"" + escaped(target.substr(0, kLongestTitle)) + "\"";
    }
    made_.html += ">";
    if (!is_in(kVoid, name)) open_.push_back(name);
  }

  void add_attributes(const std::vector<Attribute>& attributes) {
    for (const Attribute& one : attributes) {
      if (is_in(kAttributes, one.name)) made_.html += " " + one.name + "=\"" + escaped(one.value) + "\"";
    }
    const std::string style = allowed_style(value_of(attributes, "style"));
    if (!style.empty()) made_.html += " style=\"" + escaped(style) + "\"";
  }

  void picture(const std::vector<Attribute>& attributes) {
    ++made_.left_out.elements;
    const std::string_view alternative = value_of(attributes, "alt");
    if (!alternative.empty()) made_.html += "[" + escaped(alternative.substr(0, kLongestTitle)) + "]";
  }

  void close_last() {
    made_.html += "</" + open_.back() + ">";
    open_.pop_back();
  }

  /// Closes down to the nearest open element of that name among the last few; an end tag without a start is nothing.
  void close(const std::string& name) {
    constexpr std::size_t kReach = 64;
    const std::size_t first = open_.size() > kReach ? open_.size() - kReach : 0;
    for (std::size_t at = open_.size(); at > first; --at) {
      if (open_[at - 1] != name) continue;
      while (open_.size() >= at) close_last();
      return;
    }
  }

  std::string_view source_;
  const Limits& limits_;
  AllowedHtml made_;
  std::vector<std::string> open_;
};

}  // namespace

std::string allowed_style(std::string_view style) {
  std::string kept;
  std::size_t at = 0;
  while (at < style.size()) {
    const std::size_t end = std::min(style.find(';', at), style.size());
    const std::string_view one = style.substr(at, end - at);
    at = end + 1;
    const std::size_t colon = one.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string name = ascii_lower(trimmed_css(one.substr(0, colon)));
    const std::string_view value = trimmed_css(one.substr(colon + 1));
    if (value.empty() || !is_in(kProperties, name) || !is_plain_value(value)) continue;
    kept += (kept.empty() ? "" : ";") + name + ":" + std::string(value);
  }
  return kept;
}

AllowedHtml allowed_html(std::string_view source, const Limits& limits) { return Writing(source, limits).written(); }

}  // namespace threadline::text
