// SPDX-License-Identifier: Apache-2.0
#include "text/enriched.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "text/fold.h"

namespace threadline::text {
namespace {

constexpr std::size_t kCommandLetters = 60;  ///< RFC 1896: a command has at most 60 characters

/// "<bold>", "</bold>".
struct Command {
  std::string name;  ///< lower case
  bool is_end = false;
  std::size_t end = 0;  ///< behind ">"
};

/// Commands of richtext that stand on lines of their own. Source: RFC 1341 section 7.1.3.
constexpr std::array<std::string_view, 7> kBlocks{"paragraph", "heading", "footing", "flushleft", "center", "flushright", "np"};

std::optional<Command> command_at(std::string_view source, std::size_t at) {
  Command command{.name = {}, .is_end = at + 1 < source.size() && source[at + 1] == '/', .end = 0};
  const std::size_t begin = at + (command.is_end ? 2 : 1);
  std::size_t end = begin;
  while (end < source.size() && end - begin <= kCommandLetters &&
         (is_letter(source[end]) || is_digit(source[end]) || source[end] == '-'))
    ++end;
  if (end == begin || end - begin > kCommandLetters || end == source.size() || source[end] != '>') return std::nullopt;
  command.name = ascii_lower(source.substr(begin, end - begin));
  command.end = end + 1;
  return command;
}

class EnrichedReader {
 public:
  EnrichedReader(std::string_view source, Enrichment enrichment, const Limits& limits)
      : source_(source), lowered_(ascii_lower(source)), is_richtext_(enrichment == Enrichment::richtext), limits_(limits) {}

  HtmlText read() {
    while (at_ < source_.size()) step();
    while (!excerpts_.empty()) close_excerpt(source_.size());
    return std::move(read_);
  }

 private:
  void step() {
    if (source_[at_] == '\n') return read_line_ends();
    if (source_[at_] != '<') return copy();
    if (!is_richtext_ && source_.substr(at_).starts_with("<<")) {
      made("<", at_);
      at_ += 2;
      return;
    }
    const auto command = command_at(source_, at_);
    if (!command) return copy();
    obey(*command);
  }

  /// One byte as it stands.
  void copy() {
    if (read_.runs.empty() || !read_.runs.back().verbatim ||
        read_.runs.back().source_begin + (read_.text.size() - read_.runs.back().text_begin) != at_)
      read_.runs.push_back({.text_begin = read_.text.size(), .source_begin = at_});
    read_.text += source_[at_++];
  }

  /// Text that stands for what begins at a place of the source.
  void made(std::string_view text, std::size_t source) {
    read_.runs.push_back({.text_begin = read_.text.size(), .source_begin = source, .verbatim = false});
    read_.text += text;
  }

  void read_line_ends() {
    if (unfilled_ > 0) return copy();
    const std::size_t end = std::min(source_.find_first_not_of('\n', at_), source_.size());
    if (is_richtext_ || end == at_ + 1) {
      made(" ", at_);
      at_ = end;
    }
    if (at_ < end) ++at_;
    while (at_ < end) copy();
  }

  void obey(const Command& command) {
    const std::size_t begin = at_;
    at_ = command.end;
    if (command.name == "param" || command.name == "comment") return command.is_end ? void() : skip_to_end_of(command.name);
    if (command.name == "nofill") unfilled_ = command.is_end ? unfilled_ - std::min(unfilled_, 1U) : unfilled_ + 1;
    if (command.name == "excerpt") return command.is_end ? close_excerpt(begin) : open_excerpt(begin);
    if (!is_richtext_) return;
    if (command.name == "lt") return made("<", begin);
    if (command.name == "nl") return made("\n", begin);
    if (std::ranges::find(kBlocks, command.name) != kBlocks.end()) end_line();
  }

  /// Parameters are no text. Where the end never comes, what follows is.
  void skip_to_end_of(const std::string& name) {
    if (is_open_to_the_end_) return;
    const std::string end = "</" + name + ">";
    const std::size_t found = lowered_.find(end, at_);
    is_open_to_the_end_ = found == std::string::npos;
    if (!is_open_to_the_end_) at_ = found + end.size();
  }

  void end_line() {
    if (!read_.text.empty() && !read_.text.ends_with('\n')) made("\n", std::min(at_, source_.size() - 1));
  }

  void open_excerpt(std::size_t begin) {
    end_line();
    if (excerpts_.size() >= limits_.html_depth) return note_depth(begin);
    Element element;
    element.tag = "blockquote";
    element.type = "cite";
    element.text_begin = element.text_end = read_.text.size();
    element.source_begin = begin;
    element.source_end = source_.size();
    element.parent = excerpts_.empty() ? -1 : static_cast<std::int32_t>(excerpts_.back());
    excerpts_.push_back(read_.elements.size());
    read_.elements.push_back(std::move(element));
  }

  void note_depth(std::size_t at) {
    const Note note{"limit", "html_depth", {{}, at, 0}};
    if (read_.notes.empty()) read_.notes.push_back(note);
  }

  void close_excerpt(std::size_t source_end) {
    if (excerpts_.empty()) return;
    Element& element = read_.elements[excerpts_.back()];
    element.text_end = read_.text.size();
    element.source_end = source_end == source_.size() ? source_end : at_;
    excerpts_.pop_back();
    end_line();
  }

  std::string_view source_;
  std::string lowered_;
  bool is_richtext_;
  const Limits& limits_;
  HtmlText read_;
  std::size_t at_ = 0;
  unsigned unfilled_ = 0;              ///< <nofill> elements that are open
  std::vector<std::size_t> excerpts_;  ///< open, as places in the elements
  bool is_open_to_the_end_ = false;    ///< a <param> never closed: those behind it do not either
};

}  // namespace

HtmlText read_enriched(std::string_view source, Enrichment enrichment, const Limits& limits) {
  return EnrichedReader(source, enrichment, limits).read();
}

}  // namespace threadline::text
