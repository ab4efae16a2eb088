// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "documents/office_text.h"
#include "documents/word_look.h"
#include "text/xml_walk.h"

namespace threadline::documents {

/// Reads text in paragraphs: a part of a Word document, a slide, a drawing, comments. Hidden runs are read like others; deleted
/// and moved ones are what it showed before. Of a box that is written twice (for old programs, too) the first is read.
/// Not read: instructions of fields, cached values of charts. Source: ECMA-376 part 1, sections 17, 18.7, 21.1; part 3, 9.3.
class OoxmlText final : public text::XmlReceiver {
 public:
  /// `look`: of a part of a Word document, which lives elsewhere; nullptr: nothing is hidden.
  explicit OoxmlText(OfficeText& to, WordLook* look = nullptr) : to_(to), look_(look) {}

  bool begin(std::string_view name, const text::XmlAttributes& attributes) override;
  void text(std::string_view words) override;
  void end(std::string_view name) override;

  /// The beginning of what hidden runs say.
  [[nodiscard]] const std::string& hidden() const { return hidden_; }

 private:
  [[nodiscard]] Shown shown() const;

  OfficeText& to_;
  WordLook* look_;
  std::uint32_t in_text_ = 0, inserted_ = 0, deleted_ = 0;
  std::vector<std::uint64_t> choices_;  ///< of each open AlternateContent: the size of the text before it
  std::string hidden_;
};

}  // namespace threadline::documents
