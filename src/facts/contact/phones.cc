// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.h"
#include "facts/contact/dial_in.h"
#include "facts/contact/phone.h"
#include "facts/contact/phone_label.h"
#include "facts/contact/phone_plan.h"
#include "facts/contact/written_number.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kClosingLines = 25;       ///< last lines with words, among which a signature stands
constexpr std::size_t kFewest = 7, kMost = 15;  ///< digits (ITU-T E.164: 15 at most)
constexpr std::size_t kSameEnd = 7;             ///< digits that two forms of one number share at least

/// Countries beside France whose ten digits are written in five pairs: Morocco, Algeria, Ivory Coast, Monaco and overseas.
constexpr auto kPairs = std::to_array<std::string_view>({"BL", "CI", "DZ", "GF", "GP", "MA", "MC", "MF", "MQ", "RE", "YT"});

bool begins_number(char c) { return is_digit(c) || c == '+' || c == '('; }

/// One author's stretch of the body.
struct Stretch {
  std::string_view text;
  std::int32_t block = -1;
  std::size_t closing = 0;          ///< where its last lines begin
  std::size_t signature = 0;        ///< where its signature begins, or its end
  const PhonePlan* plan = nullptr;  ///< of the country that it or its author's domain names
};

std::size_t closing_of(std::string_view text) {
  std::size_t end = text.size(), filled = 0;
  while (end > 0 && filled < kClosingLines) {
    const std::size_t newline = text.rfind('\n', end - 1);
    const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
    if (text.substr(begin, end - begin).find_first_not_of(" \t\r>") != std::string_view::npos) ++filled;
    end = newline == std::string_view::npos ? 0 : newline;
  }
  return end;
}

std::size_t signature_of(std::string_view text, std::string_view signature) {
  if (signature.empty()) return text.size();
  const std::size_t found = text.rfind(signature.substr(0, signature.find('\n')));
  return found == std::string_view::npos ? text.size() : found;
}

/// A number cannot begin inside a word, an address or a parameter of a link.
bool is_inside_word(std::string_view text, std::size_t at) {
  if (at == 0) return false;
  const char before = text[at - 1];
  if (text[at] == '+') return is_digit(before) || before == '=';
  return is_letter(before) || is_digit(before) || std::string_view("_=@&%#").find(before) != std::string_view::npos;
}

/// The country whose calling code the only international numbers of a text have.
const PhonePlan* plan_in(std::string_view text) {
  const PhonePlan* plan = nullptr;
  for (std::size_t at = text.find('+'); at != std::string_view::npos; at = text.find('+', at + 1)) {
    if (is_inside_word(text, at)) continue;
    const WrittenNumber number = written_number_at(text, at);
    if (number.digits.size() < kFewest + 1 || international_number(number.digits).empty()) continue;
    const PhonePlan* one = plan_of_digits(number.digits);
    if (plan != nullptr && plan != one) return nullptr;
    plan = one;
  }
  return plan;
}

const PhonePlan* plan_of_author(std::string_view address) {
  return plan_of_country(country_of_domain(text::domain_of_address(address)));
}

/// Reads the numbers of one body.
class Reader {
 public:
  Reader(const ReadText& body, const Conversation& conversation, std::string_view sender, const Limits& limits,
         std::vector<Note>& notes)
      : body_(body), conversation_(conversation), sender_(sender), limits_(limits), notes_(notes) {}

  std::vector<Phone> read() {
    if (conversation_.segments.empty()) read_stretch(0, body_.text.size(), -1);
    for (const Segment& segment : conversation_.segments) {
      if (!segment.introduction)
        read_stretch(segment.begin, std::min<std::size_t>(segment.end, body_.text.size()), segment.block);
    }
    read_links();
    return std::move(phones_);
  }

 private:
  [[nodiscard]] const QuotedBlock* block_of(std::int32_t block) const {
    const auto index = static_cast<std::size_t>(block);
    return block >= 0 && index < conversation_.quoted.size() ? &conversation_.quoted[index] : nullptr;
  }

