// SPDX-License-Identifier: Apache-2.0
#include "findings/combine.h"

#include <algorithm>
#include <string_view>

namespace threadline::findings {
namespace {

/// `code` takes `severity` when `other` is there with at least `at_least`.
struct Rule {
  std::string_view code, other;
  Severity at_least, severity;
};

/// The combinations of findings.md; a lookalike counts on either side only where `speaks` says so.
constexpr Rule kRules[] = {
    {"lookalike_domain", "thread_hijack", Severity::high, Severity::critical},
    {"lookalike_domain", "bank_account_changed", Severity::medium, Severity::critical},
    {"lookalike_domain", "bank_change_request", Severity::medium, Severity::high},
    {"thread_hijack", "bank_account_changed", Severity::medium, Severity::critical},
    {"bank_account_changed", "lookalike_domain", Severity::low, Severity::critical},
    {"bank_account_changed", "thread_hijack", Severity::medium, Severity::critical},
    {"bank_account_changed", "own_domain_spoofed", Severity::high, Severity::critical},
    {"bank_account_changed", "new_route", Severity::low, Severity::high},  // medium is for what came by the same route
    {"contact_changed", "bank_account_changed", Severity::medium, Severity::high},
    {"new_route", "bank_account_changed", Severity::medium, Severity::medium},
    {"payment_pressure", "display_name_spoof", Severity::medium, Severity::high},
    {"payment_pressure", "lookalike_domain", Severity::medium, Severity::high},
    {"payment_pressure", "own_domain_spoofed", Severity::high, Severity::high},
};

/// Names known apart for months, names on a watch list alone and names in a forwarded message say nothing about this sender.
bool speaks(const Finding& finding) {
  if (finding.code != "lookalike_domain") return true;
  const Value* apart = finding.evidence.find("known_apart");
  if (apart != nullptr && apart->boolean() != nullptr && *apart->boolean()) return false;
  const Value* field = finding.evidence.find("field");
  return field == nullptr || field->text() == nullptr || !field->text()->starts_with("forwarded_");
}

/// The forwarded message of a lookalike presents the changed account: there the two stand together, whoever forwards it.
bool is_of_changed_account(const Finding& lookalike, const std::vector<Finding>& before) {
  if (lookalike.code != "lookalike_domain" || speaks(lookalike)) return false;
  return std::ranges::any_of(before, [&](const Finding& finding) {
    const Value* author = finding.code == "bank_account_changed" ? finding.evidence.find("of_lookalike") : nullptr;
    return author != nullptr && author->text() != nullptr && *author->text() == lookalike.subject;
  });
}

/// A payment asked for today is every reminder's courtesy, unless who asks imitates somebody; so are secrecy alone and mail
/// alone.
bool is_courtesy(const Finding& finding) {
  return finding.code == "payment_pressure" && finding.subject == kCourtesy && finding.severity == Severity::low;
}

bool applies(const Rule& rule, const std::vector<Finding>& before) {
  return std::ranges::any_of(before, [&](const Finding& finding) {
    return finding.code == rule.other && finding.severity >= rule.at_least && speaks(finding);
  });
}

}  // namespace

void combine(std::vector<Finding>& findings) {
  const std::vector<Finding> before = findings;  // one step: what a rule raises does not feed another rule
  for (const Rule& rule : kRules) {
    const bool has_code = std::ranges::find(before, rule.code, &Finding::code) != before.end();
    if (!has_code || !applies(rule, before)) continue;
    for (Finding& finding : findings) {
      if (finding.code == rule.code && speaks(finding)) finding.severity = std::max(finding.severity, rule.severity);
    }
  }
  for (Finding& finding : findings) {
    if (is_of_changed_account(finding, before)) finding.severity = Severity::critical;
  }
  std::erase_if(findings, is_courtesy);
}

void limit_severities(std::vector<Finding>& findings, const policy::Policy& policy) {
  std::erase_if(findings, [&](Finding& finding) {
    const auto ceiling = policy.severity.find(finding.code);
    if (ceiling == policy.severity.end()) return false;
    if (ceiling->second) finding.severity = std::min(finding.severity, *ceiling->second);
    return !ceiling->second.has_value();
  });
}

}  // namespace threadline::findings
