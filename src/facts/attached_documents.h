// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "documents/document.h"
#include "facts/facts.h"

namespace threadline::facts {

/// Adds what the documents attached to a message say: their accounts (where "attachment"), requests, numbers of invoices, notes,
/// and a summary of each. Spans count in a document's text as it was read: part "2", or "2!Sheet1" for a text with a place.
/// Limits: accounts, invoices, message_notes.
void add_documents(const std::vector<documents::Document>& documents, const Limits& limits, Facts& facts);

}  // namespace threadline::facts
