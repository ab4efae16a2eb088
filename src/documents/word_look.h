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

/// What one format of a Word document says of how text is seen; what it does not say is inherited.
struct WordFormat {
  text::Paint colour = {}, ground = {};
  std::optional<double> points = {};
  std::optional<bool> is_hidden = {};
  /// Takes a property of a run, paragraph, cell or table. Source: ECMA-376 part 1, sections 17.3.2, 17.3.1.31, 17.18.40.
  void take(std::string_view name, const text::XmlAttributes& attributes);
  /// What `more` says wins.
  void apply(const WordFormat& more);
  [[nodiscard]] text::Hiding hiding() const;
};

/// The styles of a Word document. Source: ECMA-376 part 1, section 17.7.
class WordStyles final : public text::XmlReceiver {
 public:
  bool begin(std::string_view name, const text::XmlAttributes& attributes) override;
  void text(std::string_view /*words*/) override {}
  void end(std::string_view name) override;

  /// What a paragraph without a style of its own looks like.
  [[nodiscard]] WordFormat of_page() const;
  /// Applies a style with those that it is based on.
  void apply(const std::string& style, WordFormat& to) const;
  /// Whether a table's style paints cells: nobody knows which.
  [[nodiscard]] bool paints(const std::string& style) const;

 private:
  struct Style {
    WordFormat format;
    std::string based_on;  ///< empty: on none
    bool paints = false;
  };

  std::map<std::string, Style, std::less<>> styles_;
  WordFormat defaults_;
  std::string default_style_;
  Style* open_ = nullptr;
  bool is_in_defaults_ = false, is_conditional_ = false;
  std::string_view properties_ = {};  ///< the open element of properties
};

/// The look of the text that a part of a Word document is read to: what is around it, and its own.
class WordLook {
 public:
  /// `ground`: false where pictures or a page colour lie behind the text.
  WordLook(const WordStyles& styles, bool is_on_white);

  /// Answers nothing for an element that does not matter here, else whether what is in it does.
  std::optional<bool> begin(std::string_view name, const text::XmlAttributes& attributes);
  /// Whether the element was one of properties.
  bool end(std::string_view name);
  [[nodiscard]] text::Hiding hiding() const;

 private:
  /// An open table, cell, text box, paragraph or run.
  struct Level {
    std::string_view element;
    WordFormat format;
  };
  void open(std::string_view element);
  void take_property(std::string_view name, const text::XmlAttributes& attributes);

  const WordStyles& styles_;
  std::vector<Level> levels_;
  std::string_view properties_ = {};
};

}  // namespace threadline::documents
