// SPDX-License-Identifier: Apache-2.0
#include "text/html_writer.h"

#include <algorithm>
#include <array>
#include <string>

#include "text/charset.h"
#include "text/html_entities.h"

namespace threadline::text {
namespace {

enum class ByteClass : unsigned char { plain, space, special };

/// "special" needs a look of its own: an entity, a NUL.
constexpr std::array<ByteClass, 256> byte_classes() {
  std::array<ByteClass, 256> classes{};
  for (const char c : {' ', '\t', '\n', '\r', '\f'}) classes[static_cast<unsigned char>(c)] = ByteClass::space;
  classes['&'] = classes[0] = ByteClass::special;
  return classes;
}
constexpr auto kClasses = byte_classes();

ByteClass class_of(char c) { return kClasses[static_cast<unsigned char>(c)]; }

}  // namespace

HtmlWriter::HtmlWriter(std::string_view source, HtmlText& to) : source_(source), to_(to) { to_.text.reserve(source.size() / 4); }

void HtmlWriter::write(std::size_t begin, std::size_t end, const Showing& showing) {
  if (showing.keeps_space)
    write_kept(begin, end, showing);
  else
    write_collapsed(begin, end, showing);
}

void HtmlWriter::write_collapsed(std::size_t begin, std::size_t end, const Showing& showing) {
  for (std::size_t at = begin; at < end;) {
    if (class_of(source_[at]) == ByteClass::space) {
      note_space(at);
      while (at < end && class_of(source_[at]) == ByteClass::space) ++at;
      continue;
    }
    const std::size_t before = to_.text.size();
    if (class_of(source_[at]) == ByteClass::special) {
      at = write_special(at, end, false);
    } else {
      const std::size_t from = at;
      for (++at; at < end; ++at) {
        if (class_of(source_[at]) == ByteClass::plain) continue;
        if (source_[at] != ' ' || at + 1 >= end || class_of(source_[at + 1]) != ByteClass::plain) break;
      }
      flush();
      append_source(from, at);
    }
    note_showing(before, showing);
  }
}

void HtmlWriter::write_kept(std::size_t begin, std::size_t end, const Showing& showing) {
  for (std::size_t at = begin; at < end;) {
    const std::size_t before = to_.text.size();
    if (source_[at] == '\r') {
      ++at;
      continue;
    }
    if (class_of(source_[at]) == ByteClass::special) {
      at = write_special(at, end, true);
    } else {
      const std::size_t from = at;
      while (at < end && source_[at] != '\r' && class_of(source_[at]) != ByteClass::special) ++at;
      flush();
      append_source(from, at);
    }
    note_showing(before, showing);
  }
}

/// An entity, or a byte that is not shown; the place behind it.
std::size_t HtmlWriter::write_special(std::size_t at, std::size_t end, bool keeps_space) {
  if (source_[at] == '\0') return at + 1;
  std::string decoded;
  const std::size_t length = read_entity(source_.substr(0, end), at, false, decoded);
  if (length == 0) {
    flush();
    append_source(at, at + 1);
    return at + 1;
  }
  if (!keeps_space && decoded.size() == 1 && class_of(decoded[0]) == ByteClass::space) {
    note_space(at);
    return at + length;
  }
  flush();
  begin_other_run(at);
  to_.text += decoded;
  return at + length;
}

void HtmlWriter::write_in_tag(std::size_t begin, std::size_t end, const HtmlToken& tag, const Showing& showing) {
  note_space(tag.begin);
  write_collapsed(begin, end, showing);
  note_space(tag.end - 1);
}

void HtmlWriter::note_space(std::size_t source) {
  if (!has_space_) space_source_ = source;
  has_space_ = true;
}

void HtmlWriter::end_line(std::size_t source) {
  if (tabs_ > 0 || to_.text.empty()) return;
  if (lines_ == 0) break_source_ = source;
  lines_ = std::max<std::uint64_t>(lines_, 1);
}

void HtmlWriter::break_line(std::size_t source) {
  if (tabs_ > 0) return;
  if (lines_ == 0) break_source_ = source;
  ++lines_;
}

void HtmlWriter::begin_row() {
  if (tabs_ == 0) lines_before_row_ = lines_;
}

void HtmlWriter::end_row(std::size_t source) {
  tabs_ = 0;
  end_line(source);
}

void HtmlWriter::next_cell(std::size_t source) {
  lines_ = std::min(lines_, lines_before_row_);
  if (lines_ == 0 && tabs_ == 0) break_source_ = source;
  ++tabs_;
}

void HtmlWriter::flush() {
  if (!is_pending()) return;
  if (lines_ > 0 || tabs_ > 0) {
    begin_other_run(break_source_);
    to_.text.append(lines_, '\n').append(tabs_, '\t');
  } else if (!to_.text.empty() && to_.text.back() != '\n' && to_.text.back() != '\t') {
    if (source_[space_source_] == ' ') {
      append_source(space_source_, space_source_ + 1);
    } else {
      begin_other_run(space_source_);
      to_.text += ' ';
    }
  }
  lines_ = tabs_ = lines_before_row_ = 0;
  has_space_ = false;
  flushed_ = to_.text.size();
  place_elements();
}

void HtmlWriter::place_elements() {
  for (const std::size_t index : unplaced_) {
    Element& element = to_.elements[index];
    element.text_begin = to_.text.size();
    element.text_end = std::max(element.text_end, element.text_begin);
  }
  unplaced_.clear();
}

void HtmlWriter::append_source(std::size_t begin, std::size_t end) {
  const std::uint64_t at = to_.text.size();
  const bool continues =
      !to_.runs.empty() && to_.runs.back().verbatim && at - to_.runs.back().text_begin == begin - to_.runs.back().source_begin;
  if (!continues) to_.runs.push_back({at, begin, true});
  to_.text.append(source_.substr(begin, end - begin));
}

void HtmlWriter::begin_other_run(std::size_t source) { to_.runs.push_back({to_.text.size(), source, false}); }

void HtmlWriter::note_showing(std::size_t begin, const Showing& showing) {
  note_hidden(begin, showing.hiding);
  if (!showing.is_reversed || to_.text.size() == begin) return;
  if (!to_.reversed.empty() && to_.reversed.back().end == begin)
    to_.reversed.back().end = to_.text.size();
  else
    to_.reversed.push_back({std::max<std::uint64_t>(begin, flushed_), to_.text.size()});
}

/// Text from `begin` on is hidden; the breaks before it belong to its range when that goes on.
void HtmlWriter::note_hidden(std::size_t begin, Hiding hiding) {
  if (hiding == Hiding::none || to_.text.size() == begin) return;
  const bool continues = !to_.hidden.empty() && to_.hidden.back().why == hiding && to_.hidden.back().end == begin;
  if (continues)
    to_.hidden.back().end = to_.text.size();
  else
    to_.hidden.push_back({std::max<std::uint64_t>(begin, flushed_), to_.text.size(), hiding});
}

void HtmlWriter::open(std::size_t element) {
  to_.elements[element].text_begin = to_.text.size();
  if (is_pending()) unplaced_.push_back(element);
}

void HtmlWriter::close(std::size_t element) {
  Element& closed = to_.elements[element];
  closed.text_end = std::max<std::uint64_t>(closed.text_begin, to_.text.size());
}

}  // namespace threadline::text
