// SPDX-License-Identifier: Apache-2.0
#include "policy/sides.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <functional>
#include <unordered_map>
#include <utility>

#include "base/kept_answers.h"
#include "policy/mailboxes.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::policy {
namespace {

enum class SharedKind { none, free_mail, many_organisations };

struct SharedRow {
  SharedKind kind;
  std::string_view names;
};

constexpr SharedRow kSharedRows[] = {
#define THREADLINE_SHARED(kind, names) {SharedKind::kind, names},
#include "policy/shared_namespaces.def"
#undef THREADLINE_SHARED
};

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <class Value>
using ByName = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

constexpr int kLabels = 12;  ///< of a name that are looked up, from the right

/// Visits the name and what is above it, most specific first ("a.b.fr", "b.fr", "fr"), until `visit` says true.
template <class Visit>
bool any_above(std::string_view name, Visit visit) {
  const auto dots = std::ranges::count(name, '.');
  for (auto skipped = dots; skipped >= kLabels; --skipped) name.remove_prefix(name.find('.') + 1);
  while (true) {
    if (visit(name)) return true;
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos) return false;
    name.remove_prefix(dot + 1);
  }
}

/// Calls `each` with every name of a row: "x.{a,b} y" is x.a, x.b, y.
template <class Each>
void for_each_name(std::string_view names, Each each) {
  while (!names.empty()) {
    const std::size_t space = std::min(names.find(' '), names.size());
    const std::string_view name = names.substr(0, space);
    names.remove_prefix(std::min(space + 1, names.size()));
    const std::size_t brace = name.find('{');
    if (brace == std::string_view::npos) {
      each(std::string(name));
      continue;
    }
    std::string_view ends = name.substr(brace + 1, name.size() - brace - 2);
    while (!ends.empty()) {
      const std::size_t comma = std::min(ends.find(','), ends.size());
      each(std::string(name.substr(0, brace)).append(ends.substr(0, comma)));
      ends.remove_prefix(std::min(comma + 1, ends.size()));
    }
  }
}

/// The built-in table, made once.
const ByName<SharedKind>& built_in() {
  static const ByName<SharedKind> table = [] {
    ByName<SharedKind> made;
    for (const SharedRow& row : kSharedRows)
      for_each_name(row.names, [&](std::string name) { made.emplace(std::move(name), row.kind); });
    return made;
  }();
  return table;
}

/// The comparable form of an address: lower case, A-label domain, no "+tag" (RFC 5233). Empty for what is no address.
std::string canonical(std::string_view address) {
  std::string_view local = text::local_part_of_address(address);
  const std::string domain = text::read_domain(text::domain_of_address(address)).ascii;
  if (const std::size_t plus = local.find('+'); plus != std::string_view::npos && plus > 0) local = local.substr(0, plus);
  if (local.empty() || domain.empty()) return {};
  return text::lower(local) + "@" + domain;
}

}  // namespace

struct Sides::Table {
  std::uint64_t number = 0;    ///< no two tables of a process have the same one
  ByName<SharedKind> changed;  ///< the policy's additions and removals (none)
  ByName<Side> domains;        ///< as listed, and registrable: for the name and what is below
  ByName<Side> suffixes;       ///< listed public suffixes ("localhost"): for the name alone
  ByName<Side> addresses;      ///< by mailbox_of

  /// What the most specific entry says.
  [[nodiscard]] SharedKind shared(std::string_view name) const {
    SharedKind kind = SharedKind::none;
    any_above(name, [&](std::string_view part) {
      if (const auto own = changed.find(part); own != changed.end()) return kind = own->second, true;
      if (const auto known = built_in().find(part); known != built_in().end()) return kind = known->second, true;
      return false;
    });
    return kind == SharedKind::none && is_suffix(name) && !changed.contains(name) ? SharedKind::many_organisations : kind;
  }

