// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "documents/programs.h"
#include "evidence/evidence.h"
#include "facts/facts.h"
#include "logs/reader.h"

namespace threadline::pipeline {

/// What the reading of an item depends on beside its bytes.
struct ItemSettings {
  facts::Settings facts;
  bool ocr = false;                                 ///< pictures and scanned pages are read for text
  std::vector<std::string> passwords = {};          ///< tried on encrypted members of attached archives
  std::shared_ptr<const logs::Settings> logs = {};  ///< of the workers that read logs
};

/// The facts of one item: of the message, then of each message attached to it at any depth, carriers before what they carry.
/// The attached message's source is its carrier's, "/" and the part. Pure: what a worker does.
/// `programs` read documents (nullptr: those that need one have a note).
[[nodiscard]] std::vector<facts::Facts> read_item(const evidence::Item& item, const ItemSettings& settings,
                                                  documents::Programs* programs);

}  // namespace threadline::pipeline
