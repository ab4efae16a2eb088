// SPDX-License-Identifier: Apache-2.0
#include "message/calendar.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "text/charset.h"
#include "text/fold.h"
#include "text/html.h"

namespace threadline::message {
namespace {

/// One content line (RFC 5545 section 3.1): views into the unfolded line.
struct Property {
  std::string name;  ///< upper case
  std::string_view parameters, value;

  [[nodiscard]] std::string parameter(std::string_view wanted) const;
};

std::string upper(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), to_upper);
  return result;
}

/// The first of these characters that stands outside of quotation marks, from `at`.
std::size_t find_unquoted(std::string_view text, std::string_view characters, std::size_t at) {
  bool quoted = false;
  for (; at < text.size(); ++at) {
    if (text[at] == '"') quoted = !quoted;
    if (!quoted && characters.find(text[at]) != std::string_view::npos) return at;
  }
  return std::string_view::npos;
}

std::string Property::parameter(std::string_view wanted) const {
  for (std::size_t at = 0; at < parameters.size();) {
    const std::size_t end = std::min(find_unquoted(parameters, ";", at), parameters.size());
    const std::string_view one = parameters.substr(at, end - at);
    at = end + 1;
    const std::size_t equal = one.find('=');
    if (equal == std::string_view::npos || !text::equal_ascii_nocase(one.substr(0, equal), wanted)) continue;
    std::string content(one.substr(equal + 1));
    std::erase(content, '"');
    return content;
  }
  return {};
}

Property property_of(std::string_view line) {
  const std::size_t colon = find_unquoted(line, ":", 0);
  if (colon == std::string_view::npos) return {};
  const std::string_view before = line.substr(0, colon);
  const std::size_t semicolon = std::min(before.find(';'), before.size());
  return {upper(before.substr(0, semicolon)), before.substr(std::min(semicolon + 1, before.size())), line.substr(colon + 1)};
}

/// RFC 5545 section 3.3.11.
std::string unescaped(std::string_view value) {
  std::string text;
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (value[at] != '\\' || at + 1 == value.size()) {
      text += value[at];
      continue;
    }
    ++at;
    text += value[at] == 'n' || value[at] == 'N' ? '\n' : value[at];
  }
  return text;
}

/// Letters and digits, by which a text is known in another form of it (lines of marks, HTML).
std::string letters_of(std::string_view text) {
  std::string letters;
  std::ranges::copy_if(text, std::back_inserter(letters),
                       [](char c) { return is_letter_or_digit(c) || (static_cast<unsigned char>(c) & 0x80U) != 0; });
  return letters;
}

/// The person of an ORGANIZER or ATTENDEE: its "mailto:" address, or the EMAIL parameter (RFC 7986 section 6.2).
Address person_of(const Property& property) {
  constexpr std::string_view kScheme = "mailto:";
  const std::string_view value = text::trimmed(property.value);
  Address person{.name = property.parameter("CN"), .address = {}};
  if (value.size() > kScheme.size() && text::equal_ascii_nocase(value.substr(0, kScheme.size()), kScheme))
    person.address = value.substr(kScheme.size());
  else
    person.address = property.parameter("EMAIL");
  return person;
}

class Reader {
 public:
  Reader(Calendar& calendar, const Limits& limits, std::vector<Note>& notes)
      : calendar_(calendar), limits_(limits), notes_(notes) {}

  void read_line(std::string_view line) {
    const Property property = property_of(line);
    if (property.name == "BEGIN") return begin(upper(text::trimmed(property.value)));
    if (property.name == "END") return end();
    if (depth_ == 1 && property.name == "METHOD") calendar_.method = upper(text::trimmed(property.value));
    if (depth_ == 2 && is_entry_) read_property(property);
  }

 private:
  void begin(std::string_view component) {
    ++depth_;
    if (depth_ != 2) return;
    is_entry_ = component == "VEVENT" || component == "VTODO" || component == "VJOURNAL";
    if (is_entry_) ++entries_;
  }

  void end() {
    if (depth_ == 2 && is_entry_) add_others();
    if (depth_ > 0) --depth_;
    if (depth_ < 2) is_entry_ = false;
  }

