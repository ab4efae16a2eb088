// SPDX-License-Identifier: Apache-2.0
#include "message/kept_fields.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "text/fold.h"

namespace threadline::message {
namespace {

constexpr std::size_t kLongestName = 40;
constexpr std::size_t kNamesSaid = 5;

std::uint64_t length_of(const RawField& field) { return field.raw_offset + field.raw.size() - field.offset; }

/// The first bytes of a folded value: whole lines where there are any.
std::string_view beginning_of(std::string_view raw, std::size_t length) {
  if (raw.size() <= length) return raw;
  const auto line = raw.rfind('\n', length);
  raw = raw.substr(0, line == std::string_view::npos ? length : line);
  while (raw.ends_with('\r')) raw.remove_suffix(1);
  return raw;
}

}  // namespace

std::size_t KeptFields::place_of(std::string_view name) {
  const auto& names = kWellKnownFields;
  if (name.size() >= kLongestName) return kOther;
  const auto lower = text::ascii_lower(name);
  const auto found = std::ranges::lower_bound(names, std::string_view(lower));
  return found != names.end() && *found == lower ? static_cast<std::size_t>(found - names.begin()) : kOther;
}

/// Equal parts of the limits; a route has many fields of one name.
KeptFields::Used KeptFields::share_of(std::size_t place, const Limits& limits) {
  constexpr std::uint64_t kOfReceived = 8;
  const std::uint64_t all = kWellKnownFields.size() + kOfReceived - 1;
  const std::uint64_t parts = kWellKnownFields[place] == "received" ? kOfReceived : 1;
  return {std::max<std::uint64_t>(1, parts * limits.header_fields / all), parts * limits.header_bytes / all};
}

bool KeptFields::is_preferred(std::size_t place) const {
  return place != kOther && used_[place].fields < share_of(place, limits_).fields;
}

void KeptFields::add(RawField field) {
  close();
  is_begun_ = true;
  auto place = place_of(field.name);
  if (!is_preferred(place)) place = kOther;
  const bool is_in_share = place != kOther && used_[place].bytes + length_of(field) <= share_of(place, limits_).bytes;
  bool has_room = make_room(1, length_of(field), is_in_share);
  if (!has_room && place != kOther) {
    lose(field);
    field.raw = beginning_of(field.raw, share_of(place, limits_).bytes);
    has_room = make_room(1, length_of(field), true);
  } else if (!has_room) {
    lose(field);
  }
  if (!has_room) return;
  if (fields_.size() >= 2 * std::size_t{limits_.header_fields}) compact();
  is_open_ = true;
  ++kept_.fields;
  kept_.bytes += length_of(field);
  if (place == kOther) {
    spare_.push_back(fields_.size());
  } else {
    ++used_[place].fields;
    used_[place].bytes += length_of(field);
  }
  if (text::equal_ascii_nocase(field.name, "content-type")) types_.push_back(fields_.size());
  fields_.push_back(field);
  places_.push_back(place);
}

void KeptFields::extend(std::size_t end) {
  if (!is_open_) return;
  auto& field = fields_.back();
  const auto place = places_.back();
  const auto more = end - (field.raw_offset + field.raw.size());
  const bool is_in_share = place != kOther && used_[place].bytes + more <= share_of(place, limits_).bytes;
  if (!make_room(0, more, is_in_share)) {
    lose(field);
    close();
    return;
  }
  field.raw = bytes_.substr(field.raw_offset, end - field.raw_offset);
  kept_.bytes += more;
  if (place != kOther) used_[place].bytes += more;
}

/// The field at hand is whole: from now on it may be cut.
void KeptFields::close() {
  if (!is_open_) return;
  is_open_ = false;
  const auto place = places_.back();
  if (place != kOther && used_[place].bytes > share_of(place, limits_).bytes) longer_.push_back(fields_.size() - 1);
}

bool KeptFields::make_room(std::uint64_t count, std::uint64_t length, bool may_displace) {
  while (true) {
    if (kept_.fields + count > limits_.header_fields) {
      reached_ = kFields;
    } else if (kept_.bytes + length > limits_.header_bytes) {
      reached_ = kBytes;
    } else {
      return true;
    }
    if (!may_displace || !displace_one()) return false;
  }
}

/// The newest field without preference goes, or else what is over its share of the newest long one.
bool KeptFields::displace_one() {
  if (!spare_.empty()) {
    const auto index = spare_.back();
    spare_.pop_back();
    remove(index);
    return true;
  }
  if (longer_.empty()) return false;
  const auto index = longer_.back();
  longer_.pop_back();
  shorten(index);
  return true;
}

void KeptFields::shorten(std::size_t index) {
  auto& field = fields_[index];
  auto& used = used_[places_[index]];
  const auto share = share_of(places_[index], limits_).bytes, before = length_of(field), others = used.bytes - before;
  const auto head = field.raw_offset - field.offset;
  if (others + head >= share) return remove(index);
  lose(field);
  field.raw = beginning_of(field.raw, share - others - head);
  kept_.bytes -= before - length_of(field);
  used.bytes -= before - length_of(field);
}

void KeptFields::remove(std::size_t index) {
  auto& field = fields_[index];
  lose(field);
  --kept_.fields;
  kept_.bytes -= length_of(field);
  if (const auto place = places_[index]; place != kOther) {
    --used_[place].fields;
    used_[place].bytes -= length_of(field);
  }
  field.name = {};
}

/// Those that went leave their places, so that a flood of them takes no memory.
void KeptFields::compact() {
  const auto is_gone = [&](std::size_t index) { return fields_[index].name.empty(); };
  std::erase_if(types_, is_gone);
  std::vector<std::size_t> moved(fields_.size());
  std::size_t kept = 0;
  for (std::size_t index = 0; index < fields_.size(); ++index) {
    moved[index] = kept;
    if (is_gone(index)) continue;
    fields_[kept] = fields_[index];
    places_[kept++] = places_[index];
  }
  fields_.resize(kept);
  places_.resize(kept);
  for (auto* indices : {&spare_, &longer_, &types_}) {
    for (std::size_t& index : *indices) index = moved[index];
  }
}

bool KeptFields::has_boundary(std::string_view words) const {
  return std::ranges::any_of(types_, [&](std::size_t index) {
    return fields_[index].raw.find(words) != std::string_view::npos && !fields_[index].name.empty();
  });
}

void KeptFields::lose(const RawField& field) {
  auto& lost = lost_[reached_];
  if (lost.count++ == 0) lost.at = field.offset;
  const auto name = field.name.substr(0, kLongestName);
  if (lost.names.size() <= kNamesSaid && std::ranges::find(lost.names, name) == lost.names.end()) lost.names.push_back(name);
}

std::vector<RawField> KeptFields::take(std::vector<Note>& notes) {
  for (const auto which : {kFields, kBytes}) {
    auto& lost = lost_[which];
    if (lost.count == 0) continue;
    const bool are_more = lost.names.size() > kNamesSaid;
    if (are_more) lost.names.back() = "...";
    const auto text = fmt::format("{}: {} fields are left out or cut ({})", which == kFields ? "header_fields" : "header_bytes",
                                  lost.count, fmt::join(lost.names, ", "));
    notes.push_back({"limit", text, {"header", lost.at, 0}});
  }
  std::erase_if(fields_, [](const RawField& field) { return field.name.empty(); });
  return std::move(fields_);
}

}  // namespace threadline::message
