// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "apps/cli/command.h"
#include "text/domain.h"
#include "text/zone.h"

namespace threadline::apps {

std::string version_text() {
  return fmt::format("threadline {}\nICU {}\ntzdata {}\npublic suffix list {}", THREADLINE_VERSION, text::icu_version(),
                     text::tzdata_version(), text::public_suffix_list_version());
}

}  // namespace threadline::apps
