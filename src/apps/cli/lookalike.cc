// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string_view>

#include "apps/cli/command.h"
#include "apps/cli/options.h"
#include "apps/cli/surroundings.h"
#include "text/fold.h"
#include "text/resemblance.h"

namespace threadline::apps {
namespace {

constexpr std::string_view kExamples = R"(Examples:
  threadline lookalike --reference own-domains.txt newly-registered.txt
      candidate, reference, technique, severity and score, separated by tabs
  zcat certstream.gz | threadline lookalike --reference own-domains.txt --format jsonl -
      candidates on standard input; memory grows with the references only)";

struct LookalikeOptions {
  std::string references, candidates, format = "tsv";
};

/// A domain line without its line end and surrounding space; empty for none.
std::string domain_in(const std::string& line) { return std::string(text::trimmed(line)); }

std::string line_of(const text::Resemblance& found, const std::string& format) {
  if (format == "tsv")
    return fmt::format("{}\t{}\t{}\t{}\t{:.2f}", found.candidate, found.reference, name_of(found.technique),
                       name_of(found.severity), found.score);
  const nlohmann::ordered_json json{{"candidate", found.candidate},
                                    {"reference", found.reference},
                                    {"technique", name_of(found.technique)},
                                    {"severity", name_of(found.severity)},
                                    {"score", found.score},
                                    {"differs_at", found.differs_at},
                                    {"why", found.why}};
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

void compare(std::istream& candidates, const text::References& references, const std::string& format) {
  for (std::string line; std::cout && !is_interrupted() && std::getline(candidates, line);) {
    const std::string candidate = domain_in(line);
    if (candidate.empty()) continue;
    if (const auto found = references.best(candidate)) std::cout << line_of(*found, format) << '\n';
  }
  std::cout.flush();
}

Result<std::vector<std::string>> read_references(const std::string& path) {
  std::ifstream file;
  if (path != "-") file.open(path);
  if (path != "-" && !file) return tl::unexpected(Error{"cannot be read", path, {}});
  std::vector<std::string> references;
  std::istream& in = path == "-" ? std::cin : file;
  for (std::string line; std::getline(in, line);) {
    if (std::string domain = domain_in(line); !domain.empty()) references.push_back(std::move(domain));
  }
  return references;
}

int lookalike(const LookalikeOptions& options) {
  if (options.references == "-" && options.candidates == "-") {
    complain("standard input cannot be both references and candidates");
    return kUsage;
  }
  const auto domains = read_references(options.references);
  std::ifstream file;
  if (options.candidates != "-") file.open(options.candidates);
  if (!domains || (options.candidates != "-" && !file)) {
    complain(domains ? Error{"cannot be read", options.candidates, {}} : domains.error());
    return kUsage;
  }
  note_interrupts();
  compare(options.candidates == "-" ? std::cin : file, text::References(*domains), options.format);
  if (!std::cout) return kNotWritten;
  return is_interrupted() ? kInterrupted : kDone;
}

}  // namespace

void add_lookalike(CLI::App& app, Work& work) {
  CLI::App* command = app.add_subcommand("lookalike", "compare a list of domains with a list of references");
  const auto options = std::make_shared<LookalikeOptions>();
  command->add_option("--reference", options->references, "the references, one domain a line; - is standard input")
      ->required()
      ->type_name("FILE");
  command->add_option("--format", options->format, "tsv (default) or jsonl")->check(CLI::IsMember({"tsv", "jsonl"}));
  command->add_option("CANDIDATES", options->candidates, "the candidates, one domain a line; - is standard input")->required();
  command->footer(std::string(kExamples));
  command->callback([&work, options] { work = [options] { return lookalike(*options); }; });
}

}  // namespace threadline::apps
