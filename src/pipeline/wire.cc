// SPDX-License-Identifier: Apache-2.0
#include "pipeline/wire.h"

#include <algorithm>
#include <concepts>
#include <nlohmann/json.hpp>
#include <optional>
#include <type_traits>
#include <utility>

/// The members of a struct that travel, in their order. The library's macro repeats one for each argument; JSON is not spoken.
#define THREADLINE_WIRE_MEMBER(member) visit(value.member);
#define THREADLINE_WIRE(Type, ...)                                                 \
  template <class Visit>                                                           \
  void visit_members(const Type& value, Visit visit) {                             \
    NLOHMANN_JSON_EXPAND(NLOHMANN_JSON_PASTE(THREADLINE_WIRE_MEMBER, __VA_ARGS__)) \
  }                                                                                \
  template <class Visit>                                                           \
  void visit_members(Type& value, Visit visit) {                                   \
    NLOHMANN_JSON_EXPAND(NLOHMANN_JSON_PASTE(THREADLINE_WIRE_MEMBER, __VA_ARGS__)) \
  }

namespace threadline::inline base {

THREADLINE_WIRE(Span, part, offset, length)
THREADLINE_WIRE(Note, code, text, span)
THREADLINE_WIRE(Instant, seconds, offset_minutes)
THREADLINE_WIRE(Stamp, at, basis, zone_name, text)

}  // namespace threadline::inline base

namespace threadline::message {

THREADLINE_WIRE(Address, name, address)
THREADLINE_WIRE(HeaderField, name, raw, value, offset, raw_offset)
THREADLINE_WIRE(Part, part, type, charset, size)
THREADLINE_WIRE(Attachment, name, type, size, sha256, part, note)
THREADLINE_WIRE(Calendar, part, method, organizer, attendees, summary, location, start, description, participation)

}  // namespace threadline::message

namespace threadline::facts {

THREADLINE_WIRE(Peer, helo, name, ip)
THREADLINE_WIRE(Hop, from, by, ip_by, via, with, tls, cipher, id, for_whom, envelope_from, auth_user, time, delay_seconds, link,
                shape, trusted, trust_inferred, raw, span)
THREADLINE_WIRE(AuthResult, by, method, result, properties, trusted, span, aligned, imitates_border, arc_instance)
THREADLINE_WIRE(Dkim, domain, selector, body_hash, reading, signature_valid, algorithm, canonicalization, identity, signed_fields,
                body_length, signed_at, expires_at, aligned, problem, span)
THREADLINE_WIRE(ArcSet, instance, chain, domain, selector, signature_domain, sealed_at, span)
THREADLINE_WIRE(FieldPlace, name, span)
THREADLINE_WIRE(OtherId, id, span)
THREADLINE_WIRE(ForwardSign, name, kind, value, by, to, span)
THREADLINE_WIRE(Habit, kind, value)
THREADLINE_WIRE(Origin, country, as_number, as_name)
THREADLINE_WIRE(Submission, ip, client_ip, client_field, how, user, origin)
THREADLINE_WIRE(Route, hops, border, submission, auth, dkim, arc, x_received, notes)
THREADLINE_WIRE(ThreadIndex, form, root_time, guid, child_times)
THREADLINE_WIRE(ThreadLinks, in_reply_to, references, index, topic)
THREADLINE_WIRE(QuotedBlock, level, parent, form, from, on_behalf_of, to, cc, subject, date_text, date, text, signature, style,
                wrong_weekday, span, introduction)
THREADLINE_WIRE(Segment, begin, end, block, introduction)
THREADLINE_WIRE(Conversation, part, new_text, signature, quoted, segments, mobile, notes)
THREADLINE_WIRE(Account, kind, value, country, bank_code, bank_name, bic, valid, masked, hidden, hidden_how, holder, as_written,
                role, former, level, block, where, attachment, medium, span)
THREADLINE_WIRE(Request, kind, language, text, level, block, attachment, span)
THREADLINE_WIRE(Phone, number, extension, as_written, block, in_signature, kind, span)
THREADLINE_WIRE(Invoice, number, as_written, block, where, span)
THREADLINE_WIRE(DocumentSummary, part, name, kind, properties, earlier_revisions)
THREADLINE_WIRE(DomainUse, domain, unicode, registrable, fields)
THREADLINE_WIRE(Dates, header, submit, delivery, known_at, basis)
THREADLINE_WIRE(Gateway, network_message_id, cross_tenant_id, auth_as, auth_source, scl, compauth, compauth_reason, quarantine_id,
                envelope_from, by_border, envelope_to, products)
THREADLINE_WIRE(Facts, source, sources, sha256, size, format, carrier, input_order, headers, field_places, message_id, subject,
                base_subject, message_class, subject_is_reply, subject_is_forward, has_header, kind, dates, from, reply_to, to,
                cc, bcc, contacts, sender, sent_representing, return_path, client, mobile, is_list, forward_signs,
                envelope_sender, envelope_recipients, is_auto_forwarded, other_ids, route, gateway, habits, thread, conversation,
                body_text, accounts, requests, domains, phones, invoices, parts, attachments, documents, calendars, notes)

}  // namespace threadline::facts

