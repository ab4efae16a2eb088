// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/limits.h"
#include "timeline/judged.h"

namespace threadline::timeline {

/// A message of a conversation: in evidence, or known from a quotation alone.
struct TreeNode {
  std::string id;      ///< of its row
  std::string parent;  ///< id of the one that it answers, forwards or carries; empty: none is known
  std::string message_id, time, subject;
  message::Address from;
  bool is_quoted = false;
};

struct Tree {
  std::vector<TreeNode> nodes;  ///< earliest first
  std::uint64_t more = 0;       ///< messages of the conversation beyond Limits::conversation_messages
};

/// Which messages of a run belong together: they name each other (In-Reply-To, References), quote each other, or carry each
/// other.
class Conversations {
 public:
  /// `judged` must outlive it.
  explicit Conversations(const std::vector<Judged>& judged, const Limits& limits = {});

  /// The conversation of `judged[at]`: what it answers first, then the rest by time, with what it quotes and nobody has.
  /// Limits: conversation_messages.
  [[nodiscard]] Tree around(std::size_t at) const;

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  [[nodiscard]] std::size_t group_of(std::size_t item);
  void join(std::size_t one, std::size_t other);
  void join_by_name(std::size_t at);
  void find_parents();
  [[nodiscard]] std::size_t named_parent(std::size_t at) const;
  void set_parent(std::size_t child, std::size_t parent);
  [[nodiscard]] std::vector<std::size_t> nearest(std::size_t at, std::uint64_t& more) const;

  const std::vector<Judged>* judged_;
  Limits limits_;
  std::unordered_map<std::string, std::size_t> by_message_id_;  ///< first message of that id
  std::unordered_map<const facts::Facts*, std::size_t> by_facts_;
  std::unordered_map<std::string, std::size_t> names_;                 ///< message-id -> item of the union
  std::vector<std::size_t> union_;                                     ///< messages, then names
  std::vector<std::size_t> parent_;                                    ///< of a message, or kNone
  std::unordered_map<std::size_t, std::vector<std::size_t>> members_;  ///< by group, earliest first
  std::vector<std::size_t> group_;                                     ///< of a message
};

}  // namespace threadline::timeline
