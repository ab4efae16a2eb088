// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "findings/context.h"

/// The steps of read_context, in their order; each fills its member of Context and reads those before it.
namespace threadline::findings {

/// What every step may ask.
struct Setting {
  const facts::Facts& facts;
  const memory::View& memory;
  const Ground& ground;
  const Prepared* prepared = nullptr;
};

void read_conversation(const Setting& setting, Context& context);  ///< ancestors, quoted_originals, continues_conversation
void read_participants(const Setting& setting, Context& context);
void read_lookalikes(const Setting& setting, Context& context);
void read_stand_ins(const Setting& setting, Context& context);
void read_lone_quotes(const Setting& setting, Context& context);
void read_presented(const Setting& setting, Context& context);
void read_passed_on(const Setting& setting, Context& context);  ///< Presented::passed_on
void read_copies(const Setting& setting, Context& context);     ///< mailboxes, copies
[[nodiscard]] bool is_about_payment(const Setting& setting, const Context& context);

/// Whose words a text is, and for which side they speak.
struct Author {
  policy::Side side;
  bool is_stand_in = false;
  policy::Side writer;  ///< the side of the address itself
};

/// The side whose place the sender takes (findings.md, "presented for"): a participant's, or that of the domain he imitates.
[[nodiscard]] Author sender_of(const Setting& setting, const Context& context);

/// Whether the sender is one of the organisation's own people: on the own side, or with none but his colleagues as recipients;
/// nobody's stand-in, and no spoof of the own side.
[[nodiscard]] bool is_insider(const Setting& setting, const Context& context);
/// All recipients are on the sender's side, and there is one at least.
[[nodiscard]] bool is_among_colleagues(const Setting& setting, const Context& context);

/// Says, once, that the comparisons reached that limit.
void note_limit(Context& context, std::string_view limit);

/// The address of the sender: From, else Sender, else the envelope; lower case.
[[nodiscard]] std::string sender_address(const facts::Facts& facts);

/// Whether the message links to what it answers: In-Reply-To, References, or a child of a Thread-Index.
[[nodiscard]] bool has_thread_link(const facts::Facts& facts);
/// Whether the message names that address in From, Reply-To, To or Cc.
[[nodiscard]] bool is_addressed(const facts::Facts& facts, std::string_view address);

/// A recipient whom no reader of the message sees.
struct UnseenRecipient {
  std::string_view field;  ///< "envelope" (told by a mail server) or "bcc" (a field that some copies keep)
  std::string address;     ///< lower case
};
/// Recipients in the envelope or Bcc that To and Cc do not name, each once.
[[nodiscard]] std::vector<UnseenRecipient> unseen_recipients(const facts::Facts& facts);

/// A registrable domain of the own side or a counterparty, or a shared namespace: never a lookalike itself.
[[nodiscard]] bool is_beyond_doubt(const Ground& ground, std::string_view registrable);
[[nodiscard]] bool is_disputed(const memory::View& memory, std::string_view address);

/// What a domain imitates among the own side, the counterparties and the memory (not the conversation).
struct Imitation {
  text::Resemblance resemblance;
  std::string kind;  ///< "own", "policy", "correspondent"
};
[[nodiscard]] std::optional<Imitation> imitation_of(const Setting& setting, const std::string& domain);

/// "compta", "contact", "noreply": a function, not a person (role_local_parts.def).
[[nodiscard]] bool is_role(std::string_view local_part);
/// "notifications", "reply+4711", "drive-shares-noreply", "tickets": a program that writes in people's names.
[[nodiscard]] bool is_machine_part(std::string_view local_part);
/// Whether two local parts are one person's: equal, or one imitates the other. Roles and parts under four letters never are.
[[nodiscard]] bool is_same_local_part(std::string_view left, std::string_view right);
/// A name that tells people apart: two words at least, six letters at least, and no department's.
[[nodiscard]] bool is_telling_name(std::string_view name_key);

}  // namespace threadline::findings
