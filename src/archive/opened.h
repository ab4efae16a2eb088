// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <archive.h>
#include <archive_entry.h>

#include "archive/archive.h"
#include "archive/gzip_content.h"

namespace threadline::archive {

struct ArchiveFree {
  void operator()(::archive* opened) const { archive_read_free(opened); }
};
using Opened = std::unique_ptr<::archive, ArchiveFree>;

/// How an archive is opened.
struct Opening {
  std::string password;           ///< empty: none
  std::uint64_t begin = 0;        ///< of a tar whose first headers cannot be read: the first one that can
  bool by_local_headers = false;  ///< a zip whose directory cannot be read
};

/// Opens the archive behind the descriptor from its beginning, for the formats and compressions that archive.h names and no
/// others. Answers nothing when there is no memory; a failure of opening is in archive_errno of what is answered.
[[nodiscard]] Opened open_archive(int descriptor, const Opening& opening);

/// The same for what a gzip file holds, which must outlive what is answered.
[[nodiscard]] Opened open_gzip(GzipContent& content);

[[nodiscard]] bool is_gzip(int descriptor);
/// Whether the file begins as one of the compressed ones, gzip too.
[[nodiscard]] bool is_compressed(int descriptor);

/// Whether the record that ends the directory of a zip stands where it can be read from. Source: APPNOTE.TXT 4.3.16.
[[nodiscard]] bool has_directory_of_zip(int descriptor);

/// The current member. The name that libarchive gives the content of a compressed file which keeps none ("data") is left out.
[[nodiscard]] Member member_of(::archive* opened, archive_entry* entry);

/// Why libarchive gave up, as a note.
[[nodiscard]] Note failure_note(::archive* opened);

/// Names and messages come in UTF-8 while this lives, whatever the process's locale is (libarchive converts to the locale's).
class Utf8Locale {
 public:
  Utf8Locale();
  ~Utf8Locale();
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  void* made_;
  void* before_;
};

}  // namespace threadline::archive
