// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/memory_option.h"

#include "apps/cli/surroundings.h"

namespace threadline::apps {

memory::Access access_for(const std::string& verb) { return {utc_now(), user_at_host(), verb}; }

Result<std::shared_ptr<memory::FileStore>> open_memory(const std::string& path, std::uint32_t retention_days,
                                                       const std::string& verb) {
  memory::StoreSettings settings;
  settings.today = today();
  settings.retention_days = retention_days;
  settings.access = access_for(verb);
  auto opened = memory::open_file_store(path, settings);
  if (!opened) return tl::unexpected(opened.error());
  return std::shared_ptr<memory::FileStore>(*std::move(opened));
}

}  // namespace threadline::apps
