// SPDX-License-Identifier: Apache-2.0
#include "findings/signs.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "findings/claim.h"
#include "findings/context_steps.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

constexpr std::int64_t kMinute = 60, kDay = 86'400;
constexpr std::int64_t kZones = 26 * 3'600;  ///< between the clocks of UTC-12 and UTC+14
constexpr std::size_t kBecause = 10;
constexpr std::size_t kLevels = 200;  ///< quoted messages that are looked at

using Block = facts::QuotedBlock;

bool is_address(const message::Address& person) { return person.address.find('@') != std::string::npos; }

template <class Visit>
void each_person(const Block& block, Visit visit) {
  visit(block.from);
  if (block.on_behalf_of) visit(*block.on_behalf_of);
  std::ranges::for_each(block.to, visit);
  std::ranges::for_each(block.cc, visit);
}

/// Looks for one sign after the other.
class Reading {
 public:
  explicit Reading(const Case& it) : it_(it), quoted_(it.facts.conversation.quoted) {}

  std::vector<Sign> take() {
    if (quoted_.empty()) return {};
    look_for_sender();
    look_for_name();
    look_for_dropped();
    look_at_dates();
    look_at_weekdays();
    look_at_index();
    look_at_oldest();
    look_at_styles();
    if (!has_thread_link(it_.facts)) add("no_thread_link", header_words(it_.facts, "Subject", it_.facts.subject));
    return std::move(signs_);
  }

 private:
  [[nodiscard]] std::size_t levels() const { return std::min(quoted_.size(), kLevels); }

  void add(std::string name, Because because) { signs_.push_back({std::move(name), std::move(because)}); }
  void add(std::string name, std::string words, const Block& block) {
    add(std::move(name), {std::move(words), block.introduction});
  }

  void look_for_sender() {
    const policy::Side& side = it_.context.sender_side;
    if (side.empty() || side == policy::kOwnSide) return;
    std::size_t addresses = 0;
    bool stands_there = false;
    for (std::size_t level = 0; level < levels(); ++level) {
      each_person(quoted_[level], [&](const message::Address& person) {
        if (!is_address(person)) return;
        ++addresses;
        stands_there = stands_there || it_.ground.sides.side_of(person.address) == side;
      });
    }
    if (addresses > 0 && !stands_there)
      add("sender_domain_unquoted", address_words(it_.facts, "from", sender_address(it_.facts)));
  }

  void look_for_name() {
    if (it_.facts.from.empty()) return;
    const std::string name = text::name_key(it_.facts.from.front().name);
    if (!is_telling_name(name)) return;
    for (std::size_t level = 0; level < levels(); ++level) {
      const message::Address* other = nullptr;
      each_person(quoted_[level], [&](const message::Address& person) {
        const bool is_elsewhere = is_address(person) && it_.ground.sides.side_of(person.address) != it_.context.sender_side;
        if (other == nullptr && is_elsewhere && text::name_key(person.name) == name) other = &person;
      });
      if (other != nullptr) return add("name_with_other_address", person_text(*other), quoted_[level]);
    }
  }

  /// Of a third side: whoever answers leaves himself out, and need not write to his colleagues.
  void look_for_dropped() {
    std::string dropped;
    each_person(quoted_.front(), [&](const message::Address& person) {
      if (!is_address(person) || is_addressed(it_.facts, person.address)) return;
      const policy::Side side = it_.ground.sides.side_of(person.address);
      if (side == it_.context.sender_side || is_recipient_side(side) || dropped.size() > 200) return;
      dropped += (dropped.empty() ? "" : ", ") + person.address;
    });
    if (!dropped.empty()) add("participants_dropped", dropped, quoted_.front());
  }

  [[nodiscard]] bool is_recipient_side(const policy::Side& side) const {
    return std::ranges::any_of(it_.facts.to,
                               [&](const auto& person) { return it_.ground.sides.side_of(person.address) == side; });
  }

  /// What quotes must be younger; where a zone is assumed, by more than two zones may lie apart.
  void look_at_dates() {
    for (std::size_t level = 0; level < levels(); ++level) {
      const Block& block = quoted_[level];
      const std::optional<Stamp>& above =
          block.parent < 0 ? it_.facts.dates.header : quoted_[static_cast<std::size_t>(block.parent)].date;
      if (!block.date || !above) continue;
      const bool is_assumed = block.date->basis == ZoneBasis::assumed || above->basis == ZoneBasis::assumed;
      if (block.date->at.seconds - above->at.seconds > (is_assumed ? kZones : kMinute))
        return add("dates_not_monotonic", block.date_text + " / " + above->text, block);
    }
  }

  void look_at_weekdays() {
    const auto found = std::ranges::find(quoted_, true, &Block::wrong_weekday);
    if (found != quoted_.end()) add("wrong_weekday", found->date_text, *found);
  }

  void look_at_index() {
    const auto& index = it_.facts.thread.index;
    if (!index) return;
    const bool answers = it_.facts.subject_is_reply || it_.facts.subject_is_forward;
    const Instant last = index->child_times.empty() ? index->root_time : index->child_times.back();
    const bool is_off = it_.facts.dates.header && std::abs(it_.facts.dates.header->at.seconds - last.seconds) > 2 * kDay;
    if ((answers && index->child_times.empty()) || is_off)
      add("thread_index_contradicts", header_words(it_.facts, "Thread-Index", rfc3339(last)));
  }

  void look_at_oldest() {
    const Block& oldest = quoted_[levels() - 1];
    const bool is_bare = !oldest.from.name.empty() && !is_address(oldest.from);
    const bool others_have = std::ranges::any_of(quoted_, [](const Block& block) { return is_address(block.from); });
    if (is_bare && others_have) add("oldest_without_address", person_text(oldest.from), oldest);
  }

  /// Form and language of the introductions in one author's mails: what a level's parent wrote introduces the level.
  void look_at_styles() {
    std::map<std::string, std::string> by_author;
    for (std::size_t level = 0; level < levels(); ++level) {
      const Block& block = quoted_[level];
      const std::string author = author_of(block.parent);
      std::string style = block.style.substr(0, block.style.find(' ', block.style.find(' ') + 1));
      if (author.empty() || style.empty()) continue;
      const auto [known, is_new] = by_author.try_emplace(author, style);
      if (!is_new && known->second != style) return add("style_changes", known->second + " / " + style, block);
    }
  }

  [[nodiscard]] std::string author_of(std::int32_t level) const {
    if (level < 0) return it_.facts.from.empty() ? std::string{} : text::name_key(it_.facts.from.front().name);
    const message::Address& author = quoted_[static_cast<std::size_t>(level)].from;
    return author.name.empty() ? text::ascii_lower(author.address) : text::name_key(author.name);
  }

  const Case& it_;
  const std::vector<Block>& quoted_;
  std::vector<Sign> signs_;
};

}  // namespace

std::vector<Sign> read_signs(const Case& it) { return Reading(it).take(); }

Value names_of(const std::vector<Sign>& signs) {
  Value::List names;
  for (const Sign& sign : signs) names.emplace_back(sign.name);
  return names;
}

void add_because(const std::vector<Sign>& signs, std::vector<Because>& because) {
  for (std::size_t at = 0; at < std::min(signs.size(), kBecause); ++at) because.push_back(signs[at].because);
}

}  // namespace threadline::findings
