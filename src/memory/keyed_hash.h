// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/keyed_hash.h"

namespace threadline::memory {

using base::KeyedHash;

}  // namespace threadline::memory
