// SPDX-License-Identifier: Apache-2.0
#include "findings/pay_order.h"

#include <algorithm>
#include <array>
#include <string>

#include "text/fold.h"
#include "text/pattern.h"

namespace threadline::findings {
namespace {

/// Where a sentence or a clause of it begins; what is asked politely is asked.
constexpr std::string_view kStart =
    "(?:^|[.!?:;,]\\s+)[\\s>\"'*-]*(?:(?:please|kindly|go ahead and|then|and|just|now|so|bitte|merci de|et) )*";
constexpr std::string_view kCurrency =
    "(?:\u20ac|\\$|\u00a3|eur|euros?|usd|us\\$|dollars?|dolares|dollari|gbp|pounds?|livres|pfund|chf|francs?|franken|cad|aud)";
constexpr std::string_view kDigits = "[0-9][0-9., '\u00a0\u202f]*";
constexpr std::string_view kMagnitude = "(?:k|m|mio|million(?:s|en|i)?|millones|milioni|milhoes|mille|mil|tausend|thousand)";

/// "Transfer 45k today": thousands of nothing else.
constexpr std::string_view kThousands =
    "[0-9][0-9., ]*k(?:[.!?,]|$| (?:today|now|to|by|asap|before|heute|hoy|oggi|hoje|vandaag))";

std::string amount() {
  const auto number = text::expression_of({kDigits, "(?:", kMagnitude, "\\b)?"});
  return text::expression_of(
      {"(?:", kCurrency, "\\s?", number, "|", number, "\\s?(?:d['e]\\s?)?", kCurrency, "(?:[^a-z]|$)|", kThousands, ")"});
}

std::string order_of(std::string_view verb, std::string_view object) {
  return text::expression_of({"(?:", verb, ")(?:[\\s-]+(?:", object, "))*\\s+", amount()});
}

text::Pattern order_pattern() {
  std::string orders;
#define THREADLINE_PAY_ORDER(verb, object) orders += (orders.empty() ? "" : "|") + order_of(verb, object);
#define THREADLINE_PAY_ORDER_AROUND(verb, object, end) orders += "|" + order_of(verb, object) + "[^.!?]{0,40}\\b" + (end) + "\\b";
#include "findings/pay_order_words.def"
#undef THREADLINE_PAY_ORDER
#undef THREADLINE_PAY_ORDER_AROUND
  return text::Pattern(text::expression_of({kStart, "(?:", orders, ")"}));
}

/// With a full stop behind each line that no long one is: salutations and last lines of paragraphs end without.
std::string with_stops(std::string_view text) {
  constexpr std::size_t kShortLine = 40;
  std::string stopped;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    stopped.append(text.substr(at, end - at)).append(end - at < kShortLine ? ". " : "\n");
    at = end + 1;
  }
  return stopped;
}

/// "Pay $10 at the door": nobody steals so little.
bool is_small(std::string_view order) {
  constexpr std::size_t kLeast = 3;
  static const text::Pattern magnitude(text::expression_of({"[0-9 ]", kMagnitude, "(?:[^a-z]|$)"}));
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return static_cast<std::size_t>(std::ranges::count_if(order, is_digit)) < kLeast && !magnitude.is_in(order);
}

/// "Pay $5 less with this voucher", "2 euros worth of stamps", "2 pounds of coffee": what is ordered is no payment.
bool is_price_or_weight(std::string_view order, std::string_view behind) {
  constexpr auto kPrices = std::to_array<std::string_view>(
      {"de menos", "de moins", "di meno", "less", "meno", "menos", "minder", "off ", "weniger", "worth"});
  const auto begins = [&](std::string_view words) { return behind.starts_with(words); };
  order = text::trimmed(order);
  behind = behind.substr(std::min(behind.find_first_not_of(' '), behind.size()));
  const bool is_weight = order.ends_with("pounds") || order.ends_with("pound") || order.ends_with("livres");
  return std::ranges::any_of(kPrices, begins) || (is_weight && (begins("of ") || begins("de ") || begins("d'")));
}

}  // namespace

bool orders_payment(std::string_view text) {
  constexpr std::size_t kMost = 50;
  static const text::Pattern order = order_pattern();
  if (text.find_first_of("0123456789") == text.npos) return false;
  const std::string folded = text::fold(with_stops(text));
  std::size_t from = 0;
  for (std::size_t count = 0; count < kMost; ++count) {
    const auto match = order.find(folded, from);
    if (!match) return false;
    const std::string_view whole = match->front();
    const auto end = static_cast<std::size_t>(whole.data() + whole.size() - folded.data());
    if (!is_small(whole) && !is_price_or_weight(whole, std::string_view(folded).substr(end))) return true;
    from = std::max(end, from + 1);
  }
  return false;
}

}  // namespace threadline::findings
