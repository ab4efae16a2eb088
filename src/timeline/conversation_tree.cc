// SPDX-License-Identifier: Apache-2.0
#include "timeline/conversation_tree.h"

#include <algorithm>
#include <tuple>
#include <unordered_set>

#include "timeline/rows.h"

namespace threadline::timeline {
namespace {

std::string time_of(const facts::Facts& facts) {
  if (facts.dates.header) return rfc3339(facts.dates.header->at);
  return facts.dates.known_at ? rfc3339(*facts.dates.known_at) : std::string();
}

message::Address writer_of(const facts::Facts& facts) { return facts.from.empty() ? message::Address{} : facts.from.front(); }

TreeNode node_of(const facts::Facts& facts) {
  return {message_row_id(facts), {}, facts.message_id, time_of(facts), facts.subject, writer_of(facts), false};
}

TreeNode node_of(const facts::Facts& facts, std::size_t block) {
  const facts::QuotedBlock& quoted = facts.conversation.quoted[block];
  const std::string time = quoted.date ? rfc3339(quoted.date->at) : quoted.date_text;
  return {quoted_row_id(facts, block), {}, {}, time, quoted.subject, quoted.from, true};
}

/// Nodes of one tree: each child has one parent, and no node is its own ancestor.
class Growing {
 public:
  void add(TreeNode node) {
    const std::size_t at = nodes_.size();
    if (by_id_.emplace(node.id, at).second) nodes_.push_back(std::move(node));
  }

  /// The first parent that is named stands.
  void set_parent(const std::string& child, const std::string& parent) {
    const auto found = by_id_.find(child);
    if (found == by_id_.end() || !by_id_.contains(parent) || !nodes_[found->second].parent.empty()) return;
    for (std::string above = parent; !above.empty(); above = nodes_[by_id_.at(above)].parent) {
      if (above == child) return;
    }
    nodes_[found->second].parent = parent;
  }

  [[nodiscard]] std::vector<TreeNode> finished() && { return std::move(nodes_); }

