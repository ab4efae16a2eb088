// SPDX-License-Identifier: Apache-2.0
#include "findings/claim.h"

#include <algorithm>
#include <array>
#include <utility>

#include "facts/transport/authentication.h"
#include "findings/context_steps.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

constexpr auto kHeaders = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"from", "From"},
    {"sender", "Sender"},
    {"reply_to", "Reply-To"},
    {"return_path", "Return-Path"},
    {"to", "To"},
    {"cc", "Cc"},
    {"bcc", "Bcc"},
    {"envelope", "envelope"},
});

Value span_value(const Span& span) {
  if (span.part.empty() || (span.part == "header" && span.length == 0)) return {};
  Value value;
  value.set("part", span.part)
      .set("offset", static_cast<std::int64_t>(span.offset))
      .set("length", static_cast<std::int64_t>(span.length));
  return value;
}

Value text_or_null(const std::string& text) { return text.empty() ? Value{} : Value{text}; }

}  // namespace

Value person_value(const message::Address& person) {
  Value value;
  value.set("name", text_or_null(person.name)).set("address", text_or_null(person.address));
  return value;
}

std::string person_text(const message::Address& person) {
  if (person.name.empty()) return person.address;
  return person.address.empty() ? person.name : person.name + " <" + person.address + ">";
}

namespace {

Value value_of(const memory::KnownAccount& known, const policy::Side& writer) {
  const facts::Account& account = known.account;
  Value value;
  value.set("kind", account.kind).set("value", account.value).set("country", text_or_null(account.country));
  value.set("bank_code", text_or_null(account.bank_code)).set("bank_name", text_or_null(account.bank_name));
  value.set("bic", text_or_null(account.bic)).set("valid", account.valid).set("masked", account.masked);
  value.set("hidden", account.hidden).set("holder", text_or_null(account.holder)).set("side", text_or_null(writer));
  value.set("presented_for", text_or_null(known.side)).set("as_written", account.as_written);
  value.set("level", account.level).set("where", account.where).set("attachment", text_or_null(account.attachment));
  value.set("span", span_value(account.span))
      .set("message", text_or_null(known.message_id))
      .set("source", text_or_null(known.source));
  value.set("since", known.since == Instant{} ? Value{} : Value{rfc3339(known.since)}).set("from_quote", known.from_quote);
  return value;
}

}  // namespace

Value account_value(const memory::KnownAccount& known) { return value_of(known, {}); }

Value account_value(const Case& it, const Presented& presented) { return value_of(account_of(it, presented), presented.writer); }

memory::KnownAccount account_of(const Case& it, const Presented& presented) {
  const facts::Account& account = it.facts.accounts[presented.account];
  return {.key = memory::account_key(account),
          .account = account,
          .side = presented.side,
          .since = it.facts.dates.known_at.value_or(Instant{}),
          .message_id = it.facts.message_id,
          .source = it.facts.source};
}

void set_more(Value& evidence, std::size_t known, std::size_t most, std::string_view limit) {
  constexpr std::size_t kShown = Limits{}.shown_before;
  if (known > kShown) evidence.set("before_more", static_cast<std::int64_t>(known - kShown));
  if (known >= most) evidence.set("before_limit", limit);
}

Because header_words(const facts::Facts& facts, std::string_view field, std::string_view words) {
  return {std::string(field) + ": " + std::string(words), facts::place_of(facts, field)};
}

Because address_words(const facts::Facts& facts, std::string_view field, std::string_view address) {
  const std::vector<message::Address> sender = facts.sender ? std::vector{*facts.sender} : std::vector<message::Address>{};
  const std::pair<std::string_view, const std::vector<message::Address>*> kPeople[] = {
      {"from", &facts.from}, {"sender", &sender}, {"reply_to", &facts.reply_to},
      {"to", &facts.to},     {"cc", &facts.cc},   {"bcc", &facts.bcc}};
  for (const auto& [name, people] : kPeople) {
    if (name != field) continue;
    const auto person = std::ranges::find_if(
        *people, [&](const message::Address& one) { return text::equal_ascii_nocase(one.address, address); });
    if (person != people->end()) return header_words(facts, header_of_field(field), person_text(*person));
  }
  const bool is_path = field == "return_path";
  return header_words(facts, header_of_field(field), (is_path ? "<" : "") + std::string(address) + (is_path ? ">" : ""));
}

Because account_words(const facts::Account& account) { return {account.as_written, account.span}; }

Because participant_words(const Participant& participant) {
  const std::string person = person_text(participant.person);
  return {participant.message_id.empty() ? person : person + " in " + participant.message_id, participant.span};
}

