// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace threadline::facts {

/// A line's words in comparable form: text::fold, every mark a space, links left out, "e mail" one word.
[[nodiscard]] std::string plain_words(std::string_view line);

/// Whether plain words are a program's footer ("sent from my iphone", "obtenir outlook pour ios"). Table: mobile_footers.def.
[[nodiscard]] bool is_program_footer(std::string_view words);
/// Whether the words of such a footer name a telephone or tablet, or what runs on nothing else: "sent from mail for windows" does
/// not.
[[nodiscard]] bool is_phone_footer(std::string_view words);

/// Whether plain words are a closing formula, alone or with a name or place behind it. Table: closings.def.
[[nodiscard]] bool is_closing(std::string_view words);

/// Where in a paragraph's plain words what a company, scanner or list puts below a mail begins. Table: disclaimers.def.
/// `linked`: a link or mail address stands in the paragraph.
[[nodiscard]] std::optional<std::size_t> disclaimer_in(std::string_view words, bool linked);

/// Whether a line holds a link or a mail address.
[[nodiscard]] bool has_link(std::string_view line);

/// Whether a line says how to reach somebody: a telephone number, a link or a mail address.
[[nodiscard]] bool is_contact(std::string_view line);

/// Whether a line is drawn with one mark only ("-----", "____", "* * *"), three times at least.
[[nodiscard]] bool is_ruler(std::string_view line);

/// Whether a line is what RFC 3676 section 4.3 puts before a signature ("-- "), or its usual variants: "--", "__", one dash.
[[nodiscard]] bool is_delimiter(std::string_view line);

}  // namespace threadline::facts
