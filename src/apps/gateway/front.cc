// SPDX-License-Identifier: Apache-2.0
#include "apps/gateway/front.h"

#include <arpa/inet.h>
#include <libmilter/mfapi.h>
#include <malloc.h>
#include <netinet/in.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <ctime>
#include <map>
#include <memory>
#include <new>
#include <thread>
#include <utility>

#include "apps/gateway/ask.h"
#include "apps/gateway/listener.h"
#include "apps/gateway/log_line.h"
#include "apps/gateway/taken_message.h"
#include "apps/gateway/verdict_header.h"
#include "base/sha256.h"
#include "text/fold.h"

namespace threadline::gateway {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLook{300};  ///< between looks whether connections have ended
/// A message may wait for others so long; who sends it waits for ten minutes (RFC 5321, section 4.5.3.2.6).
constexpr std::uint32_t kWaitMs = 540'000;

const FrontSettings* front = nullptr;
std::atomic<int> connections{0}, under_way{0};  ///< messages between their sender and their end
std::atomic<bool> leads_space{false}, may_skip{false};

/// One connection, and the message that is on its way.
struct Talk {
  Session session;
  TakenMessage message;
  std::map<std::string, int> own_fields;  ///< forged ones: name in lower case -> how many
  bool is_under_way = false;

  Talk() = default;
  Talk(const Talk&) = delete;
  Talk& operator=(const Talk&) = delete;
  ~Talk() { set_under_way(false); }

  void set_under_way(bool is_it) {
    if (std::exchange(is_under_way, is_it) != is_it) under_way += is_it ? 1 : -1;
  }

  void start_message() {
    set_under_way(false);
    session.sender.clear();
    session.recipients.clear();
    message = {};
    own_fields.clear();
  }
};

Talk* talk_of(SMFICTX* ctx) { return static_cast<Talk*>(smfi_getpriv(ctx)); }

std::string macro(SMFICTX* ctx, const char* name) {
  std::string buffer(name);
  const char* value = smfi_getsymval(ctx, buffer.data());
  return value == nullptr ? std::string{} : std::string(value);
}

std::string random_id() {
  std::array<unsigned char, 8> bytes{};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) return {};
  return sha256_hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()}).substr(0, 16);
}

std::string mail_date(std::time_t now) {
  std::tm civil{};
  gmtime_r(&now, &civil);
  std::array<char, 64> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S +0000", &civil);
  return {text.data(), length};
}

/// Nothing of libmilter's C code may see an exception: what goes wrong here lets the server's default action decide.
template <class Work>
sfsistat guarded(const Work& work) noexcept {
  try {
    return work();
  } catch (const std::exception& error) {
    log_event("error", error.what());
    return SMFIS_TEMPFAIL;
  }
}

std::string ip_of(const _SOCK_ADDR* address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address == nullptr) return {};
  if (address->sa_family == AF_INET)
    inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, text.data(), text.size());
  if (address->sa_family == AF_INET6)
    inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr, text.data(), text.size());
  return text.data();
}

sfsistat on_connect(SMFICTX* ctx, char* name, _SOCK_ADDR* address) {
  return guarded([&] {
    auto talk = std::make_unique<Talk>();
    talk->session.client_ip = ip_of(address);
    talk->session.client_name = name == nullptr || *name == '[' ? "" : name;
    talk->session.server = macro(ctx, "j");
    ++connections;
    smfi_setpriv(ctx, talk.release());
    return static_cast<sfsistat>(SMFIS_CONTINUE);
  });
}

sfsistat on_helo(SMFICTX* ctx, char* name) {
  return guarded([&] {
    if (Talk* talk = talk_of(ctx)) talk->session.helo = name == nullptr ? "" : name;
    return static_cast<sfsistat>(SMFIS_CONTINUE);
  });
}

sfsistat on_sender(SMFICTX* ctx, char** words) {
  return guarded([&] {
    Talk* talk = talk_of(ctx);
    if (talk == nullptr) return static_cast<sfsistat>(SMFIS_TEMPFAIL);
    talk->start_message();
    talk->set_under_way(true);
    talk->session.sender = words == nullptr || *words == nullptr ? "" : without_brackets(*words);
    talk->session.user = macro(ctx, "{auth_authen}");
    talk->session.tls = macro(ctx, "{tls_version}");
    return static_cast<sfsistat>(SMFIS_CONTINUE);
  });
}

sfsistat on_recipient(SMFICTX* ctx, char** words) {
  return guarded([&] {
    Talk* talk = talk_of(ctx);
    if (talk != nullptr && words != nullptr && *words != nullptr)
      talk->message.add_recipient(talk->session, *words, front->limits);
    return static_cast<sfsistat>(SMFIS_CONTINUE);
  });
}

