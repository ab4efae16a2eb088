// SPDX-License-Identifier: Apache-2.0
#include "text/resemblance_index.h"

#include <algorithm>

namespace threadline::text {
namespace {

constexpr std::size_t kOneKey = 256;  ///< references below one key; short names have many, and are low
constexpr std::size_t kFirstSlots = 64;
constexpr std::size_t kSlotsAWord = 8;  ///< of the guard, 64 bits: 11 to 16 bits a key

}  // namespace

bool LabelHash::fits(std::string_view label) { return label.size() <= kOctets; }

LabelHash::LabelHash(std::string_view label) : size_(std::min(label.size(), kOctets)) {
  before_[0] = 0;
  for (std::size_t i = 0; i < size_; ++i) before_[i + 1] = before_[i] * kBase + static_cast<unsigned char>(label[i]) + 1;
}

std::uint64_t LabelHash::without_pair(std::size_t at) const {
  return before_[at] * kPowers[size_ - at - 2] + part(at + 2, size_);
}

std::uint64_t LabelHash::with_pair_as(std::size_t at, char letter) const {
  const std::uint64_t front = before_[at] * kBase + static_cast<unsigned char>(letter) + 1;
  return front * kPowers[size_ - at - 2] + part(at + 2, size_);
}

KeyTable::KeyTable() : slots_(kFirstSlots), guard_(kFirstSlots / kSlotsAWord) {}

std::size_t KeyTable::place_of(std::uint32_t key) const {
  std::size_t place = first_place_of(key);
  while (slots_[place].value != 0 && slots_[place].key != key) place = place + 1 == slots_.size() ? 0 : place + 1;
  return place;
}

void KeyTable::add(std::uint32_t key, std::uint32_t id) {
  if (4 * (used_ + 1) > 3 * slots_.size()) grow();
  Slot& slot = slots_[place_of(key)];
  if (slot.value != 0) return join(slot, id);
  slot = {key, id + 1};
  ++used_;
  guard_[word_of(key)] |= bits_of(key);
}

void KeyTable::join(Slot& slot, std::uint32_t id) {
  if ((slot.value & kMany) == 0) {
    if (slot.value == id + 1) return;
    many_.push_back({slot.value - 1});
    slot.value = kMany | static_cast<std::uint32_t>(many_.size() - 1);
  }
  std::vector<std::uint32_t>& ids = many_[slot.value & ~kMany];
  if (ids.back() != id && ids.size() < kOneKey) ids.push_back(id);
}

void KeyTable::grow() {
  decltype(slots_) old(slots_.size() + slots_.size() / 2);
  old.swap(slots_);
  guard_.assign(slots_.size() / kSlotsAWord, 0);
  for (const Slot& slot : old) {
    if (slot.value == 0) continue;
    slots_[place_of(slot.key)] = slot;
    guard_[word_of(slot.key)] |= bits_of(slot.key);
  }
}

void KeyTable::take_held(std::uint32_t key, std::vector<std::uint32_t>& into) const {
  const Slot& slot = slots_[place_of(key)];
  if (slot.value == 0) return;
  if ((slot.value & kMany) == 0) {
    into.push_back(slot.value - 1);
    return;
  }
  const std::vector<std::uint32_t>& ids = many_[slot.value & ~kMany];
  into.insert(into.end(), ids.begin(), ids.end());
}

std::size_t KeyTable::bytes() const {
  std::size_t lists = 0;
  for (const auto& ids : many_) lists += sizeof(ids) + ids.capacity() * sizeof(ids[0]);
  return slots_.capacity() * sizeof(Slot) + guard_.capacity() * sizeof(guard_[0]) + lists;
}

}  // namespace threadline::text
