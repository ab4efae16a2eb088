// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "message/mapi_people.h"
#include "message/message.h"

namespace threadline::message {

/// Of an appointment or meeting request its people, summary, place and start, as a Calendar whose part is "properties".
/// Precondition: the message's people and subject are read. Source: MS-OXOCAL section 2.2.1.
void read_appointment(const ObjectReading& reading, Message& into);

}  // namespace threadline::message
