// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pipeline/analysis.h"

namespace threadline::apps::serve {

/// What reading the files of one batch tells, while it goes on. Sources begin with the path that was given.
struct Telling {
  std::function<void(const evidence::Item& item)> on_item;
  std::function<void(std::vector<facts::Facts>&& facts)> on_facts;
  std::function<void(std::uint64_t order, timeline::EvidenceRemark&& remark)> on_remark;
  std::function<void(const std::string& path)>
      on_log;  ///< a file that is a log or holds some: read_logs, once the mails are read
};

/// Reads evidence for a program with threads: each reading is a process of its own, made by a process without threads that was
/// there before the first thread (pipeline's workers fork). What dies there costs its reading, never the program.
/// Threads: `read`, `read_logs` and `view` from any thread, at the same time.
class Reader {
 public:
  /// Precondition: the program has one thread. Errors: no process could be made.
  [[nodiscard]] static Result<std::unique_ptr<Reader>> start(pipeline::RunSettings settings);
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  /// Reads the paths with the same isolated workers as scan. `stopped` is asked between two answers.
  /// Errors: as pipeline::analyse, or the reading process died.
  [[nodiscard]] Result<void> read(const std::vector<std::string>& paths, const Telling& telling,
                                  const std::function<bool()>& stopped) const;

  /// Reads the logs in these files, as pipeline::gather_logs does. `stopped` is asked now and then.
  /// Errors: as there, or the reading process died, or it was stopped.
  [[nodiscard]] Result<pipeline::GatheredLogs> read_logs(const std::vector<std::string>& paths, const logs::Wanted& wanted,
                                                         const std::function<bool()>& stopped) const;

  /// What a person is shown of one message's source, as JSON (shown_source.h); `sha256` is the message's own, or that of one
  /// attached to it. In a confined process, within Limits::view_ms. Errors: it was ended; there is no such message.
  [[nodiscard]] Result<std::string> view(std::string_view bytes, const std::string& sha256) const;

 private:
  explicit Reader(int host) : host_(host) {}
  [[nodiscard]] std::optional<int> new_process() const;

  int host_;  ///< a socket to the process that makes others
};

}  // namespace threadline::apps::serve
