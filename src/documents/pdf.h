// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/reading.h"

namespace threadline::documents {

/// A PDF: its text, its properties, the texts that earlier saved states showed, its embedded files as documents of their own;
/// QR codes on its first and last pages; with `reading.ocr` the pages that are pictures. What its readers could not finish is
/// used as far as it goes, with a note.
/// Limits: pdf_bad_pages, pdf_code_pages, pdf_revisions, pdf_files, ocr_pages, document_depth, those of programs.
/// Not read: pictures on pages that have text, too.
void read_pdf(const NamedBytes& file, Reading& reading);

}  // namespace threadline::documents
