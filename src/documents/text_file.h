// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/reading.h"

namespace threadline::documents {

/// A text or HTML file: decoded, as one text.
void read_text_file(const NamedBytes& file, bool html, Reading& reading);

/// The files inside of an HTML file, whose source is `source` in UTF-8. Limits: document_depth.
void read_files_of_html(const NamedBytes& file, std::string_view source, Reading& reading);

/// A document in RTF, as text; pictures and objects in it as documents of their own. Limits: document_depth.
void read_rtf_file(const NamedBytes& file, Reading& reading);

/// A message inside an archive: it goes to Reading::messages. Where it goes nowhere, and of a page that a browser saved as one,
/// its texts, then its own attachments as documents "name!attachment", then the messages attached to it. Limits: nested_messages,
/// document_depth.
void read_mail_file(const NamedBytes& file, Reading& reading);

/// A mailbox: its messages, each as if it were a member "1", "2".
void read_mailbox_file(const NamedBytes& file, Reading& reading);

}  // namespace threadline::documents
