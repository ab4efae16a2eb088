// SPDX-License-Identifier: Apache-2.0
#include "message/odd_mailboxes.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.h"
#include "message/address_phrases.h"
#include "message/gmime_setup.h"
#include "message/owned.h"
#include "text/fold.h"

namespace threadline::message {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kParting = " \t\r\n,;";

/// One "@" between characters of atoms (RFC 5322 section 3.2.3): by far the most.
bool is_plain(std::string_view address) {
  const auto is_of_atom = [](char c) {
    return is_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80 ||
           std::string_view("@._-+=").find(c) != std::string_view::npos;
  };
  const auto sign = address.find('@');
  return std::ranges::all_of(address, is_of_atom) && sign != std::string_view::npos && sign > 0 && sign + 1 < address.size() &&
         address.find('@', sign + 1) == std::string_view::npos;
}

/// How many of the words hold an "@".
std::size_t count_addresses(std::string_view inside) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < inside.size();) {
    const auto end = std::min(inside.find_first_of(kParting, at), inside.size());
    count += inside.substr(at, end - at).find('@') == std::string_view::npos ? 0U : 1U;
    at = end + 1;
  }
  return count;
}

/// GMime reads one address there and no name. Groups do not stand in brackets, and it descends for each.
bool is_readable(std::string_view inside) {
  constexpr std::ptrdiff_t kColons = 8;  // of a source route (RFC 5322 section 4.4) or a literal's IPv6
  if (std::ranges::count(inside, ':') > kColons) return false;
  const std::string bracket = "<" + std::string(inside) + ">";
  const auto list = adopt<g_object_unref>(internet_address_list_parse(gmime_options(), bracket.c_str()));
  if (!list || internet_address_list_length(list.get()) != 1) return false;
  auto* entry = internet_address_list_get_address(list.get(), 0);
  const char* name = internet_address_get_name(entry);
  return INTERNET_ADDRESS_IS_MAILBOX(entry) && (name == nullptr || *name == '\0');
}

class MailboxReader {
 public:
  explicit MailboxReader(std::string_view value) : value_(value) {
    while (value_.find(host_) != std::string_view::npos) host_ += 'x';
  }

  SoundList read() {
    for (; at_ < value_.size(); ++at_) take();
    copy_to(value_.size());
    return std::move(list_);
  }

 private:
  void take() {
    const char c = value_[at_];
    if (c == '<') return take_bracket();
    if (c == '(') return void(at_ = end_of(at_, ')'));
    if (c == ',' || c == ':' || (c == ';' && !ends_reference(value_, at_))) begin_ = at_ + 1;
    if (c == '\\') ++at_;
    if (c == '"') at_ = end_of(at_, '"');
  }

  /// The place of the next `close`; the mark is a character like any other where none follows.
  std::size_t end_of(std::size_t at, char close) {
    if (unclosed_.find(close) != std::string::npos) return at;
    for (std::size_t end = at + 1; end < value_.size(); ++end) {
      if (value_[end] == close) return end;
      if (value_[end] == '\\') ++end;
    }
    unclosed_ += close;
    return at;
  }

  std::size_t end_of_bracket() {
    for (std::size_t end = at_ + 1; end < value_.size(); ++end) {
      if (value_[end] == '>') return end;
      if (value_[end] == '"') end = end_of(end, '"');
    }
    return std::string_view::npos;
  }

  void take_bracket() {
    const auto end = is_open_ ? std::string_view::npos : end_of_bracket();
    is_open_ = end == std::string_view::npos;
    if (is_open_) return;
    const auto inside = text::trimmed(value_.substr(at_ + 1, end - at_ - 1));
    const auto before = text::trimmed(value_.substr(begin_, at_ - begin_));
    const auto behind = before.empty() ? phrase_behind(end + 1) : std::string_view{};
    const auto phrase = before.empty() ? behind : before;
    const bool is_last = !behind.empty() || ends_mailbox(end + 1);
    const std::string_view address = inside.empty() ? address_of(phrase) : inside;
    const bool is_kept = !is_last || (inside.empty() && phrase.empty()) || (!inside.empty() && !is_odd(inside)) ||
                         (address.find('@') == std::string_view::npos && phrase.find('@') != std::string_view::npos);
    if (!is_kept || !behind.empty()) {
      copy_to(at_);
      list_.value.append(behind).append(behind.empty() ? "<" : " <");
      list_.value.append(is_kept ? std::string(inside) : stand_in(address)).append(">");
      done_ = behind.empty() ? end + 1 : static_cast<std::size_t>(behind.end() - value_.begin());
    }
    at_ = std::max(done_, end + 1) - 1;
  }

  /// Of ""ann@firm.example" <>": clients show the name as the address.
  static std::string_view address_of(std::string_view phrase) {
    if (phrase.size() > 2 && phrase.starts_with('"') && phrase.ends_with('"')) phrase = phrase.substr(1, phrase.size() - 2);
    return is_plain(phrase) ? phrase : std::string_view{};
  }

  /// The name that stands behind its address, up to the next mailbox. "<a@b.example> Lee, Ann <c@d.example>" lacks a comma: words
  /// without quotes are one at the end of the list alone.
  std::string_view phrase_behind(std::size_t from) {
    const auto begin = std::min(value_.find_first_not_of(kBlanks, from), value_.size());
    std::size_t end = begin;
    for (; end < value_.size() && std::string_view(",;<>@:(").find(value_[end]) == std::string_view::npos; ++end) {
      if (value_[end] == '"') end = end_of(end, '"');
    }
    const auto phrase = text::trimmed(value_.substr(begin, end - begin));
    const bool is_marked = phrase.starts_with('"') || phrase.starts_with("=?");
    const bool ends = end == value_.size() || value_[end] == ';' || (value_[end] == ',' && is_marked);
    return ends ? phrase : std::string_view{};
  }

  /// What is written in brackets is no address to GMime, and one to who reads it.
  static bool is_odd(std::string_view inside) {
    if (is_plain(inside) || inside.find("=?") != std::string_view::npos) return false;
    const auto addresses = count_addresses(inside);
    return addresses == 0 || (addresses == 1 && !is_readable(inside));
  }

  /// No other brackets follow, which hold the address then.
  [[nodiscard]] bool ends_mailbox(std::size_t behind) const {
    const auto next = value_.find_first_not_of(kBlanks, behind);
    return next == std::string_view::npos || value_[next] == ',' || value_[next] == ';';
  }

  std::string stand_in(std::string_view inside) {
    constexpr std::string_view kMailto = "mailto:";
    if (text::equal_ascii_nocase(inside.substr(0, kMailto.size()), kMailto)) inside.remove_prefix(kMailto.size());
    std::string name = fmt::format("{}@{}.invalid", list_.addresses.size(), host_);
    list_.addresses.emplace(name, inside);
    return name;
  }

  void copy_to(std::size_t end) {
    list_.value.append(value_.substr(done_, end - std::min(done_, end)));
    done_ = end;
  }

  std::string_view value_;
  std::string host_ = "mailbox";  ///< stands nowhere in the value
  std::string unclosed_;
  std::size_t at_ = 0, begin_ = 0, done_ = 0;  ///< where it reads; where the mailbox begins; what is copied
  bool is_open_ = false;                       ///< nothing closes a bracket any more
  SoundList list_;
};

}  // namespace

SoundList with_sound_mailboxes(std::string_view value) {
  if (value.find('<') == std::string_view::npos) return {.value = std::string(value), .addresses = {}};
  return MailboxReader(value).read();
}

}  // namespace threadline::message
