// SPDX-License-Identifier: Apache-2.0
#include "logs/layout.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "base/utf8.h"
#include "logs/mail_log.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::logs {
namespace {

constexpr std::size_t kLinesLooked = 60;
constexpr std::size_t kHeadings = 12;  ///< lines that may stand before a table's header
constexpr std::size_t kLongestHeader = 20'000;

std::string_view take_line(std::string_view& rest) {
  const auto end = std::min(rest.find('\n'), rest.size());
  auto line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool has_all(std::string_view text, std::initializer_list<std::string_view> names) {
  return std::ranges::all_of(
      names, [&](std::string_view name) { return text.find("\"" + std::string(name) + "\"") != std::string_view::npos; });
}

/// The members by which a JSON record is known for a log's.
bool is_json_log(std::string_view head) {
  return has_all(head, {"CreationTime", "Operation"}) || has_all(head, {"Operation", "Workload"}) ||
         has_all(head, {"AuditData"}) || has_all(head, {"TimeGenerated", "OfficeWorkload"}) ||
         has_all(head, {"createdDateTime", "userPrincipalName", "ipAddress"}) ||
         has_all(head, {"CreatedDateTime", "UserPrincipalName"}) ||
         has_all(head, {"TimeGenerated", "UserPrincipalName", "IPAddress"}) ||
         has_all(head, {"activityDisplayName", "initiatedBy"}) || has_all(head, {"ActivityDisplayName", "InitiatedBy"}) ||
         has_all(head, {"SenderAddress", "RecipientAddress", "MessageId"}) || has_all(head, {"time", "event", "what"}) ||
         has_all(head, {"event", "verdict"}) || has_all(head, {"MoveToFolder", "ForwardTo"}) ||
         has_all(head, {"AccessRights", "IsInherited"}) || has_all(head, {"uniqueQualifier", "events"});
}

/// Whether the first line is a whole record: then each is (JSON lines).
bool is_whole_line(std::string_view line) {
  int depth = 0;
  bool quoted = false;
  bool escaped = false;
  std::size_t closed_at = std::string_view::npos;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (escaped) {
      escaped = false;
    } else if (quoted) {
      escaped = c == '\\';
      quoted = c != '"';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      closed_at = i;
    }
  }
  return depth == 0 && closed_at != std::string_view::npos && closed_at + 2 > text::trimmed(line).size();
}

/// How many bytes stand before the first record of {"value": [ ...: what Graph and Azure wrap records in.
std::size_t wrapping_length(std::string_view head) {
  const auto list = head.find('[');
  if (list == std::string_view::npos || list > 2'000) return 0;
  const auto before = text::trimmed(head.substr(0, list));
  constexpr auto kNames = std::to_array<std::string_view>({"\"value\":", "\"value\" :", "\"records\":", "\"records\" :",
                                                           "\"Records\":", "\"results\":", "\"items\":", "\"items\" :"});
  const bool is_wrapped = std::ranges::any_of(kNames, [&](std::string_view name) { return before.ends_with(name); });
  return is_wrapped && before.find('{', 1) == std::string_view::npos ? list + 1 : 0;
}

/// Which of the JSON logs it is by its first records: for its name alone, each record is read by its own shape.
Format json_format(std::string_view head) {
  if (has_all(head, {"AuditData"})) return Format::m365_audit;
  if (has_all(head, {"initiatedBy"}) || has_all(head, {"InitiatedBy"})) return Format::entra_audit;
  if (has_all(head, {"Operation"})) return Format::m365_audit;
  if (has_all(head, {"uniqueQualifier", "events"})) return Format::google_audit;
  if (has_all(head, {"event", "verdict"})) return Format::gateway;
  if (has_all(head, {"SenderAddress", "RecipientAddress"})) return Format::message_trace;
  if (has_all(head, {"MoveToFolder", "ForwardTo"})) return Format::inbox_rules;
  return has_all(head, {"AccessRights"}) ? Format::mailbox_permissions : Format::entra_sign_in;
}

/// {"tables":[{"columns":[{"name":"TimeGenerated", ...}],"rows":[[...: rows of a query to Log Analytics. Source: Microsoft,
/// "Azure Monitor Log Analytics API response format".
bool read_query_result(std::string_view rest, Layout& layout, std::size_t first) {
  const auto columns = rest.find("\"columns\"");
  const auto rows = rest.find("\"rows\"");
  if (rest.find("\"tables\"") == std::string_view::npos || columns == std::string_view::npos || rows == std::string_view::npos ||
      columns > rows)
    return false;
  const auto list = rest.find('[', rows);
  if (list == std::string_view::npos) return false;
  auto names = rest.substr(columns, rows - columns);
  constexpr std::string_view kName = "\"name\"";
  for (auto at = names.find(kName); at != std::string_view::npos; at = names.find(kName)) {
    names.remove_prefix(at + kName.size());
    const auto begin = names.find('"');
    if (begin == std::string_view::npos) return false;
    layout.columns.emplace_back(names.substr(begin + 1, names.find('"', begin + 1) - begin - 1));
  }
  layout.begin = first + list + 1;
  return !layout.columns.empty();
}

/// JSON lines of which the first one is cut at its beginning: the second line is a whole record.
std::optional<Layout> cut_lines_layout(std::string_view head) {
  take_line(head);
  const auto second = take_line(head);
  if (!second.starts_with('{') || !is_whole_line(second) || !is_json_log(second)) return std::nullopt;
  Layout layout;
  layout.format = json_format(second);
  return layout;
}

std::optional<Layout> json_layout(std::string_view head) {
  const auto first = head.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return std::nullopt;
  if (head[first] != '{' && head[first] != '[') return cut_lines_layout(head);
  if (!is_json_log(head)) return std::nullopt;
  Layout layout;
  layout.format = json_format(head);
  layout.cut = Cut::json;
  const auto rest = head.substr(first);
  if (read_query_result(rest, layout, first)) {
  } else if (rest.front() == '[') {
    layout.begin = first + 1;
  } else if (const auto wrapped = wrapping_length(rest); wrapped > 0) {
    layout.begin = first + wrapped;
  } else if (const auto end = rest.find('\n');
             (end == std::string_view::npos ? is_whole_line(rest) : is_whole_line(rest.substr(0, end))) ||
             cut_lines_layout(rest)) {
    layout.cut = Cut::lines;
  }
  layout.begin_line = 1 + static_cast<std::uint64_t>(std::ranges::count(head.substr(0, layout.begin), '\n'));
  return layout;
}

std::vector<std::string> column_names(std::string_view line, char separator) {
  std::vector<std::string> cells;
  const std::string decoded = text::is_valid_utf8(line) ? std::string(line) : text::decode(line, "windows-1252").text;
  if (!read_cells(decoded, separator, 2'000, cells)) return {};
  for (std::string& cell : cells) cell = column_name(cell);
  return cells;
}

/// Dates of the first records that prove whether the day or the month stands first.
DateOrder order_in(std::string_view records, const Layout& layout) {
  std::vector<std::string> cells;
  DateOrder order = DateOrder::unknown;
  while (!records.empty() && order == DateOrder::unknown) {
    read_cells(take_line(records), layout.separator, 2'000, cells);
    for (std::size_t i = 0; i < cells.size() && i < layout.columns.size() && order == DateOrder::unknown; ++i) {
      const auto column = column_named(layout.format, layout.columns[i]);
      if (column && column->field == Field::time) order = order_proved_by(cells[i]);
    }
  }
  return order;
}

std::optional<Layout> table_layout(std::string_view head) {
  std::string_view rest = head;
  for (std::size_t lines = 0; lines < kHeadings && !rest.empty(); ++lines) {
    auto line = take_line(rest);
    if (line.size() > kLongestHeader) return std::nullopt;
    if (line.starts_with("#TYPE ")) continue;
    if (line.starts_with('#') && !line.starts_with("#Fields:")) continue;
    if (line.starts_with("#Fields:")) line.remove_prefix(8);
    if (line.empty() || line.starts_with("sep=")) continue;
    const char separator = separator_of(line);
    if (separator == '\0') return std::nullopt;
    Layout layout;
    layout.cut = Cut::table;
    layout.separator = separator;
    layout.columns = column_names(line, separator);
    const auto format = format_of_columns(layout.columns);
    if (!format) return std::nullopt;
    layout.format = *format;
    layout.begin = head.size() - rest.size();
    layout.begin_line = lines + 2;
    layout.clock.order = order_in(rest, layout);
    return layout;
  }
  return std::nullopt;
}

/// PowerShell's Format-List: blocks of "Name : value", of which the first one tells the names.
std::optional<Layout> list_layout(std::string_view head) {
  std::string_view rest = head;
  Layout layout;
  layout.cut = Cut::list;
  std::vector<std::string> names;
  for (std::size_t lines = 0; lines < kLinesLooked && !rest.empty(); ++lines) {
    const std::size_t begin = head.size() - rest.size();
    const auto entry = list_entry(take_line(rest));
    if (!entry) continue;
    if (layout.first_key.empty()) {
      if (lines > kHeadings) return std::nullopt;
      layout.first_key = entry->first;
      layout.begin = begin;
      layout.begin_line = lines + 1;
    } else if (entry->first == layout.first_key) {
      break;
    }
    names.push_back(column_name(entry->first));
  }
  const auto format = format_of_columns(names);
  if (!format) return std::nullopt;
  layout.format = *format;
  return layout;
}

std::optional<Layout> mail_log_layout(std::string_view head) {
  std::size_t shaped = 0;
  std::size_t seen = 0;
  std::optional<Format> server;
  for (std::size_t lines = 0; !head.empty() && (lines < kLinesLooked || !server); ++lines) {
    const auto line = take_line(head);
    if (line.empty()) continue;
    ++seen;
    if (read_log_line(line)) ++shaped;
    // A syslog of several: the server's name before its filter's.
    if (const auto one = mail_server_of(line); one && (!server || *one == Format::postfix)) server = one;
    if (lines == kLinesLooked && shaped * 2 < seen) return std::nullopt;
  }
  if (!server || shaped * 2 < seen) return std::nullopt;
  Layout layout;
  layout.format = *server;
  layout.clock.basis = ZoneBasis::assumed;
  return layout;
}

std::optional<Layout> mapped_layout(std::string_view head, const Mappings& mappings) {
  for (std::size_t i = 0; i < mappings.size(); ++i) {
    const Mapping& mapping = *mappings[i];
    Layout layout;
    layout.mapping = static_cast<int>(i);
    layout.clock = mapping.clock;
    if (is_mapped_by(mapping, head) && mapping.line) return layout;
    if (mapping.line) continue;
    std::string_view rest = head;
    const auto first = take_line(rest);
    layout.cut = Cut::table;
    layout.separator = mapping.separator != '\0' ? mapping.separator : separator_of(first);
    if (mapping.has_header) {
      layout.columns = column_names(first, layout.separator);
      layout.begin = head.size() - rest.size();
      layout.begin_line = 2;
    }
    const bool has_columns = mapping.has_header && has_columns_of(mapping, layout.columns);
    if (mapping.recognise ? is_mapped_by(mapping, head) : has_columns) return layout;
  }
  return std::nullopt;
}

/// Whether text, its NUL bytes taken out, is that of no program's binary file.
bool is_plain(std::string_view text) {
  constexpr std::string_view kAllowed = "\t\n\v\f\r\x1B";
  return std::ranges::all_of(text.substr(0, std::min<std::size_t>(text.size(), 512)), [&](char c) {
    return static_cast<unsigned char>(c) >= 0x20 || kAllowed.find(c) != std::string_view::npos;
  });
}

std::optional<Encoding> utf16_of(std::string_view head) {
  if (head.starts_with("\xFF\xFE")) return Encoding::utf16le;
  if (head.starts_with("\xFE\xFF")) return Encoding::utf16be;
  if (head.size() >= 8 && head[0] != '\0' && head[1] == '\0' && head[2] != '\0' && head[3] == '\0') return Encoding::utf16le;
  return std::nullopt;
}

}  // namespace

void drop_nuls(std::string& bytes) {
  if (bytes.find('\0') != std::string::npos) std::erase(bytes, '\0');
}

std::string from_utf16(std::string_view bytes, Encoding encoding) {
  std::string text;
  text.reserve(bytes.size());
  const std::size_t low = encoding == Encoding::utf16le ? 0 : 1;
  const auto unit = [&](std::size_t at) {
    return static_cast<char32_t>(static_cast<unsigned char>(bytes[at + low]) |
                                 static_cast<unsigned>(static_cast<unsigned char>(bytes[at + 1 - low])) << 8U);
  };
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    char32_t value = unit(at);
    const bool is_high = value >= 0xD800 && value < 0xDC00;
    const char32_t next = is_high && at + 3 < bytes.size() ? unit(at + 2) : 0;
    if (is_high && next >= 0xDC00 && next < 0xE000) {
      value = 0x10000 + ((value - 0xD800) << 10U) + (next - 0xDC00);
      at += 2;
    } else if (value >= 0xD800 && value < 0xE000) {
      value = 0xFFFD;
    }
    append_utf8(text, value);
  }
  return text;
}

std::optional<Layout> layout_of(std::string_view head, const Mappings& mappings) {
  std::string converted;
  const auto utf16 = utf16_of(head);
  std::size_t mark = 0;
  if (utf16) {
    converted = from_utf16(head, *utf16);
    head = converted;
  } else if (head.find('\0') != std::string_view::npos) {
    converted = head;
    drop_nuls(converted);
    head = converted;
    if (!is_plain(head)) return std::nullopt;
  }
  if (head.starts_with("\xEF\xBB\xBF")) mark = 3;
  head.remove_prefix(mark);
  const bool carriage_returns = head.find('\n') == std::string_view::npos && head.find('\r') != std::string_view::npos;
  if (carriage_returns) {
    std::string lines(head);
    std::ranges::replace(lines, '\r', '\n');
    converted = std::move(lines);
    head = converted;
  }
  auto layout = mapped_layout(head, mappings);
  if (!layout) layout = json_layout(head);
  if (!layout) layout = table_layout(head);
  if (!layout) layout = list_layout(head);
  if (!layout) layout = mail_log_layout(head);
  if (!layout) return std::nullopt;
  layout->begin += mark;
  layout->carriage_returns = carriage_returns;
  layout->encoding = utf16.value_or(Encoding::utf8);
  return layout;
}

}  // namespace threadline::logs
