// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/limits.h"
#include "documents/document.h"
#include "documents/packed_message.h"
#include "documents/programs.h"
#include "message/message.h"

namespace threadline::documents {

/// What the documents of messages that belong together have used of what one message has.
struct Spent {
  std::uint64_t text_bytes = 0, xml_bytes = 0, unpacked_bytes = 0;
  std::uint32_t pictures = 0;
};

struct Settings {
  Limits limits;
  bool ocr = false;                         ///< pictures are read for text
  Programs* programs = nullptr;             ///< nullptr: documents that need one have a note
  std::vector<std::string> passwords = {};  ///< of encrypted members of attached archives, tried in this order
  Spent* spent = nullptr;                   ///< taken on and added to; nullptr: this message has all for itself
  std::vector<PackedMessage>* messages =
      nullptr;  ///< where mails in archives and mailboxes go; nullptr: their texts are documents
};

/// What the attachments of one message say, each in the order of the message, members of archives behind their archive. Takes
/// the attachments' bytes (Attachment::content is empty afterwards). Texts that the message has as Message::texts are not read
/// again, messages that it has as Message::messages neither. Pictures are read last: the time that programs have is for the
/// others. Never fails: what cannot be read is a note. Of mails no more than one above nested_messages go to `messages`. Limits:
/// documents, document_bytes, document_text_bytes, document_depth.
[[nodiscard]] std::vector<Document> read_documents(message::Message& message, const Settings& settings);

}  // namespace threadline::documents
