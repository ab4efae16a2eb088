// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/note.h"
#include "base/span.h"
#include "facts/conversation/conversation.h"
#include "message/message.h"

namespace threadline::facts {

/// One mention of an invoice by its number.
struct Invoice {
  std::string number;          ///< in comparable form: capitals and digits alone ("F-2018-042" is "F2018042")
  std::string as_written;      ///< "F-2018-042"
  std::int32_t block = -1;     ///< index in Conversation::quoted; -1 new text, subject, attachment
  std::string where = "body";  ///< "body", "subject" or "attachment" (its name)
  Span span;                   ///< in the body; of a subject or a name the part alone

  bool operator==(const Invoice&) const = default;
};

/// The body with its quoted history, the subject, and the names of attachments.
struct InvoicePlaces {
  const ReadText& body;
  const Conversation& conversation;
  std::string_view subject;
  std::span<const message::Attachment> attachments;
};

/// Numbers behind a word for an invoice ("facture n\u00b0 F-2018-042", "Rechnung Nr. 2018/77") or with the beginning that
/// programs give them ("INV-4711"). Dates, years and amounts are none. A heuristic: fewer than three letters and digits are no
/// number. Limits: invoices.
[[nodiscard]] std::vector<Invoice> read_invoices(const InvoicePlaces& places, const Limits& limits, std::vector<Note>& notes);

}  // namespace threadline::facts
