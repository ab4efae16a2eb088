// SPDX-License-Identifier: Apache-2.0
#pragma once

struct _GMimeParserOptions;

namespace threadline::message {

/// GMime's options for header values; starts GMime at the first call (once a process, from any thread).
/// Charsets of raw 8-bit words do not depend on the locale.
[[nodiscard]] _GMimeParserOptions* gmime_options();

}  // namespace threadline::message
