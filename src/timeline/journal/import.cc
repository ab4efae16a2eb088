// SPDX-License-Identifier: Apache-2.0
#include "timeline/journal/import.h"

#include <algorithm>
#include <functional>

#include "base/limits.h"
#include "base/sha256.h"
#include "timeline/details.h"
#include "timeline/journal/entry.h"
#include "timeline/journal/index.h"
#include "timeline/journal/personal.h"
#include "timeline/row_json.h"
#include "timeline/rows.h"

namespace threadline::timeline::journal {
namespace {

constexpr std::size_t kNamed = 100;  ///< rows that were not told again, by number in the import's entry; all have theirs

Sorted words_json(const Row& row) { return {{"actor", row.actor}, {"action", row.action}, {"comment", row.comment}}; }

/// The row without its number and without words, which stand beside it in both languages.
Sorted neutral_json(const Row& row) {
  Sorted json = Sorted::parse(row_text(row), nullptr, false);
  for (const char* key : {"row", "actor", "action", "comment"}) json.erase(key);
  return json;
}

bool is_of_personal(const Import& import, const Row& row) {
  return import.personal.contains(row.id) || (row.about && import.personal.contains(*row.about));
}

Sorted body_of(const Import& import, std::size_t at) {
  const Row& row = (*import.english)[at];
  Sorted body{{"row", neutral_json(row)}, {"words", {{"fr", words_json((*import.french)[at])}, {"en", words_json(row)}}}};
  const auto details = import.details.find(row.id);
  if (details != import.details.end()) body["details"] = Sorted::parse(details->second, nullptr, false);
  if (is_of_personal(import, row)) body["private"] = true;
  if (const auto quotes = import.quotes.find(row.id); quotes != import.quotes.end()) body["quotes"] = quotes_json(quotes->second);
  return body;
}

void set(Sorted& body, const char* key, const std::string& text) {
  if (!text.empty()) body[key] = text;
}

/// What the import rests on: two that are equal in it are one import made twice.
Sorted ground_of(const Import& import) {
  Sorted body{{"evidence", Sorted::array()},
              {"own_domains", import.own_domains},
              {"versions", Sorted::object()},
              {"messages", import.messages},
              {"custody", Sorted::object()}};
  for (const auto& file : import.evidence)
    body["evidence"].push_back({{"path", file.path}, {"size", file.size}, {"sha256", file.sha256}});
  for (const auto& [name, version] : import.versions) body["versions"][name] = version;
  set(body["custody"], "label", import.custody.label);
  set(body["custody"], "by", import.custody.by);
  set(body["custody"], "at", import.custody.at);
  set(body["custody"], "method", import.custody.method);
  if (!import.policy_path.empty()) body["policy"] = {{"path", import.policy_path}, {"sha256", import.policy_sha256}};
  return body;
}

std::uint64_t context_of(const Import& import) { return import.context.value_or(import.messages); }

/// Which rows are new, and which say something new.
struct Sorting {
  std::vector<std::size_t> rows, revisions;
  std::unordered_map<std::size_t, Sorted> sources;  ///< of revisions that tell of fewer places than the case knows
  std::uint64_t known = 0;
};

Sorting sorted_by(const Index& known, const Import& import) {
  Sorting sorting;
  std::unordered_set<std::string_view> seen;
  for (std::size_t at = 0; at < import.english->size(); ++at) {
    const std::string& id = (*import.english)[at].id;
    if (!seen.insert(id).second) continue;
    const KnownRow* place = known.row(id);
    if (place == nullptr) {
      sorting.rows.push_back(at);
      continue;
    }
    const Sorted body = body_of(import, at);
    const std::uint64_t content = content_of(body);
    const bool is_said = content == place->content || (context_of(import) < place->context && known.versions.contains(content));
    if (is_said && places_of(body) <= place->places) {
      ++sorting.known;
    } else {
      sorting.revisions.push_back(at);
      if (places_of(body) < place->places) sorting.sources.emplace(at, known.sources.at(place->id));
    }
  }
  return sorting;
}

Sorted numbers_json(const std::vector<const KnownRow*>& places) {
  Sorted numbers = Sorted::array();
  for (const KnownRow* place : places) {
    if (numbers.size() < kNamed) numbers.push_back(std::to_string(place->seq));
  }
  return numbers;
}

/// Rows of the case about messages of this run: which ones it does not tell, and which it tells again.
struct Recheck {
  std::vector<const KnownRow*> not_found, found_again;
  std::vector<const KnownRow*> out_of_context;               ///< not told by a run that read fewer messages: it proves nothing
  std::unordered_map<std::uint64_t, std::string> originals;  ///< of quoted rows, by number: the id of the message itself

