// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace threadline::text {

/// What stands in a comment that Outlook for Windows shows and other clients leave out: "<!--[if mso]>...<![endif]-->", offsets
/// in the source, and the comment's own.
struct OutlookComment {
  std::size_t comment_begin = 0, begin = 0, end = 0, comment_end = 0;
};

/// Conditions that name mso or vml and negate nothing ("gte mso 9", "(gte mso 9)|(IE)"). Linear.
/// Source: Microsoft, "About conditional comments" (downlevel-hidden), which Word's HTML reader takes over.
[[nodiscard]] std::vector<OutlookComment> outlook_comments(std::string_view html);

/// The words of these comments, without tags and styles: a cheap look at whether they say anything.
[[nodiscard]] std::string words_of(std::string_view html, const std::vector<OutlookComment>& comments);

/// The source as Outlook takes it: their marks are blanks, so that offsets stay.
[[nodiscard]] std::string shown_by_outlook(std::string_view html, const std::vector<OutlookComment>& comments);

}  // namespace threadline::text
