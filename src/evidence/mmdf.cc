// SPDX-License-Identifier: Apache-2.0
#include "evidence/mmdf.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "evidence/content_kind.h"
#include "evidence/lines.h"
#include "evidence/mailbox_fields.h"

namespace threadline::evidence {
namespace {

constexpr std::string_view kSeparator = "\x01\x01\x01\x01";

class MmdfReader {
 public:
  MmdfReader(const std::string& source, FileBytes& file, Reading& reading) : source_(source), file_(file), reading_(reading) {}

  void read() {
    Lines lines(file_, reading_.limits.mbox_line_bytes, 0);
    while (const auto piece = lines.next()) {
      if (piece->begins_line && piece->text() == kSeparator) {
        if (!finish()) return;
      } else {
        take(*piece);
      }
    }
    finish();
    if (!file_.problem().empty()) reading_.give_lost(source_, "mmdf", "io_error", file_.problem());
  }

 private:
  void take(const Piece& piece) {
    if (!item_) {
      item_ = {.source = fmt::format("{}#{}", source_, piece.offset), .format = "mmdf", .bytes = {}, .sha256 = {}, .notes = {}};
      if (is_from_line(piece.text())) return;
    }
    const auto most = reading_.limits.message_bytes + 1;  // one more shows that there was more
    item_->bytes += piece.bytes.substr(0, most - std::min<std::uint64_t>(most, item_->bytes.size()));
  }

  bool finish() {
    if (!item_) return true;
    Item item = std::move(*item_);
    item_.reset();
    if (item.bytes.size() > reading_.limits.message_bytes) {
      item.bytes.resize(reading_.limits.message_bytes);
      item.notes.push_back(message_bytes_note());
    }
    read_mailbox_fields(item);
    if (item.bytes.empty()) item.notes.push_back({"empty", "", {}});
    return reading_.give(std::move(item));
  }

  const std::string& source_;
  FileBytes& file_;
  Reading& reading_;
  std::optional<Item> item_;
};

}  // namespace

bool is_mmdf(std::string_view head) {
  if (!head.starts_with(kSeparator)) return false;
  head.remove_prefix(kSeparator.size());
  return head.starts_with('\n') || head.starts_with("\r\n");
}

void read_mmdf(const std::string& source, FileBytes& file, Reading& reading) { MmdfReader(source, file, reading).read(); }

}  // namespace threadline::evidence
