// SPDX-License-Identifier: Apache-2.0
#include "pipeline/log_wire.h"

#include <stdexcept>

#include "base/bytes_form.h"

namespace threadline::pipeline {
namespace {

/// The members of each struct that travel, in their order.
struct LogFields {
  static void of(auto& form, Is<logs::Location> auto& it) { form(it.latitude, it.longitude, it.radius_km); }
  static void of(auto& form, Is<logs::MailRef> auto& it) { form(it.id, it.subject); }
  static void of(auto& form, Is<logs::Undecodable> auto& it) { form(it.line, it.code, it.text); }
  static void of(auto& form, Is<logs::Counted> auto& it) { form(it.digest, it.act); }
  static void of(auto& form, Is<logs::Event> auto& it) {
    form(it.act, it.format, it.source, it.line, it.time, it.location, it.sha256, it.identity, it.operation, it.actor, it.mailbox,
         it.ip);
    form(it.client, it.session, it.host, it.outcome, it.reason, it.country, it.city, it.target, it.sender, it.subject, it.folder);
    form(it.queue_id, it.network_message_id, it.text, it.recipients, it.originals, it.mails, it.parameters, it.notes,
         it.by_system);
    form(it.throttled, it.telling);
  }
  static void of(auto& form, Is<logs::Activity> auto& it) {
    form(it.actor, it.ip, it.session, it.client, it.family, it.country, it.hour, it.first, it.last, it.failed, it.deleted);
    form(it.firsts);
  }
  static void of(auto& form, Is<logs::Batch> auto& it) {
    form(it.kept, it.activities, it.records, it.undecodable, it.shown, it.undated, it.assumed);
  }
  static void of(auto& form, Is<logs::ClockSettings> auto& it) { form(it.order, it.offset_minutes, it.basis, it.written); }
  /// What a piece of a log is, without its bytes.
  static void of(auto& form, Is<logs::Chunk> auto& it) { form(it.first_line, it.broken); }
  static void of(auto& form, Is<logs::Layout> auto& it) {
    form(it.format, it.cut, it.separator, it.columns, it.first_key, it.mapping, it.clock);
  }

  static void of(auto& form, Is<timeline::EvidenceRemark> auto& it) {
    form(it.code, it.severity, it.source, it.sha256, it.place, it.notes, it.evidence);
  }
  static void of(auto& form, Is<GatheredLogs> auto& it) {
    form(it.kept, it.activities, it.remarks, it.unreadable, it.interrupted);
  }

  static constexpr logs::Act last(logs::Act /*unused*/) { return logs::Act::other; }
  static constexpr logs::Format last(logs::Format /*unused*/) { return logs::Format::mapped; }
};

}  // namespace

std::string encode_log_chunk(const logs::Chunk& chunk, const logs::Layout& layout) {
  return packed<LogFields>(chunk, layout) + chunk.bytes;
}

logs::Batch read_log_chunk(std::string_view bytes, const logs::Settings& settings, logs::Reader& reader) {
  logs::Chunk chunk;
  logs::Layout layout;
  BytesReader<LogFields> head(bytes);
  head(chunk, layout);
  if (!head.is_right()) throw std::invalid_argument("no piece of a log");
  chunk.bytes.reserve(head.rest().size() + 64);  // room that simdjson reads and does not use
  chunk.bytes = head.rest();
  if (layout.mapping >= 0) {
    layout.clock.zone = settings.mappings.at(static_cast<std::size_t>(layout.mapping))->clock.zone;
  } else if (layout.clock.basis == ZoneBasis::assumed) {
    layout.clock.zone = settings.zone;
  }
  return reader.read(chunk, layout);
}

std::string read_log_item(std::string_view bytes, const logs::Settings& settings, logs::Reader& reader) {
  return encode_batch(read_log_chunk(bytes, settings, reader));
}

std::string encode_batch(const logs::Batch& batch) { return packed<LogFields>(batch); }

std::optional<logs::Batch> decode_batch(std::string_view bytes) { return unpacked<logs::Batch, LogFields>(bytes); }

std::string encode_logs(const GatheredLogs& logs) { return packed<LogFields>(logs); }

std::optional<GatheredLogs> decode_logs(std::string_view bytes) { return unpacked<GatheredLogs, LogFields>(bytes); }

}  // namespace threadline::pipeline
