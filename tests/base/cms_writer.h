// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace threadline::tests {

enum class CmsForm { der, ber, pem };  ///< ber: indefinite lengths, the content in pieces

/// SignedData around the content, signed by a key that lives as long as the call. Nobody's certificate.
[[nodiscard]] std::string cms_signed(std::string_view content, CmsForm form = CmsForm::der);
/// The same, detached: the content is not in it.
[[nodiscard]] std::string cms_detached(std::string_view content);
/// SignedData that carries a certificate alone.
[[nodiscard]] std::string cms_certificates();
/// EnvelopedData for a recipient whose key nobody has.
[[nodiscard]] std::string cms_encrypted(std::string_view content);

[[nodiscard]] std::string base64_lines(std::string_view bytes);

}  // namespace threadline::tests
