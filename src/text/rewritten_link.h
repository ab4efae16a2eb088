// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace threadline::text {

/// What a link is once the rewriting of mail gateways is undone.
struct OriginalLink {
  std::string url;               ///< the link itself where nothing rewrote it
  std::string_view service;      ///< of the outermost rewriting that was recognised; empty: none
  bool opaque = false;           ///< the innermost service does not tell the target: `url` is its own link
  std::uint32_t rewritings = 0;  ///< undone
  bool too_deep = false;         ///< more than `deepest` stood in each other
};

/// Undoes the rewritings of rewritten_links.def, each in the other, at most `deepest` of them. A service's host must be its whole
/// host: a name that only contains it is somebody else's. A target is an http or https URL; where the service keeps its host
/// alone it is "https://host". Linear in the link for each rewriting.
[[nodiscard]] OriginalLink original_link(std::string_view url, std::uint32_t deepest);

/// Whether the host is one of a rewriting service's: cheap, to be asked before original_link.
[[nodiscard]] bool is_rewriting_host(std::string_view host);

}  // namespace threadline::text
