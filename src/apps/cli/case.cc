// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>

#include "apps/cli/case_folder.h"
#include "apps/cli/kept_files.h"
#include "apps/cli/options.h"
#include "apps/cli/output.h"
#include "apps/cli/surroundings.h"
#include "base/timestamp.h"
#include "text/zone.h"
#include "timeline/journal/record.h"
#include "timeline/journal/verify.h"

namespace threadline::apps {
namespace {

namespace journal = timeline::journal;

struct InitOptions {
  CaseOptions common;
  journal::Opening opening;
};

int init(InitOptions options) {
  if (options.common.folder.empty() && options.common.words.size() == 1) options.common.folder = options.common.words.front();
  if (options.common.folder.empty()) return fail({"case init takes one DIR", {}, {}}, kUsage);
  if (!options.opening.zone.empty()) {
    const auto zone = text::Zone::named(options.opening.zone);
    if (!zone) return fail(zone.error(), kUsage);
  }
  EvidenceOptions language;
  language.language = options.common.language;
  options.opening.language = language_of(language);
  const auto opened = journal::open_case(options.common.folder, options.opening, all_versions(), stamp_of(options.common));
  if (opened) return report_entry(opened);
  std::error_code error;
  const bool is_there = std::filesystem::exists(journal::journal_path(options.common.folder), error);
  return fail(opened.error(), is_there ? kUsage : kNotWritten);
}

void add_init(CLI::App& command, Work& work) {
  CLI::App* verb = command.add_subcommand("init", "begin a case in a folder");
  const auto options = std::make_shared<InitOptions>();
  add_case_options(*verb, options->common, "DIR", true);
  verb->add_option("--own-domain", options->opening.own_domains, "a domain of the organisation; repeatable")
      ->type_name("D")
      ->check(is_domain())
      ->allow_extra_args(false);
  verb->add_option("--title", options->opening.title, "what the case is called")->type_name("TEXT");
  verb->add_option("--lang", options->common.language, "language of its exports (default: the locale's)")
      ->check(CLI::IsMember({"fr", "en"}));
  verb->add_option("--tz", options->opening.zone, "IANA zone in which its times are shown")->type_name("ZONE");
  verb->callback([&work, options] { work = [options] { return init(*options); }; });
}

struct MarkOptions {
  CaseOptions common;
  std::string why, as;
};

/// The row that the next word names, taken out of the words.
Result<std::uint64_t> take_row(const std::string& folder, CaseOptions& options) {
  if (options.words.empty()) return tl::unexpected(Error{"which ROW?", {}, "case show prints the number of each row"});
  const std::string name = options.words.front();
  options.words.erase(options.words.begin());
  const auto known = journal::Case::read(folder, temporary_folder());
  if (!known) return tl::unexpected(known.error());
  auto row = known->row_named(name);
  if (!row && known->fault()) complain(journal::sentence_of(*known->fault(), timeline::Language::en));
  return row;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

int note(MarkOptions options) {
  const auto folder = take_folder(options.common, Takes::words);
  if (!folder) return fail(folder.error(), kUsage);
  const auto row = take_row(*folder, options.common);
  if (!row) return fail(row.error(), kUsage);
  const std::string text = joined(options.common.words);
  if (text.empty()) return fail({"a note needs a TEXT", {}, {}}, kUsage);
  return report_entry(journal::note_row(*folder, *row, text, stamp_of(options.common)));
}

int strike(MarkOptions options) {
  const auto folder = take_folder(options.common, Takes::words);
  if (!folder) return fail(folder.error(), kUsage);
  const auto row = take_row(*folder, options.common);
  if (!row) return fail(row.error(), kUsage);
  if (options.why.empty()) return fail({"why is the row struck?", {}, "--why TEXT"}, kUsage);
  return report_entry(journal::strike_row(*folder, *row, options.why, stamp_of(options.common)));
}

int qualify(MarkOptions options) {
  const auto folder = take_folder(options.common, Takes::words);
  if (!folder) return fail(folder.error(), kUsage);
  const auto row = take_row(*folder, options.common);
  if (!row) return fail(row.error(), kUsage);
  return report_entry(journal::qualify_row(*folder, *row, {0, {}, {}, options.as, options.why}, stamp_of(options.common)));
}

void add_mark(CLI::App& command, Work& work, const char* name, const char* what, int (*mark)(MarkOptions)) {
  CLI::App* verb = command.add_subcommand(name, what);
  const auto options = std::make_shared<MarkOptions>();
  const bool is_note = std::string_view(name) == "note";
  add_case_options(*verb, options->common, is_note ? "ROW_TEXT" : "ROW", true);
  if (!is_note) verb->add_option("--why", options->why, "the reason")->type_name("TEXT");
  if (std::string_view(name) == "qualify")
    verb->add_option("--as", options->as, "the verdict")
        ->required()
        ->check(CLI::IsMember({"legitimate", "fraud", "suspicious", "compromised", "irrelevant", "unknown"}));
  verb->callback([&work, options, mark] { work = [options, mark] { return mark(*options); }; });
}

struct AttachOptions {
  CaseOptions common;
  std::string comment;
};

int attach(AttachOptions options) {
  const auto folder = take_folder(options.common, Takes::words);
  if (!folder) return fail(folder.error(), kUsage);
  if (options.common.words.size() != 1) return fail({"case attach takes one FILE", {}, {}}, kUsage);
  const auto opening = journal::opening_of(*folder);
  if (!opening) return fail(opening.error(), kUsage);
  auto kept = journal::keep_file(*folder, options.common.words.front());
  const bool is_readable = ::access(options.common.words.front().c_str(), R_OK) == 0;
  if (!kept) return fail(kept.error(), is_readable && kept.error().file != options.common.words.front() ? kNotWritten : kUsage);
  kept->comment = options.comment;
  return report_entry(journal::attach_file(*folder, *kept, stamp_of(options.common)));
}

void add_attach(CLI::App& command, Work& work) {
  CLI::App* verb = command.add_subcommand("attach", "copy a file of evidence into the case, read-only, under its SHA-256");
  const auto options = std::make_shared<AttachOptions>();
  add_case_options(*verb, options->common, "FILE", true);
  verb->add_option("--comment", options->comment, "what it is")->type_name("TEXT");
  verb->callback([&work, options] { work = [options] { return attach(*options); }; });
}

struct VerifyOptions {
  CaseOptions common;
  std::string head;
};

/// What verifying found, a line each; false where something is wrong.
bool print_verified(const journal::Verified& verified, const std::string& noted_head, timeline::Language language) {
  const auto say = [&](std::string_view key, const timeline::Values& values) {
    std::cout << timeline::phrase(key, language, values) << '\n';
  };
  const std::string count = std::to_string(verified.head.seq);
  if (verified.first) std::cout << journal::sentence_of(*verified.first, language) << '\n';
  if (verified.more > 0) say("case.verify.more", {{"count", std::to_string(verified.more)}});
  if (verified.known_since > 0) say("case.verify.known", {{"entry", std::to_string(verified.known_since)}});
  if (verified.first && verified.known_since == 0) say("case.verify.unknown", {});
  if (!verified.first) {
    say("case.verify.whole", {{"count", count}});
    say("case.head", {{"entry", count}, {"hash", verified.head.hash}});
  }
  if (verified.torn_bytes > 0) say("case.verify.torn", {{"bytes", std::to_string(verified.torn_bytes)}});
  for (const std::string& name : verified.bad_files) say("case.verify.bad_file", {{"name", name}});
  if (verified.imports_cut > 0) say("case.verify.cut", {{"count", std::to_string(verified.imports_cut)}});
  if (noted_head.empty() && !verified.first) say("case.verify.note_down", {{"hash", verified.head.hash}});
  if (verified.noted_at)
    say("case.verify.head_found",
        {{"entry", std::to_string(*verified.noted_at)}, {"count", std::to_string(verified.head.seq - *verified.noted_at)}});
  const bool is_missing = !noted_head.empty() && !verified.noted_at;
  if (is_missing) say("case.verify.head_missing", {});
  return !verified.first && verified.bad_files.empty() && !is_missing;
}

/// A head that was mistyped is no sign of tampering.
bool is_head(const std::string& text) {
  constexpr std::size_t kDigits = 64;
  return text.size() == kDigits && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

int verify(VerifyOptions options) {
  const auto folder = take_folder(options.common, Takes::nothing);
  if (!folder) return fail(folder.error(), kUsage);
  std::ranges::transform(options.head, options.head.begin(),
                         [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c | 0x20) : c; });
  if (!options.head.empty() && !is_head(options.head))
    return fail({"--head takes the 64 hexadecimal digits that verify printed",
                 {},
                 "got " + std::to_string(options.head.size()) + " characters"},
                kUsage);
  const auto opening = journal::opening_of(*folder);
  const auto verified = journal::verify(*folder, options.head);
  if (!verified) return fail(verified.error(), kUsage);
  const timeline::Language language = language_of(options.common, opening.value_or(journal::Opening{}));
  const bool is_sound = print_verified(*verified, options.head, language);
  return flushed_status(is_sound ? kDone : kFailOn);
}

void add_verify(CLI::App& command, Work& work) {
  CLI::App* verb = command.add_subcommand("verify", "walk the journal's chain: exit status 1 where it is broken");
  const auto options = std::make_shared<VerifyOptions>();
  add_case_options(*verb, options->common, "DIR", false);
  verb->add_option("--head", options->head, "a head that was written down earlier: it must be in the chain")->type_name("HASH");
  verb->callback([&work, options] { work = [options] { return verify(*options); }; });
}

struct TimestampOptions {
  CaseOptions common;
  std::string answer, output;
};

int request_timestamp(const journal::Verified& verified, const TimestampOptions& options) {
  const auto request = timestamp_request(verified.head.hash);
  if (!request) return fail(request.error(), kUsage);
  const auto written = write_output(options.output, [&](std::ostream& out) { out << *request; });
  if (!written) return fail(written.error(), kNotWritten);
  complain("request for entry " + std::to_string(verified.head.seq) + ", " + verified.head.hash +
           "; send it to a time-stamping authority, then: case timestamp --answer FILE");
  return kDone;
}

int file_answer(const std::string& folder, const TimestampOptions& options) {
  const auto bytes = read_file(options.answer);
  if (!bytes) return fail(bytes.error(), kUsage);
  const auto answer = read_timestamp_answer(*bytes);
  if (!answer) return fail({answer.error().what, options.answer, {}}, kUsage);
  const auto verified = journal::verify(folder, answer->digest);
  if (!verified) return fail(verified.error(), kUsage);
  if (!verified->noted_at) return fail({"is about a head that is not in this journal", options.answer, answer->digest}, kUsage);
  return report_entry(
      journal::file_timestamp(folder, {{*verified->noted_at, answer->digest}, answer->time, answer->serial, answer->policy},
                              *bytes, stamp_of(options.common)));
}

int timestamp(TimestampOptions options) {
  const auto folder = take_folder(options.common, Takes::nothing);
  if (!folder) return fail(folder.error(), kUsage);
  if (!options.answer.empty()) return file_answer(*folder, options);
  if (const auto spared = KeptFiles().case_folder(*folder).spared_by(options.output); !spared)
    return fail(spared.error(), kUsage);
  const auto verified = journal::verify(*folder, {});
  if (!verified) return fail(verified.error(), kUsage);
  if (verified->first) return fail({journal::sentence_of(*verified->first, timeline::Language::en), *folder, {}}, kFailOn);
  return request_timestamp(*verified, options);
}

void add_timestamp(CLI::App& command, Work& work) {
  CLI::App* verb = command.add_subcommand("timestamp", "write an RFC 3161 request for the journal's head, or file the answer");
  const auto options = std::make_shared<TimestampOptions>();
  add_case_options(*verb, options->common, "DIR", true);
  add_output_option(*verb, options->output);
  verb->add_option("--answer", options->answer, "the authority's answer (DER): file it")->type_name("FILE");
  verb->callback([&work, options] { work = [options] { return timestamp(*options); }; });
}

}  // namespace

void add_case(CLI::App& app, Work& work) {
  CLI::App* command = app.add_subcommand("case", "the two-tab case: an append-only journal, and what is made of it");
  command->require_subcommand(1);
  command->footer(std::string(kCaseExamples));
  add_init(*command, work);
  add_case_add(*command, work);
  add_mark(*command, work, "note", "add a note to a row", note);
  add_mark(*command, work, "qualify", "say what a row is: your verdict, shown beside the program's", qualify);
  add_mark(*command, work, "strike", "retract a row: it stays, struck, with the reason", strike);
  add_attach(*command, work);
  add_case_exports(*command, work);
  add_verify(*command, work);
  add_timestamp(*command, work);
}

}  // namespace threadline::apps
