// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "base/note.h"

namespace threadline::text {

/// One element of an XML document. Names have no namespace prefix; texts are UTF-8, references decoded.
struct XmlElement {
  std::string name;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::string text;  ///< the character data directly in it, pieces joined
  std::vector<XmlElement> children;

  /// The first child of that name, or nullptr.
  [[nodiscard]] const XmlElement* child(std::string_view of_name) const;
  /// The value of that attribute, or empty.
  [[nodiscard]] std::string_view attribute(std::string_view of_name) const;
};

struct XmlDocument {
  XmlElement root;  ///< its name is empty where there is no element
  std::vector<Note> notes;
};

/// Reads an XML document as far as it is well-formed: what stands before a fault is kept, with a note `malformed_container`.
/// No DTD is read and no entity expanded but the five of XML; the encoding is that of the byte order mark or declaration.
/// Limits: xml_bytes, xml_elements, xml_depth (deeper elements are left out).
[[nodiscard]] XmlDocument read_xml(std::string_view bytes, const Limits& limits);

}  // namespace threadline::text
