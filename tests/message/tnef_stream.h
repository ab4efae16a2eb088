// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "message/mapi.h"
#include "message/msg_writer.h"

namespace threadline::message {

/// A number as so many little-endian bytes.
[[nodiscard]] std::string number_bytes(std::uint64_t number, int size);
/// UTF-16LE of ASCII.
[[nodiscard]] std::string wide(std::string_view ascii);
/// PidTagAttachDataObject: the interface's id, then the bytes.
[[nodiscard]] MapiProperty object_property(std::string bytes);

/// 2018-04-05T08:37:00Z as 100 ns since 1601: (1522917420 + 11644473600) * 10^7.
constexpr std::uint64_t kFifthOfApril = 131'673'910'200'000'000;

/// Attributes that the tests write. Source: MS-OXTNEF section 2.1.3.2.
constexpr std::uint32_t kAttFrom = 0x00008000, kAttSubject = 0x00018004, kAttDateSent = 0x00038005, kAttStatus = 0x00068007,
                        kAttMessageClass = 0x00078008, kAttBody = 0x0002800C, kAttAttachData = 0x0006800F,
                        kAttAttachTitle = 0x00018010, kAttRendData = 0x00069002, kAttMsgProps = 0x00069003,
                        kAttRecipTable = 0x00069004, kAttAttachment = 0x00069005, kAttOemCodepage = 0x00069007,
                        kAttOwner = 0x00060000;

/// A TNEF stream by hand: what is written is what stands in the stream, right or wrong.
class TnefStream {
 public:
  TnefStream();

  TnefStream& message(std::uint32_t attribute, std::string_view data) { return write(1, attribute, data); }
  TnefStream& attachment(std::uint32_t attribute, std::string_view data) { return write(2, attribute, data); }
  TnefStream& raw(std::string_view bytes);
  TnefStream& wrong_checksum();  ///< of the attribute before

  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  TnefStream& write(char level, std::uint32_t attribute, std::string_view data);

  std::string bytes_;
};

/// attAttachRenddata of a file.
[[nodiscard]] std::string file_rendering();

/// One property in the form of MS-OXTNEF section 2.1.3.4; a name where it is given.
[[nodiscard]] std::string encapsulated(const MapiProperty& property, const MapiName* name = nullptr);
/// A counted list of encapsulated properties.
[[nodiscard]] std::string property_list(const std::vector<std::string>& properties);
/// PidTagAttachDataObject with IID_IMessage and a stream.
[[nodiscard]] std::string embedded_stream(std::string_view stream);

}  // namespace threadline::message
