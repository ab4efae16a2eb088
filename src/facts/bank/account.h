// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/note.h"
#include "base/span.h"
#include "facts/conversation/conversation.h"

namespace threadline::facts {

/// Whether the writer is to be paid on an account, or pays from it ("nous avons pay\u00e9 depuis notre compte ...").
enum class AccountRole { receiving, paying, unknown };
[[nodiscard]] std::string_view name_of(AccountRole role);

/// One occurrence of an account (explain.md, accounts). Two occurrences are one account when kind and value are equal.
struct Account {
  std::string kind;     ///< "iban" (a French RIB stands as its IBAN), "uk", "us", "bic"
  std::string value;    ///< "FR7630006000011234567890189": upper case, no spaces; masked digits are "*"
  std::string country;  ///< ISO 3166 alpha-2, or empty
  std::string bank_code, bank_name, bic;
  bool valid = true;       ///< check digits, length and structure (ISO 13616, French key)
  bool masked = false;     ///< partial: some characters are stars
  bool hidden = false;     ///< written so that a person or a filter misses it (findings.md, bank_account_hidden)
  std::string hidden_how;  ///< "invisible", "homoglyph", "colour", "size", "reversed", "replaced", or empty
  std::string holder;      ///< as written beside it ("Titulaire : ..."), or empty
  std::string as_written;  ///< verbatim
  AccountRole role = AccountRole::unknown;
  bool former = false;         ///< the text calls it the old one ("Ancien IBAN : ..."), or warns of it: named, not presented
  std::int32_t level = 0;      ///< 0 new text, n the n-th quoted level
  std::int32_t block = -1;     ///< index in Conversation::quoted; -1 new text
  std::string where = "body";  ///< "body" or "attachment"
  std::string attachment;      ///< its name; of a member "papiers.zip!rib.pdf"
  std::string medium = {};  ///< of an attachment: documents::name_of(Medium) ("text", "xml", "qr", "picture", "earlier revision")
  Span span;
};

/// The edition that iban_registry.inc was made from (ISO 13616).
inline constexpr std::string_view kIbanRegistry = "SWIFT v99";

/// Whether a text has the eight digits that the shortest account has, of whatever script: fewer are not worth reading.
[[nodiscard]] bool may_hold_account(std::string_view text);

/// Accounts in running text: IBAN (SWIFT registry), French RIB with key also as a grid, in every spelling; several occurrences of
/// one account each. `text` is what a person reads; the spans are offsets in it (part empty).
[[nodiscard]] std::vector<Account> find_accounts(std::string_view text, const Limits& limits);
/// Limits: accounts, rib_grids, account_labels, bare_bics; each leaves one note.
[[nodiscard]] std::vector<Account> find_accounts(std::string_view text, const Limits& limits, std::vector<Note>& notes);

/// Accounts of a body with level, block, span in the part's source, and hidden stretches taken into account.
/// Limits: as find_accounts.
[[nodiscard]] std::vector<Account> read_accounts(const ReadText& body, const Conversation& conversation, const Limits& limits,
                                                 std::vector<Note>& notes);

/// A stretch of text that asks for something about money.
struct Request {
  std::string kind;      ///< "bank_change", "redirect" (where to pay from now on), "payroll", "payroll_given" (with no word of
                         ///< another before), "payment" (at all), or pressure_of
  std::string language;  ///< "fr", "en", ...
  std::string text;      ///< verbatim
  std::int32_t level = 0;
  std::int32_t block = -1;
  std::string attachment = {};  ///< the name of the attachment that says so, or empty
  Span span;
};
/// Wording about changed bank details, salary accounts, payments and pressure (fr, en, de, es, it, pt, nl).
/// Limits: requests.
[[nodiscard]] std::vector<Request> read_requests(const ReadText& body, const Conversation& conversation, const Limits& limits,
                                                 std::vector<Note>& notes);

}  // namespace threadline::facts
