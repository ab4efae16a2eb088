// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace threadline::documents {

/// What stands in an RTF document beside its text.
enum class RtfFile {
  picture,  ///< \pict: a PNG or JPEG file
  object    ///< \objdata: a file of another program
};

/// Calls `into` with each picture and object, in order: the bytes from where a file that has a reader begins in them, all where
/// none does. Linear. Not read: bytes as they are (\bin), metafiles, bitmaps. Source: RTF 1.9.1, "Pictures", "Objects".
void read_rtf_files(std::string_view rtf, const std::function<void(RtfFile kind, std::string bytes)>& into);

}  // namespace threadline::documents
