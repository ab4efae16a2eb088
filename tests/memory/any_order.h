// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "memory/memory.h"

namespace threadline::memory {

/// A store in this process's memory that is filled in any order and answers as of any moment: what the others are held against.
[[nodiscard]] std::unique_ptr<Store> in_memory_any_order();

}  // namespace threadline::memory
