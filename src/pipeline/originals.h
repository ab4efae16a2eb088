// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/column.h"
#include "base/narrow.h"
#include "facts/facts.h"
#include "findings/context.h"

namespace threadline::pipeline {

/// No message of the run.
inline constexpr std::uint32_t kNone = ~0U;

/// The facts of the message of that rank: its place in the order of judgement.
using FactsOf = std::function<std::shared_ptr<const facts::Facts>(std::uint32_t rank)>;

/// Where the messages of the run are looked up: by who wrote them about what, and by Message-ID. Some 60 bytes a message.
class Catalogue {
 public:
  /// In the order of judgement.
  void add(const facts::Facts& facts);
  /// All were added.
  void finish();

  /// What one thread looks up with: the words of those compared last, with which many blocks are compared.
  class Desk {
   public:
    explicit Desk(FactsOf facts_of) : facts_of_(std::move(facts_of)) {}

   private:
    friend class Catalogue;
    struct Words {
      std::uint32_t rank;
      findings::WordPairs words;
    };
    const findings::WordPairs& words_of(std::uint32_t rank, const facts::Facts& facts);

    FactsOf facts_of_;
    std::list<Words> words_;
    std::unordered_map<std::uint32_t, std::list<Words>::iterator> words_at_;
  };

  /// For each quoted block the message of the run that it quotes, known before or after, or kNone. Threads: any, each at its
  /// desk.
  [[nodiscard]] std::vector<std::uint32_t> originals_of(const facts::Facts& carrier, Desk& desk) const;

 private:
  struct [[gnu::packed]] Listed {
    std::uint64_t key = 0;
    std::uint32_t rank = 0;
  };
  struct Search;

  [[nodiscard]] std::uint32_t original_of(const facts::QuotedBlock& block, const facts::Facts& carrier, Desk& desk) const;
  [[nodiscard]] std::span<const Listed> around(std::uint64_t key, const facts::QuotedBlock& block,
                                               const facts::Facts& carrier) const;
  static void consider(Search& search, std::uint32_t rank, bool same_thread);
  void consider_id(Search& search, const std::string& id) const;

  Column<Narrow<5>> known_at_;  ///< seconds, by rank; the greatest where undated
  Column<Listed> by_writer_, by_id_;
};

}  // namespace threadline::pipeline
