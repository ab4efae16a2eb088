// SPDX-License-Identifier: Apache-2.0
#include "archive/broken_gzip.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace threadline::archive {
namespace {

constexpr std::size_t kBlock = 64U << 10U;
constexpr std::size_t kSlice = 256;  ///< given at once: what libarchive unpacks of a slice that holds a damage is lost
constexpr std::size_t kFixedHeader = 10;

using namespace std::string_view_literals;
/// A local header: version 2.0, sizes behind the bytes, method deflate, no name.
constexpr std::string_view kLocalHeader =
    "PK\x03\x04"
    "\x14\x00\x08\x00\x08\x00"
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"sv;
static_assert(kLocalHeader.size() == 30);

std::string block_at(int descriptor, std::uint64_t offset) {
  std::string block(kBlock, '\0');
  const auto got = ::pread(descriptor, block.data(), block.size(), static_cast<off_t>(offset));
  block.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  return block;
}

/// Where the deflate stream begins.
std::optional<std::size_t> header_length(std::string_view head) {
  enum Flag : unsigned { header_crc = 2, extra = 4, name = 8, comment = 16 };
  if (head.size() < kFixedHeader || !head.starts_with("\x1F\x8B\x08")) return std::nullopt;
  const auto byte = [head](std::size_t at) -> unsigned { return at < head.size() ? static_cast<unsigned char>(head[at]) : 0U; };
  const unsigned flags = byte(3);
  std::size_t at = kFixedHeader;
  if ((flags & Flag::extra) != 0) at += 2 + (byte(at) | byte(at + 1) << 8U);
  for (const unsigned text : {Flag::name, Flag::comment}) {
    if ((flags & text) != 0) at = std::min(head.find('\0', std::min(at, head.size())), head.size()) + 1;
  }
  if ((flags & Flag::header_crc) != 0) at += 2;
  return at;
}

/// What libarchive reads: the made-up header, then the file from the deflate stream on.
struct Wrapped {
  int descriptor;
  std::uint64_t next_block;
  std::string block;
  std::size_t given = 0;
};

la_ssize_t give_block(::archive* /*opened*/, void* of, const void** bytes) noexcept {
  auto& wrapped = *static_cast<Wrapped*>(of);
  if (wrapped.given == wrapped.block.size()) {
    wrapped.block = block_at(wrapped.descriptor, wrapped.next_block);
    wrapped.next_block += wrapped.block.size();
    wrapped.given = 0;
  }
  const auto slice = std::string_view(wrapped.block).substr(wrapped.given, kSlice);
  wrapped.given += slice.size();
  *bytes = slice.data();
  return static_cast<la_ssize_t>(slice.size());
}

int end_wrapped(::archive* /*opened*/, void* of) noexcept {
  delete static_cast<Wrapped*>(of);
  return ARCHIVE_OK;
}

}  // namespace

Opened open_gzip_as_zip(int descriptor) {
  const auto length = header_length(block_at(descriptor, 0));
  if (!length) return {};
  Opened opened(archive_read_new());
  if (!opened) return opened;
  archive_read_support_format_zip_streamable(opened.get());
  archive_read_open(opened.get(), std::make_unique<Wrapped>(Wrapped{descriptor, *length, std::string(kLocalHeader)}).release(),
                    nullptr, &give_block, &end_wrapped);
  return opened;
}

}  // namespace threadline::archive
