// SPDX-License-Identifier: Apache-2.0
#include "facts/transport/gateway.h"

#include <algorithm>
#include <array>

#include "facts/transport/organisation.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

/// How the fields of a product begin, lower case.
struct Product {
  std::string_view field, name;
};
constexpr auto kProducts = std::to_array<Product>({
    {"x-ms-exchange-", "exchange"},
    {"x-forefront-", "exchange"},
    {"x-quarantine-id", "amavis"},
    {"x-amavis-", "amavis"},
    {"x-rspamd-", "rspamd"},
    {"x-spamd-", "rspamd"},
    {"x-barracuda-", "barracuda"},
    {"x-proofpoint-", "proofpoint"},
    {"x-mimecast-", "mimecast"},
    {"x-vr-", "vade"},
    {"x-vade-", "vade"},
    {"x-ironport-", "cisco"},
    {"x-sophos-", "sophos"},
    {"x-fireeye", "trellix"},
    {"x-mailcontrol-", "forcepoint"},
    {"x-google-", "google"},
    {"x-gm-", "google"},
});

/// Fields that name the envelope's recipient. Source: amavisd-new README.quarantine; Postfix, "virtual(8)", "local(8)"; the Exim
/// specification, "envelope_to_add".
constexpr auto kEnvelopeTo = std::to_array<std::string_view>({"x-envelope-to", "x-original-to", "envelope-to"});
constexpr std::size_t kEnvelopeRecipients = 100;  ///< of these fields that are kept

std::string value_of(const message::Message& message, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (const auto* field = message.field(name)) return std::string(text::trimmed(field->value));
  }
  return {};
}

/// "<a@b>" without its brackets.
std::string address_in(std::string_view value) {
  value = text::trimmed(value);
  if (value.starts_with('<') && value.ends_with('>')) value = value.substr(1, value.size() - 2);
  return std::string(value);
}

/// "SCL:5" in X-Forefront-Antispam-Report, fields parted by semicolons.
std::string report_value(std::string_view report, std::string_view key) {
  while (!report.empty()) {
    const std::size_t end = std::min(report.find(';'), report.size());
    const std::string_view one = text::trimmed(report.substr(0, end));
    report.remove_prefix(std::min(end + 1, report.size()));
    if (one.size() > key.size() && one.starts_with(key) && one[key.size()] == ':') return std::string(one.substr(key.size() + 1));
  }
  return {};
}

/// Whether the field is a server's that had the message after the sender: above the border's own. Without a border a quarantine's
/// word alone is taken.
bool is_servers(const message::HeaderField& field, std::string_view name, const Route& route) {
  if (route.border < 0) return name == kEnvelopeTo.front();
  return field.offset < route.hops[static_cast<std::size_t>(route.border)].span.offset;
}

void add_envelope_recipients(const message::HeaderField& field, std::vector<std::string>& to) {
  std::string_view rest = field.value;
  while (!rest.empty() && to.size() < kEnvelopeRecipients) {
    const std::size_t end = std::min(rest.find(','), rest.size());
    if (auto address = address_in(rest.substr(0, end)); !address.empty()) to.push_back(std::move(address));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

void read_fields(const message::Message& message, const Route& route, Gateway& gateway) {
  for (const message::HeaderField& field : message.headers) {
    const std::string name = text::ascii_lower(field.name);
    const auto* product = std::ranges::find_if(kProducts, [&](const Product& one) { return name.starts_with(one.field); });
    if (product != kProducts.end() && std::ranges::find(gateway.products, product->name) == gateway.products.end())
      gateway.products.emplace_back(product->name);
    if (std::ranges::find(kEnvelopeTo, name) != kEnvelopeTo.end() && is_servers(field, name, route))
      add_envelope_recipients(field, gateway.envelope_to);
  }
}

/// Microsoft's composite authentication, as Exchange wrote it into Authentication-Results.
void read_compauth(const Route& route, Gateway& gateway) {
  const auto is_compauth = [](const AuthResult& result) { return result.method == "compauth" && result.arc_instance == 0; };
  auto found = std::ranges::find_if(route.auth, [&](const AuthResult& one) { return one.trusted && is_compauth(one); });
  if (found == route.auth.end()) found = std::ranges::find_if(route.auth, is_compauth);
  if (found == route.auth.end()) return;
  gateway.compauth = found->result;
  for (const auto& [name, value] : found->properties) {
    if (name == "reason") gateway.compauth_reason = value;
  }
}

bool is_exchange_border(const Route& route) {
  if (route.border < 0 || static_cast<std::size_t>(route.border) >= route.hops.size()) return false;
  const Hop& border = route.hops[static_cast<std::size_t>(route.border)];
  return organisation_of(border.by) == "microsoft" || border.with.find("Microsoft SMTP Server") != std::string::npos ||
         border.raw.find("with Microsoft SMTP Server") != std::string::npos;
}

/// Exchange's header firewall removes X-MS-Exchange-Organization-* from what comes from outside (Microsoft, "Header firewall").
/// X-MS-Exchange-CrossTenant-* pass: there "Internal" may be another tenant's word, and "Anonymous" is nobody's boast.
bool is_own_word(const message::Message& message, const Gateway& gateway) {
  const bool is_organizations = message.field("X-MS-Exchange-Organization-AuthAs") != nullptr;
  return is_organizations || text::equal_ascii_nocase(gateway.auth_as, "Anonymous");
}

}  // namespace

Gateway read_gateway(const message::Message& message, const Route& route) {
  Gateway gateway;
  gateway.network_message_id =
      value_of(message, {"X-MS-Exchange-Organization-Network-Message-Id", "X-MS-Exchange-CrossTenant-Network-Message-Id"});
  gateway.cross_tenant_id = value_of(message, {"X-MS-Exchange-CrossTenant-Id"});
  gateway.auth_as = value_of(message, {"X-MS-Exchange-Organization-AuthAs", "X-MS-Exchange-CrossTenant-AuthAs"});
  gateway.auth_source = value_of(message, {"X-MS-Exchange-Organization-AuthSource", "X-MS-Exchange-CrossTenant-AuthSource"});
  gateway.scl = value_of(message, {"X-MS-Exchange-Organization-SCL"});
  if (gateway.scl.empty()) gateway.scl = report_value(value_of(message, {"X-Forefront-Antispam-Report"}), "SCL");
  gateway.quarantine_id = address_in(value_of(message, {"X-Quarantine-ID"}));
  gateway.envelope_from = address_in(value_of(message, {"X-Envelope-From"}));
  gateway.by_border = is_exchange_border(route) && is_own_word(message, gateway);
  read_fields(message, route, gateway);
  read_compauth(route, gateway);
  return gateway;
}

}  // namespace threadline::facts
