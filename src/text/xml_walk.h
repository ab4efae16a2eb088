// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/note.h"

namespace threadline::text {

/// The attributes of the element that begins.
class XmlAttributes {
 public:
  XmlAttributes() = default;
  XmlAttributes(const XmlAttributes&) = delete;
  XmlAttributes& operator=(const XmlAttributes&) = delete;
  virtual ~XmlAttributes() = default;
  /// The value of the first attribute of that name (without its prefix); empty where there is none.
  [[nodiscard]] virtual std::string_view value(std::string_view name) const = 0;
};

/// Where the elements of a document go, in its order. Names have no namespace prefix. Views live for one call.
class XmlReceiver {
 public:
  XmlReceiver() = default;
  XmlReceiver(const XmlReceiver&) = delete;
  XmlReceiver& operator=(const XmlReceiver&) = delete;
  virtual ~XmlReceiver() = default;
  /// False: what is in the element is passed over (its end comes all the same).
  virtual bool begin(std::string_view name, const XmlAttributes& attributes) = 0;
  /// Character data, references decoded; mostly UTF-8. White space between elements comes, too.
  virtual void text(std::string_view words) = 0;
  virtual void end(std::string_view name) = 0;
};

struct XmlBounds {
  std::uint64_t bytes = 0;
  std::uint32_t elements = 0, depth = 0;
  const char* elements_limit = "xml_elements";  ///< the name in Limits of `elements`
};

/// Walks over an XML document as far as it is well-formed, without a tree of ours: a tenth of read_xml's memory, for documents of
/// millions of elements. No DTD is read and no entity expanded but the five of XML.
/// Notes: malformed_document, limit (xml_bytes, xml_depth, `elements_limit`).
[[nodiscard]] std::vector<Note> walk_xml(std::string_view bytes, const XmlBounds& bounds, XmlReceiver& receiver);

}  // namespace threadline::text
