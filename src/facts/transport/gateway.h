// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/facts.h"

namespace threadline::facts {

/// What gateways and quarantines noted in the header: Exchange Online (X-MS-Exchange-*, X-Forefront-*), amavis (X-Quarantine-ID,
/// X-Envelope-*), Postfix and Exim (X-Original-To, Envelope-To above the border) and whose fields stand there at all. The first
/// field of a name counts. It is a claim of whoever wrote the header; where an Exchange host is the border,
/// X-MS-Exchange-Organization-* are its own (`by_border`: AuthAs is). Source: Microsoft, "Anti-spam message headers"; amavisd-new
/// README.quarantine.
[[nodiscard]] Gateway read_gateway(const message::Message& message, const Route& route);

}  // namespace threadline::facts
