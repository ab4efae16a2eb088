// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/note.h"
#include "base/result.h"

namespace threadline::evidence {

/// What a mail server noted beside a message: from whom it was taken and for whom. No part of the message and its digest.
struct Envelope {
  std::optional<std::string> sender;  ///< without angle brackets; "" is the null sender
  std::vector<std::string> recipients;
  std::string queue_id;
  std::string arrival;  ///< RFC 3339 where the queue states an instant, else as printed

  bool operator==(const Envelope&) const = default;
};

/// One raw message as found, or the report that something there could not be read.
struct Item {
  std::string source;                               ///< path, then "#offset" in an mbox ("box.mbox#1234"); "-" for standard input
  std::string format;                               ///< "eml", "mbox", "emlx", ...: the container it came from
  std::string bytes;                                ///< the raw message; empty where nothing could be read
  std::string sha256;                               ///< of `bytes` (mbox: without the From_ line, unquoted)
  std::vector<Note> notes;                          ///< what was odd; kind `unreadable` with empty bytes: the whole item is lost
  std::optional<Envelope> envelope = std::nullopt;  ///< of a queue or quarantine file
};

/// Called for each item in the order of the evidence. Answers false to stop the reading.
using Sink = std::function<bool(Item&&)>;

class FileBytes;

/// Asked of each file and member before it is told what it is, with its source and first 64 KiB; true: somebody else reads it (a
/// log), and no item comes of it. It may read the bytes then and there.
using Taken = std::function<bool(const std::string& source, std::string_view head, FileBytes& bytes)>;

/// What reading came to.
struct Summary {
  std::uint64_t items = 0;
  std::uint64_t taken = 0;  ///< files and members that somebody else reads
  std::uint64_t bytes = 0;
  bool stopped = false;  ///< the sink answered false
};

/// How evidence is read.
struct Settings {
  Limits limits;
  std::vector<std::string> passwords;  ///< tried on encrypted members of archives, in this order
  std::string spool_folder =
      "/tmp";  ///< where members longer than Limits::archive_memory_bytes are kept, in files without a name
  Taken taken = {};
  std::vector<std::string> own_files = {};  ///< the program's own (its store, its case), whole names: no evidence in a folder
  std::function<bool()> interrupted = {};   ///< asked while standard input gives nothing; true: nothing more is read
};

/// Reads all messages below the paths ("-" is one message on standard input, where a container is no message): files told by
/// content, folders recursively in byte order of their names, Maildir (cur, new), mbox streamed. A bad file is an Item with a
/// note, never an Error. Errors: a path of the command line that does not exist (nothing is read then). Limits: message_bytes,
/// folder_depth, mbox_line_bytes.
[[nodiscard]] Result<Summary> read_evidence(const std::vector<std::string>& paths, const Settings& settings, const Sink& sink);

}  // namespace threadline::evidence
