// SPDX-License-Identifier: Apache-2.0
#include "text/outlook_comments.h"

#include <algorithm>
#include <optional>

#include "text/fold.h"

namespace threadline::text {
namespace {

constexpr auto kNowhere = std::string_view::npos;
constexpr std::string_view kOpen = "<!--", kClose = "-->";
constexpr std::size_t kLongestCondition = 200;

bool is_for_outlook(std::string_view condition) {
  const std::string lower = ascii_lower(condition);
  return lower.find('!') == kNowhere && (lower.find("mso") != kNowhere || lower.find("vml") != kNowhere);
}

/// The comment between `begin` and `end`, where it is one of Outlook's.
std::optional<OutlookComment> comment_at(std::string_view html, std::size_t begin, std::size_t end) {
  constexpr std::string_view kIf = "[if", kEndIf = "<![endif]";
  const std::string_view inside = html.substr(begin + kOpen.size(), end - begin - kOpen.size());
  const std::size_t behind = inside.substr(0, kLongestCondition).find("]>");
  if (!equal_ascii_nocase(inside.substr(0, kIf.size()), kIf) || behind == kNowhere) return std::nullopt;
  if (!is_for_outlook(inside.substr(kIf.size(), behind - kIf.size()))) return std::nullopt;
  const bool is_ended =
      inside.size() >= behind + kEndIf.size() && equal_ascii_nocase(inside.substr(inside.size() - kEndIf.size()), kEndIf);
  return OutlookComment{.comment_begin = begin,
                        .begin = begin + kOpen.size() + behind + 2,
                        .end = is_ended ? end - kEndIf.size() : end,
                        .comment_end = std::min(end + kClose.size(), html.size())};
}

/// Where the tag at `at` ends; of a style with its rules.
std::size_t end_of_tag(std::string_view html, std::size_t at) {
  constexpr std::string_view kStyle = "<style";
  const std::size_t tag_end = std::min(html.find('>', at), html.size() - 1) + 1;
  return equal_ascii_nocase(html.substr(at, kStyle.size()), kStyle) ? std::min(html.find("</", tag_end), html.size()) : tag_end;
}

}  // namespace

std::vector<OutlookComment> outlook_comments(std::string_view html) {
  std::vector<OutlookComment> found;
  for (std::size_t at = html.find(kOpen); at != kNowhere; at = html.find(kOpen, at)) {
    const std::size_t end = std::min(html.find(kClose, at + kOpen.size()), html.size());
    if (const auto comment = comment_at(html, at, end)) found.push_back(*comment);
    at = std::min(end + kClose.size(), html.size());
  }
  return found;
}

std::string words_of(std::string_view html, const std::vector<OutlookComment>& comments) {
  std::string words;
  for (const OutlookComment& comment : comments) {
    const std::string_view inside = html.substr(comment.begin, comment.end - comment.begin);
    for (std::size_t at = 0; at < inside.size();) {
      const std::size_t tag = std::min(inside.find('<', at), inside.size());
      words += inside.substr(at, tag - at);
      at = tag < inside.size() ? end_of_tag(inside, tag) : tag;
    }
    words += ' ';
  }
  return words;
}

std::string shown_by_outlook(std::string_view html, const std::vector<OutlookComment>& comments) {
  std::string shown(html);
  for (const OutlookComment& comment : comments) {
    std::fill(shown.begin() + static_cast<std::ptrdiff_t>(comment.comment_begin),
              shown.begin() + static_cast<std::ptrdiff_t>(comment.begin), ' ');
    std::fill(shown.begin() + static_cast<std::ptrdiff_t>(comment.end),
              shown.begin() + static_cast<std::ptrdiff_t>(comment.comment_end), ' ');
  }
  return shown;
}

}  // namespace threadline::text
