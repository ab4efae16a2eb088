// SPDX-License-Identifier: Apache-2.0
#include "archive/opened.h"

#include <unistd.h>
#include <clocale>

#include <locale.h>
#include <algorithm>
#include <array>
#include <cerrno>

namespace threadline::archive {
namespace {

constexpr std::size_t kBlock = 64U << 10U;

using namespace std::string_view_literals;
/// Source: RFC 1952 2.3.1, bzip2's format, xz-file-format 2.1.1.1, RFC 8878 3.1.1.
constexpr std::array kCompressed{"\x1F\x8B"sv, "BZh"sv, "\xFD\x37zXZ"sv, "\x28\xB5\x2F\xFD"sv};

std::string first_bytes(int descriptor) {
  std::string head(8, '\0');
  const auto got = ::pread(descriptor, head.data(), head.size(), 0);
  head.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  return head;
}

void allow_compressed(::archive* opened) {
  archive_read_support_filter_gzip(opened);
  archive_read_support_filter_bzip2(opened);
  archive_read_support_filter_xz(opened);
  archive_read_support_filter_zstd(opened);
  archive_read_support_format_raw(opened);
  archive_read_support_format_empty(opened);
}

void allow_archives(::archive* opened, const Opening& opening) {
  archive_read_support_format_7zip(opened);
  archive_read_support_format_zip_streamable(opened);
  if (!opening.by_local_headers) archive_read_support_format_zip_seekable(opened);
  if (!opening.password.empty()) archive_read_add_passphrase(opened, opening.password.c_str());
}

la_ssize_t give_content(::archive* /*opened*/, void* content, const void** bytes) noexcept {
  const auto more = static_cast<GzipContent*>(content)->next();
  *bytes = more.data();
  return static_cast<la_ssize_t>(more.size());
}

struct Reason {
  std::string_view words;  ///< of libarchive's message
  std::string_view code;
};
/// "(-5)" is zlib's Z_BUF_ERROR, "No progress is possible" liblzma's: the input ended.
constexpr std::array kReasons{Reason{"runcated", "truncated"},
                              Reason{"failed (-5)", "truncated"},
                              Reason{"No progress is possible", "truncated"},
                              Reason{"ncrypt", "encrypted"},
                              Reason{"assphrase", "encrypted"},
                              Reason{"rypto codec", "encrypted"},
                              Reason{"nsupported ZIP compression", "format_not_supported"},
                              Reason{"nsupported method", "format_not_supported"},
                              Reason{"nexpected codec", "format_not_supported"}};

}  // namespace

Opened open_archive(int descriptor, const Opening& opening) {
  Opened opened(archive_read_new());
  if (!opened) return opened;
  archive_read_support_format_tar(opened.get());
  if (is_compressed(descriptor)) {
    allow_compressed(opened.get());
  } else {
    allow_archives(opened.get(), opening);
  }
  ::lseek(descriptor, static_cast<off_t>(opening.begin), SEEK_SET);
  archive_read_open_fd(opened.get(), descriptor, kBlock);
  return opened;
}

Opened open_gzip(GzipContent& content) {
  Opened opened(archive_read_new());
  if (!opened) return opened;
  archive_read_support_format_tar(opened.get());
  allow_compressed(opened.get());
  archive_read_open(opened.get(), &content, nullptr, &give_content, nullptr);
  return opened;
}

bool is_compressed(int descriptor) {
  const auto head = first_bytes(descriptor);
  return std::ranges::any_of(kCompressed, [&head](std::string_view magic) { return head.starts_with(magic); });
}

bool is_gzip(int descriptor) { return first_bytes(descriptor).starts_with(kCompressed.front()); }

bool has_directory_of_zip(int descriptor) {
  constexpr std::string_view kMagic = "PK\x05\x06";
  constexpr std::uint64_t kMost = 1U << 20U;  // the record with the longest comment has 64 KiB; zeros may be behind it
  const auto size = static_cast<std::uint64_t>(std::max<off_t>(::lseek(descriptor, 0, SEEK_END), 0));
  std::string end(std::min(size, kMost), '\0');
  const auto got = ::pread(descriptor, end.data(), end.size(), static_cast<off_t>(size - end.size()));
  return got > 0 && end.find(kMagic) != std::string::npos;
}

Member member_of(::archive* opened, archive_entry* entry) {
  Member member;
  const char* name = archive_entry_pathname(entry);
  if (name == nullptr) name = archive_entry_pathname_utf8(entry);
  const bool is_made_up = archive_format(opened) == ARCHIVE_FORMAT_RAW && name == std::string_view("data");
  if (name != nullptr && !is_made_up) member.name = name;
  if (archive_entry_size_is_set(entry) != 0) member.stated_size = static_cast<std::uint64_t>(archive_entry_size(entry));
  if (archive_entry_mtime_is_set(entry) != 0) member.written = archive_entry_mtime(entry);
  return member;
}

Note failure_note(::archive* opened) {
  const char* words = archive_error_string(opened);
  std::string text = words == nullptr ? "" : words;
  if (archive_errno(opened) == ENOMEM) return {"worker_memory", std::move(text), {}};
  const auto* reason =
      std::ranges::find_if(kReasons, [&text](const Reason& one) { return text.find(one.words) != std::string::npos; });
  const std::string_view code = reason == kReasons.end() ? "malformed_container" : reason->code;
  if (text.find("assphrase required") != std::string::npos) text = "a password is needed: --password-file FILE";
  if (text.find("ncorrect passphrase") != std::string::npos) text = "no password of --password-file FILE opens it";
  return {std::string(code), std::move(text), {}};
}

Utf8Locale::Utf8Locale() : made_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)), before_(nullptr) {
  if (made_ != nullptr) before_ = uselocale(static_cast<locale_t>(made_));
}

Utf8Locale::~Utf8Locale() {
  if (made_ == nullptr) return;
  uselocale(static_cast<locale_t>(before_));
  freelocale(static_cast<locale_t>(made_));
}

}  // namespace threadline::archive
