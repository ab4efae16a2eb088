// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string_view>

#include "apps/cli/command.h"
#include "apps/cli/options.h"
#include "apps/cli/surroundings.h"
#include "policy/sides.h"
#include "text/charset.h"
#include "text/domain.h"
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
  bool quiet = false;
};

constexpr std::size_t kLineOctets = 4'096;        ///< of a line that are kept; a domain has 253
constexpr std::uint64_t kComplaints = 10;         ///< odd lines of a file that are named; the rest is counted
constexpr std::uint64_t kProgressEvery = 0xFFFF;  ///< lines, less one

/// A file of domains, one a line, without line ends, surrounding space and byte order mark.
class DomainLines {
 public:
  DomainLines(std::streambuf& in, std::string name) : in_(in), name_(std::move(name)) {}

  /// The next line that holds something; false at the end. A line that is too long for a domain is left out, and said.
  bool next(std::string& domain) {
    for (std::string line; read_line(line);) {
      ++number_;
      std::string_view text = text::trimmed(line);
      if (number_ == 1 && text.starts_with("\xEF\xBB\xBF")) text = text::trimmed(text.substr(3));
      if (text.empty()) continue;
      domain = text;
      if (line.size() < kLineOctets) return true;
      complain_of("longer than 253 octets");
    }
    return false;
  }

  /// Says why the line that was read last is not compared.
  void complain_of(std::string_view oddity) {
    if (++odd_ <= kComplaints) complain(fmt::format("{}:{}: {}; not compared", name_, number_, oddity));
  }
  void sum_up() const {
    if (odd_ > kComplaints)
      complain(fmt::format("{}: {} more lines are no domain names; not compared", name_, odd_ - kComplaints));
  }
  [[nodiscard]] std::uint64_t number() const { return number_; }

 private:
  bool read_line(std::string& line) {
    line.clear();
    if (in_.in_avail() <= 0) std::cout.flush();  // who watches a slow stream sees what was found so far
    int c = in_.sbumpc();
    if (c == std::char_traits<char>::eof()) return false;
    for (; c != std::char_traits<char>::eof() && c != '\n'; c = in_.sbumpc())
      if (line.size() < kLineOctets) line += static_cast<char>(c);
    return true;
  }

  std::streambuf& in_;
  std::string name_;
  std::uint64_t number_ = 0, odd_ = 0;
};

