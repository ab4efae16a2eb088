// SPDX-License-Identifier: Apache-2.0
#include "message/gmime_setup.h"

#include <fmt/format.h>
#include <gmime/gmime.h>

#include <array>
#include <string>

#include "message/read_message.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/lsan_interface.h>
#endif
#endif

namespace threadline::message {
namespace {

/// A message/rfc822 part is a leaf for the parser: its bytes stay whole, and it is read as a message of its own.
void keep_messages_whole() {
  for (const char* subtype : {"rfc822", "rfc2822", "global", "news"}) {
    g_mime_object_register_type("message", subtype, GMIME_TYPE_PART);
  }
}

GMimeParserOptions* start() {
#ifdef SANITIZER_LSAN_INTERFACE_H
  const __lsan::ScopedDisabler once;  // GMime never frees the four types that ours take the place of
#endif
  g_mime_init();
  keep_messages_whole();
  std::array<const char*, 3> charsets{"utf-8", "windows-1252", nullptr};
  auto* options = g_mime_parser_options_new();
  g_mime_parser_options_set_fallback_charsets(options, charsets.data());
  return options;
}

}  // namespace

_GMimeParserOptions* gmime_options() {
  static GMimeParserOptions* const options = start();
  return options;
}

std::string gmime_version() { return fmt::format("{}.{}.{}", gmime_major_version, gmime_minor_version, gmime_micro_version); }

}  // namespace threadline::message
