// SPDX-License-Identifier: Apache-2.0
#include "memory/redacted.h"

#include <algorithm>
#include <vector>

#include "text/domain.h"
#include "text/fold.h"

namespace threadline::memory {
namespace {

using People = std::vector<message::Address>;

bool is_below(std::string_view name, std::string_view domain) {
  return name == domain ||
         (name.size() > domain.size() && name.ends_with(domain) && name[name.size() - domain.size() - 1] == '.');
}

/// Takes things out and counts what it took.
class Redaction {
 public:
  Redaction(Learnt& learnt, facts::Facts& facts, const Forgotten& gone) : learnt_(learnt), facts_(facts), gone_(gone) {}

  std::size_t run() {
    quoted();
    people();
    sides();
    if (!gone_.domain.empty()) domain();
    taken_ += std::erase_if(learnt_.took_part, [&](const auto& part) { return gone_.has(part.address); });
    taken_ += std::erase_if(learnt_.mailboxes, [&](const std::string& one) { return gone_.has(one); });
    taken_ += std::erase_if(learnt_.copies, [&](const Copy& one) { return gone_.has(one.mailbox) || gone_.has(one.to); });
    taken_ += std::erase_if(learnt_.disputed_addresses, [&](const auto& one) { return gone_.has(text::ascii_lower(one)); });
    words();
    return taken_;
  }

 private:
  void take_out(People& people) {
    taken_ += std::erase_if(people, [&](const message::Address& one) { return gone_.has(text::ascii_lower(one.address)); });
  }

  void people() {
    for (People* list : {&facts_.from, &facts_.reply_to, &facts_.to, &facts_.cc}) take_out(*list);
    if (facts_.sender && gone_.has(text::ascii_lower(facts_.sender->address))) facts_.sender.reset(), ++taken_;
    if (gone_.has(text::ascii_lower(facts_.return_path))) facts_.return_path.clear(), ++taken_;
  }

  /// What he wrote and others quote: his accounts and numbers too.
  void quoted() {
    auto& blocks = facts_.conversation.quoted;
    for (std::size_t at = 0; at < blocks.size(); ++at) {
      facts::QuotedBlock& block = blocks[at];
      take_out(block.to);
      take_out(block.cc);
      if (block.on_behalf_of && gone_.has(text::ascii_lower(block.on_behalf_of->address))) block.on_behalf_of.reset(), ++taken_;
      if (!gone_.has(text::ascii_lower(block.from.address))) continue;
      block.from = {};
      ++taken_;
      const auto number = static_cast<std::int32_t>(at);
      taken_ += std::erase_if(facts_.phones, [&](const facts::Phone& phone) { return phone.block == number; });
      for (std::size_t one = 0; one < facts_.accounts.size(); ++one) {
        if (facts_.accounts[one].block == number) blank(one);
      }
    }
  }

  /// Others point to accounts by their places.
  void blank(std::size_t account) {
    facts_.accounts[account] = facts::Account{};
    std::erase_if(learnt_.presented_quoted, [&](const auto& one) { return one.first == account; });
    ++taken_;
  }

  /// What was presented for him.
  void sides() {
    const auto presented_quoted = learnt_.presented_quoted;
    for (const auto& [index, side] : presented_quoted) {
      if (is_his(side) && index < facts_.accounts.size()) blank(index);
    }
    for (const auto& [key, side] : learnt_.presented) {
      for (std::size_t at = 0; is_his(side) && at < facts_.accounts.size(); ++at) {
        if (account_key(facts_.accounts[at]) == key) blank(at);
      }
    }
    taken_ += std::erase_if(learnt_.presented, [&](const auto& one) { return is_his(one.second); });
    taken_ += std::erase_if(learnt_.taking_part, [&](const policy::Side& side) { return is_his(side); });
  }

  [[nodiscard]] bool is_his(const policy::Side& side) const {
    constexpr std::string_view kAddress = "address:";
    if (side.starts_with(kAddress)) return gone_.has(std::string_view(side).substr(kAddress.size()));
    return !gone_.domain.empty() && side == "domain:" + gone_.domain;
  }

  void domain() {
    taken_ += std::erase_if(learnt_.disputed_domains, [&](const auto& one) { return is_below(one, gone_.domain); });
    const auto is_of_domain = [&](std::string_view id) {
      const std::string_view bare = id.ends_with('>') ? id.substr(0, id.size() - 1) : id;
      return is_below(text::ascii_lower(bare.substr(std::min(bare.find('@') + 1, bare.size()))), gone_.domain);
    };
    taken_ += std::erase_if(facts_.thread.references, is_of_domain);
    if (is_of_domain(facts_.thread.in_reply_to)) facts_.thread.in_reply_to.clear(), ++taken_;
    for (facts::Dkim& signature : facts_.route.dkim) {
      if (is_below(text::ascii_lower(signature.domain), gone_.domain)) signature.domain.clear(), ++taken_;
    }
  }

  void words() {
    if (!learnt_.text) return;
    auto text = std::make_shared<KeptText>(*learnt_.text);
    for (HistoryWord& word : text->words) {
      const bool is_link =
          word.kind == WordKind::link && !gone_.domain.empty() && word.key.find(gone_.domain) != std::string::npos;
      if (!is_link && (word.kind != WordKind::address || !gone_.has(word.key))) continue;
      word.kind = WordKind::plain;
      word.key.clear(), word.written.clear();
      ++taken_;
    }
    learnt_.text = std::move(text);
  }

  Learnt& learnt_;
  facts::Facts& facts_;
  const Forgotten& gone_;
  std::size_t taken_ = 0;
};

}  // namespace

bool Forgotten::has(std::string_view address) const {
  if (address.empty()) return false;
  if (!person.empty()) return address == person;
  return !domain.empty() && is_below(text::domain_of_address(address), domain);
}

bool is_by(const Learnt& learnt, const Forgotten& gone) {
  return std::ranges::any_of(learnt.facts->from,
                             [&](const message::Address& one) { return gone.has(text::ascii_lower(one.address)); });
}

bool redact(Learnt& learnt, const Forgotten& gone) {
  auto facts = std::make_shared<facts::Facts>(*learnt.facts);
  const bool is_in_it = Redaction(learnt, *facts, gone).run() > 0;
  learnt.facts = std::move(facts);
  return is_in_it;
}

}  // namespace threadline::memory
