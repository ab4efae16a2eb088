// SPDX-License-Identifier: Apache-2.0
#include "facts/transport/peer.h"

#include <algorithm>
#include <array>

#include "text/fold.h"

namespace threadline::facts {
namespace {

/// Systems that write the reverse name wherever there is one. Not here: Exchange, Domino, InterMail and others that write what
/// the peer said and its address alone, and every form that the table of shapes does not know. Source: the shapes of
/// ../shared/data/received; the systems' sources and manuals.
constexpr auto kNoteNames =
    std::to_array<std::string_view>({"courier", "exim", "google", "halon", "haraka", "hmailserver", "mimecast", "opensmtpd",
                                     "postfix", "proofpoint", "qmail", "qpsmtpd", "sendmail", "stalwart"});

/// Whether the receiver looked for a reverse name: its system always does, or it says that it found none: "(unknown
/// [192.0.2.1])", "from unknown (HELO x)" (AsyncOS).
bool looked_for_name(const Hop& hop) {
  return std::ranges::find(kNoteNames, hop.shape) != kNoteNames.end() || text::trimmed(hop.raw).starts_with("from unknown ") ||
         hop.raw.find("(unknown [") != std::string::npos;
}

}  // namespace

std::string_view reverse_name(const Hop& hop) {
  if (hop.raw.find("may be forged") != std::string::npos) return {};
  return hop.from.name;
}

std::string_view peer_name(const Hop& hop) {
  if (!hop.from.name.empty() || looked_for_name(hop)) return reverse_name(hop);
  return hop.from.helo;
}

bool is_fetched(const Hop& hop) {
  const std::string with = text::ascii_lower(hop.with);
  return with.starts_with("pop") || with.starts_with("imap");
}

bool is_trusted_hosts(const Route& route, std::string_view ip) {
  return !ip.empty() && std::ranges::any_of(route.hops, [&](const Hop& hop) { return hop.trusted && hop.ip_by == ip; });
}

bool may_be_smtp(const Hop& hop) {
  const std::string with = text::ascii_lower(hop.with);
  return with.empty() || with.find("smtp") != std::string::npos;
}

}  // namespace threadline::facts
