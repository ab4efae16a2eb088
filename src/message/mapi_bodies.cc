// SPDX-License-Identifier: Apache-2.0
#include "message/mapi_bodies.h"

#include <cstdint>
#include <string>
#include <utility>

#include "message/lzfu.h"
#include "message/mapi_ids.h"
#include "message/rtf.h"
#include "message/text_part.h"
#include "text/code_page.h"
#include "text/utf16.h"

namespace threadline::message {
namespace {

bool is_type(const MapiProperty& property, MapiType type) { return property.type == static_cast<std::uint16_t>(type); }

const MapiProperty* filled(const MapiProperties& properties, std::uint16_t id) {
  const auto* property = properties.find(id);
  return property == nullptr || property->value.empty() ? nullptr : property;
}

/// A body as Text; `charset` is that of 8-bit bytes.
void add_body(const ObjectReading& reading, const MapiProperty& property, const std::string& charset, Text text, Message& into) {
  auto decoded = is_type(property, MapiType::unicode)
                     ? text::decode_utf16le(std::string_view(property.value).substr(0, 2 * (reading.limits.text_bytes + 1)))
                     : decode_text(property.value, charset, text.part, reading.limits, reading.notes);
  while (decoded.text.ends_with('\0')) decoded.text.pop_back();
  into.parts.push_back({text.part, text.html ? "text/html" : "text/plain", decoded.charset, property.value.size()});
  text.charset = std::move(decoded.charset);
  text.content = std::move(decoded.text);
  add_text(std::move(text), reading.limits, reading.notes, into);
}

std::string html_charset(const ObjectReading& reading, const MapiProperty& property) {
  const std::string_view html = property.value;
  if (html.starts_with("\xFF\xFE") || html.starts_with("\xFE\xFF")) return "utf-16";
  if (is_type(property, MapiType::string8)) return reading.strings.charset();
  const auto code_page = static_cast<std::uint32_t>(number_in(reading.object.properties, pid::internet_code_page));
  auto charset = text::charset_of_code_page(code_page);
  return charset.empty() ? html_meta_charset(html) : charset;
}

void take_notes(std::vector<Note> notes, NoteList& into) {
  for (auto& note : notes) {
    if (note.span.part.empty()) note.span.part = "rtf";
    into.add(std::move(note));
  }
}

void read_rtf_body(const ObjectReading& reading, const MapiProperty& property, Message& into) {
  auto rtf = read_compressed_rtf(property.value, reading.limits);
  take_notes(std::move(rtf.notes), reading.notes);
  if (rtf.bytes.empty()) return;
  auto content = read_rtf(rtf.bytes, reading.limits);
  take_notes(std::move(content.notes), reading.notes);
  into.parts.push_back({"rtf", "text/rtf", {}, rtf.bytes.size()});
  add_text({.part = "rtf",
            .html = content.form == RtfForm::from_html,
            .attached = false,
            .charset = "utf-8",
            .content = std::move(content.content)},
           reading.limits, reading.notes, into);
}

}  // namespace

void read_bodies(const ObjectReading& reading, Message& into) {
  const auto& properties = reading.object.properties;
  if (const auto* plain = filled(properties, pid::body)) {
    add_body(reading, *plain, reading.strings.charset(), {.part = "body", .html = false, .charset = {}, .content = {}}, into);
  }
  if (const auto* html = filled(properties, pid::html)) {
    add_body(reading, *html, html_charset(reading, *html), {.part = "html", .html = true, .charset = {}, .content = {}}, into);
  }
  if (const auto* rtf = filled(properties, pid::rtf_compressed)) read_rtf_body(reading, *rtf, into);
}

}  // namespace threadline::message
