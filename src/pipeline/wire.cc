// SPDX-License-Identifier: Apache-2.0
#include "pipeline/wire.h"

#include <algorithm>
#include <utility>

#include "base/bytes_form.h"

namespace threadline::pipeline {
namespace {

/// The members of each struct that travel, in their order.
struct WireFields {
  static void of(auto& form, Is<message::Address> auto& it) { form(it.name, it.address); }
  static void of(auto& form, Is<message::HeaderField> auto& it) { form(it.name, it.raw, it.value, it.offset, it.raw_offset); }
  static void of(auto& form, Is<message::Part> auto& it) { form(it.part, it.type, it.charset, it.size); }
  static void of(auto& form, Is<message::Attachment> auto& it) { form(it.name, it.type, it.size, it.sha256, it.part, it.note); }
  static void of(auto& form, Is<message::Calendar> auto& it) {
    form(it.part, it.method, it.organizer, it.attendees, it.summary, it.location, it.start, it.description, it.participation);
  }
  static void of(auto& form, Is<facts::Peer> auto& it) { form(it.helo, it.name, it.ip); }
  static void of(auto& form, Is<facts::Hop> auto& it) {
    form(it.from, it.by, it.ip_by, it.via, it.with, it.tls, it.cipher, it.id, it.for_whom, it.envelope_from, it.auth_user,
         it.time, it.delay_seconds, it.link, it.shape, it.trusted, it.trust_inferred, it.raw, it.span);
  }
  static void of(auto& form, Is<facts::AuthResult> auto& it) {
    form(it.by, it.method, it.result, it.properties, it.trusted, it.span, it.aligned, it.imitates_border, it.arc_instance);
  }
  static void of(auto& form, Is<facts::Dkim> auto& it) {
    form(it.domain, it.selector, it.body_hash, it.reading, it.signature_valid, it.algorithm, it.canonicalization, it.identity,
         it.signed_fields, it.body_length, it.signed_at, it.expires_at, it.aligned, it.problem, it.span);
  }
  static void of(auto& form, Is<facts::ArcSet> auto& it) {
    form(it.instance, it.chain, it.domain, it.selector, it.signature_domain, it.sealed_at, it.span);
  }
  static void of(auto& form, Is<facts::FieldPlace> auto& it) { form(it.name, it.span); }
  static void of(auto& form, Is<facts::OtherId> auto& it) { form(it.id, it.span); }
  static void of(auto& form, Is<facts::ForwardSign> auto& it) { form(it.name, it.kind, it.value, it.by, it.to, it.span); }
  static void of(auto& form, Is<facts::Habit> auto& it) { form(it.kind, it.value); }
  static void of(auto& form, Is<facts::Origin> auto& it) { form(it.country, it.as_number, it.as_name); }
  static void of(auto& form, Is<facts::Submission> auto& it) {
    form(it.ip, it.client_ip, it.client_field, it.how, it.user, it.origin);
  }
  static void of(auto& form, Is<facts::Route> auto& it) {
    form(it.hops, it.border, it.submission, it.auth, it.dkim, it.arc, it.x_received, it.notes);
  }
  static void of(auto& form, Is<facts::ThreadIndex> auto& it) { form(it.form, it.root_time, it.guid, it.child_times); }
  static void of(auto& form, Is<facts::ThreadLinks> auto& it) { form(it.in_reply_to, it.references, it.index, it.topic); }
  static void of(auto& form, Is<facts::QuotedBlock> auto& it) {
    form(it.level, it.parent, it.form, it.from, it.on_behalf_of, it.to, it.cc, it.subject, it.date_text, it.date, it.text,
         it.signature, it.style, it.wrong_weekday, it.span, it.introduction);
  }
  static void of(auto& form, Is<facts::OtherTelling> auto& it) { form(it.block, it.said); }
  static void of(auto& form, Is<facts::Segment> auto& it) { form(it.begin, it.end, it.block, it.introduction); }
  static void of(auto& form, Is<facts::Conversation> auto& it) {
    form(it.part, it.new_text, it.signature, it.quoted, it.told_otherwise, it.segments, it.mobile, it.notes);
  }
  static void of(auto& form, Is<facts::Account> auto& it) {
    form(it.kind, it.value, it.country, it.bank_code, it.bank_name, it.bic, it.valid, it.masked, it.hidden, it.hidden_how,
         it.holder, it.as_written, it.role, it.former, it.level, it.block, it.where, it.attachment, it.medium, it.span);
  }
  static void of(auto& form, Is<facts::Request> auto& it) {
    form(it.kind, it.language, it.text, it.level, it.block, it.attachment, it.span);
  }
  static void of(auto& form, Is<facts::Phone> auto& it) {
    form(it.number, it.extension, it.as_written, it.block, it.in_signature, it.kind, it.span);
  }
  static void of(auto& form, Is<facts::Invoice> auto& it) { form(it.number, it.as_written, it.block, it.where, it.span); }
  static void of(auto& form, Is<facts::DocumentSummary> auto& it) {
    form(it.part, it.name, it.kind, it.properties, it.earlier_revisions);
  }
  static void of(auto& form, Is<facts::DomainUse> auto& it) { form(it.domain, it.unicode, it.registrable, it.fields); }
  static void of(auto& form, Is<facts::Dates> auto& it) { form(it.header, it.submit, it.delivery, it.known_at, it.basis); }
  static void of(auto& form, Is<facts::Carrying> auto& it) { form(it.sender, it.known_at); }
  static void of(auto& form, Is<facts::Gateway> auto& it) {
    form(it.network_message_id, it.cross_tenant_id, it.auth_as, it.auth_source, it.scl, it.compauth, it.compauth_reason,
         it.quarantine_id, it.envelope_from, it.by_border, it.envelope_to, it.products);
  }
  static void of(auto& form, Is<facts::Facts> auto& it) {
    form(it.source, it.sources, it.sha256, it.size, it.format, it.carrier, it.carried_by, it.input_order, it.headers,
         it.field_places, it.message_id, it.subject, it.base_subject, it.message_class, it.subject_is_reply,
         it.subject_is_forward, it.has_header, it.kind, it.dates, it.from, it.reply_to, it.to, it.cc, it.bcc, it.contacts,
         it.sender, it.sent_representing, it.return_path, it.client, it.mobile, it.is_list, it.forward_signs, it.envelope_sender,
         it.envelope_recipients, it.is_auto_forwarded, it.other_ids, it.route, it.gateway, it.habits, it.thread, it.conversation,
         it.body_text, it.accounts, it.requests, it.domains, it.phones, it.invoices, it.parts, it.attachments, it.documents,
         it.calendars, it.notes);
  }

