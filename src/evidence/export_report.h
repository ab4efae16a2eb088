// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace threadline::evidence {

/// What this text is, where it is a report or index that an export tool writes beside the messages ("eDiscovery export report");
/// else empty. Such a file holds no message, and nothing is lost with it.
/// A heuristic: a CSV by two known columns of its first line, or by a report's name; XML by its root.
/// Source: learn.microsoft.com/purview (edisc-process-report, document metadata fields, content search export reports); EDRM
/// XML 1.x.
[[nodiscard]] std::string export_report(std::string_view head, std::string_view name);

}  // namespace threadline::evidence
