// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/limits.h"
#include "base/note.h"

namespace threadline::evidence {

/// Types of MAPI properties that readers of stores ask for. Source: MS-OXCDATA section 2.11.1.
inline constexpr std::uint16_t kInteger32 = 0x0003;
inline constexpr std::uint16_t kObject = 0x000D;
inline constexpr std::uint16_t kString8 = 0x001E;
inline constexpr std::uint16_t kUnicode = 0x001F;
inline constexpr std::uint16_t kTime = 0x0040;
inline constexpr std::uint16_t kBinary = 0x0102;
inline constexpr std::uint16_t kMany = 0x1000;  ///< the bit that says: many values

/// What a property id of 0x8000 or more stands for: a property set and a number or a string (MS-OXPROPS section 1.3.3).
struct TnefName {
  std::string guid;  ///< 16 bytes as stored
  std::optional<std::uint32_t> number;
  std::string text;  ///< UTF-8, where the name is a string
};

/// One MAPI property. `value` is raw: fixed types little endian (another width is filled with zeros or cut), string8 in its code
/// page and unicode as UTF-16LE both without the final NUL, binary and object as they are. Of many values (0x1000 in the type)
/// each stands in `values`. Source: MS-OXCDATA section 2.11.1.
struct TnefProperty {
  std::uint16_t id = 0;
  std::uint16_t type = 0;
  std::string value;
  std::vector<std::string> values;
  std::optional<TnefName> name;
};

struct TnefObject;

/// `embedded`: the message that is attached; it is written as PidTagAttachDataObject and takes the place of one in `properties`.
struct TnefAttachment {
  std::vector<TnefProperty> properties;
  std::unique_ptr<TnefObject> embedded;
};

/// One item of a store, to be handed on as the standard's own serialisation.
struct TnefObject {
  std::vector<TnefProperty> properties;
  std::vector<std::vector<TnefProperty>> recipients;
  std::vector<TnefAttachment> attachments;
  std::uint32_t code_page = 0;  ///< of its string8 values, where the store states one; 0: none
};

struct Tnef {
  std::string bytes;
  std::vector<Note> notes;
};

/// The item as a TNEF stream, which `message::read_tnef` reads as it reads a winmail.dat:
/// signature and legacy key (MS-OXTNEF section 2.1.3), attTnefVersion, attOemCodepage (0 where no code page is known),
/// attMessageClass (2.1.3.3.5; the class as it is), attRecipTable (2.1.3.4), attMsgProps (2.1.3.3.21, 2.1.3.4; all properties),
/// and of each attachment attAttachRendData (2.1.3.3.15) and attAttachment (2.1.3.3.23, 2.1.3.4; all properties, the content as
/// PidTagAttachDataBinary). An embedded message is PidTagAttachDataObject with IID_IMessage and a stream of its own; another
/// object is one with IID_IStorage. Checksums are those of the data (2.1.3).
/// A property of a type that TNEF has no form for is left out; an id of 0x8000 or more without a name gets the null property set
/// and itself as number, so that the list stays readable.
/// Limits: message_bytes (of all values together: the value that passes it is cut, later ones are empty), nested_depth.
[[nodiscard]] Tnef write_tnef(const TnefObject& object, const Limits& limits);

}  // namespace threadline::evidence
