// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/instant.h"
#include "message/message.h"

namespace threadline::facts {

/// The message's Date: as RFC 5322 has it, else as a program wrote it in its user's language ("lun., 12 janv. 2026 10:00:00
/// +0100"), where nothing but weekday, day, a month's name, year, time and zone stands there. Nothing where the name means
/// another month in another language ("lip"), the month is a number, or the weekday is another day's: the message's note
/// malformed_date stands for it.
[[nodiscard]] std::optional<Stamp> header_date(const message::Message& message);

}  // namespace threadline::facts
