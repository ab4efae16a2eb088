// SPDX-License-Identifier: Apache-2.0
#include "pipeline/log_wire.h"

#include <concepts>
#include <cstring>
#include <exception>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

namespace threadline::pipeline {
namespace {

constexpr unsigned kDeepest = 16;  ///< values in values

/// Writes values one behind the other: numbers as they lie in memory (both ends are one program), texts and lists with their
/// length before them. A log's batch is most of what a worker says: CBOR took two thirds of the time of reading.
class Writer {
 public:
  static constexpr bool kReads = false;

  template <class T>
  requires std::is_arithmetic_v<T> || std::is_enum_v<T>
  void operator()(T& value) {
    const std::size_t at = bytes.size();
    bytes.resize(at + sizeof value);
    std::memcpy(bytes.data() + at, &value, sizeof value);
  }
  void operator()(std::string& text) {
    std::uint64_t length = text.size();
    (*this)(length);
    bytes += text;
  }

  std::string bytes;
  unsigned depth = 0;
};

/// Reads them back. Throws std::runtime_error where the bytes end, or a number is out of its range.
class Parser {
 public:
  static constexpr bool kReads = true;

  explicit Parser(std::string_view from) : rest(from) {}

  template <class T>
  requires std::is_arithmetic_v<T> || std::is_enum_v<T>
  void operator()(T& value) { std::memcpy(&value, take(sizeof value).data(), sizeof value); }
  void operator()(bool& value) { value = take(1).front() != 0; }
  void operator()(std::string& text) { text = take(length()); }

  /// A length that the bytes can hold.
  std::uint64_t length() {
    std::uint64_t count = 0;
    (*this)(count);
    if (count > rest.size()) throw std::runtime_error("no batch of a log");
    return count;
  }
  std::string_view take(std::uint64_t count) {
    if (count > rest.size()) throw std::runtime_error("no batch of a log");
    const auto taken = rest.substr(0, count);
    rest.remove_prefix(count);
    return taken;
  }

