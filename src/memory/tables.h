// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "memory/database.h"
#include "memory/derived.h"
#include "memory/disputes.h"
#include "memory/domains.h"
#include "memory/memory.h"
#include "memory/people.h"
#include "memory/place.h"
#include "memory/records.h"
#include "memory/schema.h"
#include "memory/side_names.h"

namespace threadline::memory {

/// All tables of a store that is open: messages come in and go out here, and with them whatever was made from them.
class Tables {
 public:
  Tables(std::unique_ptr<Database> database, const KeyedHash::Key& key, Filling filling = Filling::any_order);

  /// The number of a message by Learnt::content; 0: not learnt.
  [[nodiscard]] std::int64_t id_of(std::string_view content);
  /// Learns a message, or, of one that was judged otherwise before, the new judgement. True: the list of domains did anything
  /// but grow. `is_now`: a copy that comes later is known since the first one came. Precondition: a transaction.
  [[nodiscard]] bool learn(Learnt learnt, std::int64_t today, bool is_now);
  /// Puts another form of a message in its place. True as above. Precondition: a transaction; the sender is the same.
  [[nodiscard]] bool replace(std::int64_t id, const Learnt& learnt);
  /// As if it had not been learnt, once drop_unused() or learn() was called. True as above.
  [[nodiscard]] bool forget(std::int64_t id);
  /// What is left when messages were forgotten: numbers and names of others are found again, domains and sides in no message any
  /// more go. Other programs that know their numbers read them again. Precondition: a
  /// transaction.
  void drop_unused();

  /// How often anything was forgotten, by the file.
  [[nodiscard]] std::int64_t times_forgotten();

  const Filling filling;
  std::unique_ptr<Database> database;
  KeyedHash hash;
  SideNames names;
  Disputes disputes;
  Records records;
  People people;
  Domains domains;
  Derived derived;
  std::int64_t newest_id;  ///< of the messages seen
  std::int64_t forgotten;  ///< times_forgotten() that this process knows of: what it read before others did is worth nothing

 private:
  [[nodiscard]] std::string content_key(std::string_view content) const;
  [[nodiscard]] std::int64_t id_of_key(const std::string& key);
  [[nodiscard]] Learnt stored_form(Learnt learnt) const;
  [[nodiscard]] std::int64_t insert(const Learnt& learnt, const std::string& content, const std::string& guid,
                                    std::int64_t today);
  void tell_of_forgetting();
  void add_mailboxes(std::int64_t id, const Learnt& before, const Learnt& again);

  Statement insert_, find_, drop_, rewrite_, add_side_, drop_side_, forgotten_;
};

/// The place of a message in the order of judgement.
[[nodiscard]] inline Place place_of(const Learnt& learnt) {
  return {learnt.known_at.seconds, learnt.facts ? tie_of(learnt.facts->sha256) : 0};
}
/// The address of who wrote it, lower case; or empty.
[[nodiscard]] std::string sender_of(const Learnt& learnt);

}  // namespace threadline::memory
