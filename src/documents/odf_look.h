// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/css_colour.h"
#include "text/html.h"
#include "text/xml_walk.h"

namespace threadline::documents {

/// How text of an OpenDocument text is seen, as far as hiding goes.
struct OdfFormat {
  text::Paint colour = {}, ground = {};
  std::optional<double> points = {};
  std::optional<bool> is_hidden = {};
  std::string parent = {};  ///< of a style
};

/// The styles of an OpenDocument text, by family and name. Source: ODF 1.3 part 3, sections 16.2, 20.
class OdfStyles {
 public:
  /// Takes an element that belongs to a style.
  void take(std::string_view name, const text::XmlAttributes& attributes);
  /// Applies a style with those that it is based on.
  void apply(std::string_view family, std::string_view style, OdfFormat& to) const;
  [[nodiscard]] bool has_page_colour() const { return has_page_colour_; }

 private:
  std::map<std::string, OdfFormat, std::less<>> styles_;
  std::string open_;  ///< the key of the style that is being read
  bool has_page_colour_ = false;
};

/// Reads the styles of a part that is walked over for them alone. The text of another part has its own of the same names.
class OdfStyleReader final : public text::XmlReceiver {
 public:
  explicit OdfStyleReader(OdfStyles& to) : to_(to) {}
  bool begin(std::string_view name, const text::XmlAttributes& attributes) override;
  void text(std::string_view /*words*/) override {}
  void end(std::string_view /*name*/) override {}

 private:
  OdfStyles& to_;
};

/// The look of the text that a part is read to.
class OdfLook {
 public:
  /// `is_on_white`: false where something lies behind the text.
  OdfLook(OdfStyles common, bool is_on_white);

  void begin(std::string_view name, const text::XmlAttributes& attributes);
  void end(std::string_view name);
  [[nodiscard]] text::Hiding hiding() const;

 private:
  struct Level {
    std::string element;
    OdfFormat format;
  };

  OdfStyles styles_;
  std::vector<Level> levels_;
};

}  // namespace threadline::documents
