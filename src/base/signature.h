// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace threadline::inline base {

/// Digests that mail signatures are made with (RFC 6376 section 3.3, RFC 8301).
enum class DigestKind { sha1, sha256 };

/// A digest fed piece by piece. Threads: one.
class Digest {
 public:
  explicit Digest(DigestKind kind);
  ~Digest();
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;

  void add(std::string_view bytes);
  /// The digest's bytes; nothing may be added afterwards.
  [[nodiscard]] std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// What kind of public key a selector record names (RFC 6376 section 3.6.1, RFC 8463).
enum class KeyKind { rsa, ed25519 };

/// Whether `signature` over `bytes` verifies. `key`: RSA as DER SubjectPublicKeyInfo or RSAPublicKey (RFC 8017), Ed25519 its 32
/// bytes. RSA is PKCS #1 v1.5 over the digest of the bytes; Ed25519 signs that digest itself (RFC 8463 section 3).
/// Nothing: the bytes are no such key, or an RSA key of more than 16,384 bits.
[[nodiscard]] std::optional<bool> is_signed_by(KeyKind kind, std::string_view key, DigestKind digest, std::string_view bytes,
                                               std::string_view signature);

}  // namespace threadline::inline base
