// SPDX-License-Identifier: Apache-2.0
#include "timeline/journal/index.h"

#include <algorithm>
#include <charconv>
#include <tuple>

#include "base/instant.h"
#include "base/sha256.h"
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

/// Seconds of "2018-04-05T10:37:00+02:00" or "...Z"; kNever for anything else.
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

void set_place(Place& place, const Sorted& row, const Line& line, std::uint64_t messages) {
  place.offset = line.offset;
  place.length = static_cast<std::uint32_t>(line.text.size());
  place.messages = messages;
  place.known = seconds_of(text_in(row, "known_at"));
  place.time = seconds_of(text_in(row, "time"));
  place.is_quoted = text_in(row, "kind") == "quoted";
}

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

IdKey key_of(const std::string& id) {
  const std::string_view text(id);
  return {hexadecimal(text.substr(0, kKeyDigits)),
          text.size() > kKeyDigits ? hexadecimal(text.substr(kKeyDigits, kKeyDigits)) : 0};
}

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

void Index::hear(const Entry& entry, const Line& line) {
  const Sorted& row = member(entry.body, "row");
  if (entry.type == "open" && entry.seq == 1) hear_opening(opening, entry.body);
  if (entry.type == "import") {
    messages[entry.seq] = count_in(entry.body, "messages");
    imports.insert(text_in(entry.body, "key"));
    imports.insert(text_in(entry.body, "ground"));
  }
  hear_evidence(evidence, files, entry);
  const std::uint64_t target = count_in(entry.body, "row");
  if (entry.type == "note") said[target].notes.push_back(remark_of(entry, "text"));
  if (entry.type == "strike") said[target].struck = remark_of(entry, "why");
  if (entry.type == "qualify") said[target].qualified = remark_of(entry, "why");
  const std::uint64_t of_import = messages[count_in(entry.body, "import")];
  if (entry.type == "revision") {
    const auto known = by_id.find(key_of(text_in(row, "id")));
    if (known != by_id.end() && of_import >= rows[known->second].messages) set_place(rows[known->second], row, line, of_import);
    return;
  }
  Place place;
  place.seq = entry.seq;
  set_place(place, row, line, of_import);
  place.id = key_of(text_in(row, "id"));
  place.about = key_of(text_in(row, "about"));
  place.tab = is_event_of_timeline(entry) ? Tab::timeline : Tab::actions;
  if (entry.type != "row") set_action_place(place, entry);
  const auto event = by_id.find(place.about);
  const std::string source = text_in(entry.type == "row" ? row : entry.body, "source");
  place.source = sources.add(source, event == by_id.end() ? 0 : rows[event->second].source);
  const auto at = static_cast<std::uint32_t>(rows.size());
  if (place.id.high != 0) by_id.emplace(place.id, at);
  rows.push_back(place);
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
