// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/plain_paragraphs.h"

#include <algorithm>
#include <span>
#include <utility>

namespace threadline::facts {
namespace {

constexpr std::string_view kSignature = "-- ";
constexpr std::size_t kLabelBytes = 30, kLabelWords = 4;

/// One line of the source.
struct SourceLine {
  std::size_t begin = 0, words = 0, end = 0;  ///< words: behind the quote marks and the space that stuffs the line
  std::size_t depth = 0;
  std::string_view text;  ///< of its words

  [[nodiscard]] bool is_signature() const { return text == kSignature; }
  [[nodiscard]] bool flows() const { return text.ends_with(' ') && !is_signature(); }
};

SourceLine line_at(std::string_view source, std::size_t begin) {
  SourceLine line{.begin = begin, .words = begin, .end = std::min(source.find('\n', begin), source.size()), .text = {}};
  const auto is_mark = [&](std::size_t at) { return at < line.end && source[at] == '>'; };
  while (is_mark(line.words)) {
    ++line.depth;
    line.words += is_mark(line.words + 2) && source[line.words + 1] == ' ' ? 2U : 1U;  // "> > ", as many programs write
  }
  if (line.words < line.end && source[line.words] == ' ') ++line.words;
  line.text = source.substr(line.words, line.end - line.words);
  return line;
}

/// "Objet : ...", "IBAN: ...".
bool is_labelled(std::string_view words) {
  const std::string_view head = words.substr(0, kLabelBytes);
  const std::size_t colon = head.find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  if (colon + 1 < words.size() && words[colon + 1] != ' ' && words[colon + 1] != '\t') return false;
  return static_cast<std::size_t>(std::ranges::count(head.substr(0, colon), ' ')) < kLabelWords;
}

class ParagraphReader {
 public:
  explicit ParagraphReader(const message::Text& part)
      : source_(part.content),
        is_flowed_(part.writing == message::Writing::flowed || part.writing == message::Writing::flowed_delsp),
        deletes_space_(part.writing == message::Writing::flowed_delsp),
        files_(part.files) {
    read_.flowed = is_flowed_;
    read_.text.reserve(source_.size());
  }

  ReadText read() {
    for (std::size_t at = 0; at < source_.size();) at = step(at);
    end_line();
    return std::move(read_);
  }

 private:
  /// The line or the file that begins there; where the next one does.
  std::size_t step(std::size_t at) {
    if (!files_.empty() && at >= files_.front().begin) return leave_out(files_.front());
    const SourceLine line = line_at(source_, at);
    if (goes_on(line)) {
      if (deletes_space_) read_.text.pop_back();
      copy(line.words, line.end);
    } else {
      end_line();
      copy(line.begin, line.end);
      first_ = line;
    }
    is_open_ = is_flowed_ && line.flows();
    line_end_ = {line.end, std::min(line.end + 1, source_.size())};
    return line_end_.end;
  }

  std::size_t leave_out(const message::Stretch& file) {
    end_line();
    is_open_ = false;
    files_ = files_.subspan(1);
    return file.end;
  }

  [[nodiscard]] bool goes_on(const SourceLine& line) const {
    if (!is_open_ || line.depth != first_.depth || line.text.empty() || line.is_signature()) return false;
    return !(is_labelled(line.text) && is_labelled(first_.text));
  }

  /// Writes the line end that is due.
  void end_line() {
    copy(line_end_.begin, line_end_.end);
    line_end_ = {};
  }

  void copy(std::size_t begin, std::size_t end) {
    if (begin >= end) return;
    const auto here = [&](const text::Run& run) { return run.source_begin + (read_.text.size() - run.text_begin); };
    if (read_.runs.empty() || here(read_.runs.back()) != begin)
      read_.runs.push_back({.text_begin = read_.text.size(), .source_begin = begin});
    read_.text += source_.substr(begin, end - begin);
  }

  std::string_view source_;
  bool is_flowed_, deletes_space_;
  std::span<const message::Stretch> files_;
  ReadText read_;
  SourceLine first_;           ///< of the paragraph
  message::Stretch line_end_;  ///< of the last line, not written yet
  bool is_open_ = false;       ///< the last line flows
};

}  // namespace

ReadText read_paragraphs(const message::Text& part) { return ParagraphReader(part).read(); }

}  // namespace threadline::facts
