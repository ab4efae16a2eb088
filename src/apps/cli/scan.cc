// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <string_view>
#include <thread>
#include <utility>

#include "apps/cli/command.h"
#include "apps/cli/custody.h"
#include "apps/cli/kept_files.h"
#include "apps/cli/many.h"
#include "apps/cli/memory_option.h"
#include "apps/cli/options.h"
#include "apps/cli/output.h"
#include "apps/cli/rendering.h"
#include "apps/cli/run.h"
#include "apps/cli/scan_case.h"
#include "apps/cli/surroundings.h"
#include "base/scratch_file.h"
#include "pipeline/outlines.h"
#include "timeline/rows.h"
#include "timeline/write.h"

namespace threadline::apps {
namespace {

constexpr std::string_view kExamples = R"(Examples:
  threadline scan mailbox.mbox
      the timeline of an export, on the terminal
  threadline scan --lang fr --tz Europe/Paris --own-domain firm.example -o timeline.csv --format csv export/
      a spreadsheet in French, times in Paris
  threadline scan --format jsonl --min-severity high --events none export/ | jq .comment
      only what asks for action, for a script
  threadline scan --case case-1 --format xlsx -o export.xlsx export/
      rows into a case, each once, and this run as a workbook
  threadline scan --memory firm.memory monday/ && threadline scan --memory firm.memory tuesday/
      Tuesday's mails judged by what Monday's showed; the same evidence twice changes nothing
  threadline scan --own-domain firm.example mails/ audit.csv mail.log.gz proxy.log
      logs beside the mails: who signed in, which rule hid what, which mails were read
  threadline scan --policy policy.json --fail-on critical - < message.eml
      one message on standard input; exit status 1 when the payment must stop

Exit status: 0 done; 1 --fail-on reached; 2 wrong usage or policy, nothing analysed; 3 some evidence could not be read;
4 the output or the memory could not be written; 130 interrupted.)";

const std::vector<std::string> kSeverities{"info", "low", "medium", "high", "critical"};

struct ScanOptions {
  EvidenceOptions evidence;
  std::string format, zone, min_severity, fail_on, events, memory;
  std::string source_label, collected_by, collected_at, method;
  std::string case_folder, by, separator = "comma";
  bool no_mark = false, despite_broken_chain = false;
  KeptOptions kept;

