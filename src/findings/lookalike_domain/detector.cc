// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "findings/claim.h"

namespace threadline::findings {
namespace {

/// What the field is worth: where people read or answer counts most (findings.md).
Severity weight_of_field(std::string_view field) {
  if (field.starts_with("forwarded_")) field.remove_prefix(std::string_view("forwarded_").size());
  return field == "cc" || field == "return_path" ? Severity::medium : Severity::high;
}

/// Whom the reader knows well is not resembled by chance; among many correspondents some names are near each other.
Severity weight_of_resemblance(const LookalikeUse& use) {
  const Severity severity = std::max(use.resemblance.severity, Severity::low);
  const bool is_close = use.reference_kind == "own" || use.reference_kind == "policy" || use.reference_kind == "participant";
  return is_close && severity == Severity::medium ? Severity::high : severity;
}

Severity severity_of(const LookalikeUse& use, const Context& context, bool fires_again) {
  const Severity weight = weight_of_field(use.field);
  const StandIn* stand_in = use.block < 0 ? context.stand_in(use.field) : nullptr;
  const bool takes_place = stand_in != nullptr && stand_in->how == "lookalike_domain";
  if (takes_place && use.reference_kind != "watch") return weight;
  if (fires_again && use.reference_kind != "watch") return weight;
  if (use.known_apart || !use.established) return Severity::low;
  const Severity most = use.reference_kind == "watch" ? Severity::medium : Severity::critical;
  if (use.reference_kind == "disputed") return weight;
  return std::min({weight, most, weight_of_resemblance(use)});
}

/// The labels in front of the registrable domain are what imitates.
bool is_in_front(text::Technique technique) {
  return technique == text::Technique::subdomain || technique == text::Technique::dot;
}

Finding claim_of(const LookalikeUse& use, const Case& it) {
  const text::Resemblance& resemblance = use.resemblance;
  const bool fires_again = it.memory.is_disputed_domain(use.domain);
  Finding finding{.code = "lookalike_domain",
                  .severity = severity_of(use, it.context, fires_again),
                  .confidence = std::clamp(resemblance.score, 0.3, 1.0),
                  .subject = use.domain,
                  .evidence = {},
                  .because = {},
                  .attack = {"T1583.001", "T1566"},
                  .disputes = {}};
  finding.evidence.set("field", use.field)
      .set("address", use.address)
      .set("domain", is_in_front(resemblance.technique) ? resemblance.candidate : use.domain)
      .set("reference", resemblance.reference.empty() ? Value{} : Value{resemblance.reference})
      .set("reference_kind", use.reference_kind)
      .set("why", resemblance.why)
      .set("technique", resemblance.reference.empty() ? Value{} : Value{text::name_of(resemblance.technique)})
      .set("differs_at", static_cast<std::int64_t>(resemblance.differs_at))
      .set("score", resemblance.score)
      .set("known_apart", use.known_apart)
      .set("disputed_before", fires_again)
      .set("alignment", alignment_value(it.facts));
  finding.because.push_back(use.block >= 0 ? Because{use.address, use.span} : address_words(it.facts, use.field, use.address));
  dispute(finding, it, use.address);
  if (!finding.disputes.addresses.empty()) finding.disputes.domains = {use.domain};
  return finding;
}

/// A domain is one claim, made where it weighs most; the other fields are named beside it.
void merge(std::vector<Finding>& findings, Finding finding) {
  const auto same = std::ranges::find(findings, finding.subject, &Finding::subject);
  if (same == findings.end()) {
    finding.evidence.set("fields", Value::List{*finding.evidence.find("field")});
    findings.push_back(std::move(finding));
    return;
  }
  Value::List fields = *same->evidence.find("fields")->list();
  if (std::ranges::find(fields, *finding.evidence.find("field")) == fields.end())
    fields.push_back(*finding.evidence.find("field"));
  if (finding.severity > same->severity) {
    finding.because.insert(finding.because.end(), same->because.begin(), same->because.end());
    std::ranges::copy(same->disputes.addresses, std::back_inserter(finding.disputes.addresses));
    *same = std::move(finding);
  } else {
    same->because.push_back(finding.because.front());
    std::ranges::copy(finding.disputes.addresses, std::back_inserter(same->disputes.addresses));
  }
  same->evidence.set("fields", std::move(fields));
}

}  // namespace

Result<Check> prepare_lookalike_domain(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    for (const LookalikeUse& use : it.context.lookalikes) merge(findings, claim_of(use, it));
    return findings;
  };
}

}  // namespace threadline::findings
