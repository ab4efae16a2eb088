// SPDX-License-Identifier: Apache-2.0
#include "documents/compound.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "message/cfb.h"

namespace threadline::documents {
namespace {

struct Stream {
  std::string_view name;
  std::string_view kind;  ///< Document::kind
  std::string_view code;  ///< of the note; empty: none
  std::string_view words;
};
constexpr std::array kStreams{
    Stream{"EncryptedPackage", "office", "encrypted", "a password is needed"},
    Stream{"WordDocument", "doc", "format_not_supported", "a document of Word 97-2003"},
    Stream{"Workbook", "xls", "format_not_supported", "a workbook of Excel 97-2003"},
    Stream{"Book", "xls", "format_not_supported", "a workbook of Excel 5.0/95"},
    Stream{"PowerPoint Document", "ppt", "format_not_supported", "a presentation of PowerPoint 97-2003"},
    Stream{"VBA", "macros", "", ""},
    Stream{"PROJECT", "macros", "", ""}};
/// A file as an office program packs it: whole.
constexpr std::array<std::string_view, 2> kPacked{"Package", "CONTENTS"};

const Stream* stream_of(const message::CompoundFile& compound) {
  for (const Stream& stream : kStreams) {
    const auto is_this = [&](const message::CfbEntry& entry) { return message::is_cfb_name(entry.name, stream.name); };
    if (std::ranges::any_of(compound.entries(), is_this)) return &stream;
  }
  return nullptr;
}

/// The file in an Ole10Native stream: 4 bytes size, 2 bytes, name and path, 8 bytes, temporary path, 4 bytes size, the file.
std::string_view ole_native_file(std::string_view stream) {
  const auto number_at = [&](std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4 && at + i < stream.size(); ++i)
      number |= static_cast<std::uint32_t>(static_cast<unsigned char>(stream[at + i])) << (8 * i);
    return number;
  };
  std::size_t at = 6;
  for (int i = 0; i < 2 && at < stream.size(); ++i) at = std::min(stream.find('\0', at), stream.size()) + 1;
  at += 4;
  const std::size_t path = number_at(at);
  if (path > stream.size()) return {};
  at += 4 + path;
  return at + 4 <= stream.size() ? stream.substr(at + 4, number_at(at)) : std::string_view{};
}

/// The file that is packed in the stream, or nothing.
std::string_view packed_in(const message::CfbEntry& stream, std::string_view content) {
  const auto is_this = [&](std::string_view name) { return message::is_cfb_name(stream.name, name); };
  if (std::ranges::any_of(kPacked, is_this)) return content;
  return stream.name.find("Ole10Native") == std::string::npos ? std::string_view{} : ole_native_file(content);
}

/// Reads what is packed in it; answers whether there was anything.
bool read_packed(const message::CompoundFile& compound, const NamedBytes& file, Reading& reading) {
  std::string scratch;
  for (const message::CfbEntry& entry : compound.entries()) {
    if (entry.storage || reading.depth >= reading.limits.document_depth) continue;
    const auto bytes = packed_in(entry, compound.content(entry, scratch));
    if (bytes.empty()) continue;
    const std::string part = inside(file.part, "1");
    const std::string name = inside(file.name, "1");
    ++reading.depth;
    read_document({part, name, bytes}, reading);
    --reading.depth;
    return true;
  }
  return false;
}

}  // namespace

void read_compound(const NamedBytes& file, Reading& reading) {
  const message::CompoundFile compound(file.bytes, reading.limits);
  const Stream* stream = stream_of(compound);
  if (stream == nullptr && read_packed(compound, file, reading)) return;
  if (stream != nullptr && stream->code.empty()) return;
  Document document = document_of(file, std::string(stream == nullptr ? "compound" : stream->kind));
  const std::string_view code = stream == nullptr ? "format_not_supported" : stream->code;
  const std::string_view words = stream == nullptr ? "a compound file of another program" : stream->words;
  document.notes.push_back({std::string(code), std::string(words), {.part = document.part}});
  reading.documents.push_back(std::move(document));
}

}  // namespace threadline::documents
