// SPDX-License-Identifier: Apache-2.0
#include "documents/payment_code.h"

#include <algorithm>
#include <array>
#include <string>

#include "text/fold.h"
#include "text/percent.h"

namespace threadline::documents {
namespace {

struct Lines {
  std::string_view first;
  int account, bic, holder, reference, message;
};
struct Keys {
  std::string_view begin;
  char field, sign;
  std::string_view account, bic, holder, number, reference, message, country;
};

constexpr auto kLines = std::to_array<Lines>({
#define PAYMENT_LINES(first, account, bic, holder, reference, message) {first, account, bic, holder, reference, message},
#define PAYMENT_KEYS(begin, field, sign, account, bic, holder, number, reference, message, country)
#include "documents/payment_codes.def"
#undef PAYMENT_LINES
#undef PAYMENT_KEYS
});
constexpr auto kKeys = std::to_array<Keys>({
#define PAYMENT_LINES(first, account, bic, holder, reference, message)
#define PAYMENT_KEYS(begin, field, sign, account, bic, holder, number, reference, message, country) \
  {begin, field, sign, account, bic, holder, number, reference, message, country},
#include "documents/payment_codes.def"
#undef PAYMENT_LINES
#undef PAYMENT_KEYS
});
/// The fields of a text.
class Fields {
 public:
  Fields(std::string_view text, char separator) : text_(text), separator_(separator) {}

  /// Empty where there is none.
  [[nodiscard]] std::string_view at(int index) const {
    std::string_view found;
    const auto take = [&](std::string_view field) {
      if (index == 0) found = text::trimmed(field);
      return index-- == 0;
    };
    if (index >= 0) walk(take);
    return found;
  }

  [[nodiscard]] std::string_view named(std::string_view name, char sign) const {
    std::string_view found;
    const auto take = [&](std::string_view field) {
      const bool is_it = field.size() > name.size() && field[name.size()] == sign &&
                         text::equal_ascii_nocase(field.substr(0, name.size()), name);
      if (is_it) found = text::trimmed(field.substr(name.size() + 1));
      return is_it;
    };
    if (!name.empty()) walk(take);
    return found;
  }

 private:
  /// Until one is taken.
  template <class Take>
  void walk(Take take) const {
    for (std::size_t at = 0; at <= text_.size();) {
      const std::size_t end = std::min(text_.find(separator_, at), text_.size());
      if (take(text_.substr(at, end - at))) return;
      at = end + 1;
    }
  }

  std::string_view text_;
  char separator_;
};

Payee payee_of(std::string_view account, std::string_view bic, std::string_view holder) {
  return {.medium = Medium::code,
          .place = {},
          .account = std::string(account),
          .bic = std::string(bic),
          .holder = std::string(holder),
          .invoice = {},
          .purpose = {}};
}

std::string purpose_of(std::string_view reference, std::string_view message) {
  std::string purpose(reference);
  if (!reference.empty() && !message.empty()) purpose += '\n';
  return purpose.append(message);
}

Payee payee_of_lines(const Lines& format, const Fields& fields) {
  Payee payee = payee_of(fields.at(format.account), fields.at(format.bic), fields.at(format.holder));
  payee.purpose = purpose_of(fields.at(format.reference), fields.at(format.message));
  return payee;
}

Payee payee_of_keys(const Keys& format, std::string_view text) {
  const Fields fields(text.substr(format.begin.size()), format.field);
  std::string_view account = fields.named(format.account, format.sign), bic = fields.named(format.bic, format.sign);
  if (const auto plus = account.find('+'); plus != std::string_view::npos) {
    bic = account.substr(plus + 1);
    account = account.substr(0, plus);
  }
  std::string_view holder = fields.named(format.holder, format.sign);
  holder = holder.substr(0, holder.find_first_of("\r\n"));
  Payee payee = payee_of(text::percent_decoded(account), bic, text::percent_decoded(holder));
  if (!payee.account.empty()) payee.account.insert(0, format.country);
  payee.invoice = text::percent_decoded(fields.named(format.number, format.sign));
  payee.purpose =
      text::percent_decoded(purpose_of(fields.named(format.reference, format.sign), fields.named(format.message, format.sign)));
  return payee;
}

/// Polish Bank Association, "Recommendation on 2D codes": tax number, "PL", NRB (an IBAN without its country), amount, name,
/// title, three reserved.
Payee polish_payee(std::string_view text) {
  const Fields fields(text, '|');
  if (fields.at(1) != "PL" || fields.at(2).size() != 26) return {};
  Payee payee = payee_of("PL" + std::string(fields.at(2)), {}, fields.at(4));
  payee.purpose = fields.at(5);
  return payee;
}

Payee payee_in(std::string_view text) {
  const Fields lines(text, '\n');
  for (const Lines& format : kLines) {
    if (lines.at(0) == format.first) return payee_of_lines(format, lines);
  }
  for (const Keys& format : kKeys) {
    if (text::equal_ascii_nocase(text.substr(0, format.begin.size()), format.begin)) return payee_of_keys(format, text);
  }
  return polish_payee(text);
}

}  // namespace

std::optional<Payee> read_payment_code(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Payee payee = payee_in(text);
  return payee.account.empty() ? std::nullopt : std::optional(std::move(payee));
}

}  // namespace threadline::documents
