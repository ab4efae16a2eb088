// SPDX-License-Identifier: Apache-2.0
#include "pipeline/wire.h"

#include <nlohmann/json.hpp>
#include <optional>

using nlohmann::json;

namespace nlohmann {

template <class T>
struct adl_serializer<std::optional<T>> {
  static void to_json(json& j, const std::optional<T>& value) {
    if (value) {
      j = *value;
    } else {
      j = nullptr;
    }
  }
  static void from_json(const json& j, std::optional<T>& value) {
    if (j.is_null()) {
      value.reset();
    } else {
      value = j.get<T>();
    }
  }
};

}  // namespace nlohmann

namespace threadline::inline base {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Span, part, offset, length)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Note, code, text, span)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Instant, seconds, offset_minutes)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Stamp, at, basis, zone_name, text)

}  // namespace threadline::inline base

namespace threadline::message {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Address, name, address)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(HeaderField, name, raw, value, offset, raw_offset)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Part, part, type, charset, size)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Attachment, name, type, size, sha256, part, note)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Calendar, part, method, organizer, attendees, summary, location, start, description,
                                   participation)

}  // namespace threadline::message

namespace threadline::facts {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Peer, helo, name, ip)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Hop, from, by, ip_by, via, with, tls, cipher, id, for_whom, envelope_from, auth_user, time,
                                   delay_seconds, link, shape, trusted, trust_inferred, raw, span)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(AuthResult, by, method, result, properties, trusted, span, aligned, imitates_border,
                                   arc_instance)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Dkim, domain, selector, body_hash, reading, signature_valid, algorithm, canonicalization,
                                   identity, signed_fields, body_length, signed_at, expires_at, aligned, problem, span)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ArcSet, instance, chain, domain, selector, signature_domain, sealed_at, span)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(FieldPlace, name, span)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(OtherId, id, span)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ForwardSign, name, kind, value, by, to, span)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Habit, kind, value)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Origin, country, as_number, as_name)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Submission, ip, client_ip, client_field, how, user, origin)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Route, hops, border, submission, auth, dkim, arc, x_received, notes)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ThreadIndex, form, root_time, guid, child_times)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ThreadLinks, in_reply_to, references, index, topic)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(QuotedBlock, level, parent, form, from, on_behalf_of, to, cc, subject, date_text, date, text,
                                   signature, style, wrong_weekday, span, introduction)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Segment, begin, end, block, introduction)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Conversation, part, new_text, signature, quoted, segments, mobile, notes)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Account, kind, value, country, bank_code, bank_name, bic, valid, masked, hidden, hidden_how,
                                   holder, as_written, role, former, level, block, where, attachment, medium, span)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Request, kind, language, text, level, block, attachment, span)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Phone, number, extension, as_written, block, in_signature, kind, span)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Invoice, number, as_written, block, where, span)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(DocumentSummary, part, name, kind, properties, earlier_revisions)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(DomainUse, domain, unicode, registrable, fields)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Dates, header, submit, delivery, known_at, basis)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Gateway, network_message_id, cross_tenant_id, auth_as, auth_source, scl, compauth,
                                   compauth_reason, quarantine_id, envelope_from, by_border, envelope_to, products)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Facts, source, sources, sha256, size, format, carrier, input_order, headers, field_places,
                                   message_id, subject, base_subject, message_class, subject_is_reply, subject_is_forward,
                                   has_header, kind, dates, from, reply_to, to, cc, bcc, contacts, sender, sent_representing,
                                   return_path, client, mobile, is_list, forward_signs, envelope_sender, envelope_recipients,
                                   is_auto_forwarded, other_ids, route, gateway, habits, thread, conversation, body_text,
                                   accounts, requests, domains, phones, invoices, parts, attachments, documents, calendars, notes)

}  // namespace threadline::facts

namespace threadline::pipeline {
namespace {

Error wire_error(std::string what) {
  return {std::move(what), {}, "worker and program are of different versions, or the pipe was cut"};
}

}  // namespace

std::string encode_facts(const std::vector<facts::Facts>& facts) {
  std::string bytes;
  json::to_cbor(json::array({kWireVersion, facts}), bytes);
  return bytes;
}

Result<std::vector<facts::Facts>> decode_facts(std::string_view bytes) {
  const json frame = json::from_cbor(bytes, true, false);
  if (!frame.is_array() || frame.size() != 2 || frame[0] != kWireVersion)
    return tl::unexpected(wire_error("not a frame of facts"));
  try {
    return frame[1].get<std::vector<facts::Facts>>();
  } catch (const json::exception& error) {
    return tl::unexpected(wire_error(error.what()));
  }
}

std::string encode_remark(const timeline::EvidenceRemark& remark) {
  std::string bytes;
  json::to_cbor(
      json::array({kWireVersion, remark.code, static_cast<int>(remark.severity), remark.source, remark.sha256, remark.notes}),
      bytes);
  return bytes;
}

Result<timeline::EvidenceRemark> decode_remark(std::string_view bytes) {
  const json frame = json::from_cbor(bytes, true, false);
  constexpr std::size_t kFields = 6;
  if (!frame.is_array() || frame.size() != kFields || frame[0] != kWireVersion) return tl::unexpected(wire_error("not a remark"));
  try {
    const int severity = frame[2].get<int>();
    if (severity < static_cast<int>(Severity::info) || severity > static_cast<int>(Severity::critical))
      return tl::unexpected(wire_error("no severity"));
    return timeline::EvidenceRemark{.code = frame[1].get<std::string>(),
                                    .severity = static_cast<Severity>(severity),
                                    .source = frame[3].get<std::string>(),
                                    .sha256 = frame[4].get<std::string>(),
                                    .notes = frame[5].get<std::vector<Note>>(),
                                    .evidence = {}};
  } catch (const json::exception& error) {
    return tl::unexpected(wire_error(error.what()));
  }
}

}  // namespace threadline::pipeline
