// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "archive/opened.h"

namespace threadline::archive {

/// Opens the deflate stream of a gzip file as the only member of a zip that is made up around it. libarchive's gzip filter gives
/// nothing of the last 64 KiB before a cut or a damage, which is a whole message; its zip reader gives all that can be had.
/// Errors: nothing, where the file has no gzip header.
/// Source: RFC 1952, 2.3; APPNOTE.TXT 4.3.7.
[[nodiscard]] Opened open_gzip_as_zip(int descriptor);

}  // namespace threadline::archive