  void read_stretch(std::size_t begin, std::size_t end, std::int32_t block) {
    if (begin >= end) return;
    const QuotedBlock* quoted = block_of(block);
    Stretch stretch{.text = std::string_view(body_.text).substr(begin, end - begin), .block = block};
    if (std::ranges::none_of(stretch.text, is_digit)) return;
    stretch.closing = closing_of(stretch.text);
    stretch.signature = signature_of(stretch.text, quoted == nullptr ? conversation_.signature : quoted->signature);
    stretch.plan = plan_in(stretch.text);
    if (stretch.plan == nullptr)
      stretch.plan = plan_of_author(quoted == nullptr ? sender_ : std::string_view(quoted->from.address));
    for (std::size_t at = 0; at < stretch.text.size();)
      at = begins_number(stretch.text[at]) ? std::max(read_number(stretch, at, begin), at + 1) : at + 1;
  }

  /// Reads the run at `at`, and keeps it where it is a telephone number; tells where it ends.
  std::size_t read_number(const Stretch& stretch, std::size_t at, std::size_t offset) {
    const std::string_view text = stretch.text;
    const WrittenNumber written = written_number_at(text, at);
    if (written.digits.size() < kFewest || written.digits.size() > kMost + 4 || is_inside_word(text, at)) return written.end;
    const Extension extension = extension_after(text, written.end);
    const char behind = written.end < text.size() ? text[written.end] : ' ';
    if (extension.digits.empty() && (is_letter(behind) || behind == '%' || behind == '@')) return written.end;
    const PhoneLabel label = label_before(text, at);
    Phone phone{.number = number_of(written, label, stretch.plan),
                .extension = extension.digits,
                .as_written = {},
                .block = stretch.block,
                .span = {}};
    if (phone.number.empty()) return written.end;
    phone.as_written = text.substr(at, written.end - at);
    phone.in_signature = (at >= stretch.signature || (at >= stretch.closing && label.leads_line)) &&
                         (label.is_phone || phones_.size() >= limits_.phones ||
                          !(is_dial_string(text, written.end) || is_of_conference(text, at)));
    phone.kind = label.kind;
    phone.span = body_.span_of(offset + at, offset + written.end);
    keep(std::move(phone));
    return std::max(written.end, extension.end);
  }

  static std::string number_of(const WrittenNumber& written, const PhoneLabel& label, const PhonePlan* plan) {
    const std::string& digits = written.digits;
    if (label.is_other || (written.is_date_like && !written.has_plus)) return {};
    if (written.has_plus) {
      const std::string number = international_number(digits);
      return number.empty() && label.is_phone && digits.size() <= kMost ? digits : number;
    }
    if (std::string number = abroad(written, label, plan); !number.empty()) return number;
    if (std::string number = at_home(written, label, plan); !number.empty()) return number;
    const bool is_northern = written.has_parentheses && written.groups == "3-3-4" && label.leads_line;  // "(212) 555-0123"
    return (label.is_phone || is_northern) && digits.size() <= kMost ? digits : std::string{};
  }

  /// Behind an exit code: "0044 20 7946 0018", "011 44 ...".
  static std::string abroad(const WrittenNumber& written, const PhoneLabel& label, const PhonePlan* plan) {
    const std::string_view digits = written.digits;
    const std::string_view exit =
        plan != nullptr && plan->exit_code != "00" && digits.starts_with(plan->exit_code) ? plan->exit_code : "00";
    if (!digits.starts_with(exit) || digits.size() < exit.size() + kFewest + 1) return {};
    const auto parts = std::ranges::count(written.groups, '-');
    return label.is_phone || parts >= 2 ? international_number(digits.substr(exit.size())) : std::string{};
  }

  /// As dialled within the country that something names; five pairs are French where nothing else is named.
  static std::string at_home(const WrittenNumber& written, const PhoneLabel& label, const PhonePlan* plan) {
    const bool is_pairs = written.groups == "2-2-2-2-2" && written.digits.size() == 10;
    if (is_pairs) {
      const bool is_other = plan != nullptr && std::ranges::find(kPairs, plan->country) != kPairs.end();
      const PhonePlan* pairs = is_other ? plan : plan_of_country("FR");
      if (written.digits[0] == '0' && written.digits[1] != '0') return national_number(written.digits, *pairs);
    }
    if (plan == nullptr || !(label.is_phone || (label.leads_line && is_shape_of(written, *plan)))) return {};
    return national_number(written.digits, *plan, written.has_parentheses);
  }

