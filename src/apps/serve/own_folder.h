// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace threadline::apps::serve {

/// A folder for this run alone, gone at its end. Its file "lock" is locked while this program or a process of it lives: what a
/// program left that was killed is known by that (remove_stale_folders).
class OwnFolder {
 public:
  /// Below `parent`; `path` is empty where it could not be made.
  explicit OwnFolder(const std::string& parent);
  OwnFolder(const OwnFolder&) = delete;
  OwnFolder& operator=(const OwnFolder&) = delete;
  ~OwnFolder();
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
  int lock_ = -1;
};

/// Removes folders below `parent` that killed programs of this user left: mails are not to stay behind. Takes only folders of
/// OwnFolder's name, this user's, mode 0700, whose lock nobody holds; follows no symbolic link. Says nothing where it cannot.
void remove_stale_folders(const std::string& parent);

}  // namespace threadline::apps::serve
