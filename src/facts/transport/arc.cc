// SPDX-License-Identifier: Apache-2.0
#include "facts/transport/arc.h"

#include <charconv>
#include <map>

#include "facts/transport/dkim_tags.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr std::uint32_t kMostInstances = 50;

std::string tag_text(const std::vector<Tag>& tags, std::string_view name) {
  return without_blanks(tag_value(tags, name).value_or(std::string_view{}));
}

template <class Number>
std::optional<Number> tag_number(const std::vector<Tag>& tags, std::string_view name) {
  const std::string digits = tag_text(tags, name);
  Number number{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

void read_seal(const std::vector<Tag>& tags, const Span& span, ArcSet& set) {
  if (!set.domain.empty() || !set.chain.empty()) return;
  set.chain = text::ascii_lower(tag_text(tags, "cv"));
  set.domain = text::ascii_lower(tag_text(tags, "d"));
  set.selector = tag_text(tags, "s");
  set.sealed_at = tag_number<std::int64_t>(tags, "t");
  set.span = span;
}

void read_signature(const std::vector<Tag>& tags, const Span& span, ArcSet& set) {
  if (!set.signature_domain.empty()) return;
  set.signature_domain = text::ascii_lower(tag_text(tags, "d"));
  if (set.span == Span{}) set.span = span;
}

}  // namespace

std::vector<ArcSet> read_arc_sets(const message::Message& message) {
  std::map<std::uint32_t, ArcSet> sets;
  for (const message::HeaderField& field : message.headers) {
    const bool is_seal = text::equal_ascii_nocase(field.name, "ARC-Seal");
    if (!is_seal && !text::equal_ascii_nocase(field.name, "ARC-Message-Signature")) continue;
    const std::vector<Tag> tags = read_tags(field.raw);
    const auto instance = tag_number<std::uint32_t>(tags, "i");
    if (!instance || *instance == 0 || *instance > kMostInstances) continue;
    ArcSet& set = sets[*instance];
    set.instance = *instance;
    const Span span{"header", field.offset, field.raw_offset - field.offset + field.raw.size()};
    is_seal ? read_seal(tags, span, set) : read_signature(tags, span, set);
  }
  std::vector<ArcSet> list;
  list.reserve(sets.size());
  for (auto& [instance, set] : sets) list.push_back(std::move(set));
  return list;
}

}  // namespace threadline::facts
