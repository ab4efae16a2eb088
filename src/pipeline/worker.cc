// SPDX-License-Identifier: Apache-2.0
#include "pipeline/worker.h"

#include <unistd.h>

#include <csignal>
#include <memory>
#include <new>
#include <string_view>

#include "base/bytes_form.h"
#include "base/confine.h"
#include "base/pipe.h"
#include "documents/program_host.h"
#include "pipeline/item_facts.h"
#include "pipeline/log_wire.h"
#include "pipeline/wire.h"

namespace threadline::pipeline {
namespace {

std::optional<std::string> read_frame(int pipe) {
  FrameHead head;
  if (!read_head(pipe, head)) return std::nullopt;
  std::string content(head.length, '\0');
  if (!read_exactly(pipe, content.data(), content.size())) return std::nullopt;
  return content;
}

/// At once, so that who reads it wakes up once.
bool write_frame(int pipe, std::string_view content) {
  FrameHead head;
  head.length = content.size();
  std::string frame(bytes_of(head));
  return write_exactly(pipe, frame.append(content));
}

void answer_items(int pipe, const ItemSettings& settings, documents::Programs* programs, const Fault& fault) {
  std::optional<logs::Reader> log_reader;
  if (settings.logs) log_reader.emplace(settings.logs);
  while (const auto frame = read_frame(pipe)) {
    const auto item = decode_item(*frame);
    if (!item) return;
    if (fault) fault(*item);
    const bool is_log = log_reader && item->format == kLogItem;
    if (!write_frame(pipe, is_log ? read_log_item(item->bytes, *settings.logs, *log_reader)
                                  : encode_facts(read_item(*item, settings, programs))))
      return;
  }
}

struct ItemFields {
  static void of(auto& form, Is<evidence::Envelope> auto& it) { form(it.sender, it.recipients, it.queue_id, it.arrival); }
  /// All but its bytes: they are what follows.
  static void of(auto& form, Is<evidence::Item> auto& it) { form(it.source, it.format, it.sha256, it.notes, it.envelope); }
};

}  // namespace

std::string encode_item(const evidence::Item& item) { return packed<ItemFields>(item) + item.bytes; }

std::string framed_item(const evidence::Item& item) {
  const std::string of_item = packed<ItemFields>(item);
  FrameHead head;
  head.length = of_item.size() + item.bytes.size();
  std::string frame;
  frame.reserve(sizeof head + head.length);
  return frame.append(bytes_of(head)).append(of_item).append(item.bytes);
}

std::optional<evidence::Item> decode_item(std::string_view bytes) {
  std::optional<evidence::Item> item(std::in_place);
  BytesReader<ItemFields> reader(bytes);
  reader(*item);
  item->bytes = reader.rest();
  if (!reader.is_right()) item.reset();
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
