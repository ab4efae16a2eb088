// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/xml_walk.h"

namespace threadline::documents {

/// Which part of a workbook holds which sheet: names by relation, from the workbook, and targets of relations.
class SheetNames final : public text::XmlReceiver {
 public:
  bool begin(std::string_view name, const text::XmlAttributes& attributes) override;
  void text(std::string_view /*words*/) override {}
  void end(std::string_view /*name*/) override {}

  /// The name of the sheet that is the part of that name ("xl/worksheets/sheet1.xml"); else the part's own without folder and
  /// extension.
  [[nodiscard]] std::string of(std::string_view part) const;

 private:
  std::map<std::string, std::string, std::less<>> names_;      ///< sheet by relation
  std::map<std::string, std::string, std::less<>> relations_;  ///< by the target's last name
};

/// "header1" of "word/header1.xml".
[[nodiscard]] std::string part_stem(std::string_view part);

/// Who made a document, with which program, when: "creator" (the program), "author", "last_modified_by", "created", "modified".
/// Source: ECMA-376 part 2, annex F; part 1, section 22.2; ODF 1.3 part 3, section 4.3.
class OfficeProperties final : public text::XmlReceiver {
 public:
  /// `odf`: "creator" and "date" are those of the last change.
  explicit OfficeProperties(bool odf) : odf_(odf) {}

  bool begin(std::string_view name, const text::XmlAttributes& attributes) override;
  void text(std::string_view words) override;
  void end(std::string_view name) override;

  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& found() const { return found_; }

 private:
  bool odf_;
  std::string_view property_;
  std::string words_;
  std::vector<std::pair<std::string, std::string>> found_;
};

/// Whether the manifest of an OpenDocument file says that parts of it are encrypted (ODF 1.3 part 2, section 4.8).
class EncryptedParts final : public text::XmlReceiver {
 public:
  bool begin(std::string_view name, const text::XmlAttributes& attributes) override;
  void text(std::string_view /*words*/) override {}
  void end(std::string_view /*name*/) override {}
  [[nodiscard]] bool is_any() const { return is_any_; }

 private:
  bool is_any_ = false;
};

}  // namespace threadline::documents
