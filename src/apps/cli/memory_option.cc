// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/memory_option.h"

#include <filesystem>

#include "apps/cli/kept_files.h"
#include "apps/cli/surroundings.h"

namespace threadline::apps {

memory::Access access_for(const std::string& verb) { return {utc_now(), user_at_host(), verb}; }

namespace {

constexpr int kAnotherImport = 60'000;  ///< ms that an import waits for one that another responder makes
constexpr int kAwaited = 500;           ///< ms that a message which a mail server waits for is held up by another writer

Result<std::shared_ptr<memory::FileStore>> opened_store(const std::string& path, const memory::StoreSettings& settings) {
  auto opened = memory::open_file_store(path, settings);
  if (!opened) return tl::unexpected(opened.error());
  return std::shared_ptr<memory::FileStore>(*std::move(opened));
}

}  // namespace

Result<std::shared_ptr<memory::FileStore>> open_memory(const std::string& path, std::uint32_t retention_days,
                                                       const std::string& verb, bool is_awaited) {
  memory::StoreSettings settings;
  settings.is_awaited = is_awaited;
  if (is_awaited) settings.busy_ms = kAwaited;
  settings.today = today();
  settings.retention_days = retention_days;
  settings.access = access_for(verb);
  return opened_store(path, settings);
}

Result<std::shared_ptr<memory::FileStore>> open_case_memory(const std::string& folder) {
  memory::StoreSettings settings;
  settings.today = today();
  settings.busy_ms = kAnotherImport;
  settings.access = access_for("scan --case");
  return opened_store(folder + "/learnt.memory", settings);
}

Result<void> check_memory(const std::string& path, const EvidenceOptions& options) {
  std::error_code problem;
  if (std::filesystem::is_directory(path, problem)) return tl::unexpected(Error{"a folder, no store", path, "--memory FILE"});
  return KeptFiles().options(options).spared_by(path);
}

}  // namespace threadline::apps
