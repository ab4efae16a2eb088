// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

#include "documents/document.h"

namespace threadline::documents {

/// What programs read from attachments of earlier messages: a firm's logo stands in each of its mails, an invoice in each answer
/// that carries it on. Only what another reading would give again is kept.
class KeptDocuments {
 public:
  /// Nothing where that content under that name was not read, or not kept. The content is named by its sha256 and by how it is
  /// read.
  [[nodiscard]] const Document* find(std::string_view content, std::string_view name) const;

  /// Before a document is read.
  void start() { doubted_ = false; }
  /// A program gave an answer that it might not give again: ended by a limit, not started.
  void doubt() { doubted_ = true; }
  /// Keeps what was read since `start` unless it was doubted or a limit cut it. Limits: 4 MiB; beyond it all is forgotten.
  void keep(std::string_view content, std::string_view name, const Document& document);

 private:
  std::unordered_map<std::string, Document> documents_;
  std::size_t bytes_ = 0;
  bool doubted_ = false;
};

}  // namespace threadline::documents
