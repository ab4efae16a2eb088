// SPDX-License-Identifier: Apache-2.0
#include "findings/wording.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

#include "facts/bank/stems.h"
#include "findings/pay_order.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

constexpr auto kPaymentWords = std::to_array<std::string_view>({
#define THREADLINE_PAYMENT_WORD(word) #word,
#include "findings/payment_words.def"
#undef THREADLINE_PAYMENT_WORD
});

constexpr auto kPayeeWords = std::to_array<std::string_view>({
#define THREADLINE_PAYEE_WORDS(words) words,
#include "findings/payee_words.def"
#undef THREADLINE_PAYEE_WORDS
});
constexpr std::size_t kWordsRead = 20'000;  ///< bytes of the new text in which they are looked for

bool is_payment_word(std::string_view word) {
  static const std::unordered_set<std::string_view> words(kPaymentWords.begin(), kPaymentWords.end());
  return words.contains(word);
}

bool is_letter(char letter) { return (letter >= 'a' && letter <= 'z') || static_cast<unsigned char>(letter) >= 0x80; }

/// Whether the new text of a message names a payment, or it or the subject orders one.
bool writes_of_payment(const facts::Facts& facts) {
  const auto text = std::string_view(facts.conversation.new_text).substr(0, kWordsRead);
  return names_payment(text) || orders_payment(text) || orders_payment(facts.subject);
}

}  // namespace

bool names_payment(std::string_view text) {
  const std::string folded = text::fold(text);
  for (std::size_t at = 0; at < folded.size();) {
    std::size_t end = at;
    while (end < folded.size() && is_letter(folded[end])) ++end;
    if (end > at && is_payment_word(std::string_view(folded).substr(at, end - at))) return true;
    at = end + 1;
  }
  return false;
}

bool speaks_of_payment(const facts::Facts& facts) {
  const auto is_about_money = [](const facts::Request& request) {
    return request.kind != "secrecy" && request.kind != "discretion" && request.kind != "contact";
  };
  if (!facts.accounts.empty() || std::ranges::any_of(facts.requests, is_about_money) || names_payment(facts.subject)) return true;
  return writes_of_payment(facts) || std::ranges::any_of(facts.attachments, [](const message::Attachment& attachment) {
           return names_payment(attachment.name);
         });
}

bool spoke_of_payment(const memory::Record& record) {
  return record.text != nullptr ? record.text->about_payment : speaks_of_payment(*record.facts);
}

bool pays_others(const facts::Facts& facts) {
  std::string said = facts.subject + "\n" + facts.conversation.new_text.substr(0, kWordsRead);
  for (const message::Attachment& attachment : facts.attachments) said += "\n" + attachment.name;
  std::string folded = text::fold(said);
  std::ranges::replace(folded, '\n', ' ');
  static const facts::Stems payee_words(kPayeeWords);
  return !payee_words.last_word_in(folded).is_none();  // "our supplier", not "your supplier"
}

}  // namespace threadline::findings
