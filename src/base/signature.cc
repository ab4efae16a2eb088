// SPDX-License-Identifier: Apache-2.0
#include "base/signature.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <array>
#include <cstddef>
#include <limits>
#include <stdexcept>

namespace threadline::inline base {
namespace {

constexpr int kMostKeyBits = 16'384;

struct ReleaseKey {
  void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};
using Key = std::unique_ptr<EVP_PKEY, ReleaseKey>;

struct ReleaseDigest {
  void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};
using DigestContext = std::unique_ptr<EVP_MD_CTX, ReleaseDigest>;

const EVP_MD* digest_of(DigestKind kind) { return kind == DigestKind::sha1 ? EVP_sha1() : EVP_sha256(); }

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

Key rsa_key(std::string_view der) {
  if (der.empty() || der.size() > static_cast<std::size_t>(std::numeric_limits<long>::max())) return nullptr;
  const auto length = static_cast<long>(der.size());
  const unsigned char* at = bytes_of(der);
  Key key(d2i_PUBKEY(nullptr, &at, length));
  if (key == nullptr) {
    at = bytes_of(der);
    key.reset(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, length));
  }
  if (key == nullptr || EVP_PKEY_base_id(key.get()) != EVP_PKEY_RSA || EVP_PKEY_bits(key.get()) > kMostKeyBits) return nullptr;
  return key;
}

bool verifies(EVP_PKEY* key, const EVP_MD* digest, std::string_view bytes, std::string_view signature) {
  const DigestContext context(EVP_MD_CTX_new());
  if (context == nullptr || EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key) != 1) return false;
  return EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(bytes), bytes.size()) == 1;
}

}  // namespace

struct Digest::State {
  DigestContext context;
};

Digest::Digest(DigestKind kind) : state_(std::make_unique<State>()) {
  state_->context.reset(EVP_MD_CTX_new());
  if (state_->context == nullptr || EVP_DigestInit_ex(state_->context.get(), digest_of(kind), nullptr) != 1)
    throw std::runtime_error("libcrypto has no digest");
}

Digest::~Digest() = default;

void Digest::add(std::string_view bytes) { EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()); }

std::string Digest::finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  EVP_DigestFinal_ex(state_->context.get(), digest.data(), &length);
  return {reinterpret_cast<const char*>(digest.data()), length};
}

std::optional<bool> is_signed_by(KeyKind kind, std::string_view key, DigestKind digest, std::string_view bytes,
                                 std::string_view signature) {
  std::optional<bool> answer;
  if (kind == KeyKind::rsa) {
    if (const Key public_key = rsa_key(key)) answer = verifies(public_key.get(), digest_of(digest), bytes, signature);
  } else if (const Key public_key{EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(key), key.size())}) {
    Digest hashed(digest);
    hashed.add(bytes);
    answer = verifies(public_key.get(), nullptr, hashed.finish(), signature);
  }
  ERR_clear_error();
  return answer;
}

}  // namespace threadline::inline base
