// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/column.h"
#include "facts/facts.h"
#include "pipeline/shelf.h"

namespace threadline::pipeline {

/// What copies of one message are the same by: 64 hexadecimal digits.
[[nodiscard]] std::string identity_of(const facts::Facts& facts);

/// One message that stands twice in the evidence (equal Message-ID, Date, From and body text; without a Message-ID equal bytes)
/// is one, unless a document attached to it or an account in one was exchanged: a copy that is attached to no mail, then with
/// more accounts, the trusted border's stamp, more hops, then the smaller sha256 stays, whatever the order of reading, with what
/// others alone tell (Bcc, journal, forward signs); its `sources` name all places in the order of the evidence. The entries of
/// the shelf are then those of messages, without an order.
void merge_duplicates(Shelf& shelf);

/// What a message is the same by in whatever file it stands (Learnt::content): as above, with the documents attached to it
/// and the accounts in other attachments.
[[nodiscard]] std::string content_of(const facts::Facts& facts);

}  // namespace threadline::pipeline
