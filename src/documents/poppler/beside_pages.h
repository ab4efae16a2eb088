// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/poppler/pdf_content.h"

class PDFDoc;

namespace threadline::documents::poppler {

/// What a PDF says beside its pages: the words of sticky notes and of marks on the text, the XML of an XFA form. False: nobody
/// hears more. Source: ISO 32000-1, sections 12.5.6, 12.7.8.
bool read_beside_pages(PDFDoc& document, const Heard& heard);

}  // namespace threadline::documents::poppler
