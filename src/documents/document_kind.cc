// SPDX-License-Identifier: Apache-2.0
#include "documents/document_kind.h"

#include <algorithm>
#include <array>

#include "text/charset.h"
#include "text/fold.h"

namespace threadline::documents {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kHeadBytes = 4'096;  ///< of a file, from which text is told
constexpr std::size_t kHeadOfLetter = 8;   ///< a text of so many bytes may have one control character
constexpr std::size_t kPdfHead = 1'024;    ///< in which "%PDF-" may stand (ISO 32000-1, annex H.3, note 13)

struct Beginning {
  std::string_view bytes;
  DocumentKind kind;
};
/// Sources: ISO 32000-1 section 7.5.2, APPNOTE.TXT 4.3, 7zFormat.txt, RFC 1952, RFC 8878, PNG section 5.2, JFIF, GIF89a,
/// TIFF 6.0, RTF 1.9.1, MS-CFB section 2.2.
constexpr std::array kBeginnings{Beginning{"PK\x03\x04", DocumentKind::zip},
                                 Beginning{"PK\x05\x06", DocumentKind::zip},
                                 Beginning{"7z\xBC\xAF\x27\x1C", DocumentKind::archive},
                                 Beginning{"\x1F\x8B", DocumentKind::archive},
                                 Beginning{"BZh", DocumentKind::archive},
                                 Beginning{"\xFD"
                                           "7zXZ",
                                           DocumentKind::archive},
                                 Beginning{"\x28\xB5\x2F\xFD", DocumentKind::archive},
                                 Beginning{"\x89PNG\r\n", DocumentKind::picture},
                                 Beginning{"\xFF\xD8\xFF", DocumentKind::picture},
                                 Beginning{"GIF8", DocumentKind::picture},
                                 Beginning{"II*\0"sv, DocumentKind::picture},
                                 Beginning{"MM\0*"sv, DocumentKind::picture},
                                 Beginning{"{\\rtf", DocumentKind::rtf},
                                 Beginning{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", DocumentKind::compound}};
constexpr std::size_t kTarMagicAt = 257;

/// Two letters or a container's name begin many files: more of the header counts. Source: BITMAPFILEHEADER (four zeros, then an
/// offset below 64 KiB in practice); RFC 9649 section 2.4.
bool is_bmp_or_webp(std::string_view bytes) {
  if (bytes.starts_with("RIFF")) return bytes.substr(0, 12).ends_with("WEBP");
  return bytes.starts_with("BM") && bytes.size() > 14 && bytes.substr(6, 4) == "\0\0\0\0"sv && bytes.substr(12, 2) == "\0\0"sv;
}

/// UTF-16 by its mark or its look; else bytes with hardly a control character or zero: one of them in a letter, put there on
/// purpose or not, makes it no program. Zeros behind a text fill a block.
bool is_text(std::string_view head) {
  const auto is_control = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f';
  };
  if (head.size() > 3 && (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF"))) return true;
  if (!text::unmarked_utf16(head).empty()) return true;
  head = head.substr(0, head.find_last_not_of('\0') + 1);  // npos + 1 is 0
  constexpr std::ptrdiff_t kBytesPerControl = 50, kFewest = 1;
  const auto most = std::max(std::ssize(head) / kBytesPerControl, head.size() > kHeadOfLetter ? kFewest : 0);
  return !head.empty() && std::ranges::count_if(head, is_control) <= most;
}

DocumentKind text_kind(std::string_view head, std::string_view name) {
  const auto first = head.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  if (first == std::string_view::npos) return DocumentKind::text;
  const std::string begin = text::ascii_lower(head.substr(first, 512));
  const std::string lower = text::ascii_lower(name);
  if (begin.starts_with("<!doctype html") || begin.starts_with("<html") || begin.find("<html") != std::string::npos)
    return DocumentKind::html;
  if (lower.ends_with(".svg") || begin.starts_with("<svg") || begin.find("<svg ") != std::string::npos) return DocumentKind::html;
  if (begin.starts_with("<?xml")) return DocumentKind::xml;
  if (begin.front() == '<') return lower.ends_with(".xml") ? DocumentKind::xml : DocumentKind::html;
  return DocumentKind::text;
}

}  // namespace

DocumentKind kind_of(std::string_view bytes, std::string_view name) {
  if (bytes.substr(0, kPdfHead).find("%PDF-") != std::string_view::npos) return DocumentKind::pdf;
  const auto* known = std::ranges::find_if(kBeginnings, [&](const Beginning& one) { return bytes.starts_with(one.bytes); });
  if (known != kBeginnings.end()) return known->kind;
  if (is_bmp_or_webp(bytes)) return DocumentKind::picture;
  if (bytes.size() > kTarMagicAt + 5 && bytes.substr(kTarMagicAt, 5) == "ustar") return DocumentKind::archive;
  const auto begin = std::min(bytes.find_first_not_of('\0'), bytes.size());
  const auto head = text::unmarked_utf16(bytes).empty() ? bytes.substr(begin, kHeadBytes) : bytes.substr(0, kHeadBytes);
  return is_text(head) ? text_kind(head, name) : DocumentKind::other;
}

}  // namespace threadline::documents
