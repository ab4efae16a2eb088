// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "memory/memory.h"

namespace threadline::memory {

/// The version of the form below; it changes with any field of it (docs/memory.md).
inline constexpr std::uint8_t kKeptVersion = 3;

/// Of a message's facts what a later judgement asks: ids, people, accounts, telephone numbers in signatures, invoice numbers, how
/// it was sent, names and hashes of documents, who wrote what it quotes and when. No subject, no text, no header, no other
/// attachment.
[[nodiscard]] facts::Facts kept_facts(const facts::Facts& facts);

/// What was learnt of one message, as bytes: a version, then fields in a fixed order (numbers as LEB128, texts with their
/// length). `facts` are taken as they are (see kept_facts).
[[nodiscard]] std::string encode_learnt(const Learnt& learnt);
/// Nothing for bytes that encode_learnt did not write. `hash` goes into the text; it must live as long as what is made of it.
[[nodiscard]] std::optional<Learnt> decode_learnt(std::string_view bytes, const KeyedHash* hash);

/// What is known of a correspondent, as bytes.
[[nodiscard]] std::string encode_correspondent(const Correspondent& person);
[[nodiscard]] std::optional<Correspondent> decode_correspondent(std::string_view bytes);

}  // namespace threadline::memory
