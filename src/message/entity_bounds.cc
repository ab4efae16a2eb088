// SPDX-License-Identifier: Apache-2.0
#include "message/entity_bounds.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "message/header_block.h"
#include "message/note_list.h"
#include "text/fold.h"

namespace threadline::message {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kBoundary = "boundary";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(kBlanks);
  return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(kBlanks) + 1 - first);
}

/// The parameters that this program reads, without the numbers and stars of RFC 2231.
constexpr auto kReadParameters =
    std::to_array<std::string_view>({"boundary", "charset", "filename", "name", "report-type", "smime-type"});

bool is_read(std::string_view parameter) {
  const auto name = text::ascii_lower(trimmed(parameter.substr(0, parameter.find_first_of("*="))));
  return std::ranges::find(kReadParameters, name) != kReadParameters.end();
}

bool begins_nocase(std::string_view text, std::string_view with) {
  return text.size() >= with.size() && text::equal_ascii_nocase(text.substr(0, with.size()), with);
}

/// The places of semicolons that part parameters, those in quotes left out.
template <typename Visit>
void each_semicolon(std::string_view field, Visit visit) {
  bool is_quoted = false;
  for (std::size_t at = 0; at < field.size(); ++at) {
    if (is_quoted && field[at] == '\\')
      ++at;
    else if (field[at] == '"')
      is_quoted = !is_quoted;
    else if (!is_quoted && field[at] == ';')
      visit(at);
  }
}

/// One walk over the entity's lines: headers of parts are told from what they hold by the boundaries that they declare.
class BoundsWalk {
 public:
  BoundsWalk(std::string_view entity, const Limits& limits, NoteList& notes) : entity_(entity), limits_(limits), notes_(notes) {}

  std::optional<std::string> walk() {
    while (at_ < entity_.size()) {
      if (in_header_)
        read_header_line();
      else if (!go_to_dashes())
        break;
    }
    end_field();
    if (left_out_.empty()) return std::nullopt;
    return without_left_out();
  }

 private:
  struct Range {
    std::size_t begin = 0, end = 0;
  };

  [[nodiscard]] std::size_t line_end() const {
    const auto end = entity_.find('\n', at_);
    return end == entity_.npos ? entity_.size() : end + 1;
  }

  void read_header_line() {
    const auto end = line_end();
    const auto line = entity_.substr(at_, end - at_);
    if (line.starts_with("--") && is_boundary(line)) {
      end_field();
      return take_boundary(end);
    }
    if (line.front() == ' ' || line.front() == '\t') {
      at_ = end;
      return;  // of the field that is open
    }
    end_field();
    if (field_name_of(line).length == 0)
      in_header_ = false;  // a blank line, or text at once
    else
      begin_field(line);
    at_ = end;
  }

  void begin_field(std::string_view line) {
    field_begin_ = at_;
    is_field_open_ = true;
    is_content_ = begins_nocase(line, "content-");
    is_type_ = begins_nocase(line, "content-type");
  }

  /// What the field that was open says, or that it is one too many.
  void end_field() {
    if (!std::exchange(is_field_open_, false)) return;
    const auto field = entity_.substr(field_begin_, at_ - field_begin_);
    if (++fields_ > limits_.mime_fields && !is_first_of_content(field)) {
      return leave_out({field_begin_, at_}, "mime_fields: further header fields of a part are left out");
    }
    if (is_content_) bound_parameters(field);
    if (is_type_) declare_boundaries(field);
  }

  /// Of those that come too late, GMime's answers rest on the first of each that says what the content is.
  bool is_first_of_content(std::string_view field) {
    if (!is_content_ || late_.size() >= kLateFields) return false;
    auto name = text::ascii_lower(trimmed(field.substr(0, field.find(':'))));
    if (std::ranges::find(late_, name) != late_.end()) return false;
    late_.push_back(std::move(name));
    return true;
  }

  void bound_parameters(std::string_view field) {
    if (static_cast<std::uint64_t>(std::ranges::count(field, ';')) <= limits_.mime_parameters) return;
    std::uint32_t met = 0, kept = 0;
    std::size_t from = field.npos;
    const auto take = [&](std::size_t until) {
      const auto begin = std::exchange(from, until);
      if (begin == field.npos) return;  // what stands before the first is the value
      const bool is_early = met++ < limits_.mime_parameters;
      if (kept < 2 * limits_.mime_parameters && (is_early || is_read(field.substr(begin + 1, until - begin - 1))))
        ++kept;
      else
        leave_out({field_begin_ + begin, field_begin_ + until},
                  "mime_parameters: further parameters of a part's field are left out");
    };
    each_semicolon(field, take);
    take(trimmed(field).size());
  }

