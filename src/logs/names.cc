// SPDX-License-Identifier: Apache-2.0
#include "logs/names.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "text/fold.h"

namespace threadline::logs {
namespace {

constexpr std::string_view kMapped = "::ffff:";

bool is_v4(std::string_view text) {
  return std::ranges::count(text, '.') == 3 && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

std::string_view up_to(std::string_view text, char mark) { return text.substr(0, text.find(mark)); }

std::string_view after_all(std::string_view text, std::string_view marks) {
  return text.substr(std::min(text.find_first_not_of(marks), text.size()));
}

/// The first `count` groups of the text between `mark`.
std::string_view groups(std::string_view text, char mark, int count) {
  std::size_t at = 0;
  for (int i = 0; i < count; ++i) {
    at = text.find(mark, at);
    if (at == std::string_view::npos) return text;
    ++at;
  }
  return text.substr(0, at - 1);
}

}  // namespace

std::string bare_ip(std::string_view text) {
  text = text::trimmed(text);
  if (text.starts_with('[')) text = up_to(text.substr(1), ']');
  const auto colons = std::ranges::count(text, ':');
  if (colons == 1) text = up_to(text, ':');
  text = up_to(text, '%');
  std::string ip = text::ascii_lower(text);
  if (ip.starts_with(kMapped) && is_v4(std::string_view(ip).substr(kMapped.size()))) ip.erase(0, kMapped.size());
  return ip;
}

std::string mail_key(std::string_view id) {
  std::string key;
  key.reserve(id.size());
  for (const char c : id) {
    if (c == '<' || c == '>' || c == '"' || is_space(c)) continue;
    key += to_lower(c);
  }
  return key;
}

std::string account_key(std::string_view text) {
  std::string key = mail_key(text);
  for (const std::string_view prefix : {"smtp:", "mailto:"}) {
    if (key.starts_with(prefix)) key.erase(0, prefix.size());
  }
  return key;
}

std::string mailbox_key(std::string_view address) {
  std::string key = account_key(address);
  const auto at = key.rfind('@');
  const auto plus = key.find('+');
  if (at != std::string::npos && plus != 0 && plus < at) key.erase(plus, at - plus);
  return key;
}

std::string network_of(std::string_view ip) {
  if (is_v4(ip)) return std::string(groups(ip, '.', 2)) + ".0.0/16";
  if (std::ranges::count(ip, ':') < 2) return {};
  return std::string(groups(ip, ':', 2)) + "::/32";
}

bool is_inner_ip(std::string_view ip) {
  constexpr auto kInner = std::to_array<std::string_view>({"10.", "127.", "192.168.", "169.254.", "0.", "fe80:", "fc", "fd"});
  if (ip.empty() || ip == "::1" || ip == "::") return true;
  if (std::ranges::any_of(kInner, [&](std::string_view begin) { return ip.starts_with(begin); })) return true;
  if (!ip.starts_with("172.") || ip.size() < 7 || ip[6] != '.') return false;
  const auto second = ip.substr(4, 2);
  return second >= "16" && second <= "31";
}

std::string host_of(std::string_view url) {
  if (const auto scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  url = after_all(url.substr(0, url.find_first_of("/?# ")), "/");
  if (const auto at = url.rfind('@'); at != std::string_view::npos) url.remove_prefix(at + 1);
  if (!url.starts_with('[')) url = up_to(url, ':');
  return text::ascii_lower(url);
}

}  // namespace threadline::logs
