// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "apps/gateway/metrics.h"
#include "memory/file_store.h"
#include "pipeline/analysis.h"
#include "timeline/words.h"

namespace threadline::gateway {

using OpenMemory = std::function<Result<std::shared_ptr<memory::FileStore>>()>;

struct JudgeSettings {
  pipeline::RunSettings run;
  timeline::Language language = timeline::Language::en;  ///< of the reasons in the log
  std::string memory_path = {};                          ///< empty: there is none
  /// Opens the memory; empty: there is none. It is opened here, after the processes that read mail are made, and again when it
  /// has failed.
  OpenMemory open_memory = {};
  /// What a test does, as if judging did it, before the item of that source is judged; empty outside tests.
  std::function<void(const std::string&)> judging_fault = {};
};

/// The life of the process that judges: answers each question (exchange.h) that comes in at the listening socket, by means of
/// confined readers, until it is ended. Who waits is told so every second, and who is judged when that begins; one message that
/// takes too long to judge costs this process (BoundedJudging). One thread. Errors: no reader could be made.
[[nodiscard]] Result<void> judge_questions(int listener, const JudgeSettings& settings);

}  // namespace threadline::gateway
