// SPDX-License-Identifier: Apache-2.0
#include "facts/contact/phone_plan.h"

#include <algorithm>
#include <array>

#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr auto kPlans = std::to_array<PhonePlan>({
#define THREADLINE_PHONE_PLAN(country, code, prefix, exit, lengths, is_main, mobile, groups) \
  {country, code, prefix, exit, lengths, is_main, mobile, groups},
#include "facts/contact/phone_plans.def"
#undef THREADLINE_PHONE_PLAN
});

constexpr std::size_t kCallingCode = 3;  ///< digits of a calling code at most (ITU-T E.164)

constexpr std::size_t kWholeMobile = 10;  ///< digits of a mobile number written without the national zero (India, China)

/// Country domains that are sold to everybody: they name no country.
constexpr auto kOpenDomains =
    std::to_array<std::string_view>({"ac", "ag", "ai", "am", "bz", "cc", "cd", "co", "dj", "fm", "gg", "io",
                                     "la", "ly", "me", "mu", "nu", "pw", "sh", "st", "to", "tv", "ws"});

bool is_any_of(std::string_view list, std::string_view text, bool whole) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    const std::string_view one = list.substr(0, end);
    if (whole ? text == one : text.starts_with(one)) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

/// Whether any country of the calling code has numbers of that length.
bool has_length(std::string_view code, std::size_t digits) {
  return std::ranges::any_of(kPlans, [&](const PhonePlan& plan) { return plan.calling_code == code && plan.has_length(digits); });
}

}  // namespace

bool PhonePlan::is_mobile(std::string_view significant) const { return is_any_of(mobile, significant, false); }

bool PhonePlan::writes(std::string_view sizes) const { return is_any_of(groups, sizes, true); }

const PhonePlan* plan_of_country(std::string_view country) {
  const auto found = std::ranges::lower_bound(kPlans, country, {}, &PhonePlan::country);
  return found == kPlans.end() || found->country != country ? nullptr : &*found;
}

const PhonePlan* plan_of_digits(std::string_view digits) {
  for (std::size_t length = 1; length <= kCallingCode && length < digits.size(); ++length) {
    const std::string_view code = digits.substr(0, length);
    const auto found =
        std::ranges::find_if(kPlans, [&](const PhonePlan& plan) { return plan.is_main && plan.calling_code == code; });
    if (found != kPlans.end()) return &*found;
  }
  return nullptr;
}

std::string country_of_domain(std::string_view domain) {
  const std::string_view last =
      domain.substr(domain.find_last_of(".@") == std::string_view::npos ? 0 : domain.find_last_of(".@") + 1);
  const std::string lowered = text::ascii_lower(last);
  if (lowered.size() != 2 || last.size() == domain.size() || std::ranges::find(kOpenDomains, lowered) != kOpenDomains.end())
    return {};
  if (lowered == "uk") return "GB";
  std::string country = lowered;
  std::ranges::transform(country, country.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
  return plan_of_country(country) == nullptr ? std::string{} : country;
}

std::string international_number(std::string_view digits) {
  const PhonePlan* plan = plan_of_digits(digits);
  if (plan == nullptr) return {};
  std::string_view significant = digits.substr(plan->calling_code.size());
  const bool has_prefix = !plan->national_prefix.empty() && significant.starts_with(plan->national_prefix);
  if (has_prefix && (plan->national_prefix == "0" || !has_length(plan->calling_code, significant.size()))) {
    significant.remove_prefix(plan->national_prefix.size());
  }
  if (!has_length(plan->calling_code, significant.size())) return {};
  return "+" + std::string(plan->calling_code) + std::string(significant);
}

std::string national_number(std::string_view digits, const PhonePlan& plan, bool has_area) {
  const std::string_view prefix = plan.national_prefix;
  const bool has_prefix = !prefix.empty() && digits.starts_with(prefix);
  const bool is_whole = has_area || (digits.size() >= kWholeMobile && plan.is_mobile(digits));
  const bool needs_prefix = prefix == "0" && !is_whole;
  if (digits.starts_with("00") || (needs_prefix && !has_prefix)) return {};
  if (has_prefix && plan.has_length(digits.size() - prefix.size())) {
    return "+" + std::string(plan.calling_code) + std::string(digits.substr(prefix.size()));
  }
  if (needs_prefix || !plan.has_length(digits.size())) return {};
  return "+" + std::string(plan.calling_code) + std::string(digits);
}

}  // namespace threadline::facts
