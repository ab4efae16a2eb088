// SPDX-License-Identifier: Apache-2.0
// gsf_subjects FOLDER SEEDS: as msg_subjects, by libgsf: the reference in the same run. Never linked in the program.
#include <gsf/gsf.h>

#include "msg_damage.h"

namespace {

std::string content_of(GsfInfile* file, const char* name) {
  GsfInput* stream = gsf_infile_child_by_name(file, name);
  if (stream == nullptr) return {};
  const auto size = static_cast<std::size_t>(gsf_input_size(stream));
  const auto* bytes = gsf_input_read(stream, size, nullptr);
  std::string content;
  if (bytes != nullptr) content.assign(reinterpret_cast<const char*>(bytes), size);
  g_object_unref(stream);
  return content;
}

std::string subject_of(std::string_view bytes) {
  GsfInput* input =
      gsf_input_memory_new(reinterpret_cast<const guint8*>(bytes.data()), static_cast<gsf_off_t>(bytes.size()), FALSE);
  GsfInfile* file = gsf_infile_msole_new(input, nullptr);
  std::string subject;
  if (file != nullptr) {
    subject = content_of(file, "__substg1.0_0037001F");
    if (subject.empty()) subject = content_of(file, "__substg1.0_0037001E");
    g_object_unref(file);
  }
  g_object_unref(input);
  return subject;
}

}  // namespace

int main(int argc, char** argv) {
  gsf_init();
  return threadline::bench::measure_damage(argc, argv, subject_of);
}
