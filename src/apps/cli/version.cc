// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/command.h"
#include "pipeline/versions.h"

namespace threadline::apps {

std::vector<std::pair<std::string, std::string>> all_versions() {
  std::vector<std::pair<std::string, std::string>> all{{"threadline", THREADLINE_VERSION}};
  for (auto& one : pipeline::versions()) all.push_back(std::move(one));
  return all;
}

std::string version_text() {
  std::string text;
  for (const auto& [name, version] : all_versions()) text += (text.empty() ? "" : "\n") + name + ' ' + version;
  return text;
}

}  // namespace threadline::apps
