// SPDX-License-Identifier: Apache-2.0
#include "timeline/journal/case.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "timeline/journal/action_row.h"
#include "timeline/journal/chain.h"
#include "timeline/journal/entry.h"
#include "timeline/journal/files.h"
#include "timeline/journal/heard.h"
#include "timeline/journal/order.h"
#include "timeline/row_json.h"

namespace threadline::timeline::journal {
namespace {

constexpr std::size_t kFewestDigits = 8;  ///< of an id that a person types

/// A row of evidence in the language asked for.
ShownRow evidence_row(const Sorted& body, Language language) {
  ShownRow shown;
  shown.row = row_of(member(body, "row"));
  const Sorted& said = member(member(body, "words"), language == Language::fr ? "fr" : "en");
  shown.row.actor = text_in(said, "actor");
  shown.row.action = text_in(said, "action");
  shown.row.comment = text_in(said, "comment");
  const Sorted& details = member(body, "details");
  if (!details.empty()) shown.details_json = canonical(details);
  shown.is_private = body.contains("private");
  return shown;
}

/// Where a row was first read, and in which zone it is shown, no later import changes.
void keep_where_it_was_read(Row& row, const Row& first) {
  row.source = first.source;
  row.source_label = first.source_label;
  if (row.sources.empty()) row.sources = first.sources;
  const auto instant = [](const Row& of) { return of.time ? seconds_of(*of.time) : kNever; };
  if (instant(row) != instant(first)) return;
  row.time = first.time;
  row.zone = first.zone;
  row.zone_basis = first.zone_basis;
}

/// The files of the sorting cannot be read any more: as little of ours as no memory.
void need(const Result<void>& read) {
  if (!read) throw std::runtime_error(to_line(read.error()));
}

/// Times of remarks stand in the zone in which the rows of entries do.
void say_in_zone(ShownRow& shown, const std::string& zone) {
  if (shown.qualified) set_shown_time(*shown.qualified, zone);
  if (shown.struck) set_shown_time(*shown.struck, zone);
  if (shown.gone) set_shown_time(shown.gone->import, zone);
  for (Regraded& one : shown.regraded) set_shown_time(one.import, zone);
  for (Remark& note : shown.notes) set_shown_time(note, zone);
}

}  // namespace

Result<Opening> opening_of(const std::string& folder) {
  Heard heard;
  bool has_line = false;
  const auto read = for_each_line(journal_path(folder), [&](const Line& line) {
    has_line = true;
    if (const auto entry = read_entry(line.text); entry && entry->type == "open") heard.hear(*entry);
    return false;
  });
  if (!read) return tl::unexpected(Error{"there is no case here", folder, "threadline case init DIR makes one"});
  if (!has_line)
    return tl::unexpected(Error{"the journal has no entry: case init writes one, it was erased", journal_path(folder),
                                "keep the folder as it is; a new case is begun in another one"});
  return heard.opening;
}

Result<ShownRow> last_written(const std::string& folder, Language language) {
  constexpr off_t kTail = 1 << 20;  // longer than any entry that a person writes
  const auto opening = opening_of(folder);
  if (!opening) return tl::unexpected(opening.error());
  const Descriptor file(::open(journal_path(folder).c_str(), O_RDONLY | O_CLOEXEC));
  const off_t size = file.is_open() ? ::lseek(file.number(), 0, SEEK_END) : 0;
  std::string tail(static_cast<std::size_t>(std::min(size, kTail)), '\0');
  const ssize_t got = ::pread(file.number(), tail.data(), tail.size(), size - static_cast<off_t>(tail.size()));
  if (got != static_cast<ssize_t>(tail.size()) || !tail.ends_with('\n'))
    return tl::unexpected(Error{"its last entry cannot be read", folder, {}});
  tail.pop_back();
  const std::size_t before = tail.rfind('\n');
  const auto entry = read_entry(std::string_view(tail).substr(before == std::string::npos ? 0 : before + 1));
  if (!entry) return tl::unexpected(entry.error());
  if (entry->type == "row" || entry->type == "revision") return tl::unexpected(Error{"its last entry is evidence", folder, {}});
  ShownRow shown = action_row(*entry, language, opening->zone);
  shown.row.row = entry->seq;
  return shown;
}

struct Case::State {
  State(std::string where, const std::string& spool_folder)
      : folder(std::move(where)), file(::open(journal_path(folder).c_str(), O_RDONLY | O_CLOEXEC)), order(spool_folder) {}

  std::string folder;
  Descriptor file;
  Heard heard;
  Order order;
  Chain chain{Strictness::members};  // canonical or not is for verify to say
  std::optional<Fault> fault;

  [[nodiscard]] std::string line_at(std::uint64_t offset, std::uint32_t length) const {
    std::string line(length, '\0');
    const ssize_t got = ::pread(file.number(), line.data(), line.size(), static_cast<off_t>(offset));
    return got == static_cast<ssize_t>(line.size()) ? line : std::string();
  }

