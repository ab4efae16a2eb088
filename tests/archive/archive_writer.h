// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace threadline::archive {

/// A member to be written.
struct File {
  std::string name;
  std::string bytes;
};

/// What kind of archive: names of libarchive's formats and filters.
struct Form {
  std::string format = "zip";   ///< "zip", "7zip", "ustar", "pax", "gnutar", "raw"
  std::string filter = "none";  ///< "none", "gzip", "bzip2", "xz", "zstd"
  std::string options = {};     ///< "zip:encryption=aes256" ...
  std::string password = {};
};

inline std::ostream& operator<<(std::ostream& to, const Form& form) { return to << form.format << "+" << form.filter; }

inline int keep(::archive*, void* to, const void* bytes, std::size_t size) {
  static_cast<std::string*>(to)->append(static_cast<const char*>(bytes), size);
  return static_cast<int>(size);
}
inline la_ssize_t write_block(::archive* of, void* to, const void* bytes, std::size_t size) { return keep(of, to, bytes, size); }

/// The bytes of an archive, written by libarchive's own writer.
inline std::string written(const std::vector<File>& files, const Form& form = {}) {
  std::string bytes;
  const std::unique_ptr<::archive, int (*)(::archive*)> made(archive_write_new(), &archive_write_free);
  EXPECT_EQ(archive_write_set_format_by_name(made.get(), form.format.c_str()), ARCHIVE_OK) << archive_error_string(made.get());
  if (form.filter != "none") {
    EXPECT_EQ(archive_write_add_filter_by_name(made.get(), form.filter.c_str()), ARCHIVE_OK);
  }
  if (!form.options.empty()) {
    EXPECT_EQ(archive_write_set_options(made.get(), form.options.c_str()), ARCHIVE_OK) << archive_error_string(made.get());
  }
  if (!form.password.empty()) archive_write_set_passphrase(made.get(), form.password.c_str());
  archive_write_set_bytes_in_last_block(made.get(), 1);
  archive_write_open(made.get(), &bytes, nullptr, &write_block, nullptr);
  for (const auto& file : files) {
    const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(), &archive_entry_free);
    archive_entry_set_pathname(entry.get(), file.name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file.bytes.size()));
    archive_entry_set_filetype(entry.get(), file.name.ends_with('/') ? AE_IFDIR : AE_IFREG);
    archive_entry_set_perm(entry.get(), 0600);
    archive_entry_set_mtime(entry.get(), 1'523'000'000, 0);
    EXPECT_EQ(archive_write_header(made.get(), entry.get()), ARCHIVE_OK) << archive_error_string(made.get());
    EXPECT_EQ(archive_write_data(made.get(), file.bytes.data(), file.bytes.size()), static_cast<la_ssize_t>(file.bytes.size()));
  }
  EXPECT_EQ(archive_write_close(made.get()), ARCHIVE_OK) << archive_error_string(made.get());
  return bytes;
}

/// Text that does not compress away: the same for the same seed.
inline std::string noise(std::size_t size, unsigned seed = 1) {
  std::string bytes(size, '\0');
  for (auto& c : bytes) {
    seed = seed * 1'103'515'245U + 12'345U;
    c = static_cast<char>(' ' + (seed >> 16U) % 90);
  }
  return bytes;
}

}  // namespace threadline::archive
