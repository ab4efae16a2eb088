// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "documents/office_text.h"
#include "text/xml_walk.h"

namespace threadline::documents {

/// Reads a page of an XPS document: its runs of glyphs, those of one height in one line. Not read: glyphs without their letters
/// (Indices alone), looks. Source: ECMA-388 section 12 (Glyphs).
class FixedPage final : public text::XmlReceiver {
 public:
  explicit FixedPage(OfficeText& to) : to_(to) {}

  bool begin(std::string_view name, const text::XmlAttributes& attributes) override;
  void text(std::string_view /*words*/) override {}
  void end(std::string_view name) override;

 private:
  OfficeText& to_;
  std::string height_;  ///< of the line that is open
};

}  // namespace threadline::documents
