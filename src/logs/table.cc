// SPDX-License-Identifier: Apache-2.0
#include "logs/table.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/text_map.h"
#include "text/fold.h"

namespace threadline::logs {
namespace {

constexpr auto kFieldNames = std::to_array<std::string_view>({
#define THREADLINE_LOG_FIELD(name) #name,
#include "logs/fields.def"
#undef THREADLINE_LOG_FIELD
});

struct Known {
  Format format;
  std::string_view name;
  Field field;
};

constexpr auto kKnown = std::to_array<Known>({
#define THREADLINE_LOG_COLUMN(format, column, field) {Format::format, column, Field::field},
#include "logs/columns.def"
#undef THREADLINE_LOG_COLUMN
});

/// A table is of that format where it has columns of these fields.
struct Signature {
  Format format;
  std::vector<Field> fields;
};

const std::vector<Signature>& signatures() {
  static const std::vector<Signature> kSignatures{
      {Format::m365_audit, {Field::audit_data}},
      {Format::m365_audit, {Field::time, Field::action, Field::actor, Field::application}},
      {Format::entra_audit, {Field::time, Field::action, Field::actor, Field::target}},
      {Format::entra_sign_in, {Field::time, Field::actor, Field::ip, Field::application}},
      {Format::message_trace, {Field::time, Field::message_id, Field::sender, Field::recipient}},
      {Format::message_tracking, {Field::time, Field::action, Field::message_id, Field::recipient, Field::application}},
      {Format::inbox_rules, {Field::rule_name, Field::MoveToFolder, Field::ForwardTo}},
      {Format::mailbox_permissions, {Field::mailbox, Field::target, Field::rights}},
      {Format::google_mail, {Field::message_id, Field::time, Field::sender, Field::recipient, Field::outcome, Field::ip}},
      {Format::google_mail, {Field::message_id, Field::time, Field::sender, Field::recipient, Field::action, Field::ip}},
  };
  return kSignatures;
}

using Index = TextMap<Column>;

const std::array<Index, static_cast<std::size_t>(Format::mapped) + 1>& index() {
  static const auto kIndex = [] {
    std::array<Index, static_cast<std::size_t>(Format::mapped) + 1> made;
    std::uint32_t rank = 0;
    for (const Known& known : kKnown)
      made[static_cast<std::size_t>(known.format)].emplace(column_name(known.name), Column{known.field, ++rank});
    return made;
  }();
  return kIndex;
}

/// How many of the columns the format knows; 0 where its signature is not among them.
std::size_t known_columns(const Signature& signature, const std::vector<std::string>& names) {
  std::array<bool, kFields> has{};
  std::size_t known = 0;
  for (const std::string& name : names) {
    const auto column = column_named(signature.format, name);
    if (!column) continue;
    ++known;
    has[static_cast<std::size_t>(column->field)] = true;
  }
  const bool whole = std::ranges::all_of(signature.fields, [&](Field field) { return has[static_cast<std::size_t>(field)]; });
  return whole ? known : 0;
}

}  // namespace

std::string column_name(std::string_view written) {
  constexpr std::string_view kUtc = " [utc]";
  constexpr std::string_view kApostrophe = "\u2019";
  std::string name = text::fold(written);
  for (auto at = name.find(kApostrophe); at != std::string::npos; at = name.find(kApostrophe))
    name.replace(at, kApostrophe.size(), "'");
  if (name.ends_with(kUtc)) name.resize(name.size() - kUtc.size());
  return name;
}

std::optional<std::pair<std::string_view, std::string_view>> list_entry(std::string_view line) {
  const auto is_letter = [](char c) { return is_letter_or_digit(c) || c == '_'; };
  const auto end = static_cast<std::size_t>(std::ranges::find_if_not(line, is_letter) - line.begin());
  const auto colon = line.find_first_not_of(' ', end);
  if (end == 0 || colon == std::string_view::npos || colon == end || line[colon] != ':') return std::nullopt;
  return std::pair{line.substr(0, end), text::trimmed(line.substr(colon + 1))};
}

std::string_view name_of(Field field) { return kFieldNames[static_cast<std::size_t>(field)]; }

std::optional<Field> field_named(std::string_view name) {
  const auto found = std::ranges::find(kFieldNames, name);
  if (found == kFieldNames.end()) return std::nullopt;
  return static_cast<Field>(found - kFieldNames.begin());
}

std::optional<Column> column_named(Format format, std::string_view lower_name) {
  const Index& columns = index()[static_cast<std::size_t>(format)];
  const auto found = columns.find(lower_name);
  if (found == columns.end()) return std::nullopt;
  return found->second;
}

void FieldsByRank::set(std::string_view lower_name, std::string_view value) {
  const auto column = column_named(format_, lower_name);
  if (!column || value.empty()) return;
  const auto which = static_cast<std::size_t>(column->field);
  if (ranks_[which] != 0 && ranks_[which] < column->rank) return;
  ranks_[which] = column->rank;
  values[which] = value;
}

std::optional<Format> format_of_columns(const std::vector<std::string>& lower_names) {
  std::optional<Format> best;
  std::size_t most = 1;
  for (const Signature& signature : signatures()) {
    const std::size_t known = known_columns(signature, lower_names);
    if (known > most || (known == most && signature.format == Format::m365_audit)) {
      best = signature.format;
      most = known;
    }
  }
  return best;
}

char separator_of(std::string_view line) {
  constexpr std::string_view kSeparators = ",;\t|";
  std::array<std::size_t, kSeparators.size()> counts{};
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    const auto which = quoted ? std::string_view::npos : kSeparators.find(c);
    if (which != std::string_view::npos) ++counts[which];
  }
  const auto best = std::ranges::max_element(counts);
  return *best == 0 ? '\0' : kSeparators[static_cast<std::size_t>(best - counts.begin())];
}

namespace {

/// Takes the quoted part of a cell that `record` begins with; false where the quote is never closed.
bool take_quoted(std::string_view& record, std::string& cell) {
  record.remove_prefix(1);
  while (true) {
    const auto end = record.find('"');
    if (end == std::string_view::npos) {
      cell += record;
      record = {};
      return false;
    }
    cell += record.substr(0, end);
    record.remove_prefix(end + 1);
    if (!record.starts_with('"')) return true;
    cell += '"';
    record.remove_prefix(1);
  }
}

bool take_cell(std::string_view& record, char separator, std::string& cell) {
  cell.clear();
  bool closed = true;
  if (record.starts_with('"')) closed = take_quoted(record, cell);
  const auto end = std::min(record.find(separator), record.size());
  cell += record.substr(0, end);
  record.remove_prefix(end);
  return closed;
}

}  // namespace

bool read_cells(std::string_view record, char separator, std::size_t most, std::vector<std::string>& cells) {
  while (record.ends_with('\n') || record.ends_with('\r')) record.remove_suffix(1);
  bool whole = true;
  std::size_t count = 0;
  for (bool more = true; more; ++count) {
    if (count == most) {
      whole = false;
      break;
    }
    if (count == cells.size()) cells.emplace_back();
    whole = take_cell(record, separator, cells[count]) && whole;
    more = !record.empty();
    if (more) record.remove_prefix(1);
  }
  cells.resize(count);
  return whole;
}

}  // namespace threadline::logs