 private:
  std::vector<TreeNode> nodes_;
  std::unordered_map<std::string, std::size_t> by_id_;
};

/// What a message quotes, nearest first: each is what the one that quotes it answers.
void add_quoted(Growing& tree, const Judged& judged) {
  const facts::Facts& facts = *judged.facts;
  const auto& quoted = facts.conversation.quoted;
  std::vector<std::string> ids;
  for (std::size_t block = 0; block < quoted.size(); ++block) {
    const bool has_original = block < judged.originals.size() && judged.originals[block] != nullptr;
    TreeNode node = has_original ? node_of(*judged.originals[block]) : node_of(facts, block);
    ids.push_back(node.id);
    tree.add(std::move(node));
  }
  for (std::size_t block = 0; block < quoted.size(); ++block) {
    const auto carrier = static_cast<std::size_t>(quoted[block].parent);
    const bool is_nested = quoted[block].parent >= 0 && carrier < block;
    tree.set_parent(is_nested ? ids[carrier] : message_row_id(facts), ids[block]);
  }
}

}  // namespace

Conversations::Conversations(const std::vector<Judged>& judged, const Limits& limits)
    : judged_(&judged), limits_(limits), parent_(judged.size(), kNone), group_(judged.size(), kNone) {
  for (std::size_t at = 0; at < judged.size(); ++at) {
    union_.push_back(at);
    by_facts_.emplace(judged[at].facts.get(), at);
    if (!judged[at].facts->message_id.empty()) by_message_id_.emplace(judged[at].facts->message_id, at);
  }
  std::unordered_map<std::string_view, std::size_t> by_digest;
  for (std::size_t at = 0; at < judged.size(); ++at) by_digest.emplace(judged[at].facts->sha256, at);
  for (std::size_t at = 0; at < judged.size(); ++at) {
    join_by_name(at);
    for (const auto& original : judged[at].originals) {
      if (const auto found = by_facts_.find(original.get()); found != by_facts_.end()) join(at, found->second);
    }
    const auto carrier = by_digest.find(judged[at].facts->carrier);
    if (!judged[at].facts->carrier.empty() && carrier != by_digest.end()) join(at, carrier->second);
  }
  find_parents();
  for (std::size_t at = 0; at < judged.size(); ++at) {
    const auto carrier = by_digest.find(judged[at].facts->carrier);
    if (!judged[at].facts->carrier.empty() && carrier != by_digest.end()) set_parent(carrier->second, at);
    group_[at] = group_of(at);
    members_[group_[at]].push_back(at);
  }
  const auto key = [&judged](std::size_t at) {
    const facts::Facts& facts = *judged[at].facts;
    return std::tuple(!facts.dates.known_at, facts.dates.known_at ? facts.dates.known_at->seconds : 0, facts.input_order);
  };
  for (auto& [group, members] : members_) std::ranges::sort(members, {}, key);
}

std::size_t Conversations::group_of(std::size_t item) {
  while (union_[item] != item) item = union_[item] = union_[union_[item]];
  return item;
}

void Conversations::join(std::size_t one, std::size_t other) { union_[group_of(one)] = group_of(other); }

void Conversations::join_by_name(std::size_t at) {
  const facts::Facts& facts = *(*judged_)[at].facts;
  const auto join_name = [&](const std::string& name) {
    if (name.empty()) return;
    const auto [found, is_new] = names_.emplace(name, union_.size());
    if (is_new) union_.push_back(found->second);
    join(at, found->second);
  };
  join_name(facts.message_id);
  join_name(facts.thread.in_reply_to);
  for (const std::string& name : facts.thread.references) join_name(name);
}

/// The message that In-Reply-To names, else the last one of References that is in evidence.
std::size_t Conversations::named_parent(std::size_t at) const {
  const facts::ThreadLinks& thread = (*judged_)[at].facts->thread;
  if (const auto found = by_message_id_.find(thread.in_reply_to); found != by_message_id_.end()) return found->second;
  for (auto name = thread.references.rbegin(); name != thread.references.rend(); ++name) {
    if (const auto found = by_message_id_.find(*name); found != by_message_id_.end()) return found->second;
  }
  return kNone;
}

void Conversations::set_parent(std::size_t child, std::size_t parent) {
  if (parent_[child] != kNone || parent == kNone) return;
  std::uint32_t steps = 0;
  for (std::size_t above = parent; above != kNone; above = parent_[above]) {
    if (above == child || ++steps > limits_.conversation_messages) return;
  }
  parent_[child] = parent;
}

void Conversations::find_parents() {
  for (std::size_t at = 0; at < judged_->size(); ++at) set_parent(at, named_parent(at));
  for (std::size_t at = 0; at < judged_->size(); ++at) {
    const auto& originals = (*judged_)[at].originals;
    const auto nearest = std::ranges::find_if(originals, [](const auto& original) { return original != nullptr; });
    if (nearest == originals.end()) continue;
    if (const auto found = by_facts_.find(nearest->get()); found != by_facts_.end()) set_parent(at, found->second);
  }
}

std::vector<std::size_t> Conversations::nearest(std::size_t at, std::uint64_t& more) const {
  std::unordered_set<std::size_t> chosen;
  for (std::size_t above = at; above != kNone && chosen.size() < limits_.conversation_messages; above = parent_[above])
    chosen.insert(above);
  const auto& members = members_.at(group_[at]);
  for (const std::size_t member : members) {
    if (chosen.size() >= limits_.conversation_messages) break;
    chosen.insert(member);
  }
  std::vector<std::size_t> list;
  std::ranges::copy_if(members, std::back_inserter(list), [&](std::size_t member) { return chosen.contains(member); });
  more = members.size() - list.size();
  return list;
}

Tree Conversations::around(std::size_t at) const {
  Tree made;
  Growing tree;
  const std::vector<std::size_t> members = nearest(at, made.more);
  for (const std::size_t member : members) tree.add(node_of(*(*judged_)[member].facts));
  for (const std::size_t member : members) {
    if (parent_[member] != kNone)
      tree.set_parent(message_row_id(*(*judged_)[member].facts), message_row_id(*(*judged_)[parent_[member]].facts));
  }
  add_quoted(tree, (*judged_)[at]);
  made.nodes = std::move(tree).finished();
  return made;
}

}  // namespace threadline::timeline
