// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/linked_addresses.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "facts/conversation/tokens.h"
#include "text/fold.h"
#include "text/percent.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kLongestAddress = 320;  ///< RFC 5321 section 4.5.3.1

/// The one address of a mailto link; empty where it is none. Source: RFC 6068 section 2.
std::string address_of_link(std::string_view href) {
  constexpr std::string_view kScheme = "mailto:";
  if (!text::equal_ascii_nocase(href.substr(0, kScheme.size()), kScheme)) return {};
  href.remove_prefix(kScheme.size());
  href = trimmed_line(href.substr(0, href.find('?')));
  if (href.size() > kLongestAddress) return {};
  const std::string address = text::percent_decoded(href);
  const bool is_one = std::ranges::count(address, '@') == 1 && address.find_first_of(" ,;<>\"\r\n\t") == std::string::npos;
  return is_one && address.front() != '@' && address.back() != '@' ? address : std::string{};
}

/// A name as two spellings of it are compared: without quotes and brackets around it.
std::string key_of(std::string_view name) {
  const std::size_t first = name.find_first_not_of(" \t\"'<>[](),;:");
  if (first == std::string_view::npos) return {};
  const std::size_t last = name.find_last_not_of(" \t\"'<>[](),;:");
  return text::fold(trimmed_line(name.substr(first, last - first + 1)));
}

using Links = std::unordered_map<std::string, std::string>;  // name -> address

Links links_between(const ReadText& body, std::vector<text::Element>::const_iterator element, std::size_t end) {
  Links links;
  for (; element != body.elements.end() && element->text_begin < end; ++element) {
    if (element->tag != "a" || element->href.empty() || element->text_end > end || element->text_end <= element->text_begin)
      continue;
    std::string address = address_of_link(element->href);
    if (address.empty()) continue;
    const std::string_view name =
        std::string_view(body.text).substr(element->text_begin, element->text_end - element->text_begin);
    links.emplace(key_of(name), std::move(address));
  }
  return links;
}

bool lacks_address(const message::Address& person) {
  return !person.name.empty() && person.address.find('@') == std::string::npos;
}

void add_address(const Links& links, message::Address& person) {
  if (!lacks_address(person)) return;
  const auto found = links.find(key_of(person.name));
  if (found != links.end() && !found->first.empty()) person.address = found->second;
}

bool has_unaddressed(const Introduction& introduction) {
  return lacks_address(introduction.from) || (introduction.on_behalf_of && lacks_address(*introduction.on_behalf_of)) ||
         std::ranges::any_of(introduction.to, lacks_address) || std::ranges::any_of(introduction.cc, lacks_address);
}

}  // namespace

void add_linked_addresses(const ReadText& body, const std::vector<Line>& lines, std::vector<Introduction>& introductions) {
  if (body.elements.empty()) return;
  for (Introduction& introduction : introductions) {
    if (!has_unaddressed(introduction)) continue;
    const auto first = std::ranges::lower_bound(body.elements, lines[introduction.first].begin, {}, &text::Element::text_begin);
    const Links links = links_between(body, first, lines[introduction.last].end);
    add_address(links, introduction.from);
    if (introduction.on_behalf_of) add_address(links, *introduction.on_behalf_of);
    for (message::Address& person : introduction.to) add_address(links, person);
    for (message::Address& person : introduction.cc) add_address(links, person);
  }
}

}  // namespace threadline::facts
