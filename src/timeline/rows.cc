// SPDX-License-Identifier: Apache-2.0
#include "timeline/rows.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "base/done_behind.h"
#include "base/made_ahead.h"
#include "timeline/draft.h"
#include "timeline/evidence_rows.h"
#include "timeline/json.h"
#include "timeline/json_text.h"
#include "timeline/log_rows.h"
#include "timeline/people.h"
#include "timeline/quoted_rows.h"
#include "timeline/row_sort.h"
#include "timeline/sentences.h"
#include "timeline/times.h"
#include "timeline/visible.h"

namespace threadline::timeline {
namespace {

constexpr std::size_t kSubjectLength = 1'000;     ///< code points of a subject in a comment; explain has it whole
constexpr std::size_t kDateLength = 100;          ///< code points of a date in a comment
constexpr std::uint64_t kAheadBytes = 2U << 20U;  ///< of rows, between two threads
constexpr std::uint64_t kQuotedBytes = 128;       ///< of what is kept of a quoted message

void add_line(std::string& text, const std::string& line) {
  if (line.empty()) return;
  if (!text.empty()) text += '\n';
  text += line;
}

std::vector<const findings::Finding*> most_severe_first(const Judged& judged) {
  std::vector<const findings::Finding*> order;
  for (const auto& finding : judged.findings) order.push_back(&finding);
  std::ranges::stable_sort(order, [](const auto* one, const auto* other) { return one->severity > other->severity; });
  return order;
}

bool speaks_against(const findings::Finding& finding) { return finding.severity > Severity::info; }

std::string comment_of(const Judged& judged, bool is_evidence_sound, const RowSettings& settings) {
  const facts::Facts& facts = *judged.facts;
  std::string comment;
  const std::string subject = one_line(facts.subject, kSubjectLength);
  if (!subject.empty()) comment = phrase("comment.subject", settings.language, {{"subject", subject}});
  if (is_date_off(facts.dates))
    add_line(comment, phrase("comment.date_off", settings.language, {{"date", one_line(facts.dates.header->text, kDateLength)}}));
  for (const auto* finding : most_severe_first(judged)) add_line(comment, sentence_of(*finding, settings.language));
  const bool nothing = is_evidence_sound && !is_date_off(facts.dates) && std::ranges::none_of(judged.findings, speaks_against);
  if (nothing) add_line(comment, std::string(words("comment.nothing", settings.language)));
  return comment;
}

Draft message_row(const Judged& judged, bool is_evidence_sound, const RowSettings& settings) {
  const facts::Facts& facts = *judged.facts;
  Draft draft = draft_about(facts, {"message", facts.sha256, "", 0, "", ""}, settings);
  if (facts.sources.size() > 1) draft.row.sources = facts.sources;
  set_message_time(draft.row, facts, settings);
  draft.row.actor = actor_of(judged, settings.language);
  draft.row.action = action_of(judged, settings.language);
  draft.row.comment = comment_of(judged, is_evidence_sound, settings);
  return draft;
}

Draft draft_of(const Judged& judged, const findings::Finding& finding, const RowSettings& settings) {
  const facts::Facts& facts = *judged.facts;
  Draft draft = draft_about(facts, {"finding", facts.sha256, "", 0, finding.code, finding.subject}, settings);
  Row& row = draft.row;
  row.about = message_row_id(facts);
  set_message_time(row, facts, settings);
  row.actor = actor_of(judged, settings.language);
  say_finding(row, finding, settings.language);
  return draft;
}

std::string peer_name(const facts::Peer& peer) {
  if (!peer.name.empty()) return peer.name;
  return peer.helo.empty() ? peer.ip : peer.helo;
}

std::string hop_comment(const facts::Hop& hop, Language language) {
  const std::string delay = hop.delay_seconds ? std::to_string(*hop.delay_seconds) : std::string();
  std::string comment = phrase("comment.hop", language, {{"with", hop.with}, {"tls", hop.tls}, {"delay", delay}, {"id", hop.id}});
  if (comment.starts_with(", ")) comment.erase(0, 2);
  return one_line(comment, kSubjectLength);
}

Draft hop_row(const facts::Facts& facts, std::size_t index, const RowSettings& settings) {
  const facts::Hop& hop = facts.route.hops[index];
  Draft draft = draft_about(facts, {"hop", facts.sha256, hop.span.part, static_cast<std::int64_t>(index), "", ""}, settings);
  Row& row = draft.row;
  row.about = message_row_id(facts);
  if (hop.time) set_time(row, *hop.time, settings);
  if (hop.time) row.time_text = hop.time->text;
  if (hop.time) row.time_basis = facts::name_of(facts::TimeBasis::header);
  const std::string by = one_line(hop.by.empty() ? hop.ip_by : hop.by, kDateLength);
  row.actor = by.empty() ? std::string(words("actor.relay", settings.language)) : by;
  row.action = phrase("action.hop", settings.language, {{"from", one_line(peer_name(hop.from), kDateLength)}, {"by", by}});
  row.comment = hop_comment(hop, settings.language);
  row.evidence_json = dumped({{"raw", hop.raw}, {"because", Json::array({{{"text", hop.raw}, {"span", to_json(hop.span)}}})}});
  return draft;
}

bool is_shown(const findings::Finding& finding, const RowSettings& settings) {
  return !settings.min_severity || finding.severity >= *settings.min_severity;
}

void add_rows_of(Drafts& drafts, const Judged& judged, const RowSettings& settings) {
  Drafts evidence = evidence_rows(judged, settings);
  if (settings.events != Events::none) drafts.push_back(message_row(judged, evidence.empty(), settings));
  for (const auto* finding : most_severe_first(judged)) {
    if (is_shown(*finding, settings)) drafts.push_back(draft_of(judged, *finding, settings));
  }
  std::ranges::move(evidence, std::back_inserter(drafts));
  if (settings.events != Events::hops) return;
  for (std::size_t hop = 0; hop < judged.facts->route.hops.size(); ++hop) drafts.push_back(hop_row(*judged.facts, hop, settings));
}

/// The rows of one message, and what is kept of those that it quotes.
struct Drafted {
  Drafts drafts;
  QuotedRows::Carried quoted;

