// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "facts/conversation/introduction.h"
#include "facts/conversation/lines.h"

namespace threadline::facts {

/// Gives persons of an introduction that are written as links without a visible address ("<a href=mailto:x@y>Name</a>") the
/// address of their link. A visible address stays, whatever its link says. Linear in introductions and elements.
void add_linked_addresses(const ReadText& body, const std::vector<Line>& lines, std::vector<Introduction>& introductions);

}  // namespace threadline::facts
