// SPDX-License-Identifier: Apache-2.0
#include "documents/pdf_structure.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "base/ascii.h"
#include "documents/pdf_properties.h"

namespace threadline::documents {
namespace {

constexpr std::string_view kEnd = "%%EOF";
constexpr std::string_view kTable = "startxref";
constexpr std::size_t kBeforeEnd = 64;   ///< bytes before an end-of-file mark in which `startxref` stands
constexpr std::size_t kTail = 2'048;     ///< bytes at the end of a file in which its last mark stands (readers look in 1,024)
constexpr std::size_t kHead = 1'024;     ///< in which a linearised file says so
constexpr std::size_t kBeforeTable = 8;  ///< white space that writers leave at the place that `startxref` names

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\0'; }

/// The number behind `startxref`, shortly before an end-of-file mark.
std::optional<std::uint64_t> named_table(std::string_view bytes, std::size_t mark) {
  const std::size_t from = mark - std::min(mark, kBeforeEnd);
  const std::string_view before = bytes.substr(from, mark - from);
  std::size_t at = before.rfind(kTable);
  if (at == std::string_view::npos) return std::nullopt;
  at += kTable.size();
  while (at < before.size() && is_space(before[at])) ++at;
  std::uint64_t offset = 0;
  const auto read = std::from_chars(before.data() + at, before.data() + before.size(), offset);
  return read.ec == std::errc{} ? std::optional(offset) : std::nullopt;
}

/// A table "xref", or a stream "12 0 obj".
bool is_table_at(std::string_view bytes, std::uint64_t offset) {
  if (offset >= bytes.size()) return false;
  std::string_view from = bytes.substr(static_cast<std::size_t>(offset), kBeforeTable + 4);
  while (!from.empty() && is_space(from.front())) from.remove_prefix(1);
  return from.starts_with("xref") || (!from.empty() && is_digit(from.front()));
}

/// Behind the mark and its line's end.
std::size_t end_of_line(std::string_view bytes, std::size_t at) {
  if (at < bytes.size() && bytes[at] == '\r') ++at;
  if (at < bytes.size() && bytes[at] == '\n') ++at;
  return at;
}

std::vector<std::size_t> state_ends(std::string_view bytes) {
  const std::size_t header = bytes.substr(0, kHead).find("%PDF-");
  const std::size_t start = header == std::string_view::npos ? 0 : header;
  bool is_first_of_linearised = bytes.substr(0, kHead).find("/Linearized") != std::string_view::npos;
  std::vector<std::size_t> ends;
  for (std::size_t mark = bytes.find(kEnd); mark != std::string_view::npos; mark = bytes.find(kEnd, mark + kEnd.size())) {
    const auto table = named_table(bytes, mark);
    if (std::exchange(is_first_of_linearised, false) || !table || *table == 0) continue;
    if (*table < mark && is_table_at(bytes.substr(0, mark), *table + start))
      ends.push_back(end_of_line(bytes, mark + kEnd.size()));
  }
  return ends;
}

bool contains(std::string_view bytes, std::string_view words) { return bytes.find(words) != std::string_view::npos; }

}  // namespace

PdfStructure pdf_structure(std::string_view bytes) {
  PdfStructure structure;
  structure.is_encrypted = contains(bytes, "/Encrypt");
  structure.is_cut = !contains(bytes.substr(bytes.size() - std::min(bytes.size(), kTail)), kEnd);
  structure.has_files = contains(bytes, "/EmbeddedFile") || contains(bytes, "#2Fxml") || contains(bytes, "#2fxml");
  structure.has_images = contains(bytes, "/Image");
  structure.ends = state_ends(bytes);
  if (!structure.ends.empty()) structure.ends.pop_back();
  if (!structure.is_encrypted) structure.properties = pdf_properties(bytes);
  return structure;
}

}  // namespace threadline::documents
