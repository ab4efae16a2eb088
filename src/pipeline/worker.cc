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

bool write_frame(int pipe, std::string_view content) {
  FrameHead head;
  head.length = content.size();
  return write_exactly(pipe, {reinterpret_cast<const char*>(&head), sizeof head}) && write_exactly(pipe, content);
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

std::string encode_item(const evidence::Item& item) {
  json notes = json::array();
  for (const Note& note : item.notes) notes.push_back({note.code, note.text, note.span.part, note.span.offset, note.span.length});
  const json head{item.source, item.format, item.sha256, std::move(notes), envelope_json(item.envelope)};
  std::string bytes;
  json::to_cbor(head, bytes);
  const std::uint64_t head_length = bytes.size();
  std::string frame(sizeof head_length, '\0');
  std::memcpy(frame.data(), &head_length, sizeof head_length);
  return frame + bytes + item.bytes;
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
