// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/note.h"

namespace threadline::evidence {

/// What the child that reads a PST says of one step. Steps are folders and items in the order of the store, which is the same in
/// each run over the same bytes.
struct PstWord {
  enum class Kind : char {
    begin = 'b',  ///< the step begins: should the child end now, this is what ended it
    item = 'i',   ///< an item, in `bytes` as TNEF
    lost = 'l'    ///< something could not be read; `notes` say what
  };
  Kind kind = Kind::begin;
  std::uint64_t step = 0;
  std::uint32_t identifier = 0;  ///< of the item in its store (MS-PST section 2.2.2.1); 0: none
  std::string where;             ///< "Top of Personal Folders/Inbox#2097188"; empty: the store itself
  std::string bytes;
  std::vector<Note> notes;
};

[[nodiscard]] std::string frame_of(const PstWord& word);
/// What a frame says; a frame that another program wrote gives what can be had of it.
[[nodiscard]] PstWord word_of(std::string_view frame);

}  // namespace threadline::evidence
