// SPDX-License-Identifier: Apache-2.0
#include <malloc.h>

#include <exception>
#include <iostream>
#include <string_view>

#include "apps/cli/command.h"
#include "apps/cli/surroundings.h"

namespace threadline::apps {
namespace {

constexpr const char* kExamples = R"(Examples:
  threadline scan export/                                  the timeline, on the terminal
  threadline scan --lang fr --tz Europe/Paris --format csv -o timeline.csv export/
  threadline explain suspicious.eml                        one message in depth
  threadline case init case-1                              the two-tab case: scan --case case-1 fills it
  threadline check --policy policy.json < message          a verdict, for mail servers
  threadline serve                                         the page on this machine: drop mails in, see what happened
  threadline policy check policy.json
  threadline memory show firm.memory                       what a store of earlier runs holds
  threadline extract --shard 1/8 --memory postgresql://mail@db/case export/    one part of scan, on many machines; then judge
  threadline COMMAND --help                                more about a command)";

/// The contract has one exit status for a mistake on the command line, and another one for what mail servers call.
Exit usage_status(std::string_view command) { return command == "check" || command == "milter" ? kGatewayUsage : kUsage; }

/// CLI11 gives an exit status to each mistake.
int answer(const CLI::App& app, const CLI::ParseError& error, std::string_view command) {
  const int status = app.exit(error, std::cout, std::cerr);
  return status == 0 ? flushed_status(kDone) : static_cast<int>(usage_status(command));
}

/// The word that was meant as a subcommand of `app` or of a command in it, where none is called so.
std::string unknown_command(const CLI::App& app, int argc, char** argv) {
  const CLI::App* at = &app;
  for (int word = 1; word < argc; ++word) {
    const std::string name(argv[word]);
    if (name.starts_with("-")) return {};
    const auto all = at->get_subcommands([&](const CLI::App* one) { return one->get_name() == name; });
    if (all.empty()) return at->get_require_subcommand_min() > 0 ? name : std::string();
    at = all.front();
  }
  return {};
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
  add_check(app, work);
  add_milter(app, work);
  add_held(app, work);
  add_memory(app, work);
  add_serve(app, work);
  add_extract(app, work);
  add_judge(app, work);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const std::string_view command = argc > 1 ? argv[1] : "";
    const std::string unknown = unknown_command(app, argc, argv);
    if (!unknown.empty() && error.get_exit_code() != 0)
      return fail({"there is no command '" + unknown + "'", {}, "--help lists them"}, usage_status(command));
    return answer(app, error, command);
  }
  return work ? work() : static_cast<int>(kUsage);
}

}  // namespace
}  // namespace threadline::apps

int main(int argc, char** argv) {
  threadline::apps::settle_process();
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
