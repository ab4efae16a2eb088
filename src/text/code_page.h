// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace threadline::text {

/// The charset name that `decode` takes for a Windows code page number, or empty where there is none or ICU has no converter.
/// Source: Microsoft, "Code Page Identifiers" (Win32 internationalisation reference); code_pages.def.
[[nodiscard]] std::string charset_of_code_page(std::uint32_t code_page);

/// The ANSI code page of a Windows locale (LCID; its sort order does not count), or 0 where the language is unknown or has
/// none (Hindi, Georgian ... are written in Unicode alone). Source: MS-LCID section 2.2; locale_code_pages.def.
[[nodiscard]] std::uint32_t code_page_of_locale(std::uint32_t lcid);

/// The code page of a font's \fcharset in RTF, or 0: the document's own (\fcharset1) or unknown. A symbol font gives 42, which
/// has no charset. Source: RTF 1.9.1, "Font Table", \fcharsetN.
[[nodiscard]] std::uint32_t code_page_of_rtf_charset(std::uint32_t fcharset);

}  // namespace threadline::text
