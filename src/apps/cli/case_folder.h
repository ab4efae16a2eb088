// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "apps/cli/command.h"
#include "timeline/journal/case.h"

namespace threadline::apps {

/// What all verbs of `case` share, as written on the command line.
struct CaseOptions {
  std::vector<std::string> words;  ///< [DIR] and what the verb takes
  std::string folder, by, language;
  bool despite_broken_chain = false;
};

/// `words`: what stands in the usage line; `--case`, and where the verb writes an entry `--by`.
void add_case_options(CLI::App& command, CaseOptions& options, const std::string& words, bool writes);

/// What a verb takes behind [DIR].
enum class Takes { nothing, words };

/// The folder of the case: --case, else the first word where that is one, which is then taken out, else the current folder.
/// Errors: a word that the verb has no use for, or that names a folder without a case: no other case is written or shown instead.
[[nodiscard]] Result<std::string> take_folder(CaseOptions& options, Takes takes);
/// Now, and --by or user@host.
[[nodiscard]] timeline::journal::Stamp stamp_of(const CaseOptions& options);
/// --lang, else the case's.
[[nodiscard]] timeline::Language language_of(const CaseOptions& options, const timeline::journal::Opening& opening);

/// Replays the case; says on standard error where its chain is broken.
[[nodiscard]] Result<timeline::journal::Case> read_case(const std::string& folder, const CaseOptions& options);

/// Prints the new entry's number and head, or the error; answers the exit status.
[[nodiscard]] int report_entry(const Result<timeline::journal::Head>& added);

/// The verbs in files of their own.
void add_case_add(CLI::App& command, Work& work);
void add_case_exports(CLI::App& command, Work& work);

inline constexpr std::string_view kCaseExamples = R"(Examples:
  threadline case init --title "RIB" --own-domain firm.example --lang fr --tz Europe/Paris case-1
      a new case: the folder case-1 with its journal
  threadline scan --case case-1 --source-label "copie eml de la mailbox de FD" --collected-by "M. Securite" export/
      rows of the export, once, and an action that says what was imported
  threadline case add --case case-1 --by "M. Securite" --at "05/04/2018 14:36" "Appel de F. LeComptable"
      an action by hand; --kind event: on the first tab; --kind payment --amount ... : a transfer that was made
  threadline case show --case case-1
      both tabs with the number of each row; then: case note, strike, qualify ROW
  threadline case strike --case case-1 7 --why "homonyme"
      row 7 stays, struck, with who, when and why
  threadline case export --case case-1 -o case-1.xlsx
      the workbook; also csv, jsonl, markdown, html, timesketch, iris
  threadline case verify --case case-1 --head HASH
      is the journal what it was when HASH was written down?)";

}  // namespace threadline::apps
