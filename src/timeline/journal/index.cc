// SPDX-License-Identifier: Apache-2.0
#include "timeline/journal/index.h"

#include <algorithm>

#include "base/sha256.h"
#include "timeline/identity.h"
#include "timeline/journal/chain.h"

namespace threadline::timeline::journal {
namespace {

constexpr std::string_view kCopies = "copies";  ///< of a log: the other paths of its bytes

/// The JSON without members that name a place or a zone: the same bytes in another place are the same content.
Sorted without_places(const Sorted& json) {
  if (json.is_array()) {
    Sorted list = Sorted::array();
    for (const auto& one : json) list.push_back(without_places(one));
    return list;
  }
  if (!json.is_object()) return json;
  Sorted object = Sorted::object();
  for (const auto& [key, value] : json.items()) {
    if (key == kCopies && value.is_array())
      object[key] = value.size();
    else if (key != "source" && key != "sources" && key != "source_label" && key != "time" && !key.starts_with("zone"))
      object[key] = without_places(value);
  }
  return object;
}

/// Rows about copies name their places in words; what else these say is in the row's evidence.
bool do_words_name_places(const Sorted& row) {
  const Sorted& evidence = member(row, "evidence");
  return text_in(row, "kind") == "evidence" && (evidence.contains("sources") || evidence.contains(kCopies));
}

void set_version(KnownRow& row, const RowEntry& said, const ImportNote& import, std::uint64_t content) {
  row.content = content;
  row.messages = static_cast<std::uint32_t>(import.messages);
  row.context = static_cast<std::uint32_t>(import.context);
  row.severity = said.severity;
  row.is_quoted = said.is_quoted;
  row.is_gone = false;
}

}  // namespace

std::uint64_t content_of(const Sorted& body) {
  const Sorted& row = member(body, "row");
  Sorted said = {{"row", without_places(row)}};
  if (!do_words_name_places(row)) said["words"] = member(body, "words");
  return key_of(sha256_hex(canonical(said))).high;
}

std::uint32_t places_of(const Sorted& body) {
  return static_cast<std::uint32_t>(std::max<std::size_t>(member(member(body, "row"), "sources").size(), 1));
}

Result<Index> Index::read(const std::string& folder) {
  Index index;
  Chain chain(Strictness::members);  // canonical or not is for verify to say
  const auto read = for_each_line(journal_path(folder), [&](const Line& line) {
    if (line.is_torn) return false;
    if (const Step step = chain.follow(line); step.entry) index.hear(*step.entry);
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  return index;
}

void Index::hear_places(KnownRow& row, const Entry& entry) {
  const std::uint32_t places = places_of(entry.body);
  if (places <= row.places) return;
  row.places = places;
  sources[row.id] = member(member(entry.body, "row"), "sources");
}

void Index::hear_gone(const Entry& entry) {
  const std::uint64_t target = count_in(entry.body, "row");
  const auto row = std::ranges::lower_bound(rows, target, {}, &KnownRow::seq);
  if (row != rows.end() && row->seq == target) row->is_gone = entry.type == "not_found";
}

void Index::hear_revision(const Entry& entry) {
  const std::uint64_t content = content_of(entry.body);
  versions.insert(content);
  const RowEntry said = row_entry_of(entry);
  const auto known = by_id.find(said.id);
  const ImportNote& import = heard.import_of(entry);
  if (known == by_id.end()) return;
  KnownRow& row = rows[known->second];
  hear_places(row, entry);
  if (import.context >= row.context) set_version(row, said, import, content);
}

void Index::add_row(const Entry& entry) {
  const RowEntry said = row_entry_of(entry);
  KnownRow row{.seq = entry.seq, .id = said.id, .about = said.about};
  hear_places(row, entry);
  const bool is_evidence = entry.type == "row";
  set_version(row, said, heard.import_of(entry), is_evidence ? content_of(entry.body) : 0);
  if (is_evidence) versions.insert(row.content);
  if (is_evidence && said.is_quoted)
    carriers.emplace(said.id, key_of(row_id({"message", text_in(member(entry.body, "row"), "sha256"), "", 0, "", ""})));
  if (is_evidence && said.is_quoted) awaited.hear(entry);
  if (said.id.high != 0) by_id.emplace(said.id, static_cast<std::uint32_t>(rows.size()));
  rows.push_back(row);
}

void Index::hear(const Entry& entry) {
  heard.hear(entry);
  if (entry.type == "import") {
    imports.insert(text_in(entry.body, "key"));
    imports.insert(text_in(entry.body, "ground"));
  }
  if (gives_no_row(entry.type)) return hear_gone(entry);
  if (entry.type == "revision") return hear_revision(entry);
  add_row(entry);
}

const KnownRow* Index::row(const std::string& id) const {
  const auto found = id.empty() ? by_id.end() : by_id.find(key_of(id));
  return found == by_id.end() ? nullptr : &rows[found->second];
}

}  // namespace threadline::timeline::journal
