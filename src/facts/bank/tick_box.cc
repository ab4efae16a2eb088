// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/tick_box.h"

#include <algorithm>
#include <array>

namespace threadline::facts {
namespace {

struct Written {
  std::string_view bytes;
  bool is_ticked;
};
/// U+2610 to U+2612, U+25A1, U+25FB, U+274F, U+2751, U+2713, U+2714, U+2717, U+2718; the blank of a typed one may be U+00A0.
constexpr std::array kBoxes{Written{"\xE2\x98\x90", false}, Written{"\xE2\x98\x91", true},
                            Written{"\xE2\x98\x92", true},  Written{"\xE2\x96\xA1", false},
                            Written{"\xE2\x97\xBB", false}, Written{"\xE2\x9D\x8F", false},
                            Written{"\xE2\x9D\x91", false}, Written{"\xE2\x9C\x93", true},
                            Written{"\xE2\x9C\x94", true},  Written{"\xE2\x9C\x97", true},
                            Written{"\xE2\x9C\x98", true},  Written{"[ ]", false},
                            Written{"[]", false},           Written{"[_]", false},
                            Written{"[  ]", false},         Written{"[\xC2\xA0]", false},
                            Written{"[x]", true},           Written{"[X]", true},
                            Written{"( )", false},          Written{"(\xC2\xA0)", false},
                            Written{"(x)", true},           Written{"(X)", true}};

}  // namespace

TickBox tick_box_at(std::string_view text, std::size_t at) {
  if (!may_be_tick_box(text[at])) return {};
  const std::string_view rest = text.substr(at);
  const auto* box = std::ranges::find_if(kBoxes, [rest](const Written& one) { return rest.starts_with(one.bytes); });
  if (box == kBoxes.end()) return {};
  const auto next = std::min(rest.find_first_not_of(" \r", box->bytes.size()), rest.size());
  return {box->bytes.size(), box->is_ticked, next == rest.size() || rest[next] == '\n' || rest[next] == '\t'};
}

}  // namespace threadline::facts
