// SPDX-License-Identifier: Apache-2.0
#include "facts/transport/dkim_key.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include <fmt/format.h>

#include "facts/transport/dkim_tags.h"
#include "text/base64.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr std::string_view kBranch = "._domainkey";

/// What may stand between the owner and the record: class, type, and what nslookup prints.
constexpr auto kZoneWords = std::to_array<std::string_view>({"in", "txt", "text", "="});

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

/// Takes the next word off the text.
std::string_view next_word(std::string_view& text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  const auto end = static_cast<std::size_t>(std::ranges::find_if(text, is_blank) - text.begin());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

/// One record of the file, with the lines that parentheses join to its first.
struct Entry {
  std::size_t line = 0;  ///< of the file, from 1
  std::string text;
};

/// Whether a parenthesis outside of quotes is still open: of a zone file, where it ends the line or strings stand in it.
bool is_open(std::string_view text) {
  bool quoted = false, open = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      quoted = !quoted;
    } else if (!quoted && (text[at] == '(' || text[at] == ')')) {
      open = text[at] == '(';
    }
  }
  return open && (text.find('"') != std::string_view::npos || text::trimmed(text).ends_with('('));
}

bool is_comment(std::string_view line) {
  const std::string_view trimmed = text::trimmed(line);
  return trimmed.empty() || trimmed.front() == '#' || trimmed.front() == ';';
}

std::vector<Entry> entries_of(std::string_view text) {
  std::vector<Entry> entries;
  bool open = false;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!open && is_comment(line)) continue;
    if (open) {
      entries.back().text.append(" ").append(line);
      open = line.find(')') == std::string_view::npos;
    } else {
      entries.push_back({number, std::string(line)});
      open = is_open(line);
    }
  }
  return entries;
}

/// The quoted strings of a zone file joined, escapes undone; `behind` is what follows the last one.
std::string joined_strings(std::string_view text, std::string_view& behind) {
  std::string record;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') {
      quoted = !quoted;
      behind = text.substr(at + 1);
    } else if (quoted) {
      if (text[at] == '\\' && at + 1 < text.size()) ++at;
      record += text[at];
    }
  }
  return record;
}

/// A record without quotes: class and type, then the text to the end of the line ("\;" is ";").
std::string bare_record(std::string_view text) {
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view word = next_word(rest);
    const bool is_time = !word.empty() && std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
    if (!is_time && std::ranges::find(kZoneWords, text::ascii_lower(word)) == kZoneWords.end()) break;
    text = rest;
  }
  std::string record;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    record += text[at];
  }
  return std::string(text::trimmed(record));
}

/// "; ----- DKIM key s1 for firm.example": how opendkim-genkey names the domain.
std::string_view domain_in_comment(std::string_view behind) {
  const std::size_t place = behind.find(" for ");
  if (place == std::string_view::npos) return {};
  behind.remove_prefix(place + 5);
  return next_word(behind);
}

std::string without_dot(std::string_view name) {
  while (name.ends_with('.')) name.remove_suffix(1);
  return text::ascii_lower(name);
}

/// "s1._domainkey.firm.example", or empty.
std::string full_name(std::string_view owner, std::string_view domain) {
  const std::string name = without_dot(owner);
  const std::size_t branch = name.find(kBranch);
  if (branch == 0 || branch == std::string::npos) return {};
  if (name.size() > branch + kBranch.size()) return name[branch + kBranch.size()] == '.' ? name : std::string{};
  return domain.empty() ? std::string{} : name + "." + without_dot(domain);
}

struct Named {
  std::string name, record;
};

Named read_entry(std::string_view text, std::string_view origin) {
  Named named;
  std::string_view rest = text, behind;
  const std::string_view first = next_word(rest);
  const bool is_in_branch = text::ascii_lower(origin).starts_with(kBranch.substr(1)) && first.find('.') == std::string_view::npos;
  const bool is_owner = is_in_branch || text::ascii_lower(first).find(kBranch) != std::string::npos;
  const std::string_view selector = is_owner ? std::string_view{} : next_word(rest);
  const bool is_quoted = rest.find('"') != std::string_view::npos;
  named.record = is_quoted ? joined_strings(rest, behind) : bare_record(rest);
  const std::string_view told = domain_in_comment(behind);
  if (is_in_branch) {
    named.name = full_name(std::string(first) + "." + std::string(origin), {});
    return named;
  }
  named.name =
      is_owner ? full_name(first, told.empty() ? origin : told) : full_name(std::string(selector).append(kBranch), first);
  return named;
}

}  // namespace

Result<DkimKeys> read_dkim_keys(std::string_view text, const std::string& path) {
  DkimKeys keys;
  std::string origin;
  for (const Entry& entry : entries_of(text)) {
    std::string_view rest = entry.text;
    const std::string_view first = next_word(rest);
    if (text::equal_ascii_nocase(first, "$origin")) origin = next_word(rest);
    if (first.starts_with('$')) continue;
    Named named = read_entry(entry.text, origin);
    const bool is_record = tag_value(read_tags(named.record), "p").has_value();
    if (named.name.empty() || !is_record) {
      return tl::unexpected(Error{fmt::format("line {}: {}", entry.line, named.name.empty() ? "no selector" : "no key record"),
                                  path, "one a line: selector._domainkey.domain v=DKIM1; k=rsa; p=..."});
    }
    auto& records = keys[named.name];
    if (std::ranges::find(records, named.record) == records.end()) records.push_back(std::move(named.record));
  }
  return keys;
}

DkimKey read_dkim_key(std::string_view record) {
  DkimKey key;
  const std::vector<Tag> tags = read_tags(record);
  const std::string kind = text::ascii_lower(tag_value(tags, "k").value_or("rsa"));
  key.kind = kind == "ed25519" ? KeyKind::ed25519 : KeyKind::rsa;
  key.bytes = text::decode_base64(tag_value(tags, "p").value_or(std::string_view{}));
  key.algorithms = colon_items(tag_value(tags, "h").value_or(std::string_view{}));
  key.flags = colon_items(tag_value(tags, "t").value_or(std::string_view{}));
  if (kind != "rsa" && kind != "ed25519") key.problem = "unknown kind of key";
  if (tag_value(tags, "v").value_or("DKIM1") != "DKIM1") key.problem = "unknown version of the key record";
  if (key.problem.empty() && key.bytes.empty()) key.problem = "key revoked";
  return key;
}

}  // namespace threadline::facts
