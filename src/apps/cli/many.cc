// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/many.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <string_view>

#include "apps/cli/command.h"
#include "apps/cli/memory_option.h"
#include "apps/cli/surroundings.h"
#include "pipeline/shards.h"

namespace threadline::apps {
namespace {

constexpr std::string_view kExamples = R"(Examples:
  threadline extract --shard 3/8 --memory postgresql://mail@db/case /evidence/export
      the facts of the third of eight parts of an export, into the database; the other parts on other machines, with the same words
  threadline judge --memory postgresql://mail@db/case --format jsonl -o timeline.jsonl
      the rows, when all parts are there: those of threadline scan /evidence/export
  threadline judge --shard 3/8 --memory postgresql://mail@db/case -o timeline.jsonl.3-of-8
      of these rows the third of eight parts; tools/cluster/join timeline.jsonl 8 makes one file of all
  tools/cluster/slurm and tools/cluster/parallel run all of it (docs/many-machines.md)

Done again, an extract goes on where it was cut off: what is kept is not read again. A judge needs the store alone (and
logs, where extract found them), changes no facts, and writes the same rows again. The facts hold the mails' texts: judge
--drop-facts, or threadline memory purge --facts STORE, removes them.

Exit status: 0 done; 2 wrong usage, or facts of other evidence or options are there; 3 done, some evidence could not be read; 4 the
store cannot be used; 75 the store was lost on the way: run it again; 130 interrupted, run it again.)";

struct ExtractOptions {
  EvidenceOptions evidence;
  std::string memory, shard;
};

/// "3/8". Errors: anything else.
Result<memory::Shard> shard_typed(const std::string& text) {
  constexpr std::uint32_t kMostShards = 100'000;
  memory::Shard shard;
  if (text.empty()) return shard;
  const char* end = text.data() + text.size();
  const auto number = std::from_chars(text.data(), end, shard.number);
  const bool has_slash = number.ec == std::errc() && number.ptr != end && *number.ptr == '/';
  const auto of = has_slash ? std::from_chars(number.ptr + 1, end, shard.of) : number;
  if (has_slash && of.ec == std::errc() && of.ptr == end && shard.number >= 1 && shard.number <= shard.of &&
      shard.of <= kMostShards)
    return shard;
  return tl::unexpected(Error{"no shard: " + text, {}, "--shard 3/8: the third of eight, from 1 on"});
}

std::string shown(const memory::Shard& shard) { return fmt::format("{}/{}", shard.number, shard.of); }

int extract(const ExtractOptions& options) {
  const auto shard = shard_typed(options.shard);
  if (!shard) return fail(shard.error(), kUsage);
  for (const std::string& path : options.evidence.paths) {
    if (path == "-")
      return fail({"extract reads files: every shard reads the same evidence", {}, "name files or folders"}, kUsage);
  }
  auto settings = run_settings(options.evidence);
  if (!settings) return fail(settings.error(), kUsage);
  const auto store = memory::open_fact_store(options.memory, true, access_for("extract " + shown(*shard)));
  if (!store) return fail(store.error(), kNotWritten);
  note_interrupts();
  const auto extracted = pipeline::extract(options.evidence.paths, *shard, *settings, **store);
  if (!extracted) return fail(extracted.error(), (*store)->commit() ? kUsage : kTemporary);
  if (!options.evidence.quiet) {
    complain(fmt::format("shard {}: facts of {} messages kept, {} were kept before, {} could not be read", shown(*shard),
                         extracted->items, extracted->before, extracted->lost));
  }
  if (extracted->interrupted) return kInterrupted;
  return extracted->lost > 0 ? kUnreadable : kDone;
}

}  // namespace

void add_kept_options(CLI::App& command, KeptOptions& options) {
  command.add_flag("--learn", options.learns,
                   "start from the memory in the store and keep in it what is learnt now, as scan --memory");
  command.add_flag("--drop-facts", options.drops, "drop the facts (whole mails) when the rows are written");
  command.add_flag("--incomplete", options.incomplete, "judge although shards have not come to their end");
  command
      .add_option("--shard", options.shard,
                  "write the rows of one of how many parts, from 1 on: every row is in exactly one (default: all rows)")
      ->type_name("I/N");
  command.footer(std::string(kExamples));
}

Result<void> take_shard(KeptOptions& options, bool has_case) {
  if (options.shard.empty()) return {};
  const auto shard = shard_typed(options.shard);
  if (!shard) return tl::unexpected(shard.error());
  options.cut = {shard->number, shard->of};
  if (has_case)
    return tl::unexpected(
        Error{"a case takes the rows of a whole run, not those of a shard", {}, "judge --case without --shard"});
  if (options.learns)
    return tl::unexpected(Error{"what is learnt is kept once, not by each shard", {}, "judge --learn without --shard"});
  if (options.drops)
    return tl::unexpected(
        Error{"the other shards need the facts, too", {}, "threadline memory purge --facts STORE, when all are done"});
  return {};
}

Result<std::unique_ptr<memory::FactStore>> open_kept(const std::string& url, const KeptOptions& options, int& status) {
  status = kNotWritten;
  auto store = memory::open_fact_store(url, false, access_for(options.shard.empty() ? "judge" : "judge " + options.shard));
  if (!store || options.incomplete) return store;
  if ((*store)->reading().empty() && (*store)->commit()) {
    status = kUsage;
    return tl::unexpected(Error{"the store holds no facts", {}, "threadline extract --memory STORE PATH... makes them"});
  }
  const auto missing = (*store)->unfinished();
  if (missing.empty()) return store;
  status = kTemporary;
  std::string all;
  for (const memory::Shard& shard : missing) all += (all.empty() ? "" : ", ") + shown(shard);
  return tl::unexpected(Error{"shards have not come to their end: " + all, {}, "run their extract again, or judge --incomplete"});
}

Result<std::unique_ptr<pipeline::Judgement>> judged_kept(memory::FactStore& store, const EvidenceOptions& evidence,
                                                         pipeline::RunSettings settings, Progress& progress, int& status) {
  settings.advanced = [&progress](const pipeline::Advance& advance) { progress.advanced(advance); };
  note_interrupts();
  auto shelved = pipeline::shelved_of(store, settings);
  status = store.commit() ? kUsage : kTemporary;
  if (!shelved) return tl::unexpected(shelved.error());
  if (evidence.verbose) complain(fmt::format("facts of {} messages read", shelved->shelf.entries().size()));
  return pipeline::judge_shelved(std::move(*shelved), settings);
}

void add_extract(CLI::App& app, Work& work) {
  CLI::App* command = app.add_subcommand("extract", "one half of scan, on many machines: the facts of a part of the evidence");
  const auto options = std::make_shared<ExtractOptions>();
  add_evidence_options(*command, options->evidence);
  for (const char* name : {"--output", "--direction", "--log-mapping", "--log-zone"})
    command->remove_option(command->get_option(name));
  command->add_option("--shard", options->shard, "which of how many parts, from 1 on (default 1/1)")->type_name("I/N");
  command->add_option("--memory", options->memory, "the database that the parts share: postgresql://user@host/database")
      ->type_name("STORE")
      ->required();
  command->footer(std::string(kExamples));
  command->callback([&work, options] { work = [options] { return extract(*options); }; });
}

}  // namespace threadline::apps
