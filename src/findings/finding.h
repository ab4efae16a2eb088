// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/severity.h"
#include "base/span.h"
#include "base/value.h"

namespace threadline::findings {

/// What a claim rests on: the words, and where they stand in the message.
struct Because {
  std::string text;
  Span span;
};

/// What becomes disputed when a finding stands at high or more (findings.md, "disputed"). The true side's names never do.
struct Disputes {
  std::vector<std::string> addresses, domains, accounts;
};

/// A claim about one message (findings.md).
struct Finding {
  std::string code;
  Severity severity = Severity::info;
  double confidence = 0;            ///< [0, 1]
  std::string subject;              ///< what the row's identity hangs on: the domain, the account ...; the same in any run
  Value evidence;                   ///< an object: the shapes of findings.md, without `because`
  std::vector<Because> because;     ///< at least one
  std::vector<std::string> attack;  ///< MITRE ATT&CK techniques
  Disputes disputes;
};

}  // namespace threadline::findings
