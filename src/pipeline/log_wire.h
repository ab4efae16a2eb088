// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "logs/chunks.h"
#include "logs/reader.h"
#include "pipeline/gathered_logs.h"

namespace threadline::pipeline {

/// evidence::Item::format of a piece of a log on its way to a worker.
inline constexpr std::string_view kLogItem = "log";

/// A piece of a log as an item's bytes, and back.
[[nodiscard]] std::string encode_log_chunk(const logs::Chunk& chunk, const logs::Layout& layout);

/// What a worker does with such an item: the batch, encoded.
[[nodiscard]] std::string read_log_item(std::string_view bytes, const logs::Settings& settings, logs::Reader& reader);

/// The same for who reads in this process.
[[nodiscard]] logs::Batch read_log_chunk(std::string_view bytes, const logs::Settings& settings, logs::Reader& reader);

[[nodiscard]] std::string encode_batch(const logs::Batch& batch);
/// Nothing where the bytes are no batch (a worker that an attacker took over).
[[nodiscard]] std::optional<logs::Batch> decode_batch(std::string_view bytes);

/// What the logs of a run came to, for another process of this program.
[[nodiscard]] std::string encode_logs(const GatheredLogs& logs);
/// Nothing where the bytes are none.
[[nodiscard]] std::optional<GatheredLogs> decode_logs(std::string_view bytes);

}  // namespace threadline::pipeline
