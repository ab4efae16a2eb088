// SPDX-License-Identifier: Apache-2.0
#include "base/signed_content.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <memory>
#include <string>

namespace threadline::inline base {
namespace {

constexpr unsigned char kSequence = 0x30;  ///< the first byte of every DER or BER ContentInfo

struct ReleaseCms {
  void operator()(CMS_ContentInfo* cms) const noexcept { CMS_ContentInfo_free(cms); }
};
using Cms = std::unique_ptr<CMS_ContentInfo, ReleaseCms>;

/// libcrypto keeps a queue of errors for the thread; what hostile bytes put there is nobody's.
struct ErrorQueue {
  ErrorQueue() = default;
  ErrorQueue(const ErrorQueue&) = delete;
  ErrorQueue& operator=(const ErrorQueue&) = delete;
  ~ErrorQueue() { ERR_clear_error(); }
};

Cms cms_of_der(std::string_view bytes) {
  if (bytes.empty() || static_cast<unsigned char>(bytes.front()) != kSequence) return nullptr;
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<long>::max())) return nullptr;
  const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
  return Cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(bytes.size())));
}

/// The bytes of a text that is base64 and nothing else (a .p7m saved as its transfer form); empty where it is not.
std::string bytes_of_base64(std::string_view text) {
  std::string letters;
  letters.reserve(text.size());
  std::ranges::copy_if(text, std::back_inserter(letters), [](char c) { return static_cast<unsigned char>(c) > ' '; });
  if (letters.size() % 4 != 0 || letters.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return {};
  std::string bytes(letters.size() / 4 * 3, '\0');
  const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                     reinterpret_cast<const unsigned char*>(letters.data()), static_cast<int>(letters.size()));
  return length < 0 ? std::string{} : bytes;
}

/// What stands between the two armour lines (RFC 7468 section 2).
std::string_view armoured(std::string_view text) {
  const auto begin = text.find('\n');
  return begin == std::string_view::npos ? std::string_view{} : text.substr(begin, text.find("-----END ", begin) - begin);
}

Cms cms_of(std::string_view bytes) {
  if (auto cms = cms_of_der(bytes)) return cms;
  const auto begin = bytes.find_first_not_of(" \t\r\n");
  const auto text = begin == std::string_view::npos ? std::string_view{} : bytes.substr(begin);
  if (text.starts_with("-----BEGIN ")) return cms_of_der(bytes_of_base64(armoured(text)));
  return text.starts_with('M') ? cms_of_der(bytes_of_base64(text)) : nullptr;  // 'M' begins base64 of 0x30
}

CmsType type_of(const CMS_ContentInfo& cms) {
  switch (OBJ_obj2nid(CMS_get0_type(&cms))) {
    case NID_pkcs7_signed: return CmsType::signed_data;
    case NID_pkcs7_enveloped: return CmsType::enveloped_data;
    case NID_id_smime_ct_authEnvelopedData: return CmsType::auth_enveloped_data;
    case NID_id_smime_ct_compressedData: return CmsType::compressed_data;
    default: return CmsType::other;
  }
}

std::optional<std::string> content_of(CMS_ContentInfo& cms) {
  ASN1_OCTET_STRING** content = CMS_get0_content(&cms);
  if (content == nullptr || *content == nullptr) return std::nullopt;
  const auto* data = reinterpret_cast<const char*>(ASN1_STRING_get0_data(*content));
  return std::string(data, static_cast<std::size_t>(ASN1_STRING_length(*content)));
}

}  // namespace

CmsObject read_cms(std::string_view bytes) {
  const ErrorQueue queue;
  const Cms cms = cms_of(bytes);
  if (cms == nullptr) return {};
  CmsObject object{.type = type_of(*cms), .content = std::nullopt};
  if (object.type == CmsType::signed_data) object.content = content_of(*cms);
  return object;
}

}  // namespace threadline::inline base
