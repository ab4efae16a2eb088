// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <streambuf>
#include <string>

#include "base/result.h"

namespace threadline::apps {

/// Opens a file that comes to an end: a regular one, the null device, or a pipe that whoever started the program handed over
/// (<(command) of a shell, /dev/stdin). Never waits for a writer.
/// Errors: it cannot be opened; it is a folder; it is a named pipe, socket or device, which may never end.
[[nodiscard]] Result<int> open_file(const std::string& path);
/// The same for what is read as it comes: a named pipe, too ("-": standard input).
[[nodiscard]] Result<int> open_stream(const std::string& path);
/// Whether open_file could: for what a library opens. Errors: as open_file.
[[nodiscard]] Result<void> checked_file(const std::string& path);

/// Reads a whole file. A pipe gives its bytes once: they are kept for who asks again.
/// Errors: as open_file; it cannot be read.
[[nodiscard]] Result<std::string> read_file(const std::string& path);

/// Reads a descriptor, and closes it where it is not standard input. Ends at the end and where reading fails; a stream also once
/// the program is interrupted (surroundings.h).
class InputBytes : public std::streambuf {
 public:
  explicit InputBytes(int descriptor, bool is_stream = false) : descriptor_(descriptor), is_stream_(is_stream) {}
  ~InputBytes() override;
  InputBytes(const InputBytes&) = delete;
  InputBytes& operator=(const InputBytes&) = delete;

  /// Why reading failed: errno; 0: it did not.
  [[nodiscard]] int fault() const { return fault_; }

 protected:
  int_type underflow() override;

 private:
  int descriptor_, fault_ = 0;
  bool is_stream_;
  std::array<char, 65'536> block_{};
};

/// What errno says about reading a file.
[[nodiscard]] Error unreadable(const std::string& path, int fault);

}  // namespace threadline::apps
