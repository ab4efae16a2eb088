// SPDX-License-Identifier: Apache-2.0
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "timeline/exports/columns.h"
#include "timeline/exports/exports.h"
#include "timeline/exports/synthesis.h"
#include "timeline/exports/workbook_cells.h"
#include "timeline/visible.h"

namespace threadline::timeline {
namespace {

constexpr std::time_t kCreated = 315'532'800;  ///< 1980-01-01: the file says nothing about when it was written
constexpr std::size_t kPrinted = 9;            ///< columns on paper: the article's seven, severity, code
constexpr std::size_t kSaid = 100;             ///< UTF-16 units that the words about a split take
constexpr std::size_t kSeverities = 6;         ///< none, info ... critical

using Kind = Column::Kind;
constexpr std::size_t kKinds = 6;

/// Fill and letter of the severity's cell: told apart in grey too, by bold and by how dark they are.
struct Colour {
  lxw_color_t fill, letter;
  bool bold;
};
constexpr std::array<Colour, kSeverities> kColours{{{0xFFFFFF, 0x000000, false},
                                                    {0xFFFFFF, 0x555555, false},
                                                    {0xEAF2FB, 0x1F4E79, false},
                                                    {0xFFF2CC, 0x7F6000, false},
                                                    {0xF8CBAD, 0x843C0C, true},
                                                    {0xC00000, 0xFFFFFF, true}}};

/// Every look that a cell can have, made once.
class Looks {
 public:
  Looks(lxw_workbook* book, Language language) : book_(book), language_(language) {
    title_ = made([](lxw_format* format) {
      format_set_bold(format);
      format_set_bg_color(format, 0xD9E1F2);
      format_set_bottom(format, LXW_BORDER_THIN);
    });
    heading_ = made([](lxw_format* format) {
      format_set_bold(format);
      format_set_font_size(format, 13);
    });
    for (const bool struck : {false, true}) {
      for (std::size_t severity = 0; severity < kSeverities; ++severity)
        severities_.at(struck).at(severity) = severity_look(struck, severity);
      for (const Kind kind : {Kind::text, Kind::date, Kind::clock, Kind::digest})
        cells_.at(struck).at(static_cast<std::size_t>(kind)) = cell_look(struck, kind);
    }
  }

  [[nodiscard]] lxw_format* title() const { return title_; }
  [[nodiscard]] lxw_format* heading() const { return heading_; }
  [[nodiscard]] lxw_format* cell(bool struck, Kind kind) const {
    const Kind plain = kind == Kind::severity || kind == Kind::number ? Kind::text : kind;
    return cells_.at(struck).at(static_cast<std::size_t>(plain));
  }
  [[nodiscard]] lxw_format* severity(bool struck, const std::string& name) const {
    return severities_.at(struck).at(static_cast<std::size_t>(severity_rank(name)) + 1);
  }

 private:
  template <class Set>
  lxw_format* made(const Set& set) {
    lxw_format* format = workbook_add_format(book_);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    set(format);
    return format;
  }

  lxw_format* severity_look(bool struck, std::size_t severity) {
    return made([&](lxw_format* format) {
      const Colour& colour = kColours.at(severity);
      if (severity > 1) format_set_bg_color(format, colour.fill);
      format_set_font_color(format, colour.letter == 0 ? 0x000001 : colour.letter);
      if (colour.bold) format_set_bold(format);
      if (struck) format_set_font_strikeout(format);
    });
  }

  lxw_format* cell_look(bool struck, Kind kind) {
    return made([&](lxw_format* format) {
      if (kind == Kind::date) format_set_num_format(format, language_ == Language::fr ? "dd/mm/yyyy" : "yyyy-mm-dd");
      if (kind == Kind::clock) format_set_num_format(format, "hh:mm");
      if (kind == Kind::text) format_set_text_wrap(format);
      if (kind != Kind::text) format_set_align(format, LXW_ALIGN_LEFT);
      if (struck) format_set_font_strikeout(format);
    });
  }

  lxw_workbook* book_;
  Language language_;
  lxw_format* title_ = nullptr;
  lxw_format* heading_ = nullptr;
  std::array<std::array<lxw_format*, kSeverities>, 2> severities_{};
  std::array<std::array<lxw_format*, kKinds>, 2> cells_{};
};

constexpr double kLine = 15;       ///< points
constexpr double kTallest = 409;   ///< points that a row can have
constexpr std::size_t kMany = 28;  ///< lines that fill it

/// How many lines a cell of that width shows; long ones are not counted to their end.
std::size_t lines_of(const std::string& text, std::size_t width) {
  std::size_t lines = 0;
  std::size_t begin = 0;
  while (lines < kMany) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::size_t columns = width_of(std::string_view(text).substr(begin, end - begin));
    lines += 1 + (columns == 0 ? 0 : (columns - 1) / width);
    if (end == text.size()) break;
    begin = end + 1;
  }
  return lines;
}

/// What all sheets of one workbook share.
struct Desk {
  lxw_workbook* book;
  const Exhibit* exhibit;
  const WorkbookForm* form;
  Looks looks;
  Workbook counted;
};

/// One cell of a table, before it is written.
struct Cell {
  std::vector<std::string> pieces;
  lxw_format* look = nullptr;
  double number = -1;  ///< a date, a time, a count; -1: text
};

/// A table that goes on in the next sheet when one is full.
class Table {
 public:
  Table(Desk& desk, std::string_view name, std::vector<Column> columns)
      : desk_(desk), name_(words(name, desk.exhibit->language)), columns_(std::move(columns)) {
    begin_sheet();
  }

