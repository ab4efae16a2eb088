// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace threadline::inline base {

/// What the outermost ContentInfo of a CMS object says it is (RFC 5652 section 3, RFC 5083, RFC 3274).
enum class CmsType { none, signed_data, enveloped_data, auth_enveloped_data, compressed_data, other };

/// A CMS object (.p7m, .p7s) as far as it can be read without a key.
struct CmsObject {
  CmsType type = CmsType::none;        ///< none: not a CMS object, or cut short
  std::optional<std::string> content;  ///< the signed bytes; nothing where the signature is detached, or nothing is signed
};

/// Opens a CMS object in DER, BER, PEM or bare base64. No signature, certificate or trust is verified: what stands in it is read
/// as any other bytes of the evidence. Linear; the content is never longer than the bytes.
/// Errors: none; what is no CMS object is CmsType::none. Source: RFC 5652 section 5, RFC 8551 section 3.5.
[[nodiscard]] CmsObject read_cms(std::string_view bytes);

}  // namespace threadline::inline base
