// SPDX-License-Identifier: Apache-2.0
#include <httplib.h>
#include <sys/stat.h>

#include "apps/gateway/metrics.h"

namespace threadline::gateway {
namespace {

std::uint64_t size_of(const std::string& path) {
  struct stat told {};
  return !path.empty() && stat(path.c_str(), &told) == 0 ? static_cast<std::uint64_t>(told.st_size) : 0;
}

/// A server whose socket others have opened.
class Page : public httplib::Server {
 public:
  void answer_at(int listener) {
    svr_sock_ = listener;
    listen_after_bind();
  }
};

}  // namespace

void serve_metrics(const Metrics& metrics, int listener, const std::string& memory_path) {
  Page server;
  server.new_task_queue = [] { return new httplib::ThreadPool(2); };
  server.Get("/metrics", [&](const httplib::Request&, httplib::Response& answer) {
    answer.set_content(metrics_text(metrics, size_of(memory_path)), "text/plain; version=0.0.4");
  });
  server.Get("/healthz", [&](const httplib::Request&, httplib::Response& answer) {
    const bool healthy = metrics.healthy != 0;
    answer.status = healthy ? 200 : 503;
    answer.set_content(healthy ? "ok\n" : "no worker\n", "text/plain");
  });
  server.answer_at(listener);
}

}  // namespace threadline::gateway