sfsistat on_header(SMFICTX* ctx, char* name, char* value) {
  return guarded([&] {
    Talk* talk = talk_of(ctx);
    if (talk == nullptr) return static_cast<sfsistat>(SMFIS_TEMPFAIL);
    if (is_own_field(name)) ++talk->own_fields[text::ascii_lower(name)];
    talk->message.add_field(name, leads_space ? ":" : ": ", value, front->limits);
    return static_cast<sfsistat>(SMFIS_CONTINUE);
  });
}

sfsistat on_body(SMFICTX* ctx, unsigned char* bytes, std::size_t length) {
  return guarded([&] {
    Talk* talk = talk_of(ctx);
    if (talk == nullptr) return static_cast<sfsistat>(SMFIS_TEMPFAIL);
    const bool goes_on = talk->message.add_body({reinterpret_cast<const char*>(bytes), length}, front->limits);
    return static_cast<sfsistat>(goes_on || !may_skip ? SMFIS_CONTINUE : SMFIS_SKIP);
  });
}

Question question_of(Talk& talk, std::time_t now) {
  Question question;
  question.arrived = now;
  question.session = direction_of(talk.session, front->policy, front->outbound);
  question.item = talk.message.take_item(talk.session, received_field(talk.session, mail_date(now)));
  return question;
}

/// Where there is no answer: what the policy says to that. A message that had no turn is no failure of its own that could let it
/// pass: its sender's server keeps it.
Decision decision_without(Unanswered why, findings::Direction direction) {
  Decision decision = decide(front->policy, direction, {}, why == Unanswered::too_slow ? Failure::limit : Failure::internal);
  if (why != Unanswered::busy) return decision;
  decision.would = Action::tempfail;
  decision.action = front->policy.dry_run ? Action::accept : decision.would;
  return decision;
}

Answer judged(SMFICTX* ctx, Question&& question) {
  Unanswered why = Unanswered::silence;
  const std::string frame = framed(encode(question));
  question.item = {};
  auto answer = ask(
      {front->judge, front->silence_ms, std::max(kWaitMs, front->silence_ms)}, frame, [ctx] { smfi_progress(ctx); }, why);
  if (answer) return *std::move(answer);
  Answer made;
  made.direction = question.session.value_or(findings::Direction::unknown);
  made.decision = decision_without(why, made.direction);
  return made;
}

void strip_forged(SMFICTX* ctx, const Talk& talk) {
  for (const auto& [name, count] : talk.own_fields) {
    std::string field = name;
    for (int index = count; index > 0; --index) {
      if (smfi_chgheader(ctx, field.data(), index, nullptr) == MI_SUCCESS) ++front->metrics->stripped;
    }
  }
}

sfsistat refuse(SMFICTX* ctx, const char* code, const char* extended, const char* words, sfsistat status) {
  std::string code_text(code), extended_text(extended), words_text(words);
  smfi_setreply(ctx, code_text.data(), extended_text.data(), words_text.data());
  return status;
}

/// In the server's quarantine; where it has none, the sender's server keeps it.
sfsistat hold(SMFICTX* ctx, const std::string& id) {
  std::string reason = "held for review, " + id;
  if (smfi_quarantine(ctx, reason.data()) == MI_SUCCESS) return SMFIS_CONTINUE;
  return refuse(ctx, "451", "4.7.1", "Please try again later", SMFIS_TEMPFAIL);
}

/// No field of ours leaves the organisation: outbound mail has none.
void add_verdict(SMFICTX* ctx, const Answer& answer, const std::string& id, std::time_t now) {
  if (answer.direction != findings::Direction::inbound) return;
  VerdictLine line{.action = answer.decision.action, .severity = {}, .id = id, .time = now, .message_id = answer.message_id};
  for (const auto& [code, severity] : answer.codes) line.severity = std::max(line.severity, severity_named(severity));
  std::string name(kVerdictHeader);
  std::string value = (leads_space ? " " : "") + verdict_header(line, front->key);
  smfi_addheader(ctx, name.data(), value.data());
}

sfsistat carry_out(SMFICTX* ctx, const Answer& answer, const std::string& id, std::time_t now) {
  const Action action = answer.decision.action;
  if (action == Action::tag || action == Action::hold) add_verdict(ctx, answer, id, now);
  if (action == Action::hold) return hold(ctx, id);
  if (action == Action::reject) return refuse(ctx, "550", "5.7.1", "Message refused by local policy", SMFIS_REJECT);
  if (action == Action::tempfail) return refuse(ctx, "451", "4.7.1", "Please try again later", SMFIS_TEMPFAIL);
  return SMFIS_CONTINUE;
}

/// Counts a message as being judged while it lives.
class InFlight {
 public:
  InFlight() { ++front->metrics->in_flight[front->slot]; }
  ~InFlight() { --front->metrics->in_flight[front->slot]; }
  InFlight(const InFlight&) = delete;
  InFlight& operator=(const InFlight&) = delete;
};

