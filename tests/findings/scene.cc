// SPDX-License-Identifier: Apache-2.0
#include "findings/scene.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "facts/transport/authentication.h"
#include "text/base_subject.h"
#include "text/domain.h"

namespace threadline::findings::scene {
namespace {

constexpr std::int64_t kStart = 1'522'917'420;  // 2018-04-05T08:37:00Z

policy::Policy with_own(std::string_view domain) {
  policy::Policy policy;
  policy.own.domains = {std::string(domain)};
  return policy;
}

Detectors prepared(const std::shared_ptr<const Ground>& ground) {
  auto detectors = Detectors::prepare(ground);
  if (!detectors) throw std::runtime_error(detectors.error().what);
  return *std::move(detectors);
}

}  // namespace

message::Address person(std::string_view written) {
  const std::size_t open = written.find('<');
  if (open == std::string_view::npos) return {{}, std::string(written)};
  const std::size_t close = written.find('>');
  return {std::string(written.substr(0, open == 0 ? 0 : open - 1)), std::string(written.substr(open + 1, close - open - 1))};
}

facts::Account iban(std::string_view value, std::int32_t block) {
  facts::Account account;
  account.kind = "iban";
  account.value = value;
  account.country = value.substr(0, 2);
  account.as_written = value;
  account.block = block;
  account.level = block < 0 ? 0 : 1;
  account.span = {"1", 10, value.size()};
  return account;
}

Mail::Mail(int number, std::string_view from, std::string_view to) {
  facts.message_id = "<" + std::to_string(number) + "@mail.example>";
  facts.sha256 = "sha" + std::to_string(number);
  facts.source = "mail-" + std::to_string(number) + ".eml";
  facts.from = {person(from)};
  facts.to = {person(to)};
  const Instant at{kStart + number * 60, 0};
  facts.dates.header = Stamp{.at = at, .zone_name = {}, .text = rfc3339(at)};
  facts.dates.known_at = at;
  subject("facturation en retard");
}

Mail& Mail::subject(std::string_view subject) {
  const auto parts = text::read_subject(subject);
  facts.subject = subject;
  facts.base_subject = parts.base;
  facts.subject_is_reply = parts.is_reply;
  facts.subject_is_forward = parts.is_forward;
  return *this;
}

Mail& Mail::text(std::string_view words) {
  facts.conversation.new_text = words;
  return *this;
}

Mail& Mail::cc(std::string_view whom) {
  facts.cc.push_back(person(whom));
  return *this;
}

Mail& Mail::reply_to(std::string_view whom) {
  facts.reply_to.push_back(person(whom));
  return *this;
}

Mail& Mail::account(std::string_view iban_value) { return account(iban(iban_value)); }

Mail& Mail::account(facts::Account account) {
  facts.accounts.push_back(std::move(account));
  return *this;
}

Mail& Mail::answers(const Mail& other) {
  subject("Re: " + other.facts.base_subject);
  facts.thread.in_reply_to = other.facts.message_id;
  facts.thread.references = other.facts.thread.references;
  facts.thread.references.push_back(other.facts.message_id);
  return *this;
}

Mail& Mail::refers_to(std::string_view message_id) {
  facts.thread.in_reply_to = message_id;
  facts.thread.references = {std::string(message_id)};
  return *this;
}

Mail& Mail::quotes(const Mail& other) {
  facts::QuotedBlock block;
  block.from = other.facts.from.front();
  block.to = other.facts.to;
  block.cc = other.facts.cc;
  block.subject = other.facts.subject;
  block.date = other.facts.dates.header;
  block.text = other.facts.conversation.new_text;
  const auto index = static_cast<std::int32_t>(facts.conversation.quoted.size());
  for (facts::Account account : other.facts.accounts) {
    if (account.block >= 0) continue;
    account.block = index;
    account.level = index + 1;
    facts.accounts.push_back(std::move(account));
  }
  return quotes(std::move(block));
}

Mail& Mail::quotes(facts::QuotedBlock block) {
  const auto index = static_cast<std::int32_t>(facts.conversation.quoted.size());
  block.level = index + 1;
  block.parent = index - 1;
  facts.conversation.quoted.push_back(std::move(block));
  return *this;
}

Mail& Mail::days_later(int days) {
  facts.dates.header->at.seconds += days * 86'400LL;
  facts.dates.known_at->seconds += days * 86'400LL;
  return *this;
}

Mail& Mail::request(std::string_view kind, std::string_view words) {
  facts.requests.push_back({.kind = std::string(kind), .language = "fr", .text = std::string(words), .span = {}});
  return *this;
}

Mail& Mail::auth(std::string_view method, std::string_view result, std::string_view property, std::string_view value) {
  facts::AuthResult one{.by = "mx.own.example",
                        .method = std::string(method),
                        .result = std::string(result),
                        .properties = {},
                        .trusted = true,
                        .span = {}};
  if (!property.empty()) one.properties.emplace_back(property, value);
  if (!facts.from.empty()) one.aligned = facts::is_aligned(one, text::domain_of_address(facts.from.front().address));
  facts.route.auth.push_back(std::move(one));
  return *this;
}

Mail& Mail::hop(std::string_view from, std::string_view by, int minutes_after, bool trusted) {
  facts::Hop hop;
  hop.from.helo = from;
  hop.from.ip = "192.0.2.1";
  hop.by = by;
  hop.with = "ESMTP";
  hop.trusted = trusted;
  hop.time = Stamp{.at = {facts.dates.header->at.seconds + minutes_after * 60LL, 0}, .zone_name = {}, .text = {}};
  hop.raw = "from " + std::string(from) + " by " + std::string(by);
  if (trusted && facts.route.border < 0) facts.route.border = static_cast<std::int32_t>(facts.route.hops.size());
  facts.route.hops.push_back(std::move(hop));
  return *this;
}

Investigation::Investigation(policy::Policy policy)
    : ground_(std::make_shared<Ground>(std::move(policy))), detectors_(prepared(ground_)), memory_(memory::in_memory()) {}

Investigation::Investigation(std::string_view own_domain) : Investigation(with_own(own_domain)) {}

std::vector<Finding> Investigation::judge(const Mail& mail) {
  auto judgement = detectors_.judge(std::make_shared<facts::Facts>(mail.facts), *memory_);
  memory_->learn(std::move(judgement.learnt));
  return std::move(judgement.findings);
}

Context Investigation::context(const Mail& mail) const { return read_context(mail.facts, *memory_, *ground_); }

std::string fired(const std::vector<Finding>& findings, std::string_view code) {
  std::string all;
  for (const Finding& one : findings) {
    if (one.code != code) continue;
    if (!all.empty()) all += " ";
    all += one.code + ":" + std::string(name_of(one.severity));
  }
  return all;
}

std::string all_fired(const std::vector<Finding>& findings, Severity at_least) {
  std::multiset<std::string> codes;
  for (const Finding& one : findings) {
    if (one.severity >= at_least) codes.insert(one.code + ":" + std::string(name_of(one.severity)));
  }
  std::string all;
  for (const std::string& code : codes) all += (all.empty() ? "" : " ") + code;
  return all;
}

const Finding* finding(const std::vector<Finding>& findings, std::string_view code) {
  const auto found = std::ranges::find(findings, code, &Finding::code);
  return found == findings.end() ? nullptr : &*found;
}

std::string evidence(const Finding& finding, std::string_view key) {
  const Value* value = finding.evidence.find(key);
  return value == nullptr || value->text() == nullptr ? std::string{} : *value->text();
}

std::string accounts(const Finding& finding, std::string_view key) {
  std::string all;
  const Value* list = finding.evidence.find(key);
  if (list == nullptr || list->list() == nullptr) return all;
  for (const Value& account : *list->list()) all += (all.empty() ? "" : " ") + *account.find("value")->text();
  return all;
}

}  // namespace threadline::findings::scene
