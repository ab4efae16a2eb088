// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace threadline::message {

/// A stream (no children) or a storage of a compound file that a test writes.
struct CfbNode {
  std::string name;  ///< ASCII, at most 31 characters
  std::string content;
  std::vector<CfbNode> children;
  bool storage = false;
};

/// How the siblings of a storage hang together.
enum class CfbTree {
  balanced,  ///< in the order of MS-CFB section 2.6.4
  list,      ///< each is the right sibling of the one before, in the order given: readers that compare names lose them
};

struct CfbOptions {
  int version = 3;  ///< 3: sectors of 512 bytes; 4: of 4,096
  CfbTree tree = CfbTree::balanced;
};

/// Where the parts of a written file stand, so that a test can damage them. Units: sectors, as the FAT numbers them.
struct CfbLayout {
  std::uint32_t sector_size = 512;
  std::uint32_t mini_stream = 0;
  std::uint32_t mini_fat = 0;
  std::uint32_t directory = 0;
  std::uint32_t fat = 0;
  std::uint32_t difat = 0;  ///< 0xFFFFFFFE: none

  /// The offset of a sector in the file.
  [[nodiscard]] std::size_t offset(std::uint32_t sector) const { return (std::size_t{sector} + 1) * sector_size; }
};

/// The bytes of a compound file with these children of its root. Directory entries are numbered parents first, siblings in the
/// order given. Sectors: FAT, directory, mini FAT, mini stream, streams of 4,096 bytes and more. Source: MS-CFB.
[[nodiscard]] std::string write_cfb(const std::vector<CfbNode>& children, const CfbOptions& options = {},
                                    CfbLayout* layout = nullptr);

}  // namespace threadline::message
