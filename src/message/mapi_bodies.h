// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "message/mapi_people.h"
#include "message/message.h"

namespace threadline::message {

/// The bodies that an object has, all of them, since they may say different things: PidTagBody as part "body", PidTagHtml
/// (PidTagBodyHtml) as "html", PidTagRtfCompressed as "rtf": its encapsulated HTML or text, or its text.
/// Binary HTML is in the code page of PidTagInternetCodepage, else in what its own meta element says.
/// Limits: text_bytes, rtf_bytes, rtf_depth. Source: MS-OXCMSG section 2.2.1.56, MS-OXBBODY section 2.1.
void read_bodies(const ObjectReading& reading, Message& into);

}  // namespace threadline::message