  [[nodiscard]] std::uint64_t bytes() const {
    std::uint64_t bytes = sizeof(QuotedRows::Carried) + quoted.size() * kQuotedBytes;
    for (const Draft& draft : drafts) bytes += bytes_of(draft.row);
    return bytes;
  }
};

Drafted drafted(const JudgedList& judged, std::size_t rank, const RowSettings& settings) {
  Drafted drafted;
  judged.show(rank, [&](const Judged& one) {
    if (settings.cut.holds(one.facts->sha256, one.facts->source)) add_rows_of(drafted.drafts, one, settings);
    if (settings.events != Events::none) drafted.quoted = QuotedRows::carried_by(one, settings.cut);
  });
  for (Draft& draft : drafted.drafts) draft.row.id = row_id(draft.identity);
  return drafted;
}

/// Judged messages that are all in memory.
class InVector final : public JudgedList {
 public:
  explicit InVector(const std::vector<Judged>& judged) : judged_(judged) {}
  [[nodiscard]] std::size_t size() const override { return judged_.size(); }
  void show(std::size_t rank, const std::function<void(const Judged&)>& see) const override { see(judged_[rank]); }

 private:
  const std::vector<Judged>& judged_;
};

}  // namespace

Row finding_row(const Judged& judged, const findings::Finding& finding, const RowSettings& settings) {
  Draft draft = draft_of(judged, finding, settings);
  draft.row.id = row_id(draft.identity);
  return std::move(draft.row);
}

void say_finding(Row& row, const findings::Finding& finding, Language language) {
  row.action = phrase("action.finding", language, {{"title", title_of(finding.code, language)}});
  row.comment = sentence_of(finding, language);
  row.code = finding.code;
  row.severity = name_of(finding.severity);
  row.confidence = std::clamp(finding.confidence, 0.0, 1.0);
  row.evidence_json = evidence_text(finding);
  row.attack = finding.attack;
}

Draft draft_about(const facts::Facts& facts, Identity identity, const RowSettings& settings) {
  Draft draft;
  draft.row.kind = identity.kind;
  draft.identity = std::move(identity);
  draft.known_at = facts.dates.known_at;
  if (draft.known_at) draft.row.known_at = rfc3339_utc(*draft.known_at);
  draft.row.source = facts.source;
  draft.row.source_label = settings.source_label;
  draft.row.sha256 = facts.sha256;
  if (!facts.message_id.empty()) draft.row.message_id = facts.message_id;
  return draft;
}

Result<bool> each_row(const JudgedList& judged, const std::vector<EvidenceRemark>& remarks, const std::vector<Logged>& logged,
                      const RowSettings& settings, const RowTaking& taking) {
  RowSort sort(taking.sort);
  QuotedRows quoted;
  const bool has_events = settings.events != Events::none;
  const auto take = [&sort](Draft&& draft) { sort.add(std::move(draft)); };
  {
    MadeAhead<Drafted> ahead(
        judged.size(), taking.threads, kAheadBytes, [&](std::size_t rank, unsigned) { return drafted(judged, rank, settings); },
        [](std::size_t, const Drafted& one) { return one.bytes(); });
    for (std::size_t rank = 0; rank < judged.size(); ++rank) {
      Drafted one = ahead.next();
      quoted.add(one.quoted);
      std::ranges::for_each(one.drafts, [&](Draft& draft) { take(std::move(draft)); });
      if (taking.on_message && !taking.on_message(rank + 1)) return false;
    }
  }
  if (has_events) quoted.each(judged, settings, taking.threads, take);
  for (Draft& draft : log_rows(logged, settings)) take(std::move(draft));
  for (const EvidenceRemark& remark : remarks) {
    if (settings.cut.holds(remark.sha256, remark.source)) take(evidence_row(remark, settings));
  }
  bool is_whole = true;
  DoneBehind<Row> taken(taking.threads > 0, kAheadBytes, [&](Row&& row) { return is_whole = taking.take(std::move(row)); });
  const auto given = sort.each([&](Row&& row) {
    const std::uint64_t bytes = bytes_of(row);
    return taken.put(std::move(row), bytes);
  });
  taken.finish();
  if (!given) return tl::unexpected(given.error());
  return is_whole;
}

Result<std::vector<Row>> all_rows(const JudgedList& judged, const std::vector<EvidenceRemark>& remarks,
                                  const std::vector<Logged>& logged, const RowSettings& settings, unsigned threads) {
  std::vector<Row> rows;
  const auto take = [&rows](Row&& row) {
    rows.push_back(std::move(row));
    return true;
  };
  const auto given = each_row(judged, remarks, logged, settings, {.sort = {}, .take = take, .threads = threads});
  if (!given) return tl::unexpected(given.error());
  return rows;
}

std::vector<Row> rows_of(const std::vector<Judged>& judged, const std::vector<EvidenceRemark>& remarks,
                         const RowSettings& settings, const std::vector<Logged>& logged) {
  return *all_rows(InVector(judged), remarks, logged, settings);  // all is in memory: nothing fails
}

}  // namespace threadline::timeline
