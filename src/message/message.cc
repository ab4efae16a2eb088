// SPDX-License-Identifier: Apache-2.0
#include "message/message.h"

#include "text/fold.h"

namespace threadline::message {

const HeaderField* Message::field(std::string_view name) const {
  for (const auto& field : headers) {
    if (text::equal_ascii_nocase(field.name, name)) return &field;
  }
  return nullptr;
}

}  // namespace threadline::message
