// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <functional>
#include <set>
#include <unordered_map>

#include "facts/message_traits.h"
#include "text/domain.h"
#include "text/fold.h"
#include "text/rewritten_link.h"

namespace threadline::facts {
namespace {

bool is_host_byte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' ||
         (static_cast<unsigned char>(c) >= 0x80U);
}

/// A host at the start of `text`, without white space that is not ASCII and without a trailing dot; empty without a dot inside.
std::string_view host_at(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && end < 254 && is_host_byte(text[end])) ++end;
  std::string_view host = text.substr(0, end);
  for (const std::string_view stop : {"\u00a0", "\u202f", "\u200b", "\u2026", "\u00bb", "\u201d", "\u2019"})
    host = host.substr(0, host.find(stop));
  while (!host.empty() && (host.back() == '.' || host.back() == '-' || host.back() == '_')) host.remove_suffix(1);
  const std::size_t dot = host.find('.');
  return dot == std::string_view::npos || dot == 0 || dot + 2 >= host.size() ? std::string_view{} : host;
}

/// The host of what follows "://": without user and port.
std::string_view host_of_authority(std::string_view text) {
  constexpr std::size_t kLongest = 1'000;
  std::string_view authority = text.substr(0, kLongest);
  authority = authority.substr(0, authority.find_first_of("/?#\\ \t\n<>\"'()[]|"));
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  return host_at(authority);
}

/// The host of a link's target: "https://user@host:443/path", "mailto:a@host".
std::string_view host_of_link(std::string_view href) {
  const std::size_t scheme = href.find(':');
  if (scheme == std::string_view::npos) return {};
  if (text::equal_ascii_nocase(href.substr(0, scheme), "mailto")) {
    const std::size_t at = href.find('@');
    return at == std::string_view::npos ? std::string_view{} : host_at(href.substr(at + 1));
  }
  if (href.substr(scheme, 3) != "://") return {};
  return host_of_authority(href.substr(scheme + 3));
}

class Collector {
 public:
  Collector(const Limits& limits, std::vector<Note>& notes) : limits_(limits), notes_(notes) {}

  void add(std::string_view host, std::string_view field) {
    if (host.empty()) return;
    const std::string key = text::ascii_lower(host);
    auto found = index_.find(key);
    if (found == index_.end()) {
      const auto at = place_of(key);
      if (!at) return;
      found = index_.emplace(key, *at).first;
    }
    auto& fields = uses_[found->second].fields;
    if (std::find(fields.begin(), fields.end(), field) == fields.end()) fields.emplace_back(field);
  }

  /// The host of a link's target, whatever rewrote the link on its way; the rewriter's own where it hides the target.
  void add_link(std::string_view href, std::string_view field) {
    const text::OriginalLink link = text::original_link(href, limits_.link_rewritings);
    if (link.too_deep && !deep_) notes_.push_back({"limit", "link_rewritings", {}});
    deep_ = deep_ || link.too_deep;
    add(host_of_link(link.url), field);
  }

  void add_address(std::string_view address, std::string_view field) {
    const std::string domain = text::domain_of_address(address), written = text::written_domain(address);
    if (!written.empty() && field != "quoted" && field != "contact" && !index_.contains(written)) note_oddity(written);
    add(domain, field);
  }
  void add_all(const std::vector<message::Address>& people, std::string_view field) {
    for (const auto& person : people) add_address(person.address, field);
  }

  [[nodiscard]] std::vector<DomainUse> take() { return std::move(uses_); }

 private:
  /// The domain of an address that no registry would take as it is.
  void note_oddity(std::string_view domain) {
    constexpr std::size_t kNoted = 20, kShown = 100;
    const std::string_view oddity = text::oddity_of_domain(domain);
    if (oddity.empty() || odd_.size() == kNoted || !odd_.emplace(domain).second) return;
    notes_.push_back({"odd_domain", std::string(oddity) + ": " + std::string(domain.substr(0, kShown)), {}});
  }

