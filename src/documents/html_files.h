// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace threadline::documents {

/// Calls `into` with each file that stands inside of an HTML source, in order: those of data: addresses, and pages of frames
/// (srcdoc). `name` is "data 1", or "frame 2.html". Linear. Source: RFC 2397; WHATWG HTML, section 4.8.5.
void read_html_files(std::string_view source, const std::function<void(std::string_view name, const std::string& bytes)>& into);

}  // namespace threadline::documents
