// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/options.h"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "apps/cli/command.h"
#include "apps/cli/output.h"
#include "apps/cli/surroundings.h"
#include "pipeline/policy_effect.h"
#include "policy/names.h"
#include "policy/policy.h"
#include "policy/sides.h"

namespace threadline::apps {
namespace {

constexpr unsigned kMostJobs = 1'024;

/// Reading a page as a picture takes seconds: who asks for it waits longer for a message.
void allow_time_for_pictures(Limits& limits) {
  limits.program_ms = 20'000;
  limits.programs_ms = 110'000;
  limits.budget_ms = 120'000;
}

std::optional<findings::Direction> direction_named(const std::string& name) {
  if (name == "inbound") return findings::Direction::inbound;
  if (name == "outbound") return findings::Direction::outbound;
  return std::nullopt;
}

}  // namespace

void add_policy_options(CLI::App& command, EvidenceOptions& options) {
  command.add_option("--own-domain", options.own_domains, "a domain of the organisation under investigation; repeatable")
      ->type_name("D")
      ->check(is_domain())
      ->allow_extra_args(false);  // one value each: the next word is a PATH
  command.add_option("--policy", options.policy, "own side, counterparties and their accounts, trusted relays (JSON)")
      ->type_name("FILE");
  command.add_option("--direction", options.direction, "inbound, outbound or auto (by the sender's side)")
      ->check(CLI::IsMember({"inbound", "outbound", "auto"}));
  command.add_option("--lang", options.language, "language of the words (default: the locale's)")
      ->check(CLI::IsMember({"fr", "en"}));
  command
      .add_option("--dkim-keys", options.dkim_keys,
                  "collected DKIM keys, one a line (selector._domainkey.domain TXT-record, or a zone file): signatures are "
                  "verified without DNS")
      ->type_name("FILE");
  command
      .add_option(
          "--mmdb", options.mmdb,
          "a MaxMind DB file of countries, cities or autonomous systems; repeatable: where addresses of mails and logs are")
      ->type_name("FILE")
      ->allow_extra_args(false);
}

void add_log_options(CLI::App& command, EvidenceOptions& options) {
  command
      .add_option("--log-mapping", options.log_mappings,
                  "how a log is read that threadline does not know: a JSON file (docs/logs.md); repeatable. Logs of Squid, "
                  "proxies in the combined format and TeamViewer need none")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      .add_option("--log-zone", options.log_zone,
                  "IANA zone of mail logs whose times have none (default: the policy's, else UTC; always marked as assumed)")
      ->type_name("ZONE");
}

void add_evidence_options(CLI::App& command, EvidenceOptions& options) {
  command
      .add_option("PATH", options.paths,
                  "mails (.eml, .msg), mailboxes (mbox, Maildir, PST, .olm), archives (zip, 7z, tar) or folders of them; - is "
                  "one message on standard input")
      ->required();
  add_output_option(command, options.output);
  add_policy_options(command, options);
  command.add_option("--jobs", options.jobs, "worker processes that read evidence (default: the cores; 0: in this process)")
      ->check(CLI::Range(0U, kMostJobs));
  command.add_option("--password-file", options.password_file, "passwords of encrypted archives, one a line; each is tried")
      ->type_name("FILE");
  add_log_options(command, options);
  command.add_flag("--ocr", options.wants_ocr, "read pictures and scanned pages, too (needs tesseract; seconds a page)");
  command.add_flag("--quiet", options.quiet, "no progress on standard error");
  command.add_flag("--verbose", options.verbose, "say on standard error what is done");
}

namespace {

/// The lines of a password file; an empty line is none.
std::vector<std::string> passwords_in(const std::string& content) {
  std::vector<std::string> passwords;
  std::istringstream lines(content);
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with('\r')) line.pop_back();
    if (!line.empty()) passwords.push_back(std::move(line));
  }
  return passwords;
}

}  // namespace

