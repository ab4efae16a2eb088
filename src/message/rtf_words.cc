// SPDX-License-Identifier: Apache-2.0
#include "message/rtf_words.h"

#include <algorithm>
#include <array>

namespace threadline::message {
namespace {

constexpr std::array kWords = std::to_array<RtfWord>({
#define THREADLINE_RTF_WORD(word, action, value) {word, RtfAction::action, value},
#include "message/rtf_words.def"
#undef THREADLINE_RTF_WORD
});
static_assert(std::ranges::is_sorted(kWords, {}, &RtfWord::name));

}  // namespace

const RtfWord* rtf_word(std::string_view name) {
  const auto at = std::ranges::lower_bound(kWords, name, {}, &RtfWord::name);
  return at != kWords.end() && at->name == name ? &*at : nullptr;
}

bool is_destination(RtfAction action) {
  switch (action) {
    case RtfAction::skipped:
    case RtfAction::shown:
    case RtfAction::aside:
    case RtfAction::bullet:
    case RtfAction::font_table:
    case RtfAction::colour_table:
    case RtfAction::box:
    case RtfAction::html_tag: return true;
    default: return false;
  }
}

}  // namespace threadline::message
