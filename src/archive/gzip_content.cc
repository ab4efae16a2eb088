// SPDX-License-Identifier: Apache-2.0
#include "archive/gzip_content.h"

#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <utility>

namespace threadline::archive {
namespace {

constexpr std::size_t kBlock = 64U << 10U;
constexpr std::size_t kName = 1U << 10U;
constexpr int kGzipOnly = 16 + MAX_WBITS;  ///< zlib.h, inflateInit2: a gzip header and its checksum, nothing else
constexpr std::string_view kMagic = "\x1F\x8B";

}  // namespace

struct GzipContent::Inflating {
  z_stream stream{};
  gz_header header{};
  std::array<Bytef, kName> name{};
  std::array<Bytef, kBlock> packed{}, bytes{};

  [[nodiscard]] std::string_view ahead() const { return {reinterpret_cast<const char*>(stream.next_in), stream.avail_in}; }
};

GzipContent::GzipContent(int descriptor) : descriptor_(descriptor), inflating_(std::make_unique<Inflating>()) {
  z_stream& stream = inflating_->stream;
  if (inflateInit2(&stream, kGzipOnly) != Z_OK) fail("worker_memory", "");
  inflating_->header.name = inflating_->name.data();
  inflating_->header.name_max = kName - 1;
  inflateGetHeader(&stream, &inflating_->header);
}

GzipContent::~GzipContent() { inflateEnd(&inflating_->stream); }

std::string_view GzipContent::next() {
  auto& [stream, header, name, packed, bytes] = *inflating_;
  stream.next_out = bytes.data();
  stream.avail_out = kBlock;
  while (!ended_ && stream.avail_out == kBlock) step();
  return {reinterpret_cast<const char*>(bytes.data()), kBlock - stream.avail_out};
}

std::string GzipContent::name() const {
  return inflating_->header.done == 1 ? reinterpret_cast<const char*>(inflating_->name.data()) : "";
}

std::optional<std::int64_t> GzipContent::written() const {
  const gz_header& header = inflating_->header;
  return header.done == 1 && header.time > 0 ? std::optional(static_cast<std::int64_t>(header.time)) : std::nullopt;
}

std::optional<Note> GzipContent::take_problem() { return std::exchange(problem_, std::nullopt); }

void GzipContent::step() {
  if (between_members_) return begin_member();
  z_stream& stream = inflating_->stream;
  const bool is_end = stream.avail_in == 0 && !fill();
  const int status = inflate(&stream, Z_NO_FLUSH);
  if (status == Z_STREAM_END) {
    between_members_ = true;
  } else if (status == Z_BUF_ERROR && is_end) {
    fail("truncated", "gzip: the end is missing");
  } else if (status == Z_MEM_ERROR) {
    fail("worker_memory", "");
  } else if (status != Z_OK && status != Z_BUF_ERROR) {
    fail("damaged_content", std::string("gzip: ") + (stream.msg == nullptr ? "" : stream.msg));
  }
}

/// Behind a member another one may stand (RFC 1952, 2.2), or zeros that fill a block.
void GzipContent::begin_member() {
  auto& [stream, header, name, packed, bytes] = *inflating_;
  if (stream.avail_in < kMagic.size()) {
    offset_ -= stream.avail_in;
    fill();
  }
  const auto ahead = inflating_->ahead();
  between_members_ = false;
  if (ahead.starts_with(kMagic)) {
    inflateReset(&stream);
  } else if (ahead.find_first_not_of('\0') == std::string_view::npos) {
    ended_ = true;
  } else {
    fail("damaged_content", "gzip: what stands behind the content cannot be read");
  }
}

/// False: the file ends.
bool GzipContent::fill() {
  auto& [stream, header, name, packed, bytes] = *inflating_;
  const auto got = ::pread(descriptor_, packed.data(), packed.size(), static_cast<off_t>(offset_));
  stream.next_in = packed.data();
  stream.avail_in = static_cast<uInt>(std::max<ssize_t>(got, 0));
  offset_ += stream.avail_in;
  return stream.avail_in > 0;
}

void GzipContent::fail(std::string_view code, std::string text) {
  ended_ = true;
  problem_ = Note{std::string(code), std::move(text), {}};
}

}  // namespace threadline::archive
