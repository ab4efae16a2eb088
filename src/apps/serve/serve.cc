// SPDX-License-Identifier: Apache-2.0
#include <spawn.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <string_view>
#include <thread>

#include "apps/cli/command.h"
#include "apps/cli/options.h"
#include "apps/cli/surroundings.h"
#include "apps/serve/own_folder.h"
#include "apps/serve/reader.h"
#include "apps/serve/server.h"
#include "apps/serve/session.h"
#include "base/sha256.h"
#include "timeline/journal/record.h"

namespace threadline::apps {
namespace {

namespace fs = std::filesystem;
namespace journal = timeline::journal;

constexpr std::string_view kExamples = R"(Examples:
  threadline serve
      prints an address on this machine; drop mails, folders, zip exports and logs on the page. The work is lost at the
      end unless it is kept (the page offers it)
  threadline serve --case case-1 --own-domain firm.example
      the page on a case: what is dropped is kept in it (made where there is none)
  threadline serve suspicious.eml export.zip audit.csv
      opens with these
  threadline scan --case case-1 export.pst && threadline serve --case case-1
      an export that is too large to be dropped (50 MiB a file)

The page is for this machine and this user alone: it listens on 127.0.0.1, and the address holds a secret.
Nothing leaves the machine. Ctrl-C ends it.)";

struct ServeOptions {
  EvidenceOptions evidence;
  std::string case_folder, zone, by;
  std::uint16_t port = 0;
  bool no_browser = false;
};

/// Opens the case, or makes one where there is none.
Result<journal::Opening> opened_case(const std::string& folder, const ServeOptions& options) {
  std::error_code error;
  if (fs::exists(journal::journal_path(folder), error)) return journal::opening_of(folder);
  journal::Opening opening;
  opening.own_domains = options.evidence.own_domains;
  opening.language = language_of(options.evidence);
  opening.zone = options.zone;
  const journal::Stamp stamp{utc_now(), options.by.empty() ? user_at_host() : options.by};
  return journal::open_case(folder, opening, all_versions(), stamp).map([&](const journal::Head&) { return opening; });
}

/// The secret stands in a file of this user's, not in the list of processes: a page that leads to the address.
void open_browser(const std::string& address, const std::string& folder) {
  const bool has_display = std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr;
  if (!has_display) return;
  const std::string page = folder + "/open.html";
  std::ofstream(page) << "<!DOCTYPE html><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\">"
                      << "<meta http-equiv=\"refresh\" content=\"0;url=" << address << "\"><title>threadline</title>";
  const std::string program = "xdg-open";
  char* const arguments[] = {const_cast<char*>(program.c_str()), const_cast<char*>(page.c_str()), nullptr};
  pid_t child = 0;
  posix_spawnp(&child, program.c_str(), nullptr, nullptr, arguments, environ);
}

Result<serve::SessionSettings> session_settings(const ServeOptions& options, const journal::Opening& opening,
                                                pipeline::RunSettings run) {
  serve::SessionSettings settings;
  settings.zone = !options.zone.empty() ? options.zone : !opening.zone.empty() ? opening.zone : run.policy.time_zone;
  if (!settings.zone.empty()) {
    if (const auto zone = text::Zone::named(settings.zone); !zone) return tl::unexpected(zone.error());
  }
  auto& own = run.policy.own.domains;
  if (options.evidence.own_domains.empty()) own.insert(own.end(), opening.own_domains.begin(), opening.own_domains.end());
  settings.run = std::move(run);
  settings.by = options.by.empty() ? user_at_host() : options.by;
  settings.versions = all_versions();
  settings.now = utc_now;
  settings.language = options.evidence.language;
  if (!options.evidence.policy.empty()) {
    const auto policy = read_file(options.evidence.policy);
    if (!policy) return tl::unexpected(policy.error());
    settings.policy_path = options.evidence.policy;
    settings.policy_sha256 = sha256_hex(*policy);
  }
  return settings;
}

/// Answers requests until Ctrl-C or SIGTERM.
int answer(serve::Session& session, const ServeOptions& options, const std::string& folder) {
  serve::Server server(session);
  if (const auto bound = server.bind(options.port); !bound) return fail(bound.error(), kNotWritten);
  std::cout << server.address() << std::endl;
  if (!options.evidence.quiet) complain(std::string(timeline::words("serve.running", language_of(options.evidence))));
  if (!options.no_browser) open_browser(server.address(), folder);
  const std::jthread watch([&](const std::stop_token& ended) {
    while (!ended.stop_requested() && !is_interrupted()) std::this_thread::sleep_for(std::chrono::milliseconds(100));
    session.stop();
    while (!ended.stop_requested() && !server.stop()) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  });
  const std::jthread adding([&] {  // digesting a large export takes a while: the page answers meanwhile
    for (const std::string& path : options.evidence.paths) session.add_path(path);
  });
  server.run();
  return kDone;
}

int run_page(const ServeOptions& options) {
  for (const std::string& path : options.evidence.paths) {
    std::error_code error;
    if (!fs::exists(path, error)) return fail({"no such file", path, {}}, kUsage);
  }
  auto run = run_settings(options.evidence);
  if (!run) return fail(run.error(), kUsage);
  run->keep_headers = true;
  serve::remove_stale_folders(temporary_folder());
  const serve::OwnFolder own(temporary_folder());
  if (own.path().empty()) return fail({"no temporary folder could be made", temporary_folder(), {}}, kNotWritten);
  const std::string folder = options.case_folder.empty() ? own.path() + "/case" : options.case_folder;
  const auto opening = opened_case(folder, options);
  if (!opening) return fail(opening.error(), kUsage);
  auto settings = session_settings(options, *opening, std::move(*run));
  if (!settings) return fail(settings.error(), kUsage);
  settings->folder = folder;
  settings->is_temporary = options.case_folder.empty();
  settings->temporary_folder = own.path();
  note_interrupts();
  const auto reader = serve::Reader::start(settings->run);  // before the first thread
  if (!reader) return fail(reader.error(), kNotWritten);
  const auto session = serve::Session::open(std::move(*settings), **reader);
  if (!session) return fail(session.error(), kUsage);
  return answer(**session, options, own.path());
}

}  // namespace