  /// Whether an unlabelled number is written as numbers of that country are.
  static bool is_shape_of(const WrittenNumber& written, const PhonePlan& plan) {
    return written.groups.find('-') != std::string::npos && plan.writes(written.groups) &&
           (written.digits[0] == '0' || written.has_parentheses);
  }

  /// What a link dials ("tel:+33199001234", RFC 3966) says which country the number it shows is of.
  void read_links() {
    for (const auto& element : body_.elements) {
      if (element.href.size() < 4 || element.href.size() > kLongestLink ||
          !text::equal_ascii_nocase(element.href.substr(0, 4), "tel:"))
        continue;
      const WrittenNumber written =
          element.href.size() > 4 && begins_number(element.href[4]) ? written_number_at(element.href, 4) : WrittenNumber{};
      const std::string number = written.has_plus ? international_number(written.digits) : std::string{};
      if (number.empty()) continue;
      for (Phone& phone : phones_) {
        const bool is_shown = element.source_begin <= phone.span.offset && phone.span.offset < element.source_end;
        if (is_shown && is_one_number(phone.number, number)) phone.number = number;
      }
    }
  }

  void keep(Phone&& phone) {
    if (phones_.size() < limits_.phones) {
      if (const PhonePlan* plan =
              phone.number.starts_with('+') ? plan_of_digits(std::string_view(phone.number).substr(1)) : nullptr) {
        const bool is_mobile = plan->is_mobile(std::string_view(phone.number).substr(1 + plan->calling_code.size()));
        if (is_mobile && phone.kind != PhoneKind::fax) phone.kind = PhoneKind::mobile;
      }
      phones_.push_back(std::move(phone));
    } else if (!is_noted_) {
      is_noted_ = true;
      notes_.push_back({"limit", "phones", phone.span});
    }
  }

  static constexpr std::size_t kLongestLink = 60;

  const ReadText& body_;
  const Conversation& conversation_;
  std::string_view sender_;
  const Limits& limits_;
  std::vector<Note>& notes_;
  std::vector<Phone> phones_;
  bool is_noted_ = false;
};

/// Whether the digits of a number without country are the end of the other, a national zero aside.
bool is_end_of(std::string_view national, std::string_view other) {
  while (national.starts_with('0')) national.remove_prefix(1);
  return national.size() >= kSameEnd && other.ends_with(national);
}

}  // namespace

std::string_view name_of(PhoneKind kind) {
  constexpr std::string_view kNames[] = {"unknown", "phone", "mobile", "fax"};
  return kNames[static_cast<std::size_t>(kind)];
}

bool is_one_number(std::string_view left, std::string_view right) {
  if (left == right) return true;
  if (left.starts_with('+') && right.starts_with('+')) return false;
  return (!left.starts_with('+') && is_end_of(left, right)) || (!right.starts_with('+') && is_end_of(right, left));
}

std::vector<std::string> notations_of(const std::string& number) {
  constexpr std::size_t kLongestCode = 3;  // a calling code (ITU-T E.164)
  std::vector<std::string> notations{number};
  std::string_view national = number;
  while (national.starts_with('0')) national.remove_prefix(1);
  const std::size_t least = number.starts_with('+') ? 2 : 0, most = number.starts_with('+') ? kLongestCode + 1 : 0;
  for (std::size_t code = least; code <= most && national.size() >= code + kSameEnd; ++code) {
    const std::string rest(national.substr(code));
    for (const std::string& form : {rest, "0" + rest}) {
      if (form != number) notations.push_back(form);
    }
  }
  return notations;
}

std::vector<Phone> read_phones(const ReadText& body, const Conversation& conversation, std::string_view sender,
                               const Limits& limits, std::vector<Note>& notes) {
  return Reader(body, conversation, sender, limits, notes).read();
}

}  // namespace threadline::facts
