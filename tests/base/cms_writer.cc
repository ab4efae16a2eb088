// SPDX-License-Identifier: Apache-2.0
#include "base/cms_writer.h"

#include <openssl/cms.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <stdexcept>

namespace threadline::tests {
namespace {

template <auto Release>
struct Releases {
  template <class T>
  void operator()(T* object) const {
    Release(object);
  }
};
template <class T, auto Release>
using Owned = std::unique_ptr<T, Releases<Release>>;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using Certificate = Owned<X509, X509_free>;
using Cms = Owned<CMS_ContentInfo, CMS_ContentInfo_free>;
using Bio = Owned<BIO, BIO_free_all>;

void require(bool done) {
  if (!done) throw std::runtime_error("libcrypto refused to write a CMS object");
}

struct Signer {
  Key key{EVP_EC_gen("P-256")};
  Certificate certificate{X509_new()};

  Signer() {
    X509* x = certificate.get();
    X509_set_version(x, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
    X509_gmtime_adj(X509_getm_notBefore(x), 0);
    X509_gmtime_adj(X509_getm_notAfter(x), 3'600);
    X509_set_pubkey(x, key.get());
    X509_NAME* name = X509_get_subject_name(x);
    const auto* text = reinterpret_cast<const unsigned char*>("throw-away");
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0);
    X509_set_issuer_name(x, name);
    require(X509_sign(x, key.get(), EVP_sha256()) > 0);
  }
};

Bio bio_of(std::string_view bytes) { return Bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size()))); }

std::string text_of(BIO* bio) {
  char* bytes = nullptr;
  const long length = BIO_get_mem_data(bio, &bytes);
  return {bytes, static_cast<std::size_t>(length)};
}

std::string der_of(CMS_ContentInfo* cms) {
  const Bio out(BIO_new(BIO_s_mem()));
  require(i2d_CMS_bio(out.get(), cms) == 1);
  return text_of(out.get());
}

std::string signed_with(std::string_view content, unsigned flags, CmsForm form) {
  const Signer signer;
  const Bio in = bio_of(content);
  const Cms cms(CMS_sign(signer.certificate.get(), signer.key.get(), nullptr, in.get(), flags | CMS_BINARY));
  require(cms != nullptr);
  if (form == CmsForm::der) return der_of(cms.get());
  if (form == CmsForm::pem) return "-----BEGIN CMS-----\n" + base64_lines(der_of(cms.get())) + "-----END CMS-----\n";
  const Bio out(BIO_new(BIO_s_mem()));
  require(i2d_CMS_bio_stream(out.get(), cms.get(), in.get(), static_cast<int>(flags | CMS_BINARY)) == 1);
  return text_of(out.get());
}

}  // namespace

std::string cms_signed(std::string_view content, CmsForm form) {
  return signed_with(content, form == CmsForm::ber ? CMS_STREAM : 0U, form);
}

std::string cms_detached(std::string_view content) { return signed_with(content, CMS_DETACHED, CmsForm::der); }

std::string cms_certificates() {
  const Signer signer;
  const Cms cms(CMS_sign(nullptr, nullptr, nullptr, nullptr, CMS_DETACHED | CMS_PARTIAL));
  require(cms != nullptr && CMS_add1_cert(cms.get(), signer.certificate.get()) == 1);
  return der_of(cms.get());
}

std::string cms_encrypted(std::string_view content) {
  const Signer recipient;
  STACK_OF(X509)* recipients = sk_X509_new_null();
  sk_X509_push(recipients, recipient.certificate.get());
  const Bio in = bio_of(content);
  const Cms cms(CMS_encrypt(recipients, in.get(), EVP_aes_128_cbc(), CMS_BINARY));
  sk_X509_free(recipients);
  require(cms != nullptr);
  return der_of(cms.get());
}

std::string base64_lines(std::string_view bytes) {
  std::string whole((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(whole.data()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  whole.resize(static_cast<std::size_t>(length));
  std::string lines;
  for (std::size_t at = 0; at < whole.size(); at += 76) lines += whole.substr(at, 76) + "\n";
  return lines;
}

}  // namespace threadline::tests
