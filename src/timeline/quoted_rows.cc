// SPDX-License-Identifier: Apache-2.0
#include "timeline/quoted_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "base/made_ahead.h"
#include "base/sha256.h"
#include "text/fold.h"
#include "timeline/people.h"
#include "timeline/times.h"
#include "timeline/visible.h"

namespace threadline::timeline {
namespace {

constexpr std::int64_t kWidestShift = 14 * 3'600;  ///< seconds between two zones' readings of one wall clock
constexpr std::size_t kSubjectLength = 1'000;
constexpr std::uint64_t kAheadBytes = 1U << 20U;  ///< of drafts

std::vector<std::string> author_keys(const message::Address& from) {
  std::vector<std::string> keys;
  if (!from.address.empty()) keys.push_back("a:" + text::ascii_lower(from.address));
  if (const std::string name = text::name_key(from.name); !name.empty()) keys.push_back("n:" + name);
  return keys;
}

std::string words_key(const std::string& text) {
  const std::string folded = text::fold(text);
  return folded.empty() ? std::string() : sha256_hex(folded);
}

/// Two readings of one wall clock.
bool may_be_one_time(std::int64_t one, std::int64_t other) {
  const std::int64_t apart = std::abs(one / 60 - other / 60);
  return apart % 60 == 0 && apart * 60 <= kWidestShift;
}

std::string place_of(const facts::Facts& carrier, const facts::QuotedBlock& quoted) {
  const std::string& part = quoted.span.part;
  return part.empty() ? carrier.source : carrier.source + "/" + part;
}

Draft row_of(const facts::Facts& carrier, std::size_t block, const RowSettings& settings) {
  const facts::QuotedBlock& quoted = carrier.conversation.quoted[block];
  Draft draft =
      draft_about(carrier, {"quoted", carrier.sha256, quoted.span.part, quoted.level, "", std::to_string(block)}, settings);
  Row& row = draft.row;
  row.source = place_of(carrier, quoted);
  row.message_id.reset();
  row.time_text = quoted.date_text;
  if (quoted.date) set_time(row, *quoted.date, settings);
  if (quoted.date) row.time_basis = facts::name_of(facts::TimeBasis::quoted);
  row.actor = quoted_actor_of(quoted, settings.language);
  row.action = quoted_action_of(carrier.conversation, block, settings.language);
  const std::string subject = one_line(quoted.subject, kSubjectLength);
  if (!subject.empty()) row.comment = phrase("comment.subject", settings.language, {{"subject", subject}});
  return draft;
}

}  // namespace

std::vector<QuotedRows::Key> QuotedRows::keys_of(const facts::QuotedBlock& block) {
  std::vector<Key> keys;
  const std::string said = words_key(block.text);
  for (const std::string& author : author_keys(block.from)) {
    if (block.date) keys.push_back({short_hash(fmt::format("{}|{}", author, block.date->at.seconds / 60)), false});
    if (!said.empty()) keys.push_back({short_hash(author + "|" + said), true});
  }
  return keys;
}

QuotedRows::Group QuotedRows::group_of(const facts::QuotedBlock& block) {
  Group group;
  if (!block.from.address.empty()) group.address = short_hash(text::ascii_lower(block.from.address));
  group.has_date = block.date.has_value();
  if (block.date) group.at = block.date->at.seconds;
  group.is_zone_assumed = block.date && block.date->basis == ZoneBasis::assumed;
  return group;
}

/// `loose`: the same words at another hour, where a zone was assumed, or a copy has no date.
bool QuotedRows::may_be_one(const Group& one, const Group& other, bool loose) {
  if (one.address != 0 && other.address != 0 && one.address != other.address) return false;
  if (!loose || !one.has_date || !other.has_date) return true;
  return (one.is_zone_assumed || other.is_zone_assumed) && may_be_one_time(one.at, other.at);
}

std::optional<std::uint32_t> QuotedRows::find(const Key& key, const Group& copy) const {
  const auto* found = index_.find(key.hash);
  if (found == nullptr || !may_be_one(groups_[found->number], copy, key.loose)) return std::nullopt;
  return found->number;
}

QuotedRows::Carried QuotedRows::carried_by(const Judged& carrier, const RowCut& cut) {
  const auto& quoted = carrier.facts->conversation.quoted;
  const bool is_told = cut.holds(carrier.facts->sha256, carrier.facts->source);
  Carried carried;
  for (std::size_t block = 0; block < quoted.size(); ++block) {
    carried.push_back({keys_of(quoted[block]), group_of(quoted[block])});
    carried.back().group.is_told = is_told;
    carried.back().group.has_original = block < carrier.originals.size() && carrier.originals[block] != nullptr;
  }
  return carried;
}

void QuotedRows::add(const Carried& carried) {
  const std::uint32_t rank = carriers_++;
  for (std::size_t block = 0; block < carried.size(); ++block) {
    const auto& [keys, copy] = carried[block];
    std::optional<std::uint32_t> group;
    for (std::size_t at = 0; at < keys.size() && !group; ++at) group = find(keys[at], copy);
    if (!group) {
      group = static_cast<std::uint32_t>(groups_.size());
      groups_.push_back(copy);
    }
    if (copy.has_original) groups_[*group].has_original = true;
    copies_.push_back({*group, rank, static_cast<std::uint16_t>(block)});
    for (const Key& key : keys) index_.add({key.hash, *group});
  }
}

class QuotedRows::Carriers {
 public:
  explicit Carriers(const JudgedList& judged) : judged_(judged) {}

