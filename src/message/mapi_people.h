// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/limits.h"
#include "message/mapi.h"
#include "message/mapi_text.h"
#include "message/message.h"

namespace threadline::message {

/// What is needed to read one object: it, its strings, and where notes go.
struct ObjectReading {
  const MapiObject& object;
  const StringReader& strings;
  const Limits& limits;
  NoteList& notes;
};

/// Identities that MAPI keeps: sender, sent_representing, recipients, reply_to (unless the header gave one), contacts. Call after
/// the header's fields are read: the recipients table stands before the header's lists, MAPI's representative after its From.
///
/// An address is PidTag...SmtpAddress, else the e-mail address where its type is SMTP (or none is stated and it looks like one),
/// else what a one-off entry id or a search key says. An X.500 name is none.
/// Limits: addresses. Source: MS-OXOMSG sections 2.2.1.48-2.2.1.60, MS-OXCMSG section 2.2.3, MS-OXCDATA section 2.2.5.1.
void read_people(const ObjectReading& reading, Message& into);

}  // namespace threadline::message
