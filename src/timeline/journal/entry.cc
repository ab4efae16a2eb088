// SPDX-License-Identifier: Apache-2.0
#include "timeline/journal/entry.h"

#include "base/sha256.h"

namespace threadline::timeline::journal {
namespace {

constexpr std::string_view kDomain = "threadline journal 1 line\n";
constexpr int kDepth = 64;  ///< objects and lists in each other; ours are below 12
constexpr std::size_t kMembers = 7;

Error broken(const std::string& what) { return {what, {}, {}}; }

/// Counts brackets outside strings: nlohmann's writer is recursive.
bool is_too_deep(std::string_view line) {
  int depth = 0;
  bool in_text = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char byte = line[at];
    if (in_text) {
      if (byte == '\\') ++at;
      if (byte == '"') in_text = false;
      continue;
    }
    if (byte == '"') in_text = true;
    if (byte == '{' || byte == '[') ++depth;
    if (byte == '}' || byte == ']') --depth;
    if (depth > kDepth) return true;
  }
  return false;
}

bool has_members(const Sorted& json) {
  const auto is_text = [&](const char* key) { return json.contains(key) && json[key].is_string(); };
  return json.size() == kMembers && is_text("type") && is_text("at") && is_text("by") && is_text("prev") &&
         json.contains("seq") && json["seq"].is_number_unsigned() && json.contains("body") && json["body"].is_object() &&
         json.contains("v");
}

}  // namespace

std::string canonical(const Sorted& json) { return json.dump(-1, ' ', false, Sorted::error_handler_t::replace); }

std::string line_of(const Entry& entry) {
  return canonical({{"v", kVersion},
                    {"seq", entry.seq},
                    {"type", entry.type},
                    {"at", entry.at},
                    {"by", entry.by},
                    {"prev", entry.prev},
                    {"body", entry.body}});
}

std::string hash_of(std::string_view line) {
  Sha256 digest;
  digest.add(kDomain);
  digest.add(line);
  return digest.hex();
}

Result<Entry> read_entry(std::string_view line, Strictness strictness) {
  if (is_too_deep(line)) return tl::unexpected(broken("too many levels"));
  Sorted json = Sorted::parse(line, nullptr, false);
  if (json.is_discarded() || !json.is_object()) return tl::unexpected(broken("is not a JSON object"));
  if (!json.contains("v") || json["v"] != kVersion) return tl::unexpected(broken("is not of format version 1"));
  if (!has_members(json)) return tl::unexpected(broken("has not the members of an entry"));
  if (strictness == Strictness::canonical && canonical(json) != line) return tl::unexpected(broken("is not in canonical form"));
  return Entry{json["seq"].get<std::uint64_t>(), json["type"].get<std::string>(), json["at"].get<std::string>(),
               json["by"].get<std::string>(),    json["prev"].get<std::string>(), std::move(json["body"])};
}

std::string text_in(const Sorted& object, std::string_view key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  return found == object.end() || !found->is_string() ? std::string() : found->get<std::string>();
}

std::uint64_t count_in(const Sorted& object, std::string_view key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  return found == object.end() || !found->is_number_unsigned() ? 0 : found->get<std::uint64_t>();
}

const Sorted& member(const Sorted& object, std::string_view key) {
  static const Sorted kEmpty = Sorted::object();
  const auto found = object.is_object() ? object.find(key) : object.end();
  return found == object.end() ? kEmpty : *found;
}

}  // namespace threadline::timeline::journal
