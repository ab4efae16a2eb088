// SPDX-License-Identifier: Apache-2.0
#include "timeline/quoted_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/sha256.h"
#include "text/fold.h"
#include "timeline/people.h"
#include "timeline/times.h"
#include "timeline/visible.h"

namespace threadline::timeline {
namespace {

constexpr std::int64_t kWidestShift = 14 * 3'600;  ///< seconds between two zones' readings of one wall clock
constexpr std::size_t kSubjectLength = 1'000;

/// A quoted copy, and whether the original stands in evidence.
struct Copy {
  const Judged* carrier;
  std::size_t block;

  [[nodiscard]] const facts::QuotedBlock& quoted() const { return carrier->facts->conversation.quoted[block]; }
  [[nodiscard]] bool has_original() const { return block < carrier->originals.size() && carrier->originals[block] != nullptr; }
};

/// The copies of one quoted message.
struct Group {
  std::vector<Copy> copies;
};

/// How a copy may be recognised in another carrier. `loose`: only where one of the two zones is assumed, or no date is known.
struct Key {
  std::string text;
  bool loose;
};

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

std::vector<Key> keys_of(const facts::QuotedBlock& block) {
  std::vector<Key> keys;
  const std::string said = words_key(block.text);
  for (const std::string& author : author_keys(block.from)) {
    if (block.date) keys.push_back({fmt::format("{}|{}", author, block.date->at.seconds / 60), false});
    if (!said.empty()) keys.push_back({author + "|" + said, true});
  }
  return keys;
}

bool may_be_one_author(const message::Address& one, const message::Address& other) {
  return one.address.empty() || other.address.empty() || text::equal_ascii_nocase(one.address, other.address);
}

/// The same words at another hour: true where a zone was assumed, or a copy has no date.
bool may_be_one_time(const facts::QuotedBlock& one, const facts::QuotedBlock& other) {
  if (!one.date || !other.date) return true;
  if (one.date->basis != ZoneBasis::assumed && other.date->basis != ZoneBasis::assumed) return false;
  const std::int64_t apart = std::abs(one.date->at.seconds / 60 - other.date->at.seconds / 60);
  return apart % 60 == 0 && apart * 60 <= kWidestShift;
}

class Groups {
 public:
  void add(const Copy& copy) {
    const std::vector<Key> keys = keys_of(copy.quoted());
    std::size_t group = groups_.size();
    for (const Key& key : keys) {
      if (const auto found = find(key, copy)) {
        group = *found;
        break;
      }
    }
    if (group == groups_.size()) groups_.emplace_back();
    groups_[group].copies.push_back(copy);
    for (const Key& key : keys) index_.emplace(key.text, group);
  }

  [[nodiscard]] const std::vector<Group>& all() const { return groups_; }

 private:
  [[nodiscard]] std::optional<std::size_t> find(const Key& key, const Copy& copy) const {
    const auto found = index_.find(key.text);
    if (found == index_.end()) return std::nullopt;
    const facts::QuotedBlock& first = groups_[found->second].copies.front().quoted();
    if (!may_be_one_author(first.from, copy.quoted().from)) return std::nullopt;
    if (key.loose && !may_be_one_time(first, copy.quoted())) return std::nullopt;
    return found->second;
  }

  std::vector<Group> groups_;
  std::unordered_map<std::string, std::size_t> index_;
};

bool is_known_later(const Copy& one, const Copy& other) {
  const auto& mine = one.carrier->facts->dates.known_at;
  const auto& others = other.carrier->facts->dates.known_at;
  return others && (!mine || *others < *mine);
}

std::string place_of(const Copy& copy) {
  const std::string& part = copy.quoted().span.part;
  return part.empty() ? copy.carrier->facts->source : copy.carrier->facts->source + "/" + part;
}

void add_places(Row& row, const Group& group) {
  for (const Copy& copy : group.copies) {
    std::string place = place_of(copy);
    if (std::ranges::find(row.sources, place) == row.sources.end()) row.sources.push_back(std::move(place));
  }
  if (row.sources.size() < 2) row.sources.clear();
}

Draft draft_of(const Group& group, const RowSettings& settings) {
  Copy first = group.copies.front();
  for (const Copy& copy : group.copies) {
    if (is_known_later(first, copy)) first = copy;
  }
  const facts::QuotedBlock& quoted = first.quoted();
  Draft draft = draft_about(
      *first.carrier->facts,
      {"quoted", first.carrier->facts->sha256, quoted.span.part, quoted.level, "", std::to_string(first.block)}, settings);
  Row& row = draft.row;
  row.source = place_of(first);
  add_places(row, group);
  row.message_id.reset();
  row.time_text = quoted.date_text;
  if (quoted.date) set_time(row, *quoted.date, settings);
  if (quoted.date) row.time_basis = facts::name_of(facts::TimeBasis::quoted);
  row.actor = quoted_actor_of(quoted, settings.language);
  row.action = quoted_action_of(first.carrier->facts->conversation, first.block, settings.language);
  const std::string subject = one_line(quoted.subject, kSubjectLength);
  if (!subject.empty()) row.comment = phrase("comment.subject", settings.language, {{"subject", subject}});
  return draft;
}

}  // namespace

Drafts quoted_rows(const std::vector<Judged>& judged, const RowSettings& settings) {
  Groups groups;
  for (const Judged& carrier : judged) {
    for (std::size_t block = 0; block < carrier.facts->conversation.quoted.size(); ++block) groups.add({&carrier, block});
  }
  Drafts drafts;
  for (const Group& group : groups.all()) {
    if (std::ranges::none_of(group.copies, &Copy::has_original)) drafts.push_back(draft_of(group, settings));
  }
  return drafts;
}

}  // namespace threadline::timeline
