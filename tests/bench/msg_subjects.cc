// SPDX-License-Identifier: Apache-2.0
// msg_subjects FOLDER SEEDS: the share of subjects that read_msg still finds in damaged .msg files (see msg_damage.h).
#include "message/msg.h"
#include "msg_damage.h"

namespace {

std::string subject_of(std::string_view bytes) {
  if (!threadline::message::is_compound_file(bytes)) return {};
  const auto object = threadline::message::read_msg(bytes, threadline::Limits{});
  const auto* subject = object.properties.find(0x0037);
  return subject == nullptr ? std::string() : subject->value;
}

}  // namespace

int main(int argc, char** argv) { return threadline::bench::measure_damage(argc, argv, subject_of); }
