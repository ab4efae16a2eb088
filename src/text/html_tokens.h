// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace threadline::text {

/// The attributes that this program reads, as they stand in the source (entities not decoded). The first of a name counts.
struct HtmlAttributes {
  std::string_view id, cls, style, type, href, name, color, bgcolor, background, dir, media, alt,
      value;  ///< name: or data-marker
  bool hidden = false;
};

/// A piece of HTML source: text between tags, or one tag. Comments, declarations and processing instructions are passed over.
struct HtmlToken {
  enum class Kind { text, start, end };
  Kind kind = Kind::text;
  std::size_t begin = 0, end = 0;  ///< in the source
  std::string name;                ///< of a tag, ASCII lower case, cut at 64 bytes
  HtmlAttributes attributes;
  bool has_too_many_attributes = false;  ///< those above the limit were passed over
};

/// Cuts HTML into tokens as browsers do. Source: WHATWG HTML, section 13.2.5. Linear; an unfinished tag at the end is text.
class HtmlTokenizer {
 public:
  HtmlTokenizer(std::string_view source, std::uint32_t attribute_limit) : source_(source), attribute_limit_(attribute_limit) {}

  /// False at the end.
  [[nodiscard]] bool next(HtmlToken& token);

  /// The content of a raw text element whose start tag was just read; the next token is its end tag, or nothing is left.
  /// Begin and end as a text token; false (and nothing read) where `must_end` and there is no end tag.
  [[nodiscard]] bool take_raw(std::string_view name, bool must_end, HtmlToken& content);

 private:
  [[nodiscard]] bool is_markup(std::size_t at) const;
  bool skip_declaration();
  bool read_tag(HtmlToken& token);
  bool read_attributes(std::size_t& at, HtmlToken& token) const;
  [[nodiscard]] std::size_t read_value(std::size_t at, std::string_view& value) const;
  void keep_attribute(HtmlAttributes& attributes, std::string_view name, std::string_view value) const;
  [[nodiscard]] bool is_end_tag(std::size_t at, std::string_view name) const;

  std::string_view source_;
  std::uint32_t attribute_limit_;
  std::size_t at_ = 0;
  bool is_all_text_ = false;  // an unfinished tag began: the rest is text
  std::string endless_;       // the raw element without an end, once looked for
};

}  // namespace threadline::text
