// SPDX-License-Identifier: Apache-2.0
#include "facts/habits.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>

#include "base/ascii.h"
#include "facts/conversation/language.h"
#include "facts/transport/organisation.h"
#include "facts/transport/received_words.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

struct Family {
  std::string_view words, family;
};
constexpr Family kFamilies[] = {
#define THREADLINE_CLIENT(words, family) {words, family},
#include "facts/client_families.def"
#undef THREADLINE_CLIENT
};

constexpr std::size_t kLongestValue = 120;  ///< bytes of a habit's value: a shape longer than this is nobody's habit

/// The fields that every client writes, and the letter each stands for in the order of a header.
struct OrderedField {
  std::string_view name;
  char letter;
};
constexpr auto kOrdered = std::to_array<OrderedField>({
    {"from", 'F'},
    {"to", 'T'},
    {"subject", 'S'},
    {"date", 'D'},
    {"message-id", 'I'},
    {"mime-version", 'V'},
    {"content-type", 'C'},
});

class Habits {
 public:
  void add(std::string_view kind, std::string_view value) {
    if (value.empty() || value.size() > kLongestValue) return;
    Habit habit{std::string(kind), std::string(value)};
    if (std::ranges::find(habits_, habit) == habits_.end()) habits_.push_back(std::move(habit));
  }
  std::vector<Habit> take() { return std::move(habits_); }

 private:
  std::vector<Habit> habits_;
};

/// "<x.x@own>": the local part's shape, and whose name stands behind the "@".
std::string shape_of_message_id(std::string_view id, std::string_view from_domain) {
  if (id.starts_with('<')) id.remove_prefix(1);
  if (id.ends_with('>')) id.remove_suffix(1);
  const std::size_t at = id.rfind('@');
  if (at == std::string_view::npos) return shape_of_id(id);
  const std::string registrable = text::registrable_domain(id.substr(at + 1));
  const bool is_own = !registrable.empty() && registrable == text::registrable_domain(from_domain);
  const bool is_name = registrable.find('.') != std::string::npos;
  return shape_of_id(id.substr(0, at)) + "@" + (is_own ? "own" : is_name ? registrable : "host");
}

/// The boundary parameter of the message's Content-Type, or empty.
std::string_view boundary_of(const message::Message& message) {
  const auto* field = message.field("Content-Type");
  if (field == nullptr) return {};
  const std::string lower = text::ascii_lower(field->value);
  const std::size_t place = lower.find("boundary=");
  if (place == std::string::npos) return {};
  std::string_view value = std::string_view(field->value).substr(place + 9);
  const bool is_quoted = value.starts_with('"');
  if (is_quoted) value.remove_prefix(1);
  return value.substr(0, value.find_first_of(is_quoted ? "\"" : "; \t\r\n"));
}

std::string order_of(const message::Message& message) {
  std::string order;
  for (const message::HeaderField& field : message.headers) {
    const std::string name = text::ascii_lower(field.name);
    const auto* known = std::ranges::find(kOrdered, std::string_view(name), &OrderedField::name);
    if (known != kOrdered.end() && order.find(known->letter) == std::string::npos) order += known->letter;
  }
  return order;
}

void add_client(const message::Message& message, const Facts& facts, Habits& habits) {
  habits.add("client", client_family(facts.client));
  const std::string domain = facts.from.empty() ? std::string{} : text::domain_of_address(facts.from.front().address);
  if (!facts.message_id.empty()) habits.add("ids", shape_of_message_id(facts.message_id, domain));
  habits.add("boundary", shape_of_id(boundary_of(message)));
  habits.add("fields", order_of(message));
  if (!facts.conversation.quoted.empty()) habits.add("attribution", facts.conversation.quoted.front().style);
}