void dispute(Finding& finding, const Case& it, std::string_view address) {
  const std::string lowered = text::ascii_lower(address);
  const policy::Side side = it.ground.sides.side_of(lowered);
  if (lowered.find('@') == std::string::npos || side == policy::kOwnSide || side.starts_with("party:")) return;
  finding.disputes.addresses.push_back(lowered);
  const std::string registrable = text::registrable_domain(text::domain_of_address(lowered));
  if (is_beyond_doubt(it.ground, registrable)) return;
  const bool imitates = std::ranges::any_of(it.context.lookalikes, [&](const LookalikeUse& use) {
    return use.domain == registrable && use.resemblance.severity >= Severity::medium && !use.known_apart;
  });
  if (imitates) finding.disputes.domains.push_back(registrable);
}

std::string_view header_of_field(std::string_view field) {
  const auto found = std::ranges::find(kHeaders, field, &decltype(kHeaders)::value_type::first);
  return found == kHeaders.end() ? field : found->second;
}

Value alignment_value(const facts::Facts& facts) {
  constexpr std::size_t kSignatures = 10;
  const auto domain_of = [](std::string_view address) { return text::registrable_domain(text::domain_of_address(address)); };
  const std::string from = facts.from.empty() ? std::string() : domain_of(facts.from.front().address);
  const std::string sender = facts.sender ? domain_of(facts.sender->address) : std::string();
  const std::string return_path = domain_of(facts.return_path);
  Value::List dkim, aligned;
  bool is_signed = false;
  for (const facts::Dkim& signature : facts.route.dkim) {
    if (dkim.size() == kSignatures) break;
    dkim.push_back(Value{signature.domain});
    is_signed = is_signed || (!from.empty() && text::registrable_domain(signature.domain) == from);
  }
  if (!from.empty() && sender == from) aligned.push_back(Value{std::string("sender")});
  if (!from.empty() && return_path == from) aligned.push_back(Value{std::string("return_path")});
  if (is_signed) aligned.push_back(Value{std::string("dkim")});
  Value value;
  value.set("from", text_or_null(from)).set("sender", text_or_null(sender)).set("return_path", text_or_null(return_path));
  value.set("dkim", std::move(dkim)).set("aligned", std::move(aligned));
  return value;
}

const facts::AuthResult* border_result(const facts::Route& route, std::string_view method) {
  const auto found = std::find_if(route.auth.rbegin(), route.auth.rend(), [&](const facts::AuthResult& result) {
    return facts::is_of_border(result) && result.method == method;
  });
  return found == route.auth.rend() ? nullptr : &*found;
}

bool has_passed(const facts::Route& route, std::string_view method) {
  const facts::AuthResult* result = border_result(route, method);
  return result != nullptr && (result->result == "pass" || result->result == "bestguesspass" || result->result == "softpass");
}

bool has_passed_dmarc(const facts::Facts& facts) {
  if (!has_passed(facts.route, "dmarc") || facts.from.empty()) return false;
  const std::string looked_at = facts::identity_of(*border_result(facts.route, "dmarc"));
  const auto is_of = [&](const message::Address& one) {
    return facts::are_aligned(looked_at, text::domain_of_address(one.address));
  };
  if (!looked_at.empty() && is_of(facts.from.front())) return true;
  const auto domain_of = [](const message::Address& one) {
    return text::registrable_domain(text::domain_of_address(one.address));
  };
  const auto is_other = [&](const message::Address& one) { return domain_of(one) != domain_of(facts.from.front()); };
  if (std::ranges::any_of(facts.from, is_other)) return false;             // the border may have looked at that one
  return looked_at.empty() || std::ranges::any_of(facts.reply_to, is_of);  // an own list below the border rewrote From
}

bool has_aligned_pass(const facts::Facts& facts) {
  return std::ranges::any_of(facts.route.auth, [](const facts::AuthResult& result) {
    return facts::is_of_border(result) && result.result == "pass" && result.aligned.value_or(false);
  });
}

Value result_value(const facts::AuthResult& result) {
  Value value;
  value.set("by", result.by).set("method", result.method).set("result", result.result);
  for (const auto& [name, text] : result.properties) value.set(name, text);
  return value;
}

void add_imitated(const Case& it, Finding& finding) {
  Value::List imitated;
  for (const facts::AuthResult& result : it.facts.route.auth) {
    if (!result.imitates_border) continue;
    imitated.push_back(result_value(result));
    finding.because.push_back({result.method + "=" + result.result, result.span});
  }
  if (!imitated.empty()) finding.evidence.set("imitated", std::move(imitated));
}

}  // namespace threadline::findings
