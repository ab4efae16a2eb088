// SPDX-License-Identifier: Apache-2.0
#include <malloc.h>

#include <exception>
#include <iostream>

#include "apps/cli/command.h"

namespace threadline::apps {
namespace {

constexpr const char* kExamples = R"(Examples:
  threadline scan export/                                  the timeline, on the terminal
  threadline scan --lang fr --tz Europe/Paris --format csv -o timeline.csv export/
  threadline explain suspicious.eml                        one message in depth
  threadline case init case-1                              the two-tab case: scan --case case-1 fills it
  threadline serve                                         the page on this machine: drop mails in, see what happened
  threadline policy check policy.json
  threadline COMMAND --help                                more about a command)";

/// CLI11 gives an exit status to each mistake; the contract has one.
int answer(const CLI::App& app, const CLI::ParseError& error) {
  const int status = app.exit(error, std::cout, std::cerr);
  return status == 0 ? kDone : kUsage;
}

int run(int argc, char** argv) {
  CLI::App app("Exported mails in, the investigator's timeline out.", "threadline");
  Work work;
  app.set_version_flag("--version", [] { return version_text(); });
  app.require_subcommand(1);
  app.footer(kExamples);
  add_scan(app, work);
  add_explain(app, work);
  add_policy(app, work);
  add_lookalike(app, work);
  add_case(app, work);
  add_serve(app, work);
  add_refused(app, work);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return answer(app, error);
  }
  return work ? work() : static_cast<int>(kUsage);
}

}  // namespace
}  // namespace threadline::apps

int main(int argc, char** argv) {
  // One message's memory serves the next: without these glibc gives it back to the kernel and faults it in again (8 % of a run).
  mallopt(M_MMAP_THRESHOLD, 64 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
  try {
    return threadline::apps::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "threadline: internal error: " << error.what() << '\n';
    return 70;  // EX_SOFTWARE
  }
}