void add_serve(CLI::App& app, Work& work) {
  CLI::App* command = app.add_subcommand("serve", "the analyst's page on this machine: drop mails in, see what happened");
  const auto options = std::make_shared<ServeOptions>();
  EvidenceOptions& evidence = options->evidence;
  command->add_option("FILE", evidence.paths, "mails, exports, logs or folders to open with");
  command->add_option("--port", options->port, "of 127.0.0.1 (default 0: a free one)");
  command->add_flag("--no-browser", options->no_browser, "print the address, open nothing");
  command->add_option("--case", options->case_folder, "work on this case; it is made where there is none")->type_name("DIR");
  command->add_option("--own-domain", evidence.own_domains, "a domain of the organisation under investigation; repeatable")
      ->type_name("D")
      ->check(is_domain())
      ->allow_extra_args(false);
  command->add_option("--policy", evidence.policy, "own side, counterparties and their accounts, trusted relays (JSON)")
      ->type_name("FILE");
  command->add_option("--lang", evidence.language, "language of the page (default: the browser's)")
      ->check(CLI::IsMember({"fr", "en"}));
  command->add_option("--tz", options->zone, "IANA zone in which times are shown (default: the case's or policy's)")
      ->type_name("ZONE");
  command->add_option("--by", options->by, "who works on the case (default: user@host)")->type_name("NAME");
  command->add_option("--jobs", evidence.jobs, "worker processes that read evidence (default: the cores)")
      ->check(CLI::Range(1U, 1'024U));
  command->add_option("--password-file", evidence.password_file, "passwords of encrypted archives, one a line; each is tried")
      ->type_name("FILE");
  command->add_option("--dkim-keys", evidence.dkim_keys, "collected DKIM keys, one a line")->type_name("FILE");
  add_log_options(*command, evidence);
  command->add_flag("--ocr", evidence.wants_ocr, "read pictures and scanned pages, too (needs tesseract; seconds a page)");
  command->add_flag("--quiet", evidence.quiet, "the address alone");
  command->footer(std::string(kExamples));
  command->callback([&work, options] { work = [options] { return run_page(*options); }; });
}

}  // namespace threadline::apps
