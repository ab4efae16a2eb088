// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "documents/reading.h"

namespace threadline::documents {

struct PictureSize {
  std::uint32_t width = 0, height = 0;
};

/// Pixels as the header of a PNG, GIF, BMP, JPEG or WebP file states them; nothing for others (TIFF) and where it is damaged.
/// Source: PNG 3 section 11.2.1; GIF89a section 18; BITMAPINFOHEADER; ITU T.81 annex B.2.2; RFC 9649 section 2.
[[nodiscard]] std::optional<PictureSize> picture_size(std::string_view bytes);

/// Whether a picture is too small to carry a line of text with an account or a QR code for payment: a logo, an icon, a rule, a
/// tracking pixel. A heuristic: a side below 64 pixels, both below 120, or, where the size is not stated, below 1,000 bytes. A
/// QR code of an EPC payment has 45 modules a side at least; 27 digits at 5 pixels each take 135.
[[nodiscard]] bool is_small_picture(std::string_view bytes);

/// What the QR codes on a picture hold: payees where they are for payment, else texts of medium `code`.
void add_codes(std::string_view picture, const std::string& place, Reading& reading, Document& into);

/// What one QR code holds: a payee where it is for payment, else a text of medium `code`.
void add_code(std::string_view code, const std::string& place, Reading& reading, Document& into);

/// What words are on a picture, as a text of medium `picture`.
void add_words(std::string_view picture, const std::string& place, Reading& reading, Document& into);

/// A picture that is attached: its QR codes; with `reading.ocr` its text, else a note. Small ones are passed over in silence.
/// Limits: pictures, those of programs.
void read_picture(const NamedBytes& file, Reading& reading);

}  // namespace threadline::documents