  [[nodiscard]] timeline::CsvForm csv() const { return {separator == "semicolon" ? ';' : ',', !no_mark}; }
};

void add_custody_options(CLI::App& command, ScanOptions& options) {
  command.add_option("--source-label", options.source_label, "shown in the Source column instead of the path")->type_name("TEXT");
  command.add_option("--collected-by", options.collected_by, "who collected the evidence; shown with the label")
      ->type_name("TEXT");
  command.add_option("--collected-at", options.collected_at, "when it was collected; shown with the label")->type_name("TEXT");
  command.add_option("--method", options.method, "how it was collected; shown with the label")->type_name("TEXT");
}

void add_options(CLI::App& command, ScanOptions& options) {
  command
      .add_option("--format", options.format,
                  "table (default on a terminal), csv, jsonl (default elsewhere), xlsx, html, timesketch, markdown, iris")
      ->check(CLI::IsMember({"table", "csv", "jsonl", "xlsx", "html", "timesketch", "markdown", "iris"}));
  add_evidence_options(command, options.evidence);
  command
      .add_option("--tz", options.zone,
                  "IANA zone in which times are shown (default: the policy's, else each message's own offset)")
      ->type_name("ZONE");
  command.add_option("--min-severity", options.min_severity, "leave out rows of findings below")
      ->check(CLI::IsMember(kSeverities));
  command.add_option("--fail-on", options.fail_on, "exit 1 when a finding reaches that severity")
      ->check(CLI::IsMember(kSeverities));
  command
      .add_option("--events", options.events,
                  "rows of plain events: all, none, or hops (a row for each relay too). Of logs, those that matter; with "
                  "--events all, given "
                  "so, every record")
      ->check(CLI::IsMember({"all", "none", "hops"}));
  command.add_option("--separator", options.separator, "of csv: comma (default) or semicolon (for French Excel)")
      ->check(CLI::IsMember({"comma", "semicolon"}));
  command.add_flag("--no-bom", options.no_mark, "csv without a byte order mark");
  command
      .add_option("--memory", options.memory,
                  "start from what was learnt in this store (a file, or postgresql://user@host/database), and keep in it what is "
                  "learnt now (threadline memory --help). With --case and without this, the case has a store of its own")
      ->type_name("STORE");
  command.add_option("--case", options.case_folder, "append the rows to this case, each once (threadline case init)")
      ->type_name("DIR");
  command.add_option("--by", options.by, "with --case: who imports (default: user@host)")->type_name("NAME");
  command.add_flag("--despite-broken-chain", options.despite_broken_chain,
                   "with --case: write although the journal is broken (case verify), and record that it is");
  add_custody_options(command, options);
}

/// The label with the custody that was given: "label (by X; at Y; method Z)".
std::string label_of(const ScanOptions& options) {
  std::string custody;
  for (const std::string* one : {&options.collected_by, &options.collected_at, &options.method}) {
    if (!one->empty()) custody += (custody.empty() ? "" : "; ") + *one;
  }
  if (custody.empty()) return options.source_label;
  return options.source_label.empty() ? custody : options.source_label + " (" + custody + ")";
}

timeline::Events events_named(const std::string& name) {
  if (name == "none") return timeline::Events::none;
  return name == "hops" ? timeline::Events::hops : timeline::Events::all;
}

Result<std::optional<text::Zone>> zone_of(const ScanOptions& options, const policy::Policy& policy) {
  const std::string& name = options.zone.empty() ? policy.time_zone : options.zone;
  if (name.empty()) return std::optional<text::Zone>{};
  return text::Zone::named(name).map([](const text::Zone& zone) { return std::optional<text::Zone>(zone); });
}

std::string format_of(const ScanOptions& options) {
  if (!options.format.empty()) return options.format;
  const bool is_to_terminal = options.evidence.output.empty() && is_terminal(STDOUT_FILENO);
  return is_to_terminal ? "table" : "jsonl";
}

void write_rows(std::ostream& out, const std::vector<Row>& rows, const ScanOptions& options) {
  const timeline::Language language = language_of(options.evidence);
  const std::string format = format_of(options);
  const bool is_to_file = !options.evidence.output.empty();
  if (format == "csv") return timeline::write_csv(out, rows, language, options.csv());
  if (format == "table")
    return timeline::write_table(out, rows, language, is_to_file ? 0 : columns_of_output(), !is_to_file && takes_colour());
  timeline::write_jsonl(out, rows);
}

bool is_reached(const pipeline::Judgement& judgement, const std::string& fail_on, const timeline::RowCut& cut) {
  const auto least = severity_named(fail_on);
  if (!least) return false;
  const auto is_grave = [&](const auto& one) {
    return std::ranges::any_of(one.findings, [&](const auto& finding) { return finding.severity >= *least; });
  };
  bool is_any =
      std::ranges::any_of(judgement.logged, [&](const auto& one) { return cut.holds(one.sha256, one.source) && is_grave(one); });
  for (std::size_t rank = 0; rank < judgement.size() && !is_any; ++rank)
    judgement.show(
        rank, [&](const timeline::Judged& one) { is_any = cut.holds(one.facts->sha256, one.facts->source) && is_grave(one); });
  return is_any;
}

bool is_rendered(const std::string& format) { return format != "table" && format != "csv" && format != "jsonl"; }

/// xlsx, html, timesketch, markdown: the renderings that cases have, of this run alone.
Result<void> render_run(const pipeline::Judgement& judgement, const std::vector<Row>& rows, const CaseImport& brought,
                        const ScanOptions& options) {
  timeline::journal::Import described;
  timeline::journal::describe_messages(described, pipeline::outlines_of(judgement));
  timeline::Exhibit exhibit = timeline::exhibit_of(rows, described.details, language_of(options.evidence));
  exhibit.evidence = brought.evidence;
  Rendering rendering;
  rendering.format = format_of(options);
  rendering.output = options.evidence.output;
  return render(exhibit, rendering);
}

/// Whether all rows of a run must be in memory to be written.
bool needs_all(const CaseImport& brought, const ScanOptions& options) {
  const std::string format = format_of(options);
  return !brought.folder.empty() || (format != "jsonl" && format != "csv" && format != "timesketch");
}

Result<void> write_all(const pipeline::Judgement& judgement, const CaseImport& brought, const ScanOptions& options,
                       const timeline::RowSettings& settings) {
  if (!brought.folder.empty()) {
    auto imported = import_run(judgement, brought, options.evidence, settings);
    if (!imported) return imported;
  }
  if (is_output_left({judgement.unreadable, judgement.interrupted}, options.evidence)) return {};
  const auto rows = timeline::all_rows(judgement, judgement.remarks, judgement.logged, settings, judgement.threads);
  if (!rows) return tl::unexpected(rows.error());
  if (const auto whole = judgement.checked(); !whole) return whole;
  if (is_rendered(format_of(options))) return render_run(judgement, *rows, brought, options);
  return write_output(options.evidence.output, [&](std::ostream& out) { write_rows(out, *rows, options); });
}

constexpr std::uint64_t kRowBytes = 12U << 20U;  ///< of rows in memory while they are put in order

/// What writes a row of a format that needs no more of the run. What goes before the rows is written at once.
std::function<void(Row&&)> row_writer(std::ostream& out, const ScanOptions& options, timeline::LeftOut& left) {
  const timeline::Language language = language_of(options.evidence);
  const std::string format = format_of(options);
  if (format == "csv") {
    timeline::write_csv_titles(out, language, options.csv());
    return [&, language](Row&& row) { timeline::write_csv_row(out, row, language, options.csv()); };
  }
  if (format == "jsonl") return [&](Row&& row) { timeline::write_jsonl_row(out, row); };
  const auto lines = std::make_shared<timeline::TimesketchLines>(out, language, is_json_lines(options.evidence.output));
  return [&left, lines](Row&& row) {
    timeline::ShownRow shown;
    shown.row = std::move(row);
    lines->add(shown);
    left = lines->left_out();
  };
}

/// Row by row: no more of the run is in memory than its order. Answers whether all rows were written.
Result<bool> stream(std::ostream& out, const pipeline::Judgement& judgement, const ScanOptions& options,
                    const timeline::RowSettings& settings, Progress& progress) {
  timeline::LeftOut left;
  const auto write = row_writer(out, options, left);
  const bool may_stop = !judgement.interrupted;
  timeline::RowTaking taking;
  taking.sort = {.memory_bytes = kRowBytes, .folder = temporary_folder()};
  taking.threads = judgement.threads;
  taking.on_message = [&](std::size_t done) {
    progress.advanced({"written", done, judgement.size(), judgement.findings});
    return !may_stop || !is_interrupted();
  };
  taking.take = [&](Row&& row) {
    write(std::move(row));
    return out.good() && (!may_stop || !is_interrupted());
  };
  auto written = timeline::each_row(judgement, judgement.remarks, judgement.logged, settings, taking);
  if (const auto whole = judgement.checked(); written && !whole) return tl::unexpected(whole.error());
  if (written && *written) say_left_out(left, settings.language);
  return written;
}

/// Answers whether all rows were written, or none because the run was interrupted while it read.
Result<bool> stream_all(const pipeline::Judgement& judgement, const ScanOptions& options, const timeline::RowSettings& settings,
                        Progress& progress) {
  if (is_output_left({judgement.unreadable, judgement.interrupted}, options.evidence)) return true;
  bool is_whole = true;
  const auto written = write_checked_output(options.evidence.output, [&](std::ostream& out) -> Result<void> {
    const auto streamed = stream(out, judgement, options, settings, progress);
    if (!streamed) return tl::unexpected(streamed.error());
    is_whole = *streamed || !out.good();
    if (!is_whole) return tl::unexpected(Error{"interrupted", {}, {}});
    return {};
  });
  if (!written && is_whole) return tl::unexpected(written.error());
  return is_whole;
}

int write_run(pipeline::Judgement& judgement, const CaseImport& brought, const ScanOptions& options,
              const std::optional<text::Zone>& zone, Progress& progress) {
  const timeline::RowSettings settings{language_of(options.evidence),
                                       zone,
                                       severity_named(options.min_severity),
                                       events_named(options.events),
                                       label_of(options),
                                       options.kept.cut};
  Ending ending{judgement.unreadable, judgement.interrupted, judgement.is_whole};
  if (ending.is_whole && needs_all(brought, options)) {
    if (const auto written = write_all(judgement, brought, options, settings); !written)
      return fail(written.error(), kNotWritten);
  } else if (ending.is_whole) {
    const auto written = stream_all(judgement, options, settings, progress);
    progress.clear();
    if (!written) return fail(written.error(), kNotWritten);
    ending.is_whole = *written;
    ending.interrupted = ending.interrupted || !*written;
  }
  if (!ending.interrupted) judgement.finish();
  const int status = closing_status(ending, options.evidence);
  return status == kDone && is_reached(judgement, options.fail_on, options.kept.cut) ? kFailOn : status;
}

/// What the case says stands where the command line says nothing. Errors: there is no such case.
Result<void> take_from_case(ScanOptions& options) {
  if (options.case_folder.empty()) return {};
  const auto opening = timeline::journal::opening_of(options.case_folder);
  if (!opening) return tl::unexpected(opening.error());
  if (options.zone.empty()) options.zone = opening->zone;
  if (options.evidence.own_domains.empty()) options.evidence.own_domains = opening->own_domains;
  if (options.evidence.language.empty()) options.evidence.language = opening->language == timeline::Language::fr ? "fr" : "en";
  return {};
}

/// The evidence as received, where it is to be named: read before anything else is.
CaseImport brought_by(const ScanOptions& options) {
  CaseImport brought{options.case_folder,
                     {{}, options.by.empty() ? user_at_host() : options.by, options.despite_broken_chain},
                     {},
                     {options.source_label, options.collected_by, options.collected_at, options.method},
                     {}};
  if (!options.case_folder.empty() || is_rendered(format_of(options)))
    brought.evidence = files_as_received(options.evidence.paths, label_of(options));
  return brought;
}

/// Whether what failed is a file that the run writes for itself.
bool is_of_a_disk(const Error& error, const pipeline::RunSettings& settings) {
  if (!settings.shelf.unfinished.empty() && error.file == settings.shelf.unfinished) return true;
  return error.file == settings.spool_folder || error.file.starts_with(settings.spool_folder + "/threadline-");
}

bool is_unfinished_kept(const ScanOptions& options) {
  const bool is_stored_in_file = !options.memory.empty() && options.memory.find("://") == std::string::npos;
  return !options.kept.is_asked && (is_stored_in_file || !options.case_folder.empty());
}

std::string unfinished_of(const ScanOptions& options) {
  return options.case_folder.empty() ? options.memory + ".unfinished" : options.case_folder + "/unfinished";
}

/// The file of an unfinished run, open and locked: no other run is at work on the same case or store while this one has it. Where
/// the run does not come to use it, none that was made stays behind.
class Turn {
 public:
  Turn() = default;
  Turn(std::string path, ScratchFile&& file) : path_(std::move(path)), file_(std::make_shared<ScratchFile>(std::move(file))) {}
  Turn(Turn&&) = default;
  Turn& operator=(Turn&&) = delete;
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() {
    if (file_ && !file_->failure() && file_->size() == 0) unlink(path_.c_str());
  }

