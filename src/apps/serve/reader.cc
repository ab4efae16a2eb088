// SPDX-License-Identifier: Apache-2.0
#include "apps/serve/reader.h"

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <iterator>
#include <new>

#include "apps/serve/shown_source.h"
#include "base/bytes_form.h"
#include "base/confine.h"
#include "base/descriptor.h"
#include "base/external_sort.h"
#include "base/pipe.h"
#include "pipeline/log_reading.h"
#include "pipeline/log_wire.h"
#include "pipeline/wire.h"
#include "pipeline/worker.h"

namespace threadline::apps::serve {
namespace {

using pipeline::FrameHead;

constexpr unsigned kMillisecondsPerSecond = 1'000;
constexpr std::size_t kInPiece = 5'000;  ///< events of logs in one frame
constexpr auto kSayEach = std::chrono::milliseconds(200);
constexpr std::uint64_t kViewMemory = 1ULL << 30U;  ///< address space of the process that shows one message

/// What a frame holds: its first byte.
enum Kind : char {
  kRead = 'R',
  kReadLogs = 'L',
  kView = 'V',
  kItem = 'i',
  kFacts = 'f',
  kRemark = 'r',
  kLog = 'l',
  kGathered = 'g',
  kGoesOn = 'p',
  kEnd = 'e',
  kShown = 's'
};

/// What is asked for in `kRead` and `kReadLogs`.
struct RequestFields {
  static void of(auto& form, Is<logs::Wanted> auto& it) {
    form(it.mails, it.network_mails, it.subjects, it.people, it.suspects, it.every_record);
  }
};

bool send_frame(int socket, Kind kind, std::string_view content) {
  FrameHead head;
  head.length = content.size() + 1;
  std::string begin(bytes_of(head));
  begin += static_cast<char>(kind);
  return write_exactly(socket, begin) && write_exactly(socket, content);
}

struct Frame {
  char kind = 0;
  std::string content;
};

std::optional<Frame> next_frame(int socket, std::uint64_t most) {
  FrameHead head;
  Frame frame;
  if (!read_head(socket, head)) return std::nullopt;
  if (head.magic != FrameHead::kMagic || head.length == 0 || head.length > most) return std::nullopt;
  if (!read_exactly(socket, &frame.kind, 1)) return std::nullopt;
  frame.content.resize(head.length - 1);
  if (!read_exactly(socket, frame.content.data(), frame.content.size())) return std::nullopt;
  return frame;
}

std::string remark_frame(std::uint64_t order, const timeline::EvidenceRemark& remark) {
  std::string bytes;
  add_ordered(bytes, static_cast<std::int64_t>(order));
  return bytes + pipeline::encode_remark(remark);
}

void hear_remark(std::string_view content, const Telling& telling) {
  if (content.size() < sizeof(std::int64_t)) return;
  const auto order = static_cast<std::uint64_t>(take_ordered(content));
  if (auto remark = pipeline::decode_remark(content)) telling.on_remark(order, std::move(*remark));
}

// ---- in the reading process ----

void read_paths(int socket, std::string_view request, pipeline::RunSettings settings) {
  bool is_heard = true;
  const auto tell = [&](Kind kind, const std::string& content) { is_heard = is_heard && send_frame(socket, kind, content); };
  settings.interrupted = [&] { return !is_heard; };
  settings.progress = nullptr;
  std::vector<std::string> paths;
  BytesReader<RequestFields> asked(request);
  asked(paths);
  std::vector<std::string> logs;
  const auto read = pipeline::gather(
      paths, settings,
      {.on_item = [&](std::uint64_t, const evidence::Item& item) { tell(kItem, pipeline::encode_item(item)); },
       .on_facts = [&](std::vector<facts::Facts>&& facts) { tell(kFacts, pipeline::encode_facts(facts)); },
       .on_remark = [&](std::uint64_t order, timeline::EvidenceRemark&& remark) { tell(kRemark, remark_frame(order, remark)); },
       .log_paths = &logs});
  for (const std::string& log : logs) tell(kLog, log);
  tell(kEnd, read ? std::string() : to_line(read.error()));
}

/// In pieces that fit into a frame.
void send_gathered(int socket, pipeline::GatheredLogs&& logs) {
  while (!logs.kept.empty() || !logs.activities.empty() || !logs.remarks.empty()) {
    pipeline::GatheredLogs piece;
    const auto take = [](auto& from, auto& to) {
      const auto begin = from.end() - static_cast<std::ptrdiff_t>(std::min(from.size(), kInPiece));
      std::move(begin, from.end(), std::back_inserter(to));
      from.erase(begin, from.end());
    };
    take(logs.kept, piece.kept);
    take(logs.activities, piece.activities);
    std::swap(logs.remarks, piece.remarks);
    piece.unreadable = logs.unreadable;
    if (!send_frame(socket, kGathered, pipeline::encode_logs(std::move(piece)))) return;
  }
}

void gather_logs(int socket, std::string_view request, pipeline::RunSettings settings) {
  std::vector<std::string> paths;
  logs::Wanted wanted;
  BytesReader<RequestFields> asked(request);
  asked(paths, wanted);
  bool is_heard = true;
  auto said = std::chrono::steady_clock::now();
  settings.interrupted = [&] { return !is_heard; };
  settings.progress = [&](std::uint64_t, std::uint64_t) {  // so that each side hears that the other one is gone
    const auto now = std::chrono::steady_clock::now();
    if (now - said < kSayEach) return;
    said = now;
    is_heard = send_frame(socket, kGoesOn, "");
  };
  auto read = pipeline::gather_logs(paths, settings, wanted);
  if (read) send_gathered(socket, std::move(*read));
  send_frame(socket, kEnd, read ? std::string() : to_line(read.error()));
}

void view_message(int socket, const std::string& request, const pipeline::RunSettings& settings) {
  const Limits& limits = settings.limits;
  alarm((limits.view_ms + kMillisecondsPerSecond - 1) / kMillisecondsPerSecond);
  confine_this_process(kViewMemory);
  if (settings.fault) settings.fault({});
  constexpr std::size_t kDigest = 64;
  const std::string_view all(request);
  send_frame(socket, kShown, shown_source(all.substr(kDigest), std::string(all.substr(0, kDigest)), limits));
}

[[noreturn]] void live(int socket, const pipeline::RunSettings& settings) {
  std::signal(SIGCHLD, SIG_DFL);
  try {
    const auto request = next_frame(socket, settings.limits.frame_bytes);
    if (request && request->kind == kRead) read_paths(socket, request->content, settings);
    if (request && request->kind == kReadLogs) gather_logs(socket, request->content, settings);
    if (request && request->kind == kView) view_message(socket, request->content, settings);
  } catch (...) {
    _exit(1);
  }
  _exit(0);
}

// ---- in the process that makes others ----

/// A message of one byte, with room for a descriptor.
struct Carrier {
  char byte = 0;
  iovec bytes{&byte, 1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> space{};
  msghdr message{nullptr, 0, &bytes, 1, space.data(), space.size(), 0};

  Carrier() = default;
  Carrier(const Carrier&) = delete;
  Carrier& operator=(const Carrier&) = delete;
};

/// Receives the socket of a new reading; -1 at the end.
int received_socket(int host) {
  Carrier carrier;
  ssize_t got = 0;
  do got = recvmsg(host, &carrier.message, MSG_CMSG_CLOEXEC);
  while (got < 0 && errno == EINTR);
  const cmsghdr* control = CMSG_FIRSTHDR(&carrier.message);
  if (got <= 0 || control == nullptr || control->cmsg_type != SCM_RIGHTS) return -1;
  int socket = -1;
  std::memcpy(&socket, CMSG_DATA(control), sizeof socket);
  return socket;
}

[[noreturn]] void make_processes(int host, const pipeline::RunSettings& settings) {
  std::signal(SIGINT, SIG_IGN);  // Ctrl-C reaches the whole group; the program decides when readings end
  std::signal(SIGTERM, SIG_IGN);
  std::signal(SIGHUP, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGCHLD, SIG_IGN);  // nobody asks how a reading ended: its socket tells
  for (int socket = received_socket(host); socket >= 0; socket = received_socket(host)) {
    if (fork() == 0) {
      close(host);
      live(socket, settings);
    }
    close(socket);
  }
  _exit(0);
}

bool send_socket(int host, int socket) {
  Carrier carrier;
  cmsghdr* control = CMSG_FIRSTHDR(&carrier.message);
  control->cmsg_level = SOL_SOCKET;
  control->cmsg_type = SCM_RIGHTS;
  control->cmsg_len = CMSG_LEN(sizeof(int));
  std::memcpy(CMSG_DATA(control), &socket, sizeof socket);
  return sendmsg(host, &carrier.message, MSG_NOSIGNAL) == 1;
}

Error gone() {
  return {"the reading process ended before it was done", {}, "drop the file once more, or read it with threadline scan"};
}

}  // namespace

Result<std::unique_ptr<Reader>> Reader::start(pipeline::RunSettings settings) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return tl::unexpected(Error{std::string("no pipe for a reader: ") + std::strerror(errno), {}, {}});
  const pid_t process = fork();
  if (process == 0) {
    close(ends[0]);
    make_processes(ends[1], settings);
  }
  close(ends[1]);
  if (process < 0) {
    close(ends[0]);
    return tl::unexpected(Error{std::string("no process for a reader: ") + std::strerror(errno), {}, {}});
  }
  return std::unique_ptr<Reader>(new Reader(ends[0]));
}

Reader::~Reader() { close(host_); }

std::optional<int> Reader::new_process() const {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return std::nullopt;
  const bool is_sent = send_socket(host_, ends[1]);
  close(ends[1]);
  if (is_sent) return ends[0];
  close(ends[0]);
  return std::nullopt;
}

Result<void> Reader::read(const std::vector<std::string>& paths, const Telling& telling,
                          const std::function<bool()>& stopped) const {
  const auto process = new_process();
  if (!process) return tl::unexpected(gone());
  const Descriptor socket(*process);
  if (!send_frame(socket.number(), kRead, packed<RequestFields>(paths))) return tl::unexpected(gone());
  const std::uint64_t most = Limits{}.frame_bytes;
  while (const auto frame = next_frame(socket.number(), most)) {
    if (frame->kind == kEnd) return frame->content.empty() ? Result<void>() : tl::unexpected(Error{frame->content, {}, {}});
    if (frame->kind == kItem) {
      if (const auto item = pipeline::decode_item(frame->content)) telling.on_item(*item);
    }
    if (frame->kind == kRemark) hear_remark(frame->content, telling);
    if (frame->kind == kLog) telling.on_log(frame->content);
    if (frame->kind == kFacts) {
      auto facts = pipeline::decode_facts(frame->content);
      if (facts) telling.on_facts(std::move(*facts));
    }
    if (stopped()) return {};
  }
  return tl::unexpected(gone());
}

Result<pipeline::GatheredLogs> Reader::read_logs(const std::vector<std::string>& paths, const logs::Wanted& wanted,
                                                 const std::function<bool()>& stopped) const {
  const auto process = new_process();
  if (!process) return tl::unexpected(gone());
  const Descriptor socket(*process);
  if (!send_frame(socket.number(), kReadLogs, packed<RequestFields>(paths, wanted))) return tl::unexpected(gone());
  pipeline::GatheredLogs gathered;
  while (const auto frame = next_frame(socket.number(), Limits{}.frame_bytes)) {
    if (frame->kind == kEnd && !frame->content.empty()) return tl::unexpected(Error{frame->content, {}, {}});
    if (frame->kind == kEnd) return gathered;
    if (stopped()) return tl::unexpected(Error{"stopped", {}, {}});
    if (frame->kind != kGathered) continue;
    auto piece = pipeline::decode_logs(frame->content);
    if (!piece) break;
    std::ranges::move(piece->kept, std::back_inserter(gathered.kept));
    std::ranges::move(piece->activities, std::back_inserter(gathered.activities));
    std::ranges::move(piece->remarks, std::back_inserter(gathered.remarks));
    gathered.unreadable = gathered.unreadable || piece->unreadable;
  }
  return tl::unexpected(gone());
}

Result<std::string> Reader::view(std::string_view bytes, const std::string& sha256) const {
  constexpr std::size_t kDigest = 64;
  const auto process = sha256.size() == kDigest ? new_process() : std::nullopt;
  if (!process) return tl::unexpected(gone());
  const Descriptor socket(*process);
  if (!send_frame(socket.number(), kView, sha256 + std::string(bytes))) return tl::unexpected(gone());
  auto frame = next_frame(socket.number(), Limits{}.frame_bytes);
  if (!frame || frame->kind != kShown) return tl::unexpected(gone());
  return std::move(frame->content);
}

}  // namespace threadline::apps::serve
