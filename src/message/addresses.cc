// SPDX-License-Identifier: Apache-2.0
#include "message/addresses.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_set>

#include "message/address_phrases.h"
#include "message/gmime_setup.h"
#include "message/header_value.h"
#include "message/owned.h"
#include "text/charset.h"
#include "text/mailbox.h"

namespace threadline::message {
namespace {

std::string text_of(const char* text) { return text == nullptr ? std::string() : text::valid_utf8(text); }

/// Up to the next blank or mark of an address list; 0 where one stands.
std::size_t word_length(std::string_view text) { return std::min(text.find_first_of(" \t\r\n,;:<>()\"\\"), text.size()); }

/// Characters outside ASCII stand in it.
bool is_wide(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

/// The addresses of a field that hold characters outside ASCII.
std::unordered_set<std::string_view> wide_addresses(std::string_view written) {
  std::unordered_set<std::string_view> found;
  for (std::size_t at = 0; at < written.size();) {
    const std::string_view word = written.substr(at, word_length(written.substr(at)));
    if (word.find('@') != std::string_view::npos && is_wide(word)) found.insert(word);
    at += std::max<std::size_t>(word.size(), 1);
  }
  return found;
}

class AddressWalk {
 public:
  /// `written`: the field's value, for addresses as they stand in it.
  AddressWalk(std::string_view written, const Limits& limits) : written_(written), limits_(limits) {}

  /// Groups cannot hold groups (RFC 5322), so that one level of descent is all there is.
  void add(InternetAddressList* list, bool in_group) {
    const int length = internet_address_list_length(list);
    for (int i = 0; i < length && !found_.cut; ++i) {
      auto* entry = internet_address_list_get_address(list, i);
      if (INTERNET_ADDRESS_IS_MAILBOX(entry)) {
        add_mailbox(entry);
      } else if (INTERNET_ADDRESS_IS_GROUP(entry) && !in_group) {
        add(internet_address_group_get_members(INTERNET_ADDRESS_GROUP(entry)), true);
      }
    }
  }

  void add_mailbox(InternetAddress* entry) {
    add_address({.name = text_of(internet_address_get_name(entry)), .address = address_of(INTERNET_ADDRESS_MAILBOX(entry))});
  }

  void add_address(Address address) {
    if (address.name.empty() && address.address.empty()) return;
    found_.cut = found_.list.size() >= limits_.addresses;
    if (!found_.cut) found_.list.push_back(std::move(address));
  }

  Addresses found_;

 private:
  /// GMime decodes A-labels ("xn--"): where they are what stands in the field, they are the address.
  [[nodiscard]] std::string address_of(InternetAddressMailbox* mailbox) {
    std::string address = text_of(internet_address_mailbox_get_addr(mailbox));
    if (!is_wide(address)) return address;
    std::string encoded = text_of(internet_address_mailbox_get_idn_addr(mailbox));
    if (!wide_) wide_ = wide_addresses(written_);
    return wide_->contains(address) ? address : encoded;
  }

  std::string_view written_;
  std::optional<std::unordered_set<std::string_view>> wide_;  ///< of what is written
  const Limits& limits_;
};

void read_as_running_text(const std::string& value, AddressWalk& walk) {
  for (auto& mailbox : text::read_mailboxes(decoded_words(value))) {
    if (walk.found_.cut) return;
    walk.add_address({std::move(mailbox.name), std::move(mailbox.address)});
  }
}

bool holds_address(const Addresses& found) {
  for (const auto& address : found.list) {
    if (address.address.find('@') != std::string::npos) return true;
  }
  return false;
}

/// A group without members ("undisclosed-recipients:;") is no address, and not odd.
bool is_empty_group(const std::string& value) {
  return value.find('@') == std::string::npos && value.find(':') != std::string::npos;
}

constexpr int kOpenGroups = 500;

/// GMime descends once for each group that opens in a group: "a:a:a:..." would exhaust the stack.
bool nests_groups(const std::string& value) {
  int open = 0;
  for (const char c : value) {
    if (c == ':' && ++open > kOpenGroups) return true;
    if (c == ';' && open > 0) --open;
  }
  return false;
}

/// A word "a@one.example@two.example"; not "a@one.example@FIRM", an address with its domain of Notes.
bool has_two_domains(std::string_view word) {
  const auto last = word.rfind('@');
  return last != std::string_view::npos && word.find('@') != last && word.front() != '@' &&
         word.find('.', last + 1) < word.size() - 1;
}

/// Quotes what stands before the last "@" of such a word, where an address stands: mail goes to what is behind it, and GMime
/// reads what is before. Source: RFC 5322 section 3.4.1, RFC 5321 section 4.1.2 (one "@" outside of quotes).
std::string with_quoted_local_parts(std::string_view value, Addresses& found) {
  std::string quoted;
  const bool has_brackets = value.find('<') != std::string_view::npos;
  bool is_in_quotes = false;
  for (std::size_t at = 0; at < value.size();) {
    const std::size_t length = value[at] == '\\' ? std::min<std::size_t>(2, value.size() - at) : word_length(value.substr(at));
    const std::string_view word = value.substr(at, std::max<std::size_t>(length, 1));
    at += word.size();
    if (word == "\"") is_in_quotes = !is_in_quotes;
    const bool is_address = !is_in_quotes && (!has_brackets || quoted.ends_with('<'));
    if (is_address && has_two_domains(word)) {
      const auto last = word.rfind('@');
      quoted.append("\"").append(word.substr(0, last)).append("\"").append(word.substr(last));
      found.has_two_domains = true;
    } else {
      quoted += word;
    }
  }
  return quoted;
}

/// "\"a@one.example\"@two.example" as it was written.
void unquote(Address& address) {
  const auto last = address.address.rfind('@');
  if (!address.address.starts_with('"') || last == std::string::npos || last < 2 || address.address[last - 1] != '"') return;
  address.address = address.address.substr(1, last - 2) + address.address.substr(last);
}

/// ";" between addresses, as Outlook shows them and programs then write them: it ends a group alone (RFC 5322 section 3.4), and
/// GMime reads nothing behind it.
bool is_separated_by_semicolons(std::string_view value) {
  bool is_quoted = false, in_brackets = false, in_group = false;
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char c = value[at];
    if (c == '\\') ++at;
    if (c == '"') is_quoted = !is_quoted;
    if (is_quoted) continue;
    if (c == '<' || c == '(' || c == '[') in_brackets = true;
    if (c == '>' || c == ')' || c == ']') in_brackets = false;
    if (in_brackets) continue;
    if (c == ';' && ends_reference(value, at)) continue;
    if (c == ';' && !in_group) return true;
    if (c == ':' || c == ';') in_group = c == ':';
  }
  return false;
}

Addresses read_list(const std::string& value, const Limits& limits) {
  AddressWalk walk(value, limits);
  if (value.empty()) return {};
  if (is_separated_by_semicolons(value)) {
    read_as_running_text(value, walk);
    return std::move(walk.found_);
  }
  const std::string unfolded_value = with_encoded_phrases(with_joined_words(value));
  const bool parsable = !nests_groups(unfolded_value);
  const auto list =
      adopt<g_object_unref>(parsable ? internet_address_list_parse(gmime_options(), unfolded_value.c_str()) : nullptr);
  if (list) walk.add(list.get(), false);
  if (holds_address(walk.found_) || (parsable && is_empty_group(unfolded_value))) return std::move(walk.found_);
  AddressWalk again(value, limits);
  read_as_running_text(unfolded_value, again);
  return again.found_.list.empty() ? std::move(walk.found_) : std::move(again.found_);
}

}  // namespace

Addresses read_addresses(const std::string& unfolded_value, const Limits& limits) {
  if (std::ranges::count(unfolded_value, '@') < 2) return read_list(unfolded_value, limits);
  Addresses odd;
  const std::string quoted = with_quoted_local_parts(unfolded_value, odd);
  if (!odd.has_two_domains) return read_list(unfolded_value, limits);
  Addresses found = read_list(quoted, limits);
  std::ranges::for_each(found.list, unquote);
  found.has_two_domains = true;
  return found;
}

}  // namespace threadline::message
