// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>

namespace threadline::message {

/// The code pages of a document and of the fonts in its table. Source: RTF 1.9.1, "Character Set" and "Font Table".
class RtfFonts {
 public:
  void set_document_page(std::int32_t code_page);
  void set_default_font(std::int32_t font) { default_font_ = font; }
  [[nodiscard]] std::int32_t default_font() const { return default_font_; }

  /// Begins a font's entry in the table.
  void begin(std::int32_t font) { current_ = font; }
  /// \fcharsetN; \cpgN of the same font wins.
  void set_charset(std::int32_t fcharset);
  void set_code_page(std::int32_t code_page);

  /// A page that has a charset: the font's, else the document's, else windows-1252.
  [[nodiscard]] std::uint32_t page_of(std::int32_t font) const;
  [[nodiscard]] std::uint32_t document_page() const;

 private:
  struct Font {
    std::uint32_t charset_page = 0, page = 0;
  };
  Font* current();

  std::map<std::int32_t, Font> fonts_;
  std::int32_t current_ = -1;
  std::int32_t default_font_ = 0;
  std::uint32_t document_page_ = 0;
};

}  // namespace threadline::message
