// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/reading.h"

namespace threadline::documents {

/// A compound file that is no Outlook message: an encrypted office document, one of Word, Excel or PowerPoint 97-2003 ... None is
/// read: a note says what it is. A file packed in it by an office program is a document of its own. Macros alone are nothing.
/// Limits: cfb_entries, document_depth.
/// Source: MS-CFB; MS-OFFCRYPTO section 2.3.4; MS-DOC, MS-XLS, MS-PPT section 2.1; MS-OLEDS section 2.3.6.
void read_compound(const NamedBytes& file, Reading& reading);

}  // namespace threadline::documents