  const facts::Facts& facts(std::uint32_t rank) {
    if (const auto found = std::ranges::find(latest_, rank, &Carrier::rank); found != latest_.end()) return *found->facts;
    if (latest_.size() == kMost || text_bytes_ > kMostBytes) latest_.clear(), text_bytes_ = 0;
    judged_.show(rank, [&](const Judged& carrier) { latest_.push_back({rank, carrier.facts}); });
    text_bytes_ += latest_.back().facts->body_text.size();
    return *latest_.back().facts;
  }

 private:
  static constexpr std::size_t kMost = 16, kMostBytes = 256U << 10U;
  struct Carrier {
    std::uint32_t rank;
    std::shared_ptr<const facts::Facts> facts;
  };
  const JudgedList& judged_;
  std::vector<Carrier> latest_;
  std::size_t text_bytes_ = 0;
};

std::optional<Draft> QuotedRows::draft_of(const Copy* first, const Copy* end, Carriers& carriers, const RowSettings& settings) {
  std::optional<Draft> draft;
  std::vector<std::string> places;
  for (const Copy* copy = first; copy != end; ++copy) {
    const facts::Facts& carrier = carriers.facts(copy->rank);
    const auto& quoted = carrier.conversation.quoted;
    if (copy->block >= quoted.size()) continue;
    std::string place = place_of(carrier, quoted[copy->block]);
    if (std::ranges::find(places, place) == places.end()) places.push_back(std::move(place));
    const auto& known_at = carrier.dates.known_at;
    const bool is_earlier = draft && known_at && (!draft->known_at || *known_at < *draft->known_at);
    if (!draft || is_earlier) draft = row_of(carrier, copy->block, settings);
  }
  if (draft && places.size() > 1) draft->row.sources = std::move(places);
  return draft;
}

void QuotedRows::each(const JudgedList& judged, const RowSettings& settings, unsigned threads,
                      const std::function<void(Draft&&)>& take) {
  index_ = {};
  std::ranges::sort(copies_, {}, [](const Copy& copy) {
    return std::tuple(std::uint32_t{copy.group}, std::uint32_t{copy.rank}, std::uint16_t{copy.block});
  });
  struct Copies {
    const Copy *first, *end;
  };
  Column<Copies> without_original;
  for (const Copy* first = copies_.begin(); first != copies_.end();) {
    const Copy* end = first;
    while (end != copies_.end() && end->group == first->group) ++end;
    const Group& group = groups_[first->group];
    if (group.is_told && !group.has_original) without_original.push_back({first, end});
    first = end;
  }
  std::vector<Carriers> carriers(std::max(threads, 1U), Carriers(judged));
  MadeAhead<std::optional<Draft>> drafts(
      without_original.size(), threads, kAheadBytes,
      [&](std::size_t at, unsigned thread) {
        return draft_of(without_original[at].first, without_original[at].end, carriers[thread], settings);
      },
      [](std::size_t, const std::optional<Draft>& draft) { return draft ? bytes_of(draft->row) : 0; });
  for (std::size_t at = 0; at < without_original.size(); ++at) {
    if (auto draft = drafts.next()) take(*std::move(draft));
  }
}

}  // namespace threadline::timeline
