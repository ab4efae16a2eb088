// SPDX-License-Identifier: Apache-2.0
#include "text/code_page.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace threadline::text {
namespace {

struct CodePage {
  std::uint32_t number;
  std::string_view charset;
};
constexpr std::array kCodePages = std::to_array<CodePage>({
#define THREADLINE_CODE_PAGE(number, charset) {number, charset},
#include "text/code_pages.def"
#undef THREADLINE_CODE_PAGE
});
static_assert(std::ranges::is_sorted(kCodePages, {}, &CodePage::number));

struct Mapping {
  std::uint32_t from;
  std::uint32_t code_page;
};
constexpr std::array kLocales = std::to_array<Mapping>({
#define THREADLINE_LOCALE_CODE_PAGE(id, code_page, tag) {id, code_page},
#include "text/locale_code_pages.def"
#undef THREADLINE_LOCALE_CODE_PAGE
});
static_assert(std::ranges::is_sorted(kLocales, {}, &Mapping::from));

constexpr std::array kRtfCharsets = std::to_array<Mapping>({
#define THREADLINE_RTF_CHARSET(fcharset, code_page) {fcharset, code_page},
#include "text/rtf_charsets.def"
#undef THREADLINE_RTF_CHARSET
});
static_assert(std::ranges::is_sorted(kRtfCharsets, {}, &Mapping::from));

constexpr std::uint32_t kLanguageId = 0xFFFF;       // the rest of an LCID is the sort order
constexpr std::uint32_t kPrimaryLanguage = 0x03FF;  // the rest of a language id is the country or script

/// The row of a sorted table whose key is that number, or nullptr.
template <typename Table, typename Key>
auto row_of(const Table& table, std::uint32_t number, Key key) -> decltype(table.data()) {
  const auto at = std::ranges::lower_bound(table, number, {}, key);
  return at != table.end() && (*at).*key == number ? &*at : nullptr;
}

}  // namespace

std::string charset_of_code_page(std::uint32_t code_page) {
  const auto* row = row_of(kCodePages, code_page, &CodePage::number);
  return row == nullptr ? std::string() : std::string(row->charset);
}

std::uint32_t code_page_of_locale(std::uint32_t lcid) {
  const auto* row = row_of(kLocales, lcid & kLanguageId, &Mapping::from);
  if (row == nullptr) row = row_of(kLocales, lcid & kPrimaryLanguage, &Mapping::from);
  return row == nullptr ? 0 : row->code_page;
}

std::uint32_t code_page_of_rtf_charset(std::uint32_t fcharset) {
  const auto* row = row_of(kRtfCharsets, fcharset, &Mapping::from);
  return row == nullptr ? 0 : row->code_page;
}

}  // namespace threadline::text
