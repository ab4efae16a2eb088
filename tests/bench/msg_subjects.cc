// SPDX-License-Identifier: Apache-2.0
// msg_subjects FOLDER SEEDS: the share of subjects that read_message still finds in damaged .msg files (see msg_damage.h).
#include "message/msg.h"
#include "message/read_message.h"
#include "msg_damage.h"

namespace {

std::string subject_of(std::string_view bytes) {
  if (!threadline::message::is_compound_file(bytes)) return {};
  return threadline::message::read_message(bytes, threadline::Limits{}).subject;
}

}  // namespace

int main(int argc, char** argv) { return threadline::bench::measure_damage(argc, argv, subject_of); }