namespace threadline::pipeline {
namespace {

Error wire_error(std::string what) {
  return {std::move(what), {}, "worker and program are of different versions, or the pipe was cut"};
}

/// The last value of each enumeration that travels: tables of names are as long.
constexpr ZoneBasis last(ZoneBasis /*unused*/) { return ZoneBasis::chosen; }
constexpr facts::TimeBasis last(facts::TimeBasis /*unused*/) { return facts::TimeBasis::none; }
constexpr facts::MessageKind last(facts::MessageKind /*unused*/) { return facts::MessageKind::post; }
constexpr facts::Link last(facts::Link /*unused*/) { return facts::Link::none; }
constexpr facts::QuoteForm last(facts::QuoteForm /*unused*/) { return facts::QuoteForm::attached; }
constexpr facts::AccountRole last(facts::AccountRole /*unused*/) { return facts::AccountRole::unknown; }
constexpr facts::PhoneKind last(facts::PhoneKind /*unused*/) { return facts::PhoneKind::fax; }

/// Writes values one behind the other: whole numbers in groups of seven bits, the last first and the sign in the lowest bit where
/// there may be one; texts and lists behind their size; 0 or 1 before what may be absent.
class Packer {
 public:
  void put(const std::string& text) {
    put_number(text.size());
    bytes_ += text;
  }
  void put(bool value) { bytes_ += value ? '\1' : '\0'; }
  template <std::integral T>
  void put(T value) {
    if constexpr (std::signed_integral<T>) {
      const auto wide = static_cast<std::int64_t>(value);
      put_number(static_cast<std::uint64_t>(wide) << 1U ^ static_cast<std::uint64_t>(wide >> 63));
    } else {
      put_number(value);
    }
  }
  template <class T>
  void put(const std::optional<T>& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  template <class T>
  void put(const std::vector<T>& values) {
    put_number(values.size());
    for (const T& value : values) put(value);
  }
  template <class T, class U>
  void put(const std::pair<T, U>& value) {
    put(value.first);
    put(value.second);
  }
  template <class T>
  requires std::is_enum_v<T>
  void put(T value) { put(static_cast<std::underlying_type_t<T>>(value)); }
  template <class T>
  requires std::is_class_v<T>
  void put(const T& value) {
    visit_members(value, [this](const auto& member) { this->put(member); });
  }

  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  void put_number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U) bytes_ += static_cast<char>(value | 0x80U);
    bytes_ += static_cast<char>(value);
  }

  std::string bytes_;
};

/// Reads what Packer wrote. The bytes may be a broken worker's: after the first that cannot be, all values stay as they are.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {}

