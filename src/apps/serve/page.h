// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace threadline::apps::serve {

/// A file of the page, embedded when threadline is built (page/; cmake/EmbedPage.cmake).
struct PageFile {
  std::string_view path, type, content;
};
[[nodiscard]] std::span<const PageFile> page_files();

}  // namespace threadline::apps::serve
