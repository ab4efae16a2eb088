// SPDX-License-Identifier: Apache-2.0
#include "text/xml_walk.h"

#include <fmt/format.h>

#include <pugixml.hpp>
#include <string>

#include "text/xml_bounds.h"

namespace threadline::text {
namespace {

std::string_view local_name(const char* name) {
  const std::string_view whole = name;
  const auto colon = whole.rfind(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

class AttributesOf final : public XmlAttributes {
 public:
  explicit AttributesOf(const pugi::xml_node& node) : node_(node) {}
  [[nodiscard]] std::string_view value(std::string_view name) const override {
    for (const auto& attribute : node_.attributes()) {
      if (local_name(attribute.name()) == name) return attribute.value();
    }
    return {};
  }

 private:
  const pugi::xml_node& node_;
};

/// One walk, without recursion: documents nest as deep as they like.
class Walk {
 public:
  Walk(std::uint32_t most_depth, XmlReceiver& receiver) : most_depth_(most_depth), receiver_(receiver) {}

  /// Answers whether elements were too deep.
  bool over(const pugi::xml_node& root) {
    pugi::xml_node here = root;
    while (here) {
      const auto inner = enter(here);
      if (inner) {
        here = inner;
        continue;
      }
      while (here && here != root && !here.next_sibling()) {
        here = here.parent();
        leave(here);
      }
      here = here == root ? pugi::xml_node() : here.next_sibling();
    }
    return is_deep_;
  }

 private:
  /// Answers the first child, where there is one to walk over; else the element has been left again.
  pugi::xml_node enter(const pugi::xml_node& node) {
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) receiver_.text(node.value());
    if (node.type() != pugi::node_element) return {};
    ++depth_;
    const bool is_wanted = receiver_.begin(local_name(node.name()), AttributesOf(node));
    const auto inner = is_wanted ? node.first_child() : pugi::xml_node();
    if (inner && depth_ < most_depth_) return inner;
    is_deep_ = is_deep_ || inner;
    leave(node);
    return {};
  }

  void leave(const pugi::xml_node& node) {
    --depth_;
    receiver_.end(local_name(node.name()));
  }

  std::uint32_t most_depth_;
  XmlReceiver& receiver_;
  std::uint32_t depth_ = 0;
  bool is_deep_ = false;
};

}  // namespace

std::vector<Note> walk_xml(std::string_view bytes, const XmlBounds& bounds, XmlReceiver& receiver) {
  std::vector<Note> notes;
  const auto whole = bytes.size();
  if (bytes.size() > bounds.bytes) {
    bytes = bytes.substr(0, static_cast<std::size_t>(bounds.bytes));
    notes.push_back({"limit", "xml_bytes: the rest of the document is left out", {}});
  }
  const auto length = bounded_xml_length(bytes, bounds.elements);
  if (length < bytes.size()) {
    bytes = bytes.substr(0, length);
    notes.push_back({"limit", fmt::format("{}: the rest of the document is left out", bounds.elements_limit), {}});
  }
  pugi::xml_document parsed;
  const auto result = parsed.load_buffer(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_ws_pcdata);
  if (!result && bytes.size() == whole)
    notes.push_back({"malformed_document", fmt::format("XML: {} at byte {}", result.description(), result.offset), {}});
  if (Walk(bounds.depth, receiver).over(parsed.document_element()))
    notes.push_back({"limit", "xml_depth: deeper elements are left out", {}});
  return notes;
}

}  // namespace threadline::text