  /// The run begins: the file is its own from here on.
  [[nodiscard]] std::shared_ptr<ScratchFile> begun() { return std::exchange(file_, nullptr); }

 private:
  std::string path_;
  std::shared_ptr<ScratchFile> file_;
};

/// Comes back when no other run is at work on the same case or store: what that one learns and writes, this one starts from.
/// Errors: a store is in use for 10 s, as by any writer (docs/memory.md); interrupted while it waited for a case, however long.
Result<Turn> wait_for_other_run(const ScanOptions& options) {
  if (!is_unfinished_kept(options)) return Turn();
  constexpr auto kAgain = std::chrono::milliseconds(100);
  constexpr unsigned kTriesForStore = 100;
  const bool is_case = !options.case_folder.empty();
  for (unsigned tries = 0;; ++tries) {
    auto file = ScratchFile::named(unfinished_of(options));
    if (file.failure()) return Turn();  // the run tells it
    if (file.lock()) return Turn(unfinished_of(options), std::move(file));
    if (is_interrupted()) return tl::unexpected(Error{"interrupted while it waited", {}, {}});
    if (!is_case && tries == kTriesForStore)
      return tl::unexpected(Error{"another run uses the store, for more than 10 s", options.memory, "try again when it is done"});
    if (tries == 0)
      complain((is_case ? options.case_folder : options.memory) + ": another run is at work on it; waiting for its end");
    std::this_thread::sleep_for(kAgain);
  }
}

/// A run whose end is kept (in a memory, in a case) leaves what it read until then, so that one that was killed goes on.
Result<void> keep_unfinished(const ScanOptions& options, Turn& turn, pipeline::RunSettings& settings) {
  if (!is_unfinished_kept(options)) return {};
  pipeline::ShelfSettings& shelf = settings.shelf;
  shelf.unfinished = unfinished_of(options);
  shelf.memory_bytes = 0;
  auto fingerprint = fingerprint_of(options.evidence);
  if (!fingerprint) return tl::unexpected(fingerprint.error());
  shelf.fingerprint = *std::move(fingerprint);
  shelf.held = turn.begun();
  return {};
}

/// What --memory names, else what the imports before taught the case; nullptr: neither. Errors: as open_memory.
Result<std::shared_ptr<memory::FileStore>> memory_for(const ScanOptions& options, std::uint32_t retention_days) {
  if (!options.memory.empty()) return open_memory(options.memory, retention_days, "scan");
  if (!options.case_folder.empty()) return open_case_memory(options.case_folder);
  return std::shared_ptr<memory::FileStore>();
}

/// Neither the output nor the store takes the place of what is read or kept. A store may lie among the evidence.
Result<void> all_spared(const ScanOptions& options) {
  KeptFiles kept;
  kept.options(options.evidence).store(options.memory).case_folder(options.case_folder);
  if (const auto spared = kept.spared_by(options.evidence.output); !spared) return spared;
  KeptFiles named;
  for (const std::string& path : options.evidence.paths) named.file(path);
  return named.file(options.evidence.policy).spared_by(options.memory);
}

int scan(ScanOptions options) {
  if (const auto whole = has_file({.format = format_of(options), .output = options.evidence.output, .csv = {}}); !whole)
    return fail(whole.error(), kUsage);
  if (const auto taken = take_shard(options.kept, !options.case_folder.empty()); !taken) return fail(taken.error(), kUsage);
  if (const auto taken = take_from_case(options); !taken) return fail(taken.error(), kUsage);
  if (const auto spared = all_spared(options); !spared) return fail(spared.error(), kUsage);
  if (const auto writable = output_is_writable(options.evidence.output); !writable) return fail(writable.error(), kNotWritten);
  auto settings = run_settings(options.evidence);
  if (!settings) return fail(settings.error(), kUsage);
  settings->every_log_record = options.events == "all";
  settings->cut = options.kept.cut;
  settings->own_files = KeptFiles().store(options.memory).case_folder(options.case_folder).whole_names();
  const auto zone = zone_of(options, settings->policy);
  if (!zone) return fail(zone.error(), kUsage);
  CaseImport brought = brought_by(options);
  if (const auto writable = is_case_writable(brought); !writable) return fail(writable.error(), kNotWritten);
  int status = kUsage;
  std::unique_ptr<memory::FactStore> kept;
  if (options.kept.is_asked) {
    auto opened = open_kept(options.memory, options.kept, status);
    if (!opened) return fail(opened.error(), status);
    kept = *std::move(opened);
    if (!options.kept.learns) options.memory.clear();
  }
  auto turn = wait_for_other_run(options);
  if (!turn) return fail(turn.error(), is_interrupted() ? kInterrupted : kNotWritten);
  const auto opened = memory_for(options, settings->policy.retention_days);
  if (!opened) return fail(opened.error(), kNotWritten);
  const auto memory = settings->memory = *opened;
  if (const auto unfinished = keep_unfinished(options, *turn, *settings); !unfinished) return fail(unfinished.error(), kUsage);
  pipeline::RunSettings asked = *settings;
  asked.shelf.held.reset();
  Progress progress(options.evidence);
  const auto judgement = kept ? judged_kept(*kept, options.evidence, *std::move(settings), progress, status)
                              : judged(options.evidence, *std::move(settings), progress);
  if (memory && !memory->commit()) return fail(memory->commit().error(), kNotWritten);
  if (memory && options.memory.empty()) brought.context = memory->messages();
  if (!judgement) return fail(judgement.error(), is_of_a_disk(judgement.error(), asked) ? kNotWritten : status);
  const int written = write_run(**judgement, brought, options, *zone, progress);
  if (!options.kept.drops || written == kNotWritten || written == kInterrupted) return written;
  const auto dropped = kept->drop();
  return dropped ? written : fail(dropped.error(), kNotWritten);
}

}  // namespace

void add_judge(CLI::App& app, Work& work) {
  CLI::App* command = app.add_subcommand("judge", "the other half of scan, on many machines: the rows, from what extract kept");
  const auto options = std::make_shared<ScanOptions>();
  options->kept.is_asked = true;
  add_options(*command, *options);
  command->remove_option(command->get_option("PATH"));
  command->get_option("--memory")->required()->description("the database that the parts share: postgresql://user@host/database");
  add_kept_options(*command, options->kept);
  command->callback([&work, options] { work = [options] { return scan(*options); }; });
}

void add_scan(CLI::App& app, Work& work) {
  CLI::App* command = app.add_subcommand("scan", "analyse evidence and write timeline rows");
  const auto options = std::make_shared<ScanOptions>();
  add_options(*command, *options);
  command->footer(std::string(kExamples));
  command->callback([&work, options] { work = [options] { return scan(*options); }; });
}

}  // namespace threadline::apps
