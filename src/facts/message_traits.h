// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "facts/facts.h"

namespace threadline::facts {

/// What the message is: a journal's envelope; what its report parts, its automatic headers, its MAPI class, its calendar say;
/// else its subject and its quoted form. Precondition: subject_is_*, thread and conversation are filled.
[[nodiscard]] MessageKind kind_of(const message::Message& message, const Facts& facts);

/// X-Mailer, User-Agent or their kin; else what the habits of its Message-ID and MIME boundary show; else empty.
[[nodiscard]] std::string client_of(const message::Message& message);
/// Whether a client's name is a phone's or tablet's.
[[nodiscard]] bool is_mobile_client(std::string_view client);

/// Mailing list, bulk sender, ticket system or no-reply, by its headers.
[[nodiscard]] bool is_list_mail(const message::Message& message);
/// Whether a rule or a redirection sent it on, by its headers.
[[nodiscard]] bool is_auto_forwarded_mail(const message::Message& message);

/// Domains of the header's addresses, links, text and quoted history. Precondition: those facts are filled. Limits: domains.
[[nodiscard]] std::vector<DomainUse> read_domains(const Facts& facts, const ReadConversation& read, const Limits& limits,
                                                  std::vector<Note>& notes);

}  // namespace threadline::facts
