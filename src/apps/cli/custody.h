// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "timeline/shown.h"

namespace threadline::apps {

/// Every file below the paths with size and SHA-256, as received: containers whole, folders file by file in byte order of their
/// names. A link to a folder is not followed; what cannot be read has no digest; standard input has none either (its message
/// has).
[[nodiscard]] std::vector<timeline::EvidenceFile> files_as_received(const std::vector<std::string>& paths,
                                                                    const std::string& custody);

}  // namespace threadline::apps
