// SPDX-License-Identifier: Apache-2.0
#include "documents/kept_documents.h"

#include <algorithm>

namespace threadline::documents {
namespace {

constexpr std::size_t kMostBytes = 4U << 20U;
constexpr std::size_t kMostOfOne = kMostBytes / 8;
constexpr std::size_t kSmallThings = 64;  ///< a string or a struct beside its characters

std::string key_of(std::string_view content, std::string_view name) {
  std::string key(content);
  key += ' ';
  key += name;
  return key;
}

/// About what it takes in memory.
std::size_t bytes_of(const Document& document) {
  std::size_t bytes = sizeof document + document.name.size();
  for (const DocumentText& text : document.texts) bytes += sizeof text + text.place.size() + text.content.size();
  for (const Payee& payee : document.payees)
    bytes += sizeof payee + payee.account.size() + payee.bic.size() + payee.holder.size() + payee.invoice.size() +
             payee.purpose.size();
  for (const auto& [key, value] : document.properties) bytes += kSmallThings + key.size() + value.size();
  for (const Note& note : document.notes) bytes += sizeof note + note.text.size();
  return bytes;
}

}  // namespace

const Document* KeptDocuments::find(std::string_view content, std::string_view name) const {
  const auto found = documents_.find(key_of(content, name));
  return found == documents_.end() ? nullptr : &found->second;
}

void KeptDocuments::keep(std::string_view content, std::string_view name, const Document& document) {
  if (doubted_ || std::ranges::find(document.notes, "limit", &Note::code) != document.notes.end()) return;
  const std::size_t bytes = bytes_of(document);
  if (bytes > kMostOfOne) return;
  if (bytes_ + bytes > kMostBytes) {
    documents_.clear();
    bytes_ = 0;
  }
  if (documents_.emplace(key_of(content, name), document).second) bytes_ += bytes;
}

}  // namespace threadline::documents