  void get(std::string& text) {
    const std::uint64_t size = number();
    if (size > rest_.size()) return fail();
    text.assign(rest_.substr(0, size));
    rest_.remove_prefix(size);
  }
  void get(bool& value) {
    const std::uint64_t read = number();
    if (read > 1) return fail();
    value = read == 1;
  }
  template <std::integral T>
  void get(T& value) {
    const std::uint64_t read = number();
    if constexpr (std::signed_integral<T>) {
      const auto wide = static_cast<std::int64_t>(read >> 1U ^ (~(read & 1U) + 1U));
      if (!std::in_range<T>(wide)) return fail();
      value = static_cast<T>(wide);
    } else {
      if (!std::in_range<T>(read)) return fail();
      value = static_cast<T>(read);
    }
  }
  template <class T>
  void get(std::optional<T>& value) {
    bool is_here = false;
    get(is_here);
    if (is_here)
      get(value.emplace());
    else
      value.reset();
  }
  template <class T>
  void get(std::vector<T>& values) {
    const std::uint64_t size = number();
    if (size > rest_.size()) return fail();  // each takes a byte or more
    values.clear();
    values.reserve(std::min<std::size_t>(size, rest_.size() / sizeof(T) + 1));
    for (std::uint64_t count = 0; count < size && ok_; ++count) get(values.emplace_back());
  }
  template <class T, class U>
  void get(std::pair<T, U>& value) {
    get(value.first);
    get(value.second);
  }
  template <class T>
  requires std::is_enum_v<T>
  void get(T& value) {
    auto number = static_cast<std::underlying_type_t<T>>(value);
    get(number);
    if (!std::in_range<std::size_t>(number) || number > static_cast<std::underlying_type_t<T>>(last(T{}))) return fail();
    value = static_cast<T>(number);
  }
  template <class T>
  requires std::is_class_v<T>
  void get(T& value) {
    visit_members(value, [this](auto& member) { this->get(member); });
  }

  /// Whether all was read, and nothing is left.
  [[nodiscard]] bool is_whole() const { return ok_ && rest_.empty(); }

 private:
  void fail() {
    ok_ = false;
    rest_ = {};
  }
  std::uint64_t number() {
    constexpr unsigned kBits = 64, kGroup = 7;
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < kBits && !rest_.empty(); shift += kGroup) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80) return value;
    }
    fail();
    return 0;
  }

  std::string_view rest_;
  bool ok_ = true;
};

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

std::string encode_facts(const std::vector<facts::Facts>& facts) {
  Packer packer;
  packer.put(kWireVersion);
  packer.put(facts);
  return packer.take();
}

Result<std::vector<facts::Facts>> decode_facts(std::string_view bytes) {
  Unpacker unpacker(bytes);
  std::uint32_t version = 0;
  std::vector<facts::Facts> facts;
  unpacker.get(version);
  if (version != kWireVersion) return tl::unexpected(wire_error("not a frame of facts"));
  unpacker.get(facts);
  if (!unpacker.is_whole() || !std::ranges::all_of(facts, is_sound))
    return tl::unexpected(wire_error("a frame of facts that is cut or damaged"));
  return facts;
}

std::string encode_remark(const timeline::EvidenceRemark& remark) {
  Packer packer;
  packer.put(kWireVersion);
  packer.put(remark.code);
  packer.put(static_cast<std::uint32_t>(remark.severity));
  packer.put(remark.source);
  packer.put(remark.sha256);
  packer.put(remark.notes);
  return packer.take();
}

Result<timeline::EvidenceRemark> decode_remark(std::string_view bytes) {
  Unpacker unpacker(bytes);
  std::uint32_t version = 0, severity = 0;
  timeline::EvidenceRemark remark;
  unpacker.get(version);
  if (version != kWireVersion) return tl::unexpected(wire_error("not a remark"));
  unpacker.get(remark.code);
  unpacker.get(severity);
  unpacker.get(remark.source);
  unpacker.get(remark.sha256);
  unpacker.get(remark.notes);
  if (!unpacker.is_whole() || severity > static_cast<std::uint32_t>(Severity::critical))
    return tl::unexpected(wire_error("a remark that is cut or damaged"));
  remark.severity = static_cast<Severity>(severity);
  return remark;
}

}  // namespace threadline::pipeline
