// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "facts/facts.h"

namespace threadline::pipeline {

/// One message that stands twice in the evidence (equal Message-ID, Date, From and body text; without a Message-ID equal bytes)
/// is one, unless a document attached to it was exchanged: the copy with the trusted border's stamp, then with more hops, then
/// the smaller sha256 stays, whatever the order of reading, and its `sources` name all places in the order of the evidence.
[[nodiscard]] std::vector<std::shared_ptr<facts::Facts>> merge_duplicates(std::vector<std::shared_ptr<facts::Facts>> messages);

/// What a message is the same by in whatever file it stands (Learnt::content): as above, with the documents attached to it.
[[nodiscard]] std::string content_of(const facts::Facts& facts);

}  // namespace threadline::pipeline
