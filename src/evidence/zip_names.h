// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace threadline::evidence {

/// What kind of file a zip is, told by its first members: "zip" (an archive of files), "olm", or "docx", "xlsx", "pptx", "ooxml",
/// "odf", "epub", "jar", which are documents and no archives of mail. `name` decides only between the OOXML kinds, and whether
/// what may be an OLM by its members is one. Source: APPNOTE.TXT 4.3.7; ECMA-376 part 2; ODF 1.3 part 2, 3.3.
[[nodiscard]] std::string_view zip_format(std::string_view head, std::string_view name);

}  // namespace threadline::evidence
