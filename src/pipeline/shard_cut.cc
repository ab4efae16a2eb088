// SPDX-License-Identifier: Apache-2.0
#include "pipeline/shard_cut.h"

#include "base/sha256.h"

namespace threadline::pipeline {
namespace {

/// The same on every machine.
std::uint64_t hash_of(std::string_view text) { return std::stoull(sha256_hex(text).substr(0, 15), nullptr, 16); }

}  // namespace

/// What a source goes on with behind its file: a member, an offset, an attached message.
bool ShardCut::is_inside(std::string_view source) const {
  if (name_.empty() || !source.starts_with(name_)) return false;
  return source.size() == name_.size() || source[name_.size()] == '!' || source[name_.size()] == '#' ||
         source[name_.size()] == '/';
}

void ShardCut::begin_file(const std::string& source, std::uint64_t bytes) {
  name_ = source;
  ++file_;
  item_ = 0;
  hash_ = hash_of(source);
  is_whole_ = bytes < kWholeFile;
}

bool ShardCut::passes_over(const std::string& source, std::uint64_t bytes) {
  const bool is_member =
      !name_.empty() && source.size() > name_.size() && source.starts_with(name_) && source[name_.size()] == '!';
  if (is_member) return false;
  begin_file(source, bytes);
  return is_whole_ && !is_mine(hash_);
}

std::optional<std::uint64_t> ShardCut::place_of(const std::string& source) {
  if (!is_inside(source)) begin_file(source, 0);  // nothing of it could be read: it was not asked about
  const std::uint64_t item = item_++;
  if (!is_mine(is_whole_ ? hash_ : hash_ + item / kRun)) return std::nullopt;
  return file_place() | item;
}

}  // namespace threadline::pipeline
