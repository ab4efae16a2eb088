// SPDX-License-Identifier: Apache-2.0
#include "evidence/lines.h"

#include <algorithm>

namespace threadline::evidence {
namespace {

constexpr std::uint64_t kBuffer = 1U << 20U;
constexpr std::uint64_t kHead = 64U << 10U;

std::string_view without_line_end(std::string_view line) {
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

std::string_view take_line(std::string_view& rest) {
  const auto end = std::min(rest.find('\n'), rest.size());
  auto line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  while (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view take_any_line(std::string_view& rest) {
  const auto end = std::min(rest.find_first_of("\r\n"), rest.size());
  const auto line = rest.substr(0, end);
  rest.remove_prefix(end);
  const std::size_t line_end = rest.starts_with("\r\n") ? 2 : 1;
  rest.remove_prefix(std::min(line_end, rest.size()));
  return line;
}

std::string_view Piece::text() const { return without_line_end(bytes); }

Lines::Lines(FileBytes& file, std::uint64_t most, std::uint64_t begin)
    : file_(file), most_(std::max<std::uint64_t>(most, 1)), base_(begin) {
  const auto head = file.read_at(begin, kHead);
  if (head.find('\n') == std::string::npos && head.find('\r') != std::string::npos) line_end_ = '\r';
}

std::optional<Piece> Lines::next() {
  const auto length = line_length();
  if (length == 0) return std::nullopt;
  const Piece piece{std::string_view(buffer_).substr(at_, length), base_ + at_, begins_line_};
  begins_line_ = piece.bytes.back() == line_end_;
  at_ += length;
  return piece;
}

std::string_view Lines::peek() {
  const auto length = line_length();
  return without_line_end(std::string_view(buffer_).substr(at_, length));
}

std::size_t Lines::line_length() {
  std::size_t searched = 0;  // of the line
  while (true) {
    const auto end = buffer_.find(line_end_, at_ + searched);
    if (end != std::string::npos) return std::min<std::size_t>(end + 1 - at_, most_);
    if (buffer_.size() - at_ >= most_) return most_;
    searched = buffer_.size() - at_;
    if (!grow()) return searched;
  }
}

/// Drops what was given and reads on.
bool Lines::grow() {
  const auto more = file_.read_at(base_ + buffer_.size(), kBuffer);
  if (more.empty()) return false;
  buffer_.erase(0, at_);
  base_ += at_;
  at_ = 0;
  buffer_ += more;
  return true;
}

}  // namespace threadline::evidence
