// SPDX-License-Identifier: Apache-2.0
#include "message/special_part.h"

#include <algorithm>
#include <array>
#include <string>

#include "message/header_block.h"
#include "text/fold.h"

namespace threadline::message {
namespace {

struct TypedKind {
  std::string_view type;
  PartKind kind;
};

constexpr auto kKinds = std::to_array<TypedKind>({
    {"text/html", PartKind::html},
    {"text/x-html", PartKind::html},
    {"text/xhtml", PartKind::html},
    {"application/xhtml+xml", PartKind::html},
    {"message/rfc822", PartKind::message},
    {"message/rfc2822", PartKind::message},
    {"message/global", PartKind::message},
    {"message/news", PartKind::message},
    {"text/calendar", PartKind::attachment},
    {"text/csv", PartKind::attachment},
    {"text/tab-separated-values", PartKind::attachment},
    {"text/vcard", PartKind::attachment},
    {"text/x-vcard", PartKind::attachment},
    {"text/directory", PartKind::attachment},
    {"text/rtf", PartKind::attachment},
    {"text/xml", PartKind::attachment},
    {"text/css", PartKind::attachment},
    {"text/javascript", PartKind::attachment},
    {"text/x-amp-html", PartKind::attachment},
    {"text/rfc822-headers", PartKind::attachment},
    {"text/x-moz-deleted", PartKind::attachment},
});

struct TypedSpecial {
  std::string_view type;
  std::string_view smime_type;  ///< empty: whatever it is
  Special special;
};

/// The first that fits.
constexpr auto kSpecials = std::to_array<TypedSpecial>({
    {"multipart/encrypted", "", {"encrypted", "encrypted"}},
    {"multipart/signed", "", {"signed", "signed"}},
    {"application/pgp-encrypted", "", {"encrypted", ""}},
    {"application/pgp-signature", "", {"signature", ""}},
    {"application/pkcs7-signature", "", {"signature", ""}},
    {"application/x-pkcs7-signature", "", {"signature", ""}},
    {"application/pkcs7-mime", "signed-data", {"signed", "signed"}},
    {"application/pkcs7-mime", "certs-only", {"certificates", ""}},
    {"application/pkcs7-mime", "compressed-data", {"compressed", ""}},
    {"application/pkcs7-mime", "", {"encrypted", "encrypted"}},
    {"application/x-pkcs7-mime", "signed-data", {"signed", "signed"}},
    {"application/x-pkcs7-mime", "certs-only", {"certificates", ""}},
    {"application/x-pkcs7-mime", "compressed-data", {"compressed", ""}},
    {"application/x-pkcs7-mime", "", {"encrypted", "encrypted"}},
    {"application/x-microsoft-rpmsg-message", "", {"encrypted", "encrypted"}},
    {"application/ms-tnef", "", {"winmail.dat", ""}},
    {"application/vnd.ms-tnef", "", {"winmail.dat", ""}},
    {"message/partial", "", {"partial", "truncated"}},
    {"message/external-body", "", {"external-body", ""}},
    {"application/applefile", "", {"resource fork", ""}},
});

}  // namespace

PartKind part_kind(std::string_view type) {
  const auto* found = std::ranges::find(kKinds, type, &TypedKind::type);
  if (found != kKinds.end()) return found->kind;
  return type.starts_with("text/") ? PartKind::plain : PartKind::attachment;
}

Special special_part(std::string_view type, std::string_view smime_type, std::string_view file_name) {
  for (const auto& entry : kSpecials) {
    if (entry.type == type && (entry.smime_type.empty() || text::equal_ascii_nocase(entry.smime_type, smime_type)))
      return entry.special;
  }
  if (text::equal_ascii_nocase(file_name, "winmail.dat")) return {"winmail.dat", ""};
  return {};
}

bool is_cms_part(std::string_view type, std::string_view file_name) {
  return type == "application/pkcs7-mime" || type == "application/x-pkcs7-mime" || text::ascii_lower(file_name).ends_with(".p7m");
}

Special special_cms(const CmsObject& object, const Special& declared) {
  switch (object.type) {
    case CmsType::signed_data:
      if (object.content) return {"signed", "signed"};
      return declared.word == "signed" ? declared : Special{"certificates", ""};
    case CmsType::enveloped_data:
    case CmsType::auth_enveloped_data: return {"encrypted", "encrypted"};
    case CmsType::compressed_data: return {"compressed", ""};
    default: return declared;
  }
}

bool looks_like_entity(std::string_view bytes) {
  for (int lines = 0; lines < 100 && !bytes.empty(); ++lines) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    auto line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) return lines == 0;
    if (line.front() == ' ' || line.front() == '\t') continue;
    const auto name = field_name_of(line);
    if (name.length == 0) return false;
    if (text::equal_ascii_nocase(line.substr(0, name.length), "content-type")) return true;
  }
  return false;
}

Special special_text(std::string_view text) {
  const auto begin = text.find("-----BEGIN PGP ");
  if (begin == std::string_view::npos || (begin > 0 && text[begin - 1] != '\n')) return {};
  const auto what = text.substr(begin + 15);
  if (what.starts_with("MESSAGE-----")) return {"encrypted", "encrypted"};
  if (what.starts_with("SIGNED MESSAGE-----")) return {"signed", "signed"};
  return {};
}

bool looks_like_message(std::string_view bytes) {
  constexpr auto kOpening =
      std::to_array<std::string_view>({"from", "date", "received", "message-id", "subject", "return-path", "delivered-to"});
  int known = 0;
  bool opening = false;
  for (int lines = 0; lines < 40 && !bytes.empty(); ++lines) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    auto line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) break;
    if (line.front() == ' ' || line.front() == '\t') continue;
    const auto name = field_name_of(line);
    if (name.length == 0) return false;
    if (!is_known_field(line.substr(0, name.length))) continue;
    ++known;
    opening = opening ||
              std::ranges::find(kOpening, std::string_view(text::ascii_lower(line.substr(0, name.length)))) != kOpening.end();
  }
  return opening && known >= 2;
}

bool may_be_mail_by_name(std::string_view file_name) {
  constexpr auto kEndings =
      std::to_array<std::string_view>({".eml", ".emlx", ".mbox", ".mbs", ".mbx", ".mht", ".mim", ".mime", ".msg", ".tnef"});
  const std::string name = text::ascii_lower(file_name.substr(file_name.find_last_of("/!\\") + 1));
  const auto has = [&](std::string_view ending) { return name.ends_with(ending); };
  return name.find('.') == std::string::npos || std::ranges::any_of(kEndings, has);
}

bool is_message_file(std::string_view type, std::string_view file_name, std::string_view bytes) {
  const bool is_any_file = type.empty() || type == "application/octet-stream" || type == "application/eml" ||
                           type.starts_with("application/x-") || type == "text/plain";
  return (is_any_file || text::ascii_lower(file_name).ends_with(".eml")) && looks_like_message(bytes);
}

bool is_outlook_message(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (!bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv)) return false;
  constexpr auto kPropertyStream = "_\0_\0p\0r\0o\0p\0e\0r\0t\0i\0e\0s\0_\0v\0e\0r\0s\0i\0o\0n\0"sv;
  constexpr auto kValueStream = "_\0_\0s\0u\0b\0s\0t\0g\0001\0.\0000\0_\0"sv;
  return bytes.find(kPropertyStream) != std::string_view::npos || bytes.find(kValueStream) != std::string_view::npos;
}

}  // namespace threadline::message
