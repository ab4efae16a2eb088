// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "memory/database.h"
#include "memory/disputes.h"
#include "memory/memory.h"
#include "memory/place.h"
#include "memory/records.h"
#include "memory/side_names.h"

namespace threadline::memory {

inline constexpr std::size_t kSidesOfOneAccount = 20;  ///< the first, which accounts_with_key names
inline constexpr std::size_t kPeopleOfOneNumber = 20;  ///< of a side, who are asked whether they are disputed

/// What messages showed of accounts, invoices, telephone numbers and names, so that messages may come in any order and be
/// forgotten: of accounts and invoices a row each time, of numbers and names, which somebody has in most of his messages, where
/// none of an earlier message stands. The tables hold hashes and places in messages alone; of each thing the first row is asked.
/// Limits: known_accounts, known_numbers, known_namesakes, billed_accounts: rows of the first are written, and what stands behind
/// them goes when an earlier one comes, so that no question reads more.
class Derived {
 public:
  /// What the answers are made of.
  struct Sources {
    const KeyedHash& hash;
    const SideNames& names;
    const Disputes& disputes;
    Records& records;
  };
  Derived(Database& database, const Sources& sources, Filling filling);

  /// `learnt` as it is stored.
  void learn(const Learnt& learnt, Place place, std::int64_t message);
  /// As if it had not been learnt, once settle() was called.
  void forget(const Learnt& learnt, Place place, std::int64_t message);
  /// Numbers and names whose first message was forgotten are looked for in later messages of the same sender.
  void settle();

  /// Others may have written: what was read before is worth nothing.
  void let_go() { account_rows_.clear(), first_.clear(), gaps_.clear(), rows_kept_ = 0; }

  [[nodiscard]] std::vector<KnownAccount> accounts_of(const policy::Side& side, Place before);
  [[nodiscard]] std::vector<KnownAccount> accounts_with_key(std::string_view key, Place before);
  [[nodiscard]] std::vector<KnownAccount> disputed_accounts_of(const policy::Side& side, Place before);
  /// `address` in lower case.
  [[nodiscard]] std::vector<KnownPhone> phones_of(const policy::Side& side, std::string_view address, Place before);
  [[nodiscard]] bool has_signed(const policy::Side& side, std::string_view address, std::string_view number, Place before);
  [[nodiscard]] bool knows_number(const policy::Side& side, std::string_view number, Place before);
  [[nodiscard]] std::vector<BilledAccount> accounts_of_invoice(const policy::Side& side, std::string_view number, Place before);
  /// People of that name, in the order first seen.
  [[nodiscard]] std::vector<std::uint64_t> named(std::string_view name_key, Place before);

 private:
  enum class Kind : std::uint8_t { quoted, real, of_disputed_message };
  /// The message that first showed something.
  struct Row {
    Place place;
    std::int64_t message = 0;
    std::size_t position = 0;
    std::uint64_t one = 0;    ///< the thing's hash: account, person, or side
    std::uint64_t other = 0;  ///< its kind, or number
  };
  /// Writes rows, or deletes them.
  struct Change {
    Place place;
    std::int64_t message = 0;
    bool is_learning = true;
  };

  /// A number or name whose first row went: of whose messages, and behind which place.
  struct Gap {
    std::uint64_t thing = 0, person = 0;
    Place place;

    auto operator<=>(const Gap&) const = default;
  };

  void change(const Learnt& learnt, const Change& change);
  void fill(std::uint64_t person, Place from, std::set<std::uint64_t> things);
  void change_account(const policy::Side& side, std::uint64_t key, Kind kind, std::size_t position, const Change& change);
  void change_written(const Learnt& learnt, const Change& change);
  void change_bill(std::uint64_t invoice, std::uint64_t key, std::size_t position, const Change& change);
  void change_sender(const Learnt& learnt, const Change& change);
  void change_name(std::uint64_t name, std::uint64_t person, const Change& change);
  void change_phone(std::uint64_t side, std::uint64_t person, std::size_t position, std::uint64_t number, const Change& change);

  /// Whether a thing has a row already that stands no later than that place. `find` answers its first row.
  [[nodiscard]] bool stands(std::uint64_t thing, Place place, Statement& find);
  void note_gap(const Gap& gap, Statement& find);
  template <class Next>
  [[nodiscard]] static std::vector<Row> first_rows(Next next, std::size_t most = std::numeric_limits<std::size_t>::max());
  [[nodiscard]] static std::vector<Row> first_rows(Statement& next, std::uint64_t hash);
  template <class Drop>
  [[nodiscard]] static bool takes(const std::vector<Row>& known, Place place, std::size_t most, Drop drop);
  [[nodiscard]] static std::vector<Row> known_before(std::vector<Row> rows, Place before, bool by_kind);
  [[nodiscard]] std::vector<Row> rows(Statement& next, const std::vector<std::uint64_t>& hashes, Place before);
  [[nodiscard]] const std::vector<Row>& account_rows(std::uint64_t side);
  [[nodiscard]] std::vector<Row> account_rows(const policy::Side& side, Place before);
  [[nodiscard]] std::vector<Row> phone_rows(std::uint64_t side, std::uint64_t person);
  void forget_account_rows(std::uint64_t side);
  [[nodiscard]] std::vector<Row> told_rows(std::vector<Row> rows) const;
  [[nodiscard]] std::vector<std::uint64_t> hashes_of(const policy::Side& side, std::string_view more = {}) const;
  void add_account(std::vector<KnownAccount>& accounts, const Row& row, const policy::Side& side);

  bool is_in_order_;
  const KeyedHash& hash_;
  const SideNames& names_;
  const Disputes& disputes_;
  Records& records_;
  Statement write_account_, write_bill_, write_phone_, write_name_, write_mailbox_, drop_mailbox_, drop_account_, drop_bill_,
      drop_phone_, drop_name_;
  Statement accounts_, with_key_, bills_, phones_, named_, signed_, of_number_, find_name_, find_bill_;
  /// By side: many messages ask for one side's accounts, and few bring a new one.
  std::unordered_map<std::uint64_t, std::vector<Row>> account_rows_;
  std::size_t rows_kept_ = 0;
  /// The first places of names, numbers and bills, by a hash of both their hashes.
  std::unordered_map<std::uint64_t, Place> first_;
  std::set<Gap> gaps_;
};

}  // namespace threadline::memory