/// White space, control and bidi control characters: no name holds them, and they would break the line that names it.
/// Source: UAX 44 (Cc, Zl, Zp), UAX 9 section 2 (bidi controls).
bool breaks_a_line(char32_t point) {
  return point <= U' ' || (point >= 0x7F && point <= 0x9F) || point == 0x061C || point == 0x200E || point == 0x200F ||
         (point >= 0x2028 && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

/// What makes a line no name at all, in contrast to names that are merely odd: those are compared.
std::string_view fault_of_letters(std::string_view line) {
  if (!text::is_valid_utf8(line)) return "no UTF-8";
  for (std::size_t at = 0; at < line.size();) {
    const auto point = text::code_point_at(line, at);
    if (breaks_a_line(point.value)) return "characters that no domain name has";
    at += point.length;
  }
  return {};
}

/// Why a line cannot be compared; empty where it can. Ordinary names are told by their letters alone.
std::string_view fault_of(std::string_view line) {
  constexpr std::size_t kNameOctets = 253;  // RFC 1035 section 2.3.4
  const auto is_of_names = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; };
  const bool is_plain = line.size() <= kNameOctets && line.find("xn--") == std::string_view::npos &&
                        std::ranges::all_of(line, is_of_names) && line.find("..") == std::string_view::npos &&
                        line.front() != '.' && line.back() != '.' && line.find('.') != std::string_view::npos;
  if (is_plain) return {};
  if (const std::string_view fault = fault_of_letters(line); !fault.empty()) return fault;
  const std::string_view oddity = text::oddity_of_domain(line);
  if (oddity == "empty label" || oddity == "longer than 253 octets" || oddity == "A-label that encodes nothing") return oddity;
  return text::registrable_domain(line).empty() || line.find('@') != std::string_view::npos ? "no domain name"
                                                                                            : std::string_view{};
}

/// A mail provider or a host of many organisations is no lookalike of another one (shared_namespaces.def).
bool is_shared_name(const std::string& domain) {
  static const policy::Sides sides{policy::Policy{}};
  return sides.is_shared(domain);
}

void show_progress(std::uint64_t candidates, std::uint64_t named) {
  std::cerr << fmt::format("\r{} candidates, {} named", candidates, named) << std::flush;
}

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

/// Whom the list names its reader knows well: what resembles that is not by chance, as in From (findings/lookalike_domain).
Severity weight_of(Severity severity) { return severity == Severity::medium ? Severity::high : severity; }

void compare(DomainLines& candidates, const text::References& references, const LookalikeOptions& options) {
  const bool shows = !options.quiet && is_terminal(2) && !is_terminal(1);
  std::uint64_t named = 0;
  for (std::string candidate; std::cout && !is_interrupted() && candidates.next(candidate);) {
    if (const std::string_view fault = fault_of(candidate); !fault.empty()) {
      candidates.complain_of(fault);
    } else if (auto found = references.best(candidate); found && !is_shared_name(candidate)) {
      found->severity = weight_of(found->severity);
      std::cout << line_of(*found, options.format) << '\n';
      ++named;
    }
    if (shows && (candidates.number() & kProgressEvery) == 0) show_progress(candidates.number(), named);
  }
  if (shows) {
    show_progress(candidates.number(), named);
    std::cerr << '\n';
  }
  candidates.sum_up();
  std::cout.flush();
}

void read_references(DomainLines& lines, text::References& references) {
  for (std::string domain; lines.next(domain);) {
    if (const std::string_view fault = fault_of(domain); fault.empty())
      references.add(domain);
    else
      lines.complain_of(fault);
  }
  lines.sum_up();
}

int lookalike(const LookalikeOptions& options) {
  if (options.references == "-" && options.candidates == "-") {
    complain("standard input cannot be both references and candidates");
    return kUsage;
  }
  const auto references_at = open_stream(options.references);
  if (!references_at) return fail(references_at.error(), kUsage);
  InputBytes reference_bytes(*references_at, true);
  const auto candidates_at = open_stream(options.candidates);
  if (!candidates_at) return fail(candidates_at.error(), kUsage);
  InputBytes candidate_bytes(*candidates_at, true);
  note_interrupts();
  std::ios_base::sync_with_stdio(false);
  text::References references;
  DomainLines known(reference_bytes, options.references);
  read_references(known, references);
  if (reference_bytes.fault() != 0) return fail(unreadable(options.references, reference_bytes.fault()), kUsage);
  DomainLines candidates(candidate_bytes, options.candidates);
  compare(candidates, references, options);
  const int status = flushed_status(is_interrupted() ? kInterrupted : kDone);
  if (candidate_bytes.fault() == 0) return status;
  return fail(unreadable(options.candidates, candidate_bytes.fault()), status == kDone ? kUnreadable : status);
}

}  // namespace

void add_lookalike(CLI::App& app, Work& work) {
  CLI::App* command = app.add_subcommand("lookalike", "compare a list of domains with a list of references");
  const auto options = std::make_shared<LookalikeOptions>();
  command->add_option("--reference", options->references, "the references, one domain a line; - is standard input")
      ->required()
      ->type_name("FILE");
  command->add_option("--format", options->format, "tsv (default) or jsonl")->check(CLI::IsMember({"tsv", "jsonl"}));
  command->add_flag("--quiet", options->quiet, "no progress on standard error");
  command->add_option("CANDIDATES", options->candidates, "the candidates, one domain a line; - is standard input")->required();
  command->footer(std::string(kExamples));
  command->callback([&work, options] { work = [options] { return lookalike(*options); }; });
}

}  // namespace threadline::apps
