// SPDX-License-Identifier: Apache-2.0
#include "message/rtf_fonts.h"

#include "text/code_page.h"

namespace threadline::message {
namespace {

constexpr std::int32_t kFontNumbers = 0x8000;  // numbers of RTF are signed 16 bit: no document has more fonts
constexpr std::uint32_t kWindows1252 = 1252;
constexpr std::uint32_t kSymbol = 42;
constexpr std::uint32_t kAscii = 20127;

/// The page that reads bytes of RTF as that page is meant, or 0. A symbol font shows its own pictures; its bytes are kept as
/// windows-1252 has them, which is what Outlook writes into the plain text (0xB7, the bullet). Pages whose unit is no byte cannot
/// stand in RTF.
std::uint32_t readable_page(std::uint32_t page) {
  constexpr std::uint32_t kUtf16le = 1200, kUtf16be = 1201, kUtf32le = 12000, kUtf32be = 12001;
  if (page == kSymbol || page == kAscii) return kWindows1252;
  if (page == kUtf16le || page == kUtf16be || page == kUtf32le || page == kUtf32be) return 0;
  return text::charset_of_code_page(page).empty() ? 0 : page;
}

}  // namespace

RtfFonts::Font* RtfFonts::current() {
  if (current_ < 0 || current_ >= kFontNumbers) return nullptr;
  return &fonts_[current_];
}

void RtfFonts::set_document_page(std::int32_t code_page) {
  if (code_page >= 0) document_page_ = readable_page(static_cast<std::uint32_t>(code_page));
}

void RtfFonts::set_charset(std::int32_t fcharset) {
  Font* font = current();
  if (font != nullptr && fcharset >= 0)
    font->charset_page = readable_page(text::code_page_of_rtf_charset(static_cast<std::uint32_t>(fcharset)));
}

void RtfFonts::set_code_page(std::int32_t code_page) {
  Font* font = current();
  if (font != nullptr && code_page >= 0) font->page = readable_page(static_cast<std::uint32_t>(code_page));
}

std::uint32_t RtfFonts::page_of(std::int32_t font) const {
  const auto at = fonts_.find(font);
  if (at == fonts_.end()) return document_page();
  if (at->second.page != 0) return at->second.page;
  return at->second.charset_page != 0 ? at->second.charset_page : document_page();
}

std::uint32_t RtfFonts::document_page() const { return document_page_ != 0 ? document_page_ : kWindows1252; }

}  // namespace threadline::message
