// SPDX-License-Identifier: Apache-2.0
#include "message/mapi_people.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "message/mapi_ids.h"
#include "message/one_off_entry.h"
#include "text/fold.h"
#include "text/mailbox.h"

namespace threadline::message {
namespace {

using namespace std::string_view_literals;

/// Where one person's parts stand; 0: nowhere.
struct PersonIds {
  std::uint16_t name;
  std::uint16_t other_name;
  std::uint16_t smtp;
  std::uint16_t type;
  std::uint16_t address;
  std::uint16_t entry;
  std::uint16_t search_key;
};
constexpr PersonIds kSender{.name = pid::sender_name,
                            .other_name = 0,
                            .smtp = pid::sender_smtp_address,
                            .type = pid::sender_address_type,
                            .address = pid::sender_email_address,
                            .entry = pid::sender_entry_id,
                            .search_key = pid::sender_search_key};
constexpr PersonIds kSentRepresenting{.name = pid::sent_representing_name,
                                      .other_name = 0,
                                      .smtp = pid::sent_representing_smtp_address,
                                      .type = pid::sent_representing_address_type,
                                      .address = pid::sent_representing_email_address,
                                      .entry = pid::sent_representing_entry_id,
                                      .search_key = pid::sent_representing_search_key};
constexpr PersonIds kRecipient{.name = pid::display_name,
                               .other_name = pid::recipient_display_name,
                               .smtp = pid::smtp_address,
                               .type = pid::address_type,
                               .address = pid::email_address,
                               .entry = pid::entry_id,
                               .search_key = pid::search_key};

/// One "@" with something on both sides, and no X.500 or path.
bool looks_like_address(std::string_view text) {
  const auto at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() && text.find('@', at + 1) == std::string_view::npos &&
         text.find_first_of("/ \t<>\"") == std::string_view::npos;
}

/// Outlook puts quotes around a name that it does not know.
std::string without_quotes(std::string text) {
  while (text.size() >= 2 && text.front() == text.back() && (text.front() == '\'' || text.front() == '"')) {
    text = text.substr(1, text.size() - 2);
  }
  return text;
}

/// "SMTP:A@B.EXAMPLE" of a search key, which is upper case by definition: an address in lower case, or empty.
std::string address_of_search_key(std::string_view key) {
  if (!text::equal_ascii_nocase(key.substr(0, 5), "SMTP:")) return {};
  auto address = text::ascii_lower(key.substr(5, key.find('\0') == std::string_view::npos ? key.npos : key.find('\0') - 5));
  return looks_like_address(address) ? address : std::string();
}

std::string_view bytes_of(const MapiProperties& properties, std::uint16_t id) {
  const auto* property = properties.find(id);
  return property == nullptr ? std::string_view() : std::string_view(property->value);
}

std::string address_of(const MapiProperties& properties, const PersonIds& ids, const StringReader& strings) {
  auto smtp = without_quotes(strings.line(properties, ids.smtp));
  if (looks_like_address(smtp)) return smtp;
  const auto type = strings.line(properties, ids.type);
  auto written = without_quotes(strings.line(properties, ids.address));
  if (text::equal_ascii_nocase(type, "SMTP") && !written.starts_with('/')) return written;
  const bool untold = type.empty() || text::equal_ascii_nocase(type, "UNKNOWN");
  if (untold && looks_like_address(written)) return written;
  auto entry = read_one_off_entry(bytes_of(properties, ids.entry), strings.charset());
  if (looks_like_address(entry.address)) return entry.address;
  return address_of_search_key(bytes_of(properties, ids.search_key));
}

Address person_of(const MapiProperties& properties, const PersonIds& ids, const StringReader& strings) {
  Address person{.name = without_quotes(strings.line(properties, ids.name)), .address = address_of(properties, ids, strings)};
  if (person.name.empty() && ids.other_name != 0) person.name = without_quotes(strings.line(properties, ids.other_name));
  return person;
}

std::optional<Address> person_if_any(const MapiProperties& properties, const PersonIds& ids, const StringReader& strings) {
  auto person = person_of(properties, ids, strings);
  if (person.name.empty() && person.address.empty()) return std::nullopt;
  return person;
}

/// A sender inside an organisation has an X.500 name alone; what the header calls him is the address that others saw.
void complete_sender(const ObjectReading& reading, Message& into) {
  const auto from_header = into.from;
  const auto header_sender = std::exchange(into.sender, std::nullopt);
  into.sender = person_if_any(reading.object.properties, kSender, reading.strings);
  into.sent_representing = person_if_any(reading.object.properties, kSentRepresenting, reading.strings);
  if (into.sender && into.sender->address.empty()) {
    if (header_sender) {
      into.sender->address = header_sender->address;
    } else if (from_header.size() == 1) {
      into.sender->address = from_header.front().address;
    }
  }
  if (!into.sender) into.sender = header_sender;
  if (!into.from.empty()) return;
  if (const auto& author = into.sent_representing ? into.sent_representing : into.sender) into.from.push_back(*author);
}

/// The low bits are the type, the others say that a resend is due. Source: MS-OXCMSG section 2.2.3.1.2, MS-OXOMSG section 2.2.3.
std::vector<Address>* list_of_type(std::uint64_t type, Message& into) {
  switch (type & 0xFU) {
    case 1: return &into.to;
    case 2: return &into.cc;
    case 3: return &into.bcc;
    default: return nullptr;  // the originator
  }
}

void read_recipients(const ObjectReading& reading, Message& into) {
  bool first = true;
  for (const auto& row : reading.object.recipients) {
    auto person = person_if_any(row, kRecipient, reading.strings);
    auto* list = list_of_type(number_in(row, pid::recipient_type, 1), into);
    if (!person || list == nullptr) continue;
    if (std::exchange(first, false)) {
      into.to.clear();
      into.cc.clear();
      into.bcc.clear();
    }
    if (list->size() >= reading.limits.addresses) {
      reading.notes.add("limit", "addresses: further recipients are left out");
      return;
    }
    list->push_back(std::move(*person));
  }
}

/// "A; B" as shown in a list of messages: names, and addresses only where a name is one.
void read_display_list(const ObjectReading& reading, std::uint16_t id, std::vector<Address>& into) {
  for (auto& one : text::read_mailboxes(reading.strings.line(reading.object.properties, id))) {
    if (into.size() >= reading.limits.addresses) return;
    into.push_back({without_quotes(std::move(one.name)), std::move(one.address)});
  }
}

void read_display_lists(const ObjectReading& reading, Message& into) {
  if (!into.to.empty() || !into.cc.empty() || !into.bcc.empty()) return;
  read_display_list(reading, pid::display_to, into.to);
  read_display_list(reading, pid::display_cc, into.cc);
  read_display_list(reading, pid::display_bcc, into.bcc);
}

void read_reply_to(const ObjectReading& reading, Message& into) {
  if (!into.reply_to.empty()) return;
  const auto& properties = reading.object.properties;
  into.reply_to =
      read_flat_entry_list(bytes_of(properties, pid::reply_recipient_entries), reading.strings.charset(), reading.limits);
  if (into.reply_to.empty()) read_display_list(reading, pid::reply_recipient_names, into.reply_to);
}

constexpr auto kAddressSet = "\x04\x20\x06\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46"sv;  ///< PSETID_Address

struct ContactAddress {
  std::uint32_t display_name;
  std::uint32_t type;
  std::uint32_t address;
  std::uint32_t entry;
};
/// PidLidEmail1..3. Source: MS-OXOCNTC section 2.2.1.2.
constexpr auto kContactAddresses = std::to_array<ContactAddress>({
    {0x8080, 0x8082, 0x8083, 0x8085},
    {0x8090, 0x8092, 0x8093, 0x8095},
    {0x80A0, 0x80A2, 0x80A3, 0x80A5},
});

void read_contacts(const ObjectReading& reading, Message& into) {
  const auto& object = reading.object;
  const auto id = [&object](std::uint32_t number) { return id_of_name(object, kAddressSet, number); };
  for (const auto& [name, type, address, entry] : kContactAddresses) {
    if (id(address) == 0 && id(entry) == 0) continue;
    const PersonIds ids{.name = id(name),
                        .other_name = pid::display_name,
                        .smtp = 0,
                        .type = id(type),
                        .address = id(address),
                        .entry = id(entry),
                        .search_key = 0};
    auto person = person_of(object.properties, ids, reading.strings);
    if (!person.address.empty()) into.contacts.push_back(std::move(person));
  }
}

}  // namespace

void read_people(const ObjectReading& reading, Message& into) {
  complete_sender(reading, into);
  read_recipients(reading, into);
  read_display_lists(reading, into);
  read_reply_to(reading, into);
  if (!reading.object.names.empty()) read_contacts(reading, into);
}

}  // namespace threadline::message