  static constexpr facts::TimeBasis last(facts::TimeBasis /*unused*/) { return facts::TimeBasis::none; }
  static constexpr facts::MessageKind last(facts::MessageKind /*unused*/) { return facts::MessageKind::post; }
  static constexpr facts::Link last(facts::Link /*unused*/) { return facts::Link::none; }
  static constexpr facts::QuoteForm last(facts::QuoteForm /*unused*/) { return facts::QuoteForm::attached; }
  static constexpr facts::AccountRole last(facts::AccountRole /*unused*/) { return facts::AccountRole::unknown; }
  static constexpr facts::PhoneKind last(facts::PhoneKind /*unused*/) { return facts::PhoneKind::fax; }
};

Error wire_error(std::string what) {
  return {std::move(what), {}, "worker and program are of different versions, or the pipe was cut"};
}

/// Whether the places that facts point to are there: whoever reads them does not look again.
bool is_sound(const facts::Facts& facts) {
  const auto& quoted = facts.conversation.quoted;
  const auto stands_in = [](std::int32_t place, std::size_t size) {
    return place == -1 || (place >= 0 && static_cast<std::size_t>(place) < size);
  };
  const auto is_of_block = [&](const auto& one) { return stands_in(one.block, quoted.size()); };
  return stands_in(facts.route.border, facts.route.hops.size()) &&
         std::ranges::all_of(quoted, [&](const auto& block) { return stands_in(block.parent, quoted.size()); }) &&
         std::ranges::all_of(facts.conversation.segments, is_of_block) && std::ranges::all_of(facts.accounts, is_of_block) &&
         std::ranges::all_of(facts.requests, is_of_block) && std::ranges::all_of(facts.phones, is_of_block) &&
         std::ranges::all_of(facts.invoices, is_of_block);
}

}  // namespace

std::string encode_facts(const std::vector<facts::Facts>& facts) { return packed<WireFields>(kWireVersion, facts); }

Result<std::vector<facts::Facts>> decode_facts(std::string_view bytes) {
  BytesReader<WireFields> reader(bytes);
  std::uint32_t version = 0;
  std::vector<facts::Facts> facts;
  reader(version);
  if (version != kWireVersion) return tl::unexpected(wire_error("not a frame of facts"));
  reader(facts);
  if (!reader.is_done() || !std::ranges::all_of(facts, is_sound))
    return tl::unexpected(wire_error("a frame of facts that is cut or damaged"));
  return facts;
}

std::string encode_remark(const timeline::EvidenceRemark& remark) {
  return packed<WireFields>(kWireVersion, remark.code, remark.severity, remark.source, remark.sha256, remark.place, remark.notes);
}

Result<timeline::EvidenceRemark> decode_remark(std::string_view bytes) {
  BytesReader<WireFields> reader(bytes);
  std::uint32_t version = 0;
  timeline::EvidenceRemark remark;
  reader(version);
  if (version != kWireVersion) return tl::unexpected(wire_error("not a remark"));
  reader(remark.code, remark.severity, remark.source, remark.sha256, remark.place, remark.notes);
  if (!reader.is_done()) return tl::unexpected(wire_error("a remark that is cut or damaged"));
  return remark;
}

}  // namespace threadline::pipeline
