// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "apps/serve/session.h"
#include "base/result.h"

namespace threadline::apps::serve {

/// The page and its interface (docs/openapi.json) on 127.0.0.1.
class Server {
 public:
  explicit Server(Session& session);
  ~Server();

  /// Binds 127.0.0.1 and that port (0: a free one). Errors: it is taken.
  [[nodiscard]] Result<void> bind(std::uint16_t port);
  /// "http://127.0.0.1:PORT/#TOKEN"
  [[nodiscard]] std::string address() const;
  /// Answers requests until `stop`.
  void run();
  /// Whether it answered, and was told to end; before `run` listens there is nothing to end. Threads: any.
  [[nodiscard]] bool stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace threadline::apps::serve
