// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "facts/facts.h"

namespace threadline::findings {

/// The accounts to be paid that one document of a message shows in one way.
struct ShownAccounts {
  std::string_view medium;  ///< facts::Account::medium: "text", "xml", "qr", "earlier revision"; "message": the new text
  std::vector<const facts::Account*> accounts;
};

/// Two ways in which one document shows accounts, none of which is the same.
struct ShownOtherwise {
  std::string document;  ///< its name
  ShownAccounts one, other;
};

/// The documents of a message in which what a person reads, the XML for programs, the QR code for telephones or an earlier saved
/// state name other accounts to be paid. A file embedded in a document belongs to it, a member of an archive is a document of its
/// own. And one invoice, by its number, that the new text and a document, or two documents, show with other accounts. Not
/// compared: accounts of a payer or called the old ones, what was read from pixels, and a Swiss QR-IBAN, which is the same
/// account under a number for QR bills alone (SIX, Swiss Implementation Guidelines QR-bill, section 2: IID 30000 to 31999).
[[nodiscard]] std::vector<ShownOtherwise> documents_shown_otherwise(const facts::Facts& facts);

}  // namespace threadline::findings
