// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "memory/memory.h"

/// Messages as a judgement would teach them, made from numbers, and what a memory answers about them as text.
namespace threadline::memory::history {

/// A message under construction. Its known_at is `at` seconds, its sha256 is made from `number`.
struct Message {
  Message(int number, std::int64_t at, const std::string& from, const std::string& name = "Ann Example");

  Message& to(const std::string& address, bool by_own_side = false);
  Message& account(const std::string& value, std::int32_t block = -1);  ///< presented for the sender's side
  Message& account_for(const std::string& value, const policy::Side& side, std::int32_t block = -1);
  Message& invoice(const std::string& number);
  Message& phone(const std::string& number);
  Message& habit(const std::string& kind, const std::string& value);
  Message& thread(const std::string& guid);
  Message& subject(const std::string& folded);
  Message& mailbox(const std::string& address);
  Message& copied(const std::string& mailbox, const std::string& to, bool sent = false);
  Message& disputed();
  Message& disputes(const std::string& address, const std::string& domain = {}, const std::string& account = {});

  [[nodiscard]] Learnt learnt() const;

  facts::Facts facts;
  Learnt rest;
};

/// The moment before a message.
[[nodiscard]] Moment before(const Learnt& learnt);
/// The moment at which all that was learnt until that second (it included) is known.
[[nodiscard]] Moment at(std::int64_t seconds);

/// `count` messages of a small world in which everything happens: shared accounts, quoted ones, disputes, names, threads.
[[nodiscard]] std::vector<Learnt> made_up(std::uint32_t seed, int count);

/// Messages of one firm, a second apart from 1,000 on: each bears Ann's name at another address of hers, and shows another number
/// of hers, another account for one invoice, another quoted account, and another account in a disputed message.
[[nodiscard]] std::vector<Learnt> crowd(int count);
/// All that a view answers about it.
[[nodiscard]] std::string crowd_answers(const View& view);

[[nodiscard]] std::vector<View::KnownDomain> undisputed_domains(const View& view);

/// All that a view answers about that world, one line each.
[[nodiscard]] std::string answers(const View& view);

}  // namespace threadline::memory::history
