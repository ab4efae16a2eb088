// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <deque>
#include <iterator>

#include "base/limits.h"
#include "base/text_map.h"
#include "memory/derived.h"
#include "memory/memory.h"
#include "memory/people.h"
#include "text/fold.h"

namespace threadline::memory {
namespace {

template <class T>
const T* found(const TextMap<T>& map, std::string_view key) {
  const auto place = map.find(key);
  return place == map.end() ? nullptr : &place->second;
}

/// Everything is append-only in deques, so that the records handed out stay where they are.
class InMemory final : public Store {
 public:
  const Record* by_message_id(std::string_view message_id) const override {
    const auto* record = found(by_id_, message_id);
    return record == nullptr ? nullptr : *record;
  }

  std::vector<const Record*> by_thread_guid(std::string_view guid, std::size_t most) const override {
    const auto* known = guid.empty() ? nullptr : found(by_guid_, guid);
    if (known == nullptr) return {};
    return {known->begin(), known->begin() + static_cast<std::ptrdiff_t>(std::min(most, known->size()))};
  }
  std::vector<const Record*> by_subject(std::string_view base_subject, std::size_t most) const override {
    const auto* known = base_subject.empty() ? nullptr : found(by_subject_, base_subject);
    if (known == nullptr) return {};
    return {known->end() - static_cast<std::ptrdiff_t>(std::min(most, known->size())), known->end()};
  }

  std::vector<const Record*> latest_of_mailbox(std::string_view address, std::size_t most) const override {
    const auto* known = found(by_mailbox_, text::ascii_lower(address));
    if (known == nullptr) return {};
    return {known->rbegin(), known->rbegin() + static_cast<std::ptrdiff_t>(std::min(most, known->size()))};
  }

  std::vector<KnownAccount> accounts_of(const policy::Side& side) const override {
    std::vector<KnownAccount> undisputed;
    const auto* known = found(accounts_, side);
    if (known == nullptr) return undisputed;
    std::ranges::copy_if(known->all, std::back_inserter(undisputed),
                         [this](const KnownAccount& account) { return !is_disputed_account(account.key); });
    return undisputed;
  }

  std::vector<KnownAccount> accounts_with_key(std::string_view key) const override {
    std::vector<KnownAccount> known;
    const auto* sides = found(sides_of_, key);
    if (sides == nullptr || is_disputed_account(key)) return known;
    for (const policy::Side& side : *sides) {
      const SideAccounts& accounts = accounts_.find(side)->second;
      known.push_back(accounts.all[accounts.by_key.find(key)->second]);
    }
    return known;
  }

  std::vector<KnownAccount> disputed_accounts_of(const policy::Side& side) const override {
    std::vector<KnownAccount> disputed;
    const auto* known = found(accounts_, side);
    if (known == nullptr) return disputed;
    for (const auto* accounts : {&known->all, &known->of_disputed}) {
      std::ranges::copy_if(*accounts, std::back_inserter(disputed), [this](const KnownAccount& account) {
        return !account.from_quote && is_disputed_account(account.key);
      });
    }
    return disputed;
  }

  std::vector<KnownPhone> phones_of(const policy::Side& side, std::string_view address) const override {
    const auto* known = found(phones_, side + '\n' + text::ascii_lower(address));
    return known == nullptr || is_disputed_address(address) ? std::vector<KnownPhone>{} : *known;
  }
  bool knows_number(const policy::Side& side, std::string_view number) const override {
    const auto* people = found(signers_, side + '\n' + std::string(number));
    return people != nullptr &&
           std::ranges::any_of(*people, [this](const std::string& address) { return !is_disputed_address(address); });
  }

  std::vector<BilledAccount> accounts_of_invoice(const policy::Side& side, std::string_view number) const override {
    std::vector<BilledAccount> undisputed;
    const auto* known = found(billed_, invoice_key(side, number));
    if (known == nullptr) return undisputed;
    std::ranges::copy_if(*known, std::back_inserter(undisputed),
                         [this](const BilledAccount& billed) { return !is_disputed_account(account_key(billed.account)); });
    return undisputed;
  }

  const Correspondent* correspondent(std::string_view address) const override {
    const auto* known = found(correspondents_, text::ascii_lower(address));
    return known == nullptr || is_disputed_address((*known)->address) ? nullptr : *known;
  }

