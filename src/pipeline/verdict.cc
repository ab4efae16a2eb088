// SPDX-License-Identifier: Apache-2.0
#include "pipeline/verdict.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "pipeline/wire.h"

namespace threadline::pipeline {
namespace {

using Json = nlohmann::ordered_json;  // an evidence's members keep their order
using findings::Finding;

Json json_of(const Value& value) {
  if (const auto* text = value.text()) return *text;
  if (const auto* boolean = value.boolean()) return *boolean;
  if (const auto* integer = value.integer()) return *integer;
  if (const auto* number = value.number()) return *number;
  if (const auto* list = value.list()) {
    Json json = Json::array();
    for (const Value& one : *list) json.push_back(json_of(one));
    return json;
  }
  if (const auto* object = value.object()) {
    Json json = Json::object();
    for (const auto& [key, one] : *object) json[key] = json_of(one);
    return json;
  }
  return nullptr;
}

Value value_of(const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_number_integer()) return json.get<std::int64_t>();
  if (json.is_number()) return json.get<double>();
  if (json.is_array()) {
    Value::List list;
    for (const Json& one : json) list.push_back(value_of(one));
    return list;
  }
  if (json.is_object()) {
    Value::Object object;
    for (const auto& [key, one] : json.items()) object.emplace_back(key, value_of(one));
    return object;
  }
  return {};
}

Json json_of(const Span& span) { return {span.part, span.offset, span.length}; }

Span span_of(const Json& json) { return {json.at(0), json.at(1).get<std::uint64_t>(), json.at(2).get<std::uint64_t>()}; }

Json json_of(const Finding& finding) {
  Json because = Json::array();
  for (const auto& one : finding.because) because.push_back({one.text, json_of(one.span)});
  return {finding.code,
          static_cast<int>(finding.severity),
          finding.confidence,
          finding.subject,
          json_of(finding.evidence),
          std::move(because),
          finding.attack,
          finding.disputes.addresses,
          finding.disputes.domains,
          finding.disputes.accounts};
}

Finding finding_of(const Json& json) {
  Finding finding;
  json.at(0).get_to(finding.code);
  finding.severity = static_cast<Severity>(json.at(1).get<int>());
  json.at(2).get_to(finding.confidence);
  json.at(3).get_to(finding.subject);
  finding.evidence = value_of(json.at(4));
  for (const Json& one : json.at(5)) finding.because.push_back({one.at(0), span_of(one.at(1))});
  json.at(6).get_to(finding.attack);
  json.at(7).get_to(finding.disputes.addresses);
  json.at(8).get_to(finding.disputes.domains);
  json.at(9).get_to(finding.disputes.accounts);
  return finding;
}

Json json_of(const findings::Presented& one) {
  return {one.account, one.side, one.paying, one.writer, one.by_stand_in, one.block, one.passed_on};
}

findings::Presented presented_of(const Json& json) {
  return {json.at(0).get<std::size_t>(), json.at(1).get<policy::Side>(), json.at(2).get<bool>(), json.at(3).get<policy::Side>(),
          json.at(4).get<bool>(),        json.at(5).get<std::int32_t>(), json.at(6).get<bool>()};
}

std::string bytes_of(const Json& json) {
  std::string bytes;
  Json::to_cbor(json, bytes);
  return bytes;
}

std::string facts_bytes(const std::shared_ptr<const facts::Facts>& facts) {
  return facts == nullptr ? std::string{} : encode_facts({*facts});
}

template <class Read>
bool decoded(std::string_view bytes, const Read& read) {
  const Json json = Json::from_cbor(bytes, true, false);
  if (!json.is_array()) return false;
  try {
    read(json);
  } catch (const Json::exception&) {
    return false;
  }
  return true;
}

}  // namespace

std::string encode(const Verdict& verdict) {
  Json findings = Json::array(), presented = Json::array(), remembered = Json::array();
  for (const Finding& finding : verdict.findings) findings.push_back(json_of(finding));
  for (const auto& one : verdict.presented) presented.push_back(json_of(one));
  for (const auto& facts : verdict.remembered) {
    const std::string bytes = facts_bytes(facts);
    remembered.push_back(Json::binary(std::vector<std::uint8_t>(bytes.begin(), bytes.end())));
  }
  return bytes_of({static_cast<int>(verdict.direction), std::move(findings), std::move(presented), std::move(remembered)});
}

bool decode(std::string_view bytes, Verdict& verdict) {
  return decoded(bytes, [&](const Json& json) {
    verdict.direction = static_cast<findings::Direction>(json.at(0).get<int>());
    for (const Json& one : json.at(1)) verdict.findings.push_back(finding_of(one));
    for (const Json& one : json.at(2)) verdict.presented.push_back(presented_of(one));
    for (const Json& one : json.at(3)) {
      const auto& binary = one.get_binary();
      auto facts = decode_facts({reinterpret_cast<const char*>(binary.data()), binary.size()});
      const bool is_there = facts && !facts->empty();
      verdict.remembered.push_back(is_there ? std::make_shared<const facts::Facts>(std::move(facts->front())) : nullptr);
    }
  });
}

std::string encode(const Sequel& sequel) {
  if (sequel.originals.empty() && sequel.claims.empty()) return {};
  Json claims = Json::array();
  for (const auto& claim : sequel.claims) claims.push_back({json_of(claim.finding), claim.is_sure});
  return bytes_of({sequel.originals, std::move(claims)});
}

bool decode(std::string_view bytes, Sequel& sequel) {
  return decoded(bytes, [&](const Json& json) {
    json.at(0).get_to(sequel.originals);
    for (const Json& one : json.at(1)) sequel.claims.push_back({finding_of(one.at(0)), one.at(1).get<bool>()});
  });
}

}  // namespace threadline::pipeline
