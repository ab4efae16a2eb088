// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>

namespace threadline::text {

/// Says which elements really open and close: tags go in as the source has them, and libxml2's SAX push parser mends what HTML
/// leaves out (a <td> closes the <td> before it, a </div> the <p> within it). Tags alone are fed, without attributes and text, so
/// that libxml2 meets nothing in which it is not linear, and the caller knows the source offset of each event: it happens inside
/// the call.
class HtmlTree {
 public:
  class Listener {
   public:
    virtual ~Listener() = default;
    virtual void on_open(std::string_view name) noexcept = 0;
    virtual void on_close(std::string_view name) noexcept = 0;
  };

  explicit HtmlTree(Listener& listener);
  ~HtmlTree();
  HtmlTree(const HtmlTree&) = delete;
  HtmlTree& operator=(const HtmlTree&) = delete;

  /// Precondition: the name is made of ASCII letters, digits and "-", begins with a letter, and is no void or raw text element.
  void open(std::string_view name);
  void close(std::string_view name);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace threadline::text
