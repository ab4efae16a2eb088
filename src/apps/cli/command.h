// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace threadline::apps {

/// Exit statuses of docs/cli.md.
enum Exit : int {
  kDone = 0,
  kFailOn = 1,
  kUsage = 2,
  kUnreadable = 3,
  kNotWritten = 4,
  kGatewayUsage = 64,  ///< EX_USAGE: of check and milter, whose callers are mail servers (sysexits.h)
  kTemporary = 75,     ///< EX_TEMPFAIL
  kInterrupted = 130
};

/// What the parsed command line asks for; empty where the parser has answered (help, version).
using Work = std::function<int()>;

/// Each adds one subcommand and, when it is chosen, sets `work`.
void add_scan(CLI::App& app, Work& work);
void add_explain(CLI::App& app, Work& work);
void add_policy(CLI::App& app, Work& work);
void add_lookalike(CLI::App& app, Work& work);
void add_case(CLI::App& app, Work& work);
void add_check(CLI::App& app, Work& work);
void add_milter(CLI::App& app, Work& work);
void add_held(CLI::App& app, Work& work);
void add_memory(CLI::App& app, Work& work);
void add_serve(CLI::App& app, Work& work);
void add_extract(CLI::App& app, Work& work);
void add_judge(CLI::App& app, Work& work);

/// One line on standard error: "threadline: ...".
void complain(const std::string& what);
void complain(const Error& error);
/// The same; answers that exit status.
[[nodiscard]] int fail(const Error& error, int status);

/// Ends what was written to standard output: `status`, or kNotWritten with a line on standard error where it could not be
/// written.
[[nodiscard]] int flushed_status(int status);

/// "threadline" and each library and table that a result depends on, with their versions.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> all_versions();
/// "threadline 0.1.0" and the versions of the libraries and tables.
[[nodiscard]] std::string version_text();

}  // namespace threadline::apps