  std::string_view rest;
  unsigned depth = 0;  ///< of values in values
};

template <class Io, class T>
void walk(Io& io, std::vector<T>& list);
template <class Io, class T>
void walk(Io& io, std::optional<T>& value);

template <class Io, class T>
requires std::invocable<Io&, T&>
void walk(Io& io, T& value) { io(value); }

template <class Io>
void walk(Io& io, Instant& at) {
  io(at.seconds);
  io(at.offset_minutes);
}

template <class Io>
void walk(Io& io, Stamp& stamp) {
  walk(io, stamp.at);
  io(stamp.basis);
  io(stamp.zone_name);
  io(stamp.text);
}

template <class Io>
void walk(Io& io, Note& note) {
  io(note.code);
  io(note.text);
}

template <class Io>
void walk(Io& io, logs::Location& location) {
  io(location.latitude);
  io(location.longitude);
  io(location.radius_km);
}

template <class Io>
void walk(Io& io, logs::MailRef& mail) {
  io(mail.id);
  io(mail.subject);
}

template <class Io>
void walk(Io& io, std::pair<std::string, std::string>& pair) {
  io(pair.first);
  io(pair.second);
}

template <class Io>
void walk(Io& io, logs::Undecodable& one) {
  io(one.line);
  io(one.code);
  io(one.text);
}

template <class Io>
void walk(Io& io, logs::Counted& record) {
  io(record.digest);
  io(record.act);
  if (static_cast<std::size_t>(record.act) >= logs::kActs) throw std::runtime_error("no act of a log");
}

template <class Io>
void walk(Io& io, logs::Event& event) {
  io(event.act);
  io(event.format);
  if (static_cast<std::size_t>(event.act) >= logs::kActs || static_cast<int>(event.format) < 0 ||
      event.format > logs::Format::mapped)
    throw std::runtime_error("no event of a log");
  io(event.line);
  walk(io, event.time);
  walk(io, event.location);
  for (auto* text : {&event.sha256,
                     &event.identity,
                     &event.operation,
                     &event.actor,
                     &event.mailbox,
                     &event.ip,
                     &event.client,
                     &event.session,
                     &event.host,
                     &event.outcome,
                     &event.reason,
                     &event.country,
                     &event.city,
                     &event.target,
                     &event.sender,
                     &event.subject,
                     &event.folder,
                     &event.queue_id,
                     &event.network_message_id,
                     &event.text})
    io(*text);
  walk(io, event.recipients);
  walk(io, event.mails);
  walk(io, event.parameters);
  walk(io, event.notes);
  io(event.by_system);
  io(event.throttled);
  io(event.telling);
}

template <class Io>
void walk(Io& io, logs::Activity& activity) {
  for (auto* text : {&activity.actor, &activity.ip, &activity.session, &activity.client, &activity.family, &activity.country})
    io(*text);
  io(activity.hour);
  walk(io, activity.first);
  walk(io, activity.last);
  walk(io, activity.failed);
  walk(io, activity.deleted);
  walk(io, activity.firsts);
}

template <class Io>
void walk(Io& io, logs::Batch& batch) {
  walk(io, batch.kept);
  walk(io, batch.activities);
  walk(io, batch.records);
  io(batch.undecodable);
  walk(io, batch.shown);
  io(batch.undated);
  io(batch.assumed);
}

/// The path of the log, which a worker does not know.
template <class Io>
void walk_sources(Io& io, std::vector<logs::Event>& events) {
  for (logs::Event& event : events) io(event.source);
}

enum class Held : char { nothing, boolean, integer, number, text, list, object };

Held held_by(const Value& value) {
  if (value.boolean() != nullptr) return Held::boolean;
  if (value.integer() != nullptr) return Held::integer;
  if (value.number() != nullptr) return Held::number;
  if (value.text() != nullptr) return Held::text;
  if (value.list() != nullptr) return Held::list;
  return value.object() != nullptr ? Held::object : Held::nothing;
}

/// `held` is what the value holds where it is written.
template <class Io, class T>
void walk_held(Io& io, Value& value, const T* held) {
  T one{};
  if constexpr (!Io::kReads) one = *held;
  walk(io, one);
  if constexpr (Io::kReads) value = Value(std::move(one));
}

template <class Io>
void walk(Io& io, Value& value) {
  Held held = held_by(value);
  io(held);
  if (++io.depth > kDeepest) throw std::runtime_error("no evidence of a log");
  switch (held) {
    case Held::nothing: break;
    case Held::boolean: walk_held(io, value, value.boolean()); break;
    case Held::integer: walk_held(io, value, value.integer()); break;
    case Held::number: walk_held(io, value, value.number()); break;
    case Held::text: walk_held(io, value, value.text()); break;
    case Held::list: walk_held(io, value, value.list()); break;
    case Held::object: walk_held(io, value, value.object()); break;
  }
  --io.depth;
}

template <class Io>
void walk(Io& io, std::pair<std::string, Value>& member) {
  io(member.first);
  walk(io, member.second);
}

template <class Io>
void walk(Io& io, timeline::EvidenceRemark& remark) {
  io(remark.code);
  io(remark.severity);
  io(remark.source);
  io(remark.sha256);
  walk(io, remark.notes);
  walk(io, remark.evidence);
}

template <class Io>
void walk(Io& io, GatheredLogs& logs) {
  walk(io, logs.kept);
  walk_sources(io, logs.kept);
  walk(io, logs.activities);
  for (logs::Activity& activity : logs.activities) walk_sources(io, activity.firsts);
  walk(io, logs.remarks);
  io(logs.unreadable);
  io(logs.interrupted);
}

template <class Io, class T>
void walk(Io& io, std::vector<T>& list) {
  if constexpr (Io::kReads) {
    list.clear();
    for (std::uint64_t count = io.length(); count > 0; --count) walk(io, list.emplace_back());
  } else {
    std::uint64_t count = list.size();
    io(count);
    for (T& one : list) walk(io, one);
  }
}

template <class Io, class T>
void walk(Io& io, std::optional<T>& value) {
  bool has = value.has_value();
  io(has);
  if (!has) return value.reset();
  if (!value) value.emplace();
  walk(io, *value);
}

/// What a piece of a log is, before its bytes.
template <class Io>
void walk_head(Io& io, logs::Chunk& chunk, logs::Layout& layout) {
  io(chunk.first_line);
  io(chunk.broken);
  io(layout.format);
  io(layout.cut);
  io(layout.separator);
  walk(io, layout.columns);
  io(layout.first_key);
  io(layout.mapping);
  io(layout.clock.order);
  io(layout.clock.offset_minutes);
  io(layout.clock.basis);
  walk(io, layout.clock.written);
}

/// Nothing where the bytes are no such thing, or more than it.
template <class T>
std::optional<T> decoded(std::string_view bytes) {
  try {
    T value;
    Parser parser(bytes);
    walk(parser, value);
    if (!parser.rest.empty()) return std::nullopt;
    return value;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace

std::string encode_log_chunk(const logs::Chunk& chunk, const logs::Layout& layout) {
  logs::Chunk head{{}, chunk.first_line, chunk.broken};
  logs::Layout copy = layout;
  Writer writer;
  walk_head(writer, head, copy);
  return std::move(writer.bytes) + chunk.bytes;
}

logs::Batch read_log_chunk(std::string_view bytes, const logs::Settings& settings, logs::Reader& reader) {
  logs::Chunk chunk;
  logs::Layout layout;
  Parser parser(bytes);
  walk_head(parser, chunk, layout);
  chunk.bytes.reserve(parser.rest.size() + 64);  // room that simdjson reads and does not use
  chunk.bytes = parser.rest;
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

std::string encode_batch(logs::Batch batch) {
  Writer writer;
  walk(writer, batch);
  return std::move(writer.bytes);
}

std::optional<logs::Batch> decode_batch(std::string_view bytes) { return decoded<logs::Batch>(bytes); }

std::string encode_logs(GatheredLogs logs) {
  Writer writer;
  walk(writer, logs);
  return std::move(writer.bytes);
}

std::optional<GatheredLogs> decode_logs(std::string_view bytes) { return decoded<GatheredLogs>(bytes); }

}  // namespace threadline::pipeline
