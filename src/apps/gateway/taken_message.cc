// SPDX-License-Identifier: Apache-2.0
#include "apps/gateway/taken_message.h"

#include <algorithm>
#include <utility>

#include "base/sha256.h"

namespace threadline::gateway {
namespace {

constexpr std::uint64_t kAddressBytes = 2'048;  ///< of one line of SMTP (Postfix: line_length_limit); RFC 5321 says 512

/// Line ends as mail has them: libmilter gives folded fields with bare line feeds.
void append_with_crlf(std::string& to, std::string_view value) {
  for (const char c : value) {
    if (c == '\n' && !to.ends_with('\r')) to += '\r';
    to += c;
  }
}

}  // namespace

void TakenMessage::note(std::string_view limit) {
  const Note one{"limit", std::string(limit), {}};
  if (std::ranges::find(notes_, one) == notes_.end()) notes_.push_back(one);
}

void TakenMessage::add_recipient(Session& session, std::string_view written, const Limits& limits) {
  if (session.recipients.size() >= limits.addresses) return note("addresses");
  session.recipients.push_back(without_brackets(written.substr(0, kAddressBytes)));
}

void TakenMessage::add_field(std::string_view name, std::string_view opening, std::string_view value, const Limits& limits) {
  if (header_.size() + name.size() + opening.size() + value.size() > limits.header_bytes) return note("header_bytes");
  header_.append(name).append(opening);
  append_with_crlf(header_, value);
  header_ += "\r\n";
}

bool TakenMessage::add_body(std::string_view bytes, const Limits& limits) {
  const std::uint64_t used = header_.size() + body_.size();
  const std::uint64_t room = limits.message_bytes > used ? limits.message_bytes - used : 0;
  body_.append(bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), room))));
  if (bytes.size() <= room) return true;
  note("message_bytes");
  return false;
}

evidence::Item TakenMessage::take_item(const Session& session, std::string_view top) {
  evidence::Item item;
  item.source = session.queue_id;
  item.format = "eml";
  const std::string head = std::string(top).append(std::exchange(header_, {})) + "\r\n";
  item.bytes = std::exchange(body_, {});
  item.bytes.insert(0, head);
  item.sha256 = sha256_hex(item.bytes);
  item.notes = std::exchange(notes_, {});
  item.envelope = evidence::Envelope{session.sender, session.recipients, session.queue_id, {}};
  return item;
}

std::uint64_t most_question_bytes(const Limits& limits) {
  constexpr std::uint64_t kBeside = 1U << 20U;  ///< the Received field, notes, lengths; CRs that folded fields gain
  return limits.message_bytes + 2 * limits.header_bytes + limits.addresses * (kAddressBytes + 16) + kBeside;
}

}  // namespace threadline::gateway
