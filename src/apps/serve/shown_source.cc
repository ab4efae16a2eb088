// SPDX-License-Identifier: Apache-2.0
#include "apps/serve/shown_source.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "message/read_message.h"
#include "text/allowed_html.h"

namespace threadline::apps::serve {
namespace {

using Json = nlohmann::ordered_json;

const message::Message* named(const message::Message& message, const std::string& sha256) {
  if (message.sha256 == sha256) return &message;
  for (const message::Message& attached : message.messages) {
    if (const auto* found = named(attached, sha256)) return found;
  }
  return nullptr;
}

/// The header as it is: fields where they stand, so that the spans of part "header" count in it.
std::string header_of(const message::Message& message, std::string_view bytes, bool is_outermost, std::uint64_t most) {
  if (is_outermost && message.header_length <= bytes.size() && message.header_length > 0)
    return std::string(bytes.substr(0, std::min(message.header_length, most)));
  std::string header;
  for (const auto& field : message.headers) {
    if (field.offset > most || header.size() > most) break;
    if (header.size() < field.offset) header.resize(field.offset, '\n');
    header += field.name + ":" + field.raw + "\n";
  }
  return header;
}

std::string cut(std::string_view text, std::uint64_t most) { return std::string(text.substr(0, most)); }

}  // namespace

std::string shown_source(std::string_view bytes, const std::string& sha256, const Limits& limits) {
  const message::Message carrier = message::read_message(bytes, limits);
  const message::Message* message = named(carrier, sha256);
  if (message == nullptr) return "{}";
  const bool is_outermost = message == &carrier;
  Json shown = Json::object();
  shown["header"] = header_of(*message, bytes, is_outermost, limits.view_bytes);
  shown["raw"] = is_outermost && message->format == "eml" ? Json(cut(bytes, limits.view_bytes)) : Json(nullptr);
  shown["is_cut"] = bytes.size() > limits.view_bytes;
  shown["parts"] = Json::array();
  shown["html"] = nullptr;
  for (const auto& text : message->texts) {
    shown["parts"].push_back({{"part", text.part},
                              {"type", text.html ? "text/html" : "text/plain"},
                              {"attached", text.attached},
                              {"text", cut(text.content, limits.view_bytes)}});
    if (!text.html || text.attached || !shown["html"].is_null()) continue;
    const text::AllowedHtml allowed = text::allowed_html(text.content, limits);
    shown["html"] = allowed.html;
    shown["left_out"] = {{"elements", allowed.left_out.elements}, {"links", allowed.left_out.links}};
    shown["is_cut"] = shown["is_cut"].get<bool>() || allowed.left_out.is_cut;
  }
  return shown.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace threadline::apps::serve