  /// Writes one row, and below it what its cells could not hold. `comment`: on the action's cell; empty: none.
  void add(const std::vector<Cell>& cells, const std::string& comment) {
    std::size_t height = 1;
    for (const Cell& cell : cells) height = std::max(height, cell.pieces.size());
    if (next_ + height > desk_.form->sheet_rows && next_ > 1) {
      end_sheet();
      begin_sheet();
      ++desk_.counted.more_sheets;
    }
    for (std::size_t piece = 0; piece < height; ++piece, ++next_) {
      worksheet_set_row(sheet_, static_cast<lxw_row_t>(next_), points_of(cells, piece), nullptr);
      write_line(cells, piece);
    }
    if (!comment.empty())
      worksheet_write_comment(sheet_, static_cast<lxw_row_t>(next_ - height), comment_column(), comment.c_str());
  }

  void end_sheet() {
    const auto last = static_cast<lxw_row_t>(next_ > 1 ? next_ - 1 : 1);
    worksheet_autofilter(sheet_, 0, 0, last, static_cast<lxw_col_t>(columns_.size() - 1));
    const std::size_t printed = std::min(columns_.size(), kPrinted);
    worksheet_print_area(sheet_, 0, 0, last, static_cast<lxw_col_t>(printed - 1));
  }

  [[nodiscard]] Cell text(const std::string& value, lxw_format* look) {
    const std::size_t units = desk_.form->cell_units;
    const std::string cell = cell_text(value);
    Cell made{pieces_of(cell, units), look};
    if (made.pieces.size() == 1) return made;
    made.pieces = pieces_of(cell, units - std::min(units / 2, kSaid));
    ++desk_.counted.split_cells;
    const std::string parts = std::to_string(made.pieces.size());
    const Language language = desk_.exhibit->language;
    made.pieces.front() += phrase("cell.goes_on", language, {{"parts", parts}});
    for (std::size_t part = 1; part < made.pieces.size(); ++part)
      made.pieces[part].insert(0, phrase("cell.continued", language, {{"part", std::to_string(part + 1)}, {"parts", parts}}));
    return made;
  }

 private:
  [[nodiscard]] lxw_col_t comment_column() const {
    const auto found = std::ranges::find(columns_, std::string_view("column.action"), &Column::title);
    return static_cast<lxw_col_t>(found == columns_.end() ? 0 : found - columns_.begin());
  }

  /// The height that shows the whole of each wrapped cell, as far as a row can.
  [[nodiscard]] double points_of(const std::vector<Cell>& cells, std::size_t piece) const {
    std::size_t lines = 1;
    for (std::size_t at = 0; at < cells.size(); ++at) {
      if (columns_[at].kind == Kind::text && cells[at].number < 0 && piece < cells[at].pieces.size())
        lines = std::max(lines, lines_of(cells[at].pieces[piece], static_cast<std::size_t>(columns_[at].width)));
    }
    return std::min(kTallest, kLine * static_cast<double>(lines));
  }

  void begin_sheet() {
    ++part_;
    const std::string name = part_ == 1 ? name_ : name_ + " (" + std::to_string(part_) + ")";
    sheet_ = workbook_add_worksheet(desk_.book, name.c_str());
    for (std::size_t at = 0; at < columns_.size(); ++at) {
      const auto column = static_cast<lxw_col_t>(at);
      worksheet_set_column(sheet_, column, column, columns_[at].width, nullptr);
      const std::string title(words(columns_[at].title, desk_.exhibit->language));
      worksheet_write_string(sheet_, 0, column, title.c_str(), desk_.looks.title());
    }
    worksheet_freeze_panes(sheet_, 1, 0);
    worksheet_repeat_rows(sheet_, 0, 0);
    worksheet_set_landscape(sheet_);
    worksheet_set_paper(sheet_, 9);  // A4
    worksheet_fit_to_pages(sheet_, 1, 0);
    next_ = 1;
  }

  void write_line(const std::vector<Cell>& cells, std::size_t piece) {
    const auto line = static_cast<lxw_row_t>(next_);
    for (std::size_t at = 0; at < cells.size(); ++at) {
      const auto column = static_cast<lxw_col_t>(at);
      const Cell& cell = cells[at];
      if (cell.number >= 0 && piece == 0) {
        worksheet_write_number(sheet_, line, column, cell.number, cell.look);
      } else if (piece < cell.pieces.size() && !cell.pieces[piece].empty()) {
        worksheet_write_string(sheet_, line, column, cell.pieces[piece].c_str(), cell.look);
      } else {
        worksheet_write_blank(sheet_, line, column, cell.look);
      }
    }
  }

