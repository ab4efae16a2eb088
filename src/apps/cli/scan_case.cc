// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/scan_case.h"

#include "apps/cli/command.h"
#include "apps/cli/surroundings.h"
#include "base/sha256.h"
#include "pipeline/outlines.h"

namespace threadline::apps {
namespace {

namespace journal = timeline::journal;

/// All rows of the run: a case leaves none out.
Result<std::vector<Row>> rows_in(timeline::Language language, const pipeline::Judgement& judgement,
                                 timeline::RowSettings settings) {
  settings.language = language;
  settings.min_severity.reset();
  if (settings.events == timeline::Events::none) settings.events = timeline::Events::all;
  return timeline::all_rows(judgement, judgement.remarks, judgement.logged, settings, judgement.threads);
}

void say(const journal::Imported& imported, const EvidenceOptions& options) {
  if (options.quiet) return;
  const timeline::Language language = language_of(options);
  if (imported.judged_without > 0)
    complain(timeline::phrase("case.judged_without", language, {{"count", std::to_string(imported.judged_without)}}));
  if (imported.logs_apart > 0)
    complain(timeline::phrase("case.logs_apart", language, {{"count", std::to_string(imported.logs_apart)}}));
  if (imported.is_repeated) return complain(std::string(timeline::words("case.repeated", language)));
  complain(timeline::phrase("case.imported", language,
                            {{"rows", std::to_string(imported.rows)},
                             {"revisions", std::to_string(imported.revisions)},
                             {"known", std::to_string(imported.known)},
                             {"not_found", imported.not_found == 0 ? "" : std::to_string(imported.not_found)}}) +
           "; " +
           timeline::phrase("case.head", language, {{"entry", std::to_string(imported.head.seq)}, {"hash", imported.head.hash}}));
}

journal::Stamp stamped_now(const CaseImport& brought) {
  journal::Stamp stamp = brought.stamp;
  stamp.at = utc_now();
  return stamp;
}

}  // namespace

Result<void> is_case_writable(const CaseImport& brought) {
  if (brought.folder.empty()) return {};
  return journal::Appender::open(brought.folder, stamped_now(brought)).map([](const journal::Appender&) {});
}

Result<void> import_run(const pipeline::Judgement& judgement, const CaseImport& brought, const EvidenceOptions& options,
                        const timeline::RowSettings& settings) {
  const auto french = rows_in(timeline::Language::fr, judgement, settings);
  if (!french) return tl::unexpected(french.error());
  const auto english = rows_in(timeline::Language::en, judgement, settings);
  if (!english) return tl::unexpected(english.error());
  journal::Import import;
  import.evidence = brought.evidence;
  import.custody = brought.custody;
  if (!options.policy.empty()) {
    const auto policy = read_file(options.policy);
    if (!policy) return tl::unexpected(policy.error());
    import.policy_path = options.policy;
    import.policy_sha256 = sha256_hex(*policy);
  }
  import.own_domains = options.own_domains;
  import.own_domains.insert(import.own_domains.end(), judgement.own_domains.begin(), judgement.own_domains.end());
  import.versions = all_versions();
  import.messages = judgement.size();
  import.context = brought.context;
  import.french = &*french;
  import.english = &*english;
  journal::describe_messages(import, pipeline::outlines_of(judgement));
  if (const auto whole = judgement.checked(); !whole) return whole;
  const auto imported = journal::import_rows(brought.folder, import, stamped_now(brought));
  if (!imported) return tl::unexpected(imported.error());
  say(*imported, options);
  return {};
}

}  // namespace threadline::apps
