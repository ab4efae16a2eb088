// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/case_folder.h"

#include <filesystem>
#include <iostream>

#include "apps/cli/surroundings.h"

namespace threadline::apps {

using timeline::journal::Case;
using timeline::journal::Head;

void add_case_options(CLI::App& command, CaseOptions& options, const std::string& words, bool writes) {
  command.add_option(words, options.words, "[DIR] " + words + "; DIR or --case: the folder of the case (default: this one)");
  command.add_option("--case", options.folder, "the folder of the case")->type_name("DIR");
  if (writes) {
    command.add_option("--by", options.by, "who does this (default: user@host)")->type_name("NAME");
    command.add_flag("--despite-broken-chain", options.despite_broken_chain,
                     "write although the journal is broken (case verify), and record that it is");
  } else
    command.add_option("--lang", options.language, "language of the words (default: the case's)")
        ->check(CLI::IsMember({"fr", "en"}));
  command.footer(std::string(kCaseExamples));
}

namespace {

/// A word that can only have been meant as the folder of a case. "05/04/2018 call" and "RIB/IBAN" are texts, a file has a slash
/// too: a slash tells only where more words follow.
bool is_meant_as_folder(const std::vector<std::string>& words, Takes takes) {
  if (words.empty()) return false;
  const std::string& word = words.front();
  std::error_code error;
  if (takes == Takes::nothing || std::filesystem::is_directory(word, error)) return true;
  return words.size() > 1 && word.find('/') != std::string::npos && word.find(' ') == std::string::npos;
}

}  // namespace

Result<std::string> take_folder(CaseOptions& options, Takes takes) {
  std::vector<std::string>& words = options.words;
  std::string folder = options.folder;
  std::error_code error;
  if (folder.empty() && !words.empty() && std::filesystem::exists(timeline::journal::journal_path(words.front()), error)) {
    folder = words.front();
    words.erase(words.begin());
  }
  if (!folder.empty() && takes == Takes::nothing && !words.empty())
    return tl::unexpected(Error{"one case at a time", words.front(), {}});
  if (!folder.empty()) return folder;
  if (is_meant_as_folder(words, takes))
    return tl::unexpected(Error{"there is no case here", words.front(), "threadline case init DIR makes one"});
  return ".";
}

timeline::journal::Stamp stamp_of(const CaseOptions& options) {
  return {utc_now(), options.by.empty() ? user_at_host() : options.by, options.despite_broken_chain};
}

timeline::Language language_of(const CaseOptions& options, const timeline::journal::Opening& opening) {
  if (options.language.empty()) return opening.language;
  return options.language == "fr" ? timeline::Language::fr : timeline::Language::en;
}

Result<Case> read_case(const std::string& folder, const CaseOptions& options) {
  auto read = Case::read(folder, temporary_folder());
  if (read && read->fault()) complain(timeline::journal::sentence_of(*read->fault(), language_of(options, read->opening())));
  return read;
}

int report_entry(const Result<Head>& added) {
  if (!added) return fail(added.error(), kNotWritten);
  std::cout << added->seq << ' ' << added->hash << '\n';
  const int status = flushed_status(kDone);
  if (status != kDone) complain("entry " + std::to_string(added->seq) + " is in the journal all the same: " + added->hash);
  return status;
}

}  // namespace threadline::apps
