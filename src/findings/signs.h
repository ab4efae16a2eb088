// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "findings/detector.h"

namespace threadline::findings {

/// Something in one message alone that fits a made-up or taken-over conversation. None is a proof: people write from two clients,
/// answer one of many, and clients lose addresses. Named in the evidence of the findings that rest on the conversation.
struct Sign {
  std::string name;  ///< "sender_domain_unquoted" ...: known to timeline/words.def as "signs.<name>"
  Because because;
};

/// The signs of a message, each name once, in this order:
/// sender_domain_unquoted: the sender's side stands in no quoted level.
/// name_with_other_address: the sender's name stands in the history with an address of another side.
/// participants_dropped: people of a third side to whom the quoted parent went are addressed no more.
/// dates_not_monotonic: a quoted message is younger than the one that quotes it.
/// wrong_weekday: a quoted date names a weekday that it did not have.
/// thread_index_contradicts: the Thread-Index has no child though the message answers, or its last time is days off the Date.
/// oldest_without_address: the oldest levels name no address, newer ones do.
/// style_changes: one author's mails introduce what they quote in two ways.
/// no_thread_link: a history, and neither In-Reply-To nor References nor a child of a Thread-Index.
[[nodiscard]] std::vector<Sign> read_signs(const Case& it);

/// Their names, for the evidence.
[[nodiscard]] Value names_of(const std::vector<Sign>& signs);
/// Appends what they rest on, at most ten.
void add_because(const std::vector<Sign>& signs, std::vector<Because>& because);

}  // namespace threadline::findings
