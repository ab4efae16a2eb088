// SPDX-License-Identifier: Apache-2.0
#include "pipeline/shelf.h"

#include <malloc.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <list>
#include <mutex>
#include <utility>

#include "base/keyed_hash.h"
#include "base/sha256.h"
#include "pipeline/analysis_steps.h"
#include "pipeline/duplicates.h"
#include "pipeline/latest_facts.h"
#include "pipeline/wire.h"

namespace threadline::pipeline {
namespace {

constexpr std::uint64_t kKeptBytes = 4U << 20U;  ///< of facts in bytes; decoded they take three times as much
constexpr std::uint64_t kFewest = 2'048;         ///< bytes that facts take at least
constexpr std::uint32_t kMagic = 0x46'48'44'54;  // "TDHF"
constexpr std::string_view kTitle = "threadline unfinished run, version 1: facts of mails; may be deleted\n";

/// Before the facts of one item in an unfinished file; host byte order. A record that was not written whole is told by `check`.
struct RecordHead {
  std::uint32_t magic = kMagic;
  std::uint32_t count = 0;   ///< messages: each has its length in 32 bits before it
  std::uint64_t key = 0;     ///< of the item: its source and sha256
  std::uint64_t length = 0;  ///< bytes that follow
  std::uint64_t check = 0;
};

std::uint64_t key_of(const std::string& source, const std::string& sha256) {
  const ShortDigest digest = digest_of_hex(sha256_hex(source + '\n' + sha256));
  std::uint64_t key = 0;
  std::memcpy(&key, digest.data(), sizeof key);
  return key;
}

std::uint64_t check_of(const RecordHead& head, std::string_view content) {
  static const KeyedHash kHash(KeyedHash::Key{});
  return kHash.of(content) ^ head.key ^ (head.length << 1U) ^ head.count;
}

void append_length(std::string& to, std::size_t length) {
  const auto bytes = static_cast<std::uint32_t>(length);
  to.append(reinterpret_cast<const char*>(&bytes), sizeof bytes);
}

std::uint64_t guessed_bytes(const facts::Facts& facts) {
  std::uint64_t bytes = kFewest + 2 * facts.body_text.size();
  for (const auto& block : facts.conversation.quoted) bytes += block.text.size();
  return bytes;
}

const std::shared_ptr<const facts::Facts>& no_facts() {
  static const auto kNone = std::make_shared<const facts::Facts>();
  return kNone;
}

}  // namespace

/// Facts that were read last, and the lock of all that several threads may change.
struct Shelf::Shared {
  std::mutex mutex;
  LatestFacts latest{kKeptBytes};
};

Shelf::Shelf(ShelfSettings settings) : settings_(std::move(settings)), shared_(std::make_unique<Shared>()) {}

Shelf::~Shelf() = default;
Shelf::Shelf(Shelf&& other) noexcept = default;

Result<Shelf> Shelf::open(const ShelfSettings& settings) {
  Shelf shelf(settings);
  if (!settings.unfinished.empty()) {
    if (auto opened = shelf.open_unfinished(); !opened) return tl::unexpected(opened.error());
  }
  return shelf;
}

void Shelf::fail(const Error& error) const {
  if (!failure_) failure_ = error;
}

Result<void> Shelf::open_unfinished() {
  const auto held = std::exchange(settings_.held, nullptr);
  file_.emplace(held ? std::move(*held) : ScratchFile::named(settings_.unfinished));
  if (file_->failure()) return tl::unexpected(*file_->failure());
  if (!held && !file_->lock())
    return tl::unexpected(Error{"another run is using it", settings_.unfinished, "try again when it is done"});
  const std::string title = std::string(kTitle) + settings_.fingerprint + "\n";
  if (file_->read(0, title.size()) == title) {
    read_unfinished();
  } else {
    was_set_aside_ = file_->size() > 0;
    file_->cut(0);
    file_->append(title);
  }
  if (file_->failure()) return tl::unexpected(*file_->failure());
  return {};
}

/// Finds the records that are whole; what stands behind them is cut off.
void Shelf::read_unfinished() {
  std::uint64_t at = kTitle.size() + settings_.fingerprint.size() + 1;
  while (at < file_->size()) {
    RecordHead head;
    const std::string bytes = file_->read(at, sizeof head);
    if (bytes.size() < sizeof head) break;
    std::memcpy(&head, bytes.data(), sizeof head);
    if (head.magic != kMagic || head.length > file_->size() - at - sizeof head) break;
    if (check_of(head, file_->read(at + sizeof head, head.length)) != head.check) break;
    if (head.count > 0) known_.push_back({head.key, at});
    at += sizeof head + head.length;
  }
  file_->cut(at);
  std::ranges::sort(known_, {}, [](const Known& one) { return std::pair(std::uint64_t{one.key}, std::uint64_t{one.at}); });
}

Entry Shelf::entry_of(const facts::Facts& facts, const Place& place) const {
  Entry entry;
  entry.known_at = known_at_or_last(facts).seconds;
  entry.sha256 = digest_of_hex(facts.sha256);
  entry.identity = digest_of_hex(identity_of(facts));
  entry.place = place;
  entry.is_attached = !facts.carrier.empty();
  if (on_entry) on_entry(facts, entry);
  return entry;
}

void Shelf::put(Outcome&& outcome) {
  evidence::Item item;
  item.source = std::move(outcome.source);
  item.sha256 = std::move(outcome.sha256);
  put(&item, std::move(outcome.facts), outcome.encoded);
}

void Shelf::put(const evidence::Item* item, std::vector<facts::Facts>&& facts, const std::string& encoded) {
  if (facts.empty() || failure_) return;
  const std::uint64_t key = item == nullptr || settings_.unfinished.empty() ? 0 : key_of(item->source, item->sha256);
  if (!file_) {
    for (const auto& one : facts) bytes_ += guessed_bytes(one);
    if (bytes_ > settings_.memory_bytes) leave_memory();
  }
  if (file_) return put_in_file(key, std::move(facts), encoded);
  for (auto& one : facts) put_in_memory(std::make_shared<const facts::Facts>(std::move(one)));
}

void Shelf::put_in_memory(FactsPointer facts) {
  enter(*facts, {in_memory_.size(), 0, facts->input_order});
  in_memory_.push_back(std::move(facts));
}

void Shelf::put_in_file(std::uint64_t key, std::vector<facts::Facts>&& facts, const std::string& encoded) {
  const bool has_head = !settings_.unfinished.empty();
  RecordHead head;
  std::string content;
  std::vector<std::pair<std::size_t, std::size_t>> places;
  for (const auto& one : facts) {
    const std::string& frame = facts.size() == 1 && !encoded.empty() ? encoded : encode_facts({one});
    append_length(content, frame.size());
    places.emplace_back(content.size(), frame.size());
    content += frame;
  }
  std::uint64_t at = file_->size();
  if (has_head) {
    head.count = static_cast<std::uint32_t>(facts.size());
    head.key = key;
    head.length = content.size();
    head.check = check_of(head, content);
    file_->append({reinterpret_cast<const char*>(&head), sizeof head});
    at += sizeof head;
  }
  file_->append(content);
  if (has_head) file_->flush();
  bytes_ += content.size();
  if (file_->failure()) return fail(*file_->failure());
  for (std::size_t i = 0; i < facts.size(); ++i)
    enter(facts[i], {at + places[i].first, static_cast<std::uint32_t>(places[i].second), facts[i].input_order});
}

/// From here on facts lie in a file; those of before, too.
void Shelf::leave_memory() {
  file_.emplace(settings_.folder);
  bytes_ = 0;
  for (Entry& entry : entries_) {
    FactsPointer& facts = in_memory_[entry.place.at];
    const std::string frame = encode_facts({*facts});
    entry.place.at = file_->append(frame);
    entry.place.length = static_cast<std::uint32_t>(frame.size());
    bytes_ += frame.size();
    facts.reset();
  }
  in_memory_ = {};
  malloc_trim(0);  // what they took goes back: the run is a long one
  if (file_->failure()) fail(*file_->failure());
}

bool Shelf::put_known(std::uint64_t order, const evidence::Item& item) {
  if (known_.empty() || failure_) return false;
  const std::uint64_t key = key_of(item.source, item.sha256);
  const auto* found = std::ranges::lower_bound(known_, key, {}, [](const Known& one) { return std::uint64_t{one.key}; });
  if (found == known_.end() || found->key != key) return false;
  RecordHead head;
  const std::string bytes = file_->read(found->at, sizeof head);
  if (bytes.size() < sizeof head) return false;
  std::memcpy(&head, bytes.data(), sizeof head);
  const std::string content = file_->read(found->at + sizeof head, head.length);
  std::vector<std::pair<facts::Facts, Place>> all;
  for (std::size_t at = 0; at + 4 <= content.size();) {
    std::uint32_t length = 0;
    std::memcpy(&length, content.data() + at, sizeof length);
    at += sizeof length;
    auto decoded = decode_facts(std::string_view(content).substr(at, length));
    if (!decoded || decoded->size() != 1) return false;
    decoded->front().input_order = order;
    const Place place{found->at + sizeof head + at, length, order};
    all.emplace_back(std::move(decoded->front()), place);
    at += length;
  }
  if (all.size() != head.count || all.front().first.source != item.source || all.front().first.sha256 != item.sha256)
    return false;
  for (const auto& [facts, place] : all) enter(facts, place);
  ++resumed_;
  return true;
}

Place Shelf::put_made(FactsPointer facts) {
  const auto order = facts->input_order;
  if (!file_) {
    in_memory_.push_back(std::move(facts));
    return {in_memory_.size() - 1, 0, order};
  }
  const std::string frame = encode_facts({*facts});
  std::uint64_t at = file_->size();
  if (!settings_.unfinished.empty()) {  // told as a record of no item
    RecordHead head;
    head.length = frame.size();
    head.check = check_of(head, frame);
    file_->append({reinterpret_cast<const char*>(&head), sizeof head});
    at += sizeof head;
  }
  file_->append(frame);
  if (file_->failure()) fail(*file_->failure());
  return {at, static_cast<std::uint32_t>(frame.size()), order};
}

std::shared_ptr<const facts::Facts> Shelf::facts(const Place& place) const {
  if (!file_) return in_memory_[place.at];
  {
    const std::lock_guard lock(shared_->mutex);
    if (auto found = shared_->latest.find(place.at)) return found;
    file_->flush();
    if (file_->failure()) fail(*file_->failure());
  }
  auto facts = read(place);
  std::list<LatestFacts::Kept> dropped;  // ends behind the lock: others need not wait for it
  const std::lock_guard lock(shared_->mutex);
  dropped = shared_->latest.add({place.at, place.length, facts});
  return facts;
}

std::shared_ptr<const facts::Facts> Shelf::read(const Place& place) const {
  if (!file_) return in_memory_[place.at];
  const auto bytes = file_->read_flushed(place.at, place.length);
  const int problem = errno;
  auto decoded = bytes ? decode_facts(*bytes) : std::vector<facts::Facts>{};
  if (bytes && decoded && decoded->size() == 1) {
    decoded->front().input_order = place.order;
    return std::make_shared<const facts::Facts>(std::move(decoded->front()));
  }
  const std::lock_guard lock(shared_->mutex);
  if (!bytes)
    fail({std::string("cannot be read: ") + std::strerror(problem), settings_.folder, {}});
  else
    fail(decoded ? Error{"what was read lies wrong", settings_.unfinished, {}} : decoded.error());
  return no_facts();
}

void Shelf::settle() {
  known_.clear();
  if (!file_) return;
  file_->flush();
  if (file_->failure()) fail(*file_->failure());
}

void Shelf::let_go() { shared_->latest = LatestFacts(kKeptBytes); }

void Shelf::finish() {
  if (!settings_.unfinished.empty()) ::unlink(settings_.unfinished.c_str());
}

}  // namespace threadline::pipeline
