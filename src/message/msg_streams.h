// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "message/cfb.h"
#include "message/mapi.h"
#include "message/msg_properties.h"

namespace threadline::message {

/// Numbers of the entries of one storage.
using Members = std::span<const std::uint32_t>;

/// The streams of a .msg as properties, with notes where they are not whole. Limits: mapi_properties, message_notes.
class MsgStreams {
 public:
  MsgStreams(const CompoundFile& file, const Limits& limits) : file_(file), limits_(limits) {}

  [[nodiscard]] std::optional<std::uint32_t> find(Members members, std::string_view name, bool storage) const;
  /// Its bytes as far as they are there; a note where some are missing. Valid until the next call.
  [[nodiscard]] std::string_view content(std::uint32_t number, std::vector<Note>& notes);
  /// All properties of a storage: those in its property stream, after a header of that many bytes, and those in streams of their
  /// own. The list tells how long a damaged stream is, and the right name of one with a damaged byte in it.
  void read_properties(Members members, std::uint32_t header, MapiProperties& into, std::vector<Note>& notes);

  void note(std::vector<Note>& notes, std::string code, std::string text) const;
  /// Once for a list of notes: "limit: what not read".
  void note_limit(std::vector<Note>& notes, std::string_view limit, std::string_view what) const;

 private:
  /// A stream that holds a property.
  struct Stream {
    StreamName name;
    std::uint32_t entry = 0;
  };

  [[nodiscard]] std::string path_of(std::uint32_t number) const;
  void mend_names(const std::vector<ListedProperty>& listed, std::vector<Stream>& streams, std::vector<std::uint32_t>& unnamed,
                  std::vector<Note>& notes);
  bool read_streams(const std::vector<Stream>& streams, MapiProperties& into, std::vector<Note>& notes);
  void read_values(const Stream& stream, MapiProperties& into, std::vector<Note>& notes);

  const CompoundFile& file_;
  const Limits& limits_;
  std::vector<ListedProperty> listed_;  ///< of the storage that is read, by tag
  std::string scratch_;
};

}  // namespace threadline::message
