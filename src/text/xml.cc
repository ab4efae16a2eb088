// SPDX-License-Identifier: Apache-2.0
#include "text/xml.h"

#include <algorithm>
#include <pugixml.hpp>

#include <fmt/format.h>

#include "text/charset.h"
#include "text/xml_bounds.h"

namespace threadline::text {
namespace {

std::string local_name(std::string_view name) {
  const auto colon = name.rfind(':');
  return valid_utf8(colon == std::string_view::npos ? name : name.substr(colon + 1));
}

class Tree {
 public:
  Tree(const Limits& limits, std::vector<Note>& notes) : limits_(limits), notes_(notes) {}

  XmlElement element_of(const pugi::xml_node& node, std::uint32_t depth) {
    XmlElement element{.name = local_name(node.name()), .attributes = {}, .text = {}, .children = {}};
    for (const auto& attribute : node.attributes())
      element.attributes.emplace_back(local_name(attribute.name()), valid_utf8(attribute.value()));
    for (const auto& child : node.children()) take(child, depth, element);
    return element;
  }

 private:
  void take(const pugi::xml_node& child, std::uint32_t depth, XmlElement& element) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      element.text += valid_utf8(child.value());
    } else if (child.type() == pugi::node_element && depth >= limits_.xml_depth) {
      say_depth_once();
    } else if (child.type() == pugi::node_element) {
      element.children.push_back(element_of(child, depth + 1));
    }
  }

  void say_depth_once() {
    if (!said_depth_) notes_.push_back({"limit", "xml_depth: deeper elements are left out", {}});
    said_depth_ = true;
  }

  const Limits& limits_;
  std::vector<Note>& notes_;
  bool said_depth_ = false;
};

}  // namespace

const XmlElement* XmlElement::child(std::string_view of_name) const {
  const auto found = std::ranges::find(children, of_name, &XmlElement::name);
  return found == children.end() ? nullptr : &*found;
}

std::string_view XmlElement::attribute(std::string_view of_name) const {
  const auto found = std::ranges::find_if(attributes, [of_name](const auto& pair) { return pair.first == of_name; });
  return found == attributes.end() ? std::string_view() : std::string_view(found->second);
}

std::size_t bounded_xml_length(std::string_view bytes, std::uint32_t most) {
  std::uint32_t seen = 0;
  std::size_t tag = 0;
  bool in_tag = false;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const char c = bytes[at];
    if (c == '<') {
      tag = at;
      in_tag = true;
      seen += at + 1 < bytes.size() && bytes[at + 1] != '/' ? 1U : 0U;
    } else if (c == '>') {
      in_tag = false;
    } else if (in_tag && c == '=') {
      ++seen;
    }
    if (seen > most) return tag;
  }
  return bytes.size();
}

XmlDocument read_xml(std::string_view bytes, const Limits& limits) {
  XmlDocument document;
  bool cut = false;
  const auto cut_to = [&](std::size_t length, const char* note) {
    if (length >= bytes.size()) return;
    bytes = bytes.substr(0, length);
    document.notes.push_back({"limit", note, {}});
    cut = true;
  };
  cut_to(static_cast<std::size_t>(std::min<std::uint64_t>(limits.xml_bytes, bytes.size())),
         "xml_bytes: the rest of the document is left out");
  cut_to(bounded_xml_length(bytes, limits.xml_elements), "xml_elements: the rest of the document is left out");
  pugi::xml_document parsed;
  const auto result = parsed.load_buffer(bytes.data(), bytes.size(), pugi::parse_default);
  if (!result && !cut) {
    document.notes.push_back({"malformed_container", fmt::format("XML: {} at byte {}", result.description(), result.offset), {}});
  }
  if (const auto root = parsed.document_element()) document.root = Tree(limits, document.notes).element_of(root, 1);
  return document;
}

}  // namespace threadline::text