  [[nodiscard]] Sorted json_at(std::uint64_t offset, std::uint32_t length) const {
    return Sorted::parse(line_at(offset, length), nullptr, false);
  }

  /// The row that stands there. The line could be read when the journal was replayed; if it cannot now, the row is empty.
  [[nodiscard]] ShownRow row_at(const Place& place, Language language) const {
    ShownRow shown;
    const Sorted json = json_at(place.offset, place.length);
    if (!json.is_object()) return shown;
    const Sorted& body = member(json, "body");
    const std::string type = text_in(json, "type");
    if (type == "row" || type == "revision") {
      shown = evidence_row(body, language);
      if (type == "revision")
        keep_where_it_was_read(shown.row, row_of(member(member(json_at(place.first, place.first_length), "body"), "row")));
    } else {
      shown = action_row({place.seq, type, text_in(json, "at"), text_in(json, "by"), text_in(json, "prev"), body}, language,
                         heard.opening.zone);
    }
    shown.row.row = place.seq;
    const auto said = heard.said.find(place.seq);
    if (said == heard.said.end()) return shown;
    shown.qualified = said->second.qualified;
    shown.struck = said->second.struck;
    shown.gone = said->second.gone;
    shown.regraded = said->second.regraded;
    shown.notes = said->second.notes;
    say_in_zone(shown, heard.opening.zone);
    return shown;
  }
};

Case::Case(std::unique_ptr<State> state) : state_(std::move(state)) {}
Case::Case(Case&&) noexcept = default;
Case::~Case() = default;

const Opening& Case::opening() const { return state_->heard.opening; }
const Head& Case::head() const { return state_->chain.head(); }
const std::optional<Fault>& Case::fault() const { return state_->fault; }

Result<Case> Case::read(const std::string& folder, const std::string& spool_folder) {
  auto state = std::make_unique<State>(folder, spool_folder);
  if (!state->file.is_open()) return tl::unexpected(Error{"there is no case here", folder, "threadline case init DIR makes one"});
  const auto read = for_each_line(journal_path(folder), [&](const Line& line) {
    if (line.is_torn) return false;
    const auto [entry, fault] = state->chain.follow(line);
    if (fault && !state->fault) state->fault = fault;
    if (!entry) return true;
    state->heard.hear(*entry);
    state->order.hear(*entry, line, state->heard);
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  if (!state->fault && state->chain.head().seq == 0) state->fault = Fault{Fault::What::empty, 0, 0, {}};
  const auto in_order = state->order.finish(state->heard, [&](const Place& place) {
    auto entry = read_entry(state->line_at(place.offset, place.length), Strictness::members);
    return entry ? std::optional(*std::move(entry)) : std::nullopt;
  });
  if (!in_order) return tl::unexpected(in_order.error());
  return Case(std::move(state));
}

void Case::each_row(Tab tab, Language language, const RowSink& sink) const {
  need(state_->order.each(tab, [&](const Place& place) { return sink(state_->row_at(place, language)), true; }));
}

void Case::each_row_for_programs(const std::vector<Tab>& tabs, Language language, const RowSink& sink) const {
  need(state_->order.each_for_programs([&](const Place& place) {
    if (std::ranges::find(tabs, place.said.tab) != tabs.end()) sink(state_->row_at(place, language));
    return true;
  }));
}

Result<std::uint64_t> Case::row_named(const std::string& name) const {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  const bool is_number = error == std::errc() && end == name.data() + name.size() && name.size() < kFewestDigits;
  std::vector<std::uint64_t> found;
  const auto read = state_->order.each_for_programs([&](const Place& place) {
    const IdKey& id = place.said.id;
    if (is_number ? place.seq == number
                  : name.size() >= kFewestDigits && id.high != 0 && id_text(id).starts_with(std::string_view(name).substr(0, 32)))
      found.push_back(place.seq);
    return found.size() < 2;
  });
  if (!read) return tl::unexpected(read.error());
  if (found.size() == 1) return found.front();
  return tl::unexpected(Error{found.empty() ? "there is no row " + name : "several rows begin with " + name, state_->folder,
                              "case show prints the number of each row"});
}

Exhibit Case::exhibit(Language language) const {
  Exhibit exhibit;
  exhibit.title = opening().title;
  exhibit.language = language;
  exhibit.evidence = state_->heard.evidence;
  exhibit.remarks.push_back(phrase("case.head", language, {{"entry", std::to_string(head().seq)}, {"hash", head().hash}}));
  if (fault()) exhibit.remarks.push_back(sentence_of(*fault(), language));
  exhibit.each_row = [this, language](Tab tab, const RowSink& sink) { each_row(tab, language, sink); };
  exhibit.each_row_for_programs = [this, language](const std::vector<Tab>& tabs, const RowSink& sink) {
    each_row_for_programs(tabs, language, sink);
  };
  return exhibit;
}

}  // namespace threadline::timeline::journal
