// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace threadline::evidence {

/// The note code of a file that threadline itself wrote ("own_memory", "own_case" ...), told by its first bytes; else empty. It
/// holds no message that is not in evidence elsewhere, and nothing is lost with it.
/// Source: docs/memory.md (application_id), docs/journal.md (canonical form of a line).
[[nodiscard]] std::string_view own_work(std::string_view head);

}  // namespace threadline::evidence
