// SPDX-License-Identifier: Apache-2.0
#include "message/rtf_look.h"

#include <algorithm>
#include <array>

#include "text/css_colour.h"

namespace threadline::message {
namespace {

constexpr std::int32_t kTinyHalfPoints = 2;  ///< as in HTML, where a pixel is none
constexpr std::uint32_t kWhite = 0xFFFFFF;
constexpr std::int32_t kOrdinaryHalfPoints = 24;
constexpr std::size_t kMostColours = 10'000;

bool has_one_of(std::string_view rtf, const auto& words) {
  return std::ranges::any_of(words, [rtf](std::string_view word) { return rtf.find(word) != std::string_view::npos; });
}

}  // namespace

void RtfLook::take(RtfAction action, std::int32_t number) {
  switch (action) {
    case RtfAction::ink: ink = number; return;
    case RtfAction::ground: ground = number; return;
    case RtfAction::paragraph_ground: paragraph_ground = number; return;
    case RtfAction::size: half_points = number > 0 ? number : kOrdinaryHalfPoints; return;
    case RtfAction::in_table: is_in_table = true; return;
    case RtfAction::box: is_in_box = true; return;
    default:
      paragraph_ground = 0;
      is_in_table = false;
      return;
  }
}

void RtfLook::take_plain() {
  ink = ground = 0;
  half_points = kOrdinaryHalfPoints;
}

RtfColours::RtfColours(std::string_view rtf)
    : has_painted_cells_(has_one_of(rtf, std::to_array<std::string_view>({"\\clcbpat", "\\clcfpat", "\\trcbpat", "\\clshdng"}))),
      has_painted_page_(
          has_one_of(rtf, std::to_array<std::string_view>({"\\background", "\\shpfblwtxt1", "\\shading", "\\chshdng"}))),
      has_nested_tables_(rtf.find("\\itap") != std::string_view::npos) {}

void RtfColours::set(RtfAction part, std::int32_t value) {
  const auto byte = static_cast<std::uint32_t>(std::clamp(value, 0, 255));
  const unsigned shift = part == RtfAction::red ? 16U : part == RtfAction::green ? 8U : 0U;
  open_ = (open_.value_or(0) & ~(0xFFU << shift)) | byte << shift;
}

void RtfColours::read(std::string_view text) {
  for (const char c : text) {
    if (c != ';' || colours_.size() >= kMostColours) continue;
    colours_.push_back(open_);
    open_.reset();
  }
}

std::optional<std::uint32_t> RtfColours::colour(std::int32_t number) const {
  const auto at = static_cast<std::size_t>(std::max(number, 0));
  return at < colours_.size() ? colours_[at] : std::nullopt;
}

std::optional<std::uint32_t> RtfColours::ground_of(const RtfLook& look) const {
  if (look.ground != 0) return colour(look.ground);
  if (look.paragraph_ground != 0) return colour(look.paragraph_ground);
  const bool is_unknown = has_painted_page_ || look.is_in_box || (has_painted_cells_ && (look.is_in_table || has_nested_tables_));
  return is_unknown ? std::nullopt : std::optional(kWhite);
}

text::Hiding RtfColours::hiding(const RtfLook& look) const {
  if (look.half_points <= kTinyHalfPoints) return text::Hiding::zero_size;
  const auto ink = look.ink == 0 ? std::nullopt : colour(look.ink);
  const auto ground = ground_of(look);
  return ink && ground && text::is_one_colour(*ink, *ground) ? text::Hiding::same_colour : text::Hiding::none;
}

}  // namespace threadline::message
