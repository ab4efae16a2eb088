// SPDX-License-Identifier: Apache-2.0
#include "apps/gateway/metrics.h"

#include <fmt/format.h>
#include <sys/mman.h>

#include <algorithm>
#include <iterator>
#include <new>
#include <numeric>

namespace threadline::gateway {
namespace {

using Text = std::back_insert_iterator<std::string>;

void head(Text out, std::string_view name, std::string_view type, std::string_view help) {
  fmt::format_to(out, "# HELP {0} {2}\n# TYPE {0} {1}\n", name, type, help);
}

void simple(Text out, std::string_view name, std::string_view type, std::string_view help, std::uint64_t value) {
  head(out, name, type, help);
  fmt::format_to(out, "{} {}\n", name, value);
}

void add_messages(Text out, const Metrics& metrics) {
  head(out, "threadline_messages_total", "counter", "Messages judged, by direction and verdict.");
  for (std::size_t direction = 0; direction < metrics.messages.size(); ++direction) {
    for (std::size_t action = 0; action < metrics.messages[direction].size(); ++action) {
      fmt::format_to(out, "threadline_messages_total{{direction=\"{}\",verdict=\"{}\"}} {}\n",
                     findings::name_of(static_cast<findings::Direction>(direction)), name_of(static_cast<Action>(action)),
                     metrics.messages[direction][action].load());
    }
  }
}

void add_findings(Text out, const Metrics& metrics) {
  head(out, "threadline_findings_total", "counter", "Findings, by code.");
  for (std::size_t code = 0; code < kCodes; ++code)
    fmt::format_to(out, "threadline_findings_total{{code=\"{}\"}} {}\n", kCounted[code], metrics.findings[code].load());
}

void add_failures(Text out, const Metrics& metrics) {
  head(out, "threadline_errors_total", "counter", "Messages not judged, or not wholly, by why.");
  for (const Failure failure : {Failure::internal, Failure::limit, Failure::memory})
    fmt::format_to(out, "threadline_errors_total{{kind=\"{}\"}} {}\n", name_of(failure),
                   metrics.failures[static_cast<std::size_t>(failure)].load());
}

void add_latency(Text out, const Metrics& metrics) {
  constexpr std::string_view kName = "threadline_message_seconds";
  head(out, kName, "histogram", "Time from the end of a message to its verdict.");
  std::uint64_t sum = 0;
  for (std::size_t bucket = 0; bucket < kBuckets.size(); ++bucket) {
    sum += metrics.latency[bucket].load();
    fmt::format_to(out, "{}_bucket{{le=\"{}\"}} {}\n", kName, static_cast<double>(kBuckets[bucket]) / 1'000, sum);
  }
  sum += metrics.latency[kBuckets.size()].load();
  fmt::format_to(out, "{0}_bucket{{le=\"+Inf\"}} {1}\n{0}_sum {2}\n{0}_count {1}\n", kName, sum,
                 static_cast<double>(metrics.latency_us.load()) / 1e6);
}

}  // namespace

void Metrics::count_message(findings::Direction direction, const Decision& decision, std::uint64_t microseconds) {
  ++messages[static_cast<std::size_t>(direction)][static_cast<std::size_t>(decision.action)];
  if (decision.failure != Failure::none) ++failures[static_cast<std::size_t>(decision.failure)];
  if (decision.would != decision.action && decision.action == Action::accept) ++dry_run;
  const auto bucket = std::ranges::find_if(kBuckets, [&](std::uint64_t most) { return microseconds <= most * 1'000; });
  ++latency[static_cast<std::size_t>(bucket - kBuckets.begin())];
  latency_us += microseconds;
}

void Metrics::count_finding(std::string_view code) {
  const auto* found = std::find(std::begin(kCounted), std::end(kCounted) - 1, code);
  ++findings[static_cast<std::size_t>(found - std::begin(kCounted))];
}

Metrics* shared_metrics() {
  void* memory = mmap(nullptr, sizeof(Metrics), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED ? nullptr : new (memory) Metrics;
}

std::string metrics_text(const Metrics& metrics, std::uint64_t memory_bytes) {
  std::string text;
  const Text out(text);
  add_messages(out, metrics);
  add_findings(out, metrics);
  add_failures(out, metrics);
  add_latency(out, metrics);
  const auto in_flight = std::accumulate(metrics.in_flight.begin(), metrics.in_flight.end(), std::uint64_t{0});
  simple(out, "threadline_in_flight", "gauge", "Messages being judged now.", in_flight);
  simple(out, "threadline_memory_bytes", "gauge", "Size of the memory's file.", memory_bytes);
  simple(out, "threadline_dry_run_total", "counter", "Messages that a dry run let pass.", metrics.dry_run);
  simple(out, "threadline_aborted_total", "counter", "Messages that the server gave up before their end.", metrics.aborted);
  simple(out, "threadline_stripped_headers_total", "counter", "Forged X-Threadline fields taken away.", metrics.stripped);
  simple(out, "threadline_worker_restarts_total", "counter", "Workers that ended unasked.", metrics.worker_restarts);
  simple(out, "threadline_judge_restarts_total", "counter", "Judging processes that ended unasked.", metrics.judge_restarts);
  simple(out, "threadline_reloads_total", "counter", "Policies taken into force since the start.", metrics.reloads);
  simple(out, "threadline_refused_reloads_total", "counter", "Wrong policies, the old one stayed.", metrics.refused_reloads);
  simple(out, "threadline_start_time_seconds", "gauge", "When the gateway was started.",
         static_cast<std::uint64_t>(metrics.started));
  return text;
}

bool is_local_place(std::string_view where) {
  return where.starts_with("unix:/") || where.starts_with("127.") || where.starts_with("[::1]:") ||
         where.starts_with("localhost:");
}

std::string metrics_socket(const std::string& where) {
  if (where.starts_with("unix:")) return where;
  const std::size_t colon = std::min(where.rfind(':'), where.size() - 1);
  std::string host = where.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return "inet:" + where.substr(colon + 1) + "@" + host;
}

}  // namespace threadline::gateway
