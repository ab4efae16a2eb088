// SPDX-License-Identifier: Apache-2.0
#include "timeline/explain.h"

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string_view>

#include "apps/cli/command.h"
#include "apps/cli/kept_files.h"
#include "apps/cli/options.h"
#include "apps/cli/output.h"
#include "apps/cli/run.h"
#include "timeline/log_story.h"
#include "timeline/sentences.h"
#include "timeline/visible.h"

namespace threadline::apps {
namespace {

constexpr std::string_view kExamples = R"(Examples:
  threadline explain suspicious.eml
      one message in depth, to paste into a ticket
  threadline explain --format json suspicious.eml | jq .hops
      everything about it, for a script (several messages: an array)
  threadline explain --format jsonl --own-domain firm.example export/ > messages.jsonl
      one object a line, in the order of the evidence)";

struct ExplainOptions {
  EvidenceOptions evidence;
  std::string format = "text";
};

using Messages = std::vector<const timeline::Judged*>;

void write_json(std::ostream& out, const Messages& messages, const timeline::Family& family, timeline::Language language) {
  nlohmann::ordered_json array = nlohmann::ordered_json::array();
  for (const auto* one : messages) array.push_back(nlohmann::ordered_json::parse(timeline::explain_json(*one, family, language)));
  out << (messages.size() == 1 ? array.front() : array).dump(1) << '\n';
}

void write_messages(std::ostream& out, const pipeline::Run& run, const ExplainOptions& options) {
  const timeline::Language language = language_of(options.evidence);
  const timeline::Family family = timeline::family_of(run.judged);
  const Messages messages = timeline::outermost(run.judged);
  if (options.format == "json") return write_json(out, messages, family, language);
  for (const auto* one : messages) {
    if (options.format == "jsonl") {
      out << timeline::explain_json(*one, family, language) << '\n';
    } else {
      out << (one == messages.front() ? "" : "\n========\n") << timeline::explain_text(*one, family, language);
    }
  }
  if (options.format != "text") return;
  const std::string stories = timeline::session_stories(run.logged, language);
  if (!stories.empty()) out << (messages.empty() ? "" : "\n========\n") << stories;
}

/// explain writes no rows about the evidence: what could not be read, and why, is said here.
void say_unread(const std::vector<timeline::EvidenceRemark>& remarks, const EvidenceOptions& options) {
  constexpr std::size_t kMost = 20, kLetters = 400;
  if (options.quiet) return;
  std::size_t said = 0;
  for (const auto& remark : remarks) {
    if (remark.code != "evidence_unreadable" || ++said > kMost) continue;
    complain(timeline::visible(
        timeline::one_line(remark.source + ": " + timeline::sentence_of(remark, language_of(options)), kLetters)));
  }
}

int explain(const ExplainOptions& options) {
  const auto spared = KeptFiles().options(options.evidence).spared_by(options.evidence.output);
  if (!spared) return fail(spared.error(), kUsage);
  if (const auto writable = output_is_writable(options.evidence.output); !writable) return fail(writable.error(), kNotWritten);
  auto settings = run_settings(options.evidence);
  if (!settings) return fail(settings.error(), kUsage);
  settings->keep_headers = true;
  const auto run = analysed(options.evidence, std::move(*settings));
  if (!run) return fail(run.error(), kUsage);
  const Ending ending{run->unreadable, run->interrupted};
  if (is_output_left(ending, options.evidence)) return closing_status(ending, options.evidence);
  const auto written = write_output(options.evidence.output, [&](std::ostream& out) { write_messages(out, *run, options); });
  if (written) say_unread(run->remarks, options.evidence);
  return written ? closing_status(ending, options.evidence) : fail(written.error(), kNotWritten);
}

}  // namespace

void add_explain(CLI::App& app, Work& work) {
  CLI::App* command = app.add_subcommand("explain", "messages in depth: hops, identities, conversation, accounts");
  const auto options = std::make_shared<ExplainOptions>();
  command->add_option("--format", options->format, "text (default), json, jsonl")
      ->check(CLI::IsMember({"text", "json", "jsonl"}));
  add_evidence_options(*command, options->evidence);
  command->footer(std::string(kExamples));
  command->callback([&work, options] { work = [options] { return explain(*options); }; });
}

}  // namespace threadline::apps
