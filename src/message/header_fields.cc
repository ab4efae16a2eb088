// SPDX-License-Identifier: Apache-2.0
#include "message/header_fields.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "message/addresses.h"
#include "message/header_value.h"
#include "text/fold.h"
#include "text/mail_date.h"

namespace threadline::message {
namespace {

/// Fields that a message has at most once (RFC 5322 section 3.6, RFC 2045 section 3), lower case.
constexpr auto kSingleFields = std::to_array<std::string_view>({
    "from",  // the first (note_authors)
    "sender",
    "reply-to",
    "to",
    "cc",
    "bcc",
    "subject",
    "date",
    "message-id",
    "in-reply-to",
    "references",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
});

/// The address lists of a message; a field that stands twice gives the addresses of both.
struct AddressList {
  std::string_view field;
  std::vector<Address> Message::*list;
};
constexpr auto kAddressLists = std::to_array<AddressList>({
    {"from", &Message::from},
    {"reply-to", &Message::reply_to},
    {"to", &Message::to},
    {"cc", &Message::cc},
    {"bcc", &Message::bcc},
});

/// Reads the fields into the members that they are the source of.
class FieldReader {
 public:
  FieldReader(std::string charset_hint, const Limits& limits, Message& message)
      : message_(message), limits_(limits), hint_(std::move(charset_hint)) {}

  void read(const HeaderBlock& block) {
    message_.headers.reserve(block.fields.size());
    for (const auto& raw : block.fields) read_field(raw);
    note_authors();
  }

 private:
  void read_field(const RawField& raw) {
    HeaderField field{.name = std::string(raw.name),
                      .raw = std::string(raw.raw),
                      .value = {},
                      .offset = raw.offset,
                      .raw_offset = raw.raw_offset};
    const auto line = unfolded(raw.raw, hint_);
    field.value = decoded_words(line);
    message_.headers.push_back(std::move(field));
    const auto name = text::ascii_lower(raw.name.substr(0, 40));
    const auto span = Span{"header", raw.offset, raw.raw_offset + raw.raw.size() - raw.offset};
    const bool first = note_duplicate(name, span);
    if (!read_addresses_of(name, line, span) && first) read_single(name, message_.headers.back(), span);
  }

  /// Whether it is the first of its name; further ones of a single field are noted.
  bool note_duplicate(const std::string& name, const Span& span) {
    const auto* single = std::ranges::find(kSingleFields, std::string_view(name));
    if (single == kSingleFields.end()) return true;
    auto& count = counts_[static_cast<std::size_t>(single - kSingleFields.begin())];
    ++count;
    if (count == 2) message_.notes.push_back({"duplicate_header", message_.headers.back().name, span});
    return count == 1;
  }

  bool read_addresses_of(const std::string& name, const std::string& line, const Span& span) {
    const auto* entry = std::ranges::find(kAddressLists, std::string_view(name), &AddressList::field);
    if (entry == kAddressLists.end()) return false;
    auto found = read_addresses(line, limits_);
    note_odd_address(found, span);
    auto& list = message_.*(entry->list);
    const auto room = limits_.addresses - std::min<std::size_t>(limits_.addresses, list.size());
    if (found.list.size() > room) found.cut = true;
    if (found.cut)
      message_.notes.push_back({"limit", fmt::format("addresses: further addresses of {} are left out", name), span});
    found.list.resize(std::min(found.list.size(), room));
    std::ranges::move(found.list, std::back_inserter(list));
    return true;
  }

  void note_odd_address(const Addresses& found, const Span& span) {
    if (!found.has_two_domains) return;
    message_.notes.push_back(
        {"malformed_header", message_.headers.back().name + ": an address with two domains leads to the last one", span});
  }

  /// Several authors in one From need a Sender (RFC 5322 section 3.6.2); many clients show the first of them alone.
  void note_authors() {
    const bool is_duplicate = counts_[0] > 1;  // said already
    if (message_.from.size() < 2 || message_.sender || is_duplicate) return;
    const auto from = std::ranges::find_if(message_.headers,
                                           [](const HeaderField& field) { return text::equal_ascii_nocase(field.name, "from"); });
    const Span span{"header", from->offset, from->raw_offset + from->raw.size() - from->offset};
    message_.notes.push_back({"malformed_header", "From: several authors, and no Sender", span});
  }

  void read_single(const std::string& name, const HeaderField& field, const Span& span) {
    if (name == "subject") {
      message_.subject = field.value;
    } else if (name == "message-id") {
      message_.message_id = message_id_of(field.value);
    } else if (name == "date") {
      read_date(field, span);
    } else if (name == "sender") {
      auto found = read_addresses(unfolded(field.raw, hint_), limits_);
      note_odd_address(found, span);
      if (!found.list.empty()) message_.sender = std::move(found.list.front());
    } else if (name == "return-path" && message_.return_path.empty()) {
      message_.return_path = path_of(field.value);
    }
  }

  void read_date(const HeaderField& field, const Span& span) {
    message_.date = text::read_mail_date(field.value);
    if (!message_.date) message_.notes.push_back({"malformed_date", field.value.substr(0, 200), span});
  }

  Message& message_;
  const Limits& limits_;
  std::string hint_;
  std::array<std::uint32_t, kSingleFields.size()> counts_{};
};

}  // namespace

void read_header_fields(const HeaderBlock& block, std::string charset_hint, const Limits& limits, Message& into) {
  FieldReader(std::move(charset_hint), limits, into).read(block);
}

}  // namespace threadline::message
