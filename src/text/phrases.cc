// SPDX-License-Identifier: Apache-2.0
#include "text/phrases.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace threadline::text {
namespace {

constexpr std::size_t kBegin = sizeof(std::uint32_t);

std::uint32_t begin_of(const char* text) {
  std::uint32_t begin = 0;
  std::memcpy(&begin, text, kBegin);
  return begin;
}

/// 12 bits.
std::size_t hash_of(std::uint32_t begin) {
  constexpr std::uint32_t kSpread = 0x9E37'79B9;  // odd; the golden ratio in 32 bits
  return begin * kSpread >> 20U;
}

}  // namespace

Phrases::Phrases(const std::vector<std::string_view>& phrases) {
  for (const std::string_view phrase : phrases) {
    if (phrase.size() < kBegin) throw std::logic_error("phrase: too short");
    const std::uint32_t begin = begin_of(phrase.data());
    begins_[hash_of(begin) / 64] |= std::uint64_t{1} << (hash_of(begin) % 64);
    phrases_.push_back({begin, std::string(phrase), phrases_.size()});
  }
  std::ranges::stable_sort(phrases_, {}, &Phrase::begin);
}

std::vector<std::size_t> Phrases::matches(std::string_view text) const {
  std::vector<std::size_t> found;
  for (std::size_t at = 0; at + kBegin <= text.size(); ++at) {
    const std::uint32_t begin = begin_of(text.data() + at);
    const std::size_t hash = hash_of(begin);
    if ((begins_[hash / 64] >> (hash % 64) & 1U) == 0) continue;
    auto phrase = std::ranges::lower_bound(phrases_, begin, {}, &Phrase::begin);
    for (; phrase != phrases_.end() && phrase->begin == begin; ++phrase) {
      if (text.substr(at).starts_with(phrase->text)) found.push_back(phrase->index);
    }
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace threadline::text
