// SPDX-License-Identifier: Apache-2.0
#include "text/mail_date.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "text/fold.h"

namespace threadline::text {
namespace {

struct ZoneName {
  std::string_view name;
  NamedZone zone;
};

/// Source: RFC 5322 section 4.3 (UT .. PDT, certain there; CST, CDT and MST are also other people's names), IANA tzdata 2024a
/// for the others. Ambiguous: tzdata knows, or has known since 1970, two zones of that name with different offsets.
constexpr std::array kZoneNames = std::to_array<ZoneName>({
    {"acdt", {630, false}},  {"acst", {570, false}},  {"adt", {-180, true}},  {"aedt", {660, false}}, {"aest", {600, false}},
    {"akdt", {-480, false}}, {"akst", {-540, false}}, {"art", {-180, false}}, {"ast", {-240, true}},  {"awst", {480, false}},
    {"brt", {-180, false}},  {"bst", {60, true}},     {"cat", {120, false}},  {"cdt", {-300, true}},  {"cest", {120, false}},
    {"cet", {60, false}},    {"cst", {-360, true}},   {"eat", {180, false}},  {"edt", {-240, false}}, {"eedt", {180, false}},
    {"eest", {180, false}},  {"eet", {120, false}},   {"est", {-300, false}}, {"gmt", {0, false}},    {"hkt", {480, false}},
    {"hst", {-600, false}},  {"ict", {420, false}},   {"idt", {180, false}},  {"ist", {330, true}},   {"jst", {540, false}},
    {"kst", {540, false}},   {"mdt", {-360, false}},  {"mest", {120, false}}, {"mesz", {120, false}}, {"met", {60, false}},
    {"mez", {60, false}},    {"msd", {240, true}},    {"msk", {180, true}},   {"mst", {-420, true}},  {"ndt", {-150, false}},
    {"nst", {-210, false}},  {"nzdt", {780, false}},  {"nzst", {720, false}}, {"pdt", {-420, false}}, {"pht", {480, false}},
    {"pkt", {300, false}},   {"pst", {-480, false}},  {"sast", {120, false}}, {"sgt", {480, false}},  {"sst", {-660, true}},
    {"trt", {180, false}},   {"ut", {0, false}},      {"utc", {0, false}},    {"wat", {60, false}},   {"west", {60, false}},
    {"wet", {0, false}},     {"wib", {420, false}},   {"wit", {540, false}},  {"wita", {480, false}}, {"z", {0, false}},
});
static_assert(std::ranges::is_sorted(kZoneNames, {}, &ZoneName::name));

constexpr std::size_t kLongestDate = 1'000;  // what stands behind is no date
constexpr int kUnknownWords = 2;             // before the time: a weekday in any language, "at"
constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 12> kLongMonths = {"january", "february", "march",     "april",   "may",      "june",
                                                          "july",    "august",   "september", "october", "november", "december"};

/// The text with every comment one space, and the first zone name that stood in a comment. Source: RFC 5322 section 3.2.2.
struct Uncommented {
  std::string text;
  std::string zone;
};

void note_zone(Uncommented& result, std::string_view comment) {
  const std::string_view name = trimmed(comment);
  if (result.zone.empty() && named_zone(name)) result.zone = name;
}

Uncommented without_comments(std::string_view text) {
  Uncommented result;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && depth > 0) {
      ++i;
    } else if (text[i] == '(') {
      if (depth++ == 0) begin = i + 1;
    } else if (text[i] == ')' && depth > 0) {
      if (--depth > 0) continue;
      note_zone(result, text.substr(begin, i - begin));
      result.text += ' ';
    } else if (depth == 0) {
      result.text += text[i];
    }
  }
  return result;
}

/// The fields of a date, filled in whatever order they stand.
/// RFC 5322 section 3.3: a year is 1900 or later. What is before it is a program's zero (0001 of .NET, 1601 of Windows), no date.
constexpr int kFirstYear = 1900;

class DateReader {
 public:
  explicit DateReader(std::string_view text) : text_(text) {}