  const std::vector<KnownDomain>& domains() const override { return domains_; }

  std::vector<const Correspondent*> named(std::string_view name_key) const override {
    std::vector<const Correspondent*> people;
    const auto* known = found(by_name_, name_key);
    if (known == nullptr) return people;
    std::ranges::copy_if(*known, std::back_inserter(people),
                         [this](const Correspondent* person) { return !is_disputed_address(person->address); });
    return people;
  }

  bool is_disputed_address(std::string_view address) const override {
    return !disputed_addresses_.empty() && disputed_addresses_.contains(text::ascii_lower(address));
  }
  bool is_disputed_domain(std::string_view registrable) const override { return disputed_domains_.contains(registrable); }
  bool is_disputed_account(std::string_view key) const override { return disputed_accounts_.contains(key); }

  void learn(Learnt learnt) override {
    dispute(learnt);
    keep(learnt);
    if (!learnt.facts) return;
    learn_quoted_accounts(learnt);
    learn_accounts(learnt);
    if (learnt.disputed) return;
    learn_sender(learnt);
    learn_domains(learnt);
    learn_phones(learnt);
  }

 private:
  struct SideAccounts {
    std::vector<KnownAccount> all;
    TextMap<std::size_t> by_key;
    std::size_t real = 0;                   ///< of all, those that real messages presented
    TextSet quoted;                         ///< keys that quoted messages presented
    std::vector<KnownAccount> of_disputed;  ///< presented by disputed messages: never known
    TextSet disputed_keys;
  };

  void dispute(const Learnt& learnt) {
    for (const std::string& address : learnt.disputed_addresses) disputed_addresses_.insert(text::ascii_lower(address));
    disputed_accounts_.insert(learnt.disputed_accounts.begin(), learnt.disputed_accounts.end());
    for (const std::string& domain : learnt.disputed_domains) {
      if (!disputed_domains_.insert(domain).second) continue;
      if (const auto known = domain_places_.find(domain); known != domain_places_.end()) domains_[known->second].disputed = true;
    }
  }

  void keep(const Learnt& learnt) {
    if (!learnt.facts) return;
    const Record& record = records_.emplace_back(Record{.facts = learnt.facts,
                                                        .known_at = learnt.known_at,
                                                        .side = learnt.side,
                                                        .disputed = learnt.disputed,
                                                        .presented = learnt.presented,
                                                        .copies = learnt.copies});
    const facts::Facts& facts = *learnt.facts;
    if (!facts.message_id.empty()) by_id_.try_emplace(facts.message_id, &record);
    if (facts.thread.index && !facts.thread.index->guid.empty()) by_guid_[facts.thread.index->guid].push_back(&record);
    if (!learnt.subject_key.empty()) by_subject_[learnt.subject_key].push_back(&record);
    for (const std::string& mailbox : learnt.mailboxes) by_mailbox_[mailbox].push_back(&record);
  }

  void learn_sender(const Learnt& learnt) {
    if (learnt.facts->from.empty() || learnt.facts->from.front().address.empty()) return;
    const std::string address = text::ascii_lower(learnt.facts->from.front().address);
    if (disputed_addresses_.contains(address)) return;
    auto [place, is_new] = correspondents_.try_emplace(address, nullptr);
    if (is_new) {
      place->second = &people_.emplace_back();
      place->second->side = learnt.side;
    }
    add_message(*place->second, learnt);
    learn_name(learnt.sender_name_key, *place->second);
  }

  void learn_name(const std::string& name_key, const Correspondent& person) {
    if (name_key.empty()) return;
    auto& people = by_name_[name_key];
    if (people.size() < Limits{}.known_namesakes && std::ranges::find(people, &person) == people.end()) people.push_back(&person);
  }

  void learn_domains(const Learnt& learnt) {
    TextSet seen;
    for (const Learnt::TookPart& part : learnt.took_part) {
      if (part.registrable.empty() || disputed_domains_.contains(part.registrable) || disputed_addresses_.contains(part.address))
        continue;
      auto [place, is_new] = domain_places_.try_emplace(part.registrable, domains_.size());
      if (is_new) domains_.push_back(KnownDomain{.domain = part.registrable, .first = learnt.known_at});
      KnownDomain& domain = domains_[place->second];
      domain.written_to = domain.written_to || part.written_to;
      if (seen.insert(part.registrable).second) ++domain.messages;
    }
  }

