// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"

namespace threadline::archive {

/// Longest frame between the child that reads an archive and its parent.
inline constexpr std::uint64_t kFrameBytes = 4U << 20U;

/// What a frame says; its first byte.
enum class FrameKind : char { begin = 'B', bytes = 'D', discard = 'V', end = 'E', archive = 'A' };

[[nodiscard]] std::string begin_frame(const Member& member);
[[nodiscard]] std::string notes_frame(FrameKind kind, const std::vector<Note>& notes);

/// The other way. Errors: nothing, where a frame is not what this program's child writes.
[[nodiscard]] std::optional<Member> member_in(std::string_view frame);
[[nodiscard]] std::optional<std::vector<Note>> notes_in(std::string_view frame);

}  // namespace threadline::archive