/// "192.0.2.0/24", "2001:db8:1::/48": the network that an address of the internet is in.
std::string network_of(std::string_view ip) {
  const auto network = read_network(ip);
  if (!network) return {};
  const auto& at = network->address;
  if (is_ipv4(ip)) return fmt::format("{}.{}.{}.0/24", at[12], at[13], at[14]);
  return fmt::format("{:02x}{:02x}:{:02x}{:02x}:{:02x}{:02x}::/48", at[0], at[1], at[2], at[3], at[4], at[5]);
}

/// Whose address it is: an operator with published networks, or the organisation of the reverse name that the receiver noted.
std::string operator_of(std::string_view ip, std::string_view name) {
  for (const std::string_view known : {"microsoft", "google"}) {
    if (is_operators_address(known, ip)) return std::string(known);
  }
  return organisation_of(name);
}

void add_peer(std::string_view ip, std::string_view name, Habits& habits) {
  const std::string owner = operator_of(ip, name);
  habits.add("operator", owner);
  if (owner != "microsoft" && owner != "google") habits.add("network", network_of(ip));
}

/// Where it was submitted: X-Originating-IP, else the first address of the internet that a hop noted.
void add_network(const message::Message& message, const Facts& facts, Habits& habits) {
  const Gateway& gateway = facts.gateway;
  habits.add("tenant", text::ascii_lower(gateway.cross_tenant_id));
  const std::size_t dot = gateway.auth_source.find('.');
  const bool is_submission = text::equal_ascii_nocase(gateway.auth_as, "Internal");
  if (is_submission && dot != std::string::npos)
    habits.add("auth_source", text::ascii_lower(gateway.auth_source.substr(dot + 1)));
  if (const auto* field = message.field("X-Originating-IP")) {
    const std::string_view ip = ip_address(text::trimmed(field->value));
    if (!ip.empty() && !is_private_address(ip)) return add_peer(ip, {}, habits);
  }
  for (const Hop& hop : facts.route.hops) {
    if (!hop.from.ip.empty() && !is_private_address(hop.from.ip)) return add_peer(hop.from.ip, hop.from.name, habits);
  }
}

/// Words that the sender wrote, without the signature.
std::string_view own_words(const Conversation& conversation) {
  std::string_view words = conversation.new_text;
  const std::string& signature = conversation.signature;
  if (!signature.empty() && words.ends_with(signature)) words.remove_suffix(signature.size());
  return words;
}

void add_zone(const Dates& dates, Habits& habits) {
  if (!dates.header || dates.header->at.offset_minutes == 0) return;
  if (dates.header->basis != ZoneBasis::stated && dates.header->basis != ZoneBasis::named) return;
  habits.add("zone", std::to_string(dates.header->at.offset_minutes));
}

bool tells_of_its_sender(const Facts& facts) {
  return facts.has_header && !facts.is_list && !facts.is_auto_forwarded && !is_automatic(facts.kind);
}

}  // namespace

std::string client_family(std::string_view client) {
  const std::string lower = text::ascii_lower(client);
  for (const Family& one : kFamilies) {
    if (lower.find(one.words) != std::string::npos) return std::string(one.family);
  }
  const std::size_t end = lower.find_first_of("0123456789/([,;");
  return std::string(text::trimmed(std::string_view(lower).substr(0, end)));
}

std::string shape_of_id(std::string_view id) {
  std::string shape;
  for (const char c : id) {
    if (!is_letter_or_digit(c)) {
      shape += c;
    } else if (!shape.ends_with('x')) {
      shape += 'x';
    }
  }
  return shape;
}

std::vector<Habit> read_habits(const message::Message& message, const Facts& facts) {
  Habits habits;
  if (!tells_of_its_sender(facts)) return {};
  add_client(message, facts, habits);
  add_network(message, facts, habits);
  for (const Dkim& dkim : facts.route.dkim) habits.add("dkim", text::registrable_domain(dkim.domain));
  habits.add("language", language_of_text(own_words(facts.conversation)));
  add_zone(facts.dates, habits);
  return habits.take();
}

}  // namespace threadline::facts
