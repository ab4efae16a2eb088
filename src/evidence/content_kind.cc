// SPDX-License-Identifier: Apache-2.0
#include "evidence/content_kind.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "evidence/bsmtp.h"
#include "evidence/exim_spool.h"
#include "evidence/lines.h"
#include "evidence/mmdf.h"
#include "evidence/pasted_base64.h"
#include "evidence/postcat.h"
#include "evidence/postfix_queue.h"
#include "evidence/sendmail_queue.h"
#include "evidence/zip_names.h"
#include "text/base64.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::evidence {
namespace {

struct Magic {
  std::string_view bytes;
  std::uint32_t offset;
  std::string_view format;
  ContentKind kind;
  std::string_view hint = {};
};

using namespace std::string_view_literals;
constexpr auto kUnpack = "unpack it first"sv;
/// Source: the formats' own specifications (MS-CFB, MS-OXTNEF, MS-PST, APPNOTE.TXT, POSIX.1 ustar, RFC 1952, RFC 8878, LZ4 frame
/// format ...).
constexpr auto kMagics = std::to_array<Magic>({
    {"!BDN"sv, 0, "pst", ContentKind::pst},
    {"PK\x03\x04"sv, 0, "zip", ContentKind::archive},
    {"PK\x05\x06"sv, 0, "zip", ContentKind::archive},
    {"7z\xBC\xAF\x27\x1C"sv, 0, "7z", ContentKind::archive},
    {"\x1F\x8B"sv, 0, "gz", ContentKind::archive},
    {"BZh"sv, 0, "bz2", ContentKind::archive},
    {"\xFD\x37zXZ"sv, 0, "xz", ContentKind::archive},
    {"\x28\xB5\x2F\xFD"sv, 0, "zst", ContentKind::archive},
    {"ustar"sv, 257, "tar", ContentKind::archive},
    {"\xCF\xAD\x12\xFE"sv, 0, "dbx", ContentKind::not_read_yet, "Outlook Express folder: export its messages as .eml"},
    {"\x1A\x00\x00\x04\x00\x00"sv, 0, "nsf", ContentKind::not_read_yet, "Notes database: export its messages as .eml"},
    {"\x04\x22\x4D\x18"sv, 0, "lz4", ContentKind::not_read_yet, kUnpack},
    {"\x02\x21\x4C\x18"sv, 0, "lz4", ContentKind::not_read_yet, kUnpack},
    {"\xFF\x06\x00\x00sNaPpY"sv, 0, "snappy", ContentKind::not_read_yet, kUnpack},
    {"\x89LZO\x00\r\n"sv, 0, "lzop", ContentKind::not_read_yet, kUnpack},
    {"LZIP\x01"sv, 0, "lzip", ContentKind::not_read_yet, kUnpack},
    {"\x1F\x9D"sv, 0, "compress", ContentKind::not_read_yet, kUnpack},
    {"Rar!\x1A\x07"sv, 0, "rar", ContentKind::not_read_yet, kUnpack},
    {"%PDF-"sv, 0, "pdf", ContentKind::not_a_message},
    {"\x89PNG"sv, 0, "png", ContentKind::not_a_message},
    {"\xFF\xD8\xFF"sv, 0, "jpeg", ContentKind::not_a_message},
    {"GIF8"sv, 0, "gif", ContentKind::not_a_message},
});

/// Lower case, sorted: fields that a message may begin with.
constexpr auto kOpeningFields = std::to_array<std::string_view>({
    "arc-seal",
    "authentication-results",
    "bcc",
    "cc",
    "content-disposition",
    "content-transfer-encoding",
    "content-type",
    "date",
    "delivered-to",
    "dkim-signature",
    "envelope-to",
    "from",
    "in-reply-to",
    "list-id",
    "message-id",
    "mime-version",
    "newsgroups",
    "path",
    "received",
    "received-spf",
    "references",
    "reply-to",
    "resent-from",
    "return-path",
    "sender",
    "status",
    "subject",
    "thread-index",
    "thread-topic",
    "to",
    "user-agent",
    "x-account-key",
    "x-envelope-from",
    "x-gm-thrid",
    "x-mailer",
    "x-mozilla-status",
    "x-mozilla-status2",
    "x-originating-ip",
    "x-received",
});

constexpr int kHeadLines = 200;
constexpr auto kMark = "\xEF\xBB\xBF"sv;  ///< byte order mark of UTF-8

/// AppleDouble files ("._x") keep a file's resource fork beside it; Mork files (.msf) are Mozilla's indexes of mailboxes.
/// Source: RFC 1740, appendix B; Mozilla's "Mork file format".
bool is_store_content(std::string_view head) {
  return head.starts_with("\x00\x05\x16\x07"sv) || head.starts_with("// <!-- <mdb:mork:");
}

/// A form that is told by a function of its own reader.
struct Form {
  bool (*is_it)(std::string_view head);
  ContentKind kind;
  std::string_view format;
};

constexpr auto kForms = std::to_array<Form>({
    {is_store_content, ContentKind::store_file, ""},
    {is_mmdf, ContentKind::mmdf, "mmdf"},
    {is_postfix_queue, ContentKind::postfix_queue, "postfix"},
    {is_postcat, ContentKind::postcat, "postcat"},
    {is_exim_header, ContentKind::exim_header, "exim"},
    {is_exim_data, ContentKind::exim_data, "exim"},
    {is_sendmail_queue, ContentKind::sendmail_queue, "sendmail"},
    {is_bsmtp, ContentKind::bsmtp, "bsmtp"},
});

void skip_blank_lines(std::string_view& rest) { rest.remove_prefix(std::min(rest.find_first_not_of("\r\n"), rest.size())); }

/// A header block: its first line is a field and one is known, or two are known.
bool begins_with_header(std::string_view rest) {
  int known = 0;
  bool first_is_field = false;
  for (int lines = 0; lines < kHeadLines && !rest.empty(); ++lines) {
    const auto line = take_any_line(rest);
    if (line.empty()) break;
    if (lines == 0) first_is_field = is_field_line(line, false) || line.starts_with("From ") || line.starts_with(">From ");
    if (is_field_line(line, true)) ++known;
    if (known >= (first_is_field ? 1 : 2)) return true;
  }
  return false;
}

bool is_emlx(std::string_view head) {
  const auto line = take_any_line(head);
  const auto digits = std::ranges::find_if_not(line, is_digit) - line.begin();
  const bool is_length =
      digits > 0 && digits < 16 && line.find_first_not_of(' ', static_cast<std::size_t>(digits)) == std::string_view::npos;
  return is_length && begins_with_header(head);
}

bool is_mbox(std::string_view head) {
  const auto first = take_any_line(head);
  if (is_bare_from_line(first)) return is_field_line(take_any_line(head), true);
  if (!is_from_line(first)) return false;
  auto next = take_any_line(head);
  if (next.starts_with(">From ")) next = take_any_line(head);
  return next.empty() || is_field_line(next, false);
}

constexpr auto kCompoundFile = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv;  ///< MS-CFB section 2.2
constexpr auto kTnef = "\x78\x9F\x3E\x22"sv;                          ///< MS-OXTNEF section 2.1.3.1

/// By its signature, or by the byte order and sector sizes behind it where somebody named it so and the signature is damaged.
bool is_compound_file(std::string_view head, std::string_view name) {
  constexpr auto kVersion3 = "\xFE\xFF\x09\x00\x06\x00"sv;
  constexpr auto kVersion4 = "\xFE\xFF\x0C\x00\x06\x00"sv;
  if (head.starts_with(kCompoundFile)) return true;
  const auto sizes = head.substr(std::min<std::size_t>(head.size(), 28));
  return text::ascii_lower(name).ends_with(".msg") && (sizes.starts_with(kVersion3) || sizes.starts_with(kVersion4));
}

/// An Outlook message names its streams so (MS-OXMSG section 2.1.3), in UTF-16; Word and Excel files do not.
Content compound_content(std::string_view bytes, std::string_view name) {
  constexpr auto kPropertyStream = "_\0_\0p\0r\0o\0p\0e\0r\0t\0i\0e\0s\0_\0v\0e\0r\0s\0i\0o\0n\0"sv;
  constexpr auto kValueStream = "_\0_\0s\0u\0b\0s\0t\0g\0001\0.\0000\0_\0"sv;
  const bool is_message = bytes.find(kPropertyStream) != std::string_view::npos ||
                          bytes.find(kValueStream) != std::string_view::npos || text::ascii_lower(name).ends_with(".msg");
  return is_message ? Content{ContentKind::message, "msg", {}} : Content{ContentKind::not_a_message, "ole", {}};
}

/// Base64 text alone, of something that is mail or may hold mail.
bool holds_pasted_mail(std::string_view head) {
  const auto decoded = text::decode_base64(base64_text(head));
  if (decoded.empty()) return false;
  const auto is_magic = [&decoded](const Magic& magic) {
    return magic.kind != ContentKind::not_a_message && decoded.size() > magic.offset &&
           std::string_view(decoded).substr(magic.offset).starts_with(magic.bytes);
  };
  return decoded.starts_with(kCompoundFile) || decoded.starts_with(kTnef) || begins_with_header(decoded) ||
         std::ranges::any_of(kMagics, is_magic);
}

Content zip_content(std::string_view head, std::string_view name) {
  const auto format = zip_format(head, name);
  if (format == "zip") return {ContentKind::archive, format, {}};
  return {format == "olm" ? ContentKind::olm : ContentKind::not_a_message, format, {}};
}

}  // namespace

