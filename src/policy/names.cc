// SPDX-License-Identifier: Apache-2.0
#include "policy/names.h"

#include <fmt/format.h>

#include <set>

#include "policy/networks.h"
#include "text/domain.h"

namespace threadline::policy {
namespace {

constexpr std::string_view kDomainHint = "a domain alone, \"firm.example\": what is below it belongs to it";

/// No host is called so: a top-level domain has a letter (RFC 3696 section 2). An address that is none.
bool ends_in_number(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  const std::string_view last = host.substr(host.rfind('.') + 1);
  return !last.empty() && last.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Whether the names of a list can be what they are meant for; walks a policy and keeps the first that cannot.
class Names {
 public:
  explicit Names(const std::string& file) : file_(file) {}

  void domains(const std::string& place, const std::vector<std::string>& names) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (!can_be_domain(names[i])) refuse(place, i, names[i], "not a domain", kDomainHint);
    }
  }
  void addresses(const std::string& place, const std::vector<std::string>& names) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (!can_be_address(names[i])) refuse(place, i, names[i], "not an address", "an address alone, \"ana@firm.example\"");
    }
  }
  void people(const std::string& place, const std::vector<Person>& people) {
    for (std::size_t i = 0; i < people.size(); ++i) addresses(fmt::format("{}/{}/addresses", place, i), people[i].addresses);
  }
  void relays(const std::string& place, const std::vector<std::string>& names) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      std::string_view host = names[i];
      if (host.starts_with('.')) host.remove_prefix(1);
      if ((!can_be_domain(host) || ends_in_number(host)) && !Networks::read({names[i]}))
        refuse(place, i, names[i], "not a relay",
               "a host name, a domain with a leading dot, an address or a network as 192.0.2.0/24");
    }
  }
  void party(const std::string& place, const Party& party) {
    domains(place + "/domains", party.domains);
    addresses(place + "/addresses", party.addresses);
    people(place + "/people", party.people);
  }

  /// Whatever the own side has is nobody else's.
  void own(const Party& party) {
    for (const auto* list : {&party.domains, &party.addresses}) {
      for (const std::string& name : *list) own_.insert(text::read_domain(name).ascii);
    }
  }
  void apart(const std::string& place, const std::vector<std::string>& names) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (own_.contains(text::read_domain(names[i]).ascii))
        refuse(place, i, names[i], "also on the own side", "a name is on one side: keep one of them");
    }
  }

  [[nodiscard]] std::optional<Error> first() && { return std::move(first_); }

 private:
  void refuse(const std::string& place, std::size_t index, std::string_view name, std::string_view what, std::string_view hint) {
    if (first_) return;
    constexpr std::size_t kShown = 60;
    first_ = Error{.what = fmt::format("{}/{}: {}: \"{}\"", place, index, what, name.substr(0, kShown)),
                   .file = file_,
                   .hint = std::string(hint)};
  }

  const std::string& file_;
  std::set<std::string> own_;
  std::optional<Error> first_;
};

}  // namespace

bool can_be_domain(std::string_view given) {
  const std::string name = text::read_domain(given).ascii;
  if (name.starts_with('[') && name.ends_with(']')) return true;  // an address literal, "ana@[192.0.2.1]"
  if (name.empty() || name.front() == '.' || name.find("..") != std::string::npos) return false;
  return name.find_first_of(" \t\r\n@/*?:,;\"'<>()\\") == std::string::npos;
}

bool can_be_address(std::string_view text) {
  return !text::local_part_of_address(text).empty() && can_be_domain(text::written_domain(text));
}

std::optional<Error> impossible_name(const Policy& policy, const std::string& file) {
  Names names(file);
  names.party("/own", policy.own);
  names.own(policy.own);
  for (std::size_t i = 0; i < policy.counterparties.size(); ++i) {
    const std::string place = fmt::format("/counterparties/{}", i);
    names.party(place, policy.counterparties[i]);
    names.apart(place + "/domains", policy.counterparties[i].domains);
    names.apart(place + "/addresses", policy.counterparties[i].addresses);
  }
  names.domains("/watch/domains", policy.watch_domains);
  names.people("/watch/people", policy.watch_people);
  names.domains("/shared_namespaces/add", policy.shared_add);
  names.domains("/shared_namespaces/remove", policy.shared_remove);
  names.relays("/trusted_relays", policy.trusted_relays);
  return std::move(names).first();
}

}  // namespace threadline::policy
