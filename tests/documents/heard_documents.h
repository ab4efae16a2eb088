// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "documents/reading.h"

namespace threadline::documents {

struct FileRead {
  Limits limits = {};
  bool ocr = false;
  Programs* programs = nullptr;
  std::vector<std::string> passwords = {};
  std::string name = "file";
};

/// What the documents of one file say, as attachment "2". Bytes in memory of their exact size.
inline std::vector<Document> documents_of_file(const std::string& bytes, const FileRead& how = {}) {
  std::vector<Document> documents;
  Reading reading{.limits = how.limits, .ocr = how.ocr, .programs = how.programs, .documents = documents};
  reading.passwords = how.passwords;
  const std::vector<char> exact(bytes.begin(), bytes.end());
  read_document({"2", how.name, {exact.data(), exact.size()}}, reading);
  return documents;
}

/// "name kind{place=content} code: text" a line each document; other media than text are told: "{medium place=content}".
inline std::string listed(const std::vector<Document>& documents) {
  std::string lines;
  for (const Document& document : documents) {
    lines += document.name + " " + document.kind;
    for (const DocumentText& text : document.texts) {
      const std::string medium = text.medium == Medium::text ? "" : std::string(name_of(text.medium)) + " ";
      lines += "{" + medium + text.place + "=" + text.content + "}";
    }
    for (const Payee& payee : document.payees) lines += " " + payee.account + "@" + payee.place;
    for (const Note& note : document.notes) {
      const bool is_limit = note.code == "limit";
      lines += " " + note.code + (is_limit ? " " + note.text : "");
    }
    lines += "\n";
  }
  return lines;
}

inline std::string read_file(const std::string& bytes, const FileRead& how = {}) { return listed(documents_of_file(bytes, how)); }

}  // namespace threadline::documents