  /// Directly below nobody: an address at "avocat.fr" or "co.uk" is one among many (single labels are hosts of a local network).
  [[nodiscard]] static bool is_suffix(std::string_view name) {
    return name.find('.') != std::string_view::npos && text::read_domain(name).suffix == name;
  }

  [[nodiscard]] bool is_entry(std::string_view name) const {
    if (const auto own = changed.find(name); own != changed.end()) return own->second != SharedKind::none;
    return built_in().contains(name);
  }

  /// A domain of the policy stands for its registrable domain; in a shared namespace for itself and what is below, and a name
  /// that is itself such a namespace for nothing: there a side is one address.
  void add_domain(std::string_view given, const Side& side) {
    const text::DomainName name = text::read_domain(given);
    if (name.ascii.empty() || is_entry(name.ascii)) return;
    if (name.ascii == name.suffix) {
      suffixes.emplace(name.ascii, side);
      return;
    }
    domains.emplace(name.ascii, side);
    if (!name.registrable.empty() && shared(name.ascii) == SharedKind::none) domains.emplace(name.registrable, side);
  }

  void add_party(const Party& party, const Side& side) {
    for (const std::string& domain : party.domains) add_domain(domain, side);
    for (const std::string& address : party.addresses)
      if (const std::string key = canonical(address); !key.empty()) addresses.emplace(mailbox_of(key), side);
  }

  [[nodiscard]] const Side* listed(std::string_view name) const {
    if (const auto found = suffixes.find(name); found != suffixes.end()) return &found->second;
    const Side* side = nullptr;
    any_above(name, [&](std::string_view part) {
      const auto found = domains.find(part);
      return found != domains.end() && (side = &found->second, true);
    });
    return side;
  }
};

Sides::Sides(const Policy& policy) {
  static std::atomic<std::uint64_t> tables = 0;
  auto table = std::make_shared<Table>();
  table->number = ++tables;
  for (const std::string& name : policy.shared_add)
    table->changed.emplace(text::read_domain(name).ascii, SharedKind::many_organisations);
  for (const std::string& name : policy.shared_remove)
    table->changed.insert_or_assign(text::read_domain(name).ascii, SharedKind::none);
  table->add_party(policy.own, Side(kOwnSide));
  for (const Party& party : policy.counterparties) table->add_party(party, "party:" + party.name);
  table_ = std::move(table);
}

/// Every mail of a conversation asks about the same few addresses, several times each.
Side Sides::side_of(std::string_view address) const {
  thread_local std::uint64_t asked = 0;
  thread_local KeptAnswers<Side> kept;
  if (std::exchange(asked, table_->number) != table_->number) kept = {};
  return kept.of(address, [&] { return read_side(address); });
}

Side Sides::read_side(std::string_view address) const {
  const std::string key = canonical(address);
  if (key.empty()) return {};
  if (const auto found = table_->addresses.find(mailbox_of(key)); found != table_->addresses.end()) return found->second;
  const std::string_view domain = std::string_view(key).substr(key.rfind('@') + 1);
  if (const Side* side = table_->listed(domain)) return *side;
  if (table_->shared(domain) != SharedKind::none) return "address:" + key;
  return side_of_domain(domain);
}

Side Sides::side_of_domain(std::string_view domain) const {
  const std::string name = text::read_domain(domain).ascii;
  if (name.empty()) return {};
  if (const Side* side = table_->listed(name)) return *side;
  const std::string registrable = text::registrable_domain(name);
  return "domain:" + (registrable.empty() ? name : registrable);
}

bool Sides::is_own(std::string_view address) const { return side_of(address) == kOwnSide; }

bool Sides::is_shared(std::string_view domain) const {
  const std::string name = text::read_domain(domain).ascii;
  return !name.empty() && table_->shared(name) != SharedKind::none;
}

bool Sides::is_free_mail(std::string_view domain) const {
  const std::string name = text::read_domain(domain).ascii;
  return !name.empty() && table_->shared(name) == SharedKind::free_mail;
}

}  // namespace threadline::policy
