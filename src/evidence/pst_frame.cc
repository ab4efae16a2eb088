// SPDX-License-Identifier: Apache-2.0
#include "evidence/pst_frame.h"

#include "base/bytes_form.h"

namespace threadline::evidence {
namespace {

struct PstFields {
  static void of(auto& form, Is<PstWord> auto& it) { form(it.kind, it.step, it.identifier, it.where, it.bytes, it.notes); }
};

}  // namespace

std::string frame_of(const PstWord& word) { return packed<PstFields>(word); }

PstWord word_of(std::string_view frame) {
  PstWord word;
  BytesReader<PstFields> reader(frame);
  reader(word);
  return word;
}

}  // namespace threadline::evidence