  void read_property(const Property& property) {
    if (property.name == "DESCRIPTION") {
      std::string words = unescaped(property.value);
      if (told_.empty()) told_.push_back(letters_of(words));
      return add_description(std::move(words));
    }
    constexpr std::array<std::string_view, 4> kOthers{"X-ALT-DESC", "SUMMARY", "COMMENT", "LOCATION"};
    if (std::ranges::find(kOthers, property.name) != kOthers.end()) take_other(property);
    if (entries_ > 1) return;
    if (property.name == "SUMMARY") calendar_.summary = unescaped(property.value);
    if (property.name == "LOCATION") calendar_.location = unescaped(property.value);
    if (property.name == "DTSTART") calendar_.start = text::trimmed(property.value);
    if (property.name == "ORGANIZER" && !calendar_.organizer) calendar_.organizer = person_of(property);
    if (property.name == "ATTENDEE") add_attendee(property);
  }

  void add_attendee(const Property& property) {
    if (calendar_.attendees.size() == limits_.addresses) {
      if (!noted_) notes_.push_back({"limit", "addresses: further attendees are left out", {calendar_.part, 0, 0}});
      noted_ = true;
      return;
    }
    calendar_.attendees.push_back(person_of(property));
    calendar_.participation = calendar_.attendees.size() == 1 ? upper(property.parameter("PARTSTAT")) : std::string();
  }

  /// Words beside the description: Outlook shows X-ALT-DESC, the same as HTML, in its stead.
  /// Limits: 20 with as many digits as an account.
  void take_other(const Property& property) {
    constexpr std::size_t kMost = 20, kDigits = 8;
    std::string words = unescaped(property.value);
    if (property.name == "X-ALT-DESC") words = text::read_html(words, limits_).text;
    if (text::digits_of(words).size() < kDigits) return;
    if (others_.size() < kMost) return others_.push_back(std::move(words));
    if (!noted_others_)
      notes_.push_back({"limit", "calendar_texts: further words beside the description are left out", {calendar_.part, 0, 0}});
    noted_others_ = true;
  }

  /// Those that say other words than the descriptions do.
  void add_others() {
    for (std::string& words : others_) {
      std::string letters = letters_of(words);
      if (std::ranges::find(told_, letters) != told_.end()) continue;
      told_.push_back(std::move(letters));
      add_description(std::move(words));
    }
    others_.clear();
    told_.clear();
  }

  void add_description(std::string description) {
    std::ranges::replace(description, '\r', '\n');  // one that ends no line of the calendar
    std::string& all = calendar_.description;
    const bool again = entries_ > 1 && description == last_;
    if (again || all.size() + description.size() > limits_.text_bytes) return;
    all += (all.empty() ? "" : "\n\n") + description;
    last_ = std::move(description);
  }

  Calendar& calendar_;
  const Limits& limits_;
  std::vector<Note>& notes_;
  std::uint32_t depth_ = 0, entries_ = 0;
  bool is_entry_ = false, noted_ = false, noted_others_ = false;
  std::string last_;
  std::vector<std::string> others_;  ///< of the open entry
  std::vector<std::string> told_;    ///< letters of its description and of the others that were added to it
};

}  // namespace

Calendar read_calendar(std::string_view text, std::string part, const Limits& limits, std::vector<Note>& notes) {
  Calendar calendar;
  calendar.part = std::move(part);
  Reader reader(calendar, limits, notes);
  std::string line;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view raw = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (raw.ends_with('\r')) raw.remove_suffix(1);
    const bool folded = !raw.empty() && (raw.front() == ' ' || raw.front() == '\t');
    if (!folded) {
      reader.read_line(line);
      line.clear();
    }
    line += raw.substr(folded ? 1 : 0);
  }
  reader.read_line(line);
  return calendar;
}

bool looks_like_calendar(std::string_view text) {
  constexpr std::string_view kBegin = "BEGIN:VCALENDAR";
  const std::string_view begin = text::trimmed(text.substr(0, 64));
  return begin.size() >= kBegin.size() && text::equal_ascii_nocase(begin.substr(0, kBegin.size()), kBegin);
}

void add_calendar(std::string_view bytes, std::string_view charset, const std::string& part, const Limits& limits,
                  Message& into) {
  const auto most = std::min<std::uint64_t>(bytes.size(), limits.text_bytes);
  const auto decoded = text::decode(bytes.substr(0, most), charset.empty() ? "utf-8" : charset);
  auto calendar = read_calendar(decoded.text, part, limits, into.notes);
  if (!calendar.description.empty())
    into.texts.push_back({part + "!description", false, true, decoded.charset, calendar.description});
  into.calendars.push_back(std::move(calendar));
}

}  // namespace threadline::message
