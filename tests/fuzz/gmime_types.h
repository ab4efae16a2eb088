// SPDX-License-Identifier: Apache-2.0
// For fuzz targets that read messages, each one program: included once a program.
#pragma once

#include "message/read_message.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/lsan_interface.h>

/// g_mime_init registers its types once a process and never frees them: not a leak of a message.
extern "C" int LLVMFuzzerInitialize(int*, char***) {
  const __lsan::ScopedDisabler once;
  static_cast<void>(threadline::message::read_message("Subject: x\n\n", {}));
  return 0;
}
#endif
#endif
