// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "facts/transport/hop.h"
#include "policy/sides.h"

/// Which pairs of hops cannot be of one way, whatever the reason that ordinary mail would have.
namespace threadline::findings {

/// An organisation that runs its own hosts: not empty, no operator of mail for many.
[[nodiscard]] bool is_one_organisation(const std::string& host);
[[nodiscard]] bool is_of(const std::string& host, const std::string& organisation);

/// Whether hop `at` came from a host that shares nothing with the one that stamped the hop before it. A heuristic. Ordinary, and
/// no break: names that only a network knows, addresses that nobody noted, hosts and bulk senders whose machines bear their
/// customers' names, one brand under two suffixes or renamed, neighbours in one network, a filter that a host asked and whose
/// answer it did not stamp, mail fetched by POP, steps of one host.
[[nodiscard]] bool is_broken_link(const facts::Route& route, std::size_t at);

/// Whether hop `at` came to one organisation's host from a host of another's, by the name that its address resolves to, over a
/// private address: between two organisations lies the internet. `from`: the organisation of From, or empty; one of the two is
/// that, the receiver or a mailbox operator (a house in between may have two names). At the border the hop before it must have
/// been stamped by that host's organisation, or by one with which the hop shares nothing at all. NAT, load balancers and
/// containers hide names, they do not lend them: HELO alone counts only at Microsoft's and Google's edges.
[[nodiscard]] bool is_private_across(const facts::Route& route, std::size_t at, const std::string& from);

/// The index of a hop below the border that is said to be stamped by the border's own organisation (or by another host of the own
/// side), though the border saw the message come from outside; -1 without one. Not where the way between is whole: out of the
/// own hosts, through another's (a filter in the cloud, a forwarding), and back.
[[nodiscard]] std::ptrdiff_t imitated_border(const facts::Route& route, const policy::Sides& sides);

/// Whether the way shows the message leave the border's own hosts and come back without a gap.
[[nodiscard]] bool left_and_came_back(const facts::Route& route, const policy::Sides& sides);

}  // namespace threadline::findings
