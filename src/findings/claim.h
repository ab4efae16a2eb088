// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "findings/account_match.h"
#include "findings/detector.h"

/// What detectors write their claims with: one shape of evidence for one kind of thing.
namespace threadline::findings {

/// {"name", "address"}.
[[nodiscard]] Value person_value(const message::Address& person);
/// "F. LeComptable <f@firm.example>".
[[nodiscard]] std::string person_text(const message::Address& person);

/// An account as in explain.md, with message, source and since when: one that was known before (of which the memory keeps for
/// whom it was presented, not by whom), and one of this message.
[[nodiscard]] Value account_value(const memory::KnownAccount& known);
[[nodiscard]] Value account_value(const Case& it, const Presented& presented);
/// An account of this message.
[[nodiscard]] memory::KnownAccount account_of(const Case& it, const Presented& presented);

/// Of what was known before, in its order, what a finding lists: half of them the longest known, which nobody can have made
/// since, and half the latest, which a reader compares first. Limits: shown_before.
template <class Known>
[[nodiscard]] std::vector<const Known*> shown_of(const std::vector<Known>& before) {
  constexpr std::size_t kMost = Limits{}.shown_before;
  std::vector<const Known*> shown;
  for (std::size_t at = 0; at < before.size(); ++at) {
    if (before.size() <= kMost || at < kMost / 2 || at + kMost / 2 >= before.size()) shown.push_back(&before[at]);
  }
  return shown;
}
/// Says how many of them are not listed ("before_more"), and the limit of the memory where it was reached ("before_limit").
void set_more(Value& evidence, std::size_t known, std::size_t most, std::string_view limit);

/// The words of a header field, at the field's place (facts/field_places.def; else the part alone).
[[nodiscard]] Because header_words(const facts::Facts& facts, std::string_view field, std::string_view words);
/// The same of an address in a field ("from", "return_path", ...), with the name that stands beside it there.
[[nodiscard]] Because address_words(const facts::Facts& facts, std::string_view field, std::string_view address);
[[nodiscard]] Because account_words(const facts::Account& account);
/// Where a participant was read from.
[[nodiscard]] Because participant_words(const Participant& participant);

/// Disputes an address (and its domain, where that imitates another), unless it is the own side's or a counterparty's.
void dispute(Finding& finding, const Case& it, std::string_view address);

/// "from" -> "From".
[[nodiscard]] std::string_view header_of_field(std::string_view field);

/// Which identities share From's registrable domain (RFC 7489 section 3.1): {"from", "sender", "return_path", "dkim": [d=...],
/// "aligned": [...]}, absent ones null. Evidence only: a Return-Path elsewhere alone says nothing (newsletters, forwarders).
[[nodiscard]] Value alignment_value(const facts::Facts& facts);

/// The border's result of that method: of several hosts that said one, the one nearest to the border, which saw the message
/// first (later ones judge what the first one changed). nullptr without one.
[[nodiscard]] const facts::AuthResult* border_result(const facts::Route& route, std::string_view method);
/// Whether the border's result of that method passes: Microsoft's "bestguesspass" and "softpass" too.
[[nodiscard]] bool has_passed(const facts::Route& route, std::string_view method);
/// Whether the border's DMARC passed for From: where it names the domain that it looked at (header.from), for that one.
[[nodiscard]] bool has_passed_dmarc(const facts::Facts& facts);
/// {"by", "method", "result"} and its properties.
[[nodiscard]] Value result_value(const facts::AuthResult& result);
/// Adds results that bear the border's name where only the sender writes ("imitated"): what somebody wanted to be believed.
void add_imitated(const Case& it, Finding& finding);

/// A trusted passing DKIM or SPF identity whose domain shares From's registrable domain (relaxed alignment, RFC 7489
/// section 3.1).
[[nodiscard]] bool has_aligned_pass(const facts::Facts& facts);

}  // namespace threadline::findings
