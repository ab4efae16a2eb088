// SPDX-License-Identifier: Apache-2.0
#include "base/timestamp.h"

#include <openssl/bn.h>
#include <openssl/ts.h>

#include <array>
#include <ctime>
#include <memory>

namespace threadline::inline base {
namespace {

template <class T, void (*Free)(T*)>
struct Freed {
  void operator()(T* object) const { Free(object); }
};
template <class T, void (*Free)(T*)>
using Owned = std::unique_ptr<T, Freed<T, Free>>;

constexpr std::size_t kDigestBytes = 32;
using Digest = std::array<unsigned char, kDigestBytes>;

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool read_digest(std::string_view text, Digest& digest) {
  if (text.size() != 2 * kDigestBytes) return false;
  for (std::size_t at = 0; at < kDigestBytes; ++at) {
    const int high = digit(text[2 * at]);
    const int low = digit(text[2 * at + 1]);
    if (high < 0 || low < 0) return false;
    digest[at] = static_cast<unsigned char>(high * 16 + low);
  }
  return true;
}

std::string hex_of(const unsigned char* bytes, std::size_t size) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (std::size_t at = 0; at < size; ++at) {
    hex += kDigits[bytes[at] >> 4U];
    hex += kDigits[bytes[at] & 15U];
  }
  return hex;
}

Error refused(const std::string& what) { return {what, {}, {}}; }

std::string time_of(const ASN1_GENERALIZEDTIME* time) {
  std::tm fields{};
  if (ASN1_TIME_to_tm(time, &fields) != 1) return {};
  std::array<char, 32> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &fields);
  return {text.data(), size};
}

std::string serial_of(const ASN1_INTEGER* serial) {
  const Owned<BIGNUM, BN_free> number(ASN1_INTEGER_to_BN(serial, nullptr));
  char* text = number ? BN_bn2hex(number.get()) : nullptr;
  std::string hex = text == nullptr ? "" : text;
  OPENSSL_free(text);
  return hex;
}

std::string policy_of(const ASN1_OBJECT* policy) {
  std::array<char, 128> text{};
  const int size = OBJ_obj2txt(text.data(), text.size(), policy, 1);
  return size > 0 ? std::string(text.data()) : std::string();
}

}  // namespace

Result<std::string> timestamp_request(std::string_view digest) {
  Digest bytes{};
  if (!read_digest(digest, bytes)) return tl::unexpected(refused("is no SHA-256 digest"));
  const Owned<TS_REQ, TS_REQ_free> request(TS_REQ_new());
  const Owned<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free> imprint(TS_MSG_IMPRINT_new());
  const Owned<X509_ALGOR, X509_ALGOR_free> algorithm(X509_ALGOR_new());
  const bool is_made = X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1 &&
                       TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
                       TS_MSG_IMPRINT_set_msg(imprint.get(), bytes.data(), static_cast<int>(bytes.size())) == 1 &&
                       TS_REQ_set_version(request.get(), 1) == 1 && TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1 &&
                       TS_REQ_set_cert_req(request.get(), 1) == 1;
  unsigned char* der = nullptr;
  const int size = is_made ? i2d_TS_REQ(request.get(), &der) : -1;
  if (size <= 0) return tl::unexpected(refused("libcrypto could not write the request"));
  std::string written(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return written;
}

Result<TimestampAnswer> read_timestamp_answer(std::string_view bytes) {
  const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
  const Owned<TS_RESP, TS_RESP_free> response(d2i_TS_RESP(nullptr, &at, static_cast<long>(bytes.size())));
  if (!response) return tl::unexpected(refused("is no time-stamp response (RFC 3161, DER)"));
  const ASN1_INTEGER* status = TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(response.get()));
  const long granted = ASN1_INTEGER_get(status);
  if (granted != TS_STATUS_GRANTED && granted != TS_STATUS_GRANTED_WITH_MODS)
    return tl::unexpected(refused("the authority refused (status " + std::to_string(granted) + ")"));
  TS_TST_INFO* info = TS_RESP_get_tst_info(response.get());
  if (info == nullptr) return tl::unexpected(refused("the response has no time stamp"));
  TS_MSG_IMPRINT* imprint = TS_TST_INFO_get_msg_imprint(info);
  const ASN1_OCTET_STRING* message = TS_MSG_IMPRINT_get_msg(imprint);
  const ASN1_OBJECT* algorithm = nullptr;
  X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  if (OBJ_obj2nid(algorithm) != NID_sha256 || ASN1_STRING_length(message) != kDigestBytes)
    return tl::unexpected(refused("the time stamp is not about a SHA-256 digest"));
  return TimestampAnswer{hex_of(ASN1_STRING_get0_data(message), kDigestBytes), time_of(TS_TST_INFO_get_time(info)),
                         serial_of(TS_TST_INFO_get_serial(info)), policy_of(TS_TST_INFO_get_policy_id(info))};
}

}  // namespace threadline::inline base