  /// Each "boundary=" of the field. One that is continued, escaped or in a comment makes all dashes count.
  void declare_boundaries(std::string_view field) {
    field = trimmed(field);
    const auto lower = text::ascii_lower(field);
    for (auto at = lower.find(kBoundary); at != lower.npos; at = lower.find(kBoundary, at)) {
      at = std::min(field.find_first_not_of(kBlanks, at + kBoundary.size()), field.size());
      const char next = at < field.size() ? field[at] : ' ';
      if (next == '*' || next == '(') takes_any_ = true;
      if (next == '=') at = declare_boundary(field, at + 1);
    }
  }

  /// Where the value ends that stands behind the "=".
  std::size_t declare_boundary(std::string_view field, std::size_t begin) {
    begin = std::min(field.find_first_not_of(kBlanks, begin), field.size());
    const bool is_quoted = field.substr(begin).starts_with('"');
    if (is_quoted) ++begin;
    const auto end = std::min(is_quoted ? field.find('"', begin) : field.find_first_of("; \t\r\n", begin), field.size());
    const auto value = trimmed(field.substr(begin, end - begin));
    if (value.find_first_of(is_quoted ? "\\\n" : "(") != value.npos || value.starts_with("=?")) takes_any_ = true;
    boundaries_.insert(value);
    return end;
  }

  /// To the next line that begins with two dashes, and over it. False where there is none.
  bool go_to_dashes() {
    if (boundaries_.empty() && !takes_any_) return false;
    const bool begins_here = at_ == 0 || entity_[at_ - 1] == '\n';
    if (!begins_here || !entity_.substr(at_).starts_with("--")) {
      const auto found = entity_.find("\n--", at_);
      if (found == entity_.npos) return false;
      at_ = found + 1;
    }
    const auto end = line_end();
    if (is_boundary(entity_.substr(at_, end - at_)))
      take_boundary(end);
    else
      at_ = end;
    return true;
  }

  [[nodiscard]] bool is_boundary(std::string_view line) const {
    if (takes_any_) return true;
    auto rest = trimmed(line.substr(2));
    if (boundaries_.contains(rest)) return true;
    if (!rest.ends_with("--")) return false;
    rest.remove_suffix(2);
    return boundaries_.contains(rest);
  }

  void take_boundary(std::size_t end) {
    if (++taken_ > limits_.mime_boundaries) {
      leave_out({at_, entity_.size()}, "mime_boundaries: what stands behind so many boundary lines is left out");
      ends_ = last_ends(at_);
      at_ = entity_.size();
      return;
    }
    in_header_ = true;
    fields_ = 0;
    late_.clear();
    at_ = end;
  }

  /// The line that ends each entity open there, as it stands behind: without it the parser would say that the message is cut
  /// short.
  [[nodiscard]] std::string last_ends(std::size_t at) const {
    std::unordered_map<std::string_view, std::size_t> last;
    while (at < entity_.size()) {
      const auto end = std::min(entity_.find('\n', at), entity_.size());
      auto rest = trimmed(entity_.substr(at + 2, end - at - 2));
      const bool is_end = rest.ends_with("--");
      rest.remove_suffix(is_end ? 2 : 0);
      if (is_end && boundaries_.contains(rest)) last[rest] = at;
      const auto next = entity_.find("\n--", at);
      at = next == entity_.npos ? next : next + 1;
    }
    std::vector<std::pair<std::size_t, std::string_view>> in_order;
    for (const auto& [boundary, place] : last) in_order.emplace_back(place, boundary);
    std::ranges::sort(in_order);
    std::string lines;
    for (const auto& [place, boundary] : in_order) lines.append("--").append(boundary).append("--\n");
    return lines;
  }

  void leave_out(Range range, std::string_view why) {
    if (!left_out_.empty() && left_out_.back().end == range.begin)
      left_out_.back().end = range.end;
    else
      left_out_.push_back(range);
    if (std::ranges::find(said_, why) != said_.end()) return;
    said_.push_back(why);
    notes_.add("limit", std::string(why));
  }

  [[nodiscard]] std::string without_left_out() const {
    std::string kept;
    std::size_t from = 0;
    for (const Range& range : left_out_) {
      kept += entity_.substr(from, range.begin - from);
      from = range.end;
    }
    kept += entity_.substr(from);
    return kept += ends_;
  }

  static constexpr std::size_t kLateFields = 16;

  std::string_view entity_;
  const Limits& limits_;
  NoteList& notes_;
  std::size_t at_ = 0;
  bool in_header_ = true;
  bool is_field_open_ = false;
  bool is_content_ = false;
  bool is_type_ = false;
  std::size_t field_begin_ = 0;
  std::uint32_t fields_ = 0;  ///< of this part
  std::uint32_t taken_ = 0;   ///< boundary lines
  std::vector<std::string> late_;
  bool takes_any_ = false;
  std::unordered_set<std::string_view> boundaries_;
  std::vector<Range> left_out_;  ///< in their order, apart from each other
  std::vector<std::string_view> said_;
  std::string ends_;  ///< of what mime_boundaries cut
};

}  // namespace

std::optional<std::string> bounded_entity(std::string_view entity, const Limits& limits, NoteList& notes) {
  return BoundsWalk(entity, limits, notes).walk();
}

}  // namespace threadline::message
