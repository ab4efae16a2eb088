// SPDX-License-Identifier: Apache-2.0
#include "documents/office_book.h"

#include <algorithm>
#include <array>

#include "text/charset.h"

namespace threadline::documents {
namespace {

constexpr std::size_t kPropertyBytes = 1'024;  ///< of a value; the rest of a longer one says nothing of who made the file

struct Property {
  std::string_view element, ooxml, odf;
};
constexpr std::array kProperties{Property{"creator", "author", "last_modified_by"},
                                 Property{"lastModifiedBy", "last_modified_by", ""},
                                 Property{"created", "created", ""},
                                 Property{"modified", "modified", ""},
                                 Property{"Application", "creator", ""},
                                 Property{"generator", "", "creator"},
                                 Property{"initial-creator", "", "author"},
                                 Property{"creation-date", "", "created"},
                                 Property{"date", "", "modified"}};

std::string_view last_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

bool SheetNames::begin(std::string_view name, const text::XmlAttributes& attributes) {
  if (name == "sheet") names_.emplace(attributes.value("id"), text::valid_utf8(attributes.value("name")));
  if (name == "Relationship" && attributes.value("Type").ends_with("sheet"))
    relations_.emplace(last_name(attributes.value("Target")), attributes.value("Id"));
  return true;
}

std::string SheetNames::of(std::string_view part) const {
  const auto relation = relations_.find(last_name(part));
  const auto name = relation == relations_.end() ? names_.end() : names_.find(relation->second);
  return name == names_.end() ? part_stem(part) : name->second;
}

std::string part_stem(std::string_view part) {
  const auto name = last_name(part);
  return std::string(name.substr(0, name.rfind('.')));
}

bool OfficeProperties::begin(std::string_view name, const text::XmlAttributes& /*attributes*/) {
  const auto* found = std::ranges::find(kProperties, name, &Property::element);
  property_ = found == kProperties.end() ? std::string_view{} : odf_ ? found->odf : found->ooxml;
  words_.clear();
  return true;
}

void OfficeProperties::text(std::string_view words) {
  if (!property_.empty() && words_.size() < kPropertyBytes) words_ += words.substr(0, kPropertyBytes - words_.size());
}

void OfficeProperties::end(std::string_view /*name*/) {
  const auto is_this = [this](const auto& one) { return one.first == property_; };
  if (!property_.empty() && !words_.empty() && std::ranges::none_of(found_, is_this))
    found_.emplace_back(property_, text::valid_utf8(words_));
  property_ = {};
}

bool EncryptedParts::begin(std::string_view name, const text::XmlAttributes& /*attributes*/) {
  is_any_ = is_any_ || name == "encryption-data";
  return !is_any_;
}

}  // namespace threadline::documents
