// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/span.h"
#include "facts/facts.h"
#include "memory/memory.h"
#include "policy/policy.h"
#include "policy/sides.h"
#include "text/resemblance.h"

namespace threadline::findings {

enum class Direction { inbound, outbound, internal, unknown };
[[nodiscard]] std::string_view name_of(Direction direction);

/// The policy compiled once for all messages. Threads: const use from any thread.
struct Ground {
  policy::Policy policy;
  policy::Sides sides;
  std::vector<memory::KnownAccount> ledger;   ///< the policy's accounts, own and counterparties'
  std::optional<Direction> direction;         ///< forced (--direction), else by the sender's side

  explicit Ground(policy::Policy policy);
};

/// A participant of the conversation (findings.md).
struct Participant {
  message::Address person;
  policy::Side side;
  std::string message_id;        ///< of the real message it was seen in; empty: read from quoted history
  std::int32_t block = -1;       ///< index in Conversation::quoted where read from it
  Span span;
};

/// A domain of this message that resembles a reference domain.
struct LookalikeUse {
  std::string field;             ///< "from", "to", ...
  std::string address;
  text::Resemblance resemblance;
  std::string reference_kind;    ///< "own", "policy", "participant", "correspondent", "watch", "disputed" (fires again)
  Span span;
};

/// Somebody who takes a participant's place (findings.md, "takes the place of").
struct StandIn {
  std::string field;             ///< "from", "reply_to", "to", "cc"
  message::Address impostor;
  Participant taken;
  std::string how;               ///< "lookalike_domain", "same_name", "local_part", "freemail"
};

/// An account of this message and for whom it is presented.
struct Presented {
  std::size_t account = 0;       ///< index in facts.accounts
  policy::Side side;             ///< presented for
  bool paying = false;           ///< named by the paying side as its own: not compared
};

/// What detectors share about one message: computed once, read by all (DESIGN, findings).
struct Context {
  policy::Side sender_side;
  Direction direction = Direction::unknown;
  bool continues_conversation = false;   ///< quotes or references an earlier message
  std::vector<const memory::Record*> ancestors;
  std::vector<const memory::Record*> quoted_originals;  ///< parallel to conversation.quoted; nullptr where not in evidence
  std::vector<Participant> participants;
  std::vector<LookalikeUse> lookalikes;
  std::vector<StandIn> stand_ins;
  std::vector<Presented> presented;
  bool about_payment = false;            ///< accounts, payment wording or an invoice in the conversation
};

[[nodiscard]] Context read_context(const facts::Facts& facts, const memory::View& memory, const Ground& ground);

}  // namespace threadline::findings
