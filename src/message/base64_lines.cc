// SPDX-License-Identifier: Apache-2.0
#include "message/base64_lines.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "text/base64.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::message {
namespace {

constexpr std::size_t kGroup = 4;
constexpr std::size_t kTelling = 24;  ///< characters of base64 that tell whether they are some

/// What a decoder keeps of a line.
std::string kept_of(std::string_view line) {
  std::string kept;
  std::ranges::copy_if(line, std::back_inserter(kept), [](char c) { return text::is_base64_character(c) || c == '='; });
  return kept;
}

/// Blocks, each with its padding or without.
std::string decode_blocks(std::string_view kept) {
  std::string bytes;
  while (!kept.empty()) {
    const auto end = std::min(kept.find('='), kept.size());
    bytes += text::decode_base64(kept.substr(0, end));
    kept.remove_prefix(std::min(kept.find_first_not_of('=', end), kept.size()));
  }
  return bytes;
}

/// Four in five bytes are those of characters and line ends; zeros are half of UTF-16.
bool is_text(std::string_view bytes) {
  constexpr std::size_t kMost = 5;
  std::size_t written = 0, all = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const auto point = text::code_point_at(bytes, at);
    const bool is_printed = (point.value >= ' ' && point.value < 0x7F) || point.length > 1 || point.value == '\n' ||
                            point.value == '\r' || point.value == '\t';
    all += bytes[at] == '\0' ? 0U : point.length;
    written += is_printed ? point.length : 0U;
    at += point.length;
  }
  return all > 0 && written * kMost >= all * (kMost - 1);
}

class LineReader {
 public:
  explicit LineReader(std::string& text) : text_(text) {}

  bool read(std::string_view behind) {
    while (!behind.empty()) {
      const auto end = std::min(behind.find('\n'), behind.size() - 1) + 1;
      take(behind.substr(0, end));
      behind.remove_prefix(end);
    }
    if (!held_.empty() && !block_.empty() && is_text(decode_blocks(rest_ + held_kept_)))
      join();
    else
      close();
    close();
    return has_decoded_;
  }

 private:
  void take(std::string_view line) {
    held_.push_back(line);
    held_kept_ += kept_of(line);
    if (held_kept_.size() < kTelling) return;
    if (!block_.empty() && is_text(decode_blocks(rest_ + held_kept_))) return join();
    for (std::size_t skipped = 0; skipped < kGroup; ++skipped) {
      if (!is_text(decode_blocks(std::string_view(held_kept_).substr(skipped)))) continue;
      end_block();
      held_kept_.erase(0, skipped);
      return join();
    }
    close();
  }

  /// What is held is base64.
  void join() {
    block_ += held_kept_;
    rest_ += held_kept_;
    rest_.erase(0, rest_.rfind('=') + 1);  // npos + 1 is 0
    rest_.erase(0, rest_.size() / kGroup * kGroup);
    held_.clear();
    held_kept_.clear();
  }

  void end_block() {
    has_decoded_ = has_decoded_ || !block_.empty();
    text_ += decode_blocks(block_);
    block_.clear();
    rest_.clear();
  }

  /// What is held are words.
  void close() {
    const auto is_blank = [](std::string_view line) { return line.find_first_not_of(" \t\r\n") == std::string_view::npos; };
    if (!block_.empty() && std::ranges::all_of(held_, is_blank)) held_.clear();
    end_block();
    for (const auto line : held_) {
      if (!text_.empty() && !text_.ends_with('\n')) text_ += '\n';
      text_ += line;
    }
    held_.clear();
    held_kept_.clear();
  }

  std::string& text_;
  std::string block_;                   ///< characters of base64 that go on
  std::string rest_;                    ///< the last of them that are no whole group yet
  std::vector<std::string_view> held_;  ///< lines that are not told yet
  std::string held_kept_;
  bool has_decoded_ = false;
};

}  // namespace

bool append_behind_base64_of_file(std::string_view behind, std::string& bytes) {
  constexpr std::size_t kFewest = 10;
  std::size_t foreign = 0, all = 0;
  for (std::size_t at = 0; at < behind.size();) {
    const auto end = std::min(behind.find('\n', at), behind.size());
    const auto line = text::trimmed(behind.substr(at, end - at));
    if (line.find_first_of(" \t") != std::string_view::npos) return false;
    all += line.size();
    foreign += line.size() - kept_of(line).size();
    at = end + 1;
  }
  if (all < kTelling || foreign * kFewest > all) return false;
  bytes += decode_blocks(kept_of(behind));
  return true;
}

bool append_behind_base64(std::string_view behind, std::string& text) { return LineReader(text).read(behind); }

}  // namespace threadline::message