  void add_original(const KnownRow* copy, const std::string& message) {
    if (originals.emplace(copy->seq, message).second) not_found.push_back(copy);
  }
};

/// Quoted rows of carriers that this run did not read, whose originals it did.
void find_awaited(const Index& known, const Import& import, const std::unordered_set<IdKey, IdHash>& told, Recheck& recheck) {
  for (const Row& row : *import.english) {
    const auto written = import.written.find(row.id);
    if (row.kind != "message" || written == import.written.end()) continue;
    for (const IdKey& copy : known.awaited.copies_of(written->second)) {
      const KnownRow* place = known.row(id_text(copy));
      const auto carrier = known.carriers.find(copy);
      const bool is_read_anew = carrier != known.carriers.end() && told.contains(carrier->second);
      if (place != nullptr && !place->is_gone && !is_read_anew && !told.contains(copy)) recheck.add_original(place, row.id);
    }
  }
}

Recheck rechecked(const Index& known, const Import& import, const Sorting& sorting) {
  std::unordered_set<IdKey, IdHash> told, revised;
  for (const Row& row : *import.english) told.insert(key_of(row.id));
  for (const std::size_t at : sorting.revisions) revised.insert(key_of((*import.english)[at].id));
  Recheck recheck;
  for (const KnownRow& place : known.rows) {
    const auto carrier = known.carriers.find(place.id);
    const IdKey about = carrier == known.carriers.end() ? place.about : carrier->second;
    const bool is_claim = place.severity >= 0 || place.is_quoted;
    if (!is_claim || !told.contains(about)) continue;
    const bool is_told = told.contains(place.id);
    const bool has_context = import.messages >= place.messages;
    if (!is_told && !place.is_gone) (has_context ? recheck.not_found : recheck.out_of_context).push_back(&place);
    if (is_told && place.is_gone && has_context && !revised.contains(place.id)) recheck.found_again.push_back(&place);
  }
  find_awaited(known, import, told, recheck);
  return recheck;
}

Result<void> add_rows(Appender& appender, const Import& import, const Sorting& sorting, std::uint64_t number,
                      const Stamp& stamp) {
  const auto add = [&](std::string_view type, std::size_t at) -> Result<std::uint64_t> {
    Sorted body = body_of(import, at);
    if (const auto sources = sorting.sources.find(at); sources != sorting.sources.end()) body["row"]["sources"] = sources->second;
    body["import"] = number;
    return appender.add(type, canonical(body), stamp);
  };
  for (const std::size_t at : sorting.rows) {
    if (const auto added = add("row", at); !added) return tl::unexpected(added.error());
  }
  for (const std::size_t at : sorting.revisions) {
    if (const auto added = add("revision", at); !added) return tl::unexpected(added.error());
  }
  return {};
}

Result<void> add_recheck(Appender& appender, const Import& import, const Recheck& recheck, std::uint64_t number,
                         const Stamp& stamp) {
  for (const KnownRow* place : recheck.not_found) {
    Sorted body{{"import", number}, {"row", place->seq}};
    const auto original = import.originals.find(id_text(place->id));
    const auto awaited = recheck.originals.find(place->seq);
    if (original != import.originals.end()) body["original"] = original->second;
    if (awaited != recheck.originals.end()) body["original"] = awaited->second;
    if (const auto added = appender.add("not_found", canonical(body), stamp); !added) return tl::unexpected(added.error());
  }
  for (const KnownRow* place : recheck.found_again) {
    const auto added = appender.add("found_again", canonical({{"import", number}, {"row", place->seq}}), stamp);
    if (!added) return tl::unexpected(added.error());
  }
  return {};
}

/// Evidence files of earlier imports that this run did not read, of imports that count, by digest.
std::uint64_t files_aside(const Index& known, const Import& import, const std::function<bool(const ImportNote&)>& counts) {
  std::unordered_set<std::string> seen;
  for (const EvidenceFile& file : import.evidence) seen.insert(file.sha256);
  seen.insert(import.read_again.begin(), import.read_again.end());
  std::uint64_t count = 0;
  for (const EvidenceFile& file : known.heard.evidence) {
    const auto note = known.heard.notes.find(file.entry);
    if (note != known.heard.notes.end() && counts(note->second) && seen.insert(file.sha256).second) ++count;
  }
  return count;
}

/// Those that this run did not know from the case's memory either.
std::uint64_t left_aside(const Index& known, const Import& import) {
  return files_aside(known, import, [&](const ImportNote& note) { return !note.is_learnt || !import.context; });
}

std::uint64_t logs_in(const Import& import) {
  const auto is_log = [](const Row& row) { return row.code == "log_read"; };
  return static_cast<std::uint64_t>(std::ranges::count_if(*import.english, is_log));
}

/// Those whose mails the logs of this run were not joined with, or whose logs its mails were not: the memory keeps neither.
std::uint64_t logs_apart(const Index& known, const Import& import) {
  const bool has_logs = logs_in(import) > 0;
  return files_aside(known, import, [&](const ImportNote& note) {
    return (has_logs && note.messages > 0) || (import.messages > 0 && note.logs > 0);
  });
}

/// The import's entry: what it rests on, and how many entries follow.
void set_counts(Sorted& body, const Imported& imported, std::optional<std::uint64_t> context, const Recheck& recheck) {
  body["rows"] = imported.rows;
  body["revisions"] = imported.revisions;
  body["known"] = imported.known;
  if (context) body["context"] = *context;
  if (imported.judged_without > 0) body["judged_without"] = imported.judged_without;
  if (imported.logs_apart > 0) body["logs_apart"] = imported.logs_apart;
  if (!recheck.found_again.empty()) body["found_again"] = imported.found_again;
  if (!recheck.not_found.empty()) body["not_found"] = imported.not_found;
  const auto name = [&](const char* key, const std::vector<const KnownRow*>& places) {
    if (places.empty()) return;
    body[key] = numbers_json(places);
    if (places.size() > kNamed) body[std::string(key) + "_more"] = places.size() - kNamed;
  };
  name("not_found_rows", recheck.not_found);
  name("not_again", recheck.out_of_context);
}

/// The mail itself, or one that carries it as an attachment, is marked.
bool is_of_personal_mail(const facts::Facts& facts, const std::unordered_map<std::string_view, const facts::Facts*>& by_digest,
                         Marks marks) {
  const facts::Facts* mail = &facts;
  for (std::uint32_t depth = 0; depth <= Limits{}.nested_depth; ++depth) {
    if (is_personal(mail->subject, marks)) return true;
    const auto carrier = by_digest.find(mail->carrier);
    if (mail->carrier.empty() || carrier == by_digest.end()) return false;
    mail = carrier->second;
  }
  return false;
}

bool is_found_out(const Judged& one) {
  return std::ranges::any_of(one.findings, [](const auto& finding) { return finding.severity >= Severity::high; });
}

void add_quotes(Import& import, const facts::Facts& carrier) {
  const auto& quoted = carrier.conversation.quoted;
  for (std::size_t block = 0; block < quoted.size(); ++block) {
    Writing writing = writing_of(carrier, block);
    if (!writing.authors.empty()) import.quotes.emplace(quoted_row_id(carrier, block), std::move(writing));
  }
}

}  // namespace

void describe_messages(Import& import, const std::vector<Judged>& judged) {
  std::unordered_map<std::string_view, const facts::Facts*> by_digest;
  for (const Judged& one : judged) by_digest.emplace(one.facts->sha256, one.facts.get());
  const Conversations conversations(judged);
  for (std::size_t at = 0; at < judged.size(); ++at) {
    const Judged& one = judged[at];
    const std::string id = message_row_id(*one.facts);
    if (has_details(one)) import.details.emplace(id, message_details(one, conversations.around(at)));
    if (is_of_personal_mail(*one.facts, by_digest, is_found_out(one) ? Marks::alone : Marks::any)) import.personal.insert(id);
    if (!is_found_out(one)) import.written.emplace(id, writing_of(*one.facts));
    add_quotes(import, *one.facts);
    for (std::size_t block = 0; block < one.originals.size() && block < one.facts->conversation.quoted.size(); ++block) {
      if (one.originals[block]) import.originals.emplace(quoted_row_id(*one.facts, block), message_row_id(*one.originals[block]));
    }
  }
}

Result<Imported> import_rows(const std::string& folder, const Import& import, const Stamp& stamp) {
  auto appender = Appender::open(folder, stamp);  // from here on nobody else writes
  if (!appender) return tl::unexpected(appender.error());
  const auto known = Index::read(folder);
  if (!known) return tl::unexpected(known.error());
  const Sorting sorting = sorted_by(*known, import);
  const Recheck recheck = rechecked(*known, import, sorting);
  Sorted body = ground_of(import);
  const std::string key = sha256_hex(canonical(body));
  Sorted without_custody = body;
  without_custody.erase("custody");
  const std::string ground = sha256_hex(canonical(without_custody));
  Imported imported{.rows = sorting.rows.size(),
                    .revisions = sorting.revisions.size(),
                    .known = sorting.known,
                    .not_found = recheck.not_found.size(),
                    .found_again = recheck.found_again.size(),
                    .judged_without = left_aside(*known, import),
                    .logs_apart = logs_apart(*known, import),
                    .is_repeated = false,
                    .head = appender->head()};
  const bool is_news = imported.rows + imported.revisions + imported.not_found + imported.found_again > 0;
  imported.is_repeated = !is_news && known->imports.contains(body["custody"].empty() ? ground : key);
  if (imported.is_repeated) return imported;
  body["key"] = key;
  body["ground"] = ground;
  set_counts(body, imported, import.context, recheck);
  if (const auto logs = logs_in(import); logs > 0) body["logs"] = logs;
  const auto number = appender->add("import", canonical(body), stamp);
  if (!number) return tl::unexpected(number.error());
  if (const auto added = add_rows(*appender, import, sorting, *number, stamp); !added) return tl::unexpected(added.error());
  if (const auto added = add_recheck(*appender, import, recheck, *number, stamp); !added) return tl::unexpected(added.error());
  if (const auto flushed = appender->flush(); !flushed) return tl::unexpected(flushed.error());
  imported.head = appender->head();
  return imported;
}

}  // namespace threadline::timeline::journal
