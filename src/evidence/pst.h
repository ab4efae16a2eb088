// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "evidence/file_bytes.h"
#include "evidence/pst_walk.h"
#include "evidence/reading.h"

namespace threadline::evidence {

/// Gives the items of an Outlook store (PST, OST, PAB), of every class, as TNEF (tnef_writer.h), in the order of its folders;
/// then items of no folder (note `orphan_item`) and deleted ones whose bytes are still there (note `recovered_item`). One
/// identifier is given once. libpff reads in a confined child process: should an item end it, that item is lost with a row and
/// another child goes on behind it. Associated items (views, rules) and folders are not given. A source is "box.pst!Top of
/// Personal Folders/Inbox#2097188": the folders from the root on, and the item's identifier in its store; "/", "!", "#", "%" and
/// control characters within a folder's name are percent-encoded. What a password protects in a PST is not encrypted: it is read.
/// A store that Windows encrypted for an organisation (WIP) is a note. Limits: pst_restarts, pst_folder_depth,
/// container_silence_ms, worker_bytes, frame_bytes, and those of read_pst_item. Source: MS-PST. `hook` is called in the child
/// before each step (tests).
void read_pst(const std::string& source, FileBytes& file, Reading& reading, const PstHook& hook = {});

}  // namespace threadline::evidence
