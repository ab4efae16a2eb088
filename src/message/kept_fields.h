// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/note.h"
#include "message/header_block.h"

namespace threadline::message {

/// Which fields of a header are kept where there are too many: those of a well-known name before all others, whatever stands
/// first, so that no flood of other fields hides From or Received (one of its own name, before the true one, still does). Of each
/// well-known name no more than its share is preferred (Received has several), since they may be the flood; what is over its
/// share goes with the others, and a long field is cut. Limits: header_fields, header_bytes.
class KeptFields {
 public:
  KeptFields(std::string_view bytes, const Limits& limits) : bytes_(bytes), limits_(limits) {}

  void add(RawField field);
  /// The field that was added last goes on to `end`, in bytes of the message.
  void extend(std::size_t end);

  /// Whether any was added, kept or not.
  [[nodiscard]] bool is_begun() const { return is_begun_; }
  /// Whether a Content-Type among those kept so far holds these words.
  [[nodiscard]] bool has_boundary(std::string_view words) const;

  /// The fields in the order of the message; a note for each limit says which are left out.
  [[nodiscard]] std::vector<RawField> take(std::vector<Note>& notes);

 private:
  static constexpr std::size_t kMostNames = kWellKnownFields.size();
  static constexpr std::size_t kOther = kMostNames;  ///< the place of a name that is not well known
  static constexpr std::size_t kFields = 0, kBytes = 1, kLimits = 2;

  struct Used {
    std::uint64_t fields = 0, bytes = 0;
  };
  struct Lost {
    std::uint64_t count = 0, at = 0;
    std::vector<std::string_view> names;
  };

  [[nodiscard]] static std::size_t place_of(std::string_view name);
  [[nodiscard]] static Used share_of(std::size_t place, const Limits& limits);
  [[nodiscard]] bool is_preferred(std::size_t place) const;
  [[nodiscard]] bool make_room(std::uint64_t count, std::uint64_t length, bool may_displace);
  [[nodiscard]] bool displace_one();
  void shorten(std::size_t index);
  void remove(std::size_t index);
  void lose(const RawField& field);
  void close();
  void compact();

  std::string_view bytes_;
  const Limits& limits_;
  std::vector<RawField> fields_;
  std::vector<std::size_t> places_;          ///< of each of them, or kOther where it has no preference
  std::vector<std::size_t> spare_, longer_;  ///< those that may go, and those of which a part may go
  std::vector<std::size_t> types_;           ///< those that are a Content-Type
  std::array<Used, kMostNames> used_{};
  Used kept_;
  std::array<Lost, kLimits> lost_;
  std::size_t reached_ = kFields;  ///< the limit that was met last
  bool is_begun_ = false, is_open_ = false;
};

}  // namespace threadline::message