namespace {

/// Where the shipped mappings are: installed, else in the sources that this program was built from; empty for neither.
std::filesystem::path shipped_mappings() {
  for (const std::filesystem::path folder : {THREADLINE_MAPPINGS, THREADLINE_SOURCE_MAPPINGS}) {
    std::error_code problem;
    if (std::filesystem::is_directory(folder, problem)) return folder;
  }
  return {};
}

Result<void> add_log_mapping(const std::string& path, pipeline::RunSettings& settings) {
  return read_file(path).and_then([&](const std::string& json) { return pipeline::add_log_mapping(json, path, settings); });
}

/// The shipped ones come last, each tells its log by content; in the order of their names.
Result<void> add_shipped_mappings(pipeline::RunSettings& settings) {
  std::vector<std::string> paths;
  std::error_code problem;
  for (std::filesystem::directory_iterator entry(shipped_mappings(), problem), end; !problem && entry != end;
       entry.increment(problem)) {
    if (entry->path().extension() == ".json") paths.push_back(entry->path().string());
  }
  std::ranges::sort(paths);
  for (const std::string& path : paths) {
    if (const auto added = add_log_mapping(path, settings); !added) return added;
  }
  return {};
}

Result<void> take_log_options(const EvidenceOptions& options, pipeline::RunSettings& settings) {
  for (const std::string& name : options.log_mappings) {
    if (const auto added = add_log_mapping(name, settings); !added) return added;
  }
  if (const auto added = add_shipped_mappings(settings); !added) return added;
  const std::string& zone = options.log_zone.empty() ? settings.policy.time_zone : options.log_zone;
  if (zone.empty()) return {};
  const auto named = text::Zone::named(zone);
  if (!named) return tl::unexpected(named.error());
  settings.log_zone = std::make_shared<const text::Zone>(*named);
  return {};
}

}  // namespace

Result<policy::Policy> read_policy_file(const std::string& path, std::size_t* doubts) {
  auto read = read_file(path).and_then([&](const std::string& json) { return policy::read_policy(json, path); });
  if (!read) return read;
  const auto found = pipeline::doubts_about(*read, path);
  if (!found) return tl::unexpected(found.error());
  for (const Error& doubt : *found) complain("warning: " + to_line(doubt));
  if (doubts != nullptr) *doubts = found->size();
  return read;
}

namespace {

/// Says which of the domains that were typed as own ones make no side.
void doubt_own_domains(const std::vector<std::string>& domains, const policy::Policy& policy) {
  policy::Policy typed;
  typed.own.domains = domains;
  typed.shared_add = policy.shared_add;
  typed.shared_remove = policy.shared_remove;
  const auto found = pipeline::doubts_about(typed, "--own-domain");
  for (const Error& doubt : found.value_or(std::vector<Error>())) {
    const std::string what = doubt.what.substr(doubt.what.find(": ") + 2);  // without the place in a policy
    complain("warning: " + to_line({what, doubt.file, doubt.hint}));
  }
}

}  // namespace

CLI::Validator is_domain() {
  return {
      [](const std::string& given) { return policy::can_be_domain(given) ? std::string{} : "not a domain: \"" + given + '"'; },
      "", "domain"};
}

Result<pipeline::RunSettings> run_settings(const EvidenceOptions& options) {
  pipeline::RunSettings settings;
  if (!options.policy.empty()) {
    auto read = read_policy_file(options.policy);
    if (!read) return tl::unexpected(read.error());
    settings.policy = std::move(*read);
  }
  if (!options.password_file.empty()) {
    const auto read = read_file(options.password_file);
    if (!read) return tl::unexpected(read.error());
    settings.passwords = passwords_in(*read);
  }
  if (!options.dkim_keys.empty()) {
    const auto added = read_file(options.dkim_keys).and_then([&](const std::string& content) {
      return pipeline::add_dkim_keys(content, options.dkim_keys, settings);
    });
    if (!added) return tl::unexpected(added.error());
  }
  for (const std::string& path : options.mmdb) {
    if (const auto is_file = checked_file(path); !is_file) return tl::unexpected(is_file.error());
  }
  if (!options.mmdb.empty()) {
    auto geography = facts::Geography::open(options.mmdb);
    if (!geography) return tl::unexpected(geography.error());
    settings.geography = std::move(*geography);
  }
  if (const auto taken = take_log_options(options, settings); !taken) return tl::unexpected(taken.error());
  settings.spool_folder = temporary_folder();
  doubt_own_domains(options.own_domains, settings.policy);
  auto& own = settings.policy.own.domains;
  own.insert(own.end(), options.own_domains.begin(), options.own_domains.end());
  settings.direction = direction_named(options.direction);
  settings.jobs = options.jobs.value_or(processors());
  settings.interrupted = is_interrupted;
  settings.ocr = options.wants_ocr;
  if (settings.ocr) allow_time_for_pictures(settings.limits);
  return settings;
}

bool names_own_side(const policy::Policy& policy) {
  const policy::Sides sides(policy);
  return !policy.own.addresses.empty() || std::ranges::any_of(policy.own.domains, [&](const std::string& domain) {
    return sides.side_of_domain(domain) == policy::kOwnSide;
  });
}

timeline::Language language_of(const EvidenceOptions& options) {
  if (options.language.empty()) return language_of_locale();
  return options.language == "fr" ? timeline::Language::fr : timeline::Language::en;
}

}  // namespace threadline::apps
