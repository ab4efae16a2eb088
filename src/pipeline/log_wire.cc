// SPDX-License-Identifier: Apache-2.0
#include "pipeline/log_wire.h"

#include <cstring>
#include <exception>
#include <nlohmann/json.hpp>
#include <utility>

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

namespace threadline::logs {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(MailRef, id, subject)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Event, act, format, line, sha256, identity, time, operation, actor, mailbox, ip, client,
                                   session, host, outcome, reason, country, city, target, sender, subject, folder, queue_id,
                                   network_message_id, recipients, mails, parameters, text, by_system, throttled, telling, notes)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Activity, actor, ip, session, client, country, hour, first, last, failed, deleted, firsts)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Undecodable, line, code, text)

}  // namespace threadline::logs

namespace threadline::pipeline {
namespace {

constexpr std::size_t kCounted = sizeof(std::uint64_t) + 1;  ///< bytes of one record's digest and act

std::string with_head(const json& head, std::string_view body) {
  std::string bytes(sizeof(std::uint64_t), '\0');
  json::to_cbor(head, bytes);
  const std::uint64_t length = bytes.size() - sizeof length;
  std::memcpy(bytes.data(), &length, sizeof length);
  bytes += body;
  return bytes;
}

/// The head of such bytes and what stands behind it. Throws where they are none.
std::pair<json, std::string_view> split(std::string_view bytes) {
  std::uint64_t length = 0;
  if (bytes.size() < sizeof length) throw std::runtime_error("no frame of a log");
  std::memcpy(&length, bytes.data(), sizeof length);
  bytes.remove_prefix(sizeof length);
  if (length > bytes.size()) throw std::runtime_error("no frame of a log");
  return {json::from_cbor(bytes.substr(0, length)), bytes.substr(length)};
}

std::string packed(const std::vector<logs::Counted>& records) {
  std::string bytes(records.size() * kCounted, '\0');
  char* to = bytes.data();
  for (const logs::Counted& record : records) {
    std::memcpy(to, &record.digest, sizeof record.digest);
    to[sizeof record.digest] = static_cast<char>(record.act);
    to += kCounted;
  }
  return bytes;
}

std::vector<logs::Counted> unpacked(std::string_view bytes) {
  std::vector<logs::Counted> records(bytes.size() / kCounted);
  for (logs::Counted& record : records) {
    std::memcpy(&record.digest, bytes.data(), sizeof record.digest);
    const auto act = static_cast<std::size_t>(static_cast<unsigned char>(bytes[sizeof record.digest]));
    if (act >= logs::kActs) throw std::runtime_error("no act of a log");
    record.act = static_cast<logs::Act>(act);
    bytes.remove_prefix(kCounted);
  }
  return records;
}

}  // namespace

std::string encode_log_chunk(const logs::Chunk& chunk, const logs::Layout& layout) {
  const logs::ClockSettings& clock = layout.clock;
  const json head{chunk.first_line, chunk.broken,   layout.format, layout.cut,           static_cast<int>(layout.separator),
                  layout.columns,   layout.mapping, clock.order,   clock.offset_minutes, clock.basis,
                  clock.written};
  return with_head(head, chunk.bytes);
}

std::string read_log_item(std::string_view bytes, const logs::Settings& settings, logs::Reader& reader) {
  const auto [head, body] = split(bytes);
  logs::Chunk chunk{{}, head.at(0), head.at(1)};
  chunk.bytes.reserve(body.size() + 64);  // room that simdjson reads and does not use
  chunk.bytes = body;
  logs::Layout layout;
  head.at(2).get_to(layout.format);
  head.at(3).get_to(layout.cut);
  layout.separator = static_cast<char>(head.at(4).get<int>());
  head.at(5).get_to(layout.columns);
  head.at(6).get_to(layout.mapping);
  head.at(7).get_to(layout.clock.order);
  head.at(8).get_to(layout.clock.offset_minutes);
  head.at(9).get_to(layout.clock.basis);
  head.at(10).get_to(layout.clock.written);
  if (layout.mapping >= 0) {
    layout.clock.zone = settings.mappings.at(static_cast<std::size_t>(layout.mapping))->clock.zone;
  } else if (layout.clock.basis == ZoneBasis::assumed) {
    layout.clock.zone = settings.zone;
  }
  return encode_batch(reader.read(chunk, layout));
}

std::string encode_batch(const logs::Batch& batch) {
  return with_head({batch.kept, batch.activities, batch.undecodable, batch.shown, batch.undated, batch.assumed},
                   packed(batch.records));
}

std::optional<logs::Batch> decode_batch(std::string_view bytes) {
  try {
    const auto [head, body] = split(bytes);
    logs::Batch batch;
    head.at(0).get_to(batch.kept);
    head.at(1).get_to(batch.activities);
    head.at(2).get_to(batch.undecodable);
    head.at(3).get_to(batch.shown);
    head.at(4).get_to(batch.undated);
    head.at(5).get_to(batch.assumed);
    batch.records = unpacked(body);
    for (const logs::Event& event : batch.kept) {
      if (static_cast<std::size_t>(event.act) >= logs::kActs) return std::nullopt;
    }
    return batch;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace threadline::pipeline
