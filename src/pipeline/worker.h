// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/evidence.h"
#include "pipeline/item_facts.h"

namespace threadline::pipeline {

/// Before each frame on a worker's pipe; host byte order (both ends are one program).
struct FrameHead {
  std::uint32_t magic = kMagic;
  std::uint32_t version = 1;
  std::uint64_t length = 0;                               ///< bytes that follow
  static constexpr std::uint32_t kMagic = 0x46'4C'44'54;  // "TDLF"
};

/// How a worker ends when it has no memory left (its parent tells from it why the message is lost).
inline constexpr int kExitNoMemory = 77;

/// An item as a frame's content, and back.
[[nodiscard]] std::string encode_item(const evidence::Item& item);
/// The whole frame of an item.
[[nodiscard]] std::string framed_item(const evidence::Item& item);
/// Nothing for bytes that are none.
[[nodiscard]] std::optional<evidence::Item> decode_item(std::string_view bytes);

/// What a test does to the worker before an item is read (crash, hang, allocate); empty outside tests.
using Fault = std::function<void(const evidence::Item&)>;

/// The life of a worker process: confines itself, then answers each frame with an item by a frame with its facts, until the pipe
/// ends. The process at the other end of the socket `programs` starts what documents are read with (documents/program_host.h): a
/// confined worker may not. Never returns.
[[noreturn]] void work(int pipe, int programs, const ItemSettings& settings, const Fault& fault);

}  // namespace threadline::pipeline
