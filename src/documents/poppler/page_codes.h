// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/poppler/pdf_content.h"

class PDFDoc;

namespace threadline::documents::poppler {

/// The QR codes of a page (from 1): each place where one can stand (code_places.h) is drawn and searched.
void read_page_codes(PDFDoc& document, int page, const Heard& heard);

}  // namespace threadline::documents::poppler
