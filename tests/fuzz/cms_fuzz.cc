// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/signed_content.h"

using threadline::CmsType;

/// The content of a CMS object comes out of its bytes: it is never longer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto object = threadline::read_cms({reinterpret_cast<const char*>(data), size});
  if (object.content && (object.type != CmsType::signed_data || object.content->size() > size)) std::abort();
  return 0;
}