  [[nodiscard]] bool read() {
    while (at_ < text_.size() && step()) {
    }
    return has_time_ && day_ > 0 && month_ > 0 && year_ >= 0;
  }

  [[nodiscard]] std::optional<Stamp> stamp(const std::string& comment_zone) const {
    Stamp stamp;
    int offset = 0;
    const std::string& name = zone_.empty() ? comment_zone : zone_;
    if (offset_) {
      offset = *offset_;
    } else if (const auto named = named_zone(name)) {
      offset = named->offset_minutes + (is_summer_ ? 60 : 0);
      stamp.basis = ZoneBasis::named;
      stamp.zone_name = name;
    } else {
      stamp.basis = ZoneBasis::assumed;
      stamp.zone_name = name;
    }
    const auto at = instant_of({year_, month_, day_, hour24(), minute_, second_}, offset);
    if (!at || year_ < kFirstYear) return std::nullopt;
    stamp.at = *at;
    return stamp;
  }

 private:
  /// One word; false when it cannot belong to a date any more.
  bool step() {
    const char c = text_[at_];
    if (is_digit(c)) return read_number();
    if ((c == '+' || c == '-') && has_time_ && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])) return read_offset();
    if (is_letter(c)) return read_word();
    ++at_;
    return true;
  }

  [[nodiscard]] std::size_t digits_end(std::size_t at) const {
    while (at < text_.size() && is_digit(text_[at])) ++at;
    return at;
  }
  [[nodiscard]] int number(std::size_t begin, std::size_t end) const {
    int value = 0;
    for (std::size_t i = begin; i < end && i < begin + 9; ++i) value = value * 10 + (text_[i] - '0');
    return value;
  }
  [[nodiscard]] bool is_at(std::size_t at, std::string_view any_of) const {
    return at < text_.size() && any_of.find(text_[at]) != std::string_view::npos;
  }

  bool read_number() {
    const std::size_t begin = at_, end = digits_end(at_);
    const std::size_t length = end - begin;
    if (length <= 2 && is_at(skip_spaces(end), ":") && !has_time_) return read_time(begin, end, ':');
    if (length <= 2 && is_at(end, ".") && !has_time_ && is_dotted_time(end)) return read_time(begin, end, '.');
    if (length == 4 && is_at(end, "-/") && year_ < 0 && is_iso_rest(end)) return read_iso_date(begin, end);
    at_ = end;
    const int value = number(begin, end);
    if (length <= 2 && day_ == 0) return set(day_, value);
    if (length >= 2 && length <= 4 && year_ < 0 && day_ > 0 && month_ > 0) return set(year_, full_year(value, length));
    return is_complete();
  }

  /// RFC 5322 section 4.3: two digits 00..49 are 20xx, 50..99 and three digits are 19xx.
  static int full_year(int value, std::size_t length) {
    if (length == 4) return value;
    return length == 2 && value < 50 ? value + 2000 : value + 1900;
  }
  static bool set(int& field, int value) {
    field = value;
    return true;
  }
  [[nodiscard]] bool is_complete() const { return has_time_ && day_ > 0 && month_ > 0 && year_ >= 0; }

  /// "10.37.00" is a time, "5.4" is not.
  [[nodiscard]] bool is_dotted_time(std::size_t dot) const {
    const std::size_t middle = digits_end(dot + 1);
    return middle == dot + 3 && is_at(middle, ".") && digits_end(middle + 1) == middle + 3;
  }

  /// RFC 5322 section 4.3 lets white space and comments stand around the colons.
  [[nodiscard]] std::size_t skip_spaces(std::size_t at) const {
    while (is_at(at, " \t\r\n")) ++at;
    return at;
  }

  bool read_time(std::size_t begin, std::size_t end, char separator) {
    hour_ = number(begin, end);
    at_ = end;
    if (!read_time_field(minute_, separator)) return false;
    if (is_at(skip_spaces(at_), std::string_view(&separator, 1)) && !read_time_field(second_, separator)) return false;
    if (is_at(at_, ".,") && is_at(at_ + 1, "0123456789")) at_ = digits_end(at_ + 1);
    has_time_ = true;
    return true;
  }

  /// A separator and one or two digits behind it.
  bool read_time_field(int& field, char separator) {
    const std::size_t colon = skip_spaces(at_);
    if (!is_at(colon, std::string_view(&separator, 1))) return false;
    const std::size_t begin = skip_spaces(colon + 1);
    at_ = digits_end(begin);
    field = number(begin, at_);
    return at_ > begin && at_ - begin <= 2;
  }

  [[nodiscard]] bool is_iso_rest(std::size_t separator) const {
    const std::size_t month = digits_end(separator + 1);
    return month - separator <= 3 && month - separator >= 2 && is_at(month, text_.substr(separator, 1)) &&
           is_at(month + 1, "0123456789") && digits_end(month + 1) - month <= 3;
  }

  bool read_iso_date(std::size_t begin, std::size_t end) {
    if (day_ > 0 || month_ > 0) return false;
    year_ = number(begin, end);
    const std::size_t month_end = digits_end(end + 1), day_end = digits_end(month_end + 1);
    month_ = number(end + 1, month_end);
    day_ = number(month_end + 1, day_end);
    at_ = is_at(day_end, "Tt") ? day_end + 1 : day_end;
    return true;
  }

  /// "+0200", "+02:00", "+2", "+200"; Go writes the offset twice, the first counts. What is out of range is no offset.
  bool read_offset() {
    const int sign = text_[at_] == '-' ? -1 : 1;
    const std::size_t begin = at_ + 1, end = digits_end(begin);
    const std::size_t length = end - begin;
    at_ = end;
    int hours = number(begin, length <= 2 ? end : end - 2), minutes = length <= 2 ? 0 : number(end - 2, end);
    if (length <= 2 && is_at(end, ":") && digits_end(end + 1) == end + 3) {
      minutes = number(end + 1, end + 3);
      at_ = end + 3;
    }
    const bool is_offset = length <= 4 && minutes < 60 && hours < 24;
    if (!offset_ && is_offset) offset_ = sign * (hours * 60 + minutes);
    return true;
  }

  bool read_word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_letter(text_[at_])) ++at_;
    const std::string word = ascii_lower(text_.substr(begin, at_ - begin));
    if (is_behind_named_day()) return is_ordinal(word) || set_month(word);
    if (month_ == 0 && set_month(word)) return true;
    if (has_time_ && (word == "am" || word == "pm")) {
      half_ = word[0];
      return true;
    }
    if (word == "dst" && !zone_.empty()) {  // "MET DST"
      is_summer_ = true;
      return true;
    }
    if (has_time_ && zone_.empty()) zone_ = text_.substr(begin, at_ - begin);
    return has_time_ || ++unknown_words_ <= kUnknownWords;
  }

  /// Between the day of "Mar, 5 Apr 2018" and its year stands the month: what stood before was a day of the week (Italian,
  /// Spanish, French "mar."). A word that is no month here leaves the date unread.
  [[nodiscard]] bool is_behind_named_day() const { return month_ > 0 && is_month_first_ && !has_time_ && year_ < 0 && day_ > 0; }

  /// "April 5th, 2018", "Apr 5 at 10:37".
  static bool is_ordinal(const std::string& word) {
    return word == "st" || word == "nd" || word == "rd" || word == "th" || word == "at";
  }

  bool set_month(const std::string& word) {
    is_month_first_ = day_ == 0;
    for (std::size_t i = 0; i < kMonths.size(); ++i) {
      const bool is_month = word == kMonths[i] || word == kLongMonths[i] || (i == 8 && word == "sept");
      if (is_month) return set(month_, static_cast<int>(i) + 1);
    }
    return false;
  }

  [[nodiscard]] int hour24() const {
    if (half_ == 'p' && hour_ < 12) return hour_ + 12;
    return half_ == 'a' && hour_ == 12 ? 0 : hour_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int year_ = -1, month_ = 0, day_ = 0, hour_ = 0, minute_ = 0, second_ = 0;
  bool has_time_ = false;
  bool is_summer_ = false;
  bool is_month_first_ = false;  ///< the month stands before the day
  char half_ = 0;
  int unknown_words_ = 0;
  std::optional<int> offset_;
  std::string zone_;
};

