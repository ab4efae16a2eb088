// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "findings/detector.h"

/// Mails built by hand, and an investigation that judges them in their order, for the tests of detectors.
namespace threadline::findings::scene {

/// Valid IBANs by ISO 13616 on invented banks; kTrueRib and kFraudRib are French, with their keys.
inline constexpr std::string_view kTrueIban = "FR7630006000011234567890189";
inline constexpr std::string_view kFraudIban = "FR1420041010050500013M02606";
inline constexpr std::string_view kGermanIban = "DE89370400440532013000";

/// "Ann Example <ann@firm.example>" in its parts.
[[nodiscard]] message::Address person(std::string_view written);
[[nodiscard]] facts::Account iban(std::string_view value, std::int32_t block = -1);

/// A mail under construction; every member function returns it.
class Mail {
 public:
  /// The n-th mail of a story: a minute apart, with Message-ID <n@mail.example>.
  Mail(int number, std::string_view from, std::string_view to);

  Mail& subject(std::string_view subject);
  Mail& text(std::string_view words);
  Mail& cc(std::string_view whom);
  Mail& reply_to(std::string_view whom);
  Mail& account(std::string_view iban_value);
  Mail& account(facts::Account account);
  Mail& answers(const Mail& other);  ///< Re:, In-Reply-To, References
  Mail& refers_to(std::string_view message_id);
  Mail& quotes(const Mail& other);  ///< its words and accounts, below those already quoted
  Mail& quotes(facts::QuotedBlock block);
  Mail& days_later(int days);
  Mail& request(std::string_view kind, std::string_view words);
  Mail& auth(std::string_view method, std::string_view result, std::string_view property = {}, std::string_view value = {});
  Mail& hop(std::string_view from, std::string_view by, int minutes_after, bool trusted);

  facts::Facts facts;
};

/// Mails judged one after the other; each is learnt before the next.
class Investigation {
 public:
  explicit Investigation(policy::Policy policy = {});
  /// With that own domain.
  explicit Investigation(std::string_view own_domain);

  std::vector<Finding> judge(const Mail& mail);
  [[nodiscard]] Context context(const Mail& mail) const;
  [[nodiscard]] memory::Store& memory() { return *memory_; }

 private:
  std::shared_ptr<const Ground> ground_;
  Detectors detectors_;
  std::unique_ptr<memory::Store> memory_;
};

/// "thread_hijack:critical", or "" where the code did not fire; several in their order with blanks.
[[nodiscard]] std::string fired(const std::vector<Finding>& findings, std::string_view code);
/// All codes with their severities at `at_least` or more, sorted by code.
[[nodiscard]] std::string all_fired(const std::vector<Finding>& findings, Severity at_least = Severity::info);
[[nodiscard]] const Finding* finding(const std::vector<Finding>& findings, std::string_view code);
/// The text of an evidence member, or "".
[[nodiscard]] std::string evidence(const Finding& finding, std::string_view key);
/// The values of the accounts under "before" or "after".
[[nodiscard]] std::string accounts(const Finding& finding, std::string_view key);

}  // namespace threadline::findings::scene
