// SPDX-License-Identifier: Apache-2.0
#include "documents/electronic_invoice.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "documents/xml_root.h"
#include "text/base64.h"
#include "text/fold.h"
#include "text/xml.h"

namespace threadline::documents {
namespace {

using text::XmlElement;

struct Format {
  std::string_view root, scope, number, group, account, bic, holder, country;
};
constexpr auto kFormats = std::to_array<Format>({
#define INVOICE_FORMAT(root, scope, number, group, account, bic, holder, country) \
  {root, scope, number, group, account, bic, holder, country},
#include "documents/invoice_formats.def"
#undef INVOICE_FORMAT
});

/// Elements whose text a person writes and reads: UBL and CII notes, terms of payment, FatturaPA's Causale, Facturae's
/// AdditionalData, ebInterface's Comment, Finvoice's InvoiceFreeText.
constexpr std::array<std::string_view, 12> kFreeTexts{
    "Note",    "Content", "Description",     "Causale",         "InvoiceAdditionalInformation", "PaymentInstructions",
    "Comment", "Ustrd",   "InvoiceFreeText", "InstructionNote", "PaymentTermsFreeText",         "Information"};
/// Elements that hold a file in base64: UBL, CII, FatturaPA, Facturae.
constexpr std::array<std::string_view, 4> kFiles{"EmbeddedDocumentBinaryObject", "AttachmentBinaryObject", "Attachment",
                                                 "AttachmentData"};

bool is_one_of(const auto& names, std::string_view name) { return std::ranges::find(names, name) != names.end(); }

/// What stands before the separator; `rest` is what stands behind it.
std::string_view first_of(std::string_view& rest, char separator) {
  const auto at = rest.find(separator);
  const std::string_view first = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
  return first;
}

std::string_view text_at(const XmlElement& element, std::string_view path) {
  const XmlElement* here = &element;
  while (here != nullptr && !path.empty()) here = here->child(first_of(path, '/'));
  return here == nullptr ? std::string_view{} : text::trimmed(here->text);
}

/// One pass over the elements of an invoice.
class Invoice {
 public:
  Invoice(std::string_view root, const NamedBytes& file, Reading& reading)
      : root_(root), reading_(reading), document_(document_of(file, "xml")) {}

  /// Depth: that of the XML document (Limits::xml_depth).
  void walk(const XmlElement& element, std::string_view outer_number) {
    std::string own_number;
    for (const Format& format : kFormats) {
      if (format.root == root_ && element.name == format.scope && own_number.empty())
        own_number = field_at(element, format.number);
    }
    is_numbered_ = is_numbered_ || !own_number.empty();
    const std::string_view number = own_number.empty() ? outer_number : own_number;
    for (const Format& format : kFormats) {
      if (format.root == root_ && element.name == format.group) take_payee(element, format, number);
    }
    const std::string_view text = text::trimmed(element.text);
    if (is_one_of(kFiles, element.name) && !text.empty()) {
      files_.emplace_back(element.attribute("filename"), text);
    } else if (is_one_of(kFreeTexts, element.name) && !text.empty()) {
      words_.append(text).push_back('\n');
    }
    for (const XmlElement& child : element.children) walk(child, number);
  }

  [[nodiscard]] bool is_any() const { return is_numbered_ || !document_.payees.empty(); }

  void keep(std::vector<Note> notes) {
    for (Note& note : notes) document_.notes.push_back({note.code, std::move(note.text), {.part = document_.part}});
    if (!words_.empty()) add_text({.medium = Medium::xml, .content = std::move(words_)}, reading_, document_);
    const std::string part = document_.part, name = document_.name;
    reading_.documents.push_back(std::move(document_));
    read_files(part, name);
  }

 private:
  /// The first of the paths at which something stands.
  std::string field_at(const XmlElement& element, std::string_view paths) {
    while (!paths.empty()) {
      const auto text = text_at(element, first_of(paths, '|'));
      if (text.size() > reading_.limits.invoice_field_bytes) {
        say_long_once();
      } else if (!text.empty()) {
        return std::string(text);
      }
    }
    return {};
  }

  void say_long_once() {
    if (!said_long_)
      document_.notes.push_back({"limit", "invoice_field_bytes: a longer field is left out", {.part = document_.part}});
    said_long_ = true;
  }

  void take_payee(const XmlElement& element, const Format& format, std::string_view number) {
    std::string account = field_at(element, format.account);
    if (account.empty()) return;
    const bool is_bare = !format.country.empty() && account.front() >= '0' && account.front() <= '9';
    if (is_bare) account.insert(0, format.country);
    Payee payee{.medium = Medium::xml,
                .place = {},
                .account = std::move(account),
                .bic = field_at(element, format.bic),
                .holder = field_at(element, format.holder),
                .invoice = std::string(number)};
    const auto is_same = [&payee](const Payee& one) { return one.account == payee.account && one.invoice == payee.invoice; };
    if (document_.payees.size() <= reading_.limits.accounts && std::ranges::none_of(document_.payees, is_same))
      document_.payees.push_back(std::move(payee));
  }

  void read_files(const std::string& part, const std::string& name) {
    if (files_.empty() || reading_.depth >= reading_.limits.document_depth) return;
    ++reading_.depth;
    std::size_t number = 0;
    for (const auto& [file_name, base64] : files_) {
      const std::string inner = file_name.empty() ? std::to_string(++number) : std::string(file_name);
      const std::string bytes = text::decode_base64(base64);
      read_document({part + "!" + inner, name + "!" + inner, bytes}, reading_);
    }
    --reading_.depth;
  }

  std::string_view root_;
  Reading& reading_;
  Document document_;
  std::string words_;
  std::vector<std::pair<std::string_view, std::string_view>> files_;  ///< name, base64: of the parsed document
  bool is_numbered_ = false, said_long_ = false;
};

}  // namespace

bool read_electronic_invoice(const NamedBytes& file, Reading& reading) {
  const std::string root = root_name(file.bytes);
  if (std::ranges::find(kFormats, root, &Format::root) == kFormats.end()) return false;
  if (file.bytes.size() > reading.limits.invoice_xml_bytes - std::min(reading.limits.invoice_xml_bytes, reading.xml_bytes)) {
    Document document = document_of(file, "xml");
    document.notes.push_back({"limit", "invoice_xml_bytes: read as text, not as an invoice", {.part = document.part}});
    reading.documents.push_back(std::move(document));
    return false;
  }
  reading.xml_bytes += file.bytes.size();
  text::XmlDocument xml = text::read_xml(file.bytes, reading.limits);
  Invoice invoice(root, file, reading);
  invoice.walk(xml.root, {});
  const bool is_whole = xml.notes.empty();
  if (!invoice.is_any()) return false;
  invoice.keep(std::move(xml.notes));
  return is_whole;
}

}  // namespace threadline::documents