  Desk& desk_;
  std::string name_;
  std::vector<Column> columns_;
  lxw_worksheet* sheet_ = nullptr;
  std::size_t next_ = 1, part_ = 0;
};

Cell cell_of_column(Table& table, const Desk& desk, const Column& column, const ShownRow& shown) {
  const bool struck = shown.struck.has_value();
  Cell cell = table.text(cell_of(column, shown, desk.exhibit->language), desk.looks.cell(struck, column.kind));
  if (column.kind == Kind::severity) cell.look = desk.looks.severity(struck, is_standing(shown) ? shown.row.severity : "");
  if (column.kind == Kind::number) cell.number = static_cast<double>(shown.row.row);
  const bool is_time = column.kind == Kind::date || column.kind == Kind::clock;
  if (!is_time || !shown.row.time) return cell;
  const SheetTime time = sheet_time(*shown.row.time);
  cell.number = column.kind == Kind::date ? time.day : time.clock;
  return cell;
}

void write_tab(Desk& desk, Tab tab) {
  const auto columns = columns_of(tab);
  Table table(desk, tab == Tab::timeline ? "tab.timeline" : "tab.actions", {columns.begin(), columns.end()});
  desk.exhibit->each_row(tab, [&](const ShownRow& shown) {
    std::vector<Cell> cells;
    for (const Column& column : columns) cells.push_back(cell_of_column(table, desk, column, shown));
    table.add(cells, shown.struck ? cell_text(struck_sentence(*shown.struck, desk.exhibit->language)) : "");
  });
  table.end_sheet();
}

void write_evidence(Desk& desk) {
  Table table(desk, "tab.evidence",
              {{"column.file", 60},
               {"column.size", 16, Kind::number},
               {"column.sha256", 68},
               {"column.custody", 50},
               {"column.entry", 8}});
  lxw_format* look = desk.looks.cell(false, Kind::text);
  for (const EvidenceFile& file : desk.exhibit->evidence) {
    std::vector<Cell> cells{table.text(file.path, look), table.text("", look), table.text(file.sha256, look),
                            table.text(file.custody, look), table.text(file.entry == 0 ? "" : std::to_string(file.entry), look)};
    cells[1].number = static_cast<double>(file.size);
    table.add(cells, "");
  }
  table.end_sheet();
}

void write_synthesis(Desk& desk) {
  const Language language = desk.exhibit->language;
  constexpr std::size_t kWidth = 105;
  lxw_worksheet* sheet = workbook_add_worksheet(desk.book, std::string(words("tab.synthesis", language)).c_str());
  worksheet_set_column(sheet, 0, 0, static_cast<double>(kWidth), nullptr);
  worksheet_set_portrait(sheet);
  worksheet_set_paper(sheet, 9);  // A4
  worksheet_fit_to_pages(sheet, 1, 0);
  lxw_row_t line = 0;
  const auto write = [&](const std::string& text, lxw_format* look) {
    const std::string cell = pieces_of(cell_text(text), desk.form->cell_units).front();
    worksheet_set_row(sheet, line, std::min(kTallest, kLine * static_cast<double>(lines_of(cell, kWidth))), nullptr);
    worksheet_write_string(sheet, line++, 0, cell.c_str(), look);
  };
  if (!desk.exhibit->title.empty()) write(desk.exhibit->title, desk.looks.heading());
  for (const Section& section : sections_of(synthesis_of(*desk.exhibit), *desk.exhibit)) {
    write(section.title, desk.looks.title());
    for (const std::string& text : section.lines) write(text, desk.looks.cell(false, Kind::text));
    ++line;
  }
  write(std::string(words("synthesis.split", language)), desk.looks.cell(false, Kind::text));
}

void set_properties(lxw_workbook* book, const std::string& title) {
  std::string name = cell_text(title);
  lxw_doc_properties properties{};
  properties.title = name.data();
  properties.created = kCreated;
  workbook_set_properties(book, &properties);
}

}  // namespace

Result<Workbook> write_workbook(const std::string& path, const Exhibit& exhibit, const WorkbookForm& form) {
  std::string folder = form.temporary_folder;
  lxw_workbook_options options{.constant_memory = 1, .tmpdir = folder.data(), .use_zip64 = 1};
  lxw_workbook* book = workbook_new_opt(path.c_str(), &options);
  if (book == nullptr) return tl::unexpected(Error{"the workbook could not be begun", path, {}});
  set_properties(book, exhibit.title);
  Desk desk{book, &exhibit, &form, Looks(book, exhibit.language), {}};
  write_synthesis(desk);
  write_tab(desk, Tab::timeline);
  write_tab(desk, Tab::actions);
  write_evidence(desk);
  const lxw_error error = workbook_close(book);
  if (error != LXW_NO_ERROR) return tl::unexpected(Error{std::string("could not be written: ") + lxw_strerror(error), path, {}});
  return desk.counted;
}

}  // namespace threadline::timeline
