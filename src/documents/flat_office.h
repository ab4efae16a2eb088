// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/reading.h"

namespace threadline::documents {

/// Whether an XML file is an office document in one file (Word 2003 XML, flat OPC, flat OpenDocument), which it then reads.
/// Limits: xml_bytes, xml_depth, office_elements, sheet_repeats.
/// Source: ECMA-376 part 1, annex L (flat OPC); ODF 1.3 part 3, section 3.1.2.
[[nodiscard]] bool read_flat_office(const NamedBytes& file, Reading& reading);

}  // namespace threadline::documents
