// SPDX-License-Identifier: Apache-2.0
#include "timeline/json_text.h"

#include "text/charset.h"
#include "timeline/json.h"

namespace threadline::timeline {
namespace {

/// Source: RFC 8259 section 7; control characters without a short form as "\u001f".
void append_escaped(std::string& to, char c) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  switch (c) {
    case '"': to += "\\\""; return;
    case '\\': to += "\\\\"; return;
    case '\b': to += "\\b"; return;
    case '\f': to += "\\f"; return;
    case '\n': to += "\\n"; return;
    case '\r': to += "\\r"; return;
    case '\t': to += "\\t"; return;
    default: break;
  }
  const auto byte = static_cast<unsigned char>(c);
  to += "\\u00";
  to += kDigits[byte >> 4U];
  to += kDigits[byte & 15U];
}

template <class List, class Append>
void append_list(std::string& to, const List& list, const Append& append) {
  to += '[';
  bool is_first = true;
  for (const auto& one : list) {
    if (!is_first) to += ',';
    is_first = false;
    append(one);
  }
  to += ']';
}

}  // namespace

void append_json(std::string& to, std::string_view text) {
  if (!text::is_valid_utf8(text)) {
    to += dumped(Json(text));
    return;
  }
  to += '"';
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (static_cast<unsigned char>(text[at]) >= 0x20 && text[at] != '"' && text[at] != '\\') continue;
    to += text.substr(from, at - from);
    append_escaped(to, text[at]);
    from = at + 1;
  }
  to += text.substr(from);
  to += '"';
}

void append_json(std::string& to, const std::string& text) { append_json(to, std::string_view(text)); }

void append_json(std::string& to, std::uint64_t number) { to += std::to_string(number); }

void append_json(std::string& to, double number) { to += dumped(Json(number)); }

void append_json(std::string& to, const std::optional<std::string>& text) {
  if (text)
    append_json(to, *text);
  else
    to += "null";
}

void append_json(std::string& to, const std::vector<std::string>& list) {
  append_list(to, list, [&to](const std::string& one) { append_json(to, one); });
}

void append_json(std::string& to, const Span& span) {
  if (is_nowhere(span)) {
    to += "null";
    return;
  }
  ObjectText object(to);
  object.add("part", span.part);
  object.add("offset", span.offset);
  object.add("length", span.length);
}

void append_json(std::string& to, const Value& value) {
  if (const auto* text = value.text()) return append_json(to, *text);
  if (const auto* list = value.list()) return append_list(to, *list, [&to](const Value& one) { append_json(to, one); });
  if (const auto* members = value.object()) {
    ObjectText object(to);
    for (const auto& [key, one] : *members) object.add(key, one);
  } else if (const auto* boolean = value.boolean()) {
    to += *boolean ? "true" : "false";
  } else if (const auto* integer = value.integer()) {
    to += std::to_string(*integer);
  } else if (const auto* number = value.number()) {
    append_json(to, *number);
  } else {
    to += "null";
  }
}

void append_json(std::string& to, const std::vector<findings::Because>& because) {
  append_list(to, because, [&to](const findings::Because& one) {
    ObjectText object(to);
    object.add("text", one.text);
    object.add("span", one.span);
  });
}

std::string& ObjectText::begin(std::string_view key) {
  if (!is_first_) to_ += ',';
  is_first_ = false;
  append_json(to_, key);
  to_ += ':';
  return to_;
}

std::string evidence_text(const findings::Finding& finding) {
  std::string text;
  {
    ObjectText object(text);
    if (const auto* members = finding.evidence.object()) {
      for (const auto& [key, value] : *members) object.add(key, value);
    }
    object.add("because", finding.because);
  }
  return text;
}

}  // namespace threadline::timeline