sfsistat on_end(SMFICTX* ctx) {
  return guarded([&] {
    Talk* talk = talk_of(ctx);
    if (talk == nullptr) return static_cast<sfsistat>(SMFIS_TEMPFAIL);
    const InFlight in_flight;
    const auto began = Clock::now();
    const std::time_t now = std::time(nullptr);
    talk->session.queue_id = macro(ctx, "i");
    Question question = question_of(*talk, now);
    const std::uint64_t size = question.item.bytes.size();
    Answer answer = judged(ctx, std::move(question));
    Decision& decision = answer.decision;
    if (decision.action == Action::reject && decision.quiet) decision.action = Action::hold;
    const std::string id = random_id();
    if (!front->policy.dry_run) strip_forged(ctx, *talk);
    const sfsistat status = carry_out(ctx, answer, id, now);
    const auto spent = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began).count();
    front->metrics->count_message(answer.direction, answer.decision, static_cast<std::uint64_t>(spent));
    for (const auto& [code, severity] : answer.codes) front->metrics->count_finding(code);
    log_message({talk->session, answer, id, now, spent, size});
    talk->start_message();
    return status;
  });
}

sfsistat on_abort(SMFICTX* ctx) {
  return guarded([&] {
    Talk* talk = talk_of(ctx);
    if (talk != nullptr && talk->message.has_begun()) ++front->metrics->aborted;
    if (talk != nullptr) talk->start_message();
    return static_cast<sfsistat>(SMFIS_CONTINUE);
  });
}

sfsistat on_close(SMFICTX* ctx) {
  if (Talk* talk = talk_of(ctx)) {
    delete talk;
    smfi_setpriv(ctx, nullptr);
    --connections;
  }
  return SMFIS_CONTINUE;
}

sfsistat on_negotiate(SMFICTX*, unsigned long actions, unsigned long steps, unsigned long, unsigned long, unsigned long* wanted,
                      unsigned long* not_wanted, unsigned long* unused, unsigned long* unused_too) {
  *wanted = actions & (SMFIF_ADDHDRS | SMFIF_CHGHDRS | SMFIF_QUARANTINE);
  *not_wanted = steps & (SMFIP_HDR_LEADSPC | SMFIP_SKIP | SMFIP_NOUNKNOWN | SMFIP_NODATA);
  leads_space = (steps & SMFIP_HDR_LEADSPC) != 0;
  may_skip = (steps & SMFIP_SKIP) != 0;
  *unused = *unused_too = 0;
  return SMFIS_CONTINUE;
}

/// libmilter abandons its open connections where it is told to stop, so it is not: the listening socket is put away, that the
/// next worker takes what comes, and the process ends with its last connection, or, told to stop, with the last message. (A
/// connection or a message taken just before is not counted yet.)
void end_when_told(const sigset_t& told) {
  constexpr timespec kLookFor{0, std::chrono::nanoseconds(kLook).count()};
  int signal = 0;
  while (sigwait(&told, &signal) != 0) continue;
  JudgePlace nowhere;
  if (const auto idle = open_inner_listener(nowhere)) dup2(*idle, front->listener);
  bool is_stopping = signal == kStopSignal;
  do is_stopping |= sigtimedwait(&told, nullptr, &kLookFor) == kStopSignal;
  while ((is_stopping ? under_way : connections) > 0);
  _exit(0);
}

smfiDesc description() {
  static std::string name = "threadline";
  smfiDesc made{};
  made.xxfi_name = name.data();
  made.xxfi_version = SMFI_VERSION;
  made.xxfi_flags = SMFIF_ADDHDRS | SMFIF_CHGHDRS | SMFIF_QUARANTINE;
  made.xxfi_connect = on_connect;
  made.xxfi_helo = on_helo;
  made.xxfi_envfrom = on_sender;
  made.xxfi_envrcpt = on_recipient;
  made.xxfi_header = on_header;
  made.xxfi_body = on_body;
  made.xxfi_eom = on_end;
  made.xxfi_abort = on_abort;
  made.xxfi_close = on_close;
  made.xxfi_negotiate = on_negotiate;
  return made;
}

}  // namespace

bool serve_mail(const FrontSettings& settings) {
  front = &settings;
  sigset_t ending;
  sigemptyset(&ending);
  for (const int signal : {kEndSignal, kStopSignal}) sigaddset(&ending, signal);
  pthread_sigmask(SIG_BLOCK, &ending, nullptr);
  std::thread([ending] { end_when_told(ending); }).detach();
  mallopt(M_ARENA_MAX, 4);
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  mallopt(M_TRIM_THRESHOLD, 16 << 20);
  std::string place = "fd:" + std::to_string(settings.listener);
  if (smfi_setconn(place.data()) != MI_SUCCESS || smfi_register(description()) != MI_SUCCESS) return false;
  smfi_settimeout(7'210);
  return smfi_main() == MI_SUCCESS;
}

}  // namespace threadline::gateway
