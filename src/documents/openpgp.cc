// SPDX-License-Identifier: Apache-2.0
#include "documents/openpgp.h"

#include <array>
#include <cstdint>
#include <string>

#include "text/fold.h"

namespace threadline::documents {
namespace {

/// The first packet of a file.
struct Packet {
  std::uint32_t tag = 0;     ///< 0: it is no packet
  std::uint8_t version = 0;  ///< its first byte
};

Packet first_packet(std::string_view bytes) {
  const auto byte = [&](std::size_t at) { return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U; };
  constexpr std::uint32_t kPacket = 0x80, kNewForm = 0x40, kTwoBytes = 192, kPartial = 224, kFiveBytes = 255;
  const std::uint32_t head = byte(0);
  if ((head & kPacket) == 0) return {};
  std::size_t length_bytes = 0;
  if ((head & kNewForm) != 0) {
    const std::uint32_t length = byte(1);
    length_bytes = length == kFiveBytes ? 5 : length >= kTwoBytes && length < kPartial ? 2 : 1;
  } else {
    constexpr std::array<std::size_t, 4> kLengths{1, 2, 4, 0};
    length_bytes = kLengths[head & 3U];
  }
  const std::uint32_t tag = (head & kNewForm) != 0 ? head & 0x3FU : (head >> 2U) & 0xFU;
  return {tag, static_cast<std::uint8_t>(byte(1 + length_bytes))};
}

constexpr std::uint32_t kPublicKeySession = 1, kOnePassSignature = 4, kSymmetricSession = 3, kCompressed = 8, kEncrypted = 9,
                        kLiteral = 11, kEncryptedProtected = 18, kEncryptedAead = 20;

/// A session key's packet has its version: 3 or 6 for a public key, 4 to 6 for a passphrase.
bool is_session_key(const Packet& packet) {
  if (packet.tag == kPublicKeySession) return packet.version == 3 || packet.version == 6;
  return packet.tag == kSymmetricSession && packet.version >= 4 && packet.version <= 6;
}

/// Longer than a session key alone.
bool is_whole(std::string_view bytes) {
  constexpr std::size_t kFewest = 32;
  return bytes.size() >= kFewest;
}

bool is_named_so(std::string_view name) {
  const std::string lower = text::ascii_lower(name);
  return lower.ends_with(".gpg") || lower.ends_with(".pgp") || lower.ends_with(".asc");
}

}  // namespace

std::optional<Note> openpgp_note(std::string_view bytes, std::string_view name) {
  const Packet packet = first_packet(bytes);
  const bool is_named = is_named_so(name);
  const bool is_data = packet.tag == kEncrypted || packet.tag == kEncryptedProtected || packet.tag == kEncryptedAead;
  if ((is_session_key(packet) && is_whole(bytes)) || (is_named && is_data)) return Note{"encrypted", "an OpenPGP message", {}};
  if (!is_named || (packet.tag != kOnePassSignature && packet.tag != kCompressed && packet.tag != kLiteral)) return std::nullopt;
  return Note{"format_not_supported", "an OpenPGP message, signed or compressed", {}};
}

}  // namespace threadline::documents
