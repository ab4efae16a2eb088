// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "memory/memory.h"

namespace threadline::memory {

/// Whom a store is to forget: one address, or all of a domain and what is below it. Lower case; one of the two.
struct Forgotten {
  std::string person, domain;

  [[nodiscard]] bool has(std::string_view address) const;
};

/// Whether he wrote the message.
[[nodiscard]] bool is_by(const Learnt& learnt, const Forgotten& gone);

/// Takes him out of a message that somebody else wrote: out of recipients, of quoted history with its accounts and telephone
/// numbers, of the words of the text, of disputes; of a domain also ids of its messages and links to it. False: he is not in it.
[[nodiscard]] bool redact(Learnt& learnt, const Forgotten& gone);

}  // namespace threadline::memory
