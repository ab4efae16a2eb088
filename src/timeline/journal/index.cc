// SPDX-License-Identifier: Apache-2.0
#include "timeline/journal/index.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <tuple>

#include "base/instant.h"
#include "base/severity.h"
#include "base/sha256.h"
#include "timeline/identity.h"
#include "timeline/journal/action_row.h"

namespace threadline::timeline::journal {
namespace {

constexpr std::size_t kKeyDigits = 16;

std::uint64_t hexadecimal(std::string_view digits) {
  std::uint64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return value;
}

int number_at(const std::string& text, std::size_t at, std::size_t digits) {
  int value = 0;
  std::from_chars(text.data() + at, text.data() + at + digits, value);
  return value;
}

Remark remark_of(const Entry& entry, const char* text) {
  return {entry.seq, entry.at, entry.by, text_in(entry.body, "as"), text_in(entry.body, text)};
}

void hear_opening(Opening& opening, const Sorted& body) {
  opening.title = text_in(body, "title");
  opening.language = text_in(body, "language") == "fr" ? Language::fr : Language::en;
  opening.zone = text_in(body, "zone");
  for (const auto& domain : member(body, "own_domains")) {
    if (domain.is_string()) opening.own_domains.push_back(domain.get<std::string>());
  }
}

std::string custody_of(const Sorted& body) {
  std::string custody;
  for (const char* key : {"label", "by", "at", "method"}) {
    const std::string one = text_in(member(body, "custody"), key);
    if (!one.empty()) custody += (custody.empty() ? "" : "; ") + one;
  }
  return custody;
}

/// A file that an import names once more is listed again only with custody that it had not.
void hear_evidence(std::vector<EvidenceFile>& evidence, std::unordered_set<std::string>& known, const Entry& entry) {
  const std::string custody = custody_of(entry.body);
  if (entry.type == "attach")
    evidence.push_back({text_in(entry.body, "name"), count_in(entry.body, "size"), text_in(entry.body, "sha256"),
                        text_in(entry.body, "comment"), entry.seq});
  for (const auto& file : member(entry.body, "evidence")) {
    const EvidenceFile one{text_in(file, "path"), count_in(file, "size"), text_in(file, "sha256"), custody, entry.seq};
    if (known.insert(one.path + '\n' + one.sha256 + '\n' + custody).second &&
        (known.insert(one.path + '\n' + one.sha256).second || !custody.empty()))
      evidence.push_back(one);
  }
}

/// The JSON without members named "source": the same bytes in another place are the same content.
Sorted without_places(const Sorted& json) {
  if (json.is_array()) {
    Sorted list = Sorted::array();
    for (const auto& one : json) list.push_back(without_places(one));
    return list;
  }
  if (!json.is_object()) return json;
  Sorted object = Sorted::object();
  for (const auto& [key, value] : json.items()) {
    if (key != "source" && key != "sources" && key != "source_label" && key != "time" && !key.starts_with("zone"))
      object[key] = without_places(value);
  }
  return object;
}

void set_place(Place& place, const Sorted& row, const Line& line, const ImportNote& import) {
  place.offset = line.offset;
  place.length = static_cast<std::uint32_t>(line.text.size());
  place.messages = static_cast<std::uint32_t>(import.messages);
  place.context = static_cast<std::uint32_t>(import.context);
  place.known = seconds_of(text_in(row, "known_at"));
  place.time = seconds_of(text_in(row, "time"));
  const std::string kind = text_in(row, "kind");
  place.is_quoted = kind == "quoted";
  const auto severity = kind == "finding" ? severity_named(text_in(row, "severity")) : std::nullopt;
  place.severity = severity ? static_cast<std::int8_t>(*severity) : std::int8_t{-1};
}

std::string_view severity_text(std::int8_t severity) { return name_of(static_cast<Severity>(severity)); }

/// Entries about rows that the rows themselves show: no action of a person, no row of a tab.
bool is_hidden(const std::string& type) { return type == "revision" || type == "not_found" || type == "found_again"; }

bool is_event_of_timeline(const Entry& entry) {
  return entry.type == "row" || (entry.type == "add" && text_in(entry.body, "tab") == "timeline");
}

/// An event on the first tab whose time nobody stated has none; an action has that of its entry.
void set_action_place(Place& place, const Entry& entry) {
  const std::string time = text_in(entry.body, "time");
  const bool is_stated = entry.type == "add" && (!time.empty() || place.tab == Tab::timeline);
  place.known = place.time = seconds_of(is_stated ? time : entry.at);
  place.id = key_of(action_row_id(entry));
}

}  // namespace

std::int64_t seconds_of(const std::string& time) {
  constexpr std::size_t kClockEnd = 19;
  if (time.size() <= kClockEnd) return Place::kNever;
  const CivilTime civil{number_at(time, 0, 4),  number_at(time, 5, 2),  number_at(time, 8, 2),
                        number_at(time, 11, 2), number_at(time, 14, 2), number_at(time, 17, 2)};
  int offset = 0;
  if (time[kClockEnd] != 'Z' && time.size() >= kClockEnd + 6)
    offset = (number_at(time, kClockEnd + 1, 2) * 60 + number_at(time, kClockEnd + 4, 2)) * (time[kClockEnd] == '-' ? -1 : 1);
  const auto instant = instant_of(civil, offset);
  return instant ? instant->seconds : Place::kNever;
}

IdKey key_of(const std::string& id) {
  const std::string_view text(id);
  return {hexadecimal(text.substr(0, kKeyDigits)),
          text.size() > kKeyDigits ? hexadecimal(text.substr(kKeyDigits, kKeyDigits)) : 0};
}

std::string id_text(const IdKey& key) { return fmt::format("{:016x}{:016x}", key.high, key.low); }

std::uint64_t content_of(const Sorted& body) {
  const Sorted said = {{"row", without_places(member(body, "row"))}, {"words", member(body, "words")}};
  return hexadecimal(std::string_view(sha256_hex(canonical(said))).substr(0, kKeyDigits));
}

std::uint32_t Sources::add(std::string_view source, std::uint32_t like) {
  if (source.empty()) return 0;
  if ((*this)[like] == source) return like;
  const auto last = static_cast<std::uint32_t>(ends_.size() - 1);
  if ((*this)[last] == source) return last;
  text_ += source;
  ends_.push_back(text_.size());
  return last + 1;
}

std::string_view Sources::operator[](std::uint32_t number) const {
  if (number == 0 || number >= ends_.size()) return {};
  return std::string_view(text_).substr(ends_[number - 1], ends_[number] - ends_[number - 1]);
}

void Index::hear_remark(const Entry& entry) {
  const std::uint64_t target = count_in(entry.body, "row");
  if (entry.type == "note") said[target].notes.push_back(remark_of(entry, "text"));
  if (entry.type == "strike") said[target].struck = remark_of(entry, "why");
  if (entry.type == "qualify") said[target].qualified = remark_of(entry, "why");
  if (entry.type != "not_found" && entry.type != "found_again") return;
  const auto place = std::ranges::lower_bound(rows, target, {}, &Place::seq);
  if (place == rows.end() || place->seq != target) return;
  place->is_gone = entry.type == "not_found";
  std::optional<Gone>& gone = said[target].gone;
  gone.reset();
  if (!place->is_gone) return;
  const Place* original = row(text_in(entry.body, "original"));
  gone = Gone{remark_of(entry, ""), notes[count_in(entry.body, "import")].policy, original == nullptr ? 0 : original->seq};
  gone->import.entry = count_in(entry.body, "import");
}

void Index::hear_revision(const Entry& entry, const Line& line, const ImportNote& import) {
  const std::uint64_t content = for_import ? content_of(entry.body) : 0;
  if (for_import) versions.insert(content);
  const Sorted& said_row = member(entry.body, "row");
  const auto known = by_id.find(key_of(text_in(said_row, "id")));
  if (known == by_id.end() || import.context < rows[known->second].context) return;
  Place& place = rows[known->second];
  const auto severity = place.severity;
  set_place(place, said_row, line, import);
  place.content = content;
  if (place.is_gone) said[place.seq].gone.reset();
  place.is_gone = false;
  if (severity == place.severity || severity < 0 || place.severity < 0) return;
  Regraded regraded{remark_of(entry, ""), import.policy, std::string(severity_text(severity)),
                    std::string(severity_text(place.severity))};
  regraded.import.entry = count_in(entry.body, "import");
  said[place.seq].regraded.push_back(std::move(regraded));
}

void Index::add_row(const Entry& entry, const Line& line, const ImportNote& import) {
  const Sorted& row = member(entry.body, "row");
  Place place;
  place.seq = entry.seq;
  set_place(place, row, line, import);
  place.first = place.offset;
  place.first_length = place.length;
  place.id = key_of(text_in(row, "id"));
  place.about = key_of(text_in(row, "about"));
  place.tab = is_event_of_timeline(entry) ? Tab::timeline : Tab::actions;
  if (entry.type != "row") set_action_place(place, entry);
  const auto event = by_id.find(place.about);
  const std::string source = text_in(entry.type == "row" ? row : entry.body, "source");
  place.source = sources.add(source, event == by_id.end() ? 0 : rows[event->second].source);
  if (for_import && entry.type == "row") place.content = content_of(entry.body);
  if (for_import && entry.type == "row") versions.insert(place.content);
  if (for_import && place.is_quoted)
    carriers.emplace(place.id, key_of(row_id({"message", text_in(row, "sha256"), "", 0, "", ""})));
  const auto at = static_cast<std::uint32_t>(rows.size());
  if (place.id.high != 0) by_id.emplace(place.id, at);
  rows.push_back(place);
}

void Index::hear(const Entry& entry, const Line& line) {
  if (entry.type == "open" && entry.seq == 1) hear_opening(opening, entry.body);
  if (entry.type == "import") {
    const bool is_learnt = entry.body.contains("context");
    notes[entry.seq] = {count_in(entry.body, "messages"), text_in(member(entry.body, "policy"), "path"),
                        count_in(entry.body, is_learnt ? "context" : "messages"), is_learnt};
    imports.insert(text_in(entry.body, "key"));
    imports.insert(text_in(entry.body, "ground"));
  }
  hear_evidence(evidence, files, entry);
  hear_remark(entry);
  if (is_hidden(entry.type) && entry.type != "revision") return;
  const ImportNote& import = notes[count_in(entry.body, "import")];
  if (entry.type == "revision") return hear_revision(entry, line, import);
  add_row(entry, line, import);
}

const Place* Index::row(const std::string& id) const {
  const auto found = id.empty() ? by_id.end() : by_id.find(key_of(id));
  return found == by_id.end() ? nullptr : &rows[found->second];
}

void Index::put_in_order() {
  for (std::uint32_t at = 0; at < rows.size(); ++at) {
    const auto event = by_id.find(rows[at].about);
    rows[at].event = rows[at].about.high != 0 && event != by_id.end() ? event->second : at;
    (rows[at].tab == Tab::timeline ? timeline : actions).push_back(at);
  }
  const auto key = [this](std::uint32_t at) {
    const Place& row = rows[at];
    const Place& event = rows[row.event];
    return std::tuple(event.known, !event.is_quoted, event.is_quoted ? event.time : 0, event.seq, row.event != at, row.seq);
  };
  std::ranges::sort(timeline, {}, key);
  std::ranges::sort(actions, {}, key);
}

std::vector<std::uint32_t> Index::order_for_programs(const std::vector<Tab>& tabs) const {
  std::vector<std::uint32_t> order;
  for (const Tab tab : tabs) {
    const auto& rows_of_tab = tab == Tab::timeline ? timeline : actions;
    order.insert(order.end(), rows_of_tab.begin(), rows_of_tab.end());
  }
  std::ranges::sort(order, [this](std::uint32_t one, std::uint32_t other) {
    const Place& a = rows[one];
    const Place& b = rows[other];
    return std::tuple(a.known, sources[a.source], a.id, a.seq) < std::tuple(b.known, sources[b.source], b.id, b.seq);
  });
  return order;
}

}  // namespace threadline::timeline::journal
