// SPDX-License-Identifier: Apache-2.0
#include <httplib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "apps/gateway/metrics.h"

namespace threadline::gateway {
namespace {

std::uint64_t size_of(const std::string& path) {
  struct stat told {};
  return !path.empty() && stat(path.c_str(), &told) == 0 ? static_cast<std::uint64_t>(told.st_size) : 0;
}

bool listen_at(httplib::Server& server, const std::string& where) {
  constexpr std::string_view kUnix = "unix:";
  if (where.starts_with(kUnix)) {
    const std::string path = where.substr(kUnix.size());
    unlink(path.c_str());
    server.set_address_family(AF_UNIX);
    return server.listen(path, 80);
  }
  const std::size_t colon = where.rfind(':');
  std::string host = where.substr(0, colon);
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  return colon != std::string::npos && server.listen(host, std::atoi(where.c_str() + colon + 1));
}

}  // namespace

void serve_metrics(const Metrics& metrics, const std::string& where, const std::string& memory_path) {
  httplib::Server server;
  server.new_task_queue = [] { return new httplib::ThreadPool(2); };
  server.Get("/metrics", [&](const httplib::Request&, httplib::Response& answer) {
    answer.set_content(metrics_text(metrics, size_of(memory_path)), "text/plain; version=0.0.4");
  });
  server.Get("/healthz", [&](const httplib::Request&, httplib::Response& answer) {
    const bool healthy = metrics.healthy != 0;
    answer.status = healthy ? 200 : 503;
    answer.set_content(healthy ? "ok\n" : "no worker\n", "text/plain");
  });
  listen_at(server, where);
}

}  // namespace threadline::gateway