/// The form that nearly all mail has, "Thu, 5 Apr 2018 10:37:00 +0200 (CEST)", read without a copy. Whatever differs in the least
/// is left to DateReader.
class PlainDate {
 public:
  explicit PlainDate(std::string_view text) : text_(text) {}

  [[nodiscard]] std::optional<Instant> read() {
    CivilTime civil;
    int offset = 0;
    const bool is_plain = read_weekday() && read_number(1, 2, civil.day) && read_space() && read_month(civil.month) &&
                          read_space() && read_number(4, 4, civil.year) && read_space() && read_number(2, 2, civil.hour) &&
                          read(':') && read_number(2, 2, civil.minute) && read(':') && read_number(2, 2, civil.second) &&
                          read_space() && read_offset(offset) && is_at_end();
    return is_plain && civil.year >= kFirstYear ? instant_of(civil, offset) : std::nullopt;
  }

 private:
  [[nodiscard]] bool is_at(std::size_t at, char c) const { return at < text_.size() && text_[at] == c; }

  bool read(char c) {
    if (!is_at(at_, c)) return false;
    ++at_;
    return true;
  }

  bool read_space() {
    const std::size_t begin = at_;
    while (is_at(at_, ' ')) ++at_;
    return at_ > begin;
  }

  bool read_weekday() {
    if (text_.size() < 5 || !is_letter(text_[0])) return true;
    at_ = 4;
    return is_letter(text_[1]) && is_letter(text_[2]) && text_[3] == ',' && read_space();
  }