  /// Where the domain of this spelling stands; nothing when the limit is reached.
  std::optional<std::size_t> place_of(const std::string& key) {
    if (index_.size() >= limits_.domains) {
      if (!full_) notes_.push_back({"limit", "domains", {}});
      full_ = true;
      return std::nullopt;
    }
    text::DomainName name = text::read_domain(key);
    if (name.ascii.empty()) return std::nullopt;
    if (const auto known = index_.find(name.ascii); known != index_.end()) return known->second;
    uses_.push_back({name.ascii, std::move(name.unicode), std::move(name.registrable), {}});
    index_.emplace(std::move(name.ascii), uses_.size() - 1);
    return uses_.size() - 1;
  }

  const Limits& limits_;
  std::vector<Note>& notes_;
  std::vector<DomainUse> uses_;
  std::unordered_map<std::string, std::size_t> index_;
  bool full_ = false, deep_ = false;
  std::set<std::string, std::less<>> odd_;  ///< domains noted
};

/// Where a URL that begins before `at` ends: at white space, an angle bracket or a quotation mark.
std::size_t end_of_link(std::string_view text, std::size_t at) {
  return std::min(text.find_first_of(" \t\r\n<>\"", at), text.size());
}

/// "https://host/..." around the "://" at that place. A rewritten link is one link, whatever addresses stand in it; answers where
/// to look on.
std::size_t scan_link(std::string_view text, std::size_t at, std::string_view field, Collector& domains) {
  const std::string_view host = host_of_authority(text.substr(at + 3));
  if (!text::is_rewriting_host(host)) {
    domains.add(host, field);
    return at + 3;
  }
  const std::size_t begin = at - (text.substr(0, at).ends_with("https") ? 5 : text.substr(0, at).ends_with("http") ? 4 : 0);
  const std::size_t end = end_of_link(text, at);
  domains.add_link(text.substr(begin, end - begin), field);
  return end;
}

/// Addresses and URLs in running text.
void scan_text(std::string_view text, std::string_view field, Collector& domains) {
  for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    if (at > 0 && is_host_byte(text[at - 1])) domains.add(host_at(text.substr(at + 1)), field);
  }
  for (std::size_t at = text.find("://"); at != std::string_view::npos;)
    at = text.find("://", scan_link(text, at, field, domains));
  for (std::size_t at = text.find("www."); at != std::string_view::npos; at = text.find("www.", at + 4)) {
    if (at == 0 || !is_host_byte(text[at - 1])) domains.add(host_at(text.substr(at)), field);
  }
}

void add_links(const ReadText& body, Collector& domains) {
  for (const text::Element& element : body.elements) {
    if (!element.href.empty()) domains.add_link(element.href, "link");
  }
}

void scan_body(const Facts& facts, const ReadConversation& read, Collector& domains) {
  const std::string_view text = read.body.text;
  for (const Segment& segment : facts.conversation.segments) {
    if (segment.begin >= segment.end || segment.end > text.size()) continue;
    scan_text(text.substr(segment.begin, segment.end - segment.begin),
              segment.block < 0 && !segment.introduction ? "text" : "quoted", domains);
  }
  add_links(read.body, domains);
  if (read.other != nullptr) add_links(read.other->body, domains);
  for (const QuotedBlock& block : facts.conversation.quoted) {
    domains.add_address(block.from.address, "quoted");
    domains.add_all(block.to, "quoted");
    domains.add_all(block.cc, "quoted");
  }
}

}  // namespace

std::vector<DomainUse> read_domains(const Facts& facts, const ReadConversation& read, const Limits& limits,
                                    std::vector<Note>& notes) {
  Collector domains(limits, notes);
  domains.add_all(facts.from, "from");
  if (facts.sender) domains.add_address(facts.sender->address, "sender");
  domains.add_all(facts.reply_to, "reply_to");
  domains.add_address(facts.return_path, "return_path");
  domains.add_all(facts.to, "to");
  domains.add_all(facts.cc, "cc");
  domains.add_all(facts.contacts, "contact");
  for (const message::Calendar& calendar : facts.calendars) {
    if (calendar.organizer) domains.add_address(calendar.organizer->address, "organizer");
    domains.add_all(calendar.attendees, "attendee");
  }
  scan_body(facts, read, domains);
  if (const std::size_t at = facts.message_id.rfind('@'); at != std::string::npos)
    domains.add(host_at(std::string_view(facts.message_id).substr(at + 1)), "message_id");
  for (const Dkim& dkim : facts.route.dkim) domains.add(dkim.domain, "dkim");
  return domains.take();
}

}  // namespace threadline::facts
