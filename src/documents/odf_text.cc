// SPDX-License-Identifier: Apache-2.0
#include "documents/odf_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

namespace threadline::documents {
namespace {

constexpr std::uint64_t kMostSpaces = 1'000;  ///< in a row; more say nothing else

/// Where a paragraph has one of these, what is in it is of the paragraph's words only as far as it is in paragraphs of its own:
/// the number of a note, who wrote a comment and when, the alternative text of a picture are not.
constexpr std::array<std::string_view, 4> kIslands{"note", "annotation", "frame", "custom-shape"};
constexpr std::array<std::string_view, 4> kPassed{"binary-data", "event-listeners", "forms", "ruby-text"};

bool is_one_of(const auto& names, std::string_view name) { return std::ranges::find(names, name) != names.end(); }
bool is_paragraph(std::string_view name) { return name == "p" || name == "h"; }
bool is_cell(std::string_view name) { return name == "table-cell" || name == "covered-table-cell"; }

/// How often something is there: 1 where it does not say.
std::uint64_t count_in(std::string_view text) {
  std::uint64_t count = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), count);
  return read.ec == std::errc::result_out_of_range ? UINT64_MAX : std::max<std::uint64_t>(count, 1);
}

}  // namespace

std::uint64_t OdfText::bounded(std::uint64_t repeats, bool is_empty) {
  is_repeat_cut_ = is_repeat_cut_ || (!is_empty && repeats > sheets_.most_repeats);
  return std::min<std::uint64_t>(repeats, sheets_.most_repeats);
}

void OdfText::begin_table(std::string_view name) {
  if (tables_++ == 0 && is_book_) to_ = &sheets_.begin_table(name);
}

void OdfText::begin_row(const text::XmlAttributes& attributes) {
  rows_.push_back(count_in(attributes.value("number-rows-repeated")));
  to_->begin_row();
}

void OdfText::end_row() {
  to_->end_row(bounded(rows_.back(), to_->is_row_empty()));
  rows_.pop_back();
}

void OdfText::begin_cell(const text::XmlAttributes& attributes) {
  Cell cell{.repeats = count_in(attributes.value("number-columns-repeated")), .value = {}};
  const auto type = attributes.value("value-type");
  if (type == "float" || type == "string") cell.value = attributes.value(type == "float" ? "value" : "string-value");
  cells_.push_back(std::move(cell));
  to_->begin_cell();
}

void OdfText::end_cell() {
  const Cell cell = std::move(cells_.back());
  cells_.pop_back();
  const auto shown = to_->cell();
  if (!cell.value.empty() && (shown.empty() || shown.find("E+") != std::string_view::npos)) to_->add(cell.value);
  to_->end_cell(bounded(cell.repeats, to_->cell().empty()));
}

/// Of an element inside of a paragraph, what it stands for.
bool OdfText::begin_inline(std::string_view name, const text::XmlAttributes& attributes) {
  const auto shown = open_insertions_ > 0 ? Shown::now : Shown::always;
  if (name == "tab") to_->add("\t", shown);
  if (name == "line-break") to_->add("\n", shown);
  if (name == "s") to_->add(std::string(std::min<std::uint64_t>(count_in(attributes.value("c")), kMostSpaces), ' '), shown);
  return !is_one_of(kPassed, name);
}

bool OdfText::begin_change(std::string_view name, const text::XmlAttributes& attributes) {
  if (name == "changed-region") region_ = attributes.value("id");
  if (name == "insertion") inserted_.insert(region_);
  if (name == "deletion") is_in_deletion_ = true;
  if (is_in_deletion_ && is_paragraph(name) && deleted_.contains(region_)) deleted_[region_] += '\n';
  return name != "change-info";
}

void OdfText::show_deleted(std::string_view region) {
  const auto found = deleted_.find(region);
  if (found == deleted_.end()) return;
  if (paragraphs_ == 0) to_->begin_paragraph();
  to_->add(found->second, Shown::before);
  if (paragraphs_ == 0) to_->end_paragraph();
  deleted_.erase(found);
}

bool OdfText::begin(std::string_view name, const text::XmlAttributes& attributes) {
  if (look_ != nullptr) look_->begin(name, attributes);
  if (name == "tracked-changes") ++changes_;
  if (changes_ > 0) return begin_change(name, attributes);
  if (name == "spreadsheet") is_book_ = true;
  if (name == "table") begin_table(attributes.value("name"));
  if (name == "table-row") begin_row(attributes);
  if (is_cell(name)) begin_cell(attributes);
  if (is_one_of(kIslands, name)) around_.push_back(std::exchange(paragraphs_, 0));
  if (is_paragraph(name)) {
    ++paragraphs_;
    is_after_space_ = true;
    to_->begin_paragraph();
  }
  if (name == "change") show_deleted(attributes.value("change-id"));
  const bool is_insertion = name.starts_with("change-") && inserted_.contains(attributes.value("change-id"));
  if (is_insertion && name == "change-start") ++open_insertions_;
  if (is_insertion && name == "change-end") open_insertions_ -= std::min(open_insertions_, 1U);
  return begin_inline(name, attributes) && !to_->is_full();
}

void OdfText::text(std::string_view words) {
  std::string plain;
  for (const char c : words) {
    const bool is_space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!is_space || !is_after_space_) plain += is_space ? ' ' : c;
    is_after_space_ = is_space;
  }
  if (is_in_deletion_) {
    deleted_[region_] += plain;
  } else if (paragraphs_ > 0) {
    const auto hiding = look_ == nullptr ? text::Hiding::none : look_->hiding();
    to_->add(plain, open_insertions_ > 0 ? Shown::now : Shown::always, hiding);
  }
}

void OdfText::end(std::string_view name) {
  if (look_ != nullptr) look_->end(name);
  if (name == "deletion") is_in_deletion_ = false;
  if (changes_ > 0) {
    if (name == "tracked-changes") --changes_;
    return;
  }
  if (is_paragraph(name)) {
    --paragraphs_;
    to_->end_paragraph();
  }
  if (is_one_of(kIslands, name)) {
    paragraphs_ = around_.back();
    around_.pop_back();
  }
  if (is_cell(name)) end_cell();
  if (name == "table-row") end_row();
  if (name == "table") --tables_;
}

}  // namespace threadline::documents
