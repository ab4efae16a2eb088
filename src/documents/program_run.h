// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/limits.h"
#include "documents/programs.h"

namespace threadline::documents {

/// What keeps a program from files and the network.
enum class Enclosure {
  bubblewrap,  ///< namespaces of its own: no network, no files but /usr, read-only
  filter,      ///< system calls denied: sockets, processes, opening files to write. It can still read files
};

/// Bubblewrap where it is installed and the kernel lets it work (tried once).
[[nodiscard]] Enclosure best_enclosure();

/// The words of a command line before those of the enclosed program: none where the filter encloses it. `readable` is a file
/// outside of /usr that it may read, too.
[[nodiscard]] std::vector<std::string> enclosing_words(Enclosure enclosure, const std::string& readable = {});

/// How one program runs.
struct RunBounds {
  std::uint32_t ms = 0;  ///< wall clock and processor
  std::uint64_t memory_bytes = 0, output_bytes = 0;
  Enclosure enclosure = Enclosure::filter;
  int peer = -1;  ///< a socket: when its other end goes, the program is ended
};

[[nodiscard]] RunBounds bounds_of(const Limits& limits, std::uint32_t ms);

/// Runs a program as a process of its own: its input in a sealed memory file, no environment but the language, no descriptor but
/// input, output and errors, no core file, no file of more than 0 bytes. All that it started is ended with it.
/// Threads: any (between fork and exec only what may be done there).
[[nodiscard]] ProgramAnswer run_program(const ProgramRequest& request, const RunBounds& bounds);

}  // namespace threadline::documents
