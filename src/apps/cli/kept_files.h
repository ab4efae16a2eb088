// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "apps/cli/options.h"
#include "base/result.h"

namespace threadline::apps {

/// What a command reads or keeps: nothing that it writes may take the place of any of it. A file is the same by its name, links
/// followed, and by device and inode.
class KeptFiles {
 public:
  /// One file; "" is none.
  KeptFiles& file(const std::string& path);
  /// Files, folders with all that lies below them, and "-": the file that standard input is.
  KeptFiles& evidence(const std::vector<std::string>& paths);
  /// A store and what lies beside it while it is open; a database's address is no file.
  KeptFiles& store(const std::string& path);
  /// What a case is made of. Its folder may hold other files, exports too.
  KeptFiles& case_folder(const std::string& folder);
  /// The evidence, and the files that options name.
  KeptFiles& options(const EvidenceOptions& options);

  /// Their whole names: in a folder of evidence they are none.
  [[nodiscard]] std::vector<std::string> whole_names() const;
  /// Errors: `written` is one of them, or would become one. Standard output, and what is no regular file, is none.
  [[nodiscard]] Result<void> spared_by(const std::string& written) const;

 private:
  std::vector<std::string> files_, folders_;
  bool is_standard_input_read_ = false;
};

}  // namespace threadline::apps
