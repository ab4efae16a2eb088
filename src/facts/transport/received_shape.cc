// SPDX-License-Identifier: Apache-2.0
#include "facts/transport/received_shape.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>
#include <vector>

namespace threadline::facts {
namespace {

struct ShapeRule {
  std::string_view shape, first, second;
};
constexpr ShapeRule kRules[] = {
#define THREADLINE_SHAPE(shape, first, second) {shape, first, second},
#include "facts/transport/received_shapes.def"
#undef THREADLINE_SHAPE
};
constexpr std::size_t kMostNeedles = 2 * std::size(kRules);
using Found = std::bitset<kMostNeedles>;

/// All needles of the rules, found in one walk: the first three characters of a needle lead to the needles that begin so.
class Needles {
 public:
  Needles() {
    for (std::size_t i = 0; i < std::size(kRules); ++i) {
      rules_[i] = {number_of(kRules[i].first), kRules[i].second.empty() ? kNone : number_of(kRules[i].second)};
    }
    fill_buckets();
  }

  [[nodiscard]] std::string_view shape_of(std::string_view value) const {
    const Found found = find(value);
    for (std::size_t i = 0; i < std::size(kRules); ++i) {
      const auto [first, second] = rules_[i];
      if (found[first] && (second == kNone || found[second])) return kRules[i].shape;
    }
    return {};
  }

 private:
  static constexpr std::size_t kNone = kMostNeedles, kStart = 3, kBuckets = 4'096;
  struct RuleNumbers {
    std::size_t first = 0, second = 0;
  };

  /// Every needle has at least kStart characters (the shortest are "(8." and "/8.").
  static std::size_t bucket_of(const char* at) {
    const std::uint32_t start = static_cast<unsigned char>(at[0]) |
                                static_cast<std::uint32_t>(static_cast<unsigned char>(at[1])) << 8 |
                                static_cast<std::uint32_t>(static_cast<unsigned char>(at[2])) << 16;
    return start * 2'654'435'761U >> 20;
  }

  std::size_t number_of(std::string_view needle) {
    const auto known = std::find(needles_.begin(), needles_.end(), needle);
    const auto number = static_cast<std::size_t>(known - needles_.begin());
    if (known == needles_.end()) needles_.push_back(needle);
    return number;
  }

  void fill_buckets() {
    std::vector<std::vector<std::uint8_t>> by_bucket(kBuckets);
    for (std::size_t i = 0; i < needles_.size(); ++i)
      by_bucket[bucket_of(needles_[i].data())].push_back(static_cast<std::uint8_t>(i));
    for (std::size_t bucket = 0; bucket < kBuckets; ++bucket) {
      begin_[bucket] = static_cast<std::uint8_t>(order_.size());
      order_.insert(order_.end(), by_bucket[bucket].begin(), by_bucket[bucket].end());
    }
    begin_[kBuckets] = static_cast<std::uint8_t>(order_.size());
  }

  [[nodiscard]] Found find(std::string_view value) const {
    Found found;
    for (std::size_t at = 0; at + kStart <= value.size(); ++at) {
      const std::size_t bucket = bucket_of(value.data() + at);
      for (std::size_t i = begin_[bucket]; i < begin_[bucket + 1]; ++i) {
        if (value.substr(at).starts_with(needles_[order_[i]])) found.set(order_[i]);
      }
    }
    return found;
  }

  std::vector<std::string_view> needles_;
  std::vector<std::uint8_t> order_;  ///< numbers of needles, bucket by bucket
  std::array<std::uint8_t, kBuckets + 1> begin_{};
  std::array<RuleNumbers, std::size(kRules)> rules_{};
};
static_assert(kMostNeedles <= 256, "a needle's number is one byte");

}  // namespace

std::string_view received_shape(std::string_view value) {
  static const Needles needles;
  return needles.shape_of(value);
}

}  // namespace threadline::facts
