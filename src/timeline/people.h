// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "message/message.h"
#include "timeline/judged.h"
#include "timeline/words.h"

namespace threadline::timeline {

/// The display name, else the address; empty for neither.
[[nodiscard]] std::string name_of(const message::Address& person);

/// "X", "X, Y" or "X, Y et 3 autres".
[[nodiscard]] std::string names_of(const std::vector<message::Address>& people, Language language);

/// Whom the message is from, as far as the evidence carries (cli.md, Rows).
[[nodiscard]] std::string actor_of(const Judged& judged, Language language);

/// What the message is (cli.md, Rows): "Envoi du mail \u00e0 X", "Demande de paiement sur un autre compte", ...
[[nodiscard]] std::string action_of(const Judged& judged, Language language);

/// The same for a message that is known from quoted history only.
[[nodiscard]] std::string quoted_actor_of(const facts::QuotedBlock& block, Language language);
[[nodiscard]] std::string quoted_action_of(const facts::Conversation& conversation, std::size_t block, Language language);

}  // namespace threadline::timeline
