// SPDX-License-Identifier: Apache-2.0
#include "facts/transport/thread.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <unordered_set>

#include "base/ascii.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kHeaderBytes = 22, kChildBytes = 5;
/// FILETIME counts 100 ns since 1601 (MS-DTYP section 2.3.3).
constexpr std::int64_t kTicks = 10'000'000, kEpochDifference = 11'644'473'600;
/// A child holds 31 bits of a difference from bit 23 on: what is above is lost.
constexpr std::uint64_t kWide = std::uint64_t{1} << 54U;
/// 1980 and 2100: outside of them the header is no FILETIME (synthetic headers of Outlook, Zimbra's random bytes).
constexpr std::int64_t kEarliest = 315'532'800, kLatest = 4'102'444'800;

int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/// The bytes of a base64 text (RFC 4648 section 4), at most `limit` of them; empty when another character stands in it.
std::vector<std::uint8_t> base64_bytes(std::string_view text, std::size_t limit) {
  std::vector<std::uint8_t> bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    if (c == '=' || bytes.size() == limit) break;
    const int digit = base64_digit(c);
    if (digit < 0) return {};
    bits = (bits << 6U | static_cast<std::uint32_t>(digit)) & 0xffffffU;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push_back(static_cast<std::uint8_t>(bits >> static_cast<unsigned>(count)));
  }
  return bytes;
}

std::uint64_t big_endian(const std::uint8_t* bytes, std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value = value << 8U | bytes[i];
  return value;
}

Instant instant_of_filetime(std::uint64_t ticks) { return {static_cast<std::int64_t>(ticks) / kTicks - kEpochDifference, 0}; }

/// A GUID's usual print: its first three fields are little-endian (MS-DTYP section 2.3.4).
std::string guid_text(const std::uint8_t* bytes) {
  constexpr std::array<int, 16> kOrder = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < kOrder.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    const std::uint8_t byte = bytes[kOrder[i]];
    text += kHex[byte >> 4U];
    text += kHex[byte & 15U];
  }
  return text;
}

/// The time nearest to `near` whose low 54 bits are those of `raw`.
std::uint64_t nearest(std::uint64_t raw, std::uint64_t near) {
  const std::uint64_t low = near % kWide, want = raw % kWide;
  const std::uint64_t ahead = (want + kWide - low) % kWide;
  return ahead < kWide / 2 ? near + ahead : near - (kWide - ahead);
}

/// Child blocks: a difference from the block before. Exchange's form takes the first one from the header as the classic form
/// reads it, and lets a difference be negative; both come out by taking the nearest time with the same low bits.
std::vector<Instant> child_times(const std::vector<std::uint8_t>& bytes, std::uint64_t root, std::uint64_t raw) {
  std::vector<Instant> times;
  std::uint64_t before = root;
  for (std::size_t at = kHeaderBytes; at + kChildBytes <= bytes.size(); at += kChildBytes) {
    const std::uint64_t block = big_endian(&bytes[at], 4);
    const std::uint64_t difference = block & 0x7fffffffU;
    const bool wide = (block >> 31U) != 0;
    before = wide ? nearest(raw + (difference << 23U), before) : before + (difference << 18U);
    raw = before;
    times.push_back(instant_of_filetime(before));
  }
  return times;
}

/// Ids in order, each once, up to a limit.
class IdList {
 public:
  explicit IdList(std::size_t limit) : limit_(limit) {}

  /// Without the blanks that folding left inside. False at the limit: that id is left out.
  bool add(std::string_view id) {
    std::string whole;
    std::ranges::copy_if(id, std::back_inserter(whole), [](char c) { return !is_space(c); });
    if (whole.size() <= 2 || seen_.contains(whole)) return true;
    if (ids_.size() >= limit_) return false;
    seen_.insert(whole);
    ids_.push_back(std::move(whole));
    return true;
  }

  [[nodiscard]] std::vector<std::string> take() { return std::move(ids_); }

 private:
  std::size_t limit_;
  std::vector<std::string> ids_;
  std::unordered_set<std::string> seen_;
};

/// "left@right" and nothing else: words, quotes and comments are no id.
bool is_bare_id(std::string_view word) {
  const std::size_t at = word.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < word.size() && word.find('@', at + 1) == std::string_view::npos &&
         word.find_first_of("\"()<>[]:;,") == std::string_view::npos;
}

std::vector<std::string_view> words_of(std::string_view value) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < value.size();) {
    const std::size_t begin = value.find_first_not_of(" \t\r\n,", at);
    if (begin == std::string_view::npos) break;
    at = std::min(value.find_first_of(" \t\r\n,", begin), value.size());
    words.push_back(value.substr(begin, at - begin));
  }
  return words;
}

/// A field without any bracket whose every word could be an id ("a@x b@x"); beside other words it may be an address.
bool add_bare_ids(std::string_view value, IdList& ids) {
  const auto words = words_of(value);
  if (!std::ranges::all_of(words, is_bare_id)) return true;
  return std::ranges::all_of(words, [&](std::string_view word) { return ids.add("<" + std::string(word) + ">"); });
}

