// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/reading.h"

namespace threadline::documents {

/// Whether an XML file was read as the invoice or payment order that it is, so that nothing in it is left to be read as text. Its
/// document has a payee for each account of a creditor, with holder, BIC and the invoice's number, and its free texts as text.
/// The account of a debtor is never a payee. Files embedded in it are read as documents. A damaged invoice has its document, and
/// is false all the same. Limits: invoice_xml_bytes, invoice_field_bytes, xml_elements, xml_depth, accounts, document_depth.
/// Source: EN 16931-1 (BT-1, BT-84 to BT-86) in its two syntaxes, and the formats of invoice_formats.def.
[[nodiscard]] bool read_electronic_invoice(const NamedBytes& file, Reading& reading);

}  // namespace threadline::documents
