// SPDX-License-Identifier: Apache-2.0
#include "documents/office_text.h"

#include <algorithm>
#include <utility>

#include "text/charset.h"

namespace threadline::documents {

void OfficeText::begin_paragraph() { open_.emplace_back(); }

void OfficeText::end_paragraph() {
  if (open_.empty()) return;
  const Paragraph paragraph = std::move(open_.back());
  open_.pop_back();
  if (!paragraph.now.empty() || cells_.empty()) write_line(paragraph);
  if (paragraph.is_changed && paragraph.before != paragraph.now && !paragraph.before.empty())
    before_.append(paragraph.before).push_back('\n');
}

void OfficeText::add(std::string_view words, Shown shown, text::Hiding hiding) {
  if (is_full()) return;
  words = words.substr(0, static_cast<std::size_t>(most_ - size_ + 1));
  size_ += words.size();
  if (open_.empty()) return write_line({.now = std::string(words), .before = {}});
  Paragraph& paragraph = open_.back();
  if (shown != Shown::before) {
    const std::uint64_t begin = paragraph.now.size();
    paragraph.now += words;
    if (hiding != text::Hiding::none) paragraph.hidden.push_back({begin, paragraph.now.size(), hiding});
  }
  if (shown != Shown::always && !paragraph.is_changed) {
    paragraph.is_changed = true;
    paragraph.before.assign(paragraph.now, 0, paragraph.now.size() - (shown == Shown::now ? words.size() : 0));
  }
  if (paragraph.is_changed && shown != Shown::now) paragraph.before += words;
}

void OfficeText::write_line(const Paragraph& line) {
  if (separator_ != '\0' && size_++ <= most_) lines_ += separator_;
  if (!rows_.empty() && rows_.back() == std::string::npos) rows_.back() = lines_.size();
  const auto tabs = std::min(std::exchange(gap_, 0), is_full() ? 0 : most_ - size_ + 1);
  lines_.append(static_cast<std::size_t>(tabs), '\t');
  size_ += tabs;
  for (auto cell = cells_.rbegin(); cell != cells_.rend() && *cell == std::string::npos; ++cell) *cell = lines_.size();
  for (const text::HiddenRange& one : line.hidden)
    hidden_.push_back({one.begin + lines_.size(), one.end + lines_.size(), one.why});
  lines_ += line.now;
  separator_ = '\n';
}

void OfficeText::repeat_from(std::size_t start, char separator, std::uint64_t times) {
  const std::string again = separator + lines_.substr(start);
  for (; times > 1 && !is_full(); --times) {
    lines_ += again;
    size_ += again.size();
  }
}

void OfficeText::begin_row() { rows_.push_back(std::string::npos); }

void OfficeText::end_row(std::uint64_t times) {
  if (rows_.empty()) return;
  const auto start = rows_.back();
  rows_.pop_back();
  gap_ = 0;
  if (start == std::string::npos) return;
  repeat_from(start, '\n', times);
  separator_ = '\n';
}

void OfficeText::begin_cell() { cells_.push_back(std::string::npos); }

void OfficeText::end_cell(std::uint64_t times) {
  if (cells_.empty()) return;
  const auto start = cells_.back();
  cells_.pop_back();
  if (start == std::string::npos) return skip_cells(times);
  repeat_from(start, '\t', times);
  separator_ = '\t';
}

std::string_view OfficeText::cell() const {
  const auto start = cells_.empty() ? std::string::npos : cells_.back();
  return start == std::string::npos ? std::string_view{} : std::string_view(lines_).substr(start);
}

std::string OfficeText::text() const {
  const auto last = lines_.find_last_not_of("\n\t ");
  if (last == std::string::npos) return {};
  return text::valid_utf8(std::string_view(lines_).substr(0, last + 1)) + "\n";
}

std::string OfficeText::text_before() const { return text::valid_utf8(before_); }

}  // namespace threadline::documents