  void learn_accounts(const Learnt& learnt) {
    TextMap<const facts::Account*> written;
    for (const facts::Account& account : learnt.facts->accounts) {
      if (account.block < 0) written.try_emplace(account_key(account), &account);
    }
    for (const auto& [key, side] : learnt.presented) {
      const auto place = written.find(key);
      if (place == written.end() || side.empty()) continue;
      const KnownAccount known = known_account(learnt, *place->second, side);
      if (learnt.disputed) {
        SideAccounts& accounts = accounts_[side];
        const bool is_full = accounts.of_disputed.size() >= Limits{}.known_accounts;
        if (!is_full && accounts.disputed_keys.insert(known.key).second) accounts.of_disputed.push_back(known);
        continue;
      }
      learn_account(known);
      learn_invoices(learnt, *place->second, side);
    }
  }

  static std::string invoice_key(const policy::Side& side, std::string_view number) { return side + '\n' + std::string(number); }

  void learn_invoices(const Learnt& learnt, const facts::Account& account, const policy::Side& side) {
    for (const facts::Invoice& invoice : learnt.facts->invoices) {
      if (invoice.block >= 0 || side.empty()) continue;
      auto& billed = billed_[invoice_key(side, invoice.number)];
      const bool known =
          std::ranges::any_of(billed, [&](const BilledAccount& one) { return account_key(one.account) == account_key(account); });
      if (!known && billed.size() < Limits{}.billed_accounts)
        billed.push_back({account, learnt.known_at, learnt.facts->message_id, learnt.facts->source});
    }
  }

  void learn_phones(const Learnt& learnt) {
    if (learnt.facts->from.empty() || learnt.side.empty()) return;
    const std::string address = text::ascii_lower(learnt.facts->from.front().address);
    for (const facts::Phone& phone : learnt.facts->phones) {
      if (phone.block >= 0 || !phone.in_signature || phone.kind == facts::PhoneKind::fax) continue;
      auto& known = phones_[learnt.side + '\n' + address];
      const bool is_known = std::ranges::any_of(known, [&](const KnownPhone& one) { return one.phone.number == phone.number; });
      if (is_known || known.size() >= Limits{}.known_numbers) continue;
      known.push_back({phone, address, learnt.sender_name_key, learnt.known_at, learnt.facts->message_id, learnt.facts->source});
      auto& signers = signers_[learnt.side + '\n' + phone.number];
      if (signers.size() < kPeopleOfOneNumber) signers.push_back(address);
    }
  }

  /// Also of a disputed message: the history that a fraud carries is what its reminders are compared with.
  void learn_quoted_accounts(const Learnt& learnt) {
    for (const auto& [index, side] : learnt.presented_quoted) {
      if (index >= learnt.facts->accounts.size() || side.empty()) continue;
      KnownAccount known = known_account(learnt, learnt.facts->accounts[index], side);
      known.from_quote = true;
      learn_account(known);
    }
  }

  static KnownAccount known_account(const Learnt& learnt, const facts::Account& account, const policy::Side& side) {
    return {.key = account_key(account),
            .account = account,
            .side = side,
            .since = learnt.known_at,
            .message_id = learnt.facts->message_id,
            .source = learnt.facts->source};
  }

  /// Of quoted messages and of real ones the first are known each.
  static bool has_room_for(const KnownAccount& known, SideAccounts& accounts) {
    if (known.from_quote) {
      if (accounts.quoted.contains(known.key)) return true;
      return accounts.quoted.size() < Limits{}.known_accounts && accounts.quoted.insert(known.key).second;
    }
    const auto place = accounts.by_key.find(known.key);
    const bool is_real = place != accounts.by_key.end() && !accounts.all[place->second].from_quote;
    return is_real || accounts.real < Limits{}.known_accounts;
  }

