// SPDX-License-Identifier: Apache-2.0
#include "message/tnef_stream.h"

#include <numeric>

namespace threadline::message {
namespace {

using namespace std::string_view_literals;

constexpr auto kIidMessage = "\x07\x03\x02\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46"sv;

std::string padded(std::string bytes) {
  bytes.append((4 - bytes.size() % 4) % 4, '\0');
  return bytes;
}

bool is_counted(std::uint16_t type) { return type == 0x1E || type == 0x1F || type == 0x102 || type == 0x0D; }

std::string one_value(std::uint16_t type, std::string bytes) {
  if (!is_counted(type)) return padded(std::move(bytes));
  if (type == 0x1E) bytes += '\0';
  if (type == 0x1F) bytes.append(2, '\0');
  const auto size = number_bytes(bytes.size(), 4);
  return size + padded(std::move(bytes));
}

std::string encapsulated_name(const MapiName& name) {
  if (name.number) return name.guid + number_bytes(0, 4) + number_bytes(*name.number, 4);
  const auto text = wide(name.text) + std::string(2, '\0');
  return name.guid + number_bytes(1, 4) + number_bytes(text.size(), 4) + padded(text);
}

}  // namespace

std::string number_bytes(std::uint64_t number, int size) {
  std::string bytes;
  for (int i = 0; i < size; ++i) bytes += static_cast<char>((number >> (8 * i)) & 0xFFU);
  return bytes;
}

std::string wide(std::string_view ascii) {
  std::string bytes;
  for (const char c : ascii) (bytes += c) += '\0';
  return bytes;
}

MapiProperty object_property(std::string bytes) {
  return {.id = 0x3701, .type = static_cast<std::uint16_t>(MapiType::object), .value = std::move(bytes), .values = {}};
}

TnefStream::TnefStream() : bytes_("\x78\x9F\x3E\x22\x01\x00"sv) {}

TnefStream& TnefStream::raw(std::string_view bytes) {
  bytes_ += bytes;
  return *this;
}

TnefStream& TnefStream::wrong_checksum() {
  bytes_.back() = static_cast<char>(bytes_.back() ^ 1);
  return *this;
}

TnefStream& TnefStream::write(char level, std::uint32_t attribute, std::string_view data) {
  const auto sum =
      std::accumulate(data.begin(), data.end(), 0U, [](unsigned total, char c) { return total + static_cast<unsigned char>(c); });
  bytes_ += level;
  bytes_ += number_bytes(attribute, 4) + number_bytes(data.size(), 4);
  bytes_ += data;
  bytes_ += number_bytes(sum, 2);
  return *this;
}

std::string file_rendering() { return number_bytes(1, 2) + std::string(4, '\xFF') + std::string(8, '\0'); }

std::string encapsulated(const MapiProperty& property, const MapiName* name) {
  auto bytes = number_bytes(property.type, 2) + number_bytes(property.id, 2);
  if (name != nullptr) bytes += encapsulated_name(*name);
  const auto type = static_cast<std::uint16_t>(property.type & 0x0FFFU);
  if ((property.type & 0x1000U) != 0) {
    bytes += number_bytes(property.values.size(), 4);
    for (const auto& one : property.values) bytes += one_value(type, one);
    return bytes;
  }
  if (is_counted(type)) bytes += number_bytes(1, 4);
  return bytes + one_value(type, property.value);
}

std::string property_list(const std::vector<std::string>& properties) {
  auto bytes = number_bytes(properties.size(), 4);
  for (const auto& one : properties) bytes += one;
  return bytes;
}

std::string embedded_stream(std::string_view stream) {
  return encapsulated(object_property(std::string(kIidMessage) + std::string(stream)));
}

}  // namespace threadline::message