bool is_field_line(std::string_view line, bool known) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > 100) return false;
  auto name = line.substr(0, colon);
  while (!name.empty() && (name.back() == ' ' || name.back() == '\t')) name.remove_suffix(1);
  if (name.empty() || !std::ranges::all_of(name, [](char c) { return c > ' ' && c < '\x7f'; })) return false;
  return !known || (name.size() < 30 && std::ranges::binary_search(kOpeningFields, std::string_view(text::ascii_lower(name))));
}

bool begins_with_field(std::string_view head) {
  if (head.find('\0') != std::string_view::npos) return false;
  if (head.starts_with(kMark)) head.remove_prefix(kMark.size());
  skip_blank_lines(head);
  return is_field_line(take_any_line(head), false);
}

bool is_bare_from_line(std::string_view line) {
  while (line.ends_with(' ')) line.remove_suffix(1);
  return line == "From" || line == "From -";
}

Content content_of(std::string_view head, std::string_view name) {
  if (is_compound_file(head, name)) return compound_content(head, name);
  if (head.starts_with(kTnef)) return {ContentKind::message, "tnef", {}};
  for (const auto& magic : kMagics) {
    if (head.size() < magic.offset || !head.substr(magic.offset).starts_with(magic.bytes)) continue;
    return magic.format == "zip" ? zip_content(head, name) : Content{magic.kind, magic.format, magic.hint};
  }
  for (const auto& form : kForms) {
    if (form.is_it(head)) return {form.kind, form.format, {}};
  }
  std::string converted;
  const bool utf16 = head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF");
  if (utf16) {
    converted = text::decode(head, "utf-16").text;
    head = converted;
  }
  if (head.starts_with(kMark)) head.remove_prefix(kMark.size());
  skip_blank_lines(head);
  if (!utf16 && is_mbox(head)) return {ContentKind::mbox, "mbox", {}};
  if (is_emlx(head)) return {ContentKind::emlx, "emlx", {}};
  if (begins_with_header(head)) return {ContentKind::message, "eml", {}};
  if (holds_pasted_mail(head)) return {ContentKind::pasted_base64, "base64", {}};
  const bool named_so = text::ascii_lower(name).ends_with(".eml") && head.find('\0') == std::string_view::npos;
  return named_so && !head.empty() ? Content{ContentKind::message, "eml", {}} : Content{};
}

}  // namespace threadline::evidence
