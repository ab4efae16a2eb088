// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/limits.h"
#include "timeline/evidence_rows.h"
#include "timeline/explain.h"
#include "timeline/json.h"
#include "timeline/row_json.h"
#include "timeline/rows.h"

namespace threadline::timeline {
namespace {

template <class List, class Form>
Json list_of(const List& list, const Form& form) {
  Json json = Json::array();
  for (const auto& one : list) json.push_back(form(one));
  return json;
}

Json time_of(const std::optional<Stamp>& stamp) { return stamp ? Json(rfc3339(stamp->at)) : Json(nullptr); }

Json of_person(const message::Address& person) {
  return {{"name", text_or_null(person.name)}, {"address", text_or_null(person.address)}};
}

Json of_person(const std::optional<message::Address>& person) { return person ? of_person(*person) : Json(nullptr); }

Json of_people(const std::vector<message::Address>& people) {
  return list_of(people, [](const message::Address& person) { return of_person(person); });
}

Json of_headers(const facts::Facts& facts) {
  return list_of(facts.headers, [](const message::HeaderField& field) {
    return Json{{"name", field.name}, {"value", field.value}, {"offset", field.offset}};
  });
}

Json of_dates(const facts::Dates& dates) {
  return {{"header", time_of(dates.header)},
          {"submit", time_of(dates.submit)},
          {"delivery", time_of(dates.delivery)},
          {"known_at", dates.known_at ? Json(rfc3339_utc(*dates.known_at)) : Json(nullptr)},
          {"basis", facts::name_of(dates.basis)}};
}

Json of_peer(const facts::Peer& peer) {
  return {{"helo", text_or_null(peer.helo)}, {"name", text_or_null(peer.name)}, {"ip", text_or_null(peer.ip)}};
}

Json of_hop(const facts::Hop& hop) {
  return {{"from", of_peer(hop.from)},
          {"by", text_or_null(hop.by)},
          {"ip_by", text_or_null(hop.ip_by)},
          {"via", text_or_null(hop.via)},
          {"with", text_or_null(hop.with)},
          {"tls", text_or_null(hop.tls)},
          {"cipher", text_or_null(hop.cipher)},
          {"id", text_or_null(hop.id)},
          {"for", text_or_null(hop.for_whom)},
          {"envelope_from", text_or_null(hop.envelope_from)},
          {"auth_user", text_or_null(hop.auth_user)},
          {"time", time_of(hop.time)},
          {"zone_basis", hop.time ? Json(name_of(hop.time->basis)) : Json(nullptr)},
          {"delay_seconds", hop.delay_seconds ? Json(*hop.delay_seconds) : Json(nullptr)},
          {"link", hop.link == facts::Link::unknown ? Json(nullptr) : Json(facts::name_of(hop.link))},
          {"shape", text_or_null(hop.shape)},
          {"trusted", hop.trusted},
          {"trust_inferred", hop.trust_inferred},
          {"raw", hop.raw}};
}

Json of_origin(const facts::Origin& origin) {
  if (!origin.is_known()) return nullptr;
  return {{"country", text_or_null(origin.country)},
          {"as_number", origin.as_number == 0 ? Json(nullptr) : Json(origin.as_number)},
          {"as_name", text_or_null(origin.as_name)}};
}

Json of_submission(const facts::Submission& submission) {
  return {{"ip", text_or_null(submission.ip)},
          {"client_ip", text_or_null(submission.client_ip)},
          {"client_field", text_or_null(submission.client_field)},
          {"how", text_or_null(submission.how)},
          {"user", text_or_null(submission.user)},
          {"origin", of_origin(submission.origin)}};
}

template <class Known>
Json either(const std::optional<Known>& known) {
  return known ? Json(*known) : Json(nullptr);
}

Json of_auth(const facts::AuthResult& auth) {
  Json properties = Json::object();
  for (const auto& [name, value] : auth.properties) properties[name] = value;
  return {{"by", text_or_null(auth.by)},
          {"method", auth.method},
          {"result", auth.result},
          {"properties", properties},
          {"trusted", auth.trusted},
          {"aligned", either(auth.aligned)},
          {"imitates_border", auth.imitates_border},
          {"arc_instance", auth.arc_instance > 0 ? Json(auth.arc_instance) : Json(nullptr)}};
}

/// Seconds since 1970, as hostile bytes state them: null beyond the year 9999.
Json time_of_seconds(const std::optional<std::int64_t>& seconds) {
  constexpr std::int64_t kYear10000 = 253'402'300'800;
  const bool is_time = seconds && *seconds >= 0 && *seconds < kYear10000;
  return is_time ? Json(rfc3339_utc({*seconds, 0})) : Json(nullptr);
}

Json of_dkim(const facts::Dkim& dkim) {
  const auto word = [](const std::optional<bool>& known, const char* yes, const char* no) {
    return known ? Json(*known ? yes : no) : Json(nullptr);
  };
  return {{"domain", text_or_null(dkim.domain)},
          {"selector", text_or_null(dkim.selector)},
          {"body_hash", word(dkim.body_hash, "match", "differs")},
          {"reading", text_or_null(dkim.reading)},
          {"signature", word(dkim.signature_valid, "valid", "invalid")},
          {"algorithm", text_or_null(dkim.algorithm)},
          {"canonicalization", text_or_null(dkim.canonicalization)},
          {"identity", text_or_null(dkim.identity)},
          {"fields", dkim.signed_fields},
          {"body_length", either(dkim.body_length)},
          {"signed_at", time_of_seconds(dkim.signed_at)},
          {"expires_at", time_of_seconds(dkim.expires_at)},
          {"aligned", either(dkim.aligned)},
          {"problem", text_or_null(dkim.problem)}};
}

Json of_arc(const facts::ArcSet& set) {
  return {{"instance", set.instance},
          {"chain", text_or_null(set.chain)},
          {"domain", text_or_null(set.domain)},
          {"selector", text_or_null(set.selector)},
          {"signature_domain", text_or_null(set.signature_domain)},
          {"sealed_at", time_of_seconds(set.sealed_at)}};
}

Json of_thread(const facts::ThreadLinks& thread) {
  Json index{{"form", nullptr}, {"root_time", nullptr}, {"guid", nullptr}, {"child_times", Json::array()}};
  if (thread.index) {
    index["form"] = text_or_null(thread.index->form);
    index["root_time"] = rfc3339_utc(thread.index->root_time);
    index["guid"] = text_or_null(thread.index->guid);
    index["child_times"] = list_of(thread.index->child_times, [](const Instant& at) { return Json(rfc3339_utc(at)); });
  }
  return {{"in_reply_to", text_or_null(thread.in_reply_to)},
          {"references", thread.references},
          {"thread_index", std::move(index)},
          {"topic", text_or_null(thread.topic)}};
}

/// The finding speaks of that quoted block: by its index or level where the evidence says so.
bool is_about_block(const findings::Finding& finding, std::size_t block, const facts::QuotedBlock& quoted) {
  if (const Value* index = finding.evidence.find("block"); index != nullptr && index->integer() != nullptr)
    return *index->integer() == static_cast<std::int64_t>(block);
  const Value* level = finding.evidence.find("level");
  return level == nullptr || level->integer() == nullptr || *level->integer() == quoted.level;
}

void add_differences(Json& json, const findings::Finding& finding, const Span& span) {
  const Value* differences = finding.evidence.find("differences");
  if (differences == nullptr || differences->list() == nullptr) return;
  for (const Value& difference : *differences->list()) {
    Json one = to_json(difference);
    if (!one.contains("span")) one["span"] = to_json(span);
    json.push_back(std::move(one));
  }
}

Json differences_of(const Judged& judged, std::size_t block) {
  const facts::QuotedBlock& quoted = judged.facts->conversation.quoted[block];
  Json json = Json::array();
  for (const findings::Finding& finding : judged.findings) {
    const bool is_altered = finding.code == "quoted_history_altered";
    if (is_altered && is_about_block(finding, block, quoted)) add_differences(json, finding, quoted.span);
  }
  return json;
}

Json original_of(const Judged& judged, std::size_t block) {
  if (block >= judged.originals.size() || judged.originals[block] == nullptr) return nullptr;
  return message_row_id(*judged.originals[block]);
}

Json of_block(const Judged& judged, std::size_t index) {
  const facts::Facts& facts = *judged.facts;
  const facts::QuotedBlock& block = facts.conversation.quoted[index];
  const auto parent = static_cast<std::size_t>(block.parent);
  const bool has_parent = block.parent >= 0 && parent < facts.conversation.quoted.size();
  return {{"id", quoted_row_id(facts, index)},
          {"parent", has_parent ? quoted_row_id(facts, parent) : message_row_id(facts)},
          {"level", block.level},
          {"form", facts::name_of(block.form)},
          {"from", of_person(block.from)},
          {"on_behalf_of", of_person(block.on_behalf_of)},
          {"to", of_people(block.to)},
          {"cc", of_people(block.cc)},
          {"subject", text_or_null(block.subject)},
          {"date_text", text_or_null(block.date_text)},
          {"date", time_of(block.date)},
          {"zone_assumed", block.date && block.date->basis == ZoneBasis::assumed},
          {"text", block.text},
          {"signature", text_or_null(block.signature)},
          {"span", to_json(block.span)},
          {"original", original_of(judged, index)},
          {"differences", differences_of(judged, index)}};
}

Json of_conversation(const Judged& judged) {
  const facts::Conversation& conversation = judged.facts->conversation;
  Json quoted = Json::array();
  for (std::size_t i = 0; i < conversation.quoted.size(); ++i) quoted.push_back(of_block(judged, i));
  return {
      {"new_text", conversation.new_text}, {"signature", text_or_null(conversation.signature)}, {"quoted", std::move(quoted)}};
}

/// A side of that account: of its writer, or the one it is presented for.
Json side_of(const Judged& judged, std::size_t account, policy::Side findings::Presented::*side) {
  const auto found = std::ranges::find(judged.presented, account, &findings::Presented::account);
  return found == judged.presented.end() ? Json(nullptr) : text_or_null((*found).*side);
}

Json of_account(const Judged& judged, std::size_t index) {
  const facts::Account& account = judged.facts->accounts[index];
  return {{"kind", account.kind},
          {"value", account.value},
          {"country", text_or_null(account.country)},
          {"bank_code", text_or_null(account.bank_code)},
          {"bank_name", text_or_null(account.bank_name)},
          {"bic", text_or_null(account.bic)},
          {"valid", account.valid},
          {"masked", account.masked},
          {"hidden", account.hidden},
          {"holder", text_or_null(account.holder)},
          {"side", side_of(judged, index, &findings::Presented::writer)},
          {"presented_for", side_of(judged, index, &findings::Presented::side)},
          {"as_written", account.as_written},
          {"level", account.level},
          {"where", account.where},
          {"attachment", text_or_null(account.attachment)},
          {"medium", text_or_null(account.medium)},
          {"former", account.former},
          {"span", to_json(account.span)}};
}

Json of_accounts(const Judged& judged) {
  Json json = Json::array();
  for (std::size_t i = 0; i < judged.facts->accounts.size(); ++i) json.push_back(of_account(judged, i));
  return json;
}

Json of_domain(const facts::DomainUse& use) {
  return {
      {"domain", use.domain}, {"unicode", use.unicode}, {"registrable", text_or_null(use.registrable)}, {"fields", use.fields}};
}

Json of_part(const message::Part& part) {
  return {{"part", part.part}, {"type", part.type}, {"charset", text_or_null(part.charset)}, {"size", part.size}};
}

/// Why a reader of documents could not read an attachment, or something in it ("2!name" is inside "2").
std::string unread_note(const std::string& part, const std::vector<Note>& notes) {
  const auto is_of_it = [&](const Note& note) {
    const std::string& place = note.span.part;
    const bool is_there = place.starts_with(part) && (place.size() == part.size() || place[part.size()] == '!');
    const NoteKind kind = note_kind(note.code);
    const bool is_unread = kind == NoteKind::unreadable || kind == NoteKind::limit || note.code == "malformed_document" ||
                           note.code == "picture_not_read";
    return is_there && is_unread;
  };
  const auto found = part.empty() ? notes.end() : std::ranges::find_if(notes, is_of_it);
  if (found == notes.end()) return {};
  return found->text.empty() ? found->code : found->code + ": " + found->text;
}

Json of_attachment(const message::Attachment& attachment, const std::vector<Note>& notes) {
  const std::string note = attachment.note.empty() ? unread_note(attachment.part, notes) : attachment.note;
  return {{"name", text_or_null(attachment.name)}, {"type", attachment.type}, {"size", attachment.size},
          {"sha256", attachment.sha256},           {"part", attachment.part}, {"note", text_or_null(note)}};
}

Json of_document(const facts::DocumentSummary& document) {
  Json properties = Json::object();
  for (const auto& [name, value] : document.properties) properties[name] = value;
  return {{"part", document.part},
          {"name", text_or_null(document.name)},
          {"kind", text_or_null(document.kind)},
          {"properties", std::move(properties)},
          {"earlier_revisions", document.earlier_revisions}};
}

/// Rows as `scan` gives them, numbered within the message.
Json findings_of(const Judged& judged, Language language) {
  RowSettings settings;
  settings.language = language;
  Json rows = Json::array();
  for (const findings::Finding& finding : judged.findings) {
    Row row = finding_row(judged, finding, settings);
    row.row = rows.size() + 1;
    rows.push_back(row_json(row));
  }
  return rows;
}

Json of_gateway(const facts::Gateway& gateway) {
  return {{"network_message_id", text_or_null(gateway.network_message_id)},
          {"cross_tenant_id", text_or_null(gateway.cross_tenant_id)},
          {"auth_as", text_or_null(gateway.auth_as)},
          {"auth_source", text_or_null(gateway.auth_source)},
          {"by_border", gateway.by_border},
          {"compauth", text_or_null(gateway.compauth)},
          {"compauth_reason", text_or_null(gateway.compauth_reason)},
          {"scl", text_or_null(gateway.scl)},
          {"quarantine_id", text_or_null(gateway.quarantine_id)},
          {"envelope_from", text_or_null(gateway.envelope_from)},
          {"envelope_to", gateway.envelope_to},
          {"products", gateway.products}};
}

Json of_other_ids(const std::vector<facts::OtherId>& ids) {
  Json list = Json::array();
  for (const facts::OtherId& other : ids) list.push_back(other.id);
  return list;
}

Json of_calendar(const message::Calendar& calendar) {
  return {{"part", calendar.part},
          {"method", text_or_null(calendar.method)},
          {"organizer", of_person(calendar.organizer)},
          {"attendees", of_people(calendar.attendees)},
          {"summary", text_or_null(calendar.summary)},
          {"location", text_or_null(calendar.location)},
          {"start", text_or_null(calendar.start)},
          {"participation", text_or_null(calendar.participation)}};
}

void add_provenance(Json& json, const Judged& judged) {
  const facts::Facts& facts = *judged.facts;
  json["source"] = facts.source;
  json["sources"] = facts.sources;
  json["sha256"] = facts.sha256;
  json["size"] = facts.size;
  json["format"] = facts.format;
  json["id"] = message_row_id(facts);
  json["direction"] =
      judged.direction == findings::Direction::unknown ? Json(nullptr) : Json(findings::name_of(judged.direction));
}

void add_identity(Json& json, const facts::Facts& facts) {
  json["headers"] = of_headers(facts);
  json["message_id"] = text_or_null(facts.message_id);
  json["other_ids"] = of_other_ids(facts.other_ids);
  json["subject"] = text_or_null(facts.subject);
  json["base_subject"] = text_or_null(facts.base_subject);
  json["message_class"] = text_or_null(facts.message_class);
  json["kind"] = facts::name_of(facts.kind);
  json["dates"] = of_dates(facts.dates);
  json["from"] = of_people(facts.from);
  json["sender"] = of_person(facts.sender);
  json["sent_representing"] = of_person(facts.sent_representing);
  json["reply_to"] = of_people(facts.reply_to);
  json["return_path"] = text_or_null(facts.return_path);
  json["to"] = of_people(facts.to);
  json["cc"] = of_people(facts.cc);
  json["bcc"] = of_people(facts.bcc);
  json["contacts"] = of_people(facts.contacts);
  json["client"] = text_or_null(facts.client);
}

std::int32_t level_of(const facts::Facts& facts, std::int32_t block) {
  const auto index = static_cast<std::size_t>(block);
  return block < 0 || index >= facts.conversation.quoted.size() ? 0 : facts.conversation.quoted[index].level;
}

Json telephones_of(const facts::Facts& facts) {
  return list_of(facts.phones, [&](const facts::Phone& phone) {
    return Json{
        {"number", phone.number},         {"extension", text_or_null(phone.extension)}, {"kind", facts::name_of(phone.kind)},
        {"as_written", phone.as_written}, {"in_signature", phone.in_signature},         {"level", level_of(facts, phone.block)},
        {"span", to_json(phone.span)}};
  });
}

Json invoices_of(const facts::Facts& facts) {
  return list_of(facts.invoices, [&](const facts::Invoice& invoice) {
    return Json{{"number", invoice.number},
                {"as_written", invoice.as_written},
                {"where", invoice.where},
                {"level", level_of(facts, invoice.block)},
                {"span", to_json(invoice.span)}};
  });
}

/// The numbers that the sender wrote, each once.
Json phones_of(const facts::Facts& facts) {
  Json numbers = Json::array();
  for (const facts::Phone& phone : facts.phones) {
    if (phone.block < 0 && std::ranges::find(numbers, Json(phone.number)) == numbers.end()) numbers.push_back(phone.number);
  }
  return numbers;
}

void add_content(Json& json, const Judged& judged) {
  const facts::Facts& facts = *judged.facts;
  json["hops"] = list_of(facts.route.hops, of_hop);
  json["submission"] = of_submission(facts.route.submission);
  json["auth"] = list_of(facts.route.auth, of_auth);
  json["dkim"] = list_of(facts.route.dkim, of_dkim);
  json["arc"] = list_of(facts.route.arc, of_arc);
  json["x_received"] = list_of(facts.route.x_received, of_hop);
  json["gateway"] = of_gateway(facts.gateway);
  json["thread"] = of_thread(facts.thread);
  json["conversation"] = of_conversation(judged);
  json["accounts"] = of_accounts(judged);
  json["domains"] = list_of(facts.domains, of_domain);
  json["phones"] = phones_of(facts);
  json["telephones"] = telephones_of(facts);
  json["invoices"] = invoices_of(facts);
  json["parts"] = list_of(facts.parts, of_part);
  json["attachments"] = list_of(facts.attachments, [&](const auto& one) { return of_attachment(one, facts.notes); });
  json["documents"] = list_of(facts.documents, of_document);
  json["calendar"] = list_of(facts.calendars, of_calendar);
}

Json explained(const Judged& judged, const Family& family, Language language, std::uint32_t depth) {
  Json json = Json::object();
  add_provenance(json, judged);
  add_identity(json, *judged.facts);
  add_content(json, judged);
  Json messages = Json::array();
  const auto children = family.find(judged.facts->sha256);
  if (depth > 0 && children != family.end()) {
    for (const auto& [child, is_copy] : children->second)
      messages.push_back(explained(*child, is_copy ? Family{} : family, language, depth - 1));
  }
  json["messages"] = std::move(messages);
  json["notes"] = list_of(notes_of(judged), [](const Note& note) { return to_json(note); });
  json["findings"] = findings_of(judged, language);
  return json;
}

}  // namespace

std::string explain_json(const Judged& message, const Family& family, Language language) {
  return dumped(explained(message, family, language, Limits{}.nested_depth));
}

}  // namespace threadline::timeline
