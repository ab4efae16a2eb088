// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/reading.h"

namespace threadline::documents {

/// A text or HTML file: decoded, as one text.
void read_text_file(const NamedBytes& file, bool html, Reading& reading);

/// A document in RTF, as text.
void read_rtf_file(const NamedBytes& file, Reading& reading);

/// A message inside an archive: its texts, then its own attachments as documents "name!attachment", then the
/// messages attached to it. Limits: document_depth.
void read_mail_file(const NamedBytes& file, Reading& reading);

}  // namespace threadline::documents
