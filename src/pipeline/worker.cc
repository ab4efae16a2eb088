// SPDX-License-Identifier: Apache-2.0
#include "pipeline/worker.h"

#include <unistd.h>

#include <csignal>
#include <cstring>
#include <memory>
#include <new>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "base/confine.h"
#include "base/pipe.h"
#include "documents/program_host.h"
#include "pipeline/item_facts.h"
#include "pipeline/log_wire.h"
#include "pipeline/wire.h"

namespace threadline::pipeline {
namespace {

using nlohmann::json;

std::optional<std::string> read_frame(int pipe) {
  FrameHead head;
  if (!read_exactly(pipe, reinterpret_cast<char*>(&head), sizeof head)) return std::nullopt;
  std::string content(head.length, '\0');
  if (!read_exactly(pipe, content.data(), content.size())) return std::nullopt;
  return content;
}

/// At once, so that who reads it wakes up once.
bool write_frame(int pipe, std::string_view content) {
  FrameHead head;
  head.length = content.size();
  std::string frame(reinterpret_cast<const char*>(&head), sizeof head);
  return write_exactly(pipe, frame.append(content));
}

void answer_items(int pipe, const ItemSettings& settings, documents::Programs* programs, const Fault& fault) {
  std::optional<logs::Reader> log_reader;
  if (settings.logs) log_reader.emplace(settings.logs);
  while (const auto frame = read_frame(pipe)) {
    const evidence::Item item = decode_item(*frame);
    if (fault) fault(item);
    if (log_reader && item.format == kLogItem) {
      if (!write_frame(pipe, read_log_item(item.bytes, *settings.logs, *log_reader))) return;
      continue;
    }
    if (!write_frame(pipe, encode_facts(read_item(item, settings, programs)))) return;
  }
}

}  // namespace

namespace {

json envelope_json(const std::optional<evidence::Envelope>& envelope) {
  if (!envelope) return nullptr;
  const json sender = envelope->sender ? json(*envelope->sender) : json(nullptr);
  return {sender, envelope->recipients, envelope->queue_id, envelope->arrival};
}

std::optional<evidence::Envelope> envelope_of(const json& j) {
  if (j.is_null()) return std::nullopt;
  evidence::Envelope envelope;
  if (!j.at(0).is_null()) envelope.sender = j.at(0).get<std::string>();
  j.at(1).get_to(envelope.recipients);
  j.at(2).get_to(envelope.queue_id);
  j.at(3).get_to(envelope.arrival);
  return envelope;
}

}  // namespace

namespace {

/// The head of an item's content, behind its length.
std::string item_head(const evidence::Item& item) {
  json notes = json::array();
  for (const Note& note : item.notes) notes.push_back({note.code, note.text, note.span.part, note.span.offset, note.span.length});
  const json head{item.source, item.format, item.sha256, std::move(notes), envelope_json(item.envelope)};
  std::string bytes(sizeof(std::uint64_t), '\0');
  json::to_cbor(head, bytes);
  const std::uint64_t head_length = bytes.size() - sizeof head_length;
  std::memcpy(bytes.data(), &head_length, sizeof head_length);
  return bytes;
}

}  // namespace

std::string encode_item(const evidence::Item& item) { return item_head(item) + item.bytes; }

std::string framed_item(const evidence::Item& item) {
  const std::string of_item = item_head(item);
  FrameHead head;
  head.length = of_item.size() + item.bytes.size();
  std::string frame;
  frame.reserve(sizeof head + head.length);
  return frame.append(reinterpret_cast<const char*>(&head), sizeof head).append(of_item).append(item.bytes);
}

evidence::Item decode_item(std::string_view bytes) {
  std::uint64_t head_length = 0;
  std::memcpy(&head_length, bytes.data(), sizeof head_length);
  const json head = json::from_cbor(bytes.substr(sizeof head_length, head_length));
  evidence::Item item;
  head.at(0).get_to(item.source);
  head.at(1).get_to(item.format);
  head.at(2).get_to(item.sha256);
  for (const json& n : head.at(3)) {
    item.notes.push_back({n.at(0), n.at(1), {n.at(2), n.at(3).get<std::uint64_t>(), n.at(4).get<std::uint64_t>()}});
  }
  item.envelope = envelope_of(head.at(4));
  item.bytes = bytes.substr(sizeof head_length + head_length);
  return item;
}

void work(int pipe, int programs, const ItemSettings& settings, const Fault& fault) {
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTERM}) std::signal(signal, SIG_DFL);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGINT, SIG_IGN);  // Ctrl-C reaches the whole group; the parent decides when a worker ends
  const auto hosted = documents::hosted_programs(programs, settings.facts.limits);
  confine_this_process(settings.facts.limits.worker_bytes);
  try {
    answer_items(pipe, settings, hosted.get(), fault);
  } catch (const std::bad_alloc&) {
    _exit(kExitNoMemory);
  } catch (...) {
    _exit(1);
  }
  _exit(0);
}

}  // namespace threadline::pipeline