  bool read_number(std::size_t least, std::size_t most, int& value) {
    const std::size_t begin = at_;
    value = 0;
    while (at_ < text_.size() && at_ - begin < most && is_digit(text_[at_])) value = value * 10 + (text_[at_++] - '0');
    return at_ - begin >= least && (at_ == text_.size() || !is_digit(text_[at_]));
  }

  bool read_month(int& month) {
    constexpr std::string_view kNames = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const std::size_t found = kNames.find(text_.substr(at_, 3));
    if (text_.size() - at_ < 3 || found == std::string_view::npos || found % 3 != 0) return false;
    month = static_cast<int>(found / 3) + 1;
    at_ += 3;
    return true;
  }

  bool read_offset(int& minutes) {
    if (!is_at(at_, '+') && !is_at(at_, '-')) return false;
    const int sign = text_[at_++] == '-' ? -1 : 1;
    int number = 0;
    if (!read_number(4, 4, number) || number / 100 >= 24 || number % 100 >= 60) return false;
    minutes = sign * (number / 100 * 60 + number % 100);
    return true;
  }

  /// Nothing more, or one comment without another in it.
  [[nodiscard]] bool is_at_end() {
    read_space();
    if (at_ == text_.size()) return true;
    return text_[at_] == '(' && text_.find_first_of("()\\", at_ + 1) == text_.size() - 1 && text_.back() == ')';
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<Stamp> read_mail_date(std::string_view text) {
  const std::string_view written = trimmed(text);
  if (const auto plain = PlainDate(written).read())
    return Stamp{.at = *plain, .basis = ZoneBasis::stated, .zone_name = {}, .text = std::string(written)};
  const Uncommented plain = without_comments(written.substr(0, kLongestDate));
  DateReader reader(plain.text);
  if (!reader.read()) return std::nullopt;
  auto stamp = reader.stamp(plain.zone);
  if (stamp) stamp->text = written;
  return stamp;
}

std::optional<NamedZone> named_zone(std::string_view name) {
  if (name.empty() || name.size() > 4) return std::nullopt;
  const std::string lower_name = ascii_lower(name);
  const auto* found = std::ranges::lower_bound(kZoneNames, lower_name, {}, &ZoneName::name);
  if (found == kZoneNames.end() || found->name != lower_name) return std::nullopt;
  return found->zone;
}

}  // namespace threadline::text