/// Message identifiers "<...>" in a field (RFC 5322 section 3.6.4); comments and words between them are left out.
bool add_ids(std::string_view value, IdList& ids) {
  if (value.find_first_of("<>") == std::string_view::npos) return add_bare_ids(value, ids);
  for (std::size_t at = value.find('<'); at != std::string_view::npos; at = value.find('<', at)) {
    const std::size_t close = value.find('>', at);
    if (close == std::string_view::npos) break;
    const std::size_t open = value.rfind('<', close);
    if (!ids.add(value.substr(open, close - open + 1))) return false;
    at = close + 1;
  }
  return true;
}

std::vector<std::string> message_ids(std::string_view value, std::size_t limit, std::vector<Note>& notes) {
  IdList ids(limit);
  if (!add_ids(value, ids)) notes.push_back({"limit", "references: further message-ids are left out", {}});
  return ids.take();
}

/// "Message of Ann <ann@x> of Monday <id>": References, where it names one of them, tells the id from the address.
std::string answered_id(const std::vector<std::string>& ids, const std::vector<std::string>& references) {
  if (ids.empty()) return {};
  const std::unordered_set<std::string_view> known(references.begin(), references.end());
  const auto found = std::ranges::find_if(ids, [&](const std::string& id) { return known.contains(id); });
  return found == ids.end() ? ids.front() : *found;
}

bool is_plausible(Instant at) { return at.seconds >= kEarliest && at.seconds <= kLatest; }

void note_damage(std::string reason, std::vector<Note>& notes) {
  notes.push_back({"malformed_thread_index", std::move(reason), {}});
}

std::optional<ThreadIndex> unreadable(std::string reason, std::vector<Note>& notes) {
  note_damage(std::move(reason), notes);
  return std::nullopt;
}

/// One byte more than the children that are read shows that there are more.
std::size_t bytes_read(const Limits& limits) { return kHeaderBytes + kChildBytes * std::size_t{limits.thread_index_children}; }

std::optional<ThreadIndex> index_of(std::vector<std::uint8_t> bytes, const Limits& limits, std::vector<Note>& notes) {
  if (bytes.size() > bytes_read(limits)) {
    notes.push_back({"limit", "thread_index_children: further children are left out", {}});
    bytes.resize(bytes_read(limits));
  }
  if (bytes.size() < kHeaderBytes) return unreadable("fewer than 22 bytes", notes);
  if (bytes[0] != 1) return unreadable("no header block", notes);
  const bool exchange = bytes[1] == 1;
  const std::uint64_t classic_root = big_endian(bytes.data(), 6) << 16U;
  const std::uint64_t root = exchange ? big_endian(&bytes[1], 5) << 24U : classic_root;
  ThreadIndex index{.form = exchange ? "exchange" : "classic",
                    .root_time = instant_of_filetime(root),
                    .guid = guid_text(&bytes[6]),
                    .child_times = child_times(bytes, root, classic_root)};
  if (!is_plausible(index.root_time)) return unreadable("the root's time is outside of 1980 to 2100", notes);
  if ((bytes.size() - kHeaderBytes) % kChildBytes != 0) note_damage("a child block is cut short", notes);
  const auto wild = std::ranges::find_if_not(index.child_times, is_plausible);
  if (wild != index.child_times.end()) note_damage("a child's time is outside of 1980 to 2100", notes);
  index.child_times.erase(wild, index.child_times.end());
  return index;
}

}  // namespace

std::optional<ThreadIndex> read_thread_index(std::string_view base64, const Limits& limits, std::vector<Note>& notes) {
  return index_of(base64_bytes(base64, bytes_read(limits) + 1), limits, notes);
}

std::optional<ThreadIndex> thread_index_of(std::string_view bytes, const Limits& limits, std::vector<Note>& notes) {
  bytes = bytes.substr(0, bytes_read(limits) + 1);
  return index_of({bytes.begin(), bytes.end()}, limits, notes);
}

ThreadLinks read_thread(const message::Message& message, const Limits& limits) {
  ThreadLinks links;
  const auto written = [&](std::string_view name, const std::string& beside) -> std::string_view {
    const auto* field = message.field(name);
    return field == nullptr ? std::string_view(beside) : std::string_view(field->value);
  };
  links.references = message_ids(written("References", message.references), limits.references, links.notes);
  links.in_reply_to =
      answered_id(message_ids(written("In-Reply-To", message.in_reply_to), limits.references, links.notes), links.references);
  if (const auto* index = message.field("Thread-Index"))
    links.index = read_thread_index(index->value, limits, links.notes);
  else if (!message.thread_index.empty())
    links.index = thread_index_of(message.thread_index, limits, links.notes);
  links.topic = written("Thread-Topic", message.thread_topic);
  return links;
}

}  // namespace threadline::facts
