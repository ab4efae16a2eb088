// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "documents/reading.h"

namespace threadline::documents {

/// A zip: an office document where it is one (OOXML, OpenDocument), whatever its name; else an archive.
void read_zip(const NamedBytes& file, Reading& reading);

/// An office document: texts of its parts (Document::place: the sheet, or the part where it is not the main one), what tracked
/// changes deleted, properties, notes; pictures and files inside it as documents of their own.
/// Limits: those of `unpack`, xml_bytes, xml_depth, office_elements, sheet_repeats, document_depth.
/// Source: ECMA-376 part 2 (packages); ODF 1.3 part 2.
/// Not read: cached values of charts and pivot tables, instructions of fields, binary workbooks (xlsb: a note).
void read_office(const NamedBytes& file, Reading& reading);

}  // namespace threadline::documents
