// SPDX-License-Identifier: Apache-2.0
#include "memory/any_order.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

namespace threadline::memory {
namespace {

/// Keeps all that was learnt in the order of judgement and tells it again to a store of one run whenever something earlier is
/// asked or learnt. Slow where it goes backwards, and right by construction.
class AnyOrder final : public Store {
 public:
  AnyOrder() : told_(in_memory()) {}

  void as_of(const Moment& moment) override {
    moment_ = moment;
    is_now_ = false;
    tell();
  }
  void as_of_now(std::string_view content) override {
    moment_ = {.known_at = {}, .sha256 = {}, .content = std::string(content)};
    is_now_ = true;
    tell();
  }
  void learn(Learnt learnt) override {
    std::string content = content_of(learnt);
    if (!content.empty() && !contents_.insert(content).second && !take_out(learnt, content)) return;
    for (const policy::Side& side : learnt.taking_part) ++sides_[side];
    const auto place = std::ranges::upper_bound(history_, key_of(learnt), {}, key_of);
    if (place - history_.begin() < static_cast<std::ptrdiff_t>(count_)) forget_told();
    history_.insert(place, std::move(learnt));
    tell();
  }
  bool holds(std::string_view content) const override { return contents_.contains(content); }
  std::vector<SideCount> sides_taking_part() const override {
    std::vector<SideCount> counts;
    for (const auto& [side, messages] : sides_) counts.push_back({side, messages});
    return counts;
  }
  std::uint64_t messages() const override { return contents_.size(); }

  const Record* by_message_id(std::string_view id) const override { return told_->by_message_id(id); }
  std::vector<const Record*> by_thread_guid(std::string_view guid, std::size_t most) const override {
    return told_->by_thread_guid(guid, most);
  }
  std::vector<const Record*> by_subject(std::string_view subject, std::size_t most) const override {
    return told_->by_subject(subject, most);
  }
  std::vector<const Record*> latest_of_mailbox(std::string_view address, std::size_t most) const override {
    return told_->latest_of_mailbox(address, most);
  }
  std::vector<KnownAccount> accounts_of(const policy::Side& side) const override { return told_->accounts_of(side); }
  std::vector<KnownAccount> accounts_with_key(std::string_view key) const override { return told_->accounts_with_key(key); }
  std::vector<KnownAccount> disputed_accounts_of(const policy::Side& side) const override {
    return told_->disputed_accounts_of(side);
  }
  std::vector<KnownPhone> phones_of(const policy::Side& side, std::string_view address) const override {
    return told_->phones_of(side, address);
  }
  bool knows_number(const policy::Side& side, std::string_view number) const override {
    return told_->knows_number(side, number);
  }
  std::vector<BilledAccount> accounts_of_invoice(const policy::Side& side, std::string_view number) const override {
    return told_->accounts_of_invoice(side, number);
  }
  const Correspondent* correspondent(std::string_view address) const override { return told_->correspondent(address); }
  const std::vector<KnownDomain>& domains() const override { return told_->domains(); }
  std::vector<const Correspondent*> named(std::string_view name_key) const override { return told_->named(name_key); }
  bool is_disputed_address(std::string_view address) const override { return told_->is_disputed_address(address); }
  bool is_disputed_domain(std::string_view domain) const override { return told_->is_disputed_domain(domain); }
  bool is_disputed_account(std::string_view key) const override { return told_->is_disputed_account(key); }

 private:
  using Key = std::pair<std::int64_t, std::string_view>;

  static std::string content_of(const Learnt& learnt) {
    if (!learnt.content.empty()) return learnt.content;
    return learnt.facts ? learnt.facts->sha256 : std::string{};
  }
  static Key key_of(const Learnt& learnt) {
    return {learnt.known_at.seconds, learnt.facts ? std::string_view(learnt.facts->sha256) : std::string_view{}};
  }
  [[nodiscard]] bool is_before(const Learnt& learnt) const {
    return is_now_ || key_of(learnt) < Key{moment_.known_at.seconds, moment_.sha256};
  }
  [[nodiscard]] bool is_itself(const Learnt& learnt) const {
    return !moment_.content.empty() && content_of(learnt) == moment_.content;
  }

  /// What was learnt of that message before, where it is otherwise. False: it is the same.
  bool take_out(Learnt& learnt, const std::string& content) {
    const auto known = std::ranges::find_if(history_, [&](const Learnt& one) { return content_of(one) == content; });
    if (is_now_) join_copies(*known, learnt);
    if (is_same_judgement(*known, learnt)) return false;
    for (const policy::Side& side : known->taking_part) --sides_[side];
    history_.erase(known);
    forget_told();
    return true;
  }

  void forget_told() {
    told_ = in_memory();
    count_ = 0;
    renumber();
  }

  /// Brings what was told to the moment that is asked.
  void tell() {
    if (left_out_ || (count_ > 0 && !is_before(history_[count_ - 1]))) forget_told();
    left_out_ = false;
    const std::uint64_t number = told_->number();
    for (std::size_t at = 0; at < history_.size() && is_before(history_[at]); ++at) {
      if (at < count_ && !is_itself(history_[at])) continue;
      if (at < count_) return leave_out();
      ++count_;
      if (is_itself(history_[at]))
        left_out_ = true;
      else
        told_->learn(history_[at]);
    }
    if (told_->number() != number) renumber();
  }

  /// The message itself was told already: all is told again without it.
  void leave_out() {
    forget_told();
    tell();
  }

  std::vector<Learnt> history_;
  std::size_t count_ = 0;  ///< of history_ that were told
  bool left_out_ = false;  ///< one of them was not
  Moment moment_;
  bool is_now_ = true;
  std::unique_ptr<Store> told_;
  std::set<std::string, std::less<>> contents_;
  std::map<policy::Side, std::uint64_t> sides_;
};

}  // namespace

std::unique_ptr<Store> in_memory_any_order() { return std::make_unique<AnyOrder>(); }

}  // namespace threadline::memory
