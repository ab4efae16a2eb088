// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/command.h"
#include "pipeline/versions.h"

namespace threadline::apps {

std::string version_text() {
  std::string text = std::string("threadline ") + THREADLINE_VERSION;
  for (const auto& [name, version] : pipeline::versions()) text += '\n' + name + ' ' + version;
  return text;
}

}  // namespace threadline::apps