  void learn_account(const KnownAccount& known) {
    SideAccounts& accounts = accounts_[known.side];
    if (!has_room_for(known, accounts)) return;
    const auto [place, is_new] = accounts.by_key.try_emplace(known.key, accounts.all.size());
    if (is_new || accounts.all[place->second].from_quote) accounts.real += known.from_quote ? 0 : 1;
    if (is_new) {
      accounts.all.push_back(known);
      auto& sides = sides_of_[known.key];
      if (sides.size() < kSidesOfOneAccount) sides.push_back(known.side);
    } else if (KnownAccount& earlier = accounts.all[place->second]; earlier.from_quote && !known.from_quote) {
      earlier = known;
    }
  }

  std::deque<Record> records_;
  TextMap<const Record*> by_id_;
  TextMap<std::vector<const Record*>> by_guid_, by_subject_, by_mailbox_;
  TextMap<SideAccounts> accounts_;
  TextMap<std::vector<policy::Side>> sides_of_;  ///< by account key
  TextMap<std::vector<BilledAccount>> billed_;
  TextMap<std::vector<KnownPhone>> phones_;    ///< by side and address
  TextMap<std::vector<std::string>> signers_;  ///< addresses by side and number
  std::deque<Correspondent> people_;
  TextMap<Correspondent*> correspondents_;
  TextMap<std::vector<const Correspondent*>> by_name_;
  std::vector<KnownDomain> domains_;
  TextMap<std::size_t> domain_places_;
  TextSet disputed_addresses_, disputed_domains_, disputed_accounts_;
};

}  // namespace

View::View() { renumber(); }

bool View::has_signed(const policy::Side& side, std::string_view address, std::string_view number) const {
  const std::string signer = text::ascii_lower(address);
  return std::ranges::any_of(phones_of(side, signer), [&](const KnownPhone& one) { return one.phone.number == number; });
}

void View::renumber() {
  static std::atomic<std::uint64_t> last{0};
  number_ = ++last;
}

bool Record::has_subject(std::string_view folded) const {
  return text != nullptr ? text->hash->of(folded) == text->subject : text::fold(facts->base_subject) == folded;
}

void join_copies(const Learnt& before, Learnt& again) {
  const auto take_in = [](const auto& known, auto& all) {
    auto joined = known;
    std::ranges::copy_if(all, std::back_inserter(joined),
                         [&](const auto& one) { return std::ranges::find(known, one) == known.end(); });
    all = std::move(joined);
  };
  again.known_at = std::min(before.known_at, again.known_at);
  take_in(before.mailboxes, again.mailboxes);
  take_in(before.copies, again.copies);
}

bool is_same_judgement(const Learnt& one, const Learnt& other) {
  return one.known_at == other.known_at && one.side == other.side && one.disputed == other.disputed &&
         one.presented == other.presented && one.presented_quoted == other.presented_quoted &&
         one.disputed_addresses == other.disputed_addresses && one.disputed_domains == other.disputed_domains &&
         one.disputed_accounts == other.disputed_accounts && one.mailboxes == other.mailboxes && one.copies == other.copies;
}

void Store::as_of(const Moment& /*moment*/) {}
void Store::as_of_now(std::string_view /*content*/) {}
void Store::take_sides(const policy::Policy& /*policy*/) {}
Result<void> Store::commit() { return {}; }
Result<void> Store::let_go() { return commit(); }
bool Store::holds(std::string_view /*content*/) const { return false; }
std::vector<SideCount> Store::sides_taking_part() const { return {}; }
std::uint64_t Store::messages() const { return 0; }

std::unique_ptr<Store> in_memory() { return std::make_unique<InMemory>(); }

std::string account_key(const facts::Account& account) {
  constexpr std::size_t kSortCodeIban = 22, kSortCode = 8, kRouting = 9;
  const std::string_view value = account.value;
  const bool holds_sort_code = value.starts_with("GB") || value.starts_with("IE");
  if (account.kind == "iban" && holds_sort_code && value.size() == kSortCodeIban) return "uk:" + account.value.substr(kSortCode);
  if (account.kind == "us" && value.size() > kRouting) {
    const std::size_t number = std::min(value.find_first_not_of('0', kRouting), value.size() - 1);
    return "us:" + account.value.substr(0, kRouting) + account.value.substr(number);
  }
  return account.kind + ":" + account.value;
}

}  // namespace threadline::memory
