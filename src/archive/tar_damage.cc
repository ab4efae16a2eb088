// SPDX-License-Identifier: Apache-2.0
#include "archive/tar_damage.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "archive/gzip_content.h"

namespace threadline::archive {
namespace {

constexpr std::uint64_t kBlock = 512;
constexpr std::uint64_t kGiven = 64U << 10U;

/// Fields of a header: offset and length.
constexpr std::size_t kName = 100, kSizeAt = 124, kSize = 12, kMagicAt = 257;
constexpr std::string_view kMagic = "ustar";

std::uint64_t padded(std::uint64_t size) { return (size + kBlock - 1) / kBlock * kBlock; }

std::string unpacked_stretch(const TarStretch& stretch) {
  GzipContent content(stretch.descriptor);
  std::string kept;
  std::uint64_t at = 0;
  for (auto more = content.next(); !more.empty() && at < stretch.end; more = content.next()) {
    const auto skipped = std::min<std::uint64_t>(stretch.begin - std::min(at, stretch.begin), more.size());
    kept += more.substr(skipped, stretch.end - std::min(at + skipped, stretch.end));
    at += more.size();
  }
  return kept;
}

std::string name_in(std::string_view header) {
  const auto name = header.substr(0, std::min(header.find('\0'), kName));
  const bool is_text = std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) >= ' '; });
  return is_text ? std::string(name) : std::string();
}

/// In octal digits behind spaces.
std::optional<std::uint64_t> octal_in(std::string_view field) {
  field.remove_prefix(std::min(field.find_first_not_of(' '), field.size()));
  std::uint64_t number = 0;
  const auto [end, problem] = std::from_chars(field.data(), field.data() + field.size(), number, 8);
  const bool is_number = problem == std::errc() && (end == field.data() + field.size() || *end == '\0' || *end == ' ');
  return is_number ? std::optional(number) : std::nullopt;
}

std::string block_of(int descriptor, std::uint64_t offset, std::uint64_t size) {
  std::string block(size, '\0');
  const auto got = ::pread(descriptor, block.data(), block.size(), static_cast<off_t>(offset));
  block.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  return block;
}

bool is_header(std::string_view block) { return block.substr(0, kMagicAt + kMagic.size()).ends_with(kMagic); }

bool is_end(std::string_view block) { return block.size() == kBlock && block.find_first_not_of('\0') == std::string_view::npos; }

/// The sum of a header's bytes, its own field counted as spaces.
bool is_good_header(std::string_view block) {
  constexpr std::size_t kSumAt = 148, kSum = 8;
  if (!is_header(block) || block.size() < kBlock) return false;
  std::uint64_t sum = kSum * std::uint64_t{' '};
  for (std::size_t i = 0; i < kBlock; ++i) {
    if (i < kSumAt || i >= kSumAt + kSum) sum += static_cast<unsigned char>(block[i]);
  }
  return octal_in(block.substr(kSumAt, kSum)) == sum;
}

}  // namespace

std::optional<std::uint64_t> first_good_header(int descriptor) {
  if (!is_header(block_of(descriptor, 0, kBlock))) return std::nullopt;
  constexpr std::uint64_t kRead = 128 * kBlock;
  std::uint64_t at = 0;
  for (auto blocks = block_of(descriptor, 0, kRead); blocks.size() >= kBlock; blocks = block_of(descriptor, at, kRead)) {
    const auto rest = std::string_view(blocks);
    for (std::size_t i = 0; i + kBlock <= rest.size(); i += kBlock, at += kBlock) {
      if (is_good_header(rest.substr(i, kBlock)) || is_end(rest.substr(i, kBlock))) return at;
    }
  }
  return at;
}

DamagedTar::DamagedTar(const TarStretch& stretch) : stretch_(stretch), at_(stretch.begin) {
  if (stretch.is_gzip) unpacked_ = unpacked_stretch(stretch);
}

std::optional<Member> DamagedTar::next() {
  while (at_ + kBlock < stretch_.end) {
    const auto header = block_at(at_, kBlock);
    given_ = at_ + kBlock;
    end_ = given_ + length_of(header);
    at_ = given_ + padded(end_ - given_);
    if (end_ > given_) return Member{.name = name_in(header), .stated_size = std::nullopt};
  }
  return std::nullopt;
}

std::string_view DamagedTar::bytes() {
  block_ = block_at(given_, std::min(kGiven, end_ - given_));
  given_ += block_.size();
  return block_;
}

std::string DamagedTar::block_at(std::uint64_t offset, std::uint64_t size) const {
  if (stretch_.is_gzip) return unpacked_.substr(std::min<std::uint64_t>(offset - stretch_.begin, unpacked_.size()), size);
  return block_of(stretch_.descriptor, offset, size);
}

/// Of the member behind the header at `at_`; without the zeros that fill its last block, where nothing else says how long it is.
std::uint64_t DamagedTar::length_of(std::string_view header) const {
  const std::uint64_t begin = at_ + kBlock, most = stretch_.end - begin;
  if (const auto size = octal_in(header.substr(std::min(kSizeAt, header.size())).substr(0, kSize)); size && *size <= most) {
    const auto behind = begin + padded(*size);
    const bool is_followed = behind >= stretch_.end || is_header(block_at(behind, kBlock));
    if (is_followed) return *size;
  }
  const auto last = block_at(stretch_.end - kBlock, kBlock);
  return most - (last.size() - (last.find_last_not_of('\0') + 1));
}

}  // namespace threadline::archive
