// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace threadline::evidence {

/// What a source of which no message could be read is, however its path was typed and wherever its folder lies: the file's
/// SHA-256, the names of its folder and its own, then the place inside it ("!member"). A file that cannot be opened, a folder and
/// a link have nothing but their whole path.
[[nodiscard]] std::string place_of(const std::string& source);

}  // namespace threadline::evidence
